"""Answers about deals in sentences: what is compatible, whether there is a deal, why not, what would unlock it."""

from collections.abc import Iterable, Iterator

from terms.analyses.clauses import Clauses
from terms.analyses.compatibility import Compatibility
from terms.analyses.engine.costs import Weighed
from terms.analyses.engine.heading import Heading
from terms.analyses.lasting import Lasting
from terms.analyses.partial import Partial
from terms.analyses.unlock import Alone, Knot, Unlocking, Way
from terms.analyses.why_not import Why
from terms.analyses.zone import Alternative, Zone
from terms.views.finding_words import Line, conflict_words, number_words
from terms.views.wording import count


def compatibility_lines(answer: Compatibility) -> Iterator[Line]:
    """Term by term, what is compatible."""
    for one in answer.terms:
        if one.status == "unraised":
            continue
        readings = "".join(f"; {words}: {said}" for words, said in one.readings)
        near = f", bridgeable: within {one.bridgeable}" if one.bridgeable else ""
        yield Line(f"{one.term}: {one.status.upper()}, {one.words}{near}{readings}", events=one.events)
    unraised = [one.term for one in answer.terms if one.status == "unraised"]
    if unraised:
        yield Line(f"Unraised ({len(unraised)}): {', '.join(unraised)}")
    yield Line(
        "Compatible is not agreed: agreement takes an act of everybody whose consent is needed; who has said nothing "
        "has neither consented nor refused."
    )


def zone_lines(answer: Zone) -> Iterator[Line]:
    """Whether there is a deal, and with which values or why not."""
    if answer.feasible:
        over = f", over {count(len(answer.scope), 'term')}" if answer.scope else ": no term has to be settled"
        yield Line(f"Some deals satisfy every position in force{over}.", True)
        for one in answer.values:
            words = "; ".join(f"{aspect}: {said}" if aspect else said for aspect, said in one.words)
            yield Line(f"{one.term}: {words}{' (one value left)' if one.frozen else ''}")
        if answer.deal:
            one_deal = (
                f"{one.term} {' '.join(said for _, said in one.words)}" for one in answer.deal if one.words
            )
            yield Line(f"One of them: {'; '.join(one_deal)}")
        yield from _unjudged(answer.heading)
        yield Line(
            "Feasible is not carried out: terms ask deadlines tells the slack and whose acts start clocks."
        )
        if answer.schedule:
            yield Line(
                "A schedule, in ticks: " + ", ".join(f"{name} {tick}" for name, tick in answer.schedule)
            )
    else:
        yield Line("No deal satisfies every position in force.", True)
        if answer.conflict is not None:
            yield Line(
                f"The smallest conflict: {conflict_words(answer.conflict)}", events=answer.conflict.events
            )
    for term, parties in answer.reopened:
        yield Line(f"Agreed already: {term}; looked at is what {', '.join(parties)} says of it now.")
    other = [policy for policy, found in answer.under if found != answer.feasible]
    yield from (
        Line(f"Where silence {'blocks' if policy == 'blocks' else 'is open to anything'}, there is "
             f"{'none' if answer.feasible else 'one'}.")
        for policy in other
    )  # fmt: skip
    for alternative in answer.alternatives:
        yield _alternative(alternative)
    for party in sorted({asked.party for asked in answer.questions}):
        own = [asked for asked in answer.questions if asked.party == party]
        terms = (f"{asked.term}{' (outside its options)' if asked.package_only else ''}" for asked in own)
        yield Line(f"Open questions to {party} ({len(own)}): {', '.join(terms)}")
    yield Line("Confirmed without the solver." if answer.checked else "Not confirmed without the solver.")


def _alternative(one: Alternative) -> Line:
    picks = ", ".join(f"{name} {label}" for name, label in one.picks)
    if one.feasible:
        return Line(f"With {picks}: possible as things stand.")
    changes = "no change helps" if one.changes is None else f"at least {count(one.changes, 'change')}"
    why = f"; {conflict_words(one.conflict)}" if one.conflict is not None else ""
    return Line(f"With {picks}: {changes}{why}", events=one.conflict.events if one.conflict else ())


def clauses_lines(answer: Clauses) -> Iterator[Line]:
    """An offer against what the others have said: collisions first, then what nobody answered."""
    collisions = answer.with_verdict("collides")
    yield Line(f"{answer.of} ({', '.join(answer.by)}): {count(len(collisions), 'collision')}.", True)
    for one in collisions:
        yield Line(f"{one.term}: {one.asked}; {one.party} says {one.said} ({one.why})", events=one.events)
    for one in answer.with_verdict("text review"):
        yield Line(
            f"{one.term}: {one.asked}; {one.party} says {one.said}: a person has to judge", events=one.events
        )
    suited = answer.with_verdict("compatible")
    for party in sorted({one.party for one in suited}):
        yield Line(
            f"Compatible with what {party} says: {', '.join(one.term for one in suited if one.party == party)}"
        )
    for one in answer.with_verdict("silent"):
        if one.said:
            yield Line(f"{one.term}: {one.asked}; {one.party}: {one.said}, no stance", events=one.events)
    unsaid = [one for one in answer.with_verdict("silent") if not one.said]
    for party in sorted({one.party for one in unsaid}):
        own = [one.term for one in unsaid if one.party == party]
        yield Line(f"Nothing said by {party} ({len(own)}): {', '.join(own)}")


def lasting_lines(answer: Lasting) -> Iterator[Line]:
    """The conflicts between two points, each with when it began and went."""
    yield Line(
        f"From {answer.first or 'the start'} to {answer.last or 'the start'}: "
        f"{count(len(answer.stood), 'conflict')}, {len(answer.whole)} of them all the time.",
        True,
    )
    for one in answer.stood:
        began = f"stood already at {one.since or 'the start'}" if one.before else f"since {one.since}"
        went = f", until {one.until}" if one.until is not None else ""
        yield Line(f"{began}{went}: {conflict_words(one.conflict, aged=False)}", events=one.conflict.events)


def partial_lines(answer: Partial) -> Iterator[Line]:
    """What can be settled as things stand."""
    if answer.barred is not None:
        yield Line("Whatever is settled, some positions contradict each other.", True)
        yield Line(conflict_words(answer.barred), events=answer.barred.events)
    for terms in answer.largest:
        yield Line(f"Can be settled together ({len(terms)}): {', '.join(terms) or 'nothing'}")
    yield from _unjudged(answer.heading)
    if answer.whole is not None:
        yield Line(f"No early harvest: nothing is agreed until everything is [{answer.whole}].")
    else:
        yield Line(f"Early harvest: {', '.join(answer.early) or 'nothing'}")


def _unjudged(heading: Heading) -> Iterator[Line]:
    """The terms on which the arithmetic is silent, so that nobody takes a deal for more than it is."""
    terms = sorted({term for term, _, _ in heading.text})
    if terms:
        yield Line(f"Not looked at, for a person has to judge what was said of them: {', '.join(terms)}")


def why_lines(answer: Why) -> Iterator[Line]:
    """The conflicts, smallest first."""
    if not answer.conflicts:
        if answer.elsewhere:
            there = count(answer.elsewhere, "conflict")
            yield Line(f"No conflict touches {', '.join(answer.about)}; {there} elsewhere.", True)
        else:
            yield Line("No conflict: there is a deal that satisfies every position.", True)
        yield from _unjudged(answer.heading)
        return
    number = count(len(answer.conflicts), "conflict")
    if not answer.at_least:
        yield Line(f"{number} of the declared structure alone: no change of positions is enough.", True)
    else:
        silent = any(one.kind == "silence" for found in answer.conflicts for one in found.positions)
        yield Line(
            f"{number}; at least {count(answer.at_least, 'position')} must change"
            f"{', answers to open questions among them' if silent else ''}.",
            True,
        )
    for one in answer.conflicts:
        yield Line(conflict_words(one), events=one.events)
    if answer.oldest is not None:
        name, days = answer.oldest
        yield Line(f"Said longest ago: {name}, {count(days, 'day')} before.")
    if answer.uninvolved:
        yield Line(f"In no conflict: {', '.join(answer.uninvolved)}")
    if answer.self_contradicting:
        yield Line(f"In conflict with themselves: {', '.join(answer.self_contradicting)}. Check the coding.")


def unlock_lines(answer: Unlocking) -> Iterator[Line]:
    """The ways out, group by group, and what each party can do alone."""
    if not answer.groups:
        if answer.elsewhere:
            there = f"{count(answer.elsewhere, 'independent group')} of conflicts elsewhere"
            yield Line(
                f"No conflict touches {', '.join(answer.about)}, so nothing has to change; {there}.", True
            )
        else:
            yield Line("Nothing has to change: there is a deal that satisfies every position.", True)
        yield from _unjudged(answer.heading)
        return
    yield from (
        Line(f"Held as it stands: {name}", events=(event,) if event else ())
        for name, event in answer.immovable
    )
    if answer.fewest is None:
        what = "what is held as it stands" if answer.immovable else "the declared structure"
        yield Line(f"No change of positions is enough: {what} allows no deal.", True)
        if answer.barred is not None:
            yield Line(conflict_words(answer.barred), events=answer.barred.events)
        yield from (Line(_alone(one)) for one in answer.alone)
        return
    yield Line(
        f"{count(len(answer.groups), 'independent group')}, {count(answer.total, 'smallest way')}, "
        f"fewest changes {answer.fewest}.",
        True,
    )
    yield from _vectors("With the fewest changes", answer.vectors)
    if answer.even != answer.vectors:
        yield from _vectors("Where the party that changes most changes least", answer.even)
    for one in answer.alone:
        yield Line(_alone(one))
    yield Line("This is arithmetic about stated positions, not a recommendation.")
    if answer.weighed is not None:
        yield from _weighed(answer.weighed)
    for place, knot in enumerate(answer.groups, start=1):
        yield from _knot(place, knot)


def _vectors(what: str, found: Iterable[tuple[tuple[tuple[str, int], ...], int]]) -> Iterator[Line]:
    for vector, number in found:
        who = ", ".join(f"{party} {changes}" for party, changes in vector)
        yield Line(f"{what}: {number} x ({who})")


def _weighed(answer: Weighed) -> Iterator[Line]:
    cost = number_words(answer.cost)
    yield Line(
        f"By declared weights ({answer.source}; all else counts 1) the cheapest cost {cost} in all:", True
    )
    for ways in answer.cheapest:
        yield Line("change " + " or ".join(" and ".join(names) for names in ways))
    for one in answer.spans:
        far = f"above {number_words(one.above)}"
        if one.below is not None:
            far = f"between {number_words(one.above)} and {number_words(one.below)}"
        if one.below == one.above:
            far = "at this weight only"
        yield Line(f"{one.name} weighs {number_words(one.weight)}: the same ranking {far}.")
    yield Line(
        "The cheapest stay so under any weights."
        if answer.whatever
        else "Under other weights another way may be the cheapest."
    )


def _knot(place: int, knot: Knot) -> Iterator[Line]:
    cut = " (more than are listed)" if knot.truncated else ""
    yield Line(
        f"Group {place}, {count(len(knot.members), 'position')}, {count(len(knot.ways), 'way')}{cut}", True
    )
    for way in knot.ways:
        yield Line(f"change {' and '.join(_moves(way))}", events=way.events)
    for shared in knot.joint:
        how = "each admits the same moment" if shared.same_moment else f"{shared.words} in all, shared"
        yield Line(f"or together: {', '.join(shared.positions)} ({how})")


def _moves(way: Way) -> Iterable[str]:
    return (f"{move.position} ({move.words})" for move in way.moves)


def _alone(one: Alone) -> str:
    if one.fewest is None:
        return f"{one.party} alone: not possible"
    sets = "; ".join(", ".join(names) for names in one.sets[:4])
    return f"{one.party} alone: {count(one.count, 'way')}, fewest {one.fewest}: {sets}"
