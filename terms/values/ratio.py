"""So many for so many: `30 for 1` is a rate, `1000 for 1000` a rate and a number, `all for all` neither.

The first number is what the side that is asked gives. Rates are compared as quantities in that one
orientation; where both sides of a stance are numbers greater than one, the number counts as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from terms.ground.patterns import late
from terms.ground.words import Words
from terms.values.amounts import NUMBER, Amount, exact, shown, split_number
from terms.values.declaration import Declaration
from terms.values.grammar import Phrase, parse
from terms.values.measured import Edge, Measured, between, fixed, plainly
from terms.values.reading import AmountLeaves, End, all_of, any_of, point, read_parts
from terms.values.spans import Spans
from terms.values.unreadable import Misread
from terms.values.value import Acceptance, Opaque, Parts

_RATIO = late(rf"({NUMBER}) for ({NUMBER})")


class RateScale(Struct, frozen=True):
    """How many are given for one."""

    @property
    def kind(self) -> str:
        """Rates are compared with rates."""
        return "rate"

    def tidy(self, spans: Spans) -> Spans:
        """Every rate exists."""
        return spans

    def show(self, at: Fraction) -> str:
        """`30 for 1`, or `1 for 3`."""
        amount = exact(at)
        if amount is not None:
            return f"{shown(amount)} for 1"
        return f"1 for {shown(exact(1 / at) or 0)}"

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """`20 to 30 for 1`."""
        return plainly(low, high, about)

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """For each one; a width whose digits do not end is so many for so many."""
        amount = exact(width)
        return (amount, "for 1") if amount is not None else (width.numerator, f"for {width.denominator}")


class ExchangeScale(Struct, frozen=True):
    """How many are received, at a fixed rate."""

    rate: Fraction

    @property
    def kind(self) -> str:
        """Numbers are compared with numbers; that the rates differ is said by the part beside this one."""
        return "exchange"

    def tidy(self, spans: Spans) -> Spans:
        """Every number exists."""
        return spans

    def show(self, at: Fraction) -> str:
        """`1000 for 1000`."""
        given, received = exact(at * self.rate), exact(at)
        return f"{shown(given or 0)} for {shown(received or 0)}"

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """As most scales."""
        return plainly(low, high, about)

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """Of those received."""
        return exact(width) or 0, "received"


class RatioLeaves(Struct, frozen=True):
    """Reads rates, and numbers with the rate they imply."""

    def plain(self, words: str) -> Parts:
        """A rate, a number, a range of them, or all for all."""
        if words.lower() == "all for all":
            return (Opaque("all for all", "all-for-all", True),)
        return _with_rates(_AMOUNTS.plain(words))

    def about(self, words: str, tolerance: str | None) -> Parts:
        """About so many for so many."""
        return _with_rates(_AMOUNTS.about(words, tolerance))

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """A cap or floor of the rate; of the number, where one is given."""
        return _with_rates(_AMOUNTS.bound(which, words, about))

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """Alternatives, conjunctions, ranges."""
        if how == "any of":
            return any_of(phrases, self)
        if how == "all of":
            return all_of(phrases, self)
        return _with_rates(_AMOUNTS.listed(how, phrases))


class RatioType:
    """So many for so many."""

    name = "ratio"
    sample = Declaration("ratio")

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "30 for 1", "1 for 3", "all for all", "1000 for 1000", "3 for 2", "at most 30 for 1",
            "at least 4 for 1", "more than 4 for 1", "less than 9 for 1", "20 to 30 for 1",
            "about 30 for 1", "within [4 for 1, 9 for 1]", "any of [4 for 1, 9 for 1]",
            "any of [1000 for 1000, 1200 for 1200]", "any of [all for all, 30 for 1]",
            "at least 1000 for 1000", "all of [1000 for 1000, not stated]", "about 1000 for 1000",
            "same as exchange.may", "not stated", "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """The three kinds."""
        return "this term is a ratio: write '30 for 1', '1000 for 1000' or 'all for all'"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """One orientation: what the side that is asked gives comes first."""
        return read_parts(parse(words), RatioLeaves())


def _end(words: str) -> End:
    match = _RATIO.fullmatch(words)
    given, received = (_number(match[1]), _number(match[2])) if match else (Fraction(0), Fraction(0))
    if given <= 0 or received <= 0:
        signs = _WITH_SIGNS.fullmatch(words)
        meant = (f"did you mean '{signs[1]} for {signs[2]}'?",) if signs else ()
        raise Misread(f"'{words}' is no ratio", *meant)
    if 1 in (given, received):
        rate = given / received
        return point(RateScale(), fixed(rate), RateScale().show(rate))
    scale = ExchangeScale(given / received)
    return point(scale, fixed(received), scale.show(received))


def _number(words: str) -> Fraction:
    found = split_number(words)
    return found[0] if found else Fraction(0)


def _with_rates(parts: Parts) -> Parts:
    """The parts, a number with the rate it implies beside it."""
    return tuple(part for stance in parts for part in (*_rate_of(stance), stance))


def _rate_of(stance: Acceptance) -> Parts:
    if not isinstance(stance, Measured) or not isinstance(stance.scale, ExchangeScale):
        return ()
    edge = point(RateScale(), fixed(stance.scale.rate), "").edge(top=False, inside=True)
    exactly = between(RateScale(), edge, edge)
    return (exactly,) if exactly else ()


_WITH_SIGNS = late(r"(\d+) ?[:/-] ?(\d+)")
_AMOUNTS = AmountLeaves(_end, hyphens=True)
RATIO = RatioType()
