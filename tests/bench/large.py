"""`make bench-large`: one generated record of 10,000, 100,000 and 1,000,000 events in SQLite, and how each figure grows.

Every size is measured in a process of its own, so that its memory is its own. A jump goes to a random event of the
whole stream, a step to the next one; each is measured twice, as the state alone and as the whole screen drawn anew.
Snapshots are made once, after the import (an opening makes those of events that came since); opening is from there
to the first screen, the program already loaded. Goals stand beside the figures; what does not meet its goal says so.
`python -m tests.bench.large retold SIZE ...` measures records in which every 500th event corrects, takes back, tells
otherwise or tells further up something of the last 300.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice

from terms import events as families
from terms.core.event import read_event_json
from terms.core.reducer import step
from terms.core.talks import unopened
from terms.ground.pause import collector_paused
from terms.stores.framing import framed
from terms.stores.lines import header_line, line_of
from terms.stores.long import LongHistory
from terms.stores.looking import events_in
from terms.stores.sqlite import SqliteStore
from terms.stores.verifying import verify
from terms.tui import stepping, tidying
from terms.tui.desk import Desk
from terms.tui.frame import frame
from terms.tui.opening import desk_for
from terms.tui.scrolling import settled
from tests.bench import made
from tests.bench.memory import peak_mb

SIZES = (10_000, 100_000, 1_000_000)
PIECE = 2000
JUMPS = 2000
DRAWN = 300
GOALS = {
    "import, us/event": 60.0, "replay, us/event": 25.0, "snapshots, us/event": None, "verify, us/event": None,
    "file, bytes/event": None, "opening, s": 1.0, "jump p99, ms": 25.0, "step p99, ms": 16.0,
    "jump and draw p99, ms": None, "step and draw p99, ms": None, "memory, MB": 300.0,
}  # fmt: skip
assert families.FAMILIES  # imported so that every kind is known


def main(sizes: tuple[int, ...], *, first: str = "fill") -> None:
    """Each size in a process of its own, then the table."""
    columns = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/terms.db"
            filled = _apart(first, path, size)
            columns[size] = {**filled, **_apart("replay", path, size), **_apart("keep", path, size)}
            columns[size] |= _apart("look", path, size)
    print(f"{'events':<24}" + "".join(f"{size:>14,}" for size in sizes) + "   goal at the last")
    for name, goal in GOALS.items():
        row = [columns[size][name] for size in sizes]
        verdict = "" if goal is None else f"   <= {goal:g}" + ("" if row[-1] <= goal else "  NOT MET")
        print(f"{name:<24}" + "".join(f"{figure:>14.2f}" for figure in row) + verdict)


def _apart(what: str, path: str, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.large", what, path, str(size)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return {name: float(figure) for name, figure in json.loads(done.stdout).items()}


def fill_retold(path: str, size: int) -> dict[str, float]:
    """As `fill`, with events that change how earlier ones are read."""
    return fill(path, size, told=made.retold)


def fill(path: str, size: int, *, told: made.Told = made.events) -> dict[str, float]:
    """Import from JSON: decode and validate, seal, look every id up, write; generating is not counted."""
    store, taken, length = SqliteStore(path), 0.0, 0
    length = store.append("talks", [header_line(made.header())], expected=0)
    for rows in _pieces(made.json_events(size, told=told)):
        begun = time.perf_counter()
        with collector_paused():
            lines = [line_of(read_event_json(row)) for row in rows]
        length = store.append("talks", lines, expected=length)
        taken += time.perf_counter() - begun
        _progress("import", length, size)
    begun = time.perf_counter()
    assert verify(store, "talks").broken is None
    checked = time.perf_counter() - begun
    store.close()
    return {"import, us/event": taken / size * 1e6, "verify, us/event": checked / size * 1e6}


def replay(path: str, size: int) -> dict[str, float]:
    """Fold everything, holding nothing: what an opening would cost without snapshots."""
    store = SqliteStore(path, create=False)
    talks = unopened(made.header())
    begun = time.perf_counter()
    with collector_paused():
        for kept, event in events_in(store.read("talks", after=1), "talks"):
            talks, _ = step(event, talks)
            if kept.number % PIECE == 0:  # a word an event would cost more than the event
                _progress("replay", kept.number, size)
    return {"replay, us/event": (time.perf_counter() - begun) / size * 1e6}


def keep(path: str, size: int) -> dict[str, float]:
    """Make the snapshots."""
    store = SqliteStore(path, create=False)
    begun = time.perf_counter()
    framed(store, "talks", told=lambda place: _progress("keep", place, size))
    taken = time.perf_counter() - begun
    store.close()
    return {"snapshots, us/event": taken / size * 1e6, "file, bytes/event": os.path.getsize(path) / size}


def look(path: str, size: int) -> dict[str, float]:
    """Open, jump, step."""
    begun = time.perf_counter()
    history = LongHistory(SqliteStore(path, create=False), "talks")
    desk = settled(desk_for(history, name="talks").but(width=120, height=36))
    assert frame(desk)
    opened = time.perf_counter() - begun
    tidying.begin()
    chance = random.Random(1)
    jumps = sorted(_seconds(history, chance.randrange(size)) for _ in range(JUMPS))
    at = chance.randrange(size // 2)
    steps = sorted(_seconds(history, place) for place in range(at, at + 4000))
    drawn_jumps = sorted(_drawn(desk, chance.randrange(size)) for _ in range(DRAWN))
    drawn_steps = sorted(_drawn(desk, place) for place in range(at, at + 2 * DRAWN))
    return {
        "opening, s": opened, "jump p99, ms": _ms(jumps), "step p99, ms": _ms(steps), "memory, MB": peak_mb(),
        "jump and draw p99, ms": _ms(drawn_jumps), "step and draw p99, ms": _ms(drawn_steps),
    }  # fmt: skip


def _rested(seconds: float) -> float:
    """What something took, and a rest behind it, in which the screen tidies up: measured is what a key waits for."""
    tidying.look(tidying.RESTED * 2)
    return seconds


def _ms(taken: list[float]) -> float:
    """The 99th percentile, in milliseconds."""
    return taken[int(len(taken) * 0.99)] * 1e3


def _seconds(history: LongHistory, place: int) -> float:
    begun = time.perf_counter()
    assert history[place].index == place
    return _rested(time.perf_counter() - begun)


def _drawn(desk: Desk, place: int) -> float:
    begun = time.perf_counter()
    assert frame(stepping.follow(stepping.to_step(desk, place + 1)))
    return _rested(time.perf_counter() - begun)


def _pieces(rows: Iterator[bytes]) -> Iterator[list[bytes]]:
    while piece := list(islice(rows, PIECE)):
        yield piece


def _progress(what: str, done: int, size: int) -> None:
    """A bar on standard error, a step every percent."""
    if done % max(size // 100, 1) < PIECE:
        filled = min(done * 40 // size, 40)
        end = "\n" if done >= size else ""
        print(
            f"\r{size:>9,} {what:<7} [{'#' * filled}{'.' * (40 - filled)}]",
            end=end,
            file=sys.stderr,
            flush=True,
        )


if __name__ == "__main__":
    parts = {"fill": fill, "fill-retold": fill_retold, "replay": replay, "keep": keep, "look": look}
    if sys.argv[1:] and sys.argv[1] in parts:
        print(json.dumps(parts[sys.argv[1]](sys.argv[2], int(sys.argv[3]))))
    elif sys.argv[1:] and sys.argv[1] == "retold":
        main(tuple(int(word) for word in sys.argv[2:]) or SIZES, first="fill-retold")
    else:
        main(tuple(int(word) for word in sys.argv[1:]) or SIZES)
