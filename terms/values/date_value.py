"""A day or an instant of the calendar, or a stretch of them: `by 2025-05-12`, `from 2025-05-12`, `2025-06`.

Days are compared with days and instants with instants. Which instant a day means depends on whose
day it is, and that is not guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from msgspec import Struct

from terms.ground.dates import Edtf, read_date
from terms.ground.errors import BadDate
from terms.ground.patterns import late
from terms.ground.words import Words
from terms.values.amounts import Amount
from terms.values.declaration import Declaration
from terms.values.grammar import parse
from terms.values.lapses import seconds_as_amount
from terms.values.measured import Edge, fixed
from terms.values.reading import AmountLeaves, End, read_parts
from terms.values.spans import Spans, whole
from terms.values.unreadable import Misread
from terms.values.value import Parts

_FIRST_DAY = date(1970, 1, 1)
_FIRST_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDS = 1_000_000
_HEAD = late(
    r"(by|until|not after|no later than|not later than|before|earlier than|from|since|not before"
    r"|no earlier than|after|later than|on|in|at) (?:(about) )?(.+)",
    re.IGNORECASE,
)
_BOUNDS = {
    "by": "at most", "until": "at most", "not after": "at most", "no later than": "at most",
    "not later than": "at most", "before": "less than", "earlier than": "less than", "from": "at least",
    "since": "at least", "not before": "at least", "no earlier than": "at least", "after": "more than",
    "later than": "more than",
}  # fmt: skip


class DayScale(Struct, frozen=True):
    """Days, counted from 1970."""

    @property
    def kind(self) -> str:
        """Days are compared with days."""
        return "day"

    def tidy(self, spans: Spans) -> Spans:
        """Before a day is until the day before it."""
        return whole(spans)

    def show(self, at: Fraction) -> str:
        """YYYY-MM-DD."""
        return (_FIRST_DAY + timedelta(days=int(at))).isoformat()

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """A day, an interval, `by` or `from`."""
        return _dates_in_words(low, high, about)

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """Days."""
        return int(width), "days"


class InstantScale(Struct, frozen=True):
    """Microseconds since 1970 in UTC."""

    @property
    def kind(self) -> str:
        """Instants are compared with instants."""
        return "instant"

    def tidy(self, spans: Spans) -> Spans:
        """Every instant exists: before 07:00 is not by 06:59."""
        return spans

    def show(self, at: Fraction) -> str:
        """In UTC: one instant written in two zones is one instant."""
        moment = _FIRST_INSTANT + timedelta(microseconds=int(at))
        pattern = "%H:%M" if not moment.second else "%H:%M:%S"
        return f"{moment.date().isoformat()}T{moment.strftime(pattern)}Z"

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """As for days."""
        return _dates_in_words(low, high, about)

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """Days, hours, minutes or seconds, the largest that is a whole number."""
        return seconds_as_amount(width / _MICROSECONDS)


class DateLeaves(AmountLeaves, frozen=True):
    """Amounts whose bounds are the words of the calendar: by, until, from, before, after."""

    def plain(self, words: str) -> Parts:
        """A date in EDTF, with or without a word before it."""
        start, slash, finish = words.partition("/")
        if slash and start in ("", ".."):
            return self.bound("at most", finish, False)
        if slash and finish in ("", ".."):
            return self.bound("at least", start, False)
        match = _HEAD.fullmatch(words)
        if match is None or (match[1].lower() == "from" and " to " in match[3]):
            return super().plain(words)
        which = _BOUNDS.get(match[1].lower())
        if which is not None:
            return self.bound(which, match[3], match[2] is not None)
        return self.about(match[3], None) if match[2] else super().plain(match[3])


class DateType:
    """Calendar dates."""

    name = "date"
    sample = Declaration("date")

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "2025-05-12", "2025-05", "2025", "2025-05-12~", "2025-06?", "about 2025-05-12", "by 2025-05-12",
            "by about 2025-05-12", "until 2025-06", "before 2025-05-12", "from 2025-05-12",
            "after 2025-05-12", "not before 2025-05-12", "on 2025-05-12", "2025-05-12/2025-05-20",
            "2025-05-12/..", "../2025-05-12", "2025-05-12 to 2025-05-20", "about 2025-05-12/2025-05-20",
            "within [2025-05-01, 2025-05-10]", "any of [2025-05-12, 2025-06-12]", "at most 2025-05-12",
            "2025-05-12T07:00+02:00", "2025-05-12T07:00:30Z", "by 2025-05-12T07:00Z",
            "before 2025-05-12T07:00Z", "after 2025-05-12T07:00Z", "all of [2025-05-12, not stated]",
            "same as vote.held", "not stated", "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """The notation."""
        return (
            "this term is a date: write '2025-05-12', 'by 2025-05-12', '2025-05' or '2025-05-12T07:00+02:00'"
        )

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """Dates without a zone count as UTC."""
        return read_parts(parse(words), _LEAVES)


def _end(words: str) -> End:
    try:
        edtf = read_date(words)
    except BadDate as bad:
        raise Misread(*((f"did you mean '{bad.suggestion}'?",) if bad.suggestion else ()), str(bad)) from None
    return _covered(edtf, words)


def _covered(edtf: Edtf, words: str) -> End:
    if edtf.first_day is None or edtf.last_day is None or edtf.earliest is None or edtf.latest is None:
        raise Misread("only closed dates in the years 1 to 9999 can be compared")
    scale: DayScale | InstantScale = DayScale()
    low, high = (Fraction((day - _FIRST_DAY).days) for day in (edtf.first_day, edtf.last_day))
    if "T" in words:
        scale = InstantScale()
        low, high = Fraction(edtf.low or 0), Fraction(edtf.high or 0)
    about = edtf.approximate or edtf.uncertain
    return End(scale, fixed(low), fixed(high), scale.show(low), scale.show(high), about)


def _dates_in_words(low: Edge | None, high: Edge | None, about: bool) -> str:
    qualifier = "about " if about else ""
    if low is not None and high is not None:
        if low == high:
            return f"{qualifier}{low.words}"
        if low.inside and high.inside:
            return f"{qualifier}{_stretch(low.words, high.words)}"
        return f"all of [{_dates_in_words(None, high, about)}, {_dates_in_words(low, None, about)}]"
    if low is not None:
        return f"{'from' if low.inside else 'after'} {qualifier}{low.words}"
    if high is not None:
        return f"{'by' if high.inside else 'before'} {qualifier}{high.words}"
    return "no limit"


def _stretch(first: str, last: str) -> str:
    """`2025-10` for all its days, `2025` for all of its, else `first/last`."""
    if (first[4:], last[4:]) == ("-01-01", "-12-31") and first[:4] == last[:4]:
        return first[:4]
    if first[:8] == last[:8] and len(first) == len(last) == len("2025-10-01") and first.endswith("-01"):
        year, month = int(first[:4]), int(first[5:7])
        if int(last[8:]) == monthrange(year, month)[1]:
            return first[:7]
    return f"{first}/{last}"


_LEAVES = DateLeaves(_end)
DATE = DateType()
