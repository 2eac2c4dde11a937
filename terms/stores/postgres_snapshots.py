"""The snapshots of states in a PostgreSQL database: one row a part and change.

They are of whole streams, so no role of a party has a grant on them (see `party_streams`). The tables are made
when the first snapshot is kept. Whatever is in them may be thrown away at any time.
"""

from collections.abc import Iterator, Sequence

import psycopg
from psycopg.rows import DictRow

from terms.stores.store import Snapshot

TABLES = """
CREATE TABLE IF NOT EXISTS state_makes (stream text PRIMARY KEY, make text NOT NULL);
CREATE TABLE IF NOT EXISTS state_parts (stream text NOT NULL, part text COLLATE "C" NOT NULL, number bigint NOT NULL,
  content bytea NOT NULL, PRIMARY KEY (stream, part, number));
"""
Cursor = psycopg.Cursor[DictRow]


def latest(cursor: Cursor, stream: str, parts: Sequence[str], at_most: int, make: str) -> list[Snapshot]:
    """See `Store.snapshots`."""
    if not _is_make(cursor, stream, make):
        return []
    cursor.execute(
        "SELECT found.part, found.number, found.content FROM unnest(%s::text[]) AS wanted (name) CROSS JOIN LATERAL"
        " (SELECT part, number, content FROM state_parts WHERE stream = %s AND part = wanted.name AND number <= %s"
        " ORDER BY number DESC LIMIT 1) AS found",
        (list(parts), stream, at_most),
    )
    return [_snapshot(row) for row in cursor.fetchall()]


def beginning_with(cursor: Cursor, stream: str, parts: str, make: str) -> Iterator[Snapshot]:
    """See `Store.every_snapshot`."""
    if not _is_make(cursor, stream, make):
        return
    cursor.execute(
        "SELECT part, number, content FROM state_parts WHERE stream = %s AND part >= %s AND part < %s"
        " ORDER BY part, number",
        (stream, parts, f"{parts}\U0010ffff"),
    )
    for row in cursor:
        yield _snapshot(row)


def keep(cursor: Cursor, stream: str, snapshots: Sequence[Snapshot], make: str) -> None:
    """See `Store.keep_snapshots`."""
    if not _are_there(cursor):
        cursor.execute(TABLES)
    cursor.execute("SELECT make FROM state_makes WHERE stream = %s FOR UPDATE", (stream,))
    row = cursor.fetchone()
    if not snapshots or row is None or row["make"] != make:
        cursor.execute("DELETE FROM state_parts WHERE stream = %s", (stream,))
        cursor.execute(
            "INSERT INTO state_makes VALUES (%s, %s) ON CONFLICT (stream) DO UPDATE SET make = excluded.make",
            (stream, make),
        )
    cursor.execute(
        "INSERT INTO state_parts SELECT %s, * FROM unnest(%s::text[], %s::bigint[], %s::bytea[])"
        " ON CONFLICT (stream, part, number) DO UPDATE SET content = excluded.content",
        (stream, *([*column] for column in _columns(snapshots))),
    )


def _columns(snapshots: Sequence[Snapshot]) -> tuple[list[str], list[int], list[bytes]]:
    return (
        [one.part for one in snapshots], [one.number for one in snapshots], [one.content for one in snapshots],
    )  # fmt: skip


def _is_make(cursor: Cursor, stream: str, make: str) -> bool:
    if not _are_there(cursor):
        return False
    cursor.execute("SELECT make FROM state_makes WHERE stream = %s", (stream,))
    row = cursor.fetchone()
    return row is not None and bool(row["make"] == make)


def _are_there(cursor: Cursor) -> bool:
    cursor.execute("SELECT to_regclass('state_parts') IS NOT NULL AS found")
    row = cursor.fetchone()
    return row is not None and bool(row["found"])


def _snapshot(row: DictRow) -> Snapshot:
    return Snapshot(row["part"], row["number"], bytes(row["content"]))
