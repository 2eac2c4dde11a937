"""Ordering statements, deadlines and what has happened, as differences of time between happenings.

A date is a happening like any other, at a known distance from the start of the calendar. What has happened
lies within the days its record gives. Ticks are days, or hours where the record declares so.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter

from msgspec import Struct

from terms.analyses.engine.formula import TRUE, All, Either, Formula, Lag, every
from terms.core.entries import OrderEntry
from terms.core.situation import Situation
from terms.ground.dates import Edtf, read_date
from terms.ground.errors import BadDate
from terms.ground.words import Words
from terms.values import alternatives, read_order
from terms.values.orders import Edge, Order, Tick, lags

CALENDAR = "the calendar"
"""The happening from which dates count."""


class Past(dict[str, bool]):
    """Happening -> whether it has occurred by a moment, each looked up when it is first asked for.

    Of the plain names that order statements use, those that no event tells of are known from the start.
    """

    def __init__(self, at: Situation) -> None:
        self._at = at
        named: set[str] = set()
        named.update(*[one.read.names for one in ordering(at)])
        named.difference_update(at.talks.happenings, at.history.names)
        super().__init__(dict.fromkeys(filter(str.isidentifier, named), False))

    def __missing__(self, name: str) -> bool:
        found = self[name] = occurred(self._at, name) is not None
        return found


@lru_cache(maxsize=8)
def past(at: Situation) -> Past:
    """What has occurred by this moment, shared by all questions about it."""
    return Past(at)


class Ordered(Struct, frozen=True, gc=False):
    """An ordering statement in force, by its name, and what its words come to."""

    name: str
    entry: OrderEntry
    read: "Understood"


@lru_cache(maxsize=8)
def ordering(at: Situation) -> tuple[Ordered, ...]:
    """The ordering statements in force at this moment, by name, shared by all questions about it."""
    tick = tick_of(at)
    stated = sorted(at.talks.orders.items(), key=itemgetter(0))
    return tuple([Ordered(name, entry, understood(entry.words, tick)) for name, entry in stated])


def tick_of(at: Situation) -> Tick:
    """What the record counts time in."""
    return "hour" if at.header.tick == "hour" else "day"


class TimeFacts:
    """Turns ordering statements into formulas and remembers which happenings and dates they name."""

    def __init__(self, at: Situation) -> None:
        self.at = at
        self.tick = tick_of(at)
        self.past = past(at)
        self.named: set[str] = set()
        """Every happening and date that the statements read so far name."""

    def formula(self, words: Words) -> Formula:
        """What a statement asks of the times of its happenings."""
        found = understood(words, self.tick)
        self.named.update(found.names)
        return found.formula

    def facts(self) -> Iterator[tuple[str, str, tuple[str, ...], Formula]]:
        """(name, words, events, formula) for every date named and every happening named that has occurred."""
        for name in sorted(self.named):
            date = as_date(name)
            if date is not None:
                yield name, f"the date {name}", (), self._dated(name, date)
            elif self.past[name] and (moment := occurred(self.at, name)) is not None:
                told = self.at.talks.happenings.get(name)
                events = (told.event,) if told is not None else (name,) * recorded(self.at, name)
                yield name, f"{name} happened {moment}", events, self._dated(name, moment)

    def _dated(self, name: str, date: Edtf) -> Formula:
        per_day = 24 if self.tick == "hour" else 1
        first, last = date.first_day, date.last_day
        found = []
        if first is not None:
            found.append(Lag(CALENDAR, name, first.toordinal() * per_day))
        if last is not None:
            found.append(Lag(name, CALENDAR, -(last.toordinal() * per_day + per_day - 1)))
        return All(tuple(found))


class Understood(Struct, frozen=True):
    """An ordering statement read: its sides of which one must hold, its formula, whom it names and who waits."""

    order: Order
    sides: tuple[tuple[Edge, ...], ...]
    formula: Formula
    names: Mapping[str, None]
    waiting: tuple[str, ...]


@lru_cache(maxsize=16_384)
def understood(words: Words, tick: Tick = "day") -> Understood:
    """What the words of a statement come to, each worked out once."""
    order = read_order(words)
    names = dict.fromkeys(happenings_of_order(order))
    return Understood(order, alternatives(order), order_formula(order, tick), names, dependent(order))


def order_formula(order: Order, tick: Tick = "day") -> Formula:
    """The differences of one statement; of an either/or, those of any one of its sides."""
    if order.relation in ("not-during", "after-any"):
        return Either(
            tuple(every(Lag(x, y, int(strict)) for x, y, strict in side) for side in alternatives(order))
        )
    found: list[Lag] = []
    for x, y, low, high in lags(order, tick=tick):
        found.append(Lag(x, y, low))
        if high is not None:
            found.append(Lag(y, x, -high))
    return every(found) if found else TRUE


def happenings_of_order(order: Order) -> tuple[str, ...]:
    """Every happening and date that the differences of a statement name, sorted."""
    sides = alternatives(order) if order.length is None else (((order.right, order.left, False),),)
    return tuple(sorted({name for side in sides for x, y, _ in side for name in (x, y)}))


def dependent(order: Order) -> tuple[str, ...]:
    """The happenings that have to wait by a statement: once they occurred, it asks for nothing more."""
    match order.relation:
        case "before" | "not-after":
            return (order.right,)
        case "together":
            return (order.left, order.right)
        case _:
            return (order.left,)


def occurred(at: Situation, name: str) -> Edtf | None:
    """When a happening occurred, by this moment; a plain name that no event tells of has not, without a look."""
    plain = "." not in name and " " not in name
    if plain and name not in at.talks.happenings and name not in at.history.names:
        return None
    return at.occurred(name)


def recorded(at: Situation, name: str) -> bool:
    """Whether a name is the id of an event of the history."""
    return name in at.history.names


def as_date(name: str) -> Edtf | None:
    """The date that stands in the place of a happening; None: it is a happening."""
    if not name[:1].isdigit():
        return None
    try:
        return read_date(name)
    except BadDate:
        return None
