"""A text in an old form is read as what it says in the present one; its faults are told where it was written."""

import pytest

from terms.core.event import read_event
from terms.records import read_text, renewing
from terms.records.renewing import Renewal, checked_renewals

HEAD = """format: terms/1
title: Velm
parties: {north: {name: North, role: belligerent}, south: {name: South, role: belligerent}}
sources: {M1: {title: Minutes}}
events:
"""
OLD = """  # said in the old form
  - id: e-1
    date: 2031-03-01
    kind: utter
    speakers: [north, south]
    words: "not one metre"
    about: {place: velm, again: [e-1]}
    source: M1 p.1
"""


def worded(spelled):
    """`words` is called `that` now, `speakers` are `by`, and `about` is a list."""
    kept = {key: value for key, value in spelled.items() if key not in ("words", "speakers", "about")}
    return {**kept, "by": spelled["speakers"], "that": spelled["words"], "figures": {"metres": "0"}}


@pytest.fixture
def old_forms(monkeypatch):
    """`utter` is called `state` now, and its words `that`."""
    made = checked_renewals(
        [
            Renewal("utter", "kind", lambda spelled: {**spelled, "kind": "state"}),
            Renewal("state", "words", worded),
        ]
    )
    monkeypatch.setattr(renewing, "RENEWALS", made)


def test_an_event_in_an_old_form_is_read_in_the_present_one(old_forms):
    record = read_text(HEAD + OLD, "velm.record.yaml")
    assert [one.message for one in record.diagnostics if one.code.startswith("E")] == []
    assert record.events == (
        read_event(
            {"id": "e-1", "date": "2031-03-01", "kind": "state", "by": ["north", "south"], "that": "not one metre",
             "figures": {"metres": "0"}, "source": "M1 p.1"}
        ),
    )  # fmt: skip


def test_a_fault_in_an_old_form_is_told_where_it_was_written(old_forms):
    record = read_text(HEAD + OLD.replace("[north, south]", "[nort]"), "velm.record.yaml")
    assert [(one.code, one.place.line) for one in record.diagnostics] == [("E205", 10)]


def test_an_event_of_the_present_form_is_left_alone(old_forms):
    new = OLD.replace("utter", "state").replace("speakers:", "by:").replace("words:", "that:")
    new = "\n".join(line for line in new.splitlines() if "about" not in line)
    record = read_text(HEAD + new + "\n", "velm.record.yaml")
    assert [event.that for event in record.events] == ["not one metre"]


def test_without_a_renewal_an_old_form_is_refused():
    assert "E" in {one.code[0] for one in read_text(HEAD + OLD, "velm.record.yaml").diagnostics}
