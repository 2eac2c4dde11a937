"""Binding: which acceptances a party's cell holds, what a new one adds, and what frees it again.

Once a party is bound it has two tracks: what binds it, and what it says now. Later weaker words touch
only the second. Before everybody is bound it is the reverse: an unmatched acceptance is overtaken by a
later incompatible stance of its author.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from msgspec.structs import replace

from terms.core.entries import BOUND, SETTLED, Bound, Cell, Clause, Refusal, Status
from terms.core.talks import CellKey, Talks
from terms.ground.words import FrozenWords
from terms.values import Stance
from terms.values.stance_parts import compatible_stances

# ---- who holds to what ---------------------------------------------------------------------------


def matched(talks: Talks, term: str, version: str, stage: str, *, rung: int = SETTLED) -> bool:
    """Whether every consenting party holds to this version of `term`, on this rung or a higher one.

    Conditions are not looked at: they are a matter of the date asked.
    """
    held = _held_by_all(talks, term, version, stage)
    return bool(held) and min([one.rung for one in held]) >= rung


def final(talks: Talks, term: str, version: str, stage: str) -> bool:
    """Whether everybody holds to this version with no condition, no live reservation, nobody letting go."""
    held = _held_by_all(talks, term, version, stage)
    return bool(held) and _is_final(talks, held)


def _is_final(talks: Talks, held: Iterable[Bound]) -> bool:
    for one in held:
        if one.hangs or one.released:
            return False
        if one.reservations and any(is_live(talks, name) for name in one.reservations):
            return False
    return True


def _held_by_all(talks: Talks, term: str, version: str, stage: str) -> list[Bound]:
    """The acceptance of this version of `term` by each whose acceptance is needed; none where one is missing."""
    found: list[Bound] = []
    tabled = talks.version(version) if talks.header.text else None
    for party in talks.header.consent(term, tabled.text if tabled is not None else None):
        one = binding(talks, party, term, stage, version)
        if one is None:
            return []
        found.append(one)
    return found


def binding(talks: Talks, party: str, term: str, stage: str, version: str) -> Bound | None:
    """The acceptance by which `party` holds to `version` of `term`; None: it does not."""
    cell = talks.cells.get((party, term, stage))
    if cell is None:
        return None
    for one in cell.bound:
        if one.version == version:
            return one
    return None


def is_live(talks: Talks, reservation: str) -> bool:
    """Whether a reservation is live: not withdrawn, and some other consenting party has not accepted it."""
    held = talks.reservations[reservation]
    if held.withdrawn:
        return False
    others = {party for term in held.terms for party in talks.header.consent(term, held.text)} - set(held.by)
    return not others <= set(held.accepted_by)


# ---- letting go ----------------------------------------------------------------------------------


def still_bound(
    talks: Talks, key: CellKey, cell: Cell | None, stance: Stance, event: str
) -> tuple[Bound, ...]:
    """What still binds a party, of whom `cell` is told so far, when it takes a new stance by `event`."""
    if cell is None or not cell.bound:
        return ()
    kept: list[Bound] = []
    for one in cell.bound:
        if overtakes(talks, key[1], one, stance):
            kept += let_go(talks, key, one, event)
        else:
            kept.append(one)
    return tuple(kept)


def let_go(talks: Talks, key: CellKey, one: Bound, event: str) -> tuple[Bound, ...]:
    """What is left of an acceptance whose author lets go of it by `event`.

    Nothing where somebody had not accepted yet; all of it where everybody had. Where an acceptance still
    hung on something it is kept and marked, since only the date tells what had come to hold before.
    """
    held = _held_by_all(talks, key[1], one.version, key[2])
    if not held:
        return ()
    if one.released is not None or _is_final(talks, held):
        return (one,)
    return (replace(one, released=event),)


def overtakes(talks: Talks, term: str, bound: Bound, stance: Stance) -> bool:
    """Whether `stance` is incompatible with what was accepted in `bound`.

    Stances of different scope are about different things, so neither takes the other's place.
    """
    clause = talks.clause(bound.version, term)
    return clause is None or _takes_its_place(clause.stance, stance)


@lru_cache(maxsize=16_384)
def _takes_its_place(old: Stance, new: Stance) -> bool:
    if old == new:
        return False
    found = compatible_stances(old, new)
    if found.scopes != "same":
        return False
    told = {piece.verdict for piece in found.pieces} - {"silent"}
    return not told or not told.isdisjoint(("opposed", "refused", "deferred"))


def release(
    talks: Talks,
    parties: Iterable[str],
    terms: Iterable[str],
    clauses: Mapping[str, Clause],
    event: str,
    *,
    withdrawn: bool = False,
) -> Talks:
    """The cells of `parties` without the acceptance of these clauses, unless everybody had accepted them.

    `withdrawn`: what was said of them is taken back too, so that the cell reads withdrawn.
    """
    cells: dict[CellKey, Cell] = {}
    for term in terms:
        clause = clauses.get(term)
        if clause is None or final(talks, term, clause.version, clause.stage):
            continue
        for party in parties:
            key = (party, term, clause.stage)
            cell = talks.cells.get(key)
            if cell is not None:
                cells[key] = _without(talks, key, cell, clause, event, withdrawn=withdrawn)
    return talks.with_cells(cells)


def _without(talks: Talks, key: CellKey, cell: Cell, clause: Clause, event: str, *, withdrawn: bool) -> Cell:
    left: list[Bound] = []
    for one in cell.bound:
        left.extend(let_go(talks, key, one, event) if one.version == clause.version else (one,))
    if withdrawn and _is_said_of(clause, cell):
        return Cell("withdrawn", event, clause.version, "", None, None, tuple(left))
    return replace(cell, bound=tuple(left))


def _is_said_of(clause: Clause, cell: Cell) -> bool:
    """Whether what a cell says is said of a clause: of its version, or a mere repetition of it in a statement."""
    if cell.version is None:
        return cell.stance is None or not _takes_its_place(clause.stance, cell.stance)
    return clause.version.partition("/")[0] in (cell.version.partition("/")[0], cell.stance_event)


# ---- accepting -----------------------------------------------------------------------------------


def bind(
    talks: Talks,
    parties: Iterable[str],
    clauses: Mapping[str, Clause],
    *,
    event: str,
    text: str | None,
    act: str,
    condition: FrozenWords | None = None,
    reservations: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    principle: bool = False,
) -> Talks:
    """The talks with `parties` accepting `clauses` by `act` (acceptance, signature, ratification, referendum).

    The rung follows the act that the text names for each party: the act itself binds, an earlier one
    settles the text. `reservations` maps names EVENT/NAME to the terms they keep back. What is accepted
    to be put off is deferred, which binds nobody to anything.
    """
    cells: dict[CellKey, Cell] = {}
    hangs = ((event, condition),) if condition is not None else ()
    for party in parties:
        rung = rung_of(talks, party, text, act)
        for term, clause in clauses.items():
            key = (party, term, clause.stage)
            held = tuple([name for name, terms in reservations.items() if term in terms])
            if principle:
                cells[key] = said(talks, key, "in principle", event, clause.version)
            elif clause.stance.modality == "defer":
                until = clause.stance.until_words
                cells[key] = replace(
                    said(talks, key, "deferred", event, clause.version, until),
                    stance=clause.stance,
                    stance_event=event,
                )
            else:
                made = Bound(clause.version, event, rung, text, hangs, held)
                cells[key] = _accepting(talks, key, clause, made)
    return concluded(talks.with_cells(cells), clauses)


def concluded(talks: Talks, clauses: Mapping[str, Clause]) -> Talks:
    """The talks where what everybody has just come to hold to replaces what they held to before.

    The last binding response counts: an older version of the term in the same text (or in none) binds
    nobody once a later one binds all.
    """
    cells: dict[CellKey, Cell] = {}
    for term, clause in clauses.items():
        if not final(talks, term, clause.version, clause.stage):
            continue
        held = talks.version(clause.version)
        text = held.text if held is not None else None
        for party in talks.header.consent(term, text):
            key = (party, term, clause.stage)
            cell = talks.cells[key]
            if len(cell.bound) == 1:  # which is this
                continue
            bound = tuple([one for one in cell.bound if one.version == clause.version or one.text != text])
            if len(bound) < len(cell.bound):
                cells[key] = replace(cell, bound=bound)
    return talks.with_cells(cells) if cells else talks


def rung_of(talks: Talks, party: str, text: str | None, act: str) -> int:
    """BOUND when `act` is what binds `party` to `text` (or comes after it on the ladder), else SETTLED."""
    declared = talks.header.text.get(text or "")
    needed = declared.binding_act(party) if declared is not None else "acceptance"
    return BOUND if LADDER[act] >= LADDER.get(needed, LADDER["acceptance"]) else SETTLED


LADDER = {"settling": 0, "acceptance": 1, "signature": 2, "ratification": 3, "referendum": 4}
"""Acts that settle or bind, each counting for those before it. Which one binds, a text says (`binds-by`)."""


def _accepting(talks: Talks, key: CellKey, clause: Clause, made: Bound) -> Cell:
    kept = still_bound(talks, key, talks.cells.get(key), clause.stance, made.event)
    binds, others = made, []
    for one in kept:
        if one.version != made.version:
            others.append(one)
        elif _covers(one, made):
            binds = one
    bound = (binds, *others)
    status: Status = "conditional" if made.hangs else "reserved" if made.reservations else "accepted"
    detail = ", ".join([name.partition("/")[2] for name in made.reservations])
    return Cell(status, made.event, clause.version, detail, clause.stance, made.event, bound)


def _covers(earlier: Bound, made: Bound) -> bool:
    """Whether an earlier acceptance already binds as far: new conditions then change only what is said."""
    free = not earlier.hangs and not earlier.reservations and earlier.released is None
    return free and earlier.rung >= made.rung


def said(
    talks: Talks, key: CellKey, status: Status, event: str, version: str | None, detail: str = ""
) -> Cell:
    """The cell with only what the party says now changed: stance and bonds stay."""
    old = talks.cells.get(key)
    if old is None:
        return Cell(status, event, version, detail)
    return Cell(status, event, version, detail, old.stance, old.stance_event, old.bound)


def lifted(talks: Talks, parties: Iterable[str], clauses: Mapping[str, Clause]) -> tuple[Refusal, ...]:
    """The rejections by these parties that accepting these clauses takes back, sorted by name."""
    found: dict[str, Refusal] = {}
    own = set(parties)
    for clause in clauses.values():
        tabled = clause.version.partition("/")[0]
        for one in talks.versions[tabled].refused:
            if (
                one.version in (tabled, clause.version)
                and own.issuperset(one.by)
                and all(term in clauses for term in one.terms)
            ):
                found[one.name] = one
    return tuple(found[name] for name in sorted(found))


def arbitrated(talks: Talks, arbiter: str) -> tuple[str, ...]:
    """The parties that agreed to accept what `arbiter` rules, sorted.

    They are those that hold to a version that names it under `judged-by`, for itself or for a clause,
    and those whose own acceptance says so among its conditions.
    """
    found = {
        party
        for (party, term, _), cell in talks.cells.items()
        for one in cell.bound
        if arbiter in judges(talks, term, one)
    }
    return tuple(sorted(found))


def judges(talks: Talks, term: str, bound: Bound) -> set[str]:
    """Whom an acceptance accepts as judge."""
    held = talks.version(bound.version)
    clause = talks.clause(bound.version, term)
    named = set(held.judged_by) if held is not None else set()
    if clause is not None:
        named |= set(clause.stance.provisos.judged_by)
    told = bound.condition.get("judged-by", ()) if bound.condition is not None else ()
    return named | ({told} if isinstance(told, str) else {str(one) for one in told})
