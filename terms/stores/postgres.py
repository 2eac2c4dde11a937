"""Several writers at once: streams in a PostgreSQL database.

The lines are in the table of the `eventsourcing` recorder, our own index beside it, one transaction an
append. Its first statement locks the table against other writers (readers go on). That lock is what
makes the order of places the order of commits, so that a follower skips nothing: a sequence alone does
not. The recorder takes the lock too, but not where it inserts through its database function (9.5.6,
`enable_db_functions`), and without the function batches of a thousand hang with psycopg 3.3.9. So the
lock is taken here and the function called under it.

psycopg is under the LGPL, and so an extra: `pip install ceasefire-terms[postgres]`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import psycopg
import psycopg_pool
from eventsourcing.persistence import PersistenceError
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow

from terms.stores.adding import Row, rows_to_add
from terms.stores.chain import unpacked
from terms.stores.errors import Unreachable, without_password, without_secrets
from terms.stores.party_streams import PartyStreams
from terms.stores.postgres_append import FUNCTION, appended_at_once
from terms.stores.postgres_snapshots import beginning_with, keep, latest
from terms.stores.store import Head, Kept, Line, Snapshot

TABLES = """
CREATE TABLE IF NOT EXISTS stream_heads (stream text PRIMARY KEY, length bigint NOT NULL, link text NOT NULL,
  header text NOT NULL);
CREATE TABLE IF NOT EXISTS event_ids (stream text NOT NULL, event text NOT NULL, digest text NOT NULL,
  PRIMARY KEY (stream, event));
"""
FILED_WRONGLY = """
SELECT line.originator_id AS stream, min(line.originator_version) AS number FROM stored_events line
  WHERE line.topic != 'header' AND NOT EXISTS (SELECT 1 FROM event_ids
    WHERE stream = line.originator_id AND digest = encode(substring(line.state from 66 for 64), 'escape'))
  GROUP BY line.originator_id ORDER BY 1
"""
"""What was changed and sealed anew is not filed anew for that. The field is that of `chain.Sealed.packed`."""
MAKING = 7_436_871  # any number, the same in every program that makes these tables
PIECE = 2000
HEADS = 4096  # streams whose ends are remembered
CONNECT_SECONDS = 5.0
TAKEN = ("dbname", "host", "port", "user", "password")
"""What the recorder takes of an address; what else stands in it, such as `sslmode`, goes to the driver as it is."""

Cursor = psycopg.Cursor[DictRow]


class PostgresStore:
    """Streams in the database that a `postgresql://` address names."""

    def __init__(self, address: str, *, create: bool = True) -> None:
        self.address = without_password(address)
        try:
            named = conninfo_to_dict(address, connect_timeout=int(CONNECT_SECONDS))
            psycopg.connect(
                address, connect_timeout=int(CONNECT_SECONDS)
            ).close()  # the pool does not say why not
        except psycopg.Error as fault:
            reason = without_secrets(_reason(fault), address)
            raise Unreachable(self.address, reason) from fault
        self._datastore = PostgresDatastore(
            dbname=str(named.get("dbname", "postgres")), host=str(named.get("host", "")),
            port=str(named.get("port", "")), user=str(named.get("user", "")), password=str(named.get("password", "")),
            connect_timeout=CONNECT_SECONDS, pool_size=1, max_overflow=4, originator_id_type="text",
            enable_db_functions=True,
        )  # fmt: skip
        passed = self._datastore.pool.kwargs
        if isinstance(passed, dict):
            passed.update({key: said for key, said in named.items() if key not in TAKEN})
        with self._told():
            self._make_tables(create)
        self._parties = PartyStreams()
        self._heads: dict[str, Head] = {}

    def append(self, stream: str, lines: Sequence[Line], *, expected: int) -> int:
        """See `Store.append`. Parties that were given a stream of their own see at once what they may."""
        known = self._heads.get(stream)
        if known is not None and known.length == expected:
            rows, after = rows_to_add(stream, lines, expected=expected, head=known, there=lambda _: {})
            if rows and self._at_once(stream, rows, known, after):
                return self._ends(stream, after)
        with self._told(), self._appending() as cursor, cursor.connection.cursor() as beside:
            _ask_digests(beside, stream, [line.event for line in lines if line.event])
            head = _head(cursor, stream)
            rows, after = rows_to_add(
                stream, lines, expected=expected, head=head, there=lambda _: _digests(beside)
            )
            if rows:
                self._write(cursor, stream, rows, after)
                self._parties.catch_up(cursor, stream, lambda: _contents(cursor, stream))
        return self._ends(stream, after)

    def _at_once(self, stream: str, rows: Sequence[Row], before: Head, after: Head) -> bool:
        """See `postgres_append`; False also in a database that was made before there was that function."""
        try:
            with self._told(), self._datastore.get_connection() as connection:
                return appended_at_once(
                    connection,
                    stream,
                    rows,
                    before=before,
                    after=after,
                    wait_seconds=self._datastore.lock_timeout,
                )
        except Unreachable as fault:
            if isinstance(fault.__cause__, psycopg.errors.UndefinedFunction):
                return False
            raise

    def _ends(self, stream: str, head: Head) -> int:
        """Remember where a stream ends, for the next append; its length."""
        if len(self._heads) >= HEADS:
            self._heads.clear()
        self._heads[stream] = head
        return head.length

    def _write(self, cursor: Cursor, stream: str, rows: Sequence[Row], after: Head) -> None:
        made = [
            self._recorder.construct_pg_stored_event(stream, row.number, row.line.kind, row.sealed.packed())
            for row in rows
        ]
        cursor.execute(self._recorder.sql_invoke_pg_function_insert_events, (made,))
        cursor.execute(
            "INSERT INTO event_ids SELECT %s, * FROM unnest(%s::text[], %s::text[])",
            (
                stream,
                [row.line.event for row in rows if row.line.event],
                [row.sealed.digest for row in rows if row.line.event],
            ),
        )
        cursor.execute(
            "INSERT INTO stream_heads VALUES (%s, %s, %s, %s) ON CONFLICT (stream) DO UPDATE"
            " SET length = excluded.length, link = excluded.link, header = excluded.header",
            (stream, after.length, after.link, after.header),
        )

    def grant(self, stream: str, party: str, role: str) -> None:
        """Let the database role `role` read what `party` knows of a stream, and nothing else; see `party_streams`."""
        with self._told(), self._writing() as cursor:
            self._parties.grant(cursor, stream, party, role)
            self._parties.catch_up(cursor, stream, lambda: _contents(cursor, stream))

    def head(self, stream: str) -> Head:
        """See `Store.head`."""
        with self._told(), self._datastore.transaction() as cursor:
            found = _head(cursor, stream)
        self._ends(stream, found)
        return found

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> Iterator[Kept]:
        """See `Store.read`."""
        left = limit
        while True:
            size = PIECE if left is None else min(PIECE, left)
            with self._told():
                piece = self._recorder.select_events(stream, gt=after, limit=size)
            for row in piece:
                yield Kept(stream, row.originator_version, row.topic, unpacked(row.state))
            if len(piece) < size or (left := None if left is None else left - size) == 0:
                return
            after = piece[-1].originator_version

    def since(self, place: int, *, limit: int) -> Sequence[Kept]:
        """See `Store.since`."""
        with self._told():
            found = self._recorder.select_notifications(place, limit, inclusive_of_start=False)
        return [
            Kept(str(row.originator_id), row.originator_version, row.topic, unpacked(row.state), row.id)
            for row in found
        ]

    def streams(self) -> tuple[str, ...]:
        """See `Store.streams`."""
        with self._told(), self._datastore.transaction() as cursor:
            cursor.execute("SELECT stream FROM stream_heads")
            return tuple(sorted(row["stream"] for row in cursor.fetchall()))

    def snapshots(self, stream: str, parts: Sequence[str], *, at_most: int, make: str) -> Sequence[Snapshot]:
        """See `Store.snapshots`."""
        with self._told(), self._datastore.transaction() as cursor:
            return latest(cursor, stream, parts, at_most, make)

    def every_snapshot(self, stream: str, parts: str, *, make: str) -> Iterator[Snapshot]:
        """See `Store.every_snapshot`."""
        with self._told(), self._datastore.transaction() as cursor:
            yield from beginning_with(cursor, stream, parts, make)

    def keep_snapshots(self, stream: str, snapshots: Sequence[Snapshot], *, make: str) -> None:
        """See `Store.keep_snapshots`."""
        with self._told(), self._datastore.transaction(commit=True) as cursor:
            keep(cursor, stream, snapshots, make)

    def faults(self) -> tuple[str, ...]:
        """See `Store.faults`: our index against the lines."""
        with self._told(), self._datastore.transaction() as cursor:
            cursor.execute(
                "SELECT coalesce(h.stream, e.stream) AS stream, coalesce(h.length, 0) AS noted,"
                " coalesce(e.length, 0) AS length FROM stream_heads h FULL JOIN (SELECT originator_id AS stream,"
                " count(*) AS length FROM stored_events GROUP BY originator_id) e ON e.stream = h.stream"
                " WHERE coalesce(h.length, 0) != coalesce(e.length, 0) ORDER BY 1"
            )
            short = [
                f"'{row['stream']}' holds {row['length']} lines, and should hold {row['noted']}"
                for row in cursor.fetchall()
            ]
            cursor.execute(FILED_WRONGLY)
            other = [
                f"line {row['number']} of '{row['stream']}' is not what the index of ids says"
                for row in cursor.fetchall()
            ]
            return (*short, *other)

    def close(self) -> None:
        """See `Store.close`."""
        self._datastore.close()

    def _make_tables(self, create: bool) -> None:
        """Make what is missing, one program at a time: `CREATE ... IF NOT EXISTS` alone fails when two try at once."""
        with self._datastore.transaction() as cursor:
            cursor.execute("SELECT to_regclass('stream_heads') IS NOT NULL AS found")
            row = cursor.fetchone()
            is_there = row is not None and row["found"]
        if not is_there and not create:
            raise Unreachable(self.address, "this database holds no store of records")
        self._recorder = PostgresApplicationRecorder(self._datastore)
        if is_there:
            self._datastore.register_type_adapters()
            return
        with self._datastore.get_connection() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (MAKING,))
            try:
                self._recorder.create_table()
                connection.execute(TABLES)
                connection.execute(FUNCTION)
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", (MAKING,))

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        """One transaction that keeps other writers out from its first statement on."""
        with self._datastore.transaction(commit=True) as cursor:
            for statement in self._recorder.lock_table_statements:
                cursor.execute(statement)
            yield cursor

    @contextmanager
    def _appending(self) -> Iterator[Cursor]:
        """The same, with statements sent together up to the first whose answer is needed: fewer waits."""
        with self._datastore.transaction(commit=True) as cursor, cursor.connection.pipeline():
            for statement in self._recorder.lock_table_statements:
                cursor.execute(statement)
            yield cursor

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What PostgreSQL objects to, in words of ours."""
        try:
            yield
        except psycopg_pool.PoolTimeout as fault:
            raise Unreachable(self.address, "no connection to the server in time") from fault
        except (PersistenceError, psycopg.Error) as fault:
            raise Unreachable(self.address, _reason(fault)) from fault


def _reason(fault: Exception) -> str:
    """What the driver says, in one line: of several attempts to connect, what each came to."""
    first, *more = [line.strip().lstrip("- ") for line in str(fault).strip().splitlines()] or [""]
    said = " ".join((first, *more)) if first.endswith(":") else first
    for words, told in REASONS.items():
        if words in said:
            return told
    way = next((way for words, way in WAYS_OUT.items() if words in said), "")
    return f"{said}: {way}" if way else said


_PASSWORD = (
    "PostgreSQL takes it from PGPASSWORD or ~/.pgpass, and one in the address needs %-signs for # / ? @"
)
WAYS_OUT = {
    "password authentication failed": f"look at the user and the password; {_PASSWORD}",
    "no password supplied": _PASSWORD,
    "failed to resolve host": "look at the name of the host, and whether you are on its network",
    "Connection refused": "no server listens there; look at host and port, and whether it runs",
    "No such file or directory": "no server listens there; look at the folder, and whether it runs",
    "timeout expired": "nobody answers there; look at host and port, and whether a firewall is between",
    "does not exist": "whoever runs the server makes it (createdb, createuser), or look at the name",
    "no pg_hba.conf entry": "whoever runs the server has to let this user in from here (pg_hba.conf)",
}


REASONS = {
    "couldn't get a connection": "the connection to the server was lost, and none came again in time",
    "permission denied": "this user may not read or write the store: its owner has to grant that; a party reads the"
    " view that `terms store grant` named",
    "terminating connection": "the server ended the connection; once it runs again, give the command again",
    "server closed the connection": "the server ended the connection; once it runs again, give the command again",
}


def _head(cursor: Cursor, stream: str) -> Head:
    cursor.execute("SELECT length, link, header FROM stream_heads WHERE stream = %s", (stream,))
    row = cursor.fetchone()
    return Head() if row is None else Head(row["length"], row["link"], row["header"])


def _ask_digests(cursor: Cursor, stream: str, ids: Sequence[str]) -> None:
    cursor.execute(
        "SELECT event, digest FROM event_ids WHERE stream = %s AND event = ANY(%s)", (stream, list(ids))
    )


def _digests(cursor: Cursor) -> Mapping[str, str]:
    """The answer to `_ask_digests`."""
    return {row["event"]: row["digest"] for row in cursor.fetchall()}


def _contents(cursor: Cursor, stream: str) -> list[bytes]:
    cursor.execute(
        "SELECT state FROM stored_events WHERE originator_id = %s ORDER BY originator_version", (stream,)
    )
    return [unpacked(bytes(row["state"])).content for row in cursor.fetchall()]
