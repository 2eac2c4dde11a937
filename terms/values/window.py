"""A time of day, hours of the day, or so many hours a day: `12:30`, `08:00-12:00`, `daily 5 hours`.

With an offset the time is turned into UTC, so that one instant in two zones is one instant; without
one it is the local time of whoever speaks, and is compared only with other such times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from terms.ground.patterns import late
from terms.ground.words import Words
from terms.values.amounts import Amount
from terms.values.declaration import Declaration
from terms.values.duration import DurationLeaves
from terms.values.grammar import Phrase, Plain, parse
from terms.values.hours import MIDNIGHT, Hours, clock, hours_between
from terms.values.measured import Edge, fixed, plainly
from terms.values.reading import AmountLeaves, End, all_of, any_of, point, read_parts
from terms.values.spans import Spans, union, whole
from terms.values.unreadable import Misread
from terms.values.value import Parts

_ZONE = r"(?: ?(Z|UTC|[+-]\d\d:\d\d|[A-Za-z]+/[A-Za-z_]+))?"
_TIME = late(rf"(\d?\d):(\d\d){_ZONE}", re.ASCII)
_HOURS = late(rf"(?:daily )?(\d?\d:\d\d) ?[-–] ?(\d?\d:\d\d){_ZONE}", re.ASCII)
_OFFSET = late(r"([+-])(\d\d):(\d\d)", re.ASCII)


class ClockScale(Struct, frozen=True):
    """Minutes from midnight."""

    zone: str

    @property
    def kind(self) -> str:
        """Times of one zone."""
        return f"clock {self.zone}".strip()

    def tidy(self, spans: Spans) -> Spans:
        """The tick is a minute."""
        return whole(spans)

    def show(self, at: Fraction) -> str:
        """HH:MM and the zone."""
        return f"{clock(int(at))} {self.zone}".strip()

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """As most scales."""
        if low is None or high is None or low == high:
            return plainly(low, high, about)
        return f"{'about ' if about else ''}{low.words} to {high.words}"

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """Minutes, the day not being a circle: 23:30 and 00:30 are 1,380 apart."""
        return int(width), "minutes"


class WindowLeaves(Struct, frozen=True):
    """Hours are a set of minutes; a time of day is an amount on the clock."""

    def plain(self, words: str) -> Parts:
        """Hours, a time, or a length on every day."""
        hours = _hours(words)
        if hours is not None:
            return (hours,)
        if words.lower().startswith("daily "):
            return DurationLeaves("hours").plain(words)
        return _CLOCK.plain(words)

    def about(self, words: str, tolerance: str | None) -> Parts:
        """About a time of day."""
        return _CLOCK.about(words, tolerance)

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """A latest or an earliest time of day."""
        return _CLOCK.bound(which, words, about)

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """As for sets when the list holds hours."""
        hours = [_hours(phrase.words) for phrase in phrases if isinstance(phrase, Plain)]
        known = [one for one in hours if one is not None]
        if how != "any of" and len(known) == len(phrases):
            return _hours_listed(how, known)
        if how == "any of":
            return any_of(phrases, self)
        if how == "all of":
            return all_of(phrases, self)
        return _CLOCK.listed(how, phrases)


class WindowType:
    """Daily hours."""

    name = "window"
    sample = Declaration("window")

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "12:30", "8:00", "12:30 Z", "12:30+02:00", "12:30 Europe/Kyiv", "at most 12:30",
            "at least 08:00", "12:30 to 13:00", "about 12:30", "within [12:30, 13:00]", "08:00-12:00",
            "22:00-06:00", "00:00-24:00", "08:00-12:00 +02:00", "[08:00-12:00, 14:00-16:00]",
            "all of [08:00-12:00]", "within [06:00-18:00]",
            "all of [all of [08:00-12:00], within [06:00-18:00]]", "any of [08:00-12:00, 14:00-18:00]",
            "any of [12:30, 13:00]", "daily 5 hours", "daily at least 5 hours", "daily 08:00-12:00",
            "all of [daily 5 hours, within [06:00-18:00]]", "same as quiet.west", "not stated",
            "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """The three kinds."""
        return "this term is a window: write '12:30', '08:00-12:00' or 'daily 5 hours'"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """Zones are optional."""
        return read_parts(parse(words), WindowLeaves())


def _hours(words: str) -> Hours | None:
    match = _HOURS.fullmatch(words)
    if match is None:
        return None
    (start, zone), (end, _) = _minute(match[1], match[3]), _minute(match[2], match[3])
    if start == end:
        whole_day = _minute(match[1], None) != _minute(match[2], None)
        if not whole_day:
            raise Misread("a window lasts longer than nothing; a whole day is 00:00-24:00")
        start, end = 0, MIDNIGHT
    spans = hours_between(start, end)
    return Hours(spans, spans, zone)


def _minute(time: str, zone: str | None) -> tuple[int, str]:
    hour, _, minute = time.partition(":")
    at = int(hour) * 60 + int(minute)
    if at > MIDNIGHT or int(minute) > 59:
        raise Misread(f"'{time}' is no time of day")
    if zone is None:
        return at, ""
    offset = _OFFSET.fullmatch(zone)
    if offset is None:
        return at, "Z" if zone in ("Z", "UTC") else zone
    shift = (int(offset[2]) * 60 + int(offset[3])) * (1 if offset[1] == "+" else -1)
    return (at - shift) % MIDNIGHT, "Z"


def _time(words: str) -> End:
    match = _TIME.fullmatch(words)
    if match is None:
        raise Misread(f"'{words}' is no time of day")
    at, zone = _minute(f"{match[1]}:{match[2]}", match[3])
    scale = ClockScale(zone)
    return point(scale, fixed(Fraction(at)), scale.show(Fraction(at)))


def _hours_listed(how: str, hours: Sequence[Hours]) -> Parts:
    if len({one.kind for one in hours}) > 1:
        raise Misread("write all hours of a list in one zone")
    spans = union(span for one in hours for span in one.least)
    least = () if how == "within" else spans
    return (Hours(least, None if how == "all of" else spans, hours[0].zone),)


_CLOCK = AmountLeaves(_time)
WINDOW = WindowType()
