"""Law 4: what is written reads back to an equal record."""

from hypothesis import given, settings

from terms.records import read_text
from terms.records.writing import from_json_lines, to_json_lines, write_record
from terms.testing.strategies import records


@settings(max_examples=150)
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
