"""Lengths of time: hours are hours, days are 24 of them, and calendar months are two numbers of days.

n months last between the fewest and the most days that any n consecutive months of the calendar have
(1: 28-31, 3: 89-92, 12: 365-366). Everything is kept in seconds.
"""

from __future__ import annotations

import calendar
import re
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from terms.ground.patterns import late
from terms.ground.suggest import did_you_mean
from terms.values.amounts import NUMBER, Amount, exact, shown, split_number
from terms.values.measured import READINGS, Edge, Readings, fixed, plainly
from terms.values.spans import Spans
from terms.values.unreadable import Misread

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400, "weeks": 604_800}
MONTHS = {"months": 1, "years": 12}
UNITS = (*SECONDS, *MONTHS)
_SHOWN = ("days", "hours", "minutes", "seconds")
_CYCLE = 4_800  # months: the calendar repeats after 400 years
_CYCLE_DAYS = 146_097
_LENGTHS = tuple(
    days
    for year in range(2000, 2400)
    for days in (31, 29 if calendar.isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
)
_STARTS = (0, *accumulate(_LENGTHS * 2))
_PIECE = late(rf"({NUMBER})[ -]?(?:calendar )?([a-z]+)(?: and |, | )?", re.IGNORECASE)


class Lapse(Struct, frozen=True):
    """A length in seconds, in each reading of calendar months, with its canonical words."""

    seconds: Readings
    words: str


class LapseScale(Struct, frozen=True):
    """Lengths of time, shown in `unit` where that is short; `daily`: so long on each day."""

    unit: str | None = None
    daily: bool = False

    @property
    def kind(self) -> str:
        """Five hours a day are not five hours."""
        return "daily" if self.daily else "lapse"

    def tidy(self, spans: Spans) -> Spans:
        """Every length exists."""
        return spans

    def show(self, at: Fraction) -> str:
        """In the declared unit, else in the largest of days, hours, minutes that is a whole number."""
        return seconds_in_words(at, self.unit)

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """As most scales, with `daily` in front of an amount of every day."""
        said = plainly(low, high, about)
        if not self.daily:
            return said
        if low is not None and high is not None and not (low.inside and high.inside):
            return f"all of [{self.wording(low, None, about)}, {self.wording(None, high, about)}]"
        return f"daily {said}"

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """As for `show`."""
        return seconds_as_amount(width, self.unit)


def read_lapse(words: str, default: str | None = None, *, shown: str | None = "") -> Lapse:
    """Read `72 hours`, `5-hour`, `3 months`, `1 day 12 hours`; a bare number counts in `default`.

    Its words are in the unit `shown` where that is short ("": in `default`; None: in the largest that is whole).

    Raises:
        Misread: it is no length of time, or mixes months with shorter units.
    """
    found = split_number(words)
    if found is not None and not found[1]:
        if default is None:
            raise Misread(
                f"{words} of what is not said",
                f"write '{words} days' or '{words} hours', or declare the unit of the term",
            )
        words = f"{words} {default}"
    pieces, rest = [], words
    while match := _PIECE.match(rest):
        pieces.append((match[1], _unit(match[2])))
        rest = rest[match.end() :]
    if rest or not pieces or words.startswith("-"):
        raise Misread(f"'{words}' is no length of time", "write a length such as '30 days' or '72 hours'")
    units = {unit for _, unit in pieces}
    if units & set(MONTHS):
        return _calendar_lapse(pieces)
    total = sum((_amount(number) * SECONDS[unit] for number, unit in pieces), Fraction(0))
    unit = default if shown == "" else shown
    return Lapse(fixed(total), seconds_in_words(total, unit if unit in SECONDS else None))


@lru_cache(maxsize=1024)
def month_days(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many consecutive calendar months have."""
    cycles, rest = divmod(months, _CYCLE)
    lengths = [_STARTS[first + rest] - _STARTS[first] for first in range(_CYCLE)]
    return cycles * _CYCLE_DAYS + min(lengths), cycles * _CYCLE_DAYS + max(lengths)


def seconds_as_amount(seconds: Fraction, unit: str | None = None) -> tuple[Amount, str]:
    """In `unit` where two decimals will do (1.5 days), else in the largest unit that is a whole number."""
    if unit in SECONDS and (seconds * 100 / SECONDS[unit]).denominator == 1:
        return exact(seconds / SECONDS[unit]) or 0, unit
    name = next((name for name in _SHOWN if seconds % SECONDS[name] == 0), "seconds")
    return exact(seconds / SECONDS[name]) or 0, name


def seconds_in_words(seconds: Fraction, unit: str | None = None) -> str:
    """The same in words."""
    amount, name = seconds_as_amount(seconds, unit)
    return f"{shown(amount)} {name}"


def is_unit(word: str) -> bool:
    """Whether the word names a unit of time, in the singular or the plural."""
    lower = word.lower()
    return lower in UNITS or f"{lower}s" in UNITS


def _unit(word: str) -> str:
    lower = word.lower()
    name = lower if lower in UNITS else f"{lower}s"
    if name not in UNITS:
        raise Misread(*did_you_mean(lower, UNITS), f"'{word}' is no unit of time: {', '.join(UNITS)}")
    return name


def _amount(number: str) -> Fraction:
    found = split_number(number)
    return found[0] if found else Fraction(0)


def _calendar_lapse(pieces: list[tuple[str, str]]) -> Lapse:
    if any(unit not in MONTHS for _, unit in pieces):
        raise Misread("months and days do not add up to one length: write months only, or days only")
    months = sum((_amount(number) * MONTHS[unit] for number, unit in pieces), Fraction(0))
    if months.denominator != 1:
        raise Misread("a part of a month has no length: write days")
    short, long = month_days(int(months))
    at = tuple(Fraction(min(short + days, long) * SECONDS["days"]) for days in range(READINGS))
    if months == 0:
        return Lapse(at, seconds_in_words(Fraction(0)))
    return Lapse(at, f"{months} months")
