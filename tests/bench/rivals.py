"""Rival accounts of long streams, in figures: `python -m tests.bench.rivals [SIZE ...]`.

Ten occurrences, spread over the stream, are each told by a second source otherwise. Each size runs in processes of its
own. The old way (`anew`) folds the stream once for each of them, and is measured for one; the new way finds out what
all of them change in one pass, keeps it, and looks it up ever after.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout

from msgspec.structs import replace

from terms.cli.main import main as told
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.tui import tidying
from terms.tui.frame import frame
from terms.tui.opening import desk_for
from terms.tui.scrolling import settled
from terms.views.contested import Readings
from tests.bench import large, made
from tests.bench.memory import peak_mb

SIZES = (10_000, 100_000, 1_000_000)
RIVALS = 10
DRAWN = 600
GOALS = {
    "plain snapshots, us/event": None, "anew, s for one rival": None, "first working-out, s": None,
    "kept, kB": None, "after 100 more, s": None, "show, s": 2.0, "opening with marks, s": 1.0,
    "step and draw p99, ms": 16.0, "marked cells at the end": None, "memory, MB": 300.0,
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
    columns = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/terms.db"
            large.fill(path, size, told=disputed)
            columns[size] = large.keep(path, size)
            columns[size]["plain snapshots, us/event"] = columns[size].pop("snapshots, us/event")
            for what in ("anew", "first", "more", "show", "look"):
                columns[size] |= _apart(what, path)
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
    begun = time.perf_counter()
    history.through(replace(history.view, choices=(history.rivals[0],)))
    return {"anew, s for one rival": time.perf_counter() - begun}


def first(path: str) -> dict[str, float]:
    """Find out what all of them change, and keep it."""
    size, history = os.path.getsize(path), _opened(path)
    begun = time.perf_counter()
    assert len(history.weighed()) == RIVALS
    taken = time.perf_counter() - begun
    return {
        "first working-out, s": taken, "kept, kB": (os.path.getsize(path) - size) / 1e3, "memory, MB": peak_mb(),
    }  # fmt: skip


def more(path: str) -> dict[str, float]:
    """Append a hundred events, and open."""
    store = SqliteStore(path, create=False)
    length = store.head("talks").length
    rows = [{**one, "id": f"{one['id']}-more"} for one in made.events(100, seed=2) if one["kind"] == "state"]
    from terms.core.event import read_event
    from terms.stores.lines import line_of

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
    desk = settled(desk_for(history, name="talks").but(width=120, height=36, readings=Readings(history)))
    assert frame(desk)
    opened = time.perf_counter() - begun
    tidying.begin()
    marked = len(Readings(history).contested_cells(len(history)))
    at = len(history) // 2
    steps = sorted(large._drawn(desk, place) for place in range(at, at + DRAWN))
    return {
        "opening with marks, s": opened, "step and draw p99, ms": large._ms(steps),
        "marked cells at the end": float(marked),
    }  # fmt: skip


if __name__ == "__main__":
    parts = {"anew": anew, "first": first, "more": more, "show": show, "look": look}
    if sys.argv[1:] and sys.argv[1] in parts:
        print(json.dumps(parts[sys.argv[1]](sys.argv[2])))
    else:
        main(tuple(int(word) for word in sys.argv[1:]) or SIZES)
