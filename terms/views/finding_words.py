"""What all answers of the analyses share: a line, the heading, a conflict and a number in words."""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from terms.analyses.engine.findings import Conflict
from terms.analyses.engine.heading import Heading
from terms.core.lens import usual_reading
from terms.views.wording import count, listed

MOST_NAMED = 4
"""Terms that are named one by one where several are answered alike."""


class Line(Struct, frozen=True):
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
    if heading.readings > 1 or not heading.rivals:
        readings = count(heading.readings, "reading") + (
            ", one account at a time" if heading.one_by_one else ""
        )
    else:
        readings = f"the {usual_reading(by_lens=heading.by_lens)}, {count(heading.rivals, 'rival account')}"
    yield Line(f"Positions: {who}; {text}; {silent}, silence {heading.silence}; {readings}.")
    if heading.answered:
        yield Line(f"Of the silent cells, answered without a stance: {_answers(heading.answered)}.")
    if heading.conditional:
        yield Line(f"Taken without their conditions: {', '.join(heading.conditional)}.")
    if heading.overtaken:
        yield Line(f"Overtaken by what happened: {', '.join(heading.overtaken)}.")
    if heading.stale is not None:
        yield Line(f"Old after {count(heading.stale[0], 'day')} ({heading.stale[1]}).")
    for reason in heading.unused:
        yield Line(f"Declared and not used: {reason}.")
    if heading.months:
        yield Line("Lengths in calendar months are read at their shortest.")


def _answers(answered: tuple[tuple[str, str, str], ...]) -> str:
    """`north (deferred): quiet; south (rejected): 12 terms`: by party, then as they said it; a few terms by name."""
    found: dict[tuple[str, str], list[str]] = {}
    for party, term, said in answered:
        found.setdefault((party, said), []).append(term)
    told = (
        f"{party} ({said}): {', '.join(terms) if len(terms) <= MOST_NAMED else count(len(terms), 'term')}"
        for (party, said), terms in sorted(found.items())
    )
    return "; ".join(told)


def conflict_words(found: Conflict, *, aged: bool = True) -> str:
    """`e8/o1 (north, 2 days old): a before b; e9/o1 (south): b before c; rule h1: ...`; ages if `aged`."""
    said = [
        f"{one.name} ({', '.join(one.by)}{_old(found, place) if aged else ''}): {one.words}"
        for place, one in enumerate(found.positions)
    ]
    said += [
        f"{one.name.replace('/', ' ', 1)}: {one.words}{f' ({one.source})' if one.source else ''}"
        for one in found.grounds
        if not one.name.startswith("scope/")
    ]
    return "; ".join(said) or "; ".join(one.words for one in found.grounds)


def _old(found: Conflict, place: int) -> str:
    """`, 12 days old`; where the record declares a limit and it is passed, that too."""
    days = found.ages[place] if found.ages else None
    if not days:
        return ""
    return f", {count(days, 'day')} old{', stale' if found.positions[place].name in found.stale else ''}"


def number_words(amount: Fraction | None) -> str:
    """A number as a person writes it: whole, or as a fraction; a dash for none."""
    if amount is None:
        return "-"
    return str(amount.numerator) if amount.denominator == 1 else f"{amount.numerator}/{amount.denominator}"
