"""Tells how far apart they were on a term from step to step, who moved, and what each move closed.

The gap after each step is exact, in the term's own unit. One event changes the gap by an amount that is the
event's alone, so the closures of all events add up to the whole. How far a party's own end point went
(travel) may be more than that: an extreme opening makes later movement look large, so opening, travel and
closure stand side by side. Movement of different terms is never added.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from terms.analyses.engine.standing import Status, slots_of, standing
from terms.core.entries import Cell
from terms.core.history import History
from terms.core.situation import Situation, situation
from terms.ground.maps import Map, empty
from terms.values import Amount, Gap, compatible, distance, gap
from terms.values.stance_parts import acceptance

QUESTION = "How did the parties move on a term, and what did each move close?"

UNMOVED = ("first", "reaffirm", "supersede-with-package")
"""The kinds of moves by which no stance of one's own became another."""

MoveKind = Literal["first", "toward", "away", "sideways", "reaffirm", "withdraw", "supersede-with-package"]


class Move(Struct, frozen=True):
    """One event by which a party's stance changed or was said again.

    `gap` is what is left after it, None where no number says it. `closed` is by how much it closed the gap
    (negative: it opened it), None before the opening gap. `travel` is how far the party's own end point went.
    """

    event: str
    by: str
    kind: MoveKind
    day: date | None
    gap: Fraction | None
    closed: Fraction | None
    travel: Fraction | None


class Share(Struct, frozen=True):
    """What one party did on a term: its moves, what they closed and how far it went, in the unit."""

    party: str
    moves: int
    closed: Fraction
    travel: Fraction
    answered: tuple[int, int]
    """(k, n): k of its n moves toward the others were answered by such a move before its next one."""


class Movement(Struct, frozen=True):
    """The movement on one term. `opening` is the first gap after all had spoken; None: there never was one.

    `share` is how much of it is closed, None without an opening. `per_day` is the closure a day from the
    first to the last dated move after the opening, None with fewer than two.
    """

    term: str
    unit: str
    opening: Fraction | None
    opened_by: str | None
    now: Fraction | None
    share: Fraction | None
    per_day: Fraction | None
    moves: tuple[Move, ...]
    parties: tuple[Share, ...]
    positions: int


class Changed(Struct, frozen=True):
    """A term that stands otherwise after a round, and the events of the round that it stands by."""

    term: str
    before: Status
    after: Status
    events: tuple[str, ...]


class Round(Struct, frozen=True):
    """A round of talks: how many terms stood how when it began and when it ended, and the events between.

    `changes` counts (status before, status after) and `terms` names those terms; `positions` are the stances on
    record at its end.
    """

    name: str
    first: str
    last: str
    changes: tuple[tuple[Status, Status, int], ...]
    positions: int
    terms: tuple[Changed, ...] = ()


class Balance(Struct, frozen=True):
    """How many moves each party made that changed a stance. `gini` of these counts, of four parties or more."""

    counts: tuple[tuple[str, int], ...]
    gini: Fraction | None


def find(at: Situation, *, terms: Sequence[str] = ()) -> tuple[Movement, ...]:
    """The movement up to this step on the terms named, or on every term with an opening gap or two moves."""
    asked = [slot for slot in slots_of(at) if not terms or slot[0] in terms]
    touched = _touched(at)
    found = (_movement(at, term, stage, touched.get((term, stage), ())) for term, stage in asked)
    return tuple(one for one in found if terms or one.opening is not None or len(one.moves) > 1)


def rounds(at: Situation) -> tuple[Round, ...]:
    """The rounds that events of meeting declare, each to the step before the next one begins."""
    history = at.history
    starts = [
        (place, str(getattr(history.events[place], "round", None)))
        for place in range(at.steps)
        if history.events[place].kind == "meet" and getattr(history.events[place], "round", None)
    ]
    ends = [*(place for place, _ in starts[1:]), at.steps][: len(starts)]
    return tuple(_round(history, name, start, end) for (start, name), end in zip(starts, ends, strict=True))


def _round(history: History, name: str, start: int, end: int) -> Round:
    before, after = situation(history, start), situation(history, end)
    counts: dict[tuple[Status, Status], int] = {}
    terms: list[Changed] = []
    for term, stage in slots_of(after):
        old, new = standing(before, term, stage), standing(after, term, stage)
        if old.status != new.status:
            counts[old.status, new.status] = counts.get((old.status, new.status), 0) + 1
            told = tuple(event for event in new.events if event not in old.events)
            terms.append(Changed(new.term, old.status, new.status, told))
    spoken = sum(1 for cell in after.talks.cells.values() if cell.stance is not None)
    changes = tuple((one, other, number) for (one, other), number in sorted(counts.items()))
    return Round(name, history.events[start].id, history.events[end - 1].id, changes, spoken, tuple(terms))


def balance(found: Sequence[Movement]) -> Balance:
    """The moves of each party over all of these terms."""
    counts: dict[str, int] = {}
    for one in found:
        for share in one.parties:
            counts[share.party] = counts.get(share.party, 0) + share.moves
    numbers = sorted(counts.values())
    total, many = sum(numbers), len(numbers)
    if many < 4 or not total:
        return Balance(tuple(sorted(counts.items())), None)
    apart = sum((2 * place - many - 1) * number for place, number in enumerate(numbers, start=1))
    return Balance(tuple(sorted(counts.items())), Fraction(apart, many * total))


def _touched(at: Situation) -> dict[tuple[str, str], list[int]]:
    """(term, stage) -> the places of the steps that put another cell in the place of any on it."""
    found: dict[tuple[str, str], list[int]] = {}
    before: dict[tuple[str, str, str], Cell] = {}
    cells: Map[tuple[str, str, str], Cell] = empty()
    for place in range(at.steps):
        if (now := at.history.state(place + 1).cells) is cells:
            continue
        cells, after = now, dict(now)
        moved = [key for key, cell in after.items() if before.get(key) is not cell]
        for term, stage in {key[1:] for key in (*moved, *(before.keys() - after.keys()))}:
            found.setdefault((term, stage), []).append(place)
        before = after
    return found


def _movement(at: Situation, term: str, stage: str, places: Sequence[int]) -> Movement:
    parties = at.header.consent(term)
    steps = list(_steps(at, term, stage, parties, places))
    opening: Fraction | None = None
    opened_by: str | None = None
    unit = ""
    last: Fraction | None = None
    moves: list[Move] = []
    for event, before, after in steps:
        width, unit_here = _width(after, parties)
        unit = unit_here or unit
        for party in parties:
            if not _speaks(before.get(party), after.get(party)):
                continue
            closed = last - width if opening is not None and last is not None and width is not None else None
            travel = _travel(before.get(party), after.get(party))
            kind = _kind(before.get(party), after.get(party), closed, travel)
            moves.append(Move(event, party, kind, _day(at, event), width, closed, travel))
        if opening is None and width:
            opening, opened_by = width, event
        last = width
    now = last
    share = 1 - now / opening if opening and now is not None else None
    name = term if stage == at.talks.stage_of(term) else f"{term}@{stage}"
    shares = tuple(_share(party, moves, opened_by, at) for party in parties)
    return Movement(
        name, unit, opening, opened_by, now, share, _rate(moves), tuple(moves), shares, len(moves)
    )


def _steps(
    at: Situation, term: str, stage: str, parties: Sequence[str], places: Sequence[int]
) -> Iterator[tuple[str, dict[str, Cell], dict[str, Cell]]]:
    """(event, cells before, cells after) for each step that touched the stances on a term."""
    before: dict[str, Cell] = {}
    for place in places:
        talks = at.history.state(place + 1)
        after = {
            party: cell for party in parties if (cell := talks.cells.get((party, term, stage))) is not None
        }
        if after != before:
            yield at.history.events[place].id, before, after
        before = after


def _speaks(before: Cell | None, after: Cell | None) -> bool:
    """Whether a party took, changed, repeated or dropped a stance of its own, or tabled the term inside an either/or.

    What merely answers others (a study, a rejection) leaves the stance that there was, or none; so does an option
    that was not picked.
    """
    old, new = (
        (one.stance, one.stance_event) if one is not None else (None, None) for one in (before, after)
    )
    if old == new:
        return after is not None and after.detail == "option" and after != before
    return True


def _width(cells: dict[str, Cell], parties: Sequence[str]) -> tuple[Fraction | None, str]:
    """The gap between all: 0 when they are compatible, None before all spoke or without a number."""
    values = [
        value for party in parties
        if (cell := cells.get(party)) is not None and cell.stance is not None
        and (value := acceptance(cell.stance)) is not None
    ]  # fmt: skip
    if len(values) < len(parties) or not values:
        return None, ""
    width = gap(values)
    if width is None:
        return (Fraction(0), "") if compatible(values) else (None, "")
    return _number(width), width.unit


def _number(width: Gap) -> Fraction | None:
    return None if width.amount is None or width.contested else _fraction(width.amount)


def _fraction(amount: Amount) -> Fraction:
    return Fraction(amount)


def _travel(before: Cell | None, after: Cell | None) -> Fraction | None:
    if before is None or after is None or before.stance is None or after.stance is None:
        return None
    old, new = acceptance(before.stance), acceptance(after.stance)
    if old is None or new is None or old.type != new.type:
        return None
    moved = distance(old, new)
    return Fraction(0) if moved is None and old == new else _number(moved) if moved is not None else None


def _kind(
    before: Cell | None, after: Cell | None, closed: Fraction | None, travel: Fraction | None
) -> MoveKind:
    if after is None or (after.stance is None and before is not None and before.stance is not None):
        return "withdraw"
    if before is None or before.stance is None:
        return "supersede-with-package" if after.stance is None else "first"
    if after.stance == before.stance:
        return "reaffirm"
    if closed is not None and closed > 0:
        return "toward"
    if closed is not None and closed < 0:
        return "away"
    return "reaffirm" if travel == 0 else "sideways"


def _day(at: Situation, event: str) -> date | None:
    return at.history.event(event).date.first_day


def _share(party: str, moves: Sequence[Move], opened_by: str | None, at: Situation) -> Share:
    own = [move for move in moves if move.by == party and move.kind not in UNMOVED]
    after = [
        move
        for move in own
        if opened_by is not None and at.history.index(move.event) > at.history.index(opened_by)
    ]
    closed = sum((move.closed for move in after if move.closed is not None), Fraction(0))
    travel = sum((move.travel for move in after if move.travel is not None), Fraction(0))
    return Share(party, len(own), closed, travel, _answered(party, moves))


def _answered(party: str, moves: Sequence[Move]) -> tuple[int, int]:
    count = answered = 0
    for place, move in enumerate(moves):
        if move.by != party or move.kind != "toward":
            continue
        count += 1
        for later in moves[place + 1 :]:
            if later.by == party:
                break
            if later.kind == "toward":
                answered += 1
                break
    return answered, count


def _rate(moves: Sequence[Move]) -> Fraction | None:
    dated = [(move.day, move.closed) for move in moves if move.day is not None and move.closed is not None]
    if len(dated) < 2:
        return None
    days = sum((later - earlier).days for (earlier, _), (later, _) in pairwise(dated))
    return sum((closed for _, closed in dated[1:]), Fraction(0)) / days if days else None
