"""Replaying 100,000 events from JSON, beside an aggregate of the `eventsourcing` library; stepping; memory."""

import gc
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

from terms import events as families
from terms.core.event import read_event_json
from terms.core.history import History
from terms.ground.pause import collector_paused
from tests.bench import made, peer

Say = Callable[[str, str, str], None]
COUNT = 100_000
assert families.FAMILIES  # imported so that every kind is known
OWN = """
from tests.bench import memory, replay
history = replay.opened(replay.COUNT)
print(memory.peak_mb(), len(history))
"""


def opened(count: int) -> History:
    """A history of `count` generated events, read from JSON, validated and folded."""
    return opened_from(made.json_events(count))


def opened_from(rows: Iterable[bytes]) -> History:
    """The history of events held as JSON, one bytes object each."""
    with collector_paused():
        return History(made.header(), tuple(read_event_json(row) for row in rows))


def replaying(say: Say) -> None:
    """Ours and the peer in turns, three times each, medians."""
    rows = tuple(made.json_events(COUNT))
    ours, theirs = [], []
    rows_of_peer = peer.stored(COUNT)
    for _ in range(3):
        gc.collect()
        begun = time.perf_counter()
        opened_from(rows)
        ours.append(time.perf_counter() - begun)
        gc.collect()
        begun = time.perf_counter()
        peer.replay(rows_of_peer)
        theirs.append(time.perf_counter() - begun)
    mine, other = statistics.median(ours), statistics.median(theirs)
    say(
        f"replay {COUNT:,} events from JSON: validation and full reducer",
        f"{mine / COUNT * 1e6:.1f} us/event",
        "",
    )
    say("eventsourcing aggregate, pydantic events, one-dict state", f"{other / COUNT * 1e6:.1f} us/event", "")
    say("  ratio ours / theirs", f"{mine / other:.2f}", "<= 1.00")


def stepping(say: Say) -> None:
    """Random steps of an open history of 100,000 events, and the memory of one in a process of its own."""
    history = opened(COUNT)
    chance = random.Random(1)
    taken = []
    for _ in range(20_000):
        place = chance.randrange(COUNT)
        begun = time.perf_counter()
        step = history[place]
        step.after.cells  # noqa: B018 - the state itself is what is asked for
        taken.append(time.perf_counter() - begun)
    taken.sort()
    say(
        "step to a random one of 100,000 events, 99th percentile",
        f"{taken[int(len(taken) * 0.99)] * 1e3:.3f} ms",
        "<= 2 ms",
    )
    told = subprocess.run(
        [sys.executable, "-c", OWN], capture_output=True, text=True, check=True
    ).stdout.split()
    say(f"memory of an open history of {int(told[1]):,} events, whole process", f"{told[0]} MB", "<= 500 MB")
