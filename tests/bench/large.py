"""`make bench-large`: one generated record of 10,000, 100,000 and 1,000,000 events in SQLite, and how each figure grows.

Every size is measured in a process of its own, so that its memory is its own. A jump goes to a random event of
the whole stream; a step to the next one. Goals stand beside the figures; what does not meet its goal says so.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice

from terms import events as families
from terms.core.event import read_event_json
from terms.ground.pause import collector_paused
from terms.stores.keyframes import Keyframes
from terms.stores.lines import header_line, line_of
from terms.stores.sqlite import SqliteStore
from terms.stores.verifying import verify
from tests.bench import made
from tests.bench.memory import peak_mb
from tests.bench.replay import _header

SIZES = (10_000, 100_000, 1_000_000)
PIECE = 2000
JUMPS = 2000
GOALS = {
    "import, us/event": 60.0, "replay, us/event": 25.0, "opening, s": 1.0, "jump p99, ms": 25.0, "step p99, ms": 16.0,
    "memory, MB": 300.0, "verify, us/event": None, "last lines, ms": None,
}  # fmt: skip
assert families.FAMILIES  # imported so that every kind is known


def main(sizes: tuple[int, ...]) -> None:
    """Each size in a process of its own, then the table."""
    columns = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/terms.db"
            filled = _apart("fill", path, size)
            columns[size] = {**filled, **_apart("look", path, size)}
    print(f"{'events':<20}" + "".join(f"{size:>14,}" for size in sizes) + "   goal at the last")
    for name, goal in GOALS.items():
        row = [columns[size][name] for size in sizes]
        verdict = "" if goal is None else f"   <= {goal:g}" + ("" if row[-1] <= goal else "  NOT MET")
        print(f"{name:<20}" + "".join(f"{figure:>14.2f}" for figure in row) + verdict)


def _apart(what: str, path: str, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.large", what, path, str(size)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return {name: float(figure) for name, figure in json.loads(done.stdout).items()}


def fill(path: str, size: int) -> dict[str, float]:
    """Import from JSON: decode and validate, seal, look every id up, write; generating is not counted."""
    store, taken, length = SqliteStore(path), 0.0, 0
    length = store.append("talks", [header_line(_header())], expected=0)
    for rows in _pieces(made.json_events(size)):
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


def look(path: str, size: int) -> dict[str, float]:
    """Open, jump, step."""
    store = SqliteStore(path, create=False)
    begun = time.perf_counter()
    last = list(store.read("talks", after=max(size - 50, 0)))
    tail = time.perf_counter() - begun
    begun = time.perf_counter()
    frames = Keyframes(store, "talks", told=lambda place: _progress("replay", place, size))
    opened = time.perf_counter() - begun
    chance = random.Random(1)
    jumps = sorted(_seconds(frames, chance.randrange(size)) for _ in range(JUMPS))
    at = chance.randrange(size // 2)
    steps = sorted(_seconds(frames, place) for place in range(at, at + 4000))
    memory = peak_mb()
    assert len(last) == 51
    return {
        "replay, us/event": opened / size * 1e6, "opening, s": opened, "jump p99, ms": jumps[int(JUMPS * 0.99)] * 1e3,
        "step p99, ms": steps[int(4000 * 0.99)] * 1e3, "memory, MB": memory, "last lines, ms": tail * 1e3,
    }  # fmt: skip


def _seconds(frames: Keyframes, place: int) -> float:
    begun = time.perf_counter()
    assert frames[place].index == place
    return time.perf_counter() - begun


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
    if sys.argv[1:2] in (["fill"], ["look"]):
        print(json.dumps({"fill": fill, "look": look}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))))
    else:
        main(tuple(int(word) for word in sys.argv[1:]) or SIZES)
