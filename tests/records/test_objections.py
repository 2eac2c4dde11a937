"""Objections are notes at the places of events, met while the record is replayed."""

from hypothesis import given
from hypothesis import strategies as st

from terms.core.history import History
from terms.records import read_text
from terms.records.objections import objections_of, replayed
from terms.records.writing import write_record
from terms.testing.strategies import records
from tests.records.test_reading import HEAD, event


def test_what_does_not_fit_the_table_is_a_note_where_it_says_so():
    back = event(id="north-back", kind="withdraw", by="north")
    record = read_text(HEAD + back + event(id="late"))
    [note] = objections_of(record)
    assert (note.code, note.severity, note.place.line) == (
        "N602",
        "note",
        record.places["late"].of("of").line,
    )
    assert record.diagnostics == ()


def test_an_event_with_an_error_meets_no_objection():
    assert objections_of(read_text(HEAD + event(of="north-opne"))) == ()


def test_what_answers_an_event_with_an_error_meets_no_objection():
    unread = event(
        id="north-25", kind="propose", by="north", date="1/6/2031", of=None, terms="{pullback: 25 km}"
    )
    assert objections_of(read_text(HEAD + unread + event(id="late", of="north-25"))) == ()
    partly = event(id="north-25", kind="propose", by="north", of=None, terms="{pullback: 25 hours}")
    assert objections_of(read_text(HEAD + partly + event(id="late", of="north-25"))) == ()
    slip = event(id="slip", of="north-opne")
    meets = event(id="walk", kind="meet", by=None, of=None)
    [note] = objections_of(read_text(HEAD + slip + meets + event(id="late", of="walk")))
    assert note.code == "N601"


@given(record=records(max_size=10), data=st.data())
def test_a_history_that_borrows_from_an_earlier_one_is_the_same_history(record, data):
    header, events = record
    old = read_text(write_record(header, events))
    left = data.draw(st.integers(0, len(events)))
    dropped = {event.id for event in events[left : left + 1]}
    new = read_text(write_record(header, [event for event in events if event.id not in dropped]))
    plain = History(new.header, new.events)
    borrowed = replayed(new, replayed(old))
    assert borrowed.last == plain.last
    assert objections_of(new, borrowed) == objections_of(new)


def test_other_declarations_lend_nothing():
    old, new = read_text(HEAD), read_text(HEAD.replace("unit: km", "unit: m"))
    assert replayed(new, replayed(old)).declared == new.header


def test_an_answer_to_what_was_not_offered_is_shown_under_the_wrong_entry_of_only():
    text = HEAD + event(kind="reject", only="[pullback, terms-of-trade]")
    [note] = objections_of(read_text(text))
    line = text.splitlines()[note.place.line - 1]
    assert note.code == "N604"
    assert line[note.place.column - 1 : note.place.end_column - 1] == "terms-of-trade"


def test_a_single_wrong_entry_of_only_is_shown_without_its_list():
    text = HEAD + event(kind="reject", only="terms-of-trade")
    [note] = objections_of(read_text(text))
    line = text.splitlines()[note.place.line - 1]
    assert line[note.place.column - 1 : note.place.end_column - 1] == "terms-of-trade"
