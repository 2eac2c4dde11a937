"""Performing: what was claimed to be done of a duty, part by part, when it was done in full, how sure it is.

A claim of performance is as much a claim as one of breach: what somebody denies does not count until it
is certified. Amounts add up only in the unit they are owed in; nothing is converted.
"""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from terms.core.entries import Clause, Performance
from terms.core.happenings import names_of
from terms.core.moments import earliest
from terms.core.situation import Situation
from terms.ground.dates import Edtf
from terms.ground.words import FrozenWords, Words
from terms.values import Misread, Stance, split_number


class Done(Struct, frozen=True):
    """What was done of one part (empty: the whole): the sum of claims, in the unit claimed, and of how much."""

    part: str
    amount: Fraction
    unit: str
    of: Fraction | None = None


def claims_of(at: Situation, term: str, clause: Clause, born: str, part: str = "") -> tuple[Performance, ...]:
    """Claims, by the moment asked, that name this clause or (`part` given) this part or step of it."""
    names = [*names_of(at.talks, term, clause.version), born, f"{born}/{term}"]
    if part:
        names = [f"{name}.{part}" for name in names if name.endswith(term)]
    found = {
        claim.event: claim
        for name in names
        for claim in at.talks.performances.get(name, ())
        if earliest(claim.date) <= at.moment
    }
    return tuple(sorted(found.values(), key=lambda claim: at.history.index(claim.event)))


def sums(at: Situation, term: str, stance: Stance, claims: Sequence[Performance]) -> tuple[Done, ...]:
    """What was claimed done, part by part, of how much. Claims in words alone (yes, partial) add no amount."""
    totals: dict[tuple[str, str], Fraction] = {}
    declared = at.header.term.get(term)
    unit_of = (declared.declaration.unit if declared is not None else None) or ""
    for claim in claims:
        for part, words in _parts(claim.done):
            found = amount_of(words)
            if found is not None:
                key = (part, found[1] or unit_of)
                totals[key] = totals.get(key, Fraction(0)) + found[0]
    return tuple(
        Done(part, amount, unit, _owed(stance, part, unit, unit_of))
        for (part, unit), amount in sorted(totals.items())
    )


def finished(at: Situation, term: str, stance: Stance, claims: Sequence[Performance]) -> Edtf | None:
    """When it was done in full: by a claim of yes, or by the one that completed what is owed; None: not yet."""
    counted = [claim for claim in claims if claim.counts]
    wanted = [name for name, _ in (*stance.of_which, *stance.per)] or [""]
    said: set[str] = set()
    for place, claim in enumerate(counted, start=1):
        if claim.done == "yes":
            return claim.date
        said |= {part for part, words in _parts(claim.done) if words == "yes"}
        done = {one.part for one in sums(at, term, stance, counted[:place]) if _is_enough(one)}
        if all(part in done | said for part in wanted):
            return claim.date
    return None


def certainty_of(claims: Sequence[Performance]) -> str:
    """Claimed, disputed or certified, the weakest of all claims; empty when there is none."""
    if not claims:
        return ""
    if not all(claim.counts for claim in claims):
        return "disputed"
    return "certified" if all(claim.certified_by for claim in claims) else "claimed"


def amount_of(words: str) -> tuple[Fraction, str] | None:
    """The amount and unit that words state; None when they state none."""
    try:
        return split_number(words)
    except Misread:
        return None


def _is_enough(one: Done) -> bool:
    return one.of is not None and one.amount >= one.of


def _parts(done: Words) -> tuple[tuple[str, str], ...]:
    if isinstance(done, FrozenWords):
        return tuple((part, words) for part, words in done.items() if isinstance(words, str))
    return (("", done),) if isinstance(done, str) else ()


def _owed(stance: Stance, part: str, unit: str, unit_of: str) -> Fraction | None:
    """How much is owed of a part (empty: in all), in this unit; None where no amount is, or in another unit."""
    pieces = dict((*stance.per, *stance.of_which))
    piece = stance if not part else pieces.get(part)
    value = piece.value if piece is not None else None
    found = amount_of(value.words) if value is not None else None
    return found[0] if found is not None and (found[1] or unit_of) == unit else None
