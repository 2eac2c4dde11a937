"""The short way from an event to its canonical bytes gives the bytes of the long one."""

import pytest
from hypothesis import given

from terms.core.event import KINDS, read_event
from terms.ground.canonical import canonical_json
from terms.ground.errors import NotCanonical
from terms.stores.encoding import event_bytes
from terms.testing.strategies import events
from tests.stores.places import event


@given(events(min_size=1))
def test_the_bytes_are_those_of_the_words_of_the_event(told):
    for one in told:
        assert event_bytes(one) == canonical_json(one.words())


@pytest.mark.parametrize("more", [
    {"to": ["south"], "present": ["east", "league"], "channel": "private"},
    {"channel": "public", "note": "", "place": "Größe", "tags": []},
    {"source": [{"id": "M1", "at": "p.2", "reliability": "C"}, "M1 p.3"], "time": {"begins": {"planned": "10:00"}}},
    {"source": [{"id": "M1", "note": "torn"}], "x-mood": {"grim": ["yes", ["no"]]}, "x-day": "cold"},
    {"account-of": "meeting-2", "accounts": ["one"], "figures": {"talks": ["1 km", {"about": "2 km"}]}},
])  # fmt: skip
def test_what_fields_may_hold_is_written_as_a_file_would_say_it(more):
    one = event(1, **more)
    assert event_bytes(one) == canonical_json(one.words())


def test_what_a_kind_says_unasked_is_written():
    one = read_event(
        {"id": "e-1", "date": "2031-03-01", "kind": "accept", "by": "north", "of": "e-0", "source": "M1"}
    )
    for event_ in (
        one,
        one.model_copy(update={"note": "read out", "source": ()}),
        KINDS["accept"](**vars(one)),
    ):
        assert event_bytes(event_) == canonical_json(event_.words())


def test_a_name_that_is_not_ascii_is_refused():
    with pytest.raises(NotCanonical):
        event_bytes(event(1, **{"x-größe": "2 km"}))
