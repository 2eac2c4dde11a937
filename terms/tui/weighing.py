"""What blocks a deal at the step, and what would unlock it: worked out beside the reader, kept for coming back.

Whoever holds a key down passes steps that nobody asks about; so a step is weighed once the reader has stayed a
moment, in a thread that leaves them most of the time, and given up when they go on.
"""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from terms.analyses.engine.oracle import Overtaken, SolverMissing, Stop, heed, never
from terms.core.history import History
from terms.tui import matrix
from terms.tui.desk import Desk

if TYPE_CHECKING:
    from terms.views.finding_words import Line

MOST_KEPT = 64
"""Weighed steps kept; of more, those asked for longest ago go first."""

BREATH = 0.0005
"""Seconds that the work pauses now and then, so that a key need not wait for it."""

STAYED = 0.08
"""Seconds without a step after which it is weighed: longer than a held key takes to repeat."""

Told = tuple[str, Literal["strong", "", "dim"]]


class Weighed(Struct, frozen=True):
    """A step weighed: what is told of it, and how the stances on each row fit together, in a word or two."""

    rows: tuple[Told, ...]
    fits: Mapping[matrix.Row, str]


class Shelf:
    """The steps weighed so far."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[History, int], Weighed] = OrderedDict()

    def known(self, history: History, steps: int) -> Weighed | None:
        """What a step weighs; None: not worked out yet."""
        return self._kept.get((history, steps))

    def keep(self, history: History, steps: int, found: Weighed) -> None:
        """Keep it, and drop what was kept longest where there is too much."""
        self._kept[history, steps] = found
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


SHELF = Shelf()
"""One for the program: histories differ, and a view of one is another history."""


def weigh(history: History, steps: int, stop: Stop = never) -> Weighed:
    """Work it out. What it takes is loaded here, since a first frame needs none of it.

    Raises:
        Overtaken: `stop` said so.
    """
    from terms.analyses import compatibility, unlock, why_not
    from terms.analyses.engine.positions import slot_name
    from terms.analyses.engine.standing import standing
    from terms.views.deals import unlock_lines, why_lines
    from terms.views.finding_words import heading_lines

    at = matrix.at(history, steps)
    fits: dict[matrix.Row, str] = {}
    contested = compatibility.contested(at, stop=stop) if history.rivals else frozenset()
    for row in matrix.rows_of(history):
        heed(stop)
        found = standing(at, *row)
        if slot_name(at, *row) in contested:
            fits[row] = "contested"
        else:
            fits[row] = found.words if found.status == "gap" else found.status
    try:
        why = why_not.find(at, stop=stop)
        ways = unlock.find(at, stop=stop)
    except SolverMissing as fault:
        return Weighed(((str(fault), "strong"),), fits)
    told = [*heading_lines(why.heading), *why_lines(why), *(unlock_lines(ways) if ways.groups else ())]
    return Weighed(tuple(_row(line) for line in told), fits)


def _row(line: "Line") -> Told:
    cited = f" [{', '.join(line.events)}]" if line.events else ""
    return f"{line.text}{cited}", "strong" if line.title else ""


def wanted(desk: Desk) -> bool:
    """Whether the reader looks at what waits for what, and the step is not weighed yet."""
    return desk.lower == "orders" and SHELF.known(desk.history, desk.steps) is None


async def weigh_beside(history: History, steps: int) -> None:
    """Weigh a step once the reader has stayed; whoever cancels this gives the work up."""
    await asyncio.sleep(STAYED)
    given_up = threading.Event()
    try:
        SHELF.keep(history, steps, await asyncio.to_thread(_worked_out, history, steps, given_up))
    finally:
        given_up.set()


def _worked_out(history: History, steps: int, given_up: threading.Event) -> Weighed:
    try:
        return weigh(history, steps, lambda: given_up.wait(BREATH))
    except Overtaken:
        return Weighed((), {})  # nobody waits for it any more


def rows(desk: Desk) -> tuple[Told, ...]:
    """What is told of the step under what waits for what."""
    found = SHELF.known(desk.history, desk.steps)
    return found.rows if found is not None else (("what blocks a deal is being worked out", "dim"),)


def fit(desk: Desk, row: matrix.Row) -> str:
    """How the stances of a row fit together, where that is worked out; else dots."""
    found = SHELF.known(desk.history, desk.steps)
    return found.fits.get(row, "") if found is not None else "..."
