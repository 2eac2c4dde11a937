"""Hours of the day as a set of minutes: what a daily pause must cover, and what it must stay within."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from terms.values.measured import MixedScales
from terms.values.spans import NOTHING, Span, Spans, meet, union
from terms.values.value import Acceptance, Gap

MIDNIGHT = 1_440  # minutes


class Hours(Struct, frozen=True):
    """Daily hours that cover `least` and stay within `most`; None: within the whole day.

    Minutes from midnight, the last excluded. `zone` is `Z` for hours turned into UTC, empty where the
    source names none, or a zone's name.
    """

    least: Spans
    most: Spans | None
    zone: str = ""

    @property
    def kind(self) -> str:
        """Hours of different zones are not compared."""
        return f"hours {self.zone}".strip()

    @property
    def is_settled(self) -> bool:
        """Always."""
        return True

    @property
    def words(self) -> str:
        """`08:00-12:00`, `all of`, `within`, or both."""
        if self.least == self.most:
            said = self._in_words(self.least)
            return said[0] if len(said) == 1 else f"[{', '.join(said)}]"
        parts = []
        if self.least:
            parts.append(f"all of [{', '.join(self._in_words(self.least))}]")
        if self.most is not None:
            parts.append(f"within [{', '.join(self._in_words(self.most))}]")
        return parts[0] if len(parts) == 1 else f"all of [{', '.join(parts)}]"

    @property
    def form(self) -> str:
        """exact, all-of or within."""
        if self.least == self.most:
            return "exact"
        return "all-of" if self.least else "within"

    def meet(self, other: Acceptance) -> Hours | None:
        """Hours that both admit."""
        other = self._alike(other)
        mosts = [hours.most for hours in (self, other) if hours.most is not None]
        most = meet(mosts[0], mosts[-1]) if mosts else None
        least = union((*self.least, *other.least))
        if most is not None and (not most or meet(least, most) != least):
            return None
        return Hours(least, most, self.zone)

    def join(self, other: Acceptance) -> Hours | None:
        """Alternative hours stay words, unless they are the same."""
        return self if self == other else None

    def gap(self, others: Sequence[Acceptance]) -> Gap | None:
        """The minutes that must be covered and may not be, and when they are."""
        sides = (self, *(self._alike(other) for other in others))
        needed = union(span for side in sides for span in side.least)
        mosts = [side.most for side in sides if side.most is not None]
        outside = union(span for most in mosts for span in _without(needed, most))
        if not outside:
            return None
        minutes = sum((_length(span) for span in outside), Fraction(0))
        return Gap(int(minutes), "minutes", self._in_words(outside))

    def _alike(self, other: Acceptance) -> Hours:
        if not isinstance(other, Hours) or other.kind != self.kind:
            raise MixedScales(self.kind, other.kind)
        return other

    def _in_words(self, spans: Spans) -> tuple[str, ...]:
        zone = f" {self.zone}" if self.zone else ""
        return tuple(f"{clock(start)}-{clock(end)}{zone}" for start, end in _around_midnight(spans))


def hours_between(start: int, end: int) -> Spans:
    """From minute to minute of the day; over midnight when the end is not after the start."""
    if start < end:
        return (_span(start, end),)
    return union((_span(0, end), _span(start, MIDNIGHT)))


def clock(minute: int) -> str:
    """HH:MM."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _span(start: int, end: int) -> Span:
    return Span(Fraction(start), Fraction(end), True, False)


def _around_midnight(spans: Spans) -> list[tuple[int, int]]:
    pairs = [(int(span.low or 0), int(span.high or 0)) for span in spans]
    if len(pairs) > 1 and pairs[0][0] == 0 and pairs[-1][1] == MIDNIGHT:
        first, *between, last = pairs
        return [*between, (last[0], first[1])]
    return pairs


def _without(needed: Spans, allowed: Spans) -> Spans:
    edges = [Span(None, None)]
    for span in allowed:
        last = edges.pop()
        edges += [Span(last.low, span.low, last.low_in, False), Span(span.high, None, True, False)]
    return meet(needed, union(edges)) if allowed else needed or NOTHING


def _length(span: Span) -> Fraction:
    return (span.high or Fraction(0)) - (span.low or Fraction(0))
