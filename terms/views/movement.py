"""Question 7: how a party moved on a term between two points, in which direction, by how much.

Two numbers are kept apart: *travel*, how far the party's own end point moved, and how much of the gap to
each other party was closed, which may be less. One verb for everybody: a stance changes. Toward and away
are said of a named party and are arithmetic about stated values, never a judgement.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from terms.core.entries import Cell, Status
from terms.core.history import History
from terms.core.situation import Situation
from terms.core.talks import CellKey, Talks
from terms.values import Gap, Stance, compatible, direction, distance, gap
from terms.views.changes import changes_of
from terms.views.signs import SIGNS
from terms.views.wording import modality_words, stance_words

StepClass = Literal[
    "none", "first", "reaffirmed", "toward", "away", "mixed", "sideways", "withdrawn", "changed"
]

Parties: TypeAlias = Mapping[tuple[str, str], Collection[str]]
"""Who has a cell on each (term, stage)."""


class Closure(Struct, frozen=True):
    """The gap to one other party before and after, in words, and whether it grew, shrank or stayed."""

    party: str
    before: str
    after: str
    moved: Literal["toward", "away", "same"]


class Movement(Struct, frozen=True):
    """How one cell moved between two points. `way`: `up by 10 km`, `down`; empty where values have no order.

    `travel` is how far the party's own end point moved (`10 km`, the names added or given up); empty when no
    number says it. `events` are the events that changed the cell in between, in log order.
    """

    party: str
    term: str
    stage: str
    step: StepClass
    status_before: Status
    status_after: Status
    before: str
    after: str
    way: str
    travel: str
    closures: tuple[Closure, ...]
    events: tuple[str, ...]


def movement(before: Situation, after: Situation, key: CellKey) -> Movement:
    """The movement of one cell from one situation to a later one of the same history."""
    places = (place for place in changes_of(after.history, key) if before.steps <= place < after.steps)
    return between(
        before.talks, after.talks, key, events=tuple(after.history.events[place].id for place in places)
    )


def parties_on(*states: Talks) -> Parties:
    """Who has a cell on each (term, stage) in any of these states."""
    found: dict[tuple[str, str], set[str]] = {}
    for talks in states:
        for party, term, stage in talks.cells:
            found.setdefault((term, stage), set()).add(party)
    return found


def between(
    before: Talks,
    after: Talks,
    key: CellKey,
    *,
    events: tuple[str, ...] = (),
    parties: Parties | None = None,
) -> Movement:
    """The movement of one cell between two states, whichever they are.

    Whoever asks for many cells gives what `parties_on` finds in the two, else it is sought each time.
    """
    old, new = _stance(before, key), _stance(after, key)
    parties = parties_on(before, after) if parties is None else parties
    closures = tuple(_closures(before, after, key, parties.get(key[1:], ())))
    old_cell, new_cell = before.cells.get(key), after.cells.get(key)
    return Movement(
        *key,
        _class(old, new, closures, withdrawn=new_cell is not None and new_cell.status == "withdrawn"),
        old_cell.status if old_cell is not None else "silent",
        new_cell.status if new_cell is not None else "silent",
        said(old, old_cell),
        said(new, new_cell),
        _way(old, new),
        _travel(old, new),
        closures,
        events,
    )


def movements(history: History, term: str) -> Iterator[tuple[int, Movement]]:
    """Every change of any cell of a term, step by step: (index, movement), in the order of the log."""
    for step in history:
        if step.before.cells is step.after.cells:
            continue
        keys = {key for key in (*step.after.cells, *step.before.cells) if key[1] == term}
        for key in sorted(keys):
            if step.before.cells.get(key) != step.after.cells.get(key):
                yield step.index, between(step.before, step.after, key, events=(step.event.id,))


def said(stance: Stance | None, cell: Cell | None = None) -> str:
    """A stance in words with its modality in brackets: `30 km (demand)`; empty for none.

    What was accepted has no modality of its own any more.
    """
    words = stance_words(stance)
    if cell is not None and SIGNS[cell.status].word.startswith("accepted"):
        return words
    modality = modality_words(stance)
    return f"{words} ({modality})" if words and modality not in ("", "refuse", "open", "defer") else words


def gap_words(found: Gap) -> str:
    """How far apart, in words: `10 km`, `luhansk and kherson`, `touching`."""
    if found.parts:
        return ", ".join(f"{name}: {gap_words(part)}" for name, part in found.parts)
    amount = f"{found.amount} {found.unit}".strip() if found.amount is not None else ""
    if found.names:
        amount = f"{amount} ({', '.join(found.names)})" if amount else ", ".join(found.names)
    if found.touching:
        amount = f"{amount} (touching)"
    return f"at least {amount}, by the length of months" if found.contested else amount


def apart(a: Stance | None, b: Stance | None) -> str:
    """How two stances stand: a gap, `compatible`, `opposed`, `needs review`, or empty for silence."""
    if a is None or b is None:
        return ""
    if "refuse" in (a.modality, b.modality):
        return "opposed" if a.modality != b.modality else "compatible"
    if a.value is None or b.value is None:
        return ""
    if (found := gap((a.value, b.value))) is not None:
        return gap_words(found)
    return {True: "compatible", False: "opposed", None: "needs review"}[compatible((a.value, b.value))]


def movement_words(one: Movement) -> str:
    """One movement on a line: status, from what to what, which way, how far, what that did to gaps."""
    status = SIGNS[one.status_after]
    said_ = [f"{status.mark} {status.word}"]
    if one.after and one.after != one.before:
        said_.append(f"{one.before} -> {one.after}" if one.before else one.after)
    elif one.after:
        said_.append(f"{one.after}, unchanged")
    elif one.before:
        said_.append(f"{one.before} -> no stance")
    if one.way or one.travel:
        said_.append(one.way or f"moved {one.travel}")
    said_.extend(_closure_words(closure) for closure in one.closures if closure.before != closure.after)
    return "; ".join(said_)


def _closure_words(closure: Closure) -> str:
    if not closure.before:
        return f"to {closure.party}: {closure.after}"
    way = {"toward": "toward", "away": "away from", "same": "to"}[closure.moved]
    return f"{way} {closure.party}: {closure.before} -> {closure.after or 'silence'}"


def _stance(talks: Talks, key: CellKey) -> Stance | None:
    cell = talks.cells.get(key)
    return cell.stance if cell is not None else None


def _class(
    old: Stance | None, new: Stance | None, closures: tuple[Closure, ...], *, withdrawn: bool
) -> StepClass:
    if new is None:
        return "none" if old is None and not withdrawn else "withdrawn"
    if old is None:
        return "first"
    if old == new:
        return "reaffirmed"
    moved = {one.moved for one in closures} - {"same"}
    if moved == {"toward", "away"}:
        return "mixed"
    if moved:
        return "toward" if "toward" in moved else "away"
    return "sideways" if _travel(old, new) else "changed"


def _way(old: Stance | None, new: Stance | None) -> str:
    if old is None or new is None or old.value is None or new.value is None or old.value == new.value:
        return ""
    found = direction(old.value, new.value)
    if found is None or found.way == "neither":
        return ""
    return f"{found.way} by {found.by} {found.unit}".rstrip() if found.by is not None else found.way


def _travel(old: Stance | None, new: Stance | None) -> str:
    if old is None or new is None or old.value is None or new.value is None:
        return ""
    found = distance(old.value, new.value)
    return gap_words(found) if found is not None else ""


def _closures(before: Talks, after: Talks, key: CellKey, parties: Collection[str]) -> Iterator[Closure]:
    party, term, stage = key
    for other in sorted(set(parties) - {party}):
        theirs = (other, term, stage)
        first = apart(_stance(before, key), _stance(before, theirs))
        last = apart(_stance(after, key), _stance(after, theirs))
        if first or last:
            yield Closure(other, first, last, _moved(_gap(before, key, theirs), _gap(after, key, theirs)))


def _gap(talks: Talks, key: CellKey, other: CellKey) -> tuple[int, Gap | None] | None:
    """Whether two cells are compatible (0), apart by a number (1), opposed (2); None: nobody can say."""
    a, b = _stance(talks, key), _stance(talks, other)
    if a is None or b is None or a.value is None or b.value is None:
        return None
    found = gap((a.value, b.value))
    if found is not None:
        return 1, found
    answer = compatible((a.value, b.value))
    return None if answer is None else (0 if answer else 2, None)


def _moved(
    before: tuple[int, Gap | None] | None, after: tuple[int, Gap | None] | None
) -> Literal["toward", "away", "same"]:
    if before is None or after is None:
        return "same"
    one, two = before[1], after[1]
    if one is not None and two is not None and one.amount is not None and two.amount is not None:
        if one.amount == two.amount:
            return "same"
        return "toward" if two.amount < one.amount else "away"
    if before[0] == after[0]:
        return "same"
    return "toward" if after[0] < before[0] else "away"
