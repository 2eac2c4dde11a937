"""The same record gives the same answers, to the byte, whatever order a process walks its maps in."""

import subprocess
import sys

from terms.core.duties import obligations
from terms.core.history import History
from terms.core.life import axes
from terms.core.situation import situation
from terms.testing.stories import KIND_NAMES, Move, interpret

STORY = [
    Move(kind, who=place % 4, back=place % 3, terms=(place % 15, (place + 3) % 15), value=place, flags=place * 7 % 256, days=place % 2)
    for place, kind in enumerate((*("propose", "accept", "agree", "counter") * 3, *KIND_NAMES, *KIND_NAMES))
]  # fmt: skip


def canonical() -> str:
    """Every cell, axis, obligation and objection of one long invented record, in one order."""
    history = History(*interpret(STORY))
    at = situation(history)
    lines = [f"{key}: {cell}" for key, cell in sorted(history.last.cells.items())]
    lines += [str(axes(at, term)) for term in history.header.term]
    lines += [str(one) for one in obligations(at)]
    lines += [str(one) for step in history for one in step.objections]
    lines += [str([event.id for event in history.seen_by(party).events]) for party in history.header.party]
    return "\n".join(lines)


def test_a_record_gives_the_same_bytes_in_every_process():
    printed = {
        subprocess.run(
            [sys.executable, "-c", "from tests.core.test_determinism import canonical; print(canonical())"],
            env={"PYTHONHASHSEED": str(seed), "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in (0, 1, 2, 3)
    }
    assert len(printed) == 1
    assert len(printed.pop().splitlines()) > 60
