"""Reading a file again after a change reads only what changed, and says the same as reading it all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.records import ChunkCache, read_text
from terms.records.writing import write_record
from terms.testing.strategies import records
from tests.draws import draws
from tests.records.fuzz import MUTATIONS
from tests.records.test_reading import HEAD, event

LONG = HEAD + "".join(event(id=f"answer-{place}", date=f"2031-03-{place + 5:02}") for place in range(12))


def same(one, two):
    assert (one.header, one.events, one.diagnostics) == (two.header, two.events, two.diagnostics)
    assert {name: place.place for name, place in one.places.items()} == {
        name: place.place for name, place in two.places.items()
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("p.2", "p.3"),
        ("by: south", "by: suoth"),
        ("title: Pier talks", "title: Pier talks\n# a line more"),
        ("  north: {name: North", "  north: {name: The North"),
        ("  - id: answer-3\n", "  - id: answer-33\n"),
        ("  - id: answer-3\n", "  - id: answer-2\n"),
        ("  - id: answer-3\n", "  - {\n"),
        ("  - id: answer-3\n", '  - "id: answer-3\n'),
        ("events:", "events: []\nevent:"),
        ("  - id: answer-11", "x-tail: {a: b}\n  - id: answer-11"),
        ("    kind: accept\n", "    kind: accept\n    tags: [unreviewed]\n"),
        ("2031-03-07", "2031-03-01"),
    ],
)
def test_a_changed_file_is_read_as_if_for_the_first_time(old, new):
    cache = ChunkCache()
    read_text(LONG, "a", cache)
    assert old in LONG
    same(read_text(LONG.replace(old, new, 1), "a", cache), read_text(LONG.replace(old, new, 1), "a"))
    same(read_text(LONG, "a", cache), read_text(LONG, "a"))


def test_keys_behind_the_events_are_read_and_their_places_follow():
    cache = ChunkCache()
    head, _, sources = LONG.partition("sources:")
    told, _, events = sources.partition("events:")
    text = f"{head}events:{events}\nsources:{told}"
    read_text(text, "a", cache)
    for changed in (
        text,
        text.replace("p.2", "p.2\n    note: one line more", 1),
        text + "\nx-more: yes\n",
        text + "\ntitle: twice\n",
    ):
        same(read_text(changed, "a", cache), read_text(changed, "a"))


def test_an_event_that_did_not_change_is_not_read_again():
    cache = ChunkCache()
    first = read_text(LONG, "a", cache)
    again = read_text(LONG.replace("id: answer-1\n", "id: answer-one\n"), "a", cache)
    kept = [event for event in again.events if any(event is old for old in first.events)]
    assert len(kept) == len(first.events) - 1


def test_a_change_of_a_declaration_reads_every_event_again():
    cache = ChunkCache()
    first = read_text(LONG, "a", cache)
    again = read_text(LONG.replace("unit: km", "unit: m"), "a", cache)
    assert not any(event is old for event in again.events for old in first.events)


def test_two_events_of_the_same_text_are_two_mistakes():
    cache = ChunkCache()
    text = LONG + event(id="answer-3", date="2031-03-08") + event(id="answer-3", date="2031-03-08")
    read_text(text, "a", cache)
    same(read_text(text, "a", cache), read_text(text, "a"))


def test_the_memory_does_not_grow_without_end():
    cache = ChunkCache()
    for place in range(60):
        read_text(LONG.replace("p.2", f"p.{place}"), "a", cache)
    assert len(cache.kept) <= 5 * 14


@settings(max_examples=draws(40))
@given(record=records(min_size=3, max_size=12), data=st.data())
def test_any_change_of_any_record_is_read_as_if_for_the_first_time(record, data):
    text = write_record(*record)
    cache = ChunkCache()
    read_text(text, "a", cache)
    changed = data.draw(st.sampled_from(MUTATIONS))(text, data.draw(st.randoms(use_true_random=False)))
    same(read_text(changed, "a", cache), read_text(changed, "a"))
