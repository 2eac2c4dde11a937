"""A quantity: an exact number of a unit, shown in the unit its term declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from msgspec import Struct

from terms.ground.words import Words
from terms.values.amounts import Amount, exact, shown, split_number
from terms.values.declaration import Declaration
from terms.values.grammar import parse
from terms.values.measured import Edge, Measured, MixedScales, between, fixed, plainly
from terms.values.reading import AmountLeaves, End, point, read_parts
from terms.values.spans import Spans, whole
from terms.values.units import Unit, describe, find_unit, fitting
from terms.values.unreadable import Misread
from terms.values.value import Acceptance, Gap, Parts


class UnitScale(Struct, frozen=True):
    """Amounts of one dimension, kept in its base unit and shown in `unit`."""

    unit: Unit

    @property
    def kind(self) -> str:
        """The dimension."""
        return self.unit.dimension

    def tidy(self, spans: Spans) -> Spans:
        """Counts are whole: fewer than 85 persons are at most 84."""
        return whole(spans) if self.unit.is_whole else spans

    def show(self, at: Fraction) -> str:
        """In the unit, or in the base unit where the digits would not end (100 trucks/day in trucks/hour)."""
        amount, unit = self.width(at)
        return f"{shown(amount)} {unit}"

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """As most scales."""
        return plainly(low, high, about)

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """As for `show`."""
        amount = exact(width / self.unit.factor)
        if amount is not None:
            return amount, self.unit.name
        return exact(width) or 0, self.unit.base


class Whole(Struct, frozen=True):
    """The total that an amount is a share of: the 24 in `12 of 24 persons`."""

    amount: Measured

    @property
    def kind(self) -> str:
        """A total is compared with a total."""
        return "whole"

    @property
    def words(self) -> str:
        """Readable alone too, for when something else stands between it and its amount."""
        return f"out of {self.amount.words}"

    @property
    def form(self) -> str:
        """A share, of whatever is said beside it."""
        return "share"

    @property
    def is_settled(self) -> bool:
        """Always."""
        return True

    def meet(self, other: Acceptance) -> Whole | None:
        """The same total or none."""
        common = self.amount.meet(_amount_of(other))
        return Whole(common) if common is not None else None

    def join(self, other: Acceptance) -> Whole | None:
        """Alternative totals stay words."""
        return self if self == other else None

    def gap(self, others: Sequence[Acceptance]) -> Gap | None:
        """No number: two totals are two descriptions of the whole, not two stances on it."""
        return None


class UnitType(Struct, frozen=True):
    """Quantities. Money differs only in how a unit is found, and that it is never converted."""

    name: str
    sample: Declaration
    find: Callable[[str], Unit]
    spelled: tuple[str, ...]

    def examples(self) -> tuple[str, ...]:
        """Every form, for terms declared like `sample`."""
        return self.spelled

    def way_out(self, declaration: Declaration) -> str:
        """What a value of this term looks like."""
        if declaration.unit is None:
            return f"write an amount with its unit, such as '{self.spelled[0]}'"
        return describe(self.find(declaration.unit))

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """The parts of a quantity."""
        return read_parts(parse(words), self.leaves(declaration))

    def leaves(self, declaration: Declaration) -> AmountLeaves:
        """How the stances of one term are read."""
        declared = self.find(declaration.unit) if declaration.unit is not None else None

        def end(words: str) -> End:
            return self._end(words, declared)

        def whole_of(words: str) -> Parts:
            total = end(words)
            edge = total.edge(top=True, inside=True)
            amount = between(total.scale, edge, edge)
            if amount is None:
                raise Misread("a total is a whole number here")
            return (Whole(amount),)

        return AmountLeaves(end, hyphens=True, whole_of=whole_of)

    def _end(self, words: str, declared: Unit | None) -> End:
        number, name = self._split(words)
        unit = self._unit(name, declared)
        shown_in = declared or self.find(unit.base)
        scale = UnitScale(shown_in)
        at = number * unit.factor
        return point(scale, fixed(at), scale.show(at))

    def _unit(self, name: str, declared: Unit | None) -> Unit:
        if declared is None:
            return self.find(name)
        return fitting(self.find(name), declared) if name else declared

    def _split(self, words: str) -> tuple[Fraction, str]:
        found = split_number(words)
        if found is not None:
            return found
        currency, number = _leading_words(words)
        found = split_number(number)
        if found is None or found[1]:
            raise Misread(f"'{words}' has no number to begin with")
        return found[0], currency


def _leading_words(words: str) -> tuple[str, str]:
    """`EUR 5 million`, `€5bn`: the currency and the rest."""
    digits = next((place for place, letter in enumerate(words) if letter.isdigit()), len(words))
    return words[:digits].strip(), words[digits:]


def _amount_of(part: Acceptance) -> Measured:
    if not isinstance(part, Whole):
        raise MixedScales("whole", part.kind)
    return part.amount


QUANTITY = UnitType(
    "quantity",
    Declaration("quantity", unit="km"),
    find_unit,
    (
        "30 km",
        "800 m",
        "at most 85 000 km",
        "at least 30 km",
        "more than 6 km",
        "less than 2.5 km",
        "2 to 3 km",
        "all of [more than 2 km, less than 3 km]",
        "any of [10 km, 20 to 25 km, at least 40 km]",
        "within [10 km, 20 km]",
        "about 30 km",
        "about 30 km give or take 2 km",
        "at most about 6.5 thousand km",
        "12 of 24 km",
        "at least 12 of 24 km",
        "half of river.length",
        "rest",
        "same as pullback.south",
        "not stated",
        "unpublished",
        "no limit",
        "all of [at most 30 km, not stated]",
        "any of [10 km, same as pullback.south]",
    ),
)
