"""Invented talks for the tests of floors 2 and 3, told as lists of flow maps without dates and sources."""

import re
from datetime import UTC, datetime

import yaml
from msgspec.structs import replace

from terms import events
from terms.core.consent import Consent, consent_of
from terms.core.duties import Obligation, obligations
from terms.core.event import Event, read_event
from terms.core.header import Happening, Header, Party, Person, Source, Stage, Term, Text
from terms.core.history import History
from terms.core.life import Axes, axes
from terms.core.situation import Situation, situation
from terms.values import Declaration

assert events.FAMILIES  # imported so that every kind is known

HEADER = Header(
    title="Talks on the valley (invented)",
    parties=(
        Party("east", "East", "third-party"),
        Party("league", "The League", "third-party"),
        Party("mediator", "The Mediator", "mediator"),
        Party("monitors", "The Monitors", "observer"),
        Party("north", "North", "belligerent"),
        Party("south", "South", "belligerent"),
    ),
    persons=(
        Person("president", "The President", "north", "head"),
        Person("envoy", "The Envoy", "north", "delegate"),
        Person("cousin", "The Cousin", "north", "personal"),
    ),
    stages=(Stage("truce"), Stage("settlement", after="truce")),
    terms=(
        Term("roads", Declaration("choice", of=("open", "escorted", "closed"))),
        Term("aid", Declaration("quantity", "trucks/day")),
        Term("truce", Declaration("yes-no", of=("in force", "none"))),
        Term("captives", Declaration("quantity", "persons")),
        Term("pullback", Declaration("choice", of=("complete", "partial"))),
        Term("handover", Declaration("relative-time")),
        Term("vote.day", Declaration("date")),
        Term("border", Declaration("text")),
        Term("valley", Declaration("text"), consent=("league", "north", "south")),
    ),
    happenings=(Happening("vote"), Happening("harvest")),
    sources=(Source("R1", "Minutes"), Source("R2", "Bulletin")),
)


def talk(story: str, *, texts: tuple[Text, ...] = (), header: Header = HEADER) -> History:
    """The history of a story: one event a day from 1 March 2031, from the minutes, unless it says otherwise."""
    return History(replace(header, texts=texts), told(story))


def told(story: str) -> tuple[Event, ...]:
    """The events of a story written as a YAML list of maps in which every scalar is text."""
    spelled = yaml.load(re.sub(r"^ *- \{id:", "- {id:", story, flags=re.MULTILINE), Loader=yaml.BaseLoader)
    return tuple(
        read_event({"date": f"2031-03-{day:02}", "source": "R1", **one})
        for day, one in enumerate(spelled, start=1)
    )


def day(text: str) -> datetime:
    """Noon of a day, or an instant, in UTC."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T12:00:00").replace(tzinfo=UTC)


def after(history: History, event: str | None = None, on: str | None = None) -> Situation:
    """The situation right after an event (None: the last), at its own date or on the day given."""
    steps = len(history) if event is None else history.index(event) + 1
    return situation(history, steps, day(on) if on is not None else None)


def consent(history: History, term: str, event: str | None = None, on: str | None = None) -> Consent:
    """The consent on a term after an event."""
    return consent_of(after(history, event, on), term)


def state(history: History, term: str, event: str | None = None, on: str | None = None) -> str:
    """The state of consent on a term after an event, in a word."""
    return consent(history, term, event, on).state


def found(history: History, term: str, on: str | None = None, event: str | None = None) -> Axes:
    """The four axes of a term."""
    return axes(after(history, event, on), term)


def owed(history: History, on: str | None = None) -> dict[str, Obligation]:
    """Obligations by term, or TERM.PART for a part of one."""
    return {
        f"{one.term}.{one.part}" if one.part else one.term: one
        for one in obligations(after(history, None, on))
    }


def status(history: History, party: str, term: str, event: str | None = None) -> str:
    """What a party says on a term; silent when it never spoke."""
    cell = after(history, event).talks.cell(party, term)
    return cell.status if cell is not None else "silent"


def codes(history: History, event: str) -> tuple[str, ...]:
    """The codes of the objections to an event."""
    return tuple(one.code for one in history[history.index(event)].objections)
