"""The answers of the analyses in sentences: the same on the screen and on the command line.

Every answer begins with what went into it and what was left out. One verb serves for everybody: a party
*changes* a position. Counts stand beside the number of positions each party has on record, because the side
with more of them looks more in the way.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from terms.analyses.clauses import Clauses
from terms.analyses.compatibility import Compatibility
from terms.analyses.deadlines import Deadlines, Window
from terms.analyses.deadlock import Waiting
from terms.analyses.engine.heading import Heading
from terms.analyses.exposure import Done, Exposure
from terms.analyses.lasting import Lasting
from terms.analyses.linkage import Linkage
from terms.analyses.movement import Movement, Round, Share, balance
from terms.analyses.partial import Partial
from terms.analyses.robust import Robust
from terms.analyses.sources import LoadBearing
from terms.analyses.unlock import Unlocking
from terms.analyses.why_not import Why
from terms.analyses.zone import Zone
from terms.core.header import Header
from terms.views.answers.waiting import cycle_words, finding_words, kind_words
from terms.views.deals import (
    clauses_lines,
    compatibility_lines,
    lasting_lines,
    partial_lines,
    unlock_lines,
    why_lines,
    zone_lines,
)
from terms.views.finding_words import Line, conflict_words, heading_lines, number_words
from terms.views.wording import count, listed

Answer = (
    Compatibility | Zone | Partial | Waiting | Deadlines | Why | Unlocking | tuple[Movement, ...] | Linkage
    | Robust | LoadBearing | Exposure | Clauses | Lasting
)  # fmt: skip


def lines(header: Header, answer: Answer, heading: Heading | None = None) -> tuple[Line, ...]:
    """The answer in sentences, its heading first: its own, or for answers that carry none the one given."""
    own = None if isinstance(answer, Waiting | tuple) else answer.heading
    head = own or heading
    found = list(heading_lines(head)) if head is not None else []
    match answer:
        case Compatibility():
            found.extend(compatibility_lines(answer))
        case Zone():
            found.extend(zone_lines(answer))
        case Partial():
            found.extend(partial_lines(answer))
        case Waiting():
            found.extend(_waiting(header, answer))
        case Deadlines():
            found.extend(_deadlines(answer))
        case Why():
            found.extend(why_lines(answer))
        case Unlocking():
            found.extend(unlock_lines(answer))
        case Clauses():
            found.extend(clauses_lines(answer))
        case Lasting():
            found.extend(lasting_lines(answer))
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


def _waiting(header: Header, answer: Waiting) -> Iterator[Line]:
    yield Line(f"{count(len(answer.statements), 'ordering statement')} in force.")
    for finding in answer.findings:
        yield Line(f"{kind_words(finding).capitalize()}: {cycle_words(finding)}", True)
        yield Line(finding_words(header, finding), events=finding.events)
        told = "; ".join(f"{event} {', '.join(sources)}" for event, sources in finding.sources)
        yield Line(f"On the word of: {told or 'the agenda'}")
    if not answer.findings:
        yield Line("No cycle: some order satisfies all of them.")
    behind = set(answer.stuck).difference(*(finding.happenings for finding in answer.findings))
    if behind:
        yield Line(f"Stuck behind: {', '.join(sorted(behind))}")
    for one in answer.unreachable:
        yield Line(f"{one.statement.name} waits for {one.waits_for}: {one.because}", events=one.events)


def _deadlines(answer: Deadlines) -> Iterator[Line]:
    for loop in answer.loops:
        if loop.either:
            yield Line(f"Cannot all be kept, whichever side of {', '.join(loop.either)} is taken:", True)
            yield Line(conflict_words(loop.conflict), events=loop.conflict.events)
            continue
        if loop.cycle:
            yield Line(f"Cannot all be kept, a cycle: {' -> '.join((*loop.cycle, loop.cycle[0]))}", True)
            yield Line(conflict_words(loop.conflict), events=loop.conflict.events)
            yield Line(
                "No time is counted here: an order has to change; terms ask deadlock tells who waits for whom."
            )
            continue
        unit = answer.tick if loop.excess == 1 else f"{answer.tick}s"
        yield Line(
            f"Cannot all be kept: {loop.needed} needed, {loop.allowed} allowed, {loop.excess} {unit} over",
            True,
        )
        yield Line(conflict_words(loop.conflict), events=loop.conflict.events)
        if len(loop.conflict.positions) > 1:
            yield Line(f"Each of them alone would have to give {loop.excess} {unit}, or they share it.")
    if answer.feasible and not answer.windows:
        yield Line("All can be kept: no order and no deadline is stated.", True)
    elif answer.feasible:
        yield Line(
            f"All can be kept. Windows in {answer.tick}s after {answer.anchor or 'the start'}:",
            True,
        )
        for window in answer.windows:
            yield Line(_window(window))
        if answer.brittle:
            yield Line(f"Feasible and brittle, without any slack: {', '.join(answer.brittle)}")
    for clock in answer.clocks:
        days = f", {count(clock.days, 'day')}" if clock.days is not None else ""
        starter = f" (an act of {clock.starter})" if clock.starter else ""
        owed = f", owed by {listed(clock.owed_by)}" if clock.owed_by else ""
        yield Line(
            f"Clock {clock.statement}{owed}: {clock.state}{days}; runs from {clock.starts_with}{starter}"
        )
    yield Line(
        "Not looked at: whether each can still keep its part, whatever moments the others choose for theirs."
    )


def _window(one: Window) -> str:
    low = "any time" if one.earliest is None else str(one.earliest)
    high = "no end" if one.latest is None else str(one.latest)
    slack = "" if one.slack is None else f", slack {one.slack}"
    tight = f", held by {', '.join(one.tight)}" if one.tight else ""
    return f"{one.happening}: [{low}, {high}]{slack}{tight}"


def _movement(answer: tuple[Movement, ...]) -> Iterator[Line]:
    if not answer:
        yield Line("No term on which anybody has moved, or on which all have spoken and are apart.")
    for one in answer:
        opening = (
            "no opening gap"
            if one.opening is None
            else f"opening {_measured(one.opening, one.unit)} [{one.opened_by}]"
        )
        pace = "" if one.per_day is None else f", {_pace(one.per_day, one.unit)}"
        yield Line(
            f"{one.term}: {opening}, now {_measured(one.now, one.unit)}{_closed(one.share)}{pace}; "
            f"{count(one.positions, 'position')} coded",
            True,
        )
        for share_of in one.parties:
            yield Line(_share(share_of))
        for move in one.moves:
            left = f", gap {_measured(move.gap, one.unit)}" if move.gap is not None else ""
            yield Line(f"{move.by} {move.kind}{left}", events=(move.event,))


def _measured(amount: Fraction | None, unit: str) -> str:
    """A number with its unit; a dash for none."""
    return number_words(amount) if amount is None else f"{number_words(amount)} {unit}".rstrip()


def _pace(per_day: Fraction, unit: str) -> str:
    """`3 km a day after the first move`, `10 km in 51 days after ...`: exact either way, and since when."""
    days = f"in {per_day.denominator} days" if per_day.denominator > 1 else "a day"
    return f"{per_day.numerator} {unit} {days} after the first move"


def _closed(share: Fraction | None) -> str:
    if share is None:
        return ""
    if share < 0:
        return f", drifted apart by {number_words(-share)} of it"
    part = {"0": "none", "1": "all"}.get(number_words(share), number_words(share))
    return f", {part} of it closed"


def balance_lines(found: Sequence[Movement]) -> Iterator[Line]:
    """How many moves each party made on these terms: counts, not amounts."""
    even = balance(found)
    if any(number for _, number in even.counts):
        said = ", ".join(f"{party} {number}" for party, number in even.counts)
        gini = "" if even.gini is None else f"; Gini coefficient of these counts {number_words(even.gini)}"
        yield Line(f"Moves that changed a stance: {said}{gini}")


def rounds_lines(rounds: Sequence[Round]) -> Iterator[Line]:
    """Round by round how many terms came to stand otherwise, beside how many positions were on record."""
    for one in rounds:
        changed = "; ".join(f"{number} {before} -> {after}" for before, after, number in one.changes)
        yield Line(
            f"Round {one.name}, {one.first} to {one.last}: {changed or 'no term stands otherwise'}; "
            f"{count(one.positions, 'position')} on record at its end"
        )
        for change in one.terms:
            yield Line(f"{change.term}: {change.before} -> {change.after}", events=change.events)


def _share(one: Share) -> str:
    answered, of = one.answered
    reply = f"; {answered} of {of} moves toward were answered" if of else ""
    went = f"closed {number_words(one.closed)}, travel {number_words(one.travel)}"
    return f"{one.party}: {count(one.moves, 'move')}, {went}{reply}"


def _linkage(answer: Linkage) -> Iterator[Line]:
    if not answer.ties:
        yield Line("Nobody has declared that anything hangs on anything else.")
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
        f"A deal in {swept.feasible} of {count(swept.of, 'combination')}{sampled} "
        f"of {count(len(swept.toggles), 'change')}.",
        True,
    )
    without, of = answer.without_deal
    looked = " looked at, one account at a time" if answer.heading.one_by_one else ""
    yield Line(f"No deal under {without} of {count(of, 'reading')}: under {answer.verdict} reading{looked}.")
    for names in answer.deciding:
        yield Line(f"The answer hangs on {', '.join(names)}.")
    yield from _drawn(answer)
    enough, short = (
        ("leaves no deal", "leaves one") if swept.border == "tightens" else ("enough", "not enough")
    )
    for names in swept.sufficient:
        yield Line(f"{enough}: {', '.join(names) or 'nothing'}")
    for names in swept.insufficient:
        yield Line(f"{short}: {', '.join(names) or 'nothing'}")
    for toggle, effect in swept.toggles:
        named = "" if toggle.name == toggle.position else f"{toggle.name}: "
        words = f"without {toggle.position}"
        if toggle.words is not None:
            words = f"{toggle.position} says {toggle.words}"
        yield Line(f"{named}{words} ({effect})")
    if answer.left_out:
        yield Line(f"{count(answer.left_out, 'more position')} in a conflict: drop them with --suppose.")


def _drawn(answer: Robust) -> Iterator[Line]:
    draws = answer.drawn
    if draws is None:
        return
    yield Line(
        f"A deal in {draws.feasible} of {draws.of} draws, a share of {_share_words(draws.low)} to "
        f"{_share_words(draws.high)} in 95 of 100 samples; chances of {', '.join(draws.positions)} as "
        f"declared ({draws.source}), each drawn for itself."
    )
    for reason in draws.unused:
        yield Line(f"Chances not drawn: {reason}.")


def _share_words(share: Fraction) -> str:
    thousandths = int(share * 1000)
    return f"{thousandths // 1000}.{thousandths % 1000:03}"


def _sources(answer: LoadBearing) -> Iterator[Line]:
    if not answer.findings:
        yield Line("No conflict, so none that rests on a source.")
    for source, number in answer.bearing:
        yield Line(f"Without {source} {count(number, 'conflict')} would disappear.")
    for one in answer.findings:
        alone = "one source alone: " if one.on_one_source else ""
        names = one.conflict.names or [ground.name.replace("/", " ", 1) for ground in one.conflict.grounds]
        yield Line(f"{', '.join(names)}: {alone}{', '.join(one.sources)}", events=one.conflict.events)


def _exposure(answer: Exposure) -> Iterator[Line]:
    if not answer.marked:
        yield Line("No happening is declared irreversible, so nobody can tell.")
    if not answer.feasible:
        yield Line("Order and deadlines leave no schedule.")
    yield from _profile("tick", answer.points, answer.longest)
    if answer.planned:
        yield Line("By the dates on which the steps were taken or are planned:", True)
        yield from _profile("day", answer.planned, answer.planned_longest)


def _profile(tick: str, points: Sequence[Done], longest: tuple[str, int, int] | None) -> Iterator[Line]:
    for point in points:
        steps = ", ".join(f"{party} {name}" for party, name in point.steps)
        yield Line(
            f"{tick} {point.tick}: {steps}; so far {', '.join(f'{party} {n}' for party, n in point.counts)}"
        )
    if longest is not None:
        party, start, end = longest
        yield Line(f"Longest ahead: {party}, from {tick} {start} to {end}.")
