"""What people write when they mean a date: the repair that is offered, never made.

A slip is repaired only where it can mean one thing: `2.6.2025` is the second of June, while
`2/6/2025` is June in one country and February in another and is left alone.
"""

from __future__ import annotations

import re
from datetime import date

from terms.ground.patterns import late

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = late(
    r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]+(\d{1,2}:\d\d(?::\d\d)?) ?(Z|[+-]\d\d:\d\d)?)?"
)
_YEAR_MONTH = late(r"(\d{4})[-/.](\d{1,2})")
_PACKED = late(r"(\d{4})(\d\d)(\d\d)")
_DAY_FIRST = late(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_WORDS = late(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([A-Za-z]{3,9})\.?,? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})")
_LONG_YEAR = late(r"Y(-?\d{4})")
_CLOCK = late(r"(\d):(\d\d.*)")


def suggestion(text: str) -> str | None:
    """The date that `text` was probably meant to be, spelt right; None when it could be several or none."""
    slip = text.strip()
    if match := _YEAR_FIRST.fullmatch(slip):
        day = _day(match[1], match[2], match[3])
        return day and day + _time(match[4], match[5])
    if match := _PACKED.fullmatch(slip):
        return _day(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(slip):
        return _only_reading(match[3], match[1], match[2], dots="." in slip)
    if match := _YEAR_MONTH.fullmatch(slip):
        return f"{match[1]}-{match[2]:0>2}" if 1 <= int(match[2]) <= 12 else None
    if match := _WORDS.fullmatch(slip):
        return _from_words(match)
    if match := _LONG_YEAR.fullmatch(slip):
        return match[1]
    return None


def _only_reading(year: str, one: str, two: str, *, dots: bool) -> str | None:
    """With dots the day comes first everywhere; otherwise only a number above 12 tells which is the day."""
    if dots:
        return _day(year, two, one)
    readings = {_day(year, two, one), _day(year, one, two)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _from_words(match: re.Match[str]) -> str | None:
    short = match[2][:3].lower()
    if short not in _MONTHS or (match[1] and match[3]):
        return None
    month = str(_MONTHS.index(short) + 1)
    number = match[1] or match[3]
    return _day(match[4], month, number) if number else f"{match[4]}-{month:0>2}"


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _time(clock: str | None, zone: str | None) -> str:
    if clock is None:
        return ""
    padded = _CLOCK.fullmatch(clock)
    return f"T0{clock}{zone or ''}" if padded else f"T{clock}{zone or ''}"
