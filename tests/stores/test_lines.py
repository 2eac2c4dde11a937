"""Lines read back, old forms are brought up to date, and a newer form is refused and left as it is."""

import json

import pytest

from terms.ground.canonical import canonical_json
from terms.records.renewing import FORM, BrokenUpgrades, Renewal, Step, checked_renewals, checked_steps
from terms.stores.errors import NewerForm, NotALine
from terms.stores.lines import header_line, line_from, line_of, read_line
from terms.stores.looking import READ_AHEAD, events_in
from terms.stores.sqlite import SqliteStore
from terms.stores.store import Line
from tests.stores.places import DECLARED, HEADER, event


def same(spelled):
    return spelled


def test_a_line_is_known_by_its_bytes():
    assert line_from(line_of(event(1)).content) == line_of(event(1))
    assert line_from(header_line(HEADER).content) == header_line(HEADER)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"no json",
        b"{}",
        b'{"kind": "state","id":"e-1"}',
        b'{"kind":"state"}',
        b'{"id":"","kind":"state"}',
    ],
)
def test_what_is_no_line_is_refused(content):
    with pytest.raises(NotALine):
        line_from(content)


@pytest.mark.parametrize("bad", [0, 1, READ_AHEAD - 1, READ_AHEAD, READ_AHEAD + 1])
def test_all_events_before_a_line_that_cannot_be_read_come_before_that_is_said(tmp_path, bad):
    store = SqliteStore(f"{tmp_path}/terms.db")
    lines = [line_of(event(number)) for number in range(1, READ_AHEAD + 4)]
    lines[bad] = Line(canonical_json({**event(bad + 1).words(), "mood": "grim"}), "state", f"e-{bad + 1}")
    store.append("velm", [header_line(HEADER), *lines], expected=0)
    seen = events_in(store.read("velm", after=1), "velm")
    assert [next(seen)[1].id for _ in range(bad)] == [event(number).id for number in range(1, bad + 1)]
    with pytest.raises(NewerForm):
        next(seen)


@pytest.mark.parametrize("change", [{"kind": "conjure"}, {"mood": "grim"}, {"date": "soonish"}])
def test_an_event_of_a_newer_form_is_refused_by_name(change):
    newer = canonical_json({**event(1).words(), **change})
    with pytest.raises(NewerForm, match="e-1"):
        read_line(newer)


def test_a_header_of_a_newer_form_is_refused():
    with pytest.raises(NewerForm, match="terms/99"):
        read_line(b'{"format":"terms/99"}')


def test_a_newer_line_is_kept_and_given_back_as_it_is(tmp_path):
    newer = Line(canonical_json({**event(1).words(), "mood": "grim"}), "state", "e-1")
    store = SqliteStore(str(tmp_path / "terms.db"))
    store.append("velm", (*DECLARED, newer), expected=0)
    assert [kept.content for kept in store.read("velm", after=1)] == [newer.content]
    store.close()


def test_an_old_header_goes_through_every_step():
    def titled(spelled):
        return {"format": spelled["format"], "title": spelled["heading"]}

    steps = checked_steps([Step("old/1", "old/2", titled), Step("old/2", FORM, same)])
    assert read_line(json.dumps({"format": "old/1", "heading": "Talks"}).encode(), steps).title == "Talks"


@pytest.mark.parametrize("steps", [
    [Step("a", "b", same)],
    [Step("a", "b", same), Step("b", "a", same)],
    [Step("a", FORM, same), Step("a", FORM, same)],
])  # fmt: skip
def test_upgrades_that_lead_nowhere_are_refused_at_once(steps):
    with pytest.raises(BrokenUpgrades):
        checked_steps(steps)


def worded(spelled):
    """`words` is called `that` now."""
    return {("that" if key == "words" else key): inner for key, inner in spelled.items()}


def called(spelled):
    """`utter` is called `state` now."""
    return {**spelled, "kind": "state"}


def test_an_old_event_goes_through_every_renewal():
    renewals = checked_renewals([Renewal("utter", "kind", called), Renewal("state", "words", worded)])
    old = {key: inner for key, inner in event(1).words().items() if key != "that"}
    content = canonical_json({**old, "kind": "utter", "words": "words 1"})
    assert read_line(content, renewals=renewals) == event(1)


def test_an_event_of_the_present_form_is_left_alone_by_renewals():
    renewals = checked_renewals([Renewal("state", "words", worded)])
    assert read_line(line_of(event(1)).content, renewals=renewals) == event(1)


def test_a_renewal_that_changes_nothing_ends_as_a_form_nobody_knows():
    renewals = checked_renewals([Renewal("utter", "kind", same)])
    with pytest.raises(NewerForm):
        read_line(canonical_json({**event(1).words(), "kind": "utter"}), renewals=renewals)


@pytest.mark.parametrize("renewals", [
    [Renewal("state", "that", worded)],
    [Renewal("state", "kind", called)],
    [Renewal("utter", "words", worded)],
    [Renewal("state", "words", worded), Renewal("state", "words", same)],
], ids=["catches the present", "renames the present", "leads nowhere", "twice"])  # fmt: skip
def test_renewals_that_cannot_hold_are_refused_at_once(renewals):
    with pytest.raises(BrokenUpgrades):
        checked_renewals(renewals)
