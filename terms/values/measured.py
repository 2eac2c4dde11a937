"""Stances about an amount on some scale: kilometres, persons, levels, days, hours after an event.

All scales share one algebra, that of finite unions of intervals. What differs is how an end is read
and shown, whether only whole numbers count, and how a width is named; that is a `Scale`. A length in
calendar months is no single number of days: such a stance is kept with a reading for every calendar, from
the shortest months to the longest, and an answer on which the readings differ is contested.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from msgspec import Struct

from terms.ground.errors import TermsError
from terms.values.amounts import Amount
from terms.values.spans import EVERYTHING, Span, Spans, apart, meet, overreach, union
from terms.values.value import Acceptance, Gap

READINGS = 7  # any number of months differs by at most 6 days between its shortest and its longest run
Readings = tuple[Fraction, ...]


def fixed(at: Fraction) -> Readings:
    """A number that is the same in every reading."""
    return (at,) * READINGS


class MixedScales(TermsError):
    """Two parts of different kinds were compared: a caller must compare what is of one kind."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one!r} and {other!r} are not on one scale: compare parts of the same kind")


class Edge(Struct, frozen=True):
    """One end of a stance: where it is in each reading, and its words."""

    at: Readings
    words: str
    inside: bool = True


class Scale(Protocol):
    """What a number means: its kind, its words, and which numbers exist."""

    @property
    def kind(self) -> str:
        """Stances of one kind can be compared."""

    def tidy(self, spans: Spans) -> Spans:
        """The numbers in `spans` that exist on this scale, canonically."""

    def show(self, at: Fraction) -> str:
        """One number in words, in the declared unit."""

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """A stance from `low` to `high` in words; None is no such end."""

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """A distance on the scale and its unit."""


class Loose(Struct, frozen=True):
    """A stance whose ends are calendar months: its words and its numbers in each reading."""

    words: str
    spans: tuple[Spans, ...]


class Measured(Struct, frozen=True):
    """The numbers in `spans` and in each of `loose`; `about` keeps the qualifier, which widens nothing."""

    scale: Scale
    spans: Spans
    about: bool = False
    loose: frozenset[Loose] = frozenset()

    @property
    def kind(self) -> str:
        """That of the scale."""
        return self.scale.kind

    @property
    def is_settled(self) -> bool:
        """Whether all readings agree that something satisfies it."""
        return all(self.readings)

    @property
    def readings(self) -> tuple[Spans, ...]:
        """The numbers in each reading, from every month at its shortest to every month at its longest."""
        if not self.loose:
            return (self.spans,) * READINGS
        return tuple(self._reading([one.spans[i] for one in self.loose]) for i in range(READINGS))

    @property
    def words(self) -> str:
        """In the declared unit; several spans as `any of`, months beside days as `all of`."""
        said = sorted(one.words for one in self.loose)
        if self.spans != EVERYTHING or not said:
            said.insert(0, self._spans_in_words())
        return said[0] if len(said) == 1 else f"all of [{', '.join(sorted(said))}]"

    @property
    def form(self) -> str:
        """about, exact, cap, floor, interval, any-of or all-of.

        What depends on how long months are is any-of, or an interval, if it is one with some length of theirs.
        """
        if self.about or any("about " in one.words for one in self.loose):
            return "about"
        if len(self.loose) + (self.spans != EVERYTHING) > 1:
            return "all-of"
        if not self.loose:
            return form_of_spans(self.spans)
        forms = {form_of_spans(spans) for spans in next(iter(self.loose)).spans if spans}
        return next(form for form in ("any-of", "interval", *sorted(forms)) if form in forms)

    def meet(self, other: Acceptance) -> Measured | None:
        """Both; None when no number is left in any reading."""
        other = self._alike(other)
        spans = self.scale.tidy(meet(self.spans, other.spans))
        about = (self.about or other.about) and spans != EVERYTHING
        both = Measured(self.scale, spans, about, self.loose | other.loose)
        return both if spans and any(both.readings) else None

    def join(self, other: Acceptance) -> Measured | None:
        """Either; None when that has no limit left and so is no part at all."""
        other = self._alike(other)
        if not self.loose and not other.loose:
            spans = self.scale.tidy(union((*self.spans, *other.spans)))
            about = (self.about or other.about) and spans != EVERYTHING
            return Measured(self.scale, spans, about)
        if self == other:
            return self
        words = f"any of [{', '.join(sorted((self.words, other.words)))}]"
        either = tuple(
            union((*mine, *theirs)) for mine, theirs in zip(self.readings, other.readings, strict=True)
        )
        return Measured(self.scale, EVERYTHING, loose=frozenset((Loose(words, either),)))

    def gap(self, others: Sequence[Acceptance]) -> Gap | None:
        """How far apart these stances are.

        Two of them: the least distance. Several with one span each: from the highest low end to the lowest
        high end. Several with alternatives: no number, but the pairs that are apart.
        """
        stances = (self, *(self._alike(other) for other in others))
        readings = list(zip(*(stance.readings for stance in stances), strict=True))
        if len(set(readings)) == 1:
            return self._gap_between(readings[0])
        gaps = [self._gap_between(reading) for reading in readings]
        if len(set(gaps)) == 1:
            return gaps[0]
        widths = [self._width(reading) for reading in readings]
        known = [width for width in widths if width is not None]
        amount, unit = self.scale.width(min(known, default=Fraction(0)))
        extremes = (("shortest", gaps[0]), ("longest", gaps[-1]))
        parts = tuple((name, gap) for name, gap in extremes if gap is not None)
        return Gap(amount if known else None, unit, contested=True, parts=parts)

    def _gap_between(self, stances: Sequence[Spans]) -> Gap | None:
        if self._common(stances):
            return None
        width = self._width(stances)
        if width is None:
            pairs = self._pairs(stances) if len(stances) > 2 else ()
            return Gap(None, self.scale.width(Fraction(0))[1], parts=pairs)
        amount, unit = self.scale.width(width)
        return Gap(amount, unit, touching=width == 0)

    def _width(self, stances: Sequence[Spans]) -> Fraction | None:
        """The distance as a number; None for alternatives between several, and beside an empty stance."""
        if self._common(stances):
            return Fraction(0)
        if not all(stances):
            return None
        if len(stances) == 2:
            return apart(*stances)
        if all(len(spans) == 1 for spans in stances):
            return overreach([spans[0] for spans in stances])
        return None

    def _common(self, stances: Sequence[Spans]) -> Spans:
        common = EVERYTHING
        for spans in stances:
            common = self.scale.tidy(meet(common, spans))
        return common

    def _reading(self, loose: Sequence[Spans]) -> Spans:
        return self._common((self.spans, *loose))

    def _pairs(self, stances: Sequence[Spans]) -> tuple[tuple[str, Gap], ...]:
        pairs = [(i, j) for j in range(len(stances)) for i in range(j)]
        gaps = (
            (f"{i + 1} and {j + 1}", self._gap_between([stances[i], stances[j]])) for i, j in sorted(pairs)
        )
        return tuple((name, gap) for name, gap in gaps if gap is not None)

    def _alike(self, other: Acceptance) -> Measured:
        if not isinstance(other, Measured) or other.kind != self.kind:
            raise MixedScales(self.kind, other.kind)
        return other

    def _spans_in_words(self) -> str:
        said = [self._span_in_words(span) for span in self.spans]
        return said[0] if len(said) == 1 else f"any of [{', '.join(said)}]"

    def _span_in_words(self, span: Span) -> str:
        low = None if span.low is None else Edge(fixed(span.low), self.scale.show(span.low), span.low_in)
        high = None if span.high is None else Edge(fixed(span.high), self.scale.show(span.high), span.high_in)
        return self.scale.wording(low, high, self.about)


def between(scale: Scale, low: Edge | None, high: Edge | None, *, about: bool = False) -> Measured | None:
    """The stance from `low` to `high`; None when no number that exists lies there."""
    if all(edge is None or len(set(edge.at)) == 1 for edge in (low, high)):
        spans = _covered(scale, low, high, 0)
        return Measured(scale, spans, about) if spans else None
    readings = tuple(_covered(scale, low, high, reading) for reading in range(READINGS))
    if not any(readings):
        return None
    return Measured(scale, EVERYTHING, loose=frozenset((Loose(scale.wording(low, high, about), readings),)))


def form_of_spans(spans: Spans) -> str:
    """exact, cap, floor, interval, any-of, or no-limit for all numbers."""
    if len(spans) != 1:
        return "any-of"
    [span] = spans
    if span.is_point:
        return "exact"
    if span.low is None:
        return "no-limit" if span.high is None else "cap"
    return "floor" if span.high is None else "interval"


def plainly(low: Edge | None, high: Edge | None, about: bool) -> str:
    """The wording of most scales: 2 days, at most 2 days, more than 2 days, 2 to 3 days."""
    qualifier = "about " if about else ""
    if low is not None and high is not None:
        if low == high:
            return f"{qualifier}{low.words}"
        if low.inside and high.inside:
            return f"{qualifier}{range_in_words(low.words, high.words)}"
        return f"all of [{plainly(low, None, about)}, {plainly(None, high, about)}]"
    if low is not None:
        return f"{'at least' if low.inside else 'more than'} {qualifier}{low.words}"
    if high is not None:
        return f"{'at most' if high.inside else 'less than'} {qualifier}{high.words}"
    return "no limit"


def range_in_words(low: str, high: str) -> str:
    """`2 to 3 days`: the unit once where both have the same."""
    number, _, unit = low.partition(" ")
    return f"{number} to {high}" if unit and unit == high.partition(" ")[2] else f"{low} to {high}"


def _covered(scale: Scale, low: Edge | None, high: Edge | None, reading: int) -> Spans:
    """What lies between two edges in one reading of calendar months."""
    span = Span(
        None if low is None else low.at[reading],
        None if high is None else high.at[reading],
        low is None or low.inside,
        high is None or high.inside,
    )
    return scale.tidy(union((span,)))
