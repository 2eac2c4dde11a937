"""Happenings: when what order and deadlines refer to occurred, as recorded or as derived from the talks.

Derived for free (rules.md 5) are the acts themselves (the id of an event), `TEXT.signed`, `T.done`,
`T.begins`, `T.VALUE` once T is agreed with that value, `P accepts X` and `P certifies H`. What depends on
itself, through however many others, has no date; `at.within(name)` is how that is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from terms.core.binding import is_live, matched
from terms.core.entries import BOUND, Bound, Cell, Clause, LifeMark, Performance
from terms.core.moments import latest
from terms.core.talks import Talks
from terms.ground.dates import Edtf
from terms.values import Outcome

if TYPE_CHECKING:
    from terms.core.situation import Situation

ACTS = {"signed": "sign", "ratified": "ratify", "initialled": "initial"}


def happened(at: Situation, name: str) -> Edtf | None:
    """When a happening occurred; None: it has not, by what is recorded, or it hangs on itself."""
    recorded = at.talks.happenings.get(name)
    if recorded is not None:
        return recorded.moment if recorded.state == "occurred" else None
    if name in at.asked:
        return None
    if name in at.history.names and at.history.index(name) < at.steps:
        event = at.history.as_read(name, at.steps)
        return event.date if event is not None else None
    return _derived(at.within(name), name)


def _derived(at: Situation, name: str) -> Edtf | None:
    party, _, what = name.partition(" accepts ")
    if what:
        return _accepted(at, party, what)
    party, _, what = name.partition(" certifies ")
    if what:
        return _certified(at, party, what)
    owner, _, what = name.rpartition(".")
    if what in ACTS and owner in at.header.text:
        return _all_marked(at, owner, ACTS[what])
    if what == "done":
        return _done(at, owner)
    return _agreed(at, owner, what)


def _accepted(at: Situation, party: str, what: str) -> Edtf | None:
    if at.accepts(party, what) is not True:
        return None
    bonds = [
        one for cell, version in accepting_cells(at.talks, party, what) for one in cell_bonds(cell, version)
    ]
    return max((_date(at, one) for one in bonds), key=latest)


def accepting_cells(talks: Talks, party: str, what: str) -> list[tuple[Cell | None, str]]:
    """(cell, version asked; "": any) for each term of a version or text, or for the one term named."""
    target = talks.target(what)
    keys = [((party, term, one.stage), one.version) for term, one in target.clauses.items()]
    found = keys or [((party, what, talks.stage_of(what)), "")]
    return [(talks.cells.get(key), version) for key, version in found]


def cell_bonds(cell: Cell | None, version: str) -> tuple[Bound, ...]:
    """The acceptances of this version among those of a cell; of any when the version is ""."""
    return tuple(
        one for one in (cell.bound if cell is not None else ()) if not version or one.version == version
    )


def _certified(at: Situation, party: str, what: str) -> Edtf | None:
    recorded = at.talks.happenings.get(what)
    for name in (what, recorded.event if recorded is not None else ""):
        for one in at.talks.reactions.get(name, ()):
            if one.kind == "certify" and party in one.by:
                return at.history.event(one.event).date
    return None


def _all_marked(at: Situation, text: str, kind: str) -> Edtf | None:
    """The date of the last of the parties' acts of one kind on a text; None while one is missing."""
    dates: dict[str, Edtf] = {}
    for mark in at.talks.lives.get(text, ()):
        if mark.kind == kind:
            dates.update(dict.fromkeys(mark.by, mark.date))
    parties = at.header.text[text].parties or tuple(dates)
    if not parties or any(party not in dates for party in parties):
        return None
    return max((dates[party] for party in parties), key=latest)


def _done(at: Situation, owner: str) -> Edtf | None:
    full = [claim for claim in claims_on(at, owner) if claim.done == "yes" and claim.counts]
    return full[0].date if full else None


def claims_on(at: Situation, owner: str) -> tuple[Performance, ...]:
    """Claims of performance on a term (or TERM.STEP), wherever it was agreed, in log order."""
    found: list[Performance] = []
    for target, claims in at.talks.performances.items():
        if target == owner or target.rpartition("/")[2] == owner:
            found.extend(claims)
    return tuple(sorted(found, key=lambda claim: at.history.index(claim.event)))


def _agreed(at: Situation, term: str, value: str) -> Edtf | None:
    """The date on which `term` was agreed with this value; for `begins` that on which it takes effect."""
    for version, clause, bound in agreements(at, term):
        stance = clause.stance
        if value == "begins":
            return _beginning(at, term, version, clause)
        if stance.value is not None and stance.value.words == value:
            return max((_date(at, one) for one in bound), key=latest)
    return None


def _beginning(at: Situation, term: str, version: str, clause: Clause) -> Edtf | None:
    for words in (clause.stance.from_words, clause.stance.effective_words):
        if words is not None:
            return at.date_of(words)
    begun = begun_by(at.marks(*names_of(at.talks, term, version)))
    return start_of(at, begun) if begun is not None else None


def begun_by(marks: tuple[LifeMark, ...]) -> LifeMark | None:
    """The first entry into force among the acts in a life; None: there is none."""
    return next((mark for mark in marks if mark.kind == "enter-into-force"), None)


def start_of(at: Situation, mark: LifeMark) -> Edtf:
    """When an entry into force takes effect: its effective date where that is known, else its own."""
    return (at.date_of(mark.effective) if mark.effective is not None else None) or mark.date


def names_of(talks: Talks, term: str, version: str | None) -> tuple[str, ...]:
    """The names a clause may be spoken of by: TEXT/TERM, VERSION/TERM, the text, the version, the term."""
    names = [term]
    if version is not None:
        held = talks.version(version)
        roots = (version.partition("/")[0], *((held.root,) if held is not None else ()))
        for owner in (*roots, *((held.text,) if held is not None and held.text is not None else ())):
            names += [f"{owner}/{term}", owner]
    return tuple(dict.fromkeys(names))


def agreements(at: Situation, term: str) -> Iterator[tuple[str, Clause, list[Bound]]]:
    """(version, clause, acceptances) of a term that everybody accepted for good, by version id."""
    found: dict[tuple[str, str], list[Bound]] = {}
    for stage in at.stages_of(term):
        for cell in at.cells_of(term, stage).values():
            for one in cell.bound:
                found.setdefault((one.version, stage), []).append(one)
    for (version, stage), bound in sorted(found.items()):
        clause = at.talks.clause(version, term)
        if clause is None or not matched(at.talks, term, version, stage, rung=BOUND):
            continue
        if all(holds_now(at, one) for one in bound):
            yield version, clause, bound


def holds_now(at: Situation, bound: Bound) -> bool:
    """Whether the condition of an acceptance is met and none of its reservations is live."""
    if at.outcome(bound.condition) is not Outcome.MET:
        return False
    return not any(is_live(at.talks, name) for name in bound.reservations)


def _date(at: Situation, bound: Bound) -> Edtf:
    event = at.history.as_read(bound.event, at.steps)
    return (event or at.history.event(bound.event)).date
