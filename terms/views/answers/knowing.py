"""Question 6: who knew of something at a moment and by which event, and what had been made public by then.

That a hand-over took place and what was handed over are known separately: this is about the content.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from terms.core.event import Event
from terms.core.history import History, Step
from terms.core.knowledge import parts_known
from terms.views.reading import by_then, event_as_read

EVERYBODY = "*"


class Learning(Struct, frozen=True):
    """When one party (`*`: everybody) came to know of an event: through which event, how, dated when.

    `parts` are the terms opened, empty for all of it. `by_then`: had it happened by the moment asked about;
    None when its date straddles it.
    """

    party: str
    through: str
    how: str
    date: str
    parts: tuple[str, ...] = ()
    by_then: bool | None = True


class Knowing(Struct, frozen=True):
    """Who knows of an event, in the order they learned; `moment` None: by the end of the record."""

    event: str
    moment: datetime | None
    learned: tuple[Learning, ...]

    @property
    def knew(self) -> tuple[str, ...]:
        """Who knew all of it by then, sorted; `*` alone once it was public."""
        names = {one.party for one in self.learned if one.by_then and not one.parts}
        return (EVERYBODY,) if EVERYBODY in names else tuple(sorted(names))

    @property
    def unclear(self) -> tuple[str, ...]:
        """Of whom the dates cannot tell, sorted."""
        names = {one.party for one in self.learned if one.by_then is None and not one.parts}
        return () if EVERYBODY in self.knew else tuple(sorted(names - set(self.knew)))


class Known(Struct, frozen=True):
    """What a party (`*`: the public) knew by then of what was not open to all: (event, through which).

    `parts`: of an event in `known` or `unclear` of which it knew only some terms, those terms.
    """

    party: str
    moment: datetime | None
    known: tuple[tuple[str, str], ...]
    unclear: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()


def learning_words(one: Learning) -> str:
    """How a party came to know, of which parts alone, and whether by the moment asked about."""
    parts = f", only {', '.join(one.parts)}" if one.parts else ""
    then = {True: "", False: "; not yet by then", None: "; unclear by then"}[one.by_then]
    return f"{one.how} [{one.through}]{parts}{then}"


def who_knew(history: History, name: str, moment: datetime | None = None) -> Knowing:
    """Question 6 for one event, in the reading in use. What was disclosed by then had been said by then.

    Raises:
        NoSuchEvent: no event has this id.
    """
    start = history.index(name)
    later = _disclosing(history)
    places = later[bisect_right(later, start) :]
    opened = tuple(one for index in places for one in _learnings(history, history[index], name, moment))
    first = tuple(_learnings(history, history[start], name, moment))
    if any(one.by_then for one in opened):
        first = tuple(replace(one, by_then=True) for one in first)
    return Knowing(name, moment, (*first, *opened))


@lru_cache(maxsize=8)
def _disclosing(history: History) -> tuple[int, ...]:
    """The log places at which anybody came to know of anything that is not open to all."""
    return history.places_opening()


def names_of_event(history: History, name: str) -> frozenset[str]:
    """All names under which something may open an event: its own, its text, its occurrence."""
    event = history.event(name)
    return frozenset(one for one in (name, getattr(event, "text", None), event.account_of) if one)


Standing = Literal["known", "known in part", "unclear by then", "not known"]


def standings(told: Known) -> dict[str, Standing]:
    """Of each event that was not open to all, whether the party knew it."""
    partly = dict(told.parts)
    found: dict[str, Standing] = {
        name: "known in part" if name in partly else "known" for name, _ in told.known
    }
    found |= dict.fromkeys((name for name, _ in told.unclear), "unclear by then")
    return found | dict.fromkeys(told.unknown, "not known")


def what_was_known(history: History, party: str, moment: datetime | None = None) -> Known:
    """Question 6 for one party (`*`: the public): each event not open to all, known to it or not."""
    known: list[tuple[str, str]] = []
    unclear: list[tuple[str, str]] = []
    unknown: list[str] = []
    partly: list[tuple[str, tuple[str, ...]]] = []
    for event in history.events:
        if event.channel == "public" or (moment is not None and by_then(event, moment) is False):
            continue
        ways = [one for one in who_knew(history, event.id, moment).learned if one.party in (party, EVERYBODY)]
        sure = [one for one in ways if one.by_then]
        told = sure or [one for one in ways if one.by_then is None]
        if not told:
            unknown.append(event.id)
            continue
        whole = next((one for one in told if not one.parts), None)
        (known if sure else unclear).append((event.id, (whole or told[0]).through))
        if whole is None:
            partly.append((event.id, tuple(dict.fromkeys(part for one in told for part in one.parts))))
    return Known(party, moment, tuple(known), tuple(unclear), tuple(unknown), tuple(partly))


def _learnings(history: History, step: Step, name: str, moment: datetime | None) -> Iterator[Learning]:
    event = event_as_read(history, step.event.id)
    if event is None:
        return
    when = True if moment is None else by_then(event, moment)
    if step.event.id == name:
        yield from _at_birth(history, step, event, when)
        return
    before, after = step.before.hidden.get(name), step.after.hidden.get(name)
    if before is None or before == after:
        return
    if after is None:
        yield Learning(EVERYBODY, event.id, event.kind, event.date.text, (), when)
        return
    for party in sorted(after.knowers - before.knowers):
        yield Learning(party, event.id, event.kind, event.date.text, (), when)
    for party in sorted(after.parts):
        parts = parts_known(after, party) if party != EVERYBODY else tuple(after.parts[EVERYBODY])
        if parts != (
            parts_known(before, party) if party != EVERYBODY else tuple(before.parts.get(EVERYBODY, ()))
        ):
            yield Learning(party, event.id, event.kind, event.date.text, parts, when)


def _at_birth(history: History, step: Step, event: Event, when: bool | None) -> Iterator[Learning]:
    held = step.after.hidden.get(event.id)
    if held is None:
        yield Learning(EVERYBODY, event.id, "public", event.date.text, (), when)
        return
    for party in sorted(held.knowers):
        yield Learning(party, event.id, _role(history, event, party), event.date.text, (), when)


def _role(history: History, event: Event, party: str) -> str:
    """How a party knew from the start: it acted, was addressed, passed it on, was present."""
    persons = history.header.person
    for how, names in (
        ("acted", event.by),
        ("addressed", event.to),
        ("passed it on", event.via),
        ("present", event.present),
    ):
        own = {persons[name].of if name in persons else name for name in names}
        if party in own:
            return how
    return "speaks for it"
