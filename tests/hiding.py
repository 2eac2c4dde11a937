"""Records that differ in nothing but what is hidden from a party, for tests that nothing it is shown differs."""

from hypothesis import strategies as st
from msgspec.structs import replace

from terms.core.event import read_event
from terms.core.header import Happening, Party, Person, Source, Term, Text
from terms.stores.projecting import shown_to
from terms.testing.stories import PARTIES
from terms.values import Declaration

OTHERWISE = ({"note": "otherwise"}, {"source": "R1 p.9"}, {"quote": "other words"}, {"date": "2033-12-24"})
"""Changes of an event that leave alone who may know of it."""


def hidden_from(party, header, events):
    """Events of which the party never learns anything."""
    seen = {one.id for one in shown_to(party, header, events)}
    return [one for one in events if one.id not in seen]


def changed(one, how):
    """The event with other content, by the same people in the same presence."""
    words = {**one.words(), **how}
    if "terms" in words:
        words["terms"] = {"t.yes-no": "no"}
    return read_event(words)


def otherwise(header, events, party, how):
    """The record in which hidden events say something else."""
    hidden = {one.id for one in hidden_from(party, header, events)}
    return [changed(one, how) if one.id in hidden else one for one in events]


def renamed(header, events, party):
    """The record in which hidden events have other names, also wherever somebody speaks of them."""
    names = {one.id: f"{one.id}-x" for one in hidden_from(party, header, events)}
    return [read_event(_renamed(one.words(), names)) for one in events]


def _renamed(words, names):
    if isinstance(words, str):
        head, slash, part = words.partition("/")
        return f"{names.get(head, head)}{slash}{part}" if head in names else words
    if isinstance(words, list):
        return [_renamed(one, names) for one in words]
    return {key: _renamed(inner, names) for key, inner in words.items()}


ANSWERS = {"reject": "of", "counter": "of", "state": "about"}
"""Kinds of hidden events that speak of others, with the key under which they do."""


def _answering(spelled, kind, name):
    """The event as one that answers another."""
    kept = {key: words for key, words in spelled.items() if key != "terms" or kind == "counter"}
    return {**kept, "kind": kind, ANSWERS[kind]: name}


@st.composite
def with_more(draw, header, events, party):
    """The record with more events anywhere, between two others, of which the party is neither; some answer others."""
    first, second = draw(st.permutations([one for one in PARTIES if one != party]))[:2]
    more = list(events)
    for number in range(draw(st.integers(1, 3))):
        spelled = {
            "id": f"secret-{number}", "date": "2031-03-01", "kind": "propose", "by": first, "to": second,
            "channel": "private", "terms": {"t.yes-no": "yes"}, "source": "R1 p.9",
        }  # fmt: skip
        place = draw(st.integers(0, len(more)))
        if place:
            answered = more[draw(st.integers(0, place - 1))].id
            spelled = draw(
                st.sampled_from((spelled, *(_answering(spelled, kind, answered) for kind in ANSWERS)))
            )
        more.insert(place, read_event(spelled))
    return more


def declaring_more(header):
    """The header with things declared that nobody but hidden papers ever names."""
    return replace(
        header,
        parties=(*header.parties, Party("ghost", "The Ghost", "observer")),
        persons=(*header.persons, Person("shade", "The Shade", "ghost")),
        terms=(*header.terms, Term("t.veiled", Declaration("yes-no"))),
        texts=(*header.texts, Text("veil", title="The Veil")),
        happenings=(*header.happenings, Happening("unveiling")),
        sources=(*header.sources, Source("V9", title="Behind the veil", side="north")),
    )


def _veiled(event):
    more = {"via": "ghost", "speaker": "shade", "source": "V9"}
    if event.kind == "propose":
        more |= {"text": "veil", "terms": {"t.veiled": "yes"}, "only-if": "unveiling"}
    return read_event({**event.words(), **more}) if event.id.startswith("secret-") else event


@st.composite
def others(draw, header, events, party):
    """The header and the events with what is hidden from the party told otherwise, named otherwise, or more of it."""
    which = draw(st.integers(0, 3))
    if which == 0:
        return header, otherwise(header, events, party, draw(st.sampled_from(OTHERWISE)))
    if which == 1:
        return header, renamed(header, events, party)
    more = draw(with_more(header, events, party))
    return (header, more) if which == 2 else (declaring_more(header), [*map(_veiled, more)])
