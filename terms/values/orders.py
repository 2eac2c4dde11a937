"""What must come before what: ordering statements between happenings, and what they give to a graph.

A statement belongs to a party and an event; here it is only what the words say. "Before" is strict, by
at least one tick; "not after" is weak; "within N days after X" means from X to N days later. A happening
is named as everywhere (`talks.begins`, `martial-law.lifted`, `south accepts accord`), and a date may
stand in its place, which makes the statement a deadline. "a after b" and "a within 5 days before b" are
kept the other way round, so that one thing said in two ways is one statement.
"""

import re
from functools import lru_cache
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct

from terms.ground.dates import read_date
from terms.ground.errors import BadDate
from terms.ground.patterns import late
from terms.ground.words import FrozenWords, Words
from terms.values.misworded import BAD_ORDER, Misworded
from terms.values.reckoning import CLOCK_UNITS, DAY, days_in
from terms.values.times import (
    HAPPENING,
    DayOf,
    Happens,
    Instant,
    Length,
    Offset,
    Within,
    length_from,
    read_happening,
    read_time,
    say_length,
)

Relation: TypeAlias = Literal[
    "before",
    "not-after",
    "together",
    "within",
    "at-least",
    "exactly",
    "only-after",
    "not-during",
    "after-any",
]
Tick: TypeAlias = Literal["hour", "day"]
Edge: TypeAlias = tuple[str, str, bool]
"""(x, y, strict): x comes before y; weak edges allow the same moment."""
Lag: TypeAlias = tuple[str, str, int, int | None]
"""(x, y, low, high): y comes at least `low` and at most `high` ticks after x; None: no upper bound."""


class Order(Struct, frozen=True):
    """`left` stands in `relation` to `right`.

    `within`, `at-least` and `exactly` count `length` from `right` to `left`. `only-after` with a
    `certifier` means: only once the certifier has certified `right` (or, where `right` is "", `left`
    itself). `not-during` keeps `left` out of the span `right`. `after-any` lets `left` follow `right` or any
    one of `others`.
    """

    left: str
    relation: Relation
    right: str
    length: Length | None = None
    certifier: str = ""
    others: tuple[str, ...] = ()

    @property
    def low(self) -> int | None:
        """The fewest days from `right` to `left` that the statement allows; None: it counts no days."""
        if self.length is None:
            return None
        return 0 if self.relation == "within" else days_in(self.length)[0][0]

    @property
    def high(self) -> int | None:
        """The most days from `right` to `left` that the statement allows; None: no limit, or no days."""
        if self.length is None or self.relation == "at-least":
            return None
        return days_in(self.length)[1][1]


WAYS = (
    "write 'a before b', 'a not after b', 'a together with b', 'a within 5 days after b', "
    "'a at least 5 days after b', 'a after b or c', 'a only after b certified by X' or 'a not-during s'"
)
_DATE = r"[0-9Y-][0-9TXYZ:+.~?%/-]*"
_PLACE = rf"(?:{HAPPENING}|{_DATE})"
_LONG = r"[0-9]+(?: *(?:-|to) *[0-9]+)?[ -](?:minute|hour|day|week|month|year)s?"
_RELATION = (
    r"(?P<before>before)|(?P<after>after)|(?P<not_after>not[ -]after)|(?P<not_before>not[ -]before)"
    r"|(?P<together>together[ -]with|at the same time as)|(?P<not_during>not[ -]during)"
    rf"|(?P<only_after>only[ -]after)|(?:(?P<how>within|at least|at most|no later than) +)?(?P<long>{_LONG})"
    r" +(?P<side>after|before|of)"
)
_ORDER = late(rf"(?P<left>{_PLACE}) +(?:{_RELATION}) +(?P<right>{_PLACE})")
_CERTIFIED = late(
    rf"(?P<left>{HAPPENING}) +only[ -]after(?: +(?P<right>{HAPPENING}))?"
    rf" +certified by +(?P<certifier>{HAPPENING})"
)
_AFTER_ANY = late(rf"(?P<left>{_PLACE}) +(?:only[ -])?after +(?P<any>{_PLACE}(?: +or +{_PLACE})+)")
_DUE = late(rf"(?P<left>{HAPPENING}) +(?:by|due) +(?P<time>.+)")


@lru_cache(maxsize=16_384)
def read_order(words: Words) -> Order:
    """The ordering statement that `words` spell: text, or a map whose `is` is that text.

    Raises:
        Misworded: they spell none. The help names the ways to write one.
    """
    if isinstance(words, FrozenWords):
        words = words.get("is", "")
    if not isinstance(words, str):
        raise Misworded(BAD_ORDER, "a list is not one ordering statement", WAYS)
    text = " ".join(words.split())
    if match := _CERTIFIED.fullmatch(text):
        right = _place(match["right"]) if match["right"] else ""
        return Order(_place(match["left"]), "only-after", right, certifier=match["certifier"])
    if match := _ORDER.fullmatch(text):
        return _related(match)
    if match := _AFTER_ANY.fullmatch(text):
        first, *others = sorted({_place(one) for one in match["any"].split(" or ")})
        if others:
            return Order(_place(match["left"]), "after-any", first, others=tuple(others))
        return Order(first, "before", _place(match["left"]))
    if match := _DUE.fullmatch(text):
        return _due(_place(match["left"]), match["time"], words)
    raise _unreadable(words)


def show_order(order: Order) -> str:
    """The words of a statement, as a file spells them; reading them gives an equal statement."""
    left, right = order.left, order.right
    if order.relation == "only-after":
        return " ".join(f"{left} only after {right} certified by {order.certifier}".split())
    if order.relation == "after-any":
        return f"{left} after {' or '.join((right, *order.others))}"
    if order.length is None:
        words = {"not-after": "not after", "together": "together with"}.get(order.relation, order.relation)
        return f"{left} {words} {right}"
    how = {"within": "within ", "at-least": "at least "}.get(order.relation, "")
    return f"{left} {how}{say_length(order.length)} after {right}"


def edges(order: Order) -> tuple[Edge, ...]:
    """What the statement says about before and after, lengths aside.

    One of not-during or after-any gives none: it is an either/or, see `alternatives`. A certificate becomes a
    happening of its own, named `monitors certifies south.withdrawn`.
    """
    left, right = order.left, order.right
    match order.relation:
        case "before":
            return ((left, right, True),)
        case "not-after":
            return ((left, right, False),)
        case "together":
            return ((left, right, False), (right, left, False))
        case "within":
            return ((right, left, False),)
        case "at-least" | "exactly":
            return ((right, left, (order.low or 0) > 0),)
        case "only-after":
            certified = f"{order.certifier} certifies {right or left}"
            return (*(((right, certified, False),) if right else ()), (certified, left, True))
        case "not-during" | "after-any":
            return ()
    assert_never(order.relation)


def alternatives(order: Order) -> tuple[tuple[Edge, ...], ...]:
    """The sets of edges of which one must hold: several for not-during (before its span or after) and after-any."""
    if order.relation == "after-any":
        return tuple(((one, order.left, True),) for one in (order.right, *order.others))
    if order.relation != "not-during":
        return (edges(order),)
    return ((order.left, f"{order.right}.begins", True),), ((f"{order.right}.ends", order.left, True),)


def lags(order: Order, *, tick: Tick = "day") -> tuple[Lag, ...]:
    """What the statement gives a simple temporal network, in ticks.

    Months are taken as long as they can be above and as short as they can be below, and hours are
    rounded outwards to the tick, so that a network is called contradictory only when it is. `strict`
    of `edges` is a lag of one tick.
    """
    if order.length is None:
        return tuple((x, y, int(strict), None) for x, y, strict in edges(order))
    low, high = _ticks(order.length, tick)
    low = 0 if order.relation == "within" else low
    return ((order.right, order.left, low, None if order.relation == "at-least" else high),)


def happenings_in_order(order: Order) -> tuple[str, ...]:
    """The happenings a statement names, sorted; a date in the place of one is not among them."""
    names = {read_happening(name) for name in (order.left, order.right, *order.others)}
    return tuple(sorted(name for name in names if name is not None))


def _related(match: re.Match[str]) -> Order:
    left, right = _place(match["left"]), _place(match["right"])
    if length := length_from(match["long"] or ""):
        return _lagged(left, right, length, match["how"], match["side"])
    if match["before"]:
        return Order(left, "before", right)
    if match["after"] or match["only_after"]:
        return Order(right, "before", left)
    if match["not_after"]:
        return Order(left, "not-after", right)
    if match["not_before"]:
        return Order(right, "not-after", left)
    return Order(left, "together" if match["together"] else "not-during", right)


def _lagged(left: str, right: str, length: Length, how: str | None, side: str) -> Order:
    relation: Relation = "exactly"
    if how is not None:
        relation = "at-least" if how == "at least" else "within"
    return Order(right, relation, left, length) if side == "before" else Order(left, relation, right, length)


def _due(left: str, words: str, written: str) -> Order:
    """A deadline: not after a date or a happening, or within so long after one."""
    time = read_time(words)
    match time:
        case Instant(date):
            return Order(left, "not-after", date.text)
        case Happens(name):
            return Order(left, "not-after", name)
        case Offset(length, "after", Happens(name)) | Within(length, "after", Happens(name)):
            return Order(left, "within", name, Length(length.high, length.high, length.unit))
        case DayOf(day, Happens(name)):
            return Order(left, "within", name, Length(day - 1, day - 1, "day"))
        case _:
            raise _unreadable(written)


def _place(text: str) -> str:
    """A happening in its one spelling, or a date in its canonical one."""
    name = read_happening(text)
    if name is not None:
        return name
    try:
        return read_date(text).text
    except BadDate as fault:
        raise Misworded(BAD_ORDER, f"'{text}' is neither a happening nor a date", WAYS) from fault


def _ticks(length: Length, tick: Tick) -> tuple[int, int]:
    if tick == "day" or length.unit not in CLOCK_UNITS:
        (low, _), (_, high) = days_in(length)
        return (low, high) if tick == "day" else (low * 24, high * 24)
    hours = CLOCK_UNITS[length.unit] * 24
    return length.low * hours // DAY, -(-length.high * hours // DAY)


def _unreadable(written: str) -> Misworded:
    return Misworded(BAD_ORDER, f"'{written}' is not an ordering statement", WAYS)
