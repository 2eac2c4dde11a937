"""Sets of numbers as finite unions of intervals with open or closed ends: exact, sorted, merged.

Two sets are equal exactly if they are written the same here, which is why every function returns
the merged form. An end that is None is unbounded. Libraries for this exist; the one that fits is
under a licence that does not, and knows no whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

from msgspec import Struct
from msgspec.structs import force_setattr


class Span(Struct, frozen=True):
    """All numbers from `low` to `high`; None is unbounded. `low_in`, `high_in`: whether the end belongs."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = True

    def __post_init__(self) -> None:
        if self.low is None:
            force_setattr(self, "low_in", False)
        if self.high is None:
            force_setattr(self, "high_in", False)

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    @property
    def is_point(self) -> bool:
        """Whether exactly one number lies in it."""
        return self.low is not None and self.low == self.high


Spans = tuple[Span, ...]
EVERYTHING: Spans = (Span(None, None),)
NOTHING: Spans = ()


def union(spans: Iterable[Span], *, step: int = 0) -> Spans:
    """The numbers in any of `spans`. With `step` 1, neighbours such as 1-2 and 3-4 are one span."""
    merged: list[Span] = []
    for span in sorted((span for span in spans if not span.is_empty), key=_low_key):
        if merged and _reaches(merged[-1], span, step):
            last = merged.pop()
            top = max(last, span, key=_high_key)
            span = Span(last.low, top.high, last.low_in, top.high_in)
        merged.append(span)
    return tuple(merged)


def meet(a: Spans, b: Spans) -> Spans:
    """The numbers in both `a` and `b`."""
    return union(_common(one, other) for one in a for other in b)


def whole(spans: Spans) -> Spans:
    """The whole numbers in `spans`, with closed ends: below 85 becomes at most 84."""
    return union((_whole(span) for span in spans), step=1)


def apart(a: Spans, b: Spans) -> Fraction:
    """The least distance between a number of `a` and one of `b`; 0 also when they only touch."""
    return min(max((Fraction(0), *_distances(one, other))) for one in a for other in b)


def overreach(spans: Sequence[Span]) -> Fraction:
    """By how much the highest low end exceeds the lowest high end; 0 when it does not."""
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    return max(Fraction(0), max(lows) - min(highs)) if lows and highs else Fraction(0)


def _low_key(span: Span) -> tuple[bool, Fraction, bool]:
    return (span.low is not None, span.low or Fraction(0), not span.low_in)


def _high_key(span: Span) -> tuple[bool, Fraction, bool]:
    return (span.high is None, span.high or Fraction(0), span.high_in)


def _reaches(left: Span, right: Span, step: int) -> bool:
    if left.high is None or right.low is None:
        return True
    if left.high == right.low:
        return left.high_in or right.low_in
    return left.high + step >= right.low


def _common(a: Span, b: Span) -> Span:
    bottom, top = max(a, b, key=_low_key), min(a, b, key=_high_key)
    return Span(bottom.low, top.high, bottom.low_in, top.high_in)


def _whole(span: Span) -> Span:
    low, high = span.low, span.high
    if low is not None:
        low = Fraction(ceil(low) if span.low_in else floor(low) + 1)
    if high is not None:
        high = Fraction(floor(high) if span.high_in else ceil(high) - 1)
    return Span(low, high)


def _distances(a: Span, b: Span) -> list[Fraction]:
    pairs = ((a.low, b.high), (b.low, a.high))
    return [low - high for low, high in pairs if low is not None and high is not None]
