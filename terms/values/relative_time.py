"""A time counted from something that happens: `within 100 days after martial-law.lifted`.

The anchor's own day is day 1, so day 10 of it is nine days after it. "No later than 100 days after X"
does not mean before X: it is 0 to 100 days. Times with different anchors are compared by the analysis
of all deadlines together, not here.
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
from terms.values.grammar import BOUNDS, Phrase, parse
from terms.values.lapses import SECONDS, read_lapse, seconds_as_amount, seconds_in_words
from terms.values.measured import Edge, Measured, Readings, between, fixed, range_in_words
from terms.values.reading import all_of, any_of, read_parts
from terms.values.spans import Spans
from terms.values.unreadable import Misread
from terms.values.value import Parts

ANCHOR = r"[A-Za-z0-9][\w./-]*"
_COUNTED = late(rf"(.+) (after|before) ({ANCHOR})", re.IGNORECASE)
_DAY_OF = late(rf"(?:(.+) )?day (\d{{1,9}}) of ({ANCHOR})", re.IGNORECASE)
_AT = late(
    rf"(?:(at|on|by|from|after|before|not before|not after|no later than|earlier than|later than) )?"
    rf"(?:(about) )?({ANCHOR})",
    re.IGNORECASE,
)
_HEAD = late(
    rf"(?:(within|by|from|earlier than|later than|no later than|not later than|{'|'.join(BOUNDS)}) )?"
    r"(?:(about|roughly|approximately) )?(.+)",
    re.IGNORECASE,
)
_RANGE = late(r"(?:between )?(.+?)(?: to | and |[-–])(.+)", re.IGNORECASE)
_ZERO = fixed(Fraction(0))
_DAY = SECONDS["days"]


class AnchorScale(Struct, frozen=True):
    """Seconds after `anchor`; below zero, before it."""

    anchor: str

    @property
    def kind(self) -> str:
        """Only times after one and the same anchor can be compared."""
        return f"after {self.anchor}"

    def tidy(self, spans: Spans) -> Spans:
        """Every time exists."""
        return spans

    def show(self, at: Fraction) -> str:
        """The place of one time, `3 days before accord.signed`."""
        return _place(at, seconds_in_words(abs(at)), self.anchor)

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """`within` where the stance begins or ends at the anchor, else a place, a range, `by` or `from`."""
        if low is not None and high is not None and low.inside and high.inside:
            return self._range(low, high, about)
        said = []
        if low is not None:
            said.append(f"{'from' if low.inside else 'later than'} {_qualified(low.words, about)}")
        if high is not None:
            said.append(f"{'by' if high.inside else 'earlier than'} {_qualified(high.words, about)}")
        return said[0] if len(said) == 1 else f"all of [{', '.join(sorted(said))}]"

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """Days, hours, minutes or seconds, the largest that is a whole number."""
        return seconds_as_amount(width)

    def _range(self, low: Edge, high: Edge, about: bool) -> str:
        qualifier = "about " if about else ""
        if low == high:
            return f"{'at ' if low.at == _ZERO else ''}{_qualified(low.words, about)}"
        if low.at == _ZERO:
            return f"within {_qualified(high.words, about)}"
        if high.at == _ZERO:
            return f"within {_qualified(low.words, about)}"
        near, far = (low, high) if low.at[0] > 0 else (high, low)
        if (low.at[0] > 0) == (high.at[0] > 0):
            return f"{qualifier}{range_in_words(_length(near), _length(far))} {_side(far)} {self.anchor}"
        return f"all of [by {_qualified(high.words, about)}, from {_qualified(low.words, about)}]"


class RelativeLeaves(Struct, frozen=True):
    """Reads times around an anchor."""

    unit: str

    def plain(self, words: str) -> Parts:
        """All forms but the lists: the words before and after an anchor are not the common ones."""
        if match := _DAY_OF.fullmatch(words):
            return self._day_of(match[1] or "", int(match[2]), match[3])
        if match := _AT.fullmatch(words):
            edge = _edge(match[3], _ZERO, "")
            return _around(AnchorScale(match[3]), (match[1] or "at").lower(), edge, match[2] is not None)
        if match := _COUNTED.fullmatch(words):
            return self._counted(match[1], match[2].lower(), match[3])
        raise Misread("name what the time is counted from: '3 days after accord.signed'")

    def about(self, words: str, tolerance: str | None) -> Parts:
        """About so long after an anchor."""
        if tolerance is not None:
            raise Misread("write the range: '28 to 32 days after accord.signed'")
        return self.plain(f"about {words}")

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """At most and at least so long after, or before, an anchor."""
        return self.plain(f"{which} {'about ' if about else ''}{words}")

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """Alternatives and conjunctions."""
        if how == "any of":
            return any_of(phrases, self)
        if how == "all of":
            return all_of(phrases, self)
        raise Misread("a list needs a word before it: any of [a, b], all of [a, b]")

    def _day_of(self, head: str, day: int, anchor: str) -> Parts:
        if day == 0:
            raise Misread("days are counted from 1: the day of the happening itself")
        at = Fraction((day - 1) * _DAY)
        edge = _edge(anchor, fixed(at), seconds_in_words(at))
        return _around(AnchorScale(anchor), head.lower() or "at", edge, False)

    def _counted(self, words: str, side: str, anchor: str) -> Parts:
        match = _HEAD.fullmatch(words)
        head, about, length = match.groups() if match else (None, None, words)
        word = (head or "").lower()
        scale = AnchorScale(anchor)
        if word == "" and (ends := _RANGE.fullmatch(length)):
            return self._between(scale, ends[1], ends[2], side, bool(about))
        lapse = read_lapse(length, self.unit)
        far = _edge(anchor, _signed(lapse.seconds, side), lapse.words)
        near = _edge(anchor, _ZERO, "")
        kind = BOUNDS.get(word, word)
        if kind in ("by", "from", "earlier than", "later than", ""):
            return _around(scale, kind or "at", far, bool(about))
        if kind == "at least" or kind == "more than":
            return _open_ended(scale, far, side, kind == "at least", bool(about))
        return _from_anchor(scale, near, far, kind != "less than", bool(about))

    def _between(self, scale: AnchorScale, first: str, second: str, side: str, about: bool) -> Parts:
        length = read_lapse(second, self.unit)
        unit = second.rpartition(" ")[2] if first.replace(".", "").isdigit() else ""
        start = read_lapse(f"{first} {unit}".strip(), self.unit)
        edges = [_edge(scale.anchor, _signed(lapse.seconds, side), lapse.words) for lapse in (start, length)]
        low, high = edges if side == "after" else reversed(edges)
        return _part(between(scale, low, high, about=about))


class RelativeTimeType:
    """Times counted from a happening."""

    name = "relative-time"
    sample = Declaration("relative-time")

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "within 100 days after martial-law.lifted", "no later than 100 days after martial-law.lifted",
            "at most 30 days before vote.held", "at least 30 days after accord.signed",
            "more than 30 days before accord.signed", "less than 30 days after accord.signed",
            "100 days after martial-law.lifted", "3 days before vote.held", "day 10 of accord.signed",
            "by day 10 of accord.signed", "2 to 3 days after accord.signed",
            "2-3 days before accord.signed", "48 hours after accord.signed",
            "within 3 months after accord.signed", "3 months after accord.signed",
            "2 to 3 months before accord.signed", "at accord.signed", "accord.signed", "by accord.signed",
            "before accord.signed", "after accord.signed", "not before accord.signed",
            "not after accord.signed", "by 5 days after accord.signed", "from 5 days before accord.signed",
            "earlier than 5 days after accord.signed", "later than 5 days before accord.signed",
            "about 30 days after accord.signed", "within about 30 days after accord.signed",
            "by about 30 days after accord.signed",
            "all of [from 2 days before vote, by 3 days after vote]",
            "all of [from about 2 days before vote, by 3 days after vote]",
            "any of [3 days after accord.signed, 5 days after accord.signed]",
            "any of [3 days after accord.signed, 5 days after vote.held]",
            "all of [at most 3 months after accord.signed, at most 2 days after vote.held]",
            "same as vote.due", "not stated", "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """A length and an anchor."""
        return "this term is a time counted from a happening: write 'within 100 days after accord.signed'"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """A bare number counts in the declared unit, else in days."""
        return read_parts(parse(words), RelativeLeaves(declaration.unit or "days"))


def _around(scale: AnchorScale, word: str, edge: Edge, about: bool) -> Parts:
    strict = Edge(edge.at, edge.words, inside=False)
    match word:
        case "at" | "on":
            return _part(between(scale, edge, edge, about=about))
        case "by" | "not after" | "no later than":
            return _part(between(scale, None, edge, about=about))
        case "from" | "not before":
            return _part(between(scale, edge, None, about=about))
        case "before" | "earlier than":
            return _part(between(scale, None, strict, about=about))
        case "after" | "later than":
            return _part(between(scale, strict, None, about=about))
    raise Misread(f"'{word}' does not go with a day: write 'by day 10 of accord.signed'")


def _open_ended(scale: AnchorScale, far: Edge, side: str, inside: bool, about: bool) -> Parts:
    edge = Edge(far.at, far.words, inside)
    low, high = (edge, None) if side == "after" else (None, edge)
    return _part(between(scale, low, high, about=about))


def _from_anchor(scale: AnchorScale, near: Edge, far: Edge, inside: bool, about: bool) -> Parts:
    edge = Edge(far.at, far.words, inside)
    low, high = (near, edge) if far.at[0] >= 0 else (edge, near)
    return _part(between(scale, low, high, about=about))


def _edge(anchor: str, at: Readings, length: str) -> Edge:
    return Edge(at, _place(at[0], length, anchor))


def _signed(seconds: Readings, side: str) -> Readings:
    return seconds if side == "after" else tuple(-at for at in seconds)


def _place(at: Fraction, length: str, anchor: str) -> str:
    if at == 0:
        return anchor
    return f"{length} {'after' if at > 0 else 'before'} {anchor}"


def _qualified(place: str, about: bool) -> str:
    return f"about {place}" if about else place


def _length(edge: Edge) -> str:
    return edge.words.rsplit(" ", 2)[0]


def _side(edge: Edge) -> str:
    return edge.words.rsplit(" ", 2)[1]


def _part(stance: Measured | None) -> Parts:
    if stance is None:
        raise Misread("the range runs backwards: write the shorter length first")
    return (stance,)


RELATIVE_TIME = RelativeTimeType()
