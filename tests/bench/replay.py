"""Replaying 100,000 events from JSON, beside an aggregate of the `eventsourcing` library; stepping; memory."""

import gc
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from tests.bench import made

Say = Callable[[str, str, str], None]
COUNT = 100_000
OWN = """
import resource, sys
from tests.bench import made, replay
history = replay.opened(replay.COUNT)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, len(history))
"""


def opened(count: int) -> "object":
    """A history of `count` generated events, read from JSON, validated and folded."""
    from terms.core.history import History

    return History(_header(), _read(made.json_events(count)))


def _header() -> "object":
    from terms.core.header import Header, Party, Source, Term
    from terms.values import Declaration

    terms = tuple(Term(f"sector-{place}.distance", Declaration("quantity", "km")) for place in range(made.TERMS))
    parties = (Party("north", "North", "belligerent"), Party("south", "South", "belligerent"))
    return Header(parties=parties, terms=terms, sources=(Source("M1", "Minutes"),))


def _read(rows: list[bytes]) -> "tuple[object, ...]":
    from terms.records.machine import read_json_event

    return tuple(read_json_event(row) for row in rows)


def replaying(say: Say) -> None:
    """Ours and the peer in turns, three times each, medians."""
    rows = made.json_events(COUNT)
    ours, theirs = [], []
    peer = _peer()
    peer_rows = _peer_rows()
    for _ in range(3):
        gc.collect()
        begun = time.perf_counter()
        from terms.core.history import History

        History(_header(), _read(rows))
        ours.append(time.perf_counter() - begun)
        gc.collect()
        begun = time.perf_counter()
        peer(peer_rows)
        theirs.append(time.perf_counter() - begun)
    mine, other = statistics.median(ours), statistics.median(theirs)
    say(f"replay {COUNT:,} events from JSON: validation and full reducer", f"{mine / COUNT * 1e6:.1f} us/event", "")
    say("eventsourcing aggregate, pydantic events, one-dict state", f"{other / COUNT * 1e6:.1f} us/event", "")
    say("  ratio ours / theirs", f"{mine / other:.2f}", "<= 1.00")


def _peer_rows() -> "list[tuple[str, bytes]]":
    return [
        ("propose", json.dumps({**event, "originator_version": place + 1}).encode())
        for place, event in enumerate(made.events(COUNT))
    ]


def _peer() -> "Callable[[list[tuple[str, bytes]]], object]":
    """The peer's own pydantic mapper and aggregate, as its documentation's example has them."""
    from tests.bench.peer import replay

    return replay


def stepping(say: Say) -> None:
    """Random steps of an open history of 100,000 events, and the memory of one in a process of its own."""
    history = opened(COUNT)
    chance = random.Random(1)
    taken = []
    for _ in range(20_000):
        place = chance.randrange(COUNT)
        begun = time.perf_counter()
        step = history[place]  # type: ignore[index]
        assert step.after is not None
        taken.append(time.perf_counter() - begun)
    taken.sort()
    say("step to a random one of 100,000 events, 99th percentile", f"{taken[int(len(taken) * 0.99)] * 1e3:.3f} ms", "<= 2 ms")
    told = subprocess.run([sys.executable, "-c", OWN], capture_output=True, text=True, check=True).stdout.split()
    say(f"memory of an open history of {int(told[1]):,} events, whole process", f"{told[0]} MB", "<= 500 MB")
