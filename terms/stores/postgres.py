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
from psycopg.rows import DictRow

from terms.stores.adding import Row, rows_to_add
from terms.stores.chain import unpacked
from terms.stores.errors import Lost, Unreachable
from terms.stores.party_streams import PartyStreams
from terms.stores.postgres_append import FUNCTION, appended_at_once
from terms.stores.postgres_server import Server
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
LINES = """
SELECT originator_id AS stream, originator_version AS number, topic, state, 0 AS place FROM stored_events
  WHERE originator_id = %s AND originator_version > %s ORDER BY originator_version LIMIT %s
"""
SINCE = """
SELECT originator_id AS stream, originator_version AS number, topic, state, notification_id AS place
  FROM stored_events WHERE notification_id > %s ORDER BY notification_id LIMIT %s
"""
MAKING = 7_436_871  # any number, the same in every program that makes these tables
PIECE = 2000
HEADS = 4096  # streams whose ends are remembered

Cursor = psycopg.Cursor[DictRow]


class PostgresStore:
    """Streams in the database that a `postgresql://` address names."""

    def __init__(self, address: str, *, create: bool = True) -> None:
        self._server = Server(address)
        self.address = self._server.address
        with self._server.told():
            self._make_tables(create)
        self._parties = PartyStreams()
        self._heads: dict[str, Head] = {}

    def append(self, stream: str, lines: Sequence[Line], *, expected: int) -> int:
        """See `Store.append`. Parties that were given a stream of their own see at once what they may.

        Where the connection had ended it is tried once more: what was written all the same is there already then.
        """
        try:
            return self._append(stream, lines, expected)
        except Lost:
            self._heads.pop(stream, None)
            return self._append(stream, lines, expected)

    def _append(self, stream: str, lines: Sequence[Line], expected: int) -> int:
        known = self._heads.get(stream)
        if known is not None and known.length == expected:
            rows, after = rows_to_add(stream, lines, expected=expected, head=known, there=lambda _: {})
            if rows and self._at_once(stream, rows, known, after):
                return self._ends(stream, after)
        with self._server.told(), self._appending() as cursor, cursor.connection.cursor() as beside:
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
            with self._server.told(), self._server.datastore.get_connection() as connection:
                return appended_at_once(
                    connection,
                    stream,
                    rows,
                    before=before,
                    after=after,
                    wait_seconds=self._server.datastore.lock_timeout,
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
            self._server.recorder.construct_pg_stored_event(
                stream, row.number, row.line.kind, row.sealed.packed()
            )
            for row in rows
        ]
        cursor.execute(self._server.recorder.sql_invoke_pg_function_insert_events, (made,))
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
        with self._server.told(), self._writing() as cursor:
            self._parties.grant(cursor, stream, party, role)
            self._parties.catch_up(cursor, stream, lambda: _contents(cursor, stream))

    def head(self, stream: str) -> Head:
        """See `Store.head`."""

        def heads() -> Head:
            with self._server.datastore.transaction() as cursor:
                return _head(cursor, stream)

        found = self._server.asked(heads)
        self._ends(stream, found)
        return found

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> Iterator[Kept]:
        """See `Store.read`."""
        left = limit
        while True:
            size = PIECE if left is None else min(PIECE, left)
            piece = self._piece(LINES, (stream, after, size))
            yield from piece
            if len(piece) < size or (left := None if left is None else left - size) == 0:
                return
            after = piece[-1].number

    def since(self, place: int, *, limit: int) -> Sequence[Kept]:
        """See `Store.since`."""
        return self._piece(SINCE, (place, limit))

    def _piece(self, question: str, asked: tuple[object, ...]) -> list[Kept]:
        """Some lines. The recorder would ask ten times over before it said that the server is gone."""

        def rows() -> list[DictRow]:
            with self._server.datastore.cursor() as cursor:
                return cursor.execute(question, asked, prepare=True).fetchall()

        return [
            Kept(row["stream"], row["number"], row["topic"], unpacked(bytes(row["state"])), row["place"])
            for row in self._server.asked(rows)
        ]

    def streams(self) -> tuple[str, ...]:
        """See `Store.streams`."""
        with self._server.told(), self._server.datastore.transaction() as cursor:
            cursor.execute("SELECT stream FROM stream_heads")
            return tuple(sorted(row["stream"] for row in cursor.fetchall()))

    def snapshots(self, stream: str, parts: Sequence[str], *, at_most: int, make: str) -> Sequence[Snapshot]:
        """See `Store.snapshots`."""

        def found() -> Sequence[Snapshot]:
            with self._server.datastore.transaction() as cursor:
                return latest(cursor, stream, parts, at_most, make)

        return self._server.asked(found)

    def every_snapshot(self, stream: str, parts: str, *, make: str) -> Iterator[Snapshot]:
        """See `Store.every_snapshot`."""
        with self._server.told(), self._server.datastore.transaction() as cursor:
            yield from beginning_with(cursor, stream, parts, make)

    def keep_snapshots(self, stream: str, snapshots: Sequence[Snapshot], *, make: str) -> None:
        """See `Store.keep_snapshots`."""
        with self._server.told(), self._server.datastore.transaction(commit=True) as cursor:
            keep(cursor, stream, snapshots, make)

    def faults(self) -> tuple[str, ...]:
        """See `Store.faults`: our index against the lines."""
        with self._server.told(), self._server.datastore.transaction() as cursor:
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
        self._server.datastore.close()

    def _make_tables(self, create: bool) -> None:
        """Make what is missing, one program at a time: `CREATE ... IF NOT EXISTS` alone fails when two try at once."""
        with self._server.datastore.transaction() as cursor:
            cursor.execute("SELECT to_regclass('stream_heads') IS NOT NULL AS found")
            row = cursor.fetchone()
            is_there = row is not None and row["found"]
        if not is_there and not create:
            raise Unreachable(self.address, "this database holds no store of records")
        if is_there:
            self._server.datastore.register_type_adapters()
            return
        with self._server.datastore.get_connection() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (MAKING,))
            try:
                self._server.recorder.create_table()
                connection.execute(TABLES)
                connection.execute(FUNCTION)
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", (MAKING,))

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        """One transaction that keeps other writers out from its first statement on."""
        with self._server.datastore.transaction(commit=True) as cursor:
            for statement in self._server.recorder.lock_table_statements:
                cursor.execute(statement)
            yield cursor

    @contextmanager
    def _appending(self) -> Iterator[Cursor]:
        """The same, with statements sent together up to the first whose answer is needed: fewer waits."""
        with self._server.datastore.transaction(commit=True) as cursor, cursor.connection.pipeline():
            for statement in self._server.recorder.lock_table_statements:
                cursor.execute(statement)
            yield cursor


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
