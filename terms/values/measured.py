"""Stances about an amount on some scale: kilometres, persons, levels, days, hours after an event.

All scales share one algebra, that of finite unions of intervals. What differs is how an end is read
and shown, whether only whole numbers count, and how a width is named; that is a `Scale`. A length in
calendar months is no single number of days: such a stance is kept with its two readings, shortest
and longest, and an answer on which they differ is contested.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from terms.ground.errors import TermsError
from terms.values.amounts import Amount
from terms.values.spans import EVERYTHING, Span, Spans, apart, meet, overreach, union
from terms.values.value import Acceptance, Gap

Readings = tuple[Fraction, Fraction]


class MixedScales(TermsError):
    """Two parts of different kinds were compared: a caller must compare what is of one kind."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one!r} and {other!r} are not on one scale: compare parts of the same kind")


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a stance: where it is in the shortest and the longest reading, and its words."""

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


@dataclass(frozen=True, slots=True)
class Loose:
    """A stance whose ends are calendar months: its words and the numbers in either reading."""

    words: str
    short: Spans
    long: Spans


@dataclass(frozen=True, slots=True)
class Measured:
    """The numbers that lie in `spans` and in each of `loose`; `about` keeps the qualifier, which widens nothing."""

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
        """Whether both readings agree that something satisfies it."""
        short, long = self.readings
        return bool(short) == bool(long)

    @property
    def readings(self) -> tuple[Spans, Spans]:
        """The numbers with every month at its shortest, and at its longest."""
        short = long = self.spans
        for one in self.loose:
            short, long = meet(short, one.short), meet(long, one.long)
        return self.scale.tidy(short), self.scale.tidy(long)

    @property
    def words(self) -> str:
        """In the declared unit; several spans as `any of`, months beside days as `all of`."""
        said = sorted(one.words for one in self.loose)
        if self.spans != EVERYTHING or not said:
            said.insert(0, self._spans_in_words())
        return said[0] if len(said) == 1 else f"all of [{', '.join(sorted(said))}]"

    @property
    def form(self) -> str:
        """about, exact, cap, floor, interval, any-of or all-of."""
        if self.about or any("about " in one.words for one in self.loose):
            return "about"
        if len(self.loose) + (self.spans != EVERYTHING) > 1:
            return "all-of"
        return form_of_spans(next(iter(self.loose)).short if self.loose else self.spans)

    def meet(self, other: Acceptance) -> Measured | None:
        """Both; None when no number is left in either reading."""
        other = self._alike(other)
        spans = self.scale.tidy(meet(self.spans, other.spans))
        about = (self.about or other.about) and spans != EVERYTHING
        both = Measured(self.scale, spans, about, self.loose | other.loose)
        return both if spans and any(both.readings) else None

    def join(self, other: Acceptance) -> Measured | None:
        """Either; None when that has no limit left and so is no part at all."""
        other = self._alike(other)
        about = self.about or other.about
        if not self.loose and not other.loose:
            spans = self.scale.tidy(union((*self.spans, *other.spans)))
            return Measured(self.scale, spans, about)
        if self == other:
            return self
        (short, long), (others_short, others_long) = self.readings, other.readings
        words = f"any of [{', '.join(sorted((self.words, other.words)))}]"
        either = Loose(words, union((*short, *others_short)), union((*long, *others_long)))
        return Measured(self.scale, EVERYTHING, loose=frozenset((either,)))

    def gap(self, others: Sequence[Acceptance]) -> Gap | None:
        """Two parties: the least distance; several with one span each: from the highest low end to the lowest
        high end; several with alternatives: no number, the pairs that are apart.
        """
        stances = (self, *(self._alike(other) for other in others))
        readings = [self._gap_between([stance.readings[i] for stance in stances]) for i in (0, 1)]
        short, long = readings
        if short == long:
            return short
        known = [reading for reading in readings if reading is not None and reading.amount is not None]
        smaller = min((gap.amount for gap in known if gap.amount is not None), default=None)
        amount = 0 if None in readings else smaller
        named = tuple((name, gap) for name, gap in zip(("shortest", "longest"), readings, strict=True) if gap)
        return Gap(amount, named[0][1].unit, contested=True, parts=named)

    def _gap_between(self, stances: Sequence[Spans]) -> Gap | None:
        common = EVERYTHING
        for spans in stances:
            common = self.scale.tidy(meet(common, spans))
        if common:
            return None
        if not all(stances):
            return Gap(None, self.scale.width(Fraction(0))[1])
        if len(stances) == 2:
            return self._named(apart(*stances))
        if all(len(spans) == 1 for spans in stances):
            return self._named(overreach([spans[0] for spans in stances]))
        return Gap(None, self.scale.width(Fraction(0))[1], parts=self._pairs(stances))

    def _pairs(self, stances: Sequence[Spans]) -> tuple[tuple[str, Gap], ...]:
        pairs = [(i, j) for j in range(len(stances)) for i in range(j)]
        gaps = (
            (f"{i + 1} and {j + 1}", self._gap_between([stances[i], stances[j]])) for i, j in sorted(pairs)
        )
        return tuple((name, gap) for name, gap in gaps if gap is not None)

    def _named(self, width: Fraction) -> Gap:
        amount, unit = self.scale.width(width)
        return Gap(amount, unit, touching=width == 0)

    def _alike(self, other: Acceptance) -> Measured:
        if not isinstance(other, Measured) or other.kind != self.kind:
            raise MixedScales(self.kind, other.kind)
        return other

    def _spans_in_words(self) -> str:
        said = [self._span_in_words(span) for span in self.spans]
        return said[0] if len(said) == 1 else f"any of [{', '.join(said)}]"

    def _span_in_words(self, span: Span) -> str:
        low = None if span.low is None else Edge((span.low, span.low), self.scale.show(span.low), span.low_in)
        high = (
            None
            if span.high is None
            else Edge((span.high, span.high), self.scale.show(span.high), span.high_in)
        )
        return self.scale.wording(low, high, self.about)


def between(scale: Scale, low: Edge | None, high: Edge | None, *, about: bool = False) -> Measured | None:
    """The stance from `low` to `high`; None when no number that exists lies there."""
    short, long = (scale.tidy(union((_span(low, high, reading),))) for reading in (0, 1))
    if not short or not long:
        return None
    if all(edge is None or edge.at[0] == edge.at[1] for edge in (low, high)):
        return Measured(scale, short, about)
    return Measured(
        scale, EVERYTHING, loose=frozenset((Loose(scale.wording(low, high, about), short, long),))
    )


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


def opened(edge: Edge) -> Edge:
    """The same end, not belonging to the stance."""
    return replace(edge, inside=False)


def _span(low: Edge | None, high: Edge | None, reading: int) -> Span:
    return Span(
        None if low is None else low.at[reading],
        None if high is None else high.at[reading],
        low is None or low.inside,
        high is None or high.inside,
    )
