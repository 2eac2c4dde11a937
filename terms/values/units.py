"""Units and their exact factors. Only what is declared here is ever converted, and money never.

Any word that is not in the table is a count unit of its own (persons, trucks, bodies): counts are
whole numbers. Miles and the like are left out on purpose: a source that says "thirty miles" rarely
says which, so the person who records it decides and writes the quotation beside it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from terms.ground.patterns import late
from terms.ground.suggest import did_you_mean
from terms.values.unreadable import Misread


class Unit(Struct, frozen=True):
    """A unit of `dimension`: one of it is `factor` of `base`.

    In the base unit every amount of the dimension ends after finitely many digits.
    """

    name: str
    dimension: str
    factor: Fraction
    base: str
    is_whole: bool = False


# dimension: (the word in messages, an example, base unit, {unit: factor})
DIMENSIONS: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "length": ("distance", "'25 km' or '800 m'", "m", {"mm": "0.001", "cm": "0.01", "m": "1", "km": "1000"}),
    "area": ("area", "'40 km2' or '12 ha'", "m2", {"m2": "1", "ha": "10000", "km2": "1000000"}),
    "mass": ("mass", "'20 t' or '500 kg'", "kg", {"g": "0.001", "kg": "1", "t": "1000", "kt": "1000000"}),
    "volume": ("volume", "'500 litres' or '20 m3'", "litres", {"litres": "1", "m3": "1000"}),
    "power": ("power", "'300 MW'", "kW", {"kW": "1", "MW": "1000", "GW": "1000000"}),
    "time": (
        "stretch of time",
        "'72 hours' or '3 days'",
        "seconds",
        {"seconds": "1", "minutes": "60", "hours": "3600", "days": "86400", "weeks": "604800"},
    ),
    "share": ("share", "'40 %'", "%", {"%": "1"}),
}
ALIASES = {
    "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km", "metre": "m", "metres": "m",
    "meter": "m", "meters": "m", "sq km": "km2", "km²": "km2",
    "square kilometres": "km2", "square kilometers": "km2", "m²": "m2", "square metres": "m2",
    "hectare": "ha", "hectares": "ha", "tonne": "t", "tonnes": "t", "ton": "t", "tons": "t",
    "kilograms": "kg", "litre": "litres", "liter": "litres", "liters": "litres", "m³": "m3",
    "cubic metres": "m3",
    "second": "seconds",
    "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks", "percent": "%", "per cent": "%",
    "person": "persons", "people": "persons", "child": "children", "body": "bodies", "man": "men",
    "woman": "women", "euro": "EUR", "euros": "EUR", "€": "EUR", "£": "GBP", "US$": "USD",
}  # fmt: skip
PERIODS = {  # in weeks or in years: no number of weeks is a month
    "minute": ("week", 10_080), "hour": ("week", 168), "day": ("week", 7), "week": ("week", 1),
    "month": ("year", 12), "year": ("year", 1),
}  # fmt: skip
_KNOWN = {
    name: Unit(name, dimension, Fraction(factor), base)
    for dimension, (_, _, base, factors) in DIMENSIONS.items()
    for name, factor in factors.items()
}
_PER = late(r"(.+?) ?(?:/|\bper\b|\ba\b|\ban\b) ?(\w+)")
_COUNT = late(r"[^\W\d_][\w' .-]{0,60}")
CURRENCY = late(r"[A-Z]{3}")


@lru_cache(maxsize=1024)
def find_unit(words: str) -> Unit:
    """The unit of this name. Raises Misread when the words cannot name a unit at all."""
    name = ALIASES.get(words, words)
    if name in _KNOWN:
        return _KNOWN[name]
    if (rate := _PER.fullmatch(name)) and (period := PERIODS.get(_singular(rate[2]))):
        counted = find_unit(rate[1])
        base, times = period
        dimension = f"{counted.dimension} per {base}"
        factor = counted.factor * times
        return Unit(f"{counted.name}/{_singular(rate[2])}", dimension, factor, f"{counted.base}/{base}")
    if _COUNT.fullmatch(name) is None:
        raise Misread(f"'{words}' is no unit")
    return Unit(name, f"number of {name}", Fraction(1), name, is_whole=True)


@lru_cache(maxsize=1024)
def find_currency(words: str) -> Unit:
    """The currency of this code. Raises Misread: currencies are written with their three letters."""
    name = ALIASES.get(words, words)
    if CURRENCY.fullmatch(name) is None:
        raise Misread(f"'{words}' is no currency: write its three letters, such as EUR or USD")
    return Unit(name, f"money in {name}", Fraction(1), name)


def fitting(unit: Unit, declared: Unit) -> Unit:
    """`unit` if it measures what `declared` measures; a count may be written in the singular.

    Raises:
        Misread: it measures something else. That is an error of the record, never "incompatible".
    """
    if unit.dimension == declared.dimension:
        return unit
    if declared.is_whole and unit.is_whole and f"{unit.name}s" == declared.name:
        return declared
    if f"{_numerator(unit.name)}s/{_period(unit.name)}" == declared.name:
        return declared
    raise Misread(*did_you_mean(unit.name, _names_like(declared)), describe(declared))


def describe(unit: Unit) -> str:
    """The way out for a term in `unit`, with an example."""
    if unit.dimension in DIMENSIONS:
        word, example, _, _ = DIMENSIONS[unit.dimension]
        article = "an" if word[0] in "aeiou" else "a"
        return f"this term is {article} {word}: write a quantity such as {example}"
    article = "" if unit.dimension.startswith("money") else "a "
    return f"this term is {article}{_spoken(unit)}: write an amount such as '40 {unit.name}'"


def _spoken(unit: Unit) -> str:
    return f"rate in {unit.name}" if "/" in unit.name else unit.dimension


def _names_like(unit: Unit) -> list[str]:
    same = [known.name for known in _KNOWN.values() if known.dimension == unit.dimension]
    return [*same, unit.name, *(alias for alias, name in ALIASES.items() if name in same)]


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word[:-1] in PERIODS else word


def _numerator(name: str) -> str:
    return name.partition("/")[0]


def _period(name: str) -> str:
    return name.partition("/")[2]
