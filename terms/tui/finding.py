"""Finding one's way: filters, free text over everything an event says, places named by id, date or share."""

from functools import lru_cache

from terms.core.event import Event
from terms.core.history import History
from terms.ground.dates import read_date
from terms.ground.errors import BadDate
from terms.ground.suggest import nearest
from terms.tui.desk import Filter
from terms.views.timeline import terms_of

_NAMED = ("party", "term", "kind", "source", "tag")


def read_filter(typed: str) -> Filter:
    """The filter that `party:north term:roads words` spells; a name without a value filters nothing."""
    named: dict[str, str] = {}
    words = []
    for word in typed.split():
        name, colon, value = word.partition(":")
        if colon and name in _NAMED:
            named[name] = value
        else:
            words.append(word.lower())
    return Filter(**named, words=tuple(words))


def passing(history: History, wanted: Filter) -> tuple[int, ...] | None:
    """The log places of the events that pass; None when nothing is filtered."""
    if wanted == Filter():
        return None
    return tuple(place for place, event in enumerate(history.events) if _passes(history, event, wanted))


def _passes(history: History, event: Event, wanted: Filter) -> bool:
    if wanted.kind and event.kind != wanted.kind:
        return False
    if wanted.party and wanted.party not in (*event.by, *event.to, *event.via, *event.present, event.on_behalf_of):
        return False
    if wanted.term and not any(term.startswith(wanted.term) for term in terms_of(history, event)):
        return False
    if wanted.source and not any(citation.id == wanted.source for citation in event.source):
        return False
    if wanted.tag and not any(tag.startswith(wanted.tag) for tag in event.tags):
        return False
    return all(word in searchable(history, event.id) for word in wanted.words)


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


def matches(history: History, typed: str) -> tuple[int, ...]:
    """The log places of the events that have all the words typed."""
    words = tuple(typed.lower().split())
    if not words:
        return ()
    return tuple(
        place for place, event in enumerate(history.events) if all(word in searchable(history, event.id) for word in words)
    )


def place_of(history: History, typed: str) -> int | str:
    """The number of steps that `typed` names: an event's id, a number, `42%`, a date; a sentence when it names none.

    A date goes to the last event that had happened by its latest moment.
    """
    typed = typed.strip()
    count = len(history)
    if typed in history:
        return history.index(typed) + 1
    if typed.removesuffix("%").isdigit() and typed.endswith("%"):
        return min(count, round(int(typed[:-1]) * count / 100))
    if typed.isdigit() and int(typed) <= count:
        return int(typed)
    try:
        moment = read_date(typed).latest
    except BadDate:
        near = nearest(typed, [event.id for event in history.events])
        return f"'{typed}' is no event, number, share or date" + (f"; did you mean '{near}'?" if near else "")
    if moment is None:
        return count
    return max((place + 1 for place, event in enumerate(history.events) if (event.date.latest or moment) <= moment), default=0)
