"""Adding to a record changes nothing that stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.core.event import read_event
from terms.records import read_text
from terms.records.splice import (
    CannotSplice,
    append_correction,
    append_event,
    file_to_append_to,
    replace_spans,
)
from terms.records.writing import write_record
from terms.testing.strategies import records
from tests.records.test_reading import HEAD, event

NEW = {
    "id": "new",
    "date": "2031-03-09",
    "kind": "state",
    "by": "south",
    "source": "M1 p.9",
    "note": "a\nb\n",
}
FIX = read_event(
    {
        "id": "fix",
        "date": "2031-03-09",
        "kind": "correct",
        "of": "north-open",
        "with": {"by": "south"},
        "source": "M1",
    }
)


@given(record=records(min_size=1, max_size=6), data=st.data())
def test_an_event_is_added_behind_the_last_one_and_all_before_it_stays(record, data):
    header, events = record
    new = data.draw(st.sampled_from(events)) if events else read_event(NEW)
    text = write_record(header, events[:-1])
    spliced = append_event(text, new)
    assert spliced.startswith(text.removesuffix("events: []\n"))
    assert read_text(spliced).events[-1].words() == new.words() or new.id in {one.id for one in events[:-1]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("events: []   # none yet\n# end\n", "events:   # none yet\n  - id: e\n    kind: state\n# end\n"),
        ("events:   # none\nx-a: b\n", "events:   # none\n  - id: e\n    kind: state\nx-a: b\n"),
        ("title: a", "title: a\n\nevents:\n  - id: e\n    kind: state\n"),
        ("events:\n- id: a   # first\n# end", "events:\n- id: a   # first\n\n- id: e\n  kind: state\n# end"),
        ("events:\n    - id: a", "events:\n    - id: a\n\n    - id: e\n      kind: state\n"),
        ("events:\r\n  - id: a\r\n", "events:\r\n  - id: a\r\n\r\n  - id: e\r\n    kind: state\r\n"),
        ("\ufeffevents:\n  - id: a\n", "\ufeffevents:\n  - id: a\n\n  - id: e\n    kind: state\n"),
        (
            "events:\n  - id: a\n    n: |+\n      b\n",
            "events:\n  - id: a\n    n: |+\n      b\n  - id: e\n    kind: state\n",
        ),
        ("events:\n  - id: a\n\nx-a: b\n", "events:\n  - id: a\n\n  - id: e\n    kind: state\n\nx-a: b\n"),
    ],
)
def test_a_record_is_added_to_as_it_is_laid_out(text, expected):
    assert append_event(text, {"id": "e", "kind": "state"}) == expected


@pytest.mark.parametrize(
    "text", ["events: [{id: a}]\n", "events: {", "- a\n", "events: none\n", "events: {a: b}\n"]
)
def test_a_record_that_cannot_be_added_to_is_refused(text):
    with pytest.raises(CannotSplice, match="the record cannot be added to"):
        append_event(text, NEW)


def test_a_correction_is_added_and_what_it_corrects_stays():
    text = append_correction(HEAD, FIX)
    assert text.startswith(HEAD)
    assert read_text(text).diagnostics == ()
    with pytest.raises(CannotSplice, match="corrects nothing"):
        append_correction(HEAD, read_event(NEW))


def test_events_are_added_to_the_file_in_which_the_log_ends():
    assert file_to_append_to(read_text(HEAD + event(), "a")) == "a"
    assert file_to_append_to(read_text("format: terms/1\n", "b")) == "b"


def test_spans_are_replaced_in_any_order():
    assert replace_spans("abcdef", [(4, 5, "E"), (0, 2, ""), (6, 6, "!")]) == "cdEf!"
