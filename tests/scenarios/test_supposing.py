"""A what-if made step by step: what is replayed is what its scenario file says, and the base stays as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.core.history import History
from terms.scenarios.reading import read_scenario_text
from terms.scenarios.supposing import (
    Action,
    BadWords,
    Change,
    Replayed,
    added_words,
    changed,
    read_words,
    replayed,
    scenario_text,
)
from terms.testing.strategies import histories
from tests.tui import ferry

HISTORY = ferry.history()


def written(history: History, *changes: Change) -> str:
    def place(event: str) -> int | None:
        return history.index(event) if event in history.names else None

    first = history.events[0].id
    return scenario_text({"record": "ferry.record.yaml"}, place, first, changes, "What if")


def played(*changes: Change) -> Replayed:
    return replayed(HISTORY, written(HISTORY, *changes))


def added(anchor: str, words: str) -> Change:
    return Change("add", anchor, added_words(read_words(words), HISTORY.names))


def names(made: Replayed) -> list[str]:
    return [event.id for event in made.history.events]


@given(history=histories(max_size=8), choice=st.integers(0, 99))
def test_any_event_can_be_skipped_and_the_rest_goes_on_without_it(history: History, choice: int) -> None:
    if not history.events:
        return
    before = history.events
    gone = before[choice % len(before)]
    made = replayed(history, written(history, Change("skip", gone.id)))
    assert made.history.events == tuple(event for event in before if event is not gone)
    assert [event for _, event in made.skipped] == [gone]
    assert made.shared == before.index(gone)
    assert (history.events, made.base) == (before, history)


@given(history=histories(max_size=8), choice=st.integers(0, 99))
def test_an_event_is_added_right_behind_the_one_stood_on(history: History, choice: int) -> None:
    if not history.events:
        return
    before = [event.id for event in history.events]
    at = choice % len(before)
    words = {"id": "if-new", "date": "2040-01-01", "kind": "announce", "by": history.header.parties[0].id}
    made = replayed(history, written(history, Change("add", before[at], words)))
    assert names(made) == [*before[: at + 1], "if-new", *before[at + 1 :]]
    assert (made.added, made.edited, made.skipped) == (frozenset(["if-new"]), frozenset(), ())


def test_an_edit_changes_the_fields_that_it_names() -> None:
    made = played(Change("edit", "paper", read_words("terms: {pullback: 26 km}, channel: public")))
    event = made.history.event("paper")
    said = event.words()
    assert said["terms"] == {"pullback": "26 km", "pullback.monitors": "40 persons"}
    assert (event.channel, made.edited, made.shared) == ("public", {"paper"}, 4)


def test_several_changes_make_one_scenario_that_reads_without_a_fault() -> None:
    first = added("kes-rej", "kind: accept, by: kestria, of: velm-counter, only: [ferry]")
    second = Change("add", first.id, added_words(read_words("kind: announce, by: kestria"), [first.id]))
    changes = (
        first,
        second,
        Change("edit", "paper", read_words("terms: {pullback: 26 km}"), "the radio said so"),
    )
    made = played(*changes)
    assert names(made)[3:7] == ["kes-rej", "kestria-accept", "kestria-announce", "paper"]
    scenario = read_scenario_text(written(HISTORY, *changes))
    assert not scenario.has_errors
    assert [edit.action for edit in scenario.edits] == ["insert-after", "insert-after", "replace"]
    assert scenario.edits[2].why == "the radio said so"


def test_what_is_added_at_the_branch_point_is_supposed_in_the_order_stood() -> None:
    one = added("paper", "kind: announce, by: velm")
    two = Change("add", one.id, {**one.words, "id": "two"})
    three = Change("add", "paper", {**one.words, "id": "three"})
    scenario = read_scenario_text(written(HISTORY, one, two, three))
    assert [event.id for event in scenario.supposed] == ["three", "velm-announce", "two"]


def test_an_event_can_come_before_the_first() -> None:
    made = played(added("", "kind: meet, date: 2031-03-01, present: [kestria, velm]"))
    assert names(made)[:2] == ["record-meet", "meet-1"]


def test_changes_of_what_was_added_are_made_in_it() -> None:
    one = added("paper", "kind: accept, by: kestria, of: paper, terms: {}")
    two = added(one.id, "kind: announce, by: velm")
    edited = changed((one, two), Change("edit", one.id, read_words("date: +3d, only: [pullback]")))
    assert [change.action for change in edited] == ["add", "add"]
    assert edited[0].words["date"] == "+3d"
    assert names(played(*changed(edited, Change("skip", one.id))))[5:7] == ["velm-announce", "radio"]


def test_skipping_an_event_leaves_nothing_of_what_was_edited_in_it() -> None:
    edit = Change("edit", "paper", read_words("channel: public"))
    assert changed((edit,), Change("skip", "paper")) == (Change("skip", "paper"),)


def test_names_are_made_of_who_acts_and_what_they_do() -> None:
    words = read_words("kind: accept, by: [velm, kestria], of: paper")
    assert added_words(words, ["velm-accept"])["id"] == "velm-accept-2"
    assert [*added_words(words, [])] == ["id", "date", "kind", "by", "of"]
    assert added_words({"kind": ["x"]}, [])["id"] == "record"


def test_a_key_needs_no_blank_behind_its_colon() -> None:
    cramped = "kind:accept, by:velm, terms:{ferry:open, ferry.hours:12:30-15:00}"
    assert read_words(cramped)["terms"] == {"ferry": "open", "ferry.hours": "12:30-15:00"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "write fields"),
        ("kind: [", "never closed"),
        ("kind: acept, by: velm", "did you mean 'accept'"),
        ("kind: accept", "no 'by'"),
        ("kind: accept, by: velm, of: papr", "did you mean 'paper'"),
        ("kind: accept, by: velm, of: mediator", "comes after the branch point"),
        ("kind: accept, by: velm, of: paper, only: [pullbak]", "pullbak"),
        ("kind: announce, by: velm, id: paper", "used twice"),
    ],
)
def test_what_cannot_be_read_or_made_is_told_in_one_line(words: str, told: str) -> None:
    with pytest.raises(BadWords, match=told.replace("[", r"\[")) as caught:
        played(added("radio", words))
    assert "\n" not in str(caught.value)


def test_what_a_skipped_event_leaves_hanging_is_named() -> None:
    later = added("kes-rej", "kind: announce, by: velm")
    with pytest.raises(BadWords, match="kes-rej"):
        played(Change("skip", "velm-counter"), later)


@pytest.mark.parametrize(("action", "name"), [("skip", "paper"), ("edit", "paper"), ("add", "new")])
def test_a_change_knows_which_event_it_is_about(action: Action, name: str) -> None:
    assert Change(action, "paper", {"id": "new"} if action == "add" else {}).id == name
