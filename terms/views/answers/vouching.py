"""Question 5: on whose word something is known, who denies it, what rests on one source alone."""

from collections.abc import Iterable

from msgspec import Struct

from terms.core.accounts import inner_accounts
from terms.core.event import Event
from terms.core.history import History
from terms.views.reading import event_as_read
from terms.views.sources import GENERAL_KNOWLEDGE, SourceView, Voice, sources_of, voices


class Word(Struct, frozen=True):
    """On whose word one event stands: its sources, who denied or confirmed it, and how many sources tell it.

    `speaker` and `by` are whose act it is. `alone`: exactly one source tells it, rival accounts included.
    """

    event: str
    date: str
    by: tuple[str, ...]
    speaker: str | None
    sources: tuple[SourceView, ...]
    voices: tuple[Voice, ...]
    rivals: tuple[str, ...]
    alone: bool

    @property
    def denied_by(self) -> tuple[str, ...]:
        """Who denies it, sorted; empty when nobody does."""
        return tuple(sorted({party for voice in self.voices if voice.kind == "deny" for party in voice.by}))


class Resting(Struct, frozen=True):
    """What rests on one source alone: the source and those events, in log order."""

    source: str
    title: str
    events: tuple[str, ...]


def word_for(history: History, name: str, steps: int | None = None) -> Word:
    """Question 5 for one event, in the reading in use, with what was said of it in so many steps (all: None).

    Raises:
        NoSuchEvent: no event has this id.
    """
    event = event_as_read(history, name) or history.event(name)
    tellers = _tellers(history, history.event(name))
    rivals = tuple(source for source in tellers if source not in {one.id for one in event.source})
    return Word(
        name,
        event.date.text,
        event.by,
        event.speaker,
        sources_of(history.header, event),
        voices(history.last if steps is None else history.state(steps), name),
        rivals,
        len(tellers) == 1,
    )


def words_for(history: History, names: Iterable[str], steps: int | None = None) -> tuple[Word, ...]:
    """Question 5 for several events, each once, in log order."""
    ordered = sorted(dict.fromkeys(names), key=history.index)
    return tuple(word_for(history, name, steps) for name in ordered)


def resting_on_one(
    history: History, source: str | None = None, *, steps: int | None = None
) -> tuple[Resting, ...]:
    """Which events rest on one source alone, by source id; `source` None: for every source.

    Corrections and retractions rest on their sources like every other event. General knowledge counts as a source: what rests on it alone is what most wants a better one.
    """
    found: dict[str, list[str]] = {}
    for event in history.events[:steps]:
        tellers = _tellers(history, event)
        if len(tellers) == 1 and source in (None, tellers[0]):
            found.setdefault(tellers[0], []).append(event.id)
    titles = history.header.source
    return tuple(
        Resting(name, titles[name].title if name in titles else _untitled(name), tuple(events))
        for name, events in sorted(found.items())
    )


def _untitled(name: str) -> str:
    return "general knowledge" if name == GENERAL_KNOWLEDGE else ""


def _tellers(history: History, event: Event) -> tuple[str, ...]:
    """The sources that tell an event, its rival accounts and those that certify or endorse it, each once."""
    named = [citation.id for citation in event.source]
    named += [str(account.get("source") or "").partition(" ")[0] for account in inner_accounts(event)]
    if event.account_of is not None:
        for other in history.events:
            if other.account_of == event.account_of:
                named += [citation.id for citation in other.source]
    return tuple(dict.fromkeys(name for name in named if name))
