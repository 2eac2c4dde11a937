"""Many records, or many events, in one SQLite file: the embedded store.

The lines are in the table of the `eventsourcing` recorder; beside it stand our own: where each
stream ends, which ids it holds, and snapshots (see `sqlite_snapshots`). One append is one transaction over all of them, and it
takes the right to write before it looks (`BEGIN IMMEDIATE`): with the recorder's own deferred `BEGIN`
two writers read the same length and the second fails late, as "locked" rather than as a conflict.

WAL with `synchronous=FULL`, SQLite's default, so that what was acknowledged survives a power cut.
A store of one file is opened without making tables where a file is already there: a damaged one must
not look like an empty one.

The recorder's own statement inserts the rows, in our transaction: its method would open one of its own.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from eventsourcing.persistence import PersistenceError
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteDatastore

from terms.stores.adding import Row, rows_to_add
from terms.stores.chain import START, unpacked
from terms.stores.errors import Unreachable
from terms.stores.sqlite_files import begin, file_at, look_into, on_read_only, unchanging
from terms.stores.sqlite_snapshots import beginning_with, keep, latest
from terms.stores.store import Head, Kept, Line, Snapshot

TABLES = (
    "CREATE TABLE stream_heads (stream TEXT PRIMARY KEY, length INTEGER NOT NULL, link TEXT NOT NULL,"
    " header TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE event_ids (stream TEXT NOT NULL, event TEXT NOT NULL, digest TEXT NOT NULL,"
    " PRIMARY KEY (stream, event)) WITHOUT ROWID",
)
PIECE = 260  # lines fetched at once: somebody who looks at a stretch needs no more, and more is no faster
READ = (
    "SELECT originator_version, topic, state FROM stored_events"
    " WHERE originator_id = ? AND originator_version > ? ORDER BY originator_version LIMIT ?"
)
"""What the recorder asks, without an object and a connection of its own for every row and piece."""
ASKED = 500  # ids in one question; SQLite before 3.32 takes at most 999 parameters
LOCK_SECONDS = 10
DIGEST = "CAST(substr({0}state, 66, 64) AS TEXT)"
EVENTS_IN_LINES = (
    "SELECT originator_id AS stream, CASE WHEN json_valid(CAST(substr(state, 131) AS TEXT)) THEN"
    f" json_extract(CAST(substr(state, 131) AS TEXT), '$.id') END AS event, {DIGEST.format('')} AS digest"
    " FROM stored_events WHERE topic != 'header'"
)
"""What `chain.Sealed.packed` put into one field, taken apart by the engine."""
GONE = "the file was removed or replaced while it was open; nothing was written"


class _IsThere(Exception):
    """An id that was taken for a new one is in the store already."""


class SqliteStore:
    """Streams in one SQLite file at `path`. `create`: make the file when there is none."""

    def __init__(self, path: str, *, create: bool = True, lock_seconds: int = LOCK_SECONDS) -> None:
        self.address = f"sqlite:{path}"
        self.path = os.path.abspath(path)
        is_new = not os.path.exists(self.path) or os.path.getsize(self.path) == 0
        if os.path.isdir(self.path):
            raise Unreachable(self.address, "it is a folder: name a file in it")
        if is_new and not create:
            raise Unreachable(self.address, "there is no such file")
        if is_new and not os.path.isdir(os.path.dirname(self.path)):
            raise Unreachable(self.address, f"there is no folder '{os.path.dirname(path)}'")
        self._name = unchanging(self.path) if not is_new and on_read_only(self.path) else self.path
        self._datastore = SQLiteDatastore(self._name, lock_timeout=lock_seconds, originator_id_type="text")
        self._recorder = SQLiteApplicationRecorder(self._datastore)
        self._readers: list[sqlite3.Connection] = []
        self._ended = weakref.finalize(self, _close, self._datastore, self._readers)
        self._ended.atexit = False
        self._lock = threading.Lock()
        with self._told():
            begin(self.path) if is_new else look_into(self._name)
            self._make_tables() if is_new or (create and self._is_blank()) else self._check_tables()
            self._file = file_at(self.path)

    def append(self, stream: str, lines: Sequence[Line], *, expected: int) -> int:
        """See `Store.append`."""
        try:
            return self._append(stream, lines, expected, fresh=True)
        except _IsThere:
            return self._append(stream, lines, expected, fresh=False)

    def _append(self, stream: str, lines: Sequence[Line], expected: int, *, fresh: bool) -> int:
        """Append lines. `fresh`: take their ids for new ones, which is found out for nothing on writing them.

        Raises:
            _IsThere: one of them is not, and nothing was written.
        """
        with self._told(), self._writing() as cursor:
            self._check_file()  # what is written into a file that nobody finds again is lost
            head = _head(cursor, stream)
            is_fresh = fresh and head.length == expected
            rows, after = rows_to_add(
                stream, lines, expected=expected, head=head,
                there=lambda ids: {} if is_fresh else _digests(cursor, stream, ids),
            )  # fmt: skip
            if rows:
                try:
                    self._write(cursor, stream, rows, after)
                except sqlite3.IntegrityError as fault:
                    if is_fresh:
                        raise _IsThere from fault
                    raise
        return after.length

    def _write(self, cursor: SQLiteCursor, stream: str, rows: Sequence[Row], after: Head) -> None:
        cursor.executemany(
            self._recorder.insert_events_statement,
            [(stream, row.number, row.line.kind, row.sealed.packed()) for row in rows],
        )
        cursor.executemany(
            "INSERT INTO event_ids VALUES (?, ?, ?)",
            [(stream, row.line.event, row.sealed.digest) for row in rows if row.line.event],
        )
        cursor.execute(
            "INSERT INTO stream_heads VALUES (?, ?, ?, ?) ON CONFLICT (stream) DO UPDATE"
            " SET length = excluded.length, link = excluded.link, header = excluded.header",
            (stream, after.length, after.link, after.header),
        )

    def _check_file(self) -> None:
        """Fail where the file is no more what was opened: an open file that was removed is written all the same.

        Raises:
            FileNotFoundError: it was removed, or another stands in its place.
        """
        if file_at(self.path) != self._file:
            raise FileNotFoundError(GONE)

    def head(self, stream: str) -> Head:
        """See `Store.head`."""
        with self._told(), self._datastore.transaction(commit=False) as cursor:
            return _head(cursor, stream)

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> Iterator[Kept]:
        """See `Store.read`."""
        left = limit
        while True:
            size = PIECE if left is None else min(PIECE, left)
            with self._told(), self._lock:
                piece = self._reader().execute(READ, (stream, after, size)).fetchall()
            for number, kind, state in piece:
                yield Kept(stream, number, kind, unpacked(_bytes(state)))
            if len(piece) < size or (left := None if left is None else left - size) == 0:
                return
            after = piece[-1][0]

    def since(self, place: int, *, limit: int) -> Sequence[Kept]:
        """See `Store.since`. One writer at a time commits, so the row ids grow in the order of commits."""
        with self._told():
            self._check_file()
            found = self._recorder.select_notifications(place, limit, inclusive_of_start=False)
        return [
            Kept(
                str(row.originator_id), row.originator_version, row.topic, unpacked(_bytes(row.state)), row.id
            )
            for row in found
        ]

    def streams(self) -> tuple[str, ...]:
        """See `Store.streams`."""
        with self._told(), self._datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT stream FROM stream_heads ORDER BY stream")
            return tuple(row["stream"] for row in cursor.fetchall())

    def snapshots(self, stream: str, parts: Sequence[str], *, at_most: int, make: str) -> Sequence[Snapshot]:
        """See `Store.snapshots`."""
        with self._told(), self._lock:
            return latest(self._reader().cursor(), stream, parts, at_most, make)

    def _reader(self) -> sqlite3.Connection:
        """The one connection kept for reading: a step asks often and for little, a replay for every line."""
        if not self._readers:
            reader = sqlite3.connect(self._name, uri=True, isolation_level=None, check_same_thread=False)
            self._readers.append(reader)
        return self._readers[0]

    def every_snapshot(self, stream: str, parts: str, *, make: str) -> Iterator[Snapshot]:
        """See `Store.every_snapshot`."""
        with self._told(), self._datastore.transaction(commit=False) as cursor:
            yield from beginning_with(cursor, stream, parts, make)

    def keep_snapshots(self, stream: str, snapshots: Sequence[Snapshot], *, make: str) -> None:
        """See `Store.keep_snapshots`."""
        with self._told(), self._writing() as cursor:
            keep(cursor, stream, snapshots, make)

    def faults(self) -> tuple[str, ...]:
        """See `Store.faults`: SQLite's own check, then our index against the lines."""
        try:
            with self._datastore.transaction(commit=False) as cursor:
                cursor.execute("PRAGMA integrity_check(10)")
                found = [f"SQLite finds: {row[0]}" for row in cursor.fetchall() if row[0] != "ok"]
                return (*found, *_index_faults(cursor))
        except (PersistenceError, sqlite3.Error, UnicodeDecodeError) as fault:  # a damaged name is no UTF-8
            return (f"SQLite cannot read the file: {fault}",)

    def close(self) -> None:
        """See `Store.close`. A store that nobody holds any more closes by itself."""
        self._ended()

    def _make_tables(self) -> None:
        with self._writing() as cursor:
            cursor.execute("SELECT count(*) AS found FROM sqlite_master WHERE name = 'stream_heads'")
            if not cursor.fetchone()["found"]:
                for statement in (*self._recorder.create_table_statements, *TABLES):
                    cursor.execute(statement)

    def _is_blank(self) -> bool:
        """Whether somebody began to make the file, and was stopped before there was anything in it."""
        with self._datastore.transaction(commit=False) as cursor:
            cursor.execute("PRAGMA page_count")
            return bool(cursor.fetchone()[0] <= 1)

    def _check_tables(self) -> None:
        with self._datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            names = {row["name"] for row in cursor.fetchall()}
        missing = {"stored_events", "stream_heads", "event_ids"} - names
        if missing:
            raise Unreachable(self.address, f"it is no store of records: it has no table '{min(missing)}'")

    @contextmanager
    def _writing(self) -> Iterator[SQLiteCursor]:
        """One transaction that holds the right to write from its first moment."""
        with self._datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
            except BaseException:  # whatever it was, nothing of the transaction may stay
                connection.rollback()
                raise
            try:
                connection.commit()
            except sqlite3.Error:
                connection.rollback()
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite objects to, in words of ours."""
        try:
            yield
        except (
            PersistenceError,
            sqlite3.Error,
            OSError,
            UnicodeDecodeError,
            IndexError,
        ) as fault:  # the last two: a damaged name in a row, or of a column
            raise Unreachable(self.address, _reason(str(fault))) from fault


def _close(datastore: SQLiteDatastore, readers: Sequence[sqlite3.Connection]) -> None:
    for reader in readers:
        reader.close()
    datastore.close()


def _reason(said: str) -> str:
    for words, told in REASONS.items():
        if words in said:
            return told
    return said


REASONS: Mapping[str, str] = {
    "database is locked": "somebody else is writing, and did not finish in time; try again",
    "readonly database": "the file or its folder cannot be written; where it is only to be read, read a copy of it",
    "disk is full": "the disk is full; nothing was written",
    "disk I/O error": "the disk is full or failing; nothing was written",
    "unable to open": "the file cannot be opened: it must be yours to read, and its folder yours to write",
    "not a database": "this is no SQLite file",
    "malformed": "the file is damaged",
}


def _head(cursor: SQLiteCursor, stream: str) -> Head:
    cursor.execute("SELECT length, link, header FROM stream_heads WHERE stream = ?", (stream,))
    row = cursor.fetchone()
    return Head() if row is None else Head(row["length"], row["link"], row["header"])


def _digests(cursor: SQLiteCursor, stream: str, ids: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(ids), ASKED):
        some = ids[start : start + ASKED]
        marks = ",".join("?" * len(some))
        cursor.execute(
            f"SELECT event, digest FROM event_ids WHERE stream = ? AND event IN ({marks})", (stream, *some)
        )
        found |= {row["event"]: row["digest"] for row in cursor.fetchall()}
    return found


def _index_faults(cursor: SQLiteCursor) -> Iterator[str]:
    """Where the heads and ids do not fit the lines: the way to see a stream that was cut short or renamed."""
    cursor.execute(
        "SELECT originator_id AS stream, count(*) AS length, sum(topic != 'header') AS events,"
        " max(originator_version) AS last FROM stored_events GROUP BY originator_id"
    )
    lines = {row["stream"]: (row["length"], row["last"], row["events"]) for row in cursor.fetchall()}
    cursor.execute("SELECT stream, length, link FROM stream_heads")
    heads = {row["stream"]: (row["length"], row["link"]) for row in cursor.fetchall()}
    cursor.execute("SELECT stream, count(*) AS events FROM event_ids GROUP BY stream")
    ids = {row["stream"]: row["events"] for row in cursor.fetchall()}
    for stream in sorted({*lines, *heads, *ids}, key=str):
        length, last, events = lines.get(stream, (0, 0, 0))
        noted, link = heads.get(stream, (0, START))
        if not length == last == noted:
            yield f"'{stream}' holds {length} lines up to number {last}, and should end at {noted}"
        elif link != _last_link(cursor, stream, length):
            yield f"'{stream}' does not end with the line that it should"
        if events != ids.get(stream, 0):
            yield f"'{stream}' holds {events} events, and its index of ids {ids.get(stream, 0)}"
    yield from _filed_wrongly(cursor)


def _filed_wrongly(cursor: SQLiteCursor) -> Iterator[str]:
    """Events that the index of ids knows otherwise: what was changed and sealed anew is not filed anew for that."""
    cursor.execute(
        "SELECT line.originator_id AS stream, min(line.originator_version) AS number, other.event AS event"
        " FROM stored_events AS line JOIN"
        f" ({EVENTS_IN_LINES} EXCEPT SELECT stream, event, digest FROM event_ids) AS other"
        f" ON other.stream = line.originator_id AND other.digest = {DIGEST.format('line.')}"
        " GROUP BY line.originator_id ORDER BY 1"
    )
    for row in cursor.fetchall():
        yield f"line {row['number']} of '{row['stream']}' ({row['event']}) is not what the index of ids says"


def _last_link(cursor: SQLiteCursor, stream: str, number: int) -> str:
    cursor.execute(
        "SELECT state FROM stored_events WHERE originator_id = ? AND originator_version = ?", (stream, number)
    )
    row = cursor.fetchone()
    return "" if row is None else unpacked(_bytes(row["state"])).link


def _bytes(state: bytes | str) -> bytes:
    """What stands in the column of the lines; somebody who edits it by hand may leave text there."""
    if type(state) is bytes:
        return state
    return state.encode("utf-8", "replace") if isinstance(state, str) else bytes(state)
