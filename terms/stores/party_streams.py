"""In PostgreSQL each party can have a stream of its own: what it knows, numbered and chained for itself.

Its lines are written when an event is appended, in the same transaction. A party's role reads one view
and nothing else. A view, not a table, because a table shows the number of the transaction that wrote
each row (`xmin`), and gaps in those count what others wrote. For the same reason the statistics, sizes
and counters of the server are closed to ordinary roles of this database. What a role can still measure
is how long things take.

A grant cannot be taken back in effect: what a party has read it has read.
"""

from collections.abc import Callable, Sequence

import psycopg
from msgspec import Struct
from psycopg import sql
from psycopg.rows import DictRow

from terms.stores.chain import START, digest_of, link_after
from terms.stores.errors import StoreError
from terms.stores.lines import header_line, line_of, read_lines
from terms.stores.projecting import pruned, shown_to
from terms.stores.store import HEADER, Line

Cursor = psycopg.Cursor[DictRow]

TABLES = """
CREATE TABLE IF NOT EXISTS party_grants (stream text NOT NULL, party text NOT NULL, role text NOT NULL,
  PRIMARY KEY (stream, party));
CREATE TABLE IF NOT EXISTS party_lines (stream text NOT NULL, party text NOT NULL, number bigint NOT NULL,
  kind text NOT NULL, content bytea NOT NULL, digest text NOT NULL, link text NOT NULL,
  PRIMARY KEY (stream, party, number));
"""
SCHEMA = "seen"
CLOSED_RELATIONS = (
    "^pg_(stat|statio)_", "^pg_(class|proc|attribute|database|locks|sequences|stats|prepared_xacts)$",
    "^pg_(tables|views|indexes|rules|depend|shdepend|roles|user|group|shadow|auth_members|replication_slots)$",
)  # fmt: skip
"""Catalogues that tell how much others wrote, or quote names that only others use; as patterns."""

CLOSED_FUNCTIONS = (
    "pg_stat_get", "pg_relation_size", "pg_table_size", "pg_total_relation_size", "pg_indexes_size",
    "pg_database_size", "pg_tablespace_size", "txid_", "pg_current_xact", "pg_current_snapshot", "pg_xact_",
    "pg_snapshot", "pg_last_committed", "pg_current_wal", "pg_last_wal", "pg_walfile", "pg_ls_", "pg_column_size",
    "pg_get_viewdef", "pg_relation_filenode", "pg_lock_status", "pg_sequence_last_value", "pg_control_",
    "pg_stat_reset", "pg_notification_queue", "pg_logical_", "pg_mxid_age", "mxid_age", "pg_get_multixact",
    "pg_visible_in_snapshot", "age$", "lo_creat", "lo_from_bytea", "lo_import",
)  # fmt: skip
"""Beginnings of the names of functions that do."""


class AlreadyShown(StoreError):
    """An append would change what a party was shown before; what was read cannot be unread."""

    def __init__(self, stream: str, party: str) -> None:
        super().__init__(f"this append would change what '{party}' has already been shown of '{stream}'")
        self.stream, self.party = stream, party


class _Seen(Struct, frozen=True):
    """What a party was shown so far."""

    length: int
    link: str
    header: bytes
    events: tuple[bytes, ...]


class PartyStreams:
    """The streams of parties in one database."""

    def grant(self, cursor: Cursor, stream: str, party: str, role: str) -> None:
        """Make the party's stream and let `role` read it. The role is made when there is none, without a log-in."""
        cursor.execute(TABLES)
        cursor.execute(
            "INSERT INTO party_grants VALUES (%s, %s, %s) ON CONFLICT (stream, party) DO UPDATE SET role = excluded.role",
            (stream, party, role),
        )
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
        _make_view(cursor, stream, party, role)
        _close_counters(cursor)

    def catch_up(self, cursor: Cursor, stream: str, contents: Callable[[], Sequence[bytes]]) -> None:
        """Write for each party with a stream of its own what it has come to know.

        Raises:
            AlreadyShown: the new lines change what stands there.
        """
        cursor.execute("SELECT to_regclass('party_grants') IS NOT NULL AS found")
        row = cursor.fetchone()
        if row is None or not row["found"]:
            return
        cursor.execute("SELECT party FROM party_grants WHERE stream = %s ORDER BY party", (stream,))
        parties = [one["party"] for one in cursor.fetchall()]
        if not parties:
            return
        header, events = read_lines(contents())
        for party in parties:
            shown = shown_to(party, header, events)
            seen = _seen(cursor, stream, party)
            told = [line_of(event) for event in shown]
            if tuple(line.content for line in told[: len(seen.events)]) != seen.events:
                raise AlreadyShown(stream, party)
            fresh = told[len(seen.events) :]
            declared = header_line(pruned(header, shown))
            new = [declared, *fresh] if declared.content != seen.header else fresh
            _write(cursor, stream, party, new, seen)


def _seen(cursor: Cursor, stream: str, party: str) -> _Seen:
    cursor.execute(
        "SELECT kind, content, link FROM party_lines WHERE stream = %s AND party = %s ORDER BY number",
        (stream, party),
    )
    rows = cursor.fetchall()
    headers = [bytes(row["content"]) for row in rows if row["kind"] == HEADER]
    events = tuple(bytes(row["content"]) for row in rows if row["kind"] != HEADER)
    return _Seen(len(rows), rows[-1]["link"] if rows else START, headers[-1] if headers else b"", events)


def _write(cursor: Cursor, stream: str, party: str, lines: Sequence[Line], seen: _Seen) -> None:
    link = seen.link
    for number, line in enumerate(lines, start=seen.length + 1):
        digest = digest_of(line.content)
        link = link_after(link, digest)
        cursor.execute(
            "INSERT INTO party_lines VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (stream, party, number, line.kind, line.content, digest, link),
        )


def view_name(stream: str, party: str) -> str:
    """The view in which a party reads its stream; it stands in the schema `seen`."""
    return f"{stream}/{party}"


def _make_view(cursor: Cursor, stream: str, party: str, role: str) -> None:
    schema, view = sql.Identifier(SCHEMA), sql.Identifier(SCHEMA, view_name(stream, party))
    cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema))
    cursor.execute(
        sql.SQL(
            "CREATE OR REPLACE VIEW {view} WITH (security_barrier) AS SELECT number, kind, content, digest, link"
            " FROM party_lines WHERE stream = {stream} AND party = {party} ORDER BY number"
        ).format(view=view, stream=sql.Literal(stream), party=sql.Literal(party))
    )
    cursor.execute(sql.SQL("REVOKE ALL ON SCHEMA {} FROM PUBLIC").format(schema))
    cursor.execute(sql.SQL("REVOKE ALL ON {} FROM PUBLIC").format(view))
    cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, sql.Identifier(role)))
    cursor.execute(sql.SQL("GRANT SELECT ON {} TO {}").format(view, sql.Identifier(role)))


def _close_counters(cursor: Cursor) -> None:
    """Close what counts other people's writing to every role that is not the owner of the server.

    Temporary tables are among it: each takes the next object id, and long lines of others take some too.
    """
    cursor.execute("SELECT current_database() AS name")
    found = cursor.fetchone()
    database = sql.Identifier(found["name"] if found else "")
    cursor.execute(sql.SQL("REVOKE TEMPORARY, CREATE ON DATABASE {} FROM PUBLIC").format(database))
    cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    cursor.execute(
        sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(sql.Identifier("es_insert_events_text"))
    )
    cursor.execute(
        "SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'pg_catalog' AND c.relkind IN ('r', 'v') AND c.relname ~ ANY(%s)",
        (list(CLOSED_RELATIONS),),
    )
    for row in cursor.fetchall():
        name = sql.Identifier("pg_catalog", row["name"])
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM PUBLIC").format(name))
    cursor.execute(
        "SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'pg_catalog' AND p.prokind = 'f' AND p.proname ~ %s",
        (f"^({'|'.join(CLOSED_FUNCTIONS)})",),
    )
    for row in cursor.fetchall():
        cursor.execute(sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(sql.SQL(row["name"])))
