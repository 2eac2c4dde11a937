"""Claims on the whole: the talks, what is open, agreed or deferred, deadlocks, deals, deadlines, objections."""

from collections.abc import Iterable

from terms.analyses import deadlock as waiting
from terms.analyses.deadlock import Finding, Waiting
from terms.core.consent import consent_of
from terms.core.duties import obligations_on
from terms.core.lasting import AGREED
from terms.core.life import axes
from terms.core.situation import Situation
from terms.ground.dates import Edtf
from terms.records.faults import listed
from terms.scenarios.claims import OPEN, Claim, See, Seen, Subject, just, status

TALKS = ("unopened", "in session", "adjourned", "broken off", "ended")
NOTHING = "nothing"


def talks(wanted: str) -> See:
    """That the talks are in this state."""

    def see(at: Situation) -> Seen:
        state = at.talks.session.state
        return Seen(state == wanted, f"the talks are {state}", wanted, lambda: _session(at))

    return see


def _session(at: Situation) -> tuple[str, ...]:
    """The event by which the talks came into the state they are in."""
    for step in range(at.steps, 0, -1):
        if at.history.state(step).session.state != at.history.state(step - 1).session.state:
            return (at.history.events[step - 1].id,)
    return ()


def in_list(which: str, term: str) -> See:
    """That a term is among the open, the agreed or the deferred ones."""
    if which == "deferred":
        return _deferred(term)
    return status(Subject(term), which)


def _deferred(term: str) -> See:
    def see(at: Situation) -> Seen:
        events = _deferrals(at, term)
        state = consent_of(at, term).state
        return Seen(bool(events), f"{term} is {state}, and nobody defers it", "deferred", just(events))

    return see


def _deferrals(at: Situation, term: str) -> tuple[str, ...]:
    found = {
        cell.event
        for (_, named, _), cell in at.talks.cells.items()
        if named == term
        and (cell.status == "deferred" or (cell.stance is not None and cell.stance.modality == "defer"))
    }
    return tuple(sorted(found, key=at.history.index))


def nothing(which: str) -> See:
    """That no term is open, agreed or deferred."""

    def see(at: Situation) -> Seen:
        found = [term for term in at.header.term if _is(at, which, term)]
        events = [event for term in found for event in in_list(which, term)(at).causes()]
        says = (
            f"{listed(found)} {'is' if len(found) == 1 else 'are'} {which}"
            if found
            else f"nothing is {which}"
        )
        return Seen(not found, says, f"nothing {which}", just(tuple(dict.fromkeys(events))))

    return see


def _is(at: Situation, which: str, term: str) -> bool:
    if which == "deferred":
        return bool(_deferrals(at, term))
    return consent_of(at, term).state in (OPEN if which == "open" else AGREED)


# ---- analyses --------------------------------------------------------------------------------------


def deadlock(wanted: str) -> See:
    """That somebody waits for what waits for him (yes), or that nobody does (no)."""

    def see(at: Situation) -> Seen:
        found = waiting.find(at)
        knots = [one for one in found.findings if one.kind == "contradiction"]
        says = "no order satisfies everybody" if knots else "no statements contradict each other"
        events, notes = _knots(knots)
        return Seen(
            found.is_deadlocked == (wanted == "yes"), says, f"deadlock: {wanted}", just(events), notes
        )

    return see


def deadlock_through(name: str) -> See:
    """That a contradiction of ordering statements runs through this happening or party."""

    def see(at: Situation) -> Seen:
        found = waiting.find(at)
        knots = [one for one in found.findings if one.kind == "contradiction" and _touches(one, name)]
        events, notes = _knots([one for one in found.findings if one.kind == "contradiction"])
        says = f"a deadlock runs through {name}" if knots else f"no deadlock runs through {name}"
        return Seen(bool(knots), says, f"a deadlock through {name}", just(events), notes or _free(found))

    return see


def _touches(one: Finding, name: str) -> bool:
    return name in one.parties or name in one.happenings


def _free(found: Waiting) -> tuple[str, ...]:
    return (f"{len(found.statements)} ordering statements are in force, and some order satisfies them all",)


def _knots(knots: Iterable[Finding]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    events: list[str] = []
    notes: list[str] = []
    for knot in knots:
        events.extend(knot.events)
        notes.extend(
            f"{' and '.join(link.statement.by) or 'the agenda'}: {link.statement.words}"
            for link in knot.links
        )
    return tuple(dict.fromkeys(events)), tuple(dict.fromkeys(notes))


def zone(wanted: str, stage: str | None) -> See:
    """That some deal is acceptable to everybody (exists), or that none is (empty)."""
    from terms.analyses import zone as deals  # the solver is loaded only where a scenario asks about deals

    def causes(at: Situation, *, empty: bool) -> tuple[str, ...]:
        if not empty:
            return _positions(at, stage)
        core = deals.find(at, stage=stage).conflict
        return tuple(dict.fromkeys(core.events)) if core is not None else ()

    def see(at: Situation) -> Seen:
        empty = deals.is_empty(at, stage=stage)
        says = (
            "no deal is acceptable to everybody" if empty else "there is a deal that everybody would accept"
        )
        holds = empty == (wanted == "empty")
        return Seen(holds, says, f"zone: {wanted}", lambda: causes(at, empty=empty))

    return see


def _positions(at: Situation, stage: str | None, names: Iterable[str] | None = None) -> tuple[str, ...]:
    """The events behind these positions; None: behind all in force, which a deal satisfies."""
    from terms.analyses.engine.modelling import model  # as above

    asked = model(at, stage=stage)
    return asked.events(asked.names if names is None else names)


def unlocked_by(wanted: str, stage: str | None) -> See:
    """That the fewest changes that let a deal exist are so many (0: there is one), or that none does (impossible)."""
    from terms.analyses import unlock as ways  # as above

    def see(at: Situation) -> Seen:
        found = ways.find(at, stage=stage)
        fewest = "impossible" if found.fewest is None else str(found.fewest)
        says = (
            "no change of positions lets a deal exist"
            if found.fewest is None
            else f"the fewest changes that let a deal exist are {found.fewest}"
        )
        ways_out = [event for knot in found.groups for way in knot.ways[:1] for event in way.events]
        barred = found.barred.events if found.barred is not None else ()
        events = tuple(dict.fromkeys((*ways_out, *barred)))
        return Seen(fewest == wanted, says, f"unlock: {wanted}", lambda: events or _positions(at, stage))

    return see


def unlocked_alone(party: str, stage: str | None) -> See:
    """That this party alone could let a deal exist by changing positions of its own."""
    from terms.analyses import unlock as ways  # as above

    def see(at: Situation) -> Seen:
        found = ways.find(at, stage=stage)
        own = next((one for one in found.alone if one.party == party), None)
        able = not found.groups or (own is not None and own.fewest is not None)
        says = f"{party} alone {'can' if able else 'cannot'} let a deal exist"
        members = [name for knot in found.groups for name in knot.members]
        names = [name for one in own.sets for name in one] if able and own is not None else members
        asked = names if found.groups else None
        return Seen(able, says, f"unlock: {party} alone", lambda: _positions(at, stage, asked))

    return see


# ---- deadlines and objections ------------------------------------------------------------------------


def due(subject: Subject, wanted: Edtf) -> See:
    """That what a term obliges to is due by the last day of a date."""

    def see(at: Situation) -> Seen:
        consent = axes(at, subject.term, stage=subject.stage).consent
        owed = [one for one in obligations_on(at, subject.term, consent) if one.due]
        dates = [found for one in owed if (found := at.date_of(one.due)) is not None]
        says = f"{subject.term} is due {' and '.join(one.due for one in owed)}" if owed else ""
        if dates:
            says = f"{subject.term} is due by {' and '.join(sorted(_day(one) for one in dates))}"
        holds = any(one.last_day == wanted.last_day for one in dates)
        none = f"{subject.term} is {consent.state}, and no deadline binds anybody"
        born = tuple(dict.fromkeys(one.born for one in owed))
        return Seen(holds, says or none, _day(wanted), just(born))

    return see


def _day(date: Edtf) -> str:
    return date.last_day.isoformat() if date.last_day is not None else date.text


def objected(claim: Claim, at: Situation, first: int) -> Seen:
    """Whether an event from the first change on meets an objection of the code that the claim names."""
    code = claim.node.text
    steps = [at.history[step] for step in range(first, at.steps)]
    codes = sorted({one.code for step in steps for one in step.objections})
    says = f"only {listed(codes)} is objected" if codes else "nothing is objected"
    return Seen(code in codes, says, code)
