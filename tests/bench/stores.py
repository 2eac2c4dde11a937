"""`make bench-stores`: appending to stores, beside the `eventsourcing` library measured in the same run.

The peer is that library's application layer (an aggregate as its documentation writes one, its default mapper) and, as the floor, its bare recorder given ready bytes. Ours is given the words of an event, checks them
against its kind, seals them into the chain and looks every id up, all of which the peers do not. SQLite runs in
WAL mode with synchronous=FULL and PostgreSQL with synchronous_commit=on, ours and theirs alike; the pages of our
SQLite files have 8,192 bytes and theirs the usual 4,096. Ours and theirs take turns, so that who else is on the
machine slows both; a ratio is the median of those of the turns.
"""

import os
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import truediv
from pathlib import Path

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory, StoredEvent
from psycopg.conninfo import conninfo_to_dict

from terms import events as families
from terms.core.event import read_event
from terms.ground.pause import collector_paused
from terms.stores.errors import Conflict
from terms.stores.lines import line_from, line_of, lines_of
from terms.stores.sqlite import SqliteStore
from terms.stores.store import HEADER as DECLARES
from terms.stores.store import Store
from terms.stores.verifying import verify_all
from tests.bench import made
from tests.faults.killing import forked
from tests.stores.places import DECLARED, HEADER, fresh_database, start_server

Say = Callable[[str, str, str], None]
Open = Callable[[], Store]
assert families.FAMILIES  # imported so that every kind is known
WRITERS = 8
TURNS = 7


@dataclass(frozen=True)
class Engine:
    """One engine: how ours opens it anew, and the settings with which the library does."""

    name: str
    open_store: Callable[[], Open]
    settings: Callable[[], dict[str, str]]


class Talks(Aggregate):
    """The peer's aggregate, as the library's documentation writes one: a method decorated as an event."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    @event("Moved")
    def move(self, id: str, date: str, kind: str, by: str, source: str, quote: str, note: str,
             of: str = "", terms: dict[str, str] | None = None) -> None:  # fmt: skip
        """One move of the talks, with our fields; the last word on each term stays."""
        self.words.update(terms or {})


def appending(say: Say) -> None:
    """Every figure for SQLite, then for PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        for engine in (_sqlite(Path(folder)), _postgres()):
            _beside_peers(say, engine)
            for streams in (1, WRITERS):
                _many_writers(say, engine, streams)


def _sqlite(folder: Path) -> Engine:
    def opened() -> Open:
        path = str(folder / f"{uuid.uuid4().hex}.db")
        return lambda: SqliteStore(path, lock_seconds=60)

    def settings() -> dict[str, str]:
        path = str(folder / f"{uuid.uuid4().hex}.db")
        return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": path}

    return Engine("SQLite", opened, settings)


def _postgres() -> Engine:
    from terms.stores.postgres import PostgresStore

    server = start_server()

    def opened() -> Open:
        address = fresh_database(server)
        return lambda: PostgresStore(address)

    def settings() -> dict[str, str]:
        named = conninfo_to_dict(fresh_database(server))
        return {
            "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": str(named["dbname"]),
            "POSTGRES_HOST": str(named["host"]), "POSTGRES_PORT": str(named.get("port", "")),
            "POSTGRES_USER": str(named.get("user", "postgres")), "POSTGRES_PASSWORD": "",
            "POSTGRES_ENABLE_DB_FUNCTIONS": "y",
        }  # fmt: skip

    return Engine("PostgreSQL", opened, settings)


def _beside_peers(say: Say, engine: Engine) -> None:
    """One writer: ours, the application layer and the bare recorder in turns, medians."""
    for size, count in ((1, 400), (1000, 8000)):
        batches = [list(made.events(count))[start : start + size] for start in range(0, count, size)]
        taken: dict[str, list[float]] = {"ours": [], "application": [], "recorder": []}
        lines_of(HEADER, map(read_event, batches[0]))  # the first event of each kind makes its reader
        for _ in range(TURNS):
            taken["ours"].append(count / _ours(engine, batches))
            taken["application"].append(count / _application(engine, batches))
            taken["recorder"].append(count / _recorder(engine, batches))
        ours, application, recorder = (statistics.median(taken[name]) for name in taken)
        what = "one by one" if size == 1 else f"batches of {size:,}"
        goal = {(1, "SQLite"): ">= 0.80", (1, "PostgreSQL"): ">= 0.80", (1000, "SQLite"): ">= 1.50"}
        say(f"{engine.name}, {what}: ours", f"{ours:,.0f} events/s", "")
        say("  eventsourcing application layer / bare recorder", f"{application:,.0f} / {recorder:,.0f}", "")
        say(
            "  ratio ours / application layer",
            f"{statistics.median(map(truediv, taken['ours'], taken['application'])):.2f}",
            goal.get((size, engine.name), ""),
        )


def _ours(engine: Engine, batches: Sequence[Sequence[dict[str, object]]]) -> float:
    store = engine.open_store()()
    length = store.append("talks", DECLARED, expected=0)
    begun = time.perf_counter()
    for batch in batches:
        with collector_paused():  # as an import does
            lines = [line_of(read_event(words)) for words in batch]
            length = store.append("talks", lines, expected=length)
    taken = time.perf_counter() - begun
    store.close()
    return taken


def _application(engine: Engine, batches: Sequence[Sequence[dict[str, object]]]) -> float:
    app: Application = Application(env=engine.settings())
    talks = Talks()
    app.save(talks)
    begun = time.perf_counter()
    for batch in batches:
        for words in batch:
            talks.move(**words)
        app.save(talks)
    taken = time.perf_counter() - begun
    app.close()
    return taken


def _recorder(engine: Engine, batches: Sequence[Sequence[dict[str, object]]]) -> float:
    with _bare(engine.settings()) as recorder:
        name, number = uuid.uuid4(), 0
        ready = [[line_of(read_event(words)).content for words in batch] for batch in batches]
        begun = time.perf_counter()
        for batch in ready:
            rows = [
                StoredEvent(name, number + place, "moved", one) for place, one in enumerate(batch, start=1)
            ]
            recorder.insert_events(rows)
            number += len(batch)
        return time.perf_counter() - begun


@contextmanager
def _bare(settings: dict[str, str]) -> Iterator[ApplicationRecorder]:
    factory = InfrastructureFactory.construct(settings)
    yield factory.application_recorder()
    factory.close()


def _many_writers(say: Say, engine: Engine, streams: int, *, each: int = 100) -> None:
    """Eight processes at once, one event an append; who meets a conflict reads the length again and retries."""
    open_store = engine.open_store()
    store = open_store()
    for number in range(streams):
        store.append(f"talks-{number}", DECLARED, expected=0)
    store.close()
    reading, writing = os.pipe()
    begun = time.perf_counter()
    children = [_writer(open_store, number, number % streams, each, writing) for number in range(WRITERS)]
    os.close(writing)
    said = b""
    while piece := os.read(reading, 65536):
        said += piece
    taken = time.perf_counter() - begun
    os.close(reading)
    for child in children:
        os.waitpid(child, 0)
    conflicts = sum(int(word) for word in said.split())
    lost, sound = _missing(open_store, each)
    where = "one stream" if streams == 1 else f"{streams} streams"
    say(f"{engine.name}, {WRITERS} writers on {where}", f"{WRITERS * each / taken:,.0f} events/s", "")
    say("  conflicts retried / events lost or twice / chain", f"{conflicts} / {lost} / {sound}", "0 lost")


def _writer(open_store: Open, number: int, stream: int, each: int, tell: int) -> int:
    child = forked()
    if child:
        return child
    try:
        store, conflicts, chance = open_store(), 0, random.Random(number)
        for place in range(each):
            words = {
                "id": f"w-{number}-{place}",
                "date": "2031-03-01",
                "kind": "state",
                "by": "north",
                "that": "words",
            }
            line = line_of(read_event({**words, "source": "M1 p.1"}))
            expected = store.head(f"talks-{stream}").length
            while True:
                try:
                    store.append(f"talks-{stream}", [line], expected=expected)
                    break
                except Conflict as fault:
                    conflicts, expected = conflicts + 1, fault.found
                    time.sleep(chance.random() * 0.02)  # else all who waited meet again
        os.write(tell, b"%d\n" % conflicts)
    finally:
        os._exit(0)


def _missing(open_store: Open, each: int) -> tuple[int, str]:
    """How many events are not there exactly once, and whether every chain holds."""
    store = open_store()
    checked, faults = verify_all(store)
    kept = [
        line_from(one.content).event
        for name in store.streams()
        for one in store.read(name)
        if one.kind != DECLARES
    ]
    store.close()
    wanted = [f"w-{number}-{place}" for number in range(WRITERS) for place in range(each)]
    wrong = len(set(wanted) ^ set(kept)) + len(kept) - len(set(kept))
    return wrong, "broken" if faults or any(one.broken for one in checked) else "intact"


if __name__ == "__main__":
    appending(lambda what, figure, goal: print(f"{what:<66} {figure:>16}   {goal}", flush=True))
