"""The snapshots of states in a SQLite file: one row a part and change, so that any state is a few look-ups away.

The tables are made when the first snapshot is kept. Whatever is in them may be thrown away at any time.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from eventsourcing.sqlite import SQLiteCursor

from terms.stores.store import Snapshot

TABLES = (
    "CREATE TABLE IF NOT EXISTS state_makes (stream TEXT PRIMARY KEY, make TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS state_parts (stream TEXT NOT NULL, part TEXT NOT NULL, number INTEGER NOT NULL,"
    " content BLOB NOT NULL, PRIMARY KEY (stream, part, number)) WITHOUT ROWID",
)
OF_MAKE = "(SELECT make FROM state_makes WHERE stream = ?) = ?"
LATEST = (
    "SELECT part, number, content FROM state_parts WHERE stream = ? AND part = ? AND number <= ?"
    " ORDER BY number DESC LIMIT 1"
)
LATEST_OF_ALL = (
    "SELECT found.part, found.number, found.content FROM json_each(?) AS wanted CROSS JOIN state_parts AS found"
    " ON found.stream = ? AND found.part = wanted.value AND found.number = (SELECT number FROM state_parts"
    " WHERE stream = ? AND part = wanted.value AND number <= ? ORDER BY number DESC LIMIT 1)"
)
"""All in one question, a third of the time of one each. `CROSS JOIN` keeps SQLite from turning the join around."""


def latest(
    cursor: sqlite3.Cursor, stream: str, parts: Sequence[str], at_most: int, make: str
) -> list[Snapshot]:
    """See `Store.snapshots`."""
    try:
        cursor.execute(f"SELECT {OF_MAKE}", (stream, make))
    except sqlite3.OperationalError as fault:
        if "no such table" in str(fault):
            return []
        raise
    if not cursor.fetchone()[0]:
        return []
    if len(parts) == 1:
        cursor.execute(LATEST, (stream, *parts, at_most))
    else:
        cursor.execute(LATEST_OF_ALL, (json.dumps(parts), stream, stream, at_most))
    return [_snapshot(row) for row in cursor.fetchall()]


def beginning_with(cursor: SQLiteCursor, stream: str, parts: str, make: str) -> Iterator[Snapshot]:
    """See `Store.every_snapshot`."""
    try:
        cursor.execute(
            "SELECT part, number, content FROM state_parts WHERE stream = ? AND part >= ? AND part < ?"
            f" AND {OF_MAKE} ORDER BY part, number",
            (stream, parts, f"{parts}\U0010ffff", stream, make),
        )
    except sqlite3.OperationalError as fault:
        if "no such table" in str(fault):
            return
        raise
    while (row := cursor.fetchone()) is not None:
        yield _snapshot(row)


def _snapshot(row: Sequence[str | int | bytes]) -> Snapshot:
    part, number, content = row
    held = (
        content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")
    )  # edited by hand
    return Snapshot(str(part), int(number), held)


def keep(cursor: SQLiteCursor, stream: str, snapshots: Sequence[Snapshot], make: str) -> None:
    """See `Store.keep_snapshots`."""
    for statement in TABLES:
        cursor.execute(statement)
    cursor.execute("SELECT make FROM state_makes WHERE stream = ?", (stream,))
    row = cursor.fetchone()
    if not snapshots or row is None or row["make"] != make:
        cursor.execute("DELETE FROM state_parts WHERE stream = ?", (stream,))
        cursor.execute("INSERT OR REPLACE INTO state_makes VALUES (?, ?)", (stream, make))
    cursor.executemany(
        "INSERT OR REPLACE INTO state_parts VALUES (?, ?, ?, ?)",
        [(stream, one.part, one.number, one.content) for one in snapshots],
    )
