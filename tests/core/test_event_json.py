"""Events read straight from JSON bytes are the events that a map of the same words gives."""

import json

import pytest
from hypothesis import given

from terms.core.event import read_event, read_event_json
from terms.testing.strategies import histories


@given(history=histories())
def test_bytes_and_maps_read_alike(history):
    for event in history.events:
        assert read_event_json(json.dumps(event.words()).encode()) == event


def test_a_kind_spelled_inside_does_not_mislead():
    spelled = {
        "that": {"kind": "accept", "by": "south"},
        "kind": "claim",
        "id": "a",
        "date": "2031-03-01",
        "by": "north",
    }
    assert read_event_json(json.dumps(spelled).encode()) == read_event(spelled)


def test_keys_of_ones_own_survive():
    spelled = {"id": "a", "date": "2031-03-01", "kind": "incident", "x-grid": "12 N"}
    assert read_event_json(json.dumps(spelled).encode()).words()["x-grid"] == "12 N"


@pytest.mark.parametrize("line", [b"[]", b"no json", b"3"])
def test_what_is_no_event_is_refused(line):
    with pytest.raises(ValueError):
        read_event_json(line)
