"""What a store needs is taken away: it must say so in words, and acknowledge nothing that it does not keep."""

import os
import resource
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from terms.stores.errors import StoreError, Unreachable
from terms.stores.json_lines import JsonLinesStore
from terms.stores.lines import line_from
from terms.stores.sqlite import SqliteStore
from terms.stores.store import HEADER, Store
from terms.stores.text import TextStore
from terms.stores.verifying import verify_all
from tests.faults.killing import forked
from tests.stores.places import DECLARED, fresh_database, lines

STREAM = "talks"
NOBODY = 65534
Open = Callable[[], Store]


@dataclass(frozen=True)
class Refusal:
    """What a fault did: the words of the store, and what it holds against what it acknowledged."""

    name: str
    said: str
    acknowledged: int
    kept: int
    broken: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether it said something, and what it acknowledged is what it keeps."""
        return bool(self.said) and self.acknowledged == self.kept and not self.broken

    def told(self) -> str:
        """One line for people."""
        end = f"; {self.broken}" if self.broken else ""
        return f'{self.name}: "{self.said}"; {self.acknowledged} acknowledged, {self.kept} kept{end}'


def begun(open_store: Open) -> Store:
    """A store with three events."""
    store = open_store()
    store.append(STREAM, (*DECLARED, *lines(1, 3)), expected=0)
    return store


def left(name: str, said: str, acknowledged: int, open_store: Open) -> Refusal:
    """What is there afterwards, seen by somebody who opens the store anew."""
    store = open_store()
    checked, faults = verify_all(store)
    kept = [line_from(one.content).event for one in store.read(STREAM) if one.kind != HEADER]
    store.close()
    broken = [*faults, *(one.broken.sentence for one in checked if one.broken)]
    # A file of lines that ends in an append that never was is told of by `faults`, and is no harm.
    return Refusal(
        name, said, acknowledged, len(kept), "; ".join(one for one in broken if "never made" not in one)
    )


def apart(act: Callable[[], str]) -> str:
    """What `act` says in a process of its own, for it changes what that process may do."""
    reading, writing = os.pipe()
    pid = forked()
    if pid == 0:
        said = "it ended without a word"
        try:
            said = act()
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    said = b""
    while piece := os.read(reading, 65536):
        said += piece
    os.close(reading)
    os.waitpid(pid, 0)
    return said.decode()


def filling(open_store: Open, limit: int) -> Callable[[], str]:
    """Append until the file may grow no further; `COUNT WORDS`."""

    def act() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        store, number = open_store(), 4
        try:
            while number < 20_000:
                store.append(STREAM, lines(number, number + 9), expected=store.head(STREAM).length)
                number += 10
        except StoreError as fault:
            return f"{number - 1} {fault}"
        return f"{number - 1} "

    return act


def full(open_store: Open, name: str, limit: int) -> Refusal:
    """No room for another byte."""
    begun(open_store).close()
    count, _, said = apart(filling(open_store, limit)).partition(" ")
    return left(name, said, int(count), open_store)


def read_only(open_store: Open, folder: Path, name: str) -> Refusal:
    """Neither file nor folder may be written by whoever writes."""
    begun(open_store).close()
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)

    def act() -> str:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            open_store().append(STREAM, lines(4, 4), expected=4)
        except StoreError as fault:
            return str(fault)
        return ""

    said = apart(act)
    for path in (folder, *folder.iterdir()):
        path.chmod(0o777 if path.is_dir() else 0o666)
    return left(name, said, 3, open_store)


def locked(folder: Path) -> Refusal:
    """Somebody else writes and does not finish."""
    path = str(folder / "terms.db")
    begun(lambda: SqliteStore(path)).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    said = _refused(lambda: SqliteStore(path, lock_seconds=1).append(STREAM, lines(4, 4), expected=4))
    other.execute("ROLLBACK")
    other.close()
    return left("locked database, SQLite", said, 3, lambda: SqliteStore(path))


def cut_off(server) -> Refusal:
    """The connection is gone in the middle of the work; afterwards the same store goes on."""
    from terms.stores.postgres import PostgresStore

    address = fresh_database(server)
    store = begun(lambda: PostgresStore(address))
    with psycopg.connect(server.get_uri(), autocommit=True) as owner:
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            (address_name(address),),
        )
    said = _refused(lambda: store.append(STREAM, lines(4, 4), expected=4)) or "tried again by itself"
    for _ in range(20):
        try:
            store.append(STREAM, lines(4, 4), expected=4)
            break
        except Unreachable:
            time.sleep(0.05)
    store.close()
    return left("lost connection, PostgreSQL", said, 4, lambda: PostgresStore(address))


def address_name(address: str) -> str:
    """The database in an address."""
    return str(psycopg.conninfo.conninfo_to_dict(address)["dbname"])


def set_back(open_store: Open, name: str) -> Refusal:
    """The clock jumps back by hours between appends. No order or link depends on it, so there is nothing to refuse."""

    def act() -> str:
        store, now = begun(open_store), time.time()
        for number, hours in enumerate((1, 9, 3, 30), start=4):
            time.time = lambda hours=hours: now - 3600 * hours
            time.time_ns = lambda hours=hours: int((now - 3600 * hours) * 1e9)
            store.append(STREAM, lines(number, number), expected=number)
        return "7 events in the order of their appends"

    return left(name, apart(act), 7, open_store)


def _refused(act: Callable[[], object]) -> str:
    try:
        act()
    except StoreError as fault:
        return str(fault)
    return ""


def tried(name: str, folder: Path, server=None) -> Refusal:
    """One of the refusals in a fresh place."""
    return REFUSALS[name](folder, server)


REFUSALS: dict[str, Callable[[Path, object], Refusal]] = {
    "full sqlite": lambda at, _: full(lambda: SqliteStore(f"{at}/terms.db"), "disk full, SQLite", 200_000),
    "full lines": lambda at, _: full(
        lambda: JsonLinesStore(f"{at}/talks.jsonl"), "disk full, JSON Lines", 20_000
    ),
    "full text": lambda at, _: full(lambda: TextStore(f"{at}/talks.record.yaml"), "disk full, text", 5_000),
    "read-only sqlite": lambda at, _: read_only(
        lambda: SqliteStore(f"{at}/terms.db"), at, "read-only, SQLite"
    ),
    "read-only lines": lambda at, _: read_only(
        lambda: JsonLinesStore(f"{at}/talks.jsonl"), at, "read-only, JSON Lines"
    ),
    "read-only text": lambda at, _: read_only(
        lambda: TextStore(f"{at}/talks.record.yaml"), at, "read-only, text"
    ),
    "locked": lambda at, _: locked(at),
    "cut off": lambda _, server: cut_off(server),
    "clock sqlite": lambda at, _: set_back(lambda: SqliteStore(f"{at}/terms.db"), "clock set back, SQLite"),
    "clock lines": lambda at, _: set_back(
        lambda: JsonLinesStore(f"{at}/talks.jsonl"), "clock set back, JSON Lines"
    ),
}
