"""Finding one's way: filters, free text over everything an event says, places named by id, date or share."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from terms.core.event import Event
from terms.core.history import History
from terms.core.situation import latest
from terms.ground.dates import read_date
from terms.ground.errors import BadDate
from terms.ground.suggest import nearest
from terms.tui.desk import Filter
from terms.tui.matrix import holds
from terms.views.timeline import terms_of

ALSO = {"kind": "move", "on": "term", "by": "party"}
"""Other words for the fields of a filter."""


def read_filter(typed: str) -> Filter | str:
    """The filter that `party:north term:roads words` spells; a sentence when a name is none of a filter's."""
    named: dict[str, str] = {}
    words = []
    for word in typed.split():
        name, colon, value = word.partition(":")
        name = ALSO.get(name, name)
        if colon and name not in Filter.NAMES:
            return f"nothing is filtered by '{name}': there are {', '.join(Filter.NAMES)} and free words"
        if colon:
            named[name] = value
        else:
            words.append(word.lower())
    return Filter(**named, words=tuple(words))


@lru_cache(maxsize=8)
def passing(history: History, wanted: Filter) -> tuple[int, ...] | None:
    """The log places of the events that pass; None when no event is filtered out by name."""
    if not sifts(wanted):
        return None
    return tuple(place for place, event in enumerate(history.events) if passes(history, event, wanted))


def sifts(wanted: Filter) -> bool:
    """Whether a filter is about events at all, and not about rows alone."""
    return next(_tests(wanted), None) is not None


def passes(history: History, event: Event, wanted: Filter) -> bool:
    """Whether an event passes a filter."""
    return all(test(history, event) for test in _tests(wanted))


Test = Callable[[History, Event], bool]


def _tests(wanted: Filter) -> Iterator[Test]:
    """What an event must pass, the cheap tests first."""
    if wanted.move:
        yield lambda history, event: event.kind == wanted.move
    if wanted.tag:
        yield lambda history, event: any(tag.startswith(wanted.tag) for tag in event.tags)
    if wanted.source:
        yield lambda history, event: any(citation.id == wanted.source for citation in event.source)
    if wanted.date:
        yield lambda history, event: event.date.text.startswith(wanted.date)
    if wanted.round:
        yield lambda history, event: str(getattr(event, "round", "") or "") == wanted.round
    if wanted.party:
        yield lambda history, event: wanted.party in acting(event)
    if wanted.term:
        yield lambda history, event: any(term.startswith(wanted.term) for term in terms_of(history, event))
    if wanted.words:
        yield lambda history, event: says(history, event, wanted.words)


def acting(event: Event) -> tuple[str, ...]:
    """Who acts in an event, is addressed, passes it on, is present or is spoken for."""
    return (*event.by, *event.to, *event.via, *event.present, event.on_behalf_of or "")


@lru_cache(maxsize=200_000)
def searchable(history: History, event: str) -> str:
    """Everything an event says, in lower case, with the names of those who act and of its sources."""
    told = history.event(event)
    header = history.header
    parties = [header.party[name] for name in (*told.by, *told.to) if name in header.party]
    names = [word for party in parties for word in (party.name, *party.aliases)]
    titles = [header.source[one.id].title for one in told.source if one.id in header.source]
    person = header.person.get(told.speaker or "")
    spoken = (person.name, *person.aliases) if person is not None else ()
    return " ".join((str(told.words()), *names, *titles, *spoken)).lower()


def says(history: History, event: Event, words: tuple[str, ...]) -> bool:
    """Whether an event has all the words."""
    told = searchable(history, event.id)
    return all(word in told for word in words)


def place_of(history: History, typed: str) -> int | str:
    """The number of steps that `typed` names: an event's id, a number, `42%`, a date; a sentence when none.

    A date goes to the last event that had happened by its latest moment; what is dated later does not count,
    even where it stands earlier in the log.
    """
    typed = typed.strip()
    count = len(history)
    if holds(history, typed):
        return history.index(typed) + 1
    if typed.endswith("%") and typed[:-1].isdigit():
        return min(count, round(int(typed[:-1]) * count / 100))
    number = typed.removeprefix("#").replace(",", "")
    if number.isdigit() and int(number) <= count:
        return int(number)
    try:
        moment = read_date(typed).latest
    except BadDate:
        near = nearest(typed, [event.id for event in history.events])
        meant = f"; did you mean '{near}'?" if near else ""
        return f"'{typed}' is no event, number, share or date{meant}"
    if moment is None:
        return count
    return max(
        (place + 1 for place, event in enumerate(history.events) if latest(event.date) <= moment), default=0
    )
