"""The file of a SQLite store: what it is before a table is looked at, and whether it is still the one that was opened."""

import os
import sqlite3
from urllib.parse import quote

PAGE = 8192  # bytes: lines have some 600, and would leave a tenth of each of the usual 4096 empty


def file_at(path: str) -> tuple[int, int] | None:
    """What tells a file from every other; None: there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def on_read_only(path: str) -> bool:
    """Whether a file lies on a medium that nobody can write, such as a disc or an archive."""
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def unchanging(path: str) -> str:
    """The name under which SQLite reads a file without writing anything beside it, as it does otherwise."""
    return f"file:{quote(path)}?immutable=1"


def begin(path: str) -> None:
    """Say how large the pages of a new file are, which cannot be said later."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def look_into(name: str) -> None:
    """Fail where the file is no database; the library, which would find out next, leaves its connection open then.

    Raises:
        sqlite3.Error: it is none, or it is damaged where it says what it is.
    """
    connection = sqlite3.connect(name, uri=True)
    try:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        if mode != "wal":  # a file that others have opened, or a damaged one
            connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
