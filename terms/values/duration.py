"""How long something lasts: a length, or until something happens, or without an end.

Half of real ceasefires give no number. "Until the captives are released" is a duration all the same:
its words are kept, its form says what it is, and comparing it is left to whoever reads it. A phrase
that is neither a length nor bounded by an event is refused, so that a slip of the pen never becomes
a silent text; a season or a feast is bounded by itself and is written with capitals ("Coffee Harvest").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from terms.ground.patterns import late
from terms.ground.words import Words
from terms.values.declaration import Declaration
from terms.values.grammar import Phrase, parse
from terms.values.lapses import LapseScale, is_unit, read_lapse
from terms.values.reading import AmountLeaves, End, conjunction, point, read_parts
from terms.values.unreadable import Misread
from terms.values.value import Opaque, Parts, joined

_INDEFINITE = late(
    r"(?:for an )?indefinite(?:ly| period)?|permanent(?:ly)?|without limit of time", re.IGNORECASE
)
_BOUNDED = late(
    r"(?:.*\b(?:until|till)\b|(?:for )?the duration of\b|(?:for )?as long as\b|so long as\b"
    r"|while\b|during\b|pending\b).+",
    re.IGNORECASE,
)
_SEASON = late(r"[A-Z][\w'-]*(?: (?:of|the|and|[A-Z][\w'-]*))*")
_NOUN = late(r"(.+?) (?:ceasefires?|truces?|pauses?|periods?)", re.IGNORECASE)


class DurationLeaves(Struct, frozen=True):
    """Tries the forms of a duration from the most exact to the least.

    `unit` is the declared one: a bare number counts in it, and lengths are shown in it. Without one a bare number is
    refused, since nobody can know what it counts, and a length is shown in the largest unit that makes it a whole
    number (`6 hours`). Only beside words, as public records have it (`60 or for the duration of the talks`), it
    counts in days (`bare`).
    """

    unit: str | None
    bare: str | None = None

    def plain(self, words: str) -> Parts:
        """A length, else alternatives, else what bounds it."""
        amount = self._amount(words)
        if amount is not None:
            return amount
        for split in (self._sentences, self._alternatives, self._additions):
            if (parts := split(words)) is not None:
                return parts
        if _INDEFINITE.fullmatch(words):
            return (Opaque("indefinite", "indefinite", True),)
        if _BOUNDED.fullmatch(words) or self._is_season(words):
            return (Opaque(words, "until-event", True),)
        return self._lengths(words).plain(_stripped(words))  # which says what is wrong with it

    def about(self, words: str, tolerance: str | None) -> Parts:
        """About a length."""
        return self._lengths(words).about(_stripped(words), tolerance)

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """A shortest or a longest length."""
        return self._lengths(words).bound(which, _stripped(words), about)

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """As for all amounts, with everything a duration may be inside `any of` and `all of`."""
        alternatives = {"any of": joined, "all of": _together}
        if how in alternatives:
            return alternatives[how]([read_parts(phrase, self) for phrase in phrases])
        return self._lengths("").listed(how, phrases)

    def _lengths(self, words: str) -> AmountLeaves:
        scale = LapseScale(self.unit, daily=_is_daily(words))

        def end(length: str) -> End:
            lapse = read_lapse(length, self.unit or self.bare, shown=self.unit)
            return point(scale, lapse.seconds, lapse.words)

        return AmountLeaves(end, hyphens=True)

    def _amount(self, words: str) -> Parts | None:
        bare = _NOUN.fullmatch(words)
        said = bare[1] if bare and any(letter.isdigit() for letter in bare[1]) else words
        inner = _stripped(said)
        try:
            if _is_daily(said) and inner != said:
                return self._daily(said, inner)
            return self._lengths(said).plain(inner)
        except Misread:
            return None

    def _daily(self, words: str, inner: str) -> Parts:
        return read_parts(parse(inner), self._lengths(words))

    def _sentences(self, words: str) -> Parts | None:
        head, full_stop, tail = words.rpartition(". ")
        amount = self._amount(tail) if full_stop else None
        return None if amount is None else conjunction([*self.plain(head), *amount])

    def _alternatives(self, words: str) -> Parts | None:
        first, either, second = words.partition(" or ")
        beside = replace(self, bare="days")
        amount = beside._amount(first.removeprefix("either ")) if either else None
        return None if amount is None else joined([amount, self.plain(second)])

    def _additions(self, words: str) -> Parts | None:
        first, also, second = words.partition(" and ")
        amount = self._amount(first) if also else None
        rest = self._amount(second) if amount is not None else None
        return None if amount is None or rest is None else conjunction([*amount, *rest])

    def _is_season(self, words: str) -> bool:
        return bool(_SEASON.fullmatch(words)) and not any(is_unit(word) for word in words.split())


class DurationType:
    """Lengths of time and what stands for them."""

    name = "duration"
    sample = Declaration("duration", unit="days")

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "30 days", "72 hours", "90 minutes", "3 months", "1 year", "2 weeks", "60", "1 day 12 hours",
            "2 to 3 days", "3-5 days", "between 3 and 5 days", "2 to 3 months", "at least 30 days",
            "at most 3 months", "more than 5 days", "less than 2 days", "about 30 days",
            "about 30 days give or take 2 days", "within [10 days, 20 days]", "any of [30 days, 60 days]",
            "any of [30 days, 3 months]", "all of [at least 2 months, at most 90 days]",
            "all of [more than 2 days, less than 3 days]", "daily 5 hours", "daily at least 5 hours",
            "daily about 5 hours", "indefinite", "until the captives are released",
            "60 days or for the duration of the peace talks", "any of [30 days, until talks.ends]",
            'any of [30 days, "until the north, the south and the league agree"]', "Coffee Harvest",
            "as long as the U.N. is in the harbour", "daily 5-hour ceasefires and 72 hour ceasefires",
            "Fixed until the captives are released. Between 3-5 days", "same as truce.length", "not stated",
            "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """Lengths first: they are what can be compared."""
        return "this term is a duration: write '30 days', '72 hours', 'until talks.ends' or 'indefinite'"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """A bare number counts in the declared unit; without one it is refused."""
        return read_parts(parse(words), DurationLeaves(declaration.unit))


def _is_daily(words: str) -> bool:
    return words.lower().startswith("daily ")


def _stripped(words: str) -> str:
    return words[len("daily ") :] if _is_daily(words) else words


def _together(alternatives: list[Parts]) -> Parts:
    return conjunction([part for parts in alternatives for part in parts])


DURATION = DurationType()
