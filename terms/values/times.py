"""When something is to begin, end or be done: an instant, or a time counted from a happening.

`from`, `until`, `due`, `effective` and `expires` all take the same few spellings: a date (with a clock
and zone where the source gives them), `24 hours after accord.signed`, `day 10 of accord.signed`,
`within 5 days after pullback.done`, the earliest or latest of several, or a happening alone. Nothing
is turned into a date here: what a time comes to once its happenings have occurred is `reckoning.py`.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct

from terms.ground.dates import Edtf, read_date
from terms.ground.errors import BadDate
from terms.ground.patterns import late
from terms.ground.words import FrozenWords, Words
from terms.values.misworded import BAD_TIME, Misworded

Unit = Literal["minute", "hour", "day", "week", "month", "year"]
Side = Literal["after", "before"]

UNITS: tuple[Unit, ...] = ("minute", "hour", "day", "week", "month", "year")
UNSTATED = ("not stated", "unpublished", "no limit")

_NAME = r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*"
"""What `terms.ground.ids` takes for a name, in a form that stands in many patterns and costs a third there."""
TARGET = rf"{_NAME}(?:/{_NAME})?"
HAPPENING = rf"{TARGET}(?: +(?:accepts?|certif(?:y|ies)) +{TARGET})?"
"""A name, or what is derived for free: `south accepts accord`, `monitors certify south.withdrawn`."""


class Length(Struct, frozen=True):
    """`low` to `high` of a unit, both included: `2 to 3 days`. Equal for a plain `30 days`."""

    low: int
    high: int
    unit: Unit


class Instant(Struct, frozen=True):
    """A date or an instant, as vague as its source left it."""

    date: Edtf


class Happens(Struct, frozen=True):
    """The moment of a happening."""

    name: str


Anchor: TypeAlias = Instant | Happens


class Offset(Struct, frozen=True):
    """`24 hours after accord.signed`. Hours are hours; days and longer count calendar days."""

    length: Length
    side: Side
    anchor: Anchor


class DayOf(Struct, frozen=True):
    """`day 10 of accord.signed`; the happening's own day is day 1."""

    day: int
    anchor: Anchor


class Within(Struct, frozen=True):
    """`within 5 days after H`: from the happening to that long after it (or from that long before, to it)."""

    length: Length
    side: Side
    anchor: Anchor


class EarliestOf(Struct, frozen=True):
    """Whichever comes first."""

    times: tuple["Time", ...]


class LatestOf(Struct, frozen=True):
    """Whichever comes last."""

    times: tuple["Time", ...]


class Unstated(Struct, frozen=True):
    """A limit is meant and no time given: `not stated`, `unpublished`; or none at all: `no limit`."""

    words: str


Time: TypeAlias = Instant | Happens | Offset | DayOf | Within | EarliestOf | LatestOf | Unstated

_LENGTH = (
    r"\+?(?P<low>\d{1,6})(?: *(?:-|to) *(?P<high>\d{1,6}))?[ -](?P<unit>minute|hour|day|week|month|year)s?"
)
_ONE_LENGTH = late(_LENGTH, re.ASCII)
_HAPPENING = late(HAPPENING)
_OFFSET = late(rf"(?P<within>within +)?{_LENGTH} +(?P<side>after|before|of) +(?P<anchor>.+)", re.ASCII)
_DAY = late(r"day (?P<day>\d{1,6}) of +(?P<anchor>.+)", re.ASCII)
_CHOICE = late(r"(?P<which>earliest|latest)[ -]of \[(?P<times>[^][]*)\]")
_CHOICES: dict[str, Callable[[tuple[Time, ...]], Time]] = {"earliest-of": EarliestOf, "latest-of": LatestOf}

WAYS = (
    "write a date such as 2031-03-01 or 2031-03-01T07:00+02:00, a happening such as truce.begins, "
    "'24 hours after accord.signed', 'day 10 of accord.signed' or {earliest-of: [..., ...]}"
)


@lru_cache(maxsize=16_384)
def read_time(words: Words) -> Time:
    """The time that `words` spell.

    Raises:
        Misworded: they spell none. The help names the ways to write one.
    """
    if isinstance(words, str):
        return _from_text(" ".join(words.split()), words)
    if isinstance(words, FrozenWords) and len(words) == 1:
        [(key, members)] = words.items()
        if key in _CHOICES and isinstance(members, tuple) and members:
            return _CHOICES[key](tuple(read_time(one) for one in members))
    raise Misworded(BAD_TIME, f"{_spelled(words)} is not a time", WAYS)


@lru_cache(maxsize=4_096)
def read_length(words: Words) -> Length | Unstated:
    """The length of time that `words` spell: `30 days`, `2 to 3 days`, `+5 days`, `not stated`.

    Raises:
        Misworded: they spell none; what lasts until something happens is written `until:`.
    """
    text = " ".join(words.split()) if isinstance(words, str) else ""
    if text in UNSTATED:
        return Unstated(text)
    if length := length_from(text):
        return length
    way = "write a number and a unit, such as '35 days'; for an end that is a happening use until:"
    raise Misworded(BAD_TIME, f"{_spelled(words)} is not a length of time", way)


def length_from(text: str) -> Length | None:
    """The length that `text` spells; None when it does not look like one.

    Raises:
        Unreadable: it looks like one and ends before it begins (`3 to 2 days`).
    """
    match = _ONE_LENGTH.fullmatch(text)
    return None if match is None else _length(match, text)


@lru_cache(maxsize=16_384)
def read_happening(text: str) -> str | None:
    """The name of a happening in its one spelling; None when `text` is not one.

    What is derived for free comes out as `south accepts accord` and `monitors certifies south.withdrawn`.
    """
    spelled = " ".join(text.split())
    if not _HAPPENING.fullmatch(spelled):
        return None
    party, *said = spelled.split()
    return (
        f"{party} {'accepts' if said[0].startswith('accept') else 'certifies'} {said[1]}" if said else party
    )


def show_time(time: Time) -> Words:
    """The words of a time, as a file spells them; reading them gives an equal time."""
    if isinstance(time, EarliestOf | LatestOf):
        key = "earliest-of" if isinstance(time, EarliestOf) else "latest-of"
        return FrozenWords({key: tuple(show_time(one) for one in time.times)})
    return say_time(time)


def say_time(time: Time) -> str:
    """A time on one line, for people."""
    match time:
        case Instant(date):
            return date.text
        case Happens(name):
            return name
        case Offset(length, side, anchor):
            return f"{say_length(length)} {side} {say_time(anchor)}"
        case DayOf(day, anchor):
            return f"day {day} of {say_time(anchor)}"
        case Within(length, side, anchor):
            return f"within {say_length(length)} {side} {say_time(anchor)}"
        case EarliestOf(times):
            return f"earliest of [{', '.join(map(say_time, times))}]"
        case LatestOf(times):
            return f"latest of [{', '.join(map(say_time, times))}]"
        case Unstated(words):
            return words
    assert_never(time)


def say_length(length: Length) -> str:
    """`1 day`, `30 days`, `2 to 3 days`."""
    amount = f"{length.low}" if length.low == length.high else f"{length.low} to {length.high}"
    return f"{amount} {length.unit}" if length.low == length.high == 1 else f"{amount} {length.unit}s"


def happenings_in(time: Time) -> tuple[str, ...]:
    """The happenings that a time is counted from, each once, sorted."""
    match time:
        case Happens(name):
            return (name,)
        case Offset(anchor=Happens(name)) | DayOf(anchor=Happens(name)) | Within(anchor=Happens(name)):
            return (name,)
        case EarliestOf(times) | LatestOf(times):
            return tuple(sorted({name for one in times for name in happenings_in(one)}))
        case _:
            return ()


def _from_text(text: str, written: str) -> Time:
    if text in UNSTATED:
        return Unstated(text)
    if match := _OFFSET.fullmatch(text):
        kind = Within if match["within"] else Offset
        side: Side = "before" if match["side"] == "before" else "after"
        return kind(_length(match, written), side, _anchor(match["anchor"], written))
    if match := _DAY.fullmatch(text):
        return _day_of(int(match["day"]), match["anchor"], written)
    if match := _CHOICE.fullmatch(text):
        members = [one.strip() for one in match["times"].split(",")]
        return _CHOICES[f"{match['which']}-of"](tuple(_from_text(one, written) for one in members))
    if _ONE_LENGTH.fullmatch(text.removeprefix("within ")):
        raise Misworded(
            BAD_TIME, f"'{written}' does not say after what", f"write '{text} after accord.signed'"
        )
    return _anchor(text, written)


def _day_of(day: int, anchor: str, written: str) -> DayOf:
    if day == 0:
        raise Misworded(BAD_TIME, f"'{written}': there is no day 0", "the happening's own day is day 1")
    return DayOf(day, _anchor(anchor, written))


def _length(match: re.Match[str], written: str) -> Length:
    low = int(match["low"])
    high = int(match["high"] or low)
    if high < low:
        raise Misworded(BAD_TIME, f"'{written}' ends before it begins", f"write {high} to {low}")
    unit = next(unit for unit in UNITS if unit == match["unit"])
    return Length(low, high, unit)


def _anchor(text: str, written: str) -> Anchor:
    if name := read_happening(text):
        return Happens(name)
    try:
        return Instant(read_date(text))
    except BadDate as fault:
        hint = f"did you mean {fault.suggestion!r}?" if fault.suggestion else WAYS
        raise Misworded(BAD_TIME, f"'{written}' is not a time", hint) from fault


def _spelled(words: Words) -> str:
    """The words in an error message: text in quotes, anything longer by its kind."""
    if isinstance(words, str):
        return f"'{words}'"
    return "a map of these keys" if isinstance(words, FrozenWords) else "a list"
