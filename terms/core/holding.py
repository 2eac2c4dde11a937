"""Holding: whether an acceptance of a version counts at a moment, and whether a reservation to it is live.

Its condition is met, none of its reservations is live, and its author has not let go of it in time.
"""

from terms.core.binding import is_live
from terms.core.entries import SETTLED, Bound
from terms.core.happenings import holds_now
from terms.core.moments import latest
from terms.core.situation import Situation


def versions_on(at: Situation, term: str, stage: str) -> tuple[str, ...]:
    """The versions of `term` that anybody is bound to, sorted."""
    cells = at.cells_of(term, stage).values()
    return tuple(sorted({one.version for cell in cells for one in cell.bound}))


def bonds_on(at: Situation, term: str, stage: str, version: str) -> dict[str, Bound]:
    """Party -> its acceptance of this version."""
    return {
        party: one
        for party, cell in at.cells_of(term, stage).items()
        for one in cell.bound
        if one.version == version
    }


def holds(at: Situation, term: str, stage: str, bound: Bound, rung: int = SETTLED) -> bool:
    """Whether an acceptance counts now, on this rung or a higher one.

    Its condition is met, none of its reservations is live, and its author had not let go of it before
    everybody's acceptance had come to hold.
    """
    if bound.rung < rung or not holds_now(at, bound):
        return False
    return not let_go(at, term, stage, bound)


def let_go(at: Situation, term: str, stage: str, bound: Bound) -> bool:
    """Whether an author let go of an acceptance before everybody's had come to hold, so that it binds no more."""
    return bound.released is not None and not _held_before(at, term, stage, bound.version, bound.released)


def _held_before(at: Situation, term: str, stage: str, version: str, event: str) -> bool:
    """Whether all acceptances of the version held just before `event`, by which one author let go."""
    place = at.history.index(event)
    before = Situation(at.history, place, latest(at.history.events[place].date))
    held = before.talks.version(version)
    needed = at.header.consent(term, held.text if held is not None else None)
    bonds = bonds_on(before, term, stage, version)
    return all(party in bonds and holds(before, term, stage, bonds[party]) for party in needed)


def live_reservation(at: Situation, name: str) -> bool:
    """Whether a reservation is live: not withdrawn, not accepted by all others, on something still to be agreed.

    Once its author, or whoever tabled what it is about, has let go of that, there is nothing left to reserve.
    """
    held = at.talks.reservations[name]
    cells = ((party, term, stage) for party in held.by for term in held.terms for stage in _stages(at, term))
    return is_live(at.talks, name) and any(_is_about_something(at, name, *cell) for cell in cells)


def _stages(at: Situation, term: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((at.talks.stage_of(term), *at.header.stage)))


def _is_about_something(at: Situation, name: str, party: str, term: str, stage: str) -> bool:
    """Whether the acceptance with this reservation stands, in one cell, and what it accepts does too."""
    cell = at.talks.cells.get((party, term, stage))
    if cell is None:
        return False
    carried = [one for one in cell.bound if name in one.reservations]
    if not carried:
        return cell.event == name.partition("/")[0]
    return any(
        not let_go(at, term, stage, one) and _is_tabled(at, term, stage, one.version) for one in carried
    )


def _is_tabled(at: Situation, term: str, stage: str, version: str) -> bool:
    """Whether nobody who tabled a version has taken it off the table, or put another in its place on this term."""
    held = at.talks.version(version)
    withdrawn = held is not None and held.state == "withdrawn"
    authors = held.by if held is not None and held.form not in ("float", "bridging") else ()
    bonds = bonds_on(at, term, stage, version)
    needed = at.header.consent(term, held.text if held is not None else None)
    return not withdrawn and all(
        one in bonds and not let_go(at, term, stage, bonds[one]) for one in authors if one in needed
    )
