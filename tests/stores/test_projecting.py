"""What one party is handed depends on nothing that it does not know."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.core.event import read_event
from terms.records.reading import read_text
from terms.records.writing import write_record
from terms.stores.projecting import UNDISCLOSED, pruned, shown_to
from terms.testing.stories import KIND_NAMES, PARTIES
from terms.testing.strategies import records
from tests.draws import draws
from tests.hiding import hidden_from
from tests.stores.places import HEADER, event

TELLING = ("propose", "state", "publish", "leak", "hand-over", "accept", "counter", "reject", "claim", "meet")


def handed(party, header, events):
    """The bytes of the record that `party` is handed."""
    shown = shown_to(party, header, events)
    return write_record(pruned(header, shown), shown)


def private(name, by, to, **more):
    return read_event(
        {"id": name, "date": "2031-03-01", "kind": "propose", "by": by, "to": to, "channel": "private",
         "terms": {"t.yes-no": "yes"}, "source": "M1 p.1", **more}
    )  # fmt: skip


@settings(max_examples=draws(150))
@given(record=records(kinds=TELLING, max_size=14), party=st.sampled_from(PARTIES))
def test_changing_hidden_events_changes_no_byte(record, party):
    header, events = record
    hidden = {one.id for one in hidden_from(party, header, events)}
    changed = [
        one.changed({"note": "otherwise", "source": "R1 p.9"}) if one.id in hidden else one for one in events
    ]
    assert handed(party, header, changed) == handed(party, header, events)


@settings(max_examples=draws(150))
@given(record=records(kinds=TELLING, max_size=14), party=st.sampled_from(PARTIES))
def test_leaving_hidden_events_out_changes_no_byte(record, party):
    header, events = record
    hidden = {one.id for one in hidden_from(party, header, events)}
    kept = [one for one in events if one.id not in hidden]
    assert handed(party, header, kept) == handed(party, header, events)


@settings(max_examples=draws(200))
@given(record=records(kinds=KIND_NAMES, max_size=14), party=st.sampled_from(PARTIES))
def test_no_id_of_a_hidden_event_is_handed_over(record, party):
    header, events = record
    text = handed(party, header, events)
    assert [
        one.id for one in hidden_from(party, header, events) if f" {one.id}\n" in text or f"{one.id}/" in text
    ] == []


@settings(max_examples=draws(150))
@given(record=records(kinds=TELLING, max_size=12), party=st.sampled_from(PARTIES))
def test_what_is_handed_over_reads_without_errors(record, party):
    header, events = record
    text = handed(party, header, events)
    assert [one for one in read_text(text).diagnostics if one.code.startswith("E")] == []


@settings(max_examples=draws(100))
@given(record=records(kinds=TELLING, max_size=12), party=st.sampled_from(PARTIES))
def test_what_was_shown_is_never_unsaid(record, party):
    header, events = record
    before: tuple = ()
    for count in range(len(events) + 1):
        shown = shown_to(party, header, events[:count])
        assert shown[: len(before)] == before
        before = shown


def test_a_reference_to_a_hidden_event_reads_undisclosed():
    secret = private("north-secret", "north", "east")
    answer = read_event(
        {
            "id": "east-answer",
            "date": "2031-03-02",
            "kind": "reject",
            "by": "east",
            "of": "north-secret",
            "source": "M1 p.2",
        }
    )
    (shown,) = shown_to("south", HEADER, (secret, answer))
    assert shown.words()["of"] == UNDISCLOSED


def test_the_header_declares_no_more_than_is_named():
    secret = private("north-secret", "north", "east", text="letter", speaker="envoy")
    shown = shown_to("south", HEADER, (secret, event(1)))
    declared = pruned(HEADER, shown)
    assert [one.id for one in declared.terms] == []
    assert [one.id for one in declared.texts] == []
    assert [one.id for one in declared.parties] == ["north"]
    assert [one.id for one in declared.sources] == ["M1"]


def test_an_account_that_a_rival_displaced_stays_as_private_as_it_was():
    """Two private accounts of one occurrence: one is not in use, and is no more open for that."""
    rivals = [
        read_event(
            {"id": name, "date": "2031-03-01", "kind": "claim", "by": "south", "to": "east", "channel": "private",
             "that": "words", "account-of": "pier", "source": "M1 p.1"}
        )
        for name in ("south-first", "south-second")
    ]  # fmt: skip
    assert shown_to("north", HEADER, rivals) == ()
    assert [one.id for one in shown_to("east", HEADER, rivals)] == ["south-first", "south-second"]


@settings(max_examples=draws(200))
@given(record=records(kinds=KIND_NAMES, max_size=14), party=st.sampled_from(PARTIES))
def test_a_private_event_that_nobody_opened_reaches_only_those_it_names(record, party):
    """An oracle beside the history: with nothing that discloses, who knows follows from the event alone."""
    header, events = record
    told = [
        one for one in events if one.kind not in ("publish", "leak", "hand-over", "announce", "represent")
    ]
    people = {person.id: person.of for person in header.persons}
    for one in shown_to(party, header, told):
        named = {*one.by, *one.to, *one.via, *one.present, *([one.speaker] if one.speaker else ())}
        assert one.channel == "public" or party in named | {people.get(name) for name in named}


def test_the_addressee_is_handed_the_event_whole():
    secret = private("north-secret", "north", "east")
    assert shown_to("east", HEADER, (secret,)) == (secret,)


def answered(**fields):
    """What south is handed of an event that speaks of a paper it does not know, and of one that it knows."""
    paper = read_event({"id": "paper", "date": "2031-03-01", "kind": "propose", "by": "north", "to": "east",
                        "channel": "private", "terms": {"t.yes-no": "yes"}, "source": "M1 p.1"})  # fmt: skip
    said = {"id": "n-said", "date": "2031-03-02", "by": "north", "source": "M1 p.2", **fields}
    *_, shown = shown_to("south", HEADER, (paper, event(1), read_event(said)))
    return shown.words()


@pytest.mark.parametrize(("fields", "shown"), [
    ({"kind": "announce", "that": {"kind": "accept", "by": "east", "of": ["paper", "e-1"]}},
     {"that": {"kind": "accept", "by": "east", "of": [UNDISCLOSED, "e-1"]}}),
    ({"kind": "claim", "that": {"did": "east", "of": "paper/t.yes-no"}}, {"that": {"did": "east", "of": UNDISCLOSED}}),
    ({"kind": "judge", "relation": "same-as", "a": "paper/t.yes-no", "b": "e-1"}, {"a": UNDISCLOSED, "b": "e-1"}),
    ({"kind": "propose", "terms": {"t.quantity": "same as paper"}}, {"terms": {"t.quantity": "unpublished"}}),
    ({"kind": "propose", "terms": {"t.quantity": "same as e-1"}}, {"terms": {"t.quantity": "same as e-1"}}),
    ({"kind": "propose", "terms": {"t.quantity": {"is": "3 km", "note": "the same as paper"}}},
     {"terms": {"t.quantity": {"is": "3 km", "note": "the same as paper"}}}),
    ({"kind": "accept", "of": "e-1", "only-if": "east accepts paper"}, {"only-if": f"east accepts {UNDISCLOSED}"}),
    ({"kind": "accept", "of": "e-1", "only-if": "east accepts paper/option-1"},
     {"only-if": f"east accepts {UNDISCLOSED}"}),
    ({"kind": "supersede", "of": "e-1", "with": "paper"}, {"with": UNDISCLOSED}),
    ({"kind": "correct", "of": "e-1", "with": {"about": "paper", "source": "M1 p.1"}, "why": "x"},
     {"with": {"about": UNDISCLOSED, "source": "M1 p.1"}}),
    ({"kind": "state", "that": "so", "accounts": [{"source": "R1", "with": {"about": "paper"}}]},
     {"accounts": [{"source": "R1", "with": {"about": UNDISCLOSED}}]}),
], ids=str)  # fmt: skip
def test_no_name_of_a_hidden_paper_is_handed_over_in_what_others_say_of_it(fields, shown):
    words = answered(**fields)
    assert {key: words[key] for key in shown} == shown
