"""Rival accounts of long streams, in figures: `python -m tests.bench.rivals [SIZE ...]`.

Ten occurrences, spread over the stream, are each told by a second source otherwise. Each size runs in processes of its
own. The old way (`anew`) folds the stream once for each of them, and is measured for one; the new way finds out what
all of them change in one pass, keeps it, and looks it up ever after.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout

from msgspec.structs import replace

from terms.cli.main import main as told
from terms.core.event import read_event
from terms.core.lens import View
from terms.stores.frames import RIVAL, make
from terms.stores.lines import line_of
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.tui import stepping, tidying
from terms.tui.desk import Desk
from terms.tui.frame import frame
from terms.tui.opening import desk_for
from terms.tui.scrolling import settled
from terms.views.contested import Readings
from tests.bench import large, made
from tests.bench.memory import peak_mb

SIZES = (30_000, 100_000, 1_000_000)
RIVALS = 10
DRAWN = 600
ANEW = 100_000
"""Events up to which the old way is measured, and a party's view: each takes as long as the snapshots of all events."""

NOT_ASKED = {
    "anew": dict.fromkeys(("one rival anew, CPU s",), float("nan")),
    "view": dict.fromkeys(("a party's view, CPU s", "  all ten in it, CPU s"), float("nan")),
}
GOALS = {
    "snapshots, us/event": None, "one rival anew, CPU s": None, "all ten at first, CPU s": None, "  elapsed, s": None,
    "  kept, kB": None, "after 100 more, s": None, "show, s": 2.0, "opening with marks, s": 1.0,
    "a party's view, CPU s": None, "  all ten in it, CPU s": None, "step and draw p99, CPU ms": 16.0, "  unmarked, CPU ms": None, "  marked cells in all": None, "memory, MB": 300.0,
}  # fmt: skip


def disputed(count: int, *, seed: int = 1) -> Iterator[dict[str, object]]:
    """As `made.events`; ten times an offer is followed by what another source says was offered."""
    every = max(count // RIVALS, 2)
    offered = None
    for place, event in enumerate(made.events(count, seed=seed)):
        if place % every == every // 2 and offered is None:
            offered = place // every
        if offered is not None and event["kind"] == "propose":
            other = {**event, "id": f"{event['id']}-other", "account-of": f"sitting-{offered}"}
            yield {**event, "account-of": f"sitting-{offered}"}
            yield {**other, "terms": dict.fromkeys(event["terms"], "7 km")}  # type: ignore[call-overload]
            offered = None
        else:
            yield event


def main(sizes: tuple[int, ...]) -> None:
    """Each size, then the table."""
    columns: dict[int, dict[str, float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/terms.db"
            large.fill(path, size, told=disputed)
            columns[size] = large.keep(path, size)
            for what in ("anew", "view", "first", "more", "show", "look"):
                asked = size <= ANEW or what not in NOT_ASKED
                columns[size] |= _apart(what, path) if asked else NOT_ASKED[what]
    print(f"{'events, ' + str(RIVALS) + ' rival accounts':<28}" + "".join(f"{size:>14,}" for size in sizes))
    for name, goal in GOALS.items():
        row = [columns[size][name] for size in sizes]
        verdict = "" if goal is None else f"   <= {goal:g}" + ("" if row[-1] <= goal else "  NOT MET")
        print(f"{name:<28}" + "".join(f"{figure:>14.2f}" for figure in row) + verdict)


def _apart(what: str, path: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.rivals", what, path]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return {name: float(figure) for name, figure in json.loads(done.stdout).items()}


def _opened(path: str) -> LongHistory:
    return LongHistory(SqliteStore(path, create=False), "talks")


def anew(path: str) -> dict[str, float]:
    """What a reading cost before: the stream seen through another view, put into a store of its own."""
    history = _opened(path)
    begun = time.process_time()
    history.through(replace(history.view, choices=(history.rivals[0],)))
    return {"one rival anew, CPU s": time.process_time() - begun}


def view(path: str) -> dict[str, float]:
    """The stream as a party sees it without one early event, and what all of the rivals change there."""
    begun = time.process_time()
    seen = _opened(path).through(View(party="south", dropped=frozenset(("e2",))))
    made = time.process_time()
    assert len(seen.weighed()) == RIVALS
    return {"a party's view, CPU s": made - begun, "  all ten in it, CPU s": time.process_time() - made}


def first(path: str) -> dict[str, float]:
    """Find out what all of them change, and keep it."""
    history = _opened(path)
    begun, worked = time.perf_counter(), time.process_time()
    assert len(history.weighed()) == RIVALS
    taken, worked = time.perf_counter() - begun, time.process_time() - worked
    kept = history.store.every_snapshot("talks", RIVAL, make=make())
    return {
        "all ten at first, CPU s": worked, "  elapsed, s": taken, "memory, MB": peak_mb(),
        "  kept, kB": sum(len(one.content) for one in kept) / 1e3,
    }  # fmt: skip


def more(path: str) -> dict[str, float]:
    """Append a hundred events, and open."""
    store = SqliteStore(path, create=False)
    length = store.head("talks").length
    rows = [{**one, "id": f"{one['id']}-more"} for one in made.events(100, seed=2) if one["kind"] == "state"]
    store.append("talks", [line_of(read_event(one)) for one in rows], expected=length)
    begun = time.perf_counter()
    _opened(path).weighed()
    return {"after 100 more, s": time.perf_counter() - begun}


def show(path: str) -> dict[str, float]:
    """The command, the program already loaded."""
    begun = time.perf_counter()
    with redirect_stdout(io.StringIO()):
        assert told(["show", f"sqlite:{path}"]) == 0
    return {"show, s": time.perf_counter() - begun}


def look(path: str) -> dict[str, float]:
    """Open with the marks, and step with them."""
    begun = time.perf_counter()
    history = _opened(path)
    history.weighed()
    bare = settled(desk_for(history, name="talks").but(width=120, height=36))
    desk = bare.but(readings=Readings(history))
    assert frame(desk)
    opened = time.perf_counter() - begun
    tidying.begin()
    at = history.places_of_accounts()[RIVALS]
    steps = sorted(_drawn(desk, place) for place in range(at, at + DRAWN))
    plain = sorted(_drawn(bare, place) for place in range(at + DRAWN, at + 2 * DRAWN))
    readings = Readings(history)
    marked = sum(len(readings.contested_cells(place)) for place in range(at, at + DRAWN))
    return {
        "opening with marks, s": opened, "step and draw p99, CPU ms": large._ms(steps),
        "  unmarked, CPU ms": large._ms(plain), "  marked cells in all": float(marked),
    }  # fmt: skip


def _drawn(desk: Desk, place: int) -> float:
    """Seconds of work, whatever else the machine does."""
    begun = time.process_time()
    assert frame(stepping.follow(stepping.to_step(desk, place + 1)))
    taken = time.process_time() - begun
    tidying.look(tidying.RESTED * 2)
    return taken


if __name__ == "__main__":
    parts = {"anew": anew, "view": view, "first": first, "more": more, "show": show, "look": look}
    if sys.argv[1:] and sys.argv[1] in parts:
        print(json.dumps(parts[sys.argv[1]](sys.argv[2])))
    else:
        main(tuple(int(word) for word in sys.argv[1:]) or SIZES)
