"""The events as a list: one row an event, made only when looked at, so that a long list costs nothing."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from terms.core.event import Event
from terms.core.history import History
from terms.core.spelling import NOTHING
from terms.core.story import AMENDING
from terms.ground.words import FrozenWords
from terms.views.reading import event_as_read, has_event
from terms.views.signs import mark_of


class TimelineRow(Struct, frozen=True):
    """One event of the list.

    `terms` are the terms it touches, in the order named. `corrected_by` and `retracted_by` are later
    events (the row is marked, not changed). `objections` counts what did not fit. `rivals` counts the other
    accounts of it; `unused` says that this one is an account not in use. `private`: not open to all at first.
    """

    index: int
    id: str
    date: str
    mark: str
    kind: str
    who: tuple[str, ...]
    terms: tuple[str, ...]
    of: tuple[str, ...] = ()
    corrected_by: tuple[str, ...] = ()
    retracted_by: tuple[str, ...] = ()
    objections: int = 0
    rivals: int = 0
    unused: bool = False
    private: bool = False


class Timeline(Sequence[TimelineRow]):
    """All rows of a history by index; each is built when asked for."""

    def __init__(self, history: History) -> None:
        self.history = history

    def __len__(self) -> int:
        return len(self.history)

    def __getitem__(self, index: int) -> TimelineRow:  # type: ignore[override]
        return self.row(index)

    def __iter__(self) -> Iterator[TimelineRow]:
        return (self.row(index) for index in range(len(self)))

    def row(self, index: int) -> TimelineRow:
        """The row at `index`, from 0.

        Raises:
            IndexError: there is no such row.
        """
        step = self.history[index]
        event = step.event
        read = event_as_read(self.history, event.id, index + 1)
        shown = read or event
        return TimelineRow(
            index,
            event.id,
            shown.date.text,
            mark_of(shown.kind),
            shown.kind,
            shown.by,
            terms_of(self.history, shown),
            references(shown),
            self._amended["correct"].get(event.id, ()),
            self._amended["retract"].get(event.id, ()),
            len(step.objections),
            self._rivals.get(event.account_of or event.id, 0),
            read is None,
            event.channel != "public",
        )

    @cached_property
    def _amended(self) -> dict[str, dict[str, tuple[str, ...]]]:
        found: dict[str, dict[str, tuple[str, ...]]] = {"correct": {}, "retract": {}}
        for event in (self.history.events[place] for place in self.history.places_of(AMENDING)):
            for name in references(event):
                known = found[event.kind].get(name, ())
                found[event.kind][name] = (*known, event.id)
        return found

    @cached_property
    def _rivals(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for choice in self.history.rivals:
            found[choice.of] = found.get(choice.of, 0) + 1
        return found


def timeline(history: History) -> Timeline:
    """The list of the events of `history`, rows made on demand."""
    return Timeline(history)


def references(event: Event) -> tuple[str, ...]:
    """What the event answers or acts upon; empty when it answers nothing."""
    return tuple(getattr(event, "of", ()))


def terms_of(history: History, event: Event) -> tuple[str, ...]:
    """The terms an event touches: those it names, in that order, else those of the version it answers."""
    known = history.header.term
    named = tuple(dict.fromkeys(term for term in _named(event) if term in known))
    if named:
        return named
    found: list[str] = []
    before = history.state(history.index(event.id)) if has_event(history, event.id) else history.start
    for reference in references(event):
        name, _, part = reference.partition("/")
        if name in known:
            found.append(name)
        elif part in known:
            found.append(part)
        else:
            target = before.target(reference)
            found.extend(target.clauses)
            if target.version is not None and target.part is None:
                found.extend(term for option in target.version.options.values() for term in option)
    return tuple(
        sorted(dict.fromkeys(found), key=lambda term: list(known).index(term) if term in known else -1)
    )


def _named(event: Event) -> Iterator[str]:
    yield from getattr(event, "only", ())
    yield from getattr(event, "terms", NOTHING)
    yield from _packed(getattr(event, "all_of", NOTHING))
    options = getattr(event, "one_of", NOTHING)
    for option in options.values() if isinstance(options, FrozenWords) else ():
        if isinstance(option, FrozenWords):
            yield from option
            yield from _packed(option.get("all-of"))


def _packed(told: object) -> Iterator[str]:
    """The names under an `all-of`, and those under the packages that it names."""
    if isinstance(told, FrozenWords):
        yield from told
        for inner in told.values():
            yield from inner if isinstance(inner, FrozenWords) else ()
