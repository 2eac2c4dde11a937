"""What a time comes to once its happenings have occurred: counted in whole microseconds, never in floats.

A time has a first and a last moment: a day begins at midnight and is not over before the next one, an
hour later is one moment. Each of the two may itself be known only within bounds, because the happening
it is counted from is dated "some time in March". The first difference is the meaning of the words, the
second is ignorance; keeping them apart is what lets a deadline be missed for certain.

Days, weeks, months and years count calendar days as written at the place of the happening; the day that
comes out is a date without a zone, like any date in a record. A month later is the same day of the next
month; where that day does not exist (31 January), it is any day from the last of the month to the first
of the one after.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias, assert_never

from msgspec import Struct

from terms.ground.dates import Edtf
from terms.values.lapses import month_days
from terms.values.times import (
    Anchor,
    DayOf,
    EarliestOf,
    Happens,
    Instant,
    LatestOf,
    Length,
    Offset,
    Side,
    Time,
    Unstated,
    Within,
    happenings_in,
)

Happened: TypeAlias = Callable[[str], Edtf | None]
"""When a happening occurred; None: it has not."""

Bounds: TypeAlias = tuple[int, int]
"""The earliest and latest a moment can be, in microseconds since 1970 in UTC."""

DAY = 86_400_000_000
CLOCK_UNITS = {"minute": 60_000_000, "hour": 3_600_000_000}
CYCLE_DAYS = 146_097  # the Gregorian calendar repeats after 400 years
NEVER = 10**30  # beyond every date that the notation can write
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_ORDINAL = date(1970, 1, 1).toordinal()


class Span(Struct, frozen=True):
    """The first moment of a time and its last, each within bounds. `days`: it ends with a calendar day."""

    begins: Bounds
    ends: Bounds
    days: bool = False


class _Known(Struct, frozen=True):
    """When an anchor occurred: bounds of the moment and of the calendar day as written."""

    low: int
    high: int
    first: int
    last: int


def resolve(time: Time, happened: Happened) -> tuple[datetime, datetime] | None:
    """The first moment that can belong to `time` and the last one, in UTC, both included.

    None when what it is counted from has not happened. An end that is open or lies outside the years
    1 to 9999 comes out as the first or last instant of those years.
    """
    found = span(time, happened)
    return None if found is None else (as_datetime(found.begins[0]), as_datetime(found.ends[1]))


def deadline(time: Time, happened: Happened) -> tuple[datetime, datetime] | None:
    """The last moment at which one is still in time: the earliest and the latest it can be, in UTC.

    The two are equal when the dates leave no doubt. None when the clock has not started.
    """
    found = span(time, happened)
    return None if found is None else (as_datetime(found.ends[0]), as_datetime(found.ends[1]))


def span(time: Time, happened: Happened) -> Span | None:
    """The first and last moment of `time`; None when what it is counted from has not happened.

    Of an earliest-of, members that have not happened are left out: as long as they have not, they
    cannot come before the rest. A latest-of waits for all of its members.
    """
    match time:
        case Unstated():
            return None
        case EarliestOf(times):
            spans = [found for one in times if (found := span(one, happened)) is not None]
            return _merged(spans, min) if spans else None
        case LatestOf(times):
            spans = [found for one in times if (found := span(one, happened)) is not None]
            return _merged(spans, max) if len(spans) == len(times) else None
        case Instant(date):
            known = _known(date)
            return Span((known.low, known.low), (known.high, known.high), days=not date.is_instant)
        case Happens(name):
            occurred = happened(name)
            return None if occurred is None else _moment(_known(occurred))
        case Offset() | DayOf() | Within():
            occurred = _occurred(time.anchor, happened)
            return None if occurred is None else _counted(time, _known(occurred))
    assert_never(time)


def is_void(time: Time, happened: Happened, called_off: Callable[[str], bool]) -> bool:
    """Whether `time` can no longer come: what it is counted from was called off before it happened."""
    match time:
        case EarliestOf(times):
            return all(is_void(one, happened, called_off) for one in times)
        case LatestOf(times):
            return any(is_void(one, happened, called_off) for one in times)
        case _:
            return any(happened(name) is None and called_off(name) for name in happenings_in(time))


def waits_for(time: Time, happened: Happened) -> tuple[str, ...]:
    """The happenings `time` is counted from that have not occurred, sorted."""
    return tuple(name for name in happenings_in(time) if happened(name) is None)


def after(length: Length, moment: Edtf) -> Span:
    """The stretch that ends `length` after `moment`: how long something lasts that began then."""
    return _counted(Within(length, "after", Instant(moment)), _known(moment))


def days_in(length: Length) -> tuple[tuple[int, int], tuple[int, int]]:
    """The fewest and most days that the low end of `length` can be, and the same of its high end.

    n calendar months are as long as n consecutive months can be: one is 28 to 31 days, three are 89 to
    92. Hours are rounded outwards to whole days, so that nothing is refused that hours would allow.
    """
    if length.unit in CLOCK_UNITS:
        unit = CLOCK_UNITS[length.unit]
        low, high = length.low * unit // DAY, -(-length.high * unit // DAY)
        return (low, low), (high, high)
    if length.unit in ("month", "year"):
        months = 12 if length.unit == "year" else 1
        return month_days(length.low * months), month_days(length.high * months)
    days = 7 if length.unit == "week" else 1
    return (length.low * days, length.low * days), (length.high * days, length.high * days)


def as_datetime(moment: int) -> datetime:
    """A moment as a UTC datetime, held within the years 1 to 9999."""
    lowest = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
    highest = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
    return _EPOCH + timedelta(microseconds=min(max(moment, lowest), highest))


def as_moment(at: datetime) -> int:
    """A datetime as microseconds since 1970 in UTC.

    Raises:
        ValueError: it has no zone. A clock that guesses the zone is hours wrong without a word.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no zone: give datetime(..., tzinfo=UTC)")
    return (at - _EPOCH) // timedelta(microseconds=1)


def bounds_of(date: Edtf) -> Bounds:
    """The earliest and latest moment a date can mean; an open or unknown end lies beyond every date."""
    known = _known(date)
    return known.low, known.high


def _known(date: Edtf) -> _Known:
    low = -NEVER if date.low is None else date.low
    high = NEVER if date.high is None else date.high
    first = -NEVER // DAY if date.first is None else date.first
    last = NEVER // DAY if date.last is None else date.last
    return _Known(low, high, first, last)


def _occurred(anchor: Anchor, happened: Happened) -> Edtf | None:
    return anchor.date if isinstance(anchor, Instant) else happened(anchor.name)


def _moment(known: _Known) -> Span:
    return Span((known.low, known.high), (known.low, known.high))


def _merged(spans: list[Span], pick: Callable[[list[int]], int]) -> Span:
    """The earliest or latest of several, bound by bound: each bound is reached when its owner's is."""
    begins = (pick([one.begins[0] for one in spans]), pick([one.begins[1] for one in spans]))
    ends = (pick([one.ends[0] for one in spans]), pick([one.ends[1] for one in spans]))
    return Span(begins, ends, days=all(one.days for one in spans if one.ends[1] == ends[1]))


def _counted(time: Offset | DayOf | Within, known: _Known) -> Span:
    if isinstance(time, DayOf):
        return _shifted(Length(time.day - 1, time.day - 1, "day"), "after", known)
    reached = _shifted(time.length, time.side, known)
    if isinstance(time, Offset):
        return reached
    if time.side == "after":
        return Span((known.low, known.high), reached.ends, reached.days)
    return Span(reached.begins, (known.low, known.high))


def _shifted(length: Length, side: Side, known: _Known) -> Span:
    """The stretch from `length.low` to `length.high` away from what is known."""
    near, far = (length.low, length.high) if side == "after" else (-length.high, -length.low)
    if length.unit in CLOCK_UNITS:
        unit = CLOCK_UNITS[length.unit]
        return Span(
            (known.low + near * unit, known.high + near * unit),
            (known.low + far * unit, known.high + far * unit),
        )
    begins = (_day_after(known.first, near, length)[0], _day_after(known.last, near, length)[1])
    ends = (_day_after(known.first, far, length)[0], _day_after(known.last, far, length)[1])
    return Span(
        (begins[0] * DAY, begins[1] * DAY), (ends[0] * DAY + DAY - 1, ends[1] * DAY + DAY - 1), days=True
    )


def _day_after(day: int, amount: int, length: Length) -> Bounds:
    """The first and last day (counted from 1970) that lie `amount` units from `day`."""
    if length.unit in ("month", "year"):
        return _month_after(day, amount * (12 if length.unit == "year" else 1))
    days = amount * (7 if length.unit == "week" else 1)
    return day + days, day + days


def _month_after(day: int, months: int) -> Bounds:
    """The same day of the month, `months` on; two days where that day does not exist."""
    cycles, rest = divmod(day + _FIRST_ORDINAL - 1, CYCLE_DAYS)
    start = date.fromordinal(rest + 1)
    more, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    extra, year = divmod(more - 1, 400)
    length = monthrange(year + 1, month + 1)[1]
    found = date(year + 1, month + 1, min(start.day, length)).toordinal() - _FIRST_ORDINAL
    found += (cycles + extra) * CYCLE_DAYS
    return found, found + (start.day > length)
