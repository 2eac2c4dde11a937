"""Everything about one event, and why one cell is as it is: what a reader asks who stops at a step."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from terms.core.accounts import inner_accounts, inner_place, occurrences_of
from terms.core.event import Event
from terms.core.history import History, NoSuchEvent
from terms.core.reducer import Objection
from terms.core.situation import Situation, situation
from terms.core.spelling import NOTHING
from terms.core.story import AMENDING
from terms.core.talks import CellKey
from terms.events.proposing import Counter
from terms.events.responding import Defer, Response
from terms.ground.words import FrozenWords, freeze
from terms.views.answers.knowing import Knowing, who_knew
from terms.views.cells import CellView, cell_view, options_on_table
from terms.views.changes import changed_cells, changes_of
from terms.views.reading import event_as_read, has_event
from terms.views.sentence import sentence
from terms.views.sources import SourceView, Voice, sources_of, voices
from terms.views.wording import condition_words, one_line

SHOWN_APART = frozenset(
    {
    "id", "date", "kind", "by", "speaker", "standing", "on-behalf-of", "to", "via", "present",
    "channel", "source", "quote", "lang", "translation", "note", "tags", "place", "known", "accounts",
    "account-of", "account", "differs",
}
)  # fmt: skip
"""Keys that a detail has a place of its own for; all others are its `fields`."""


UNSAID = frozenset({("whole", "no"), ("severally", "no"), ("in-principle", "no"), ("ad-referendum", "no")})
"""What holds unless the record says otherwise."""


class Change(Struct, frozen=True):
    """What the step did to one cell."""

    before: CellView
    after: CellView


class Account(Struct, frozen=True):
    """One account of an occurrence: its event or place inside one, its sources, what it says otherwise."""

    event: str
    name: str
    sources: tuple[str, ...]
    differs: tuple[tuple[str, str], ...]
    in_use: bool


class EventDetail(Struct, frozen=True):
    """One event in full. `fields` are the kind's own keys in words, `changes` the cells its step changed.

    `quote` is in the language `lang` (empty: not said), `translation` with the source of the translation.
    `later` are the events that answer or mention it, `answers` those among them that answer it (accept, reject,
    defer, counter ...). `corrections` are those that correct or retract it.
    """

    index: int
    id: str
    date: str
    known: str
    kind: str
    sentence: str
    by: tuple[str, ...]
    speaker: str | None
    standing: str
    office: str
    on_behalf_of: str | None
    to: tuple[str, ...]
    via: tuple[str, ...]
    present: tuple[str, ...]
    channel: str
    place: str
    note: str
    tags: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    conditions: str
    changes: tuple[Change, ...]
    sources: tuple[SourceView, ...]
    quote: str
    lang: str
    translation: str
    translated_by: str
    accounts: tuple[Account, ...]
    knowing: Knowing
    voices: tuple[Voice, ...]
    objections: tuple[Objection, ...]
    corrections: tuple[str, ...]
    later: tuple[str, ...]
    answers: tuple[str, ...] = ()


def event_detail(history: History, name: str, steps: int | None = None) -> EventDetail:
    """Everything the record says about the event `name`, in the reading in use.

    `steps`: nothing that was said of it after so many steps; None: all that ever was.

    Raises:
        NoSuchEvent: no event has this id.
    """
    index = history.index(name)
    step = history[index]
    event = event_as_read(history, name, steps) or step.event
    before, after = situation(history, index), situation(history, index + 1)
    was, now = options_on_table(step.before), options_on_table(step.after)
    person = history.header.person.get(event.speaker or "")
    translation = event.translation
    keys = sorted(changed_cells(step.before, step.after))
    later = _until(history, mentions(history, name), steps)
    answering = tuple(one for one in later if isinstance(history.event(one), Response | Defer | Counter))
    return EventDetail(
        index,
        name,
        event.date.text,
        event.known.text if event.known is not None else "",
        event.kind,
        sentence(history, index),
        event.by,
        event.speaker,
        history.header.standing(event.speaker, event.standing) if event.speaker or event.standing else "",
        person.office if person is not None else "",
        event.on_behalf_of,
        event.to,
        event.via,
        event.present,
        event.channel,
        event.place or "",
        event.note or "",
        event.tags,
        _fields(event),
        condition_words(getattr(event, "conditions", None)),
        tuple(
            Change(cell_view(before, key, options=was), cell_view(after, key, options=now)) for key in keys
        ),
        sources_of(history.header, event),
        event.quote or "",
        event.lang or "",
        one_line(translation.get("text", "")),
        one_line(translation.get("source", "")),
        accounts_of(history, name),
        who_knew(history, name),
        voices(history.last if steps is None else history.state(steps), name),
        step.objections,
        _until(history, _amended(history).get(name, ()), steps),
        later,
        answering,
    )


def _until(history: History, names: tuple[str, ...], steps: int | None) -> tuple[str, ...]:
    return names if steps is None else tuple(name for name in names if history.index(name) < steps)


class CellDetail(Struct, frozen=True):
    """A cell now, and the steps that made it so, oldest first: (index, sentence, the cell after it)."""

    cell: CellView
    chain: tuple[tuple[int, str, CellView], ...]


def cell_detail(at: Situation, key: CellKey) -> CellDetail:
    """Why a cell is as it is at this step."""
    places = [place for place in changes_of(at.history, key) if place < at.steps]
    chain = tuple((place, sentence(at.history, place), _after(at.history, place, key)) for place in places)
    return CellDetail(cell_view(at, key), chain)


def _after(history: History, place: int, key: CellKey) -> CellView:
    return cell_view(situation(history, place + 1), key, options={})


def accounts_of(history: History, name: str) -> tuple[Account, ...]:
    """All accounts of what the event tells, the one in use marked; none when nobody tells it otherwise."""
    event = history.event(name)
    found: list[Account] = []
    rivals = {(choice.of, choice.name) for choice in history.rivals}
    if event.account_of is not None:
        rival = [history.events[place] for place in history.places_of_accounts()]
        for account, members in occurrences_of(rival)[event.account_of].items():
            for member in members:
                sources = tuple(citation.id for citation in member.source)
                used = (event.account_of, account) not in rivals
                found.append(Account(member.id, account, sources, _pairs(member.differs), used))
    used_place = inner_place(event, history.view)
    for place, told in enumerate(inner_accounts(event), start=1):
        with_ = told.get("with")
        pairs = _pairs(with_) if isinstance(with_, FrozenWords) else ()
        source = one_line(told.get("source", ""))
        found.append(Account(name, str(place), (source,) if source else (), pairs, place == used_place))
    return tuple(found)


def mentions(history: History, name: str) -> tuple[str, ...]:
    """Later events that answer, correct, or are about the event `name`, in log order."""
    place = history.index(name)
    return tuple(later for at, later in _mentioned(history).get(name, ()) if at > place)


def _mentioned(history: History) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Who names whom: a name -> (log place, id) of the events that name it."""
    return history.mentioned


@lru_cache(maxsize=8)
def _amended(history: History) -> Mapping[str, tuple[str, ...]]:
    """The events that corrected or retracted each event, in log order; worked out once for a history."""
    found: dict[str, tuple[str, ...]] = {}
    for event in (history.events[place] for place in history.places_of(AMENDING)):
        for name in getattr(event, "of", ()):
            found[name] = (*found.get(name, ()), event.id)
    return found


def find(history: History, name: str) -> int:
    """The index of an event by its id, or by `#N` counted from 1.

    Raises:
        NoSuchEvent: no event has it.
    """
    if name.startswith("#") and name[1:].isdigit() and 0 < int(name[1:]) <= len(history):
        return int(name[1:]) - 1
    if not has_event(history, name):
        raise NoSuchEvent(name)
    return history.index(name)


def _fields(event: Event) -> tuple[tuple[str, str], ...]:
    said = ((key, one_line(freeze(words))) for key, words in event.words().items() if key not in SHOWN_APART)
    return tuple((key, words) for key, words in said if (key, words) not in UNSAID)


def _pairs(words: FrozenWords) -> tuple[tuple[str, str], ...]:
    return tuple((key, one_line(value)) for key, value in (words or NOTHING).items())
