"""Law 4: what is written reads back to an equal record."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.core.event import read_event
from terms.core.header import Header, Source
from terms.ground.yaml_events import FORBIDDEN
from terms.records import read_record, read_text
from terms.records.writing import (
    UnreadableLines,
    from_json_lines,
    to_json_lines,
    write_record,
    write_spelled,
)
from terms.testing.strategies import records
from tests.draws import draws

SEEDS = Path(__file__).parents[2] / "seeds"
HEADER = Header(sources=(Source("M1", "Minutes"),))


@settings(max_examples=draws(150))
@given(record=records(max_size=30))
def test_a_written_record_reads_back_to_itself(record):
    header, events = record
    text = write_record(header, events)
    read = read_text(text)
    assert not read.has_errors, (text, read.diagnostics)
    assert (read.header, read.events) == (header, tuple(events))
    assert write_record(read.header, read.events) == text


@given(record=records())
def test_json_lines_hold_the_same_record(record):
    header, events = record
    assert from_json_lines(to_json_lines(header, events)) == (header, tuple(events))


@pytest.mark.parametrize("name", ["example", "istanbul-2025", "korea-1951"])
def test_the_shipped_records_read_back_from_what_is_written(name):
    record = read_record(SEEDS / name)
    again = read_text(write_record(record.header, record.events))
    assert (again.header, again.events, again.diagnostics) == (record.header, record.events, ())


@given(
    note=st.text(min_size=1, max_size=60).map(lambda text: FORBIDDEN.sub("", text)), page=st.text(max_size=20)
)
def test_any_text_a_file_may_hold_is_written_and_read_back(note, page):
    at = " ".join(FORBIDDEN.sub("", page).split())
    event = read_event(
        {
            "id": "a",
            "date": "2031",
            "kind": "state",
            "source": {"id": "M1", "at": at, "note": note or "x"},
            "x-n": note,
        }
    )
    assert read_text(write_record(HEADER, [event])).events == (event,)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ("", 1),
        ("[]", 1),
        ('{"format":"terms/9"}', 1),
        ('{"format":"terms/1"}\nno json', 2),
        ('{"format":"terms/1"}\n{"kind":"stat"}', 2),
        ('{"format":"terms/1"}\n{"kind":"state"}', 2),
        ('{"format":"terms/1"}\n{"kind":"state","id":"a","date":"noon"}', 2),
    ],
)
def test_lines_that_are_no_record_are_refused_with_their_number(lines, number):
    with pytest.raises(UnreadableLines, match=f"line {number} is not part of a record") as refused:
        from_json_lines(lines)
    assert refused.value.line == number


def test_a_record_without_events_says_so():
    assert write_record(HEADER, []).endswith("\nevents: []\n")


def test_an_event_that_says_nothing_is_still_an_event():
    assert write_spelled({}) == "  - {}\n"
