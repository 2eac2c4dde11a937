"""Moves known only from others: shown on their word, counted only under a lens that admits them."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from terms.core.event import Event
from terms.core.history import History
from terms.core.situation import Situation
from terms.ground.words import FrozenWords, Words
from terms.views.reading import event_as_read
from terms.views.told import told_words

REPORTING = ("announce", "claim")


class Hearsay(Struct, frozen=True):
    """A move that somebody reports of others: on whose word, what, about which term, who denies it.

    `told` is the move in a sentence. `value` are the words it gives for the term, empty when it names a version.
    """

    term: str
    word_of: str
    told: str
    value: str
    event: str
    denied_by: tuple[str, ...] = ()


def hearsay(at: Situation) -> tuple[Hearsay, ...]:
    """Every reported move that no lens admits, by log order and term. One that was retracted is left out."""
    places = _reporting(at.history)
    names = (at.history.events[place].id for place in places[: bisect_left(places, at.steps)])
    return tuple(
        told
        for name in names
        if (read := event_as_read(at.history, name, at.steps)) is not None
        for told in _reports(at, read)
    )


@lru_cache(maxsize=8)
def _reporting(history: History) -> tuple[int, ...]:
    """The log places of the events that report moves of others, so that a step does not look through them all."""
    return history.places_of(REPORTING)


def _reports(at: Situation, event: Event) -> Iterator[Hearsay]:
    said: Words = getattr(event, "that", ())
    for move in said if isinstance(said, tuple) else (said,):
        if isinstance(move, FrozenWords) and "kind" in move:
            yield from _of_move(at, event, move)


def _of_move(at: Situation, event: Event, move: FrozenWords) -> Iterator[Hearsay]:
    by: Words = move.get("by") or ()
    if set((by,) if isinstance(by, str) else by) <= set(event.by):
        return  # its own move, told by itself, is no hearsay: it is announced
    denied = {party for one in at.talks.reactions.get(event.id, ()) if one.kind == "deny" for party in one.by}
    word_of = event.speaker or ", ".join(event.by) or ", ".join(citation.id for citation in event.source)
    told = told_words(at.history, move)
    for term, value in _terms(at, move):
        yield Hearsay(term, word_of, told, value, event.id, tuple(sorted(denied)))


def _terms(at: Situation, move: FrozenWords) -> Iterator[tuple[str, str]]:
    """The terms that a reported move is about, with its own words for each."""
    named = move.get("terms")
    if isinstance(named, FrozenWords):
        for term, words in named.items():
            inner = words.get("is", "") if isinstance(words, FrozenWords) else words
            yield term, inner if isinstance(inner, str) else ""
        return
    of: Words = move.get("of") or ()
    for reference in (of,) if isinstance(of, str) else of:
        target = at.talks.target(str(reference))
        clauses = target.clauses or (target.version.clauses if target.version is not None else {})
        for term in at.header.term:
            if term in clauses:
                yield term, ""
