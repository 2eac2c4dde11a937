"""A text in an old form is read as what it says in the present one; its faults are told where it was written."""

import pytest

from terms.core.event import read_event
from terms.ground.canonical import canonical_json
from terms.records import read_text, renewing
from terms.records.renewing import FORM, Renewal, Step, checked_renewals, checked_steps, is_newer
from terms.stores.lines import read_line

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


# ---- declarations --------------------------------------------------------------------------------

OLD_HEAD = """format: terms/0
title: Velm
sides:
  north: North
  south: South
sources: {M1: {heading: Minutes, dated: 2031-03-01}}
"""
PRESENT = """
events:
  - id: e-1
    date: 2031-03-01
    kind: state
    by: north
    that: "not one metre"
    source: M1 p.1
"""


def sided(spelled):
    """`sides` are `parties` now, and belligerents unless they say something else; a source has a `title`."""
    kept = {key: value for key, value in spelled.items() if key != "sides"}
    sources = {
        name: {"title" if key == "heading" else key: words for key, words in source.items()}
        for name, source in kept.get("sources", {}).items()
    }
    parties = {name: {"name": said, "role": "belligerent"} for name, said in spelled["sides"].items()}
    return {**kept, "parties": parties, "sources": sources}


OLDER = Step("terms/0", FORM, sided)


@pytest.fixture
def old_heads(monkeypatch):
    monkeypatch.setattr(renewing, "UPGRADES", checked_steps([OLDER]))


def codes(record):
    return [(one.code, one.place.line) for one in record.diagnostics]


def test_declarations_in_an_old_form_are_read_in_the_present_one_and_that_is_said(old_heads):
    record = read_text(OLD_HEAD + PRESENT, "velm.record.yaml")
    now = read_text(
        OLD_HEAD.replace("terms/0", FORM)
        .replace("sides:", "parties:")
        .replace(" North", " {name: North, role: belligerent}")
        .replace(" South", " {name: South, role: belligerent}")
        .replace("heading", "title")
        + PRESENT,
        "velm.record.yaml",
    )
    assert codes(now) == []
    assert (record.header, record.events) == (now.header, now.events)
    assert codes(record) == [("W404", 1)]


def test_a_fault_in_old_declarations_is_told_where_it_was_written(old_heads):
    record = read_text(OLD_HEAD.replace("dated: 2031-03-01", "dated: soonish") + PRESENT, "velm.record.yaml")
    (fault,) = [one for one in record.diagnostics if one.code == "E301"]
    assert (fault.place.line, fault.place.column) == (6, OLD_HEAD.splitlines()[5].index("2031") + 1)


def test_a_line_of_a_store_in_an_old_form_says_the_same_as_the_text(old_heads):
    text = read_text(OLD_HEAD + PRESENT, "velm.record.yaml")
    line = canonical_json(
        {"format": "terms/0", "title": "Velm", "sides": {"north": "North", "south": "South"},
         "sources": {"M1": {"heading": "Minutes", "dated": "2031-03-01"}}}
    )  # fmt: skip
    assert read_line(line, renewing.UPGRADES) == text.header


def test_without_a_step_an_old_form_is_refused_where_it_is_named():
    assert codes(read_text(OLD_HEAD + PRESENT, "velm.record.yaml")) == [("E101", 1)]


def test_a_form_of_a_later_version_is_read_by_nobody():
    record = read_text(OLD_HEAD.replace("terms/0", "terms/2") + PRESENT, "velm.record.yaml")
    assert codes(record) == [("E115", 1)]
    assert record.is_unreadable


@pytest.mark.parametrize(
    "form", ["terms/1", "terms/0", "terms", "terms/two", "terms/²", "notes/2", "terms/1.5"]
)
def test_what_is_no_later_number_is_no_later_form(form):
    assert not is_newer(form)
