"""From a form to parts: what `any of`, `at most`, `about` do for a type that can read one end.

A type supplies `Leaves`: how it reads plain words, a bound, a qualifier, and what its lists mean.
Amounts of all kinds share `AmountLeaves`, which needs only a way to read one end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from terms.ground.patterns import late
from terms.values.amounts import NUMBER
from terms.values.grammar import About, Bound, Phrase, Plain, Special
from terms.values.measured import Edge, Measured, Readings, Scale, between, fixed
from terms.values.unreadable import Misread
from terms.values.value import Acceptance, Parts, joined, met, spelled

_BETWEEN = late(r"between (.+?) and (.+)|(?:from )?(.+?) to (.+)", re.IGNORECASE)
_HYPHEN = late(r"(?:between )?(\d[\d. ]*?) ?[-–] ?(\d.*)", re.IGNORECASE)
_NUMBER_AND_UNIT = late(rf"({NUMBER})\s*(.*)")
_BARE_NUMBER = late(r"[+-]?\d[\d ]*(?:\.\d+)?")
_DIGITS = late(r"[+-]?\d[\d ]*(?:\.\d+)?\s*")


class Leaves(Protocol):
    """How one type reads what stands inside the common forms. All raise Misread."""

    def plain(self, words: str) -> Parts:
        """Words without a form."""

    def about(self, words: str, tolerance: str | None) -> Parts:
        """Words with a qualifier."""

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """At most, at least, more than, less than."""

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """A list with the word before it, or `list`."""


def read_parts(phrase: Phrase, leaves: Leaves) -> Parts:
    """The parts that `phrase` means to the type with these `leaves`."""
    match phrase:
        case Special(part):
            return () if part is None else (part,)
        case Plain(words):
            return leaves.plain(words)
        case About(words, tolerance):
            return leaves.about(words, tolerance)
        case Bound(which, words, about):
            return leaves.bound(which, words, about)
    return leaves.listed(phrase.how, phrase.parts)


def any_of(phrases: Sequence[Phrase], leaves: Leaves) -> Parts:
    """What satisfies any of `phrases`."""
    return joined([read_parts(phrase, leaves) for phrase in phrases])


def all_of(phrases: Sequence[Phrase], leaves: Leaves) -> Parts:
    """What satisfies all of `phrases`. Raises Misread when nothing does."""
    return conjunction([part for phrase in phrases for part in read_parts(phrase, leaves)])


def conjunction(parts: Sequence[Acceptance]) -> Parts:
    """The parts merged by kind. Raises Misread when nothing satisfies them all: nobody can accept nothing."""
    common = met(parts)
    if common is None:
        raise Misread(f"no value satisfies all of these: {', '.join(spelled((part,)) for part in parts)}")
    return common


class End(Struct, frozen=True):
    """What one amount in a stance covers, in each reading of calendar months.

    `low` and `high` are equal for a point; a month covers its days. The words are canonical.
    """

    scale: Scale
    low: Readings
    high: Readings
    low_words: str
    high_words: str
    about: bool = False

    def edge(self, *, top: bool, inside: bool) -> Edge:
        """The upper or the lower edge, which belongs to the stance or does not."""
        return Edge(self.high if top else self.low, self.high_words if top else self.low_words, inside)


class AmountLeaves(Struct, frozen=True):
    """Reads stances on a scale, given how one end is read. `hyphens`: whether 3-5 is a range on it."""

    end: Callable[[str], End]
    hyphens: bool = False
    whole_of: Callable[[str], Parts] | None = None

    def plain(self, words: str) -> Parts:
        """`30 km`, `2 to 3 days`, `12 of 24 persons`."""
        return self._range_or_amount(words, about=False)

    def about(self, words: str, tolerance: str | None) -> Parts:
        """`about 30 km`, with a tolerance only where one is given."""
        if tolerance is None:
            return self._range_or_amount(words, about=True)
        middle, margin = self.end(words), self.end(tolerance)
        if {*middle.low, *middle.high} != {middle.low[0]} or len({*margin.low, *margin.high}) > 1:
            raise Misread("a tolerance goes with one exact amount: about 30 km give or take 2 km")
        at, wide = middle.low[0], abs(margin.low[0])
        low, high = (Edge(fixed(end), middle.scale.show(end)) for end in (at - wide, at + wide))
        return _part(between(middle.scale, low, high, about=True))

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """A cap or a floor; of a stretch, a cap takes the far edge and a floor the near one."""
        share = self._share(words)
        if share:
            amount, whole = share
            return (*self.bound(which, amount, about), *whole)
        end = self.end(words)
        about = about or end.about
        inside = which in ("at most", "at least")
        if which in ("at most", "less than"):
            return _part(between(end.scale, None, end.edge(top=inside, inside=inside), about=about))
        return _part(between(end.scale, end.edge(top=not inside, inside=inside), None, about=about))

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """`within [a, b]` is everything from a to b."""
        if how == "any of":
            return any_of(phrases, self)
        if how == "all of":
            return all_of(phrases, self)
        if how == "within" and len(phrases) == 2:
            low, high = phrases
            if isinstance(low, Plain) and isinstance(high, Plain):
                return self._range(low.words, high.words, about=False)
        raise Misread("a list needs a word before it: any of [a, b], all of [a, b], within [a, b]")

    def _range_or_amount(self, words: str, *, about: bool) -> Parts:
        if self.whole_of is not None and words.startswith("out of "):
            return self.whole_of(words.removeprefix("out of "))
        if (share := self._share(words)) is not None:
            amount, whole = share
            return (*self._range_or_amount(amount, about=about), *whole)
        match = _BETWEEN.fullmatch(words) or (self.hyphens and _HYPHEN.fullmatch(words)) or None
        if match is not None:
            low, high = (group for group in match.groups() if group is not None)
            return self._range(low, high, about=about)
        end = self.end(words)
        about = about or end.about
        return _part(
            between(end.scale, end.edge(top=False, inside=True), end.edge(top=True, inside=True), about=about)
        )

    def _range(self, low_words: str, high_words: str, *, about: bool) -> Parts:
        if _BARE_NUMBER.fullmatch(low_words):
            low_words = f"{low_words} {_DIGITS.sub('', high_words, count=1)}".strip()
        low, high = self.end(low_words), self.end(high_words)
        if low.scale.kind != high.scale.kind:
            raise Misread("the two ends of a range are of one kind")
        about = about or low.about or high.about
        bottom, top = low.edge(top=False, inside=True), high.edge(top=True, inside=True)
        return _part(between(low.scale, bottom, top, about=about))

    def _share(self, words: str) -> tuple[str, Parts] | None:
        amount, of, whole = words.partition(" of ")
        if not of or self.whole_of is None:
            return None
        unit = _DIGITS.sub("", whole, count=1)
        return (f"{amount} {unit}".strip() if _BARE_NUMBER.fullmatch(amount) else amount), self.whole_of(
            whole
        )


def point(scale: Scale, at: Readings, words: str) -> End:
    """An end that is one amount."""
    return End(scale, at, at, words, words)


def _part(stance: Measured | None) -> Parts:
    if stance is None:
        raise Misread("no amount fits: the range runs backwards, or falls between two whole ones")
    return (stance,) if stance.form != "no-limit" else ()
