"""Dates as sources give them: a day, about a day, some time in June, from then until nobody knows.

The notation is EDTF (ISO 8601-2:2019), levels 0 and 1, plus what minutes of meetings need: times
without seconds and times in intervals. Text in, an immutable `Edtf` out, whose bounds are plain
integers, so that a year beyond what `datetime` can hold is compared like any other. It is written
here because the libraries found were 1,000 times slower or lost the qualifiers; one of them stays
as the oracle of the tests.

Choices that the notation leaves open: a date without a zone counts as UTC; a qualifier (`~ ? %`)
marks the date and does not widen it, for nobody can say by how much; a season is that of the
northern meteorological year, and winter (24) begins in December of its year.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from terms.ground.date_slips import suggestion
from terms.ground.errors import BadDate
from terms.ground.patterns import late

_DAY = 86_400_000_000  # microseconds, the unit of the bounds
_MINUTE = 60_000_000
_FIRST_ORDINAL = date(1970, 1, 1).toordinal()
_BARE_TIME = late(r"T\d\d:\d\d(:\d\d)?(?=$|[/\s~?%])")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOWEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_HIGHEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_WIDEST_ZONE = 14 * 60  # minutes; the Line Islands keep +14:00
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}

_DATE = late(
    r"(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX|Y-?\d{5,12})"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?P<time>T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?P<zone>Z|[+-]\d\d(?::\d\d)?)?)?)?)?"
    r"(?P<qualifier>[~?%])?",
    re.ASCII,
)


class Edtf(Struct, frozen=True):
    """A date, a time or an interval, with the first and the last instant it can mean.

    `text` is the canonical spelling: reading it gives an equal value. `low` and `high` are
    microseconds since 1970 in UTC, both included; None for an end that is open (`..`) or unknown
    (nothing). `first` and `last` are the days as written, counted from 1970, without regard to
    the zone: what happened at 01:00+03:00 on the second is filed under the second.
    """

    text: str
    low: int | None
    high: int | None
    first: int | None
    last: int | None
    approximate: bool = False
    uncertain: bool = False
    is_day: bool = False
    is_instant: bool = False

    def __str__(self) -> str:
        """The canonical spelling."""
        return self.text

    @property
    def earliest(self) -> datetime | None:
        """The first instant in UTC; None when the start is open, unknown or not in the years 1 to 9999."""
        return _as_datetime(self.low)

    @property
    def latest(self) -> datetime | None:
        """The last instant in UTC, included; None as for `earliest`."""
        return _as_datetime(self.high)

    @property
    def first_day(self) -> date | None:
        """The first day as written; None as for `earliest`."""
        return _as_date(self.first)

    @property
    def last_day(self) -> date | None:
        """The last day as written, included; None as for `earliest`."""
        return _as_date(self.last)


@lru_cache(maxsize=16_384)
def read_date(text: str) -> Edtf:
    """Read an EDTF date of level 0 or 1, a date with a time and perhaps a zone, or an interval of them.

    Raises:
        BadDate: it is none of these, no such day exists, or an interval ends before it begins.
    """
    if "/" not in text:
        return _read_single(text, text)
    start, _, end = text.partition("/")
    if "/" in end:
        raise BadDate(text, suggestion=suggestion(text))
    return _read_interval(text, start, end)


def same_instant(a: Edtf, b: Edtf) -> bool:
    """Whether two spellings mean one stretch of time, qualifiers aside (13:00Z and 16:00+03:00 do)."""
    return a.low == b.low and a.high == b.high


def precedes(a: Edtf, b: Edtf) -> bool | None:
    """Whether all of `a` comes before all of `b`.

    False when `a` certainly does not come before `b`, None when they overlap or an end is open or
    unknown, so that nobody can tell. Qualifiers are not weighed.
    """
    if a.high is not None and b.low is not None and a.high < b.low:
        return True
    if a.low is not None and b.high is not None and a.low >= b.high:
        return False
    return None


def _read_interval(text: str, start: str, end: str) -> Edtf:
    if start in ("", "..") and end in ("", ".."):
        raise BadDate(text, "an interval needs at least one date")
    left = None if start in ("", "..") else _read_single(start, text)
    right = None if end in ("", "..") else _read_single(end, text)
    if left and right and left.low is not None and right.high is not None and right.high < left.low:
        raise BadDate(text, "it ends before it begins", suggestion(text) or f"{end}/{start}")
    sides = [side for side in (left, right) if side]
    return Edtf(
        text=f"{left or start}/{right or end}",
        low=left.low if left else None,
        high=right.high if right else None,
        first=left.first if left else None,
        last=right.last if right else None,
        approximate=any(side.approximate for side in sides),
        uncertain=any(side.uncertain for side in sides),
    )


def _read_single(text: str, whole: str) -> Edtf:
    match = _DATE.fullmatch(text)
    if match is None:
        raise BadDate(whole, suggestion=suggestion(whole))
    year, month, day, qualifier = match.group("year", "month", "day", "qualifier")
    _refuse_mixture(whole, year, month, day, match["time"])
    first, last = _days(whole, year, month, day)
    low, high = first * _DAY, last * _DAY + _DAY - 1
    canonical = text
    if match["time"]:
        low = high = low + _clock(whole, match) - _zone(whole, match["zone"])
        canonical = _with_canonical_zone(match)
    return Edtf(
        text=canonical,
        low=low,
        high=high,
        first=first,
        last=last,
        approximate=qualifier in ("~", "%"),
        uncertain=qualifier in ("?", "%"),
        is_day=day is not None and day != "XX" and not match["time"],
        is_instant=match["time"] is not None,
    )


def lacks_zone(text: str) -> bool:
    """Whether a time of day stands in a date without its zone, so that it counts as UTC."""
    return _BARE_TIME.search(text) is not None


def _refuse_mixture(whole: str, year: str, month: str | None, day: str | None, time: str | None) -> None:
    """A known part below an unknown one (`201X-06`, `2025-XX-03`) belongs to level 2, which has no bounds."""
    known_below = (year[-1] == "X" and month not in (None, "XX")) or (
        month == "XX" and day not in (None, "XX")
    )
    if known_below or (day == "XX" and time):
        raise BadDate(whole, "what stands behind XX must be unknown too")
    if year[0] == "Y" and month is not None:
        raise BadDate(whole, "a year of more than four digits stands alone")
    if year == "-0000":
        raise BadDate(whole, "there is no year -0000", "0000")


def _days(whole: str, year: str, month: str | None, day: str | None) -> tuple[int, int]:
    """The first and last day, counted from 1970, that the three parts can mean."""
    if year[-1] == "X":
        span = (int(year.replace("X", "0")), int(year.replace("X", "9")))
        return _day_number(min(span), 1, 1), _day_number(max(span), 12, 31)
    number = int(year.removeprefix("Y"))
    if month is None or month == "XX":
        return _day_number(number, 1, 1), _day_number(number, 12, 31)
    start, end = _SEASONS.get(int(month), (int(month), int(month)))
    if start == end and not 1 <= start <= 12:
        raise BadDate(whole, f"there is no month {month}", suggestion(whole))
    if day is None or day == "XX":
        _refuse_day_in_season(whole, start != end, day)
        return _day_number(number, start, 1), _day_number(number, end + 1, 1) - 1
    _refuse_day_in_season(whole, start != end, day)
    length = _day_number(number, start + 1, 1) - _day_number(number, start, 1)
    if not 1 <= int(day) <= length:
        raise BadDate(whole, f"month {month} of {number} has {length} days")
    found = _day_number(number, start, int(day))
    return found, found


def _refuse_day_in_season(whole: str, is_season: bool, day: str | None) -> None:
    if is_season and day is not None:
        raise BadDate(whole, "a season has no days")


def _clock(whole: str, match: re.Match[str]) -> int:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BadDate(whole, "a time lies between 00:00 and 23:59:59")
    return (hour * 60 + minute) * _MINUTE + second * 1_000_000


def _zone(whole: str, zone: str | None) -> int:
    """How far the written clock is ahead of UTC, in microseconds."""
    if zone is None or zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6] or 0)
    if minutes > _WIDEST_ZONE or int(zone[4:6] or 0) > 59:
        raise BadDate(whole, "a zone lies between -14:00 and +14:00")
    return minutes * _MINUTE * (-1 if zone[0] == "-" else 1)


def _with_canonical_zone(match: re.Match[str]) -> str:
    zone = match["zone"] or ""
    if len(zone) == len("+03"):
        zone += ":00"
    if zone in ("+00:00", "-00:00"):
        zone = "Z"
    return (
        match.string[: match.end("second" if match["second"] else "minute")]
        + zone
        + (match["qualifier"] or "")
    )


def _day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the proleptic Gregorian calendar; a month above 12 runs into the next year.

    Howard Hinnant's `days_from_civil` (2013), which holds for every integer year.
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    shifted = year - (month <= 2)
    era, year_of_era = shifted // 400, shifted % 400
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def _as_datetime(bound: int | None) -> datetime | None:
    if bound is None or not _LOWEST <= bound <= _HIGHEST:
        return None
    return _EPOCH + timedelta(microseconds=bound)


def _as_date(number: int | None) -> date | None:
    ordinal = None if number is None else number + _FIRST_ORDINAL
    if ordinal is None or not date.min.toordinal() <= ordinal <= date.max.toordinal():
        return None
    return date.fromordinal(ordinal)
