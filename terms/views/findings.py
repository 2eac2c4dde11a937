"""The answers of the analyses in sentences: the same on the screen and on the command line.

Every answer begins with what went into it and what was left out. One verb serves for everybody: a party
*changes* a position. Counts stand beside the number of positions each party has on record, because the side
with more of them looks more in the way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from terms.analyses.compatibility import Compatibility
from terms.analyses.deadlines import Deadlines, Window
from terms.analyses.deadlock import Waiting
from terms.analyses.engine.findings import Conflict
from terms.analyses.engine.heading import Heading
from terms.analyses.exposure import Exposure
from terms.analyses.linkage import Linkage
from terms.analyses.movement import Movement, Share
from terms.analyses.partial import Partial
from terms.analyses.robust import Robust
from terms.analyses.sources import LoadBearing
from terms.analyses.unlock import Alone, Knot, Unlocking, Way
from terms.analyses.why_not import Why
from terms.analyses.zone import Alternative, Zone
from terms.core.header import Header
from terms.views.answers.waiting import cycle_words, finding_words
from terms.views.wording import count, listed

Answer = (
    Compatibility | Zone | Partial | Waiting | Deadlines | Why | Unlocking | tuple[Movement, ...] | Linkage
    | Robust | LoadBearing | Exposure
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer: a title, or an entry under it; `events` are what it rests on."""

    text: str
    title: bool = False
    events: tuple[str, ...] = ()


def heading_lines(heading: Heading) -> Iterator[Line]:
    """What the answer is worked out from."""
    who = listed(f"{party} {number}" for party, number in heading.positions) or "nobody"
    text = (
        f"{count(len(heading.text), 'stance')} left to a person's judgement"
        if heading.text
        else "no text left out"
    )
    silent = count(len(heading.silent), "silent cell")
    readings = count(heading.readings, "reading")
    yield Line(f"Positions: {who}; {text}; {silent}, silence {heading.silence}; {readings}.")
    if heading.conditional:
        yield Line(f"Taken without their conditions: {', '.join(heading.conditional)}.")
    if heading.overtaken:
        yield Line(f"Overtaken by what happened: {', '.join(heading.overtaken)}.")
    if heading.months:
        yield Line("Lengths in calendar months are read at their shortest.")


def lines(header: Header, answer: Answer) -> tuple[Line, ...]:
    """The answer in sentences, its heading first."""
    found = list(heading_lines(answer.heading)) if hasattr(answer, "heading") else []
    match answer:
        case Compatibility():
            found.extend(_compatibility(answer))
        case Zone():
            found.extend(_zone(answer))
        case Partial():
            found.extend(_partial(answer))
        case Waiting():
            found.extend(_waiting(header, answer))
        case Deadlines():
            found.extend(_deadlines(answer))
        case Why():
            found.extend(_why(answer))
        case Unlocking():
            found.extend(_unlock(answer))
        case Linkage():
            found.extend(_linkage(answer))
        case Robust():
            found.extend(_robust(answer))
        case LoadBearing():
            found.extend(_sources(answer))
        case Exposure():
            found.extend(_exposure(answer))
        case _:
            found.extend(_movement(answer))
    if getattr(answer, "truncated", False):
        found.append(Line("Truncated: there is more than is listed here."))
    return tuple(found)


def conflict_words(found: Conflict) -> str:
    """`e8/o1 (north): a before b; e9/o1 (south): b before c; rule h1: ...`."""
    said = [f"{one.name} ({', '.join(one.by)}): {one.words}" for one in found.positions]
    said += [
        f"{one.name.replace('/', ' ', 1)}: {one.words}{f' ({one.source})' if one.source else ''}"
        for one in found.grounds
        if not one.name.startswith("scope/")
    ]
    return "; ".join(said) or "; ".join(one.words for one in found.grounds)


def _compatibility(answer: Compatibility) -> Iterator[Line]:
    for one in answer.terms:
        if one.status == "unraised":
            continue
        readings = "".join(f"; {words}: {said}" for words, said in one.readings)
        yield Line(f"{one.term}: {one.status.upper()}, {one.words}{readings}", events=one.events)
    unraised = [one.term for one in answer.terms if one.status == "unraised"]
    if unraised:
        yield Line(f"Unraised ({len(unraised)}): {', '.join(unraised)}")
    yield Line("Compatible is not agreed: agreement takes an act of everybody whose consent is needed.")


def _zone(answer: Zone) -> Iterator[Line]:
    if answer.feasible:
        yield Line(
            f"Some deals satisfy every position in force, over {count(len(answer.scope), 'term')}.",
            True,
        )
        for one in answer.values:
            words = "; ".join(f"{aspect}: {said}" if aspect else said for aspect, said in one.words)
            yield Line(f"{one.term}: {words}{' (one value left)' if one.frozen else ''}")
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
    for alternative in answer.alternatives:
        yield _alternative(alternative)
    for asked in answer.questions:
        inside = " outside its options" if asked.package_only else ""
        yield Line(f"Open question to {asked.party}: {asked.term}{inside}")
    yield Line("Confirmed without the solver." if answer.checked else "Not confirmed without the solver.")


def _alternative(one: Alternative) -> Line:
    picks = ", ".join(f"{name} {label}" for name, label in one.picks)
    if one.feasible:
        return Line(f"With {picks}: possible as things stand.")
    changes = "no change helps" if one.changes is None else f"at least {count(one.changes, 'change')}"
    why = f"; {conflict_words(one.conflict)}" if one.conflict is not None else ""
    return Line(f"With {picks}: {changes}{why}", events=one.conflict.events if one.conflict else ())


def _partial(answer: Partial) -> Iterator[Line]:
    if answer.barred is not None:
        yield Line("Whatever is settled, some positions contradict each other.", True)
        yield Line(conflict_words(answer.barred), events=answer.barred.events)
    for terms in answer.largest:
        yield Line(f"Can be settled together ({len(terms)}): {', '.join(terms) or 'nothing'}")
    if answer.whole is not None:
        yield Line(f"No early harvest: nothing is agreed until everything is [{answer.whole}].")
    else:
        yield Line(f"Early harvest: {', '.join(answer.early) or 'nothing'}")


def _waiting(header: Header, answer: Waiting) -> Iterator[Line]:
    yield Line(f"{count(len(answer.statements), 'ordering statement')} in force.")
    for finding in answer.findings:
        yield Line(f"{finding.kind.capitalize()}: {cycle_words(finding)}", True)
        yield Line(finding_words(header, finding), events=finding.events)
    if not answer.findings:
        yield Line("No cycle: some order satisfies all of them.")
    for one in answer.unreachable:
        yield Line(f"{one.statement.name} waits for {one.waits_for}: {one.because}", events=one.events)


def _deadlines(answer: Deadlines) -> Iterator[Line]:
    for loop in answer.loops:
        unit = answer.tick if loop.excess == 1 else f"{answer.tick}s"
        yield Line(
            f"Cannot all be kept: {loop.needed} needed, {loop.allowed} allowed, {loop.excess} {unit} over",
            True,
        )
        yield Line(conflict_words(loop.conflict), events=loop.conflict.events)
    if answer.feasible:
        yield Line(
            f"All can be kept. Windows in {answer.tick}s after {answer.anchor or 'the start'}:",
            True,
        )
        for window in answer.windows:
            yield Line(_window(window))
    for clock in answer.clocks:
        days = f", {count(clock.days, 'day')}" if clock.days is not None else ""
        starter = f" (an act of {clock.starter})" if clock.starter else ""
        yield Line(f"Clock {clock.statement}: {clock.state}{days}; runs from {clock.starts_with}{starter}")


def _window(one: Window) -> str:
    low = "any time" if one.earliest is None else str(one.earliest)
    high = "no end" if one.latest is None else str(one.latest)
    slack = "" if one.slack is None else f", slack {one.slack}"
    tight = f", held by {', '.join(one.tight)}" if one.tight else ""
    return f"{one.happening}: [{low}, {high}]{slack}{tight}"


def _why(answer: Why) -> Iterator[Line]:
    if not answer.conflicts:
        yield Line("No conflict: there is a deal that satisfies every position.", True)
        return
    yield Line(
        f"{count(len(answer.conflicts), 'conflict')}; "
        f"at least {count(answer.at_least, 'position')} must change.",
        True,
    )
    for one in answer.conflicts:
        yield Line(conflict_words(one), events=one.events)
    if answer.uninvolved:
        yield Line(f"In no conflict: {', '.join(answer.uninvolved)}")
    if answer.self_contradicting:
        yield Line(f"In conflict with themselves: {', '.join(answer.self_contradicting)}. Check the coding.")


def _unlock(answer: Unlocking) -> Iterator[Line]:
    if not answer.groups:
        yield Line("Nothing has to change: there is a deal that satisfies every position.", True)
        return
    if answer.fewest is None:
        yield Line("No change of positions is enough: the declared structure allows no deal.", True)
        return
    yield Line(
        f"{count(len(answer.groups), 'independent group')}, {answer.total} smallest ways, "
        f"fewest changes {answer.fewest}.",
        True,
    )
    for place, knot in enumerate(answer.groups, start=1):
        yield from _knot(place, knot)
    for vector, number in answer.vectors:
        who = ", ".join(f"{party} {changes}" for party, changes in vector)
        yield Line(f"With the fewest changes: {number} x ({who})")
    for one in answer.alone:
        yield Line(_alone(one))
    yield Line("This is arithmetic about stated positions, not a recommendation.")


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


def number_words(amount: Fraction | None) -> str:
    """A number as a person writes it: whole, or as a fraction; a dash for none."""
    if amount is None:
        return "-"
    return str(amount.numerator) if amount.denominator == 1 else f"{amount.numerator}/{amount.denominator}"


def _movement(answer: tuple[Movement, ...]) -> Iterator[Line]:
    for one in answer:
        opening = (
            "no opening gap"
            if one.opening is None
            else f"opening {number_words(one.opening)} {one.unit} [{one.opened_by}]"
        )
        share = "" if one.share is None else f", {number_words(one.share)} of it closed"
        yield Line(
            f"{one.term}: {opening}, now {number_words(one.now)}{share}; "
            f"{count(one.positions, 'position')} coded",
            True,
        )
        for share_of in one.parties:
            yield Line(_share(share_of))
        for move in one.moves:
            left = f", gap {number_words(move.gap)}" if move.gap is not None else ""
            yield Line(f"{move.by} {move.kind}{left}", events=(move.event,))


def _share(one: Share) -> str:
    answered, of = one.answered
    reply = f"; {answered} of {of} moves toward were answered" if of else ""
    went = f"closed {number_words(one.closed)}, travel {number_words(one.travel)}"
    return f"{one.party}: {count(one.moves, 'move')}, {went}{reply}"


def _linkage(answer: Linkage) -> Iterator[Line]:
    for tied in answer.ties:
        who = ", ".join(tied.by) or "agenda"
        yield Line(f"{tied.one} - {tied.other}: {tied.kind} {tied.position} ({who})")
    if not answer.determinable:
        yield Line("Trades: not determinable, no priorities are declared.")
    for trade in answer.trades:
        yield Line(f"Trade: {trade.first} changes on {trade.gives}, {trade.second} on {trade.takes}")


def _robust(answer: Robust) -> Iterator[Line]:
    swept = answer.sweep
    sampled = " of a sample" if swept.sampled else ""
    yield Line(
        f"A deal in {swept.feasible} of {swept.of} combinations{sampled} "
        f"of {count(len(swept.toggles), 'change')}.",
        True,
    )
    for toggle, effect in swept.toggles:
        words = (
            f"{toggle.position} says {toggle.words}"
            if toggle.words is not None
            else f"without {toggle.position}"
        )
        yield Line(f"{toggle.name}: {words} ({effect})")
    for names in swept.sufficient:
        yield Line(f"enough: {', '.join(names) or 'nothing'}")
    for names in swept.insufficient:
        yield Line(f"not enough: {', '.join(names) or 'nothing'}")
    without, of = answer.without_deal
    yield Line(f"No deal under {without} of {count(of, 'reading')}.")
    for names in answer.deciding:
        yield Line(f"The answer hangs on {', '.join(names)}.")


def _sources(answer: LoadBearing) -> Iterator[Line]:
    for one in answer.findings:
        alone = "one source alone: " if one.on_one_source else ""
        yield Line(
            f"{', '.join(one.conflict.names)}: {alone}{', '.join(one.sources)}", events=one.conflict.events
        )
    for source, number in answer.bearing:
        yield Line(f"Without {source} {count(number, 'conflict')} would disappear.")


def _exposure(answer: Exposure) -> Iterator[Line]:
    if not answer.marked:
        yield Line("No happening is declared irreversible, so nobody can tell.")
    if not answer.feasible:
        yield Line("Order and deadlines leave no schedule.")
    for point in answer.points:
        steps = ", ".join(f"{party} {name}" for party, name in point.steps)
        yield Line(
            f"tick {point.tick}: {steps}; so far {', '.join(f'{party} {n}' for party, n in point.counts)}"
        )
    if answer.longest is not None:
        party, start, end = answer.longest
        yield Line(f"Longest ahead: {party}, from tick {start} to {end}.")
