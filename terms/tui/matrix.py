"""The rows and columns of the matrix and what stands in them, worked out once for a history and a step.

Everything here is a function of a history and a number of steps, so it can be kept: a reader who steps
back finds what was made before, and a row out of view is never made.
"""

from functools import lru_cache

from terms.analyses.deadlock import Waiting
from terms.core.header import ROLES
from terms.core.history import History
from terms.core.lasting import AGREED
from terms.core.situation import Situation, situation
from terms.core.talks import CellKey
from terms.tui.parts import Overlay
from terms.views.answers.waiting import waiting
from terms.views.cells import CellView, Options, cell_view, options_on_table
from terms.views.contested import Readings
from terms.views.hearsay import Hearsay, hearsay
from terms.views.positions import PositionRow, changed_cells, grouped, position_row, standing_parties

Row = tuple[str, str]
"""(term, stage)."""


@lru_cache(maxsize=8)
def parties_of(history: History) -> tuple[str, ...]:
    """Who holds a position anywhere in this history: the belligerents, then the others role by role, sorted by id.

    Sides come before those who help them, since a screen shows few columns; among equals nobody comes first.
    """
    declared = history.header.party
    role = {
        party: ROLES.index(declared[party].role) if declared[party].role in ROLES else len(ROLES)
        for party in declared
    }
    return tuple(sorted(standing_parties(situation(history)), key=lambda party: (role[party], party)))


@lru_cache(maxsize=8)
def rows_of(history: History) -> tuple[Row, ...]:
    """The (term, stage) that anybody raises anywhere in this history, so that rows stay put while stepping."""
    last = history.last
    raised: dict[str, set[str]] = {}
    for _, term, stage in last.cells:
        raised.setdefault(term, set()).add(stage)
    for version in last.offering_options():
        for option in version.options.values():
            for term, clause in option.items():
                raised.setdefault(term, set()).add(clause.stage)
    for name in last.undertakings:
        term = name.rpartition("/")[2]
        raised.setdefault(term, {last.stage_of(term)})
    ordered = grouped(term for term in history.header.term if term in raised)
    return tuple((term, stage) for term in ordered for stage in sorted(raised[term]))


@lru_cache(maxsize=8)
def row_places(history: History) -> dict[Row, int]:
    """Where each row stands. Shared: not to be changed."""
    return {row: place for place, row in enumerate(rows_of(history))}


@lru_cache(maxsize=256)
def at(history: History, steps: int) -> Situation:
    """The situation after so many steps, at the date of the last of them."""
    return situation(history, steps)


@lru_cache(maxsize=64)
def offered(history: History, steps: int) -> Options:
    """What is on the table in options that nobody picked."""
    return options_on_table(history.state(steps)) if _has_options(history) else {}


@lru_cache(maxsize=8)
def _has_options(history: History) -> bool:
    """Whether anything is ever offered in options; mostly nothing is, and no step need look for them."""
    return bool(history.last.offering_options())


@lru_cache(maxsize=64)
def reported(history: History, steps: int) -> tuple[Hearsay, ...]:
    """What is known only from others by then."""
    return hearsay(at(history, steps))


@lru_cache(maxsize=4096)
def row_at(history: History, steps: int, row: Row, parties: tuple[str, ...]) -> PositionRow:
    """One row in words, for some of the parties."""
    return position_row(
        at(history, steps),
        *row,
        parties=parties,
        options=offered(history, steps),
        reported=reported(history, steps),
    )


@lru_cache(maxsize=8192)
def headline(history: History, steps: int, term: str, stage: str) -> str:
    """How a term stands jointly, in words."""
    return row_at(history, steps, (term, stage), ()).headline


def is_agreed(history: History, steps: int, term: str, stage: str) -> bool:
    """Whether it is agreed, as `terms show --agreed` counts: not in principle, not inside an unagreed package."""
    return row_at(history, steps, (term, stage), ()).consent in AGREED


def is_nearly_agreed(history: History, steps: int, term: str, stage: str) -> bool:
    """Whether it is agreed in principle alone, or inside a package that is not."""
    consent = row_at(history, steps, (term, stage), ()).consent
    return consent.startswith("agreed") and consent not in AGREED


@lru_cache(maxsize=4096)
def cell_at(history: History, steps: int, key: CellKey) -> CellView:
    """One cell in words."""
    return cell_view(at(history, steps), key, options=offered(history, steps))


@lru_cache(maxsize=256)
def changed(history: History, steps: int) -> frozenset[CellKey]:
    """The cells that the last of these steps changed."""
    if not steps:
        return frozenset()
    return changed_cells(history.state(steps - 1), history.state(steps))


@lru_cache(maxsize=256)
def differing(one: History, steps: int, other: History, other_steps: int) -> frozenset[CellKey]:
    """The cells that differ between two points, of one history or of two."""
    return changed_cells(one.state(steps), other.state(other_steps))


def holds(history: History, event: str) -> bool:
    """Whether the history has an event with this id."""
    return history.__contains__(event)


def aligned(history: History, steps: int, other: History) -> int:
    """How many steps of `other` lie up to the event that `history` has reached, or the last before it that it has."""
    if other is history:
        return steps
    for place in range(steps - 1, -1, -1):
        if holds(other, name := history.events[place].id):
            return other.index(name) + 1
    return 0


def opposite(history: History, steps: int, over: Overlay) -> int:
    """How many steps of what is laid over belong to a step: at the end of a branch those too that it skips there."""
    there, events = aligned(history, steps, over.history), over.history.events
    while steps == len(history) and there < len(events) and events[there].id in over.skipped:
        there += 1
    return there


@lru_cache(maxsize=16)
def first_divergence(one: History, over: Overlay) -> str | None:
    """The id of the first event of `one` after which a cell differs in what is laid over; None: none does."""
    other = over.history
    for steps in range(over.shared + 1 if over.shared < len(one) else len(one), len(one) + 1):
        there = opposite(one, steps, over)
        mine, theirs = one.state(steps).cells, other.state(there).cells
        if mine is not theirs and changed_cells(one.state(steps), other.state(there)):
            return one.events[steps - 1].id if steps else other.events[0].id
    return None


@lru_cache(maxsize=512)
def contested(
    readings: Readings, steps: int, rows: tuple[Row, ...], parties: tuple[str, ...]
) -> frozenset[CellKey]:
    """The cells of some rows that another account of something told by then would change, one dispute at a time."""
    history = readings.history
    told = rivals_told(history, steps)
    if not told:
        return frozenset()
    found = {key for place in told for key in readings.changed_by(place, steps)}
    return frozenset(key for key in found if key[1:] in rows and key[0] in parties)


def rivals_told(history: History, steps: int) -> list[int]:
    """The rival accounts, by place in `history.rivals`, of what the first steps tell."""
    return [place for place, first in enumerate(_first_told(history)) if first < steps]


@lru_cache(maxsize=8)
def _first_told(history: History) -> tuple[int, ...]:
    """For each rival account the log place of the first event that tells of its occurrence."""
    first: dict[str, int] = {}
    for choice in history.rivals:
        if choice.of in history.names:
            first[choice.of] = history.index(choice.of)
    for place in history.places_of_accounts():
        occurrence = history.events[place].account_of or ""
        first[occurrence] = min(first.get(occurrence, place), place)
    return tuple(first.get(choice.of, len(history)) for choice in history.rivals)


@lru_cache(maxsize=64)
def story(history: History, key: CellKey) -> tuple[tuple[int, CellKey], ...]:
    """Every change of a cell, or of all cells of a term (party empty) or a party (term empty), oldest first."""
    party, term, stage = key
    parties = (party,) if party else parties_of(history)
    rows = ((term, stage),) if term else rows_of(history)
    keys = [(one, *row) for row in rows for one in parties]
    found = []
    for place in range(len(history)):
        before, after = history.state(place).cells, history.state(place + 1).cells
        if before is not after:
            found += [(place, one) for one in keys if before.get(one) != after.get(one)]
    return tuple(found)


@lru_cache(maxsize=64)
def waits(history: History, steps: int) -> Waiting:
    """The ordering statements in force, the knots among them, and what waits in vain."""
    return waiting(at(history, steps))
