"""Deadlines of statements of order and of stances: their clocks, the room left, and loops that cannot be kept."""

import pytest

from terms.analyses import compatibility, deadlines, deadlock, unlock, why_not
from terms.core.history import History
from terms.core.situation import situation
from terms.records import read_text
from terms.views.answers.waiting import cycle_words
from terms.views.findings import lines
from tests.told import told

ROADS = "id: n1, kind: propose, by: north, terms: {roads: {is: open, due: within 10 days after vote.held}}"


def test_the_deadline_of_a_stance_runs_a_clock_and_is_checked_with_all_order():
    found = deadlines.find(situation(told(ROADS, logic=False)))
    [clock] = found.clocks
    assert (clock.statement, clock.state, clock.starts_with) == ("n1", "not started", "vote.held")
    late = "id: s1, kind: state, by: south, order: {o1: roads.done at least 15 days after vote.held}"
    [loop] = deadlines.find(situation(told(ROADS, late, logic=False))).loops
    assert (loop.conflict.names, loop.excess, loop.conflict.checked) == (("n1", "s1/o1"), 5, True)


def test_values_that_are_apart_do_not_hide_what_their_deadlines_ask_for():
    shut = (
        "id: s1, kind: propose, by: south, terms: {roads: {is: closed, due: within 3 days after vote.held}}"
    )
    found = deadlines.find(situation(told(ROADS, shut, logic=False)), anchor="vote.held")
    assert found.feasible
    assert [(one.happening, one.earliest, one.latest) for one in found.windows] == [
        ("roads.done", 0, 3), ("vote.held", 0, 0),
    ]  # fmt: skip


def test_a_clock_that_started_counts_the_days_left():
    held = "id: x1, date: 2031-03-02, kind: occur, of: vote.held"
    [clock] = deadlines.find(situation(told(ROADS, held, logic=False))).clocks
    assert (clock.state, clock.days) == ("running", 10)


def test_what_is_feasible_without_any_slack_is_called_brittle():
    at = situation(
        told(
            "id: n1, kind: state, by: north, order: {o1: vote.held at least 5 days after talks.begins}",
            "id: s1, kind: state, by: south, order: {o1: vote.held within 5 days after talks.begins}",
            logic=False,
        )
    )
    found = deadlines.find(at, anchor="talks.begins")
    assert found.brittle == ("vote.held",)
    told_of = [line.text for line in lines(at.header, found)]
    assert "Feasible and brittle, without any slack: vote.held" in told_of


@pytest.mark.parametrize(
    ("length", "begun", "now", "state", "days"),
    [
        ("36 hours", "2031-03-02T12:00Z", "2031-03-03T23:00Z", "running", 1),
        ("36 hours", "2031-03-02T12:00Z", "2031-03-04T01:00Z", "overdue", 0),
        ("1 month", "2031-02-01", "2031-03-01", "running", 0),
        ("1 month", "2031-02-01", "2031-03-02", "overdue", 1),
        ("10 days", "2031-02-01/..", "2031-06-01", "running", None),
    ],
)
def test_hours_run_to_the_minute_and_months_by_the_calendar(length, begun, now, state, days):
    said = f"id: n1, date: 2031-01-01, kind: state, by: north, order: {{o1: roads.done within {length} after vote.held}}"
    held = f"id: x1, date: {begun}, kind: occur, of: vote.held"
    later = f"id: n2, date: {now}, kind: state, by: north, note: later"
    [clock] = deadlines.find(situation(told(said, held, later, logic=False))).clocks
    assert (clock.state, clock.days) == (state, days)


def test_what_came_too_late_is_told_with_by_how_much():
    said = "id: n1, kind: state, by: north, order: {o1: truce.begins within 2 days after vote.held}"
    held = "id: x1, date: 2031-03-02, kind: occur, of: vote.held"
    done = "id: x2, date: 2031-03-07, kind: occur, of: truce.begins"
    [clock] = deadlines.find(situation(told(said, held, done, logic=False))).clocks
    assert (clock.state, clock.days) == ("met late", 3)
    [clock] = deadlines.find(situation(told(said, held, done.replace("07", "04"), logic=False))).clocks
    assert (clock.state, clock.days) == ("met", None)


def test_a_deadline_that_has_to_give_way_is_named_with_how_far():
    at = situation(
        told(
            "id: n1, kind: propose, by: north, terms: {roads: {is: open, due: 5 days after vote.held}}",
            "id: s1, kind: condition, by: south, order: [roads.done at least 10 days after vote.held]",
            logic=False,
        )
    )
    [conflict] = why_not.find(at).conflicts
    assert conflict.positions[0].words == "roads: open, due 5 days after vote.held (offer)"
    moves = [move for knot in unlock.find(at).groups for way in knot.ways for move in way.moves]
    assert [(move.position, move.words) for move in moves] == [
        ("n1", "its deadline 5 days"),
        ("s1/o1", "5 days"),
    ]


def test_a_loop_on_each_side_of_an_either_or_is_told_as_that_and_not_in_days():
    history = told(
        "id: n1, kind: state, by: north, order: {o1: truce.begins before talks.begins}",
        "id: n2, kind: state, by: north, order: {o1: roads.done after truce.begins or talks.begins}",
        "id: s1, kind: state, by: south, order: {o1: truce.begins after roads.done}",
        logic=False,
    )
    at = situation(history)
    [loop] = deadlines.find(at).loops
    assert (loop.either, loop.cycle, loop.excess) == (("n2/o1",), (), 0)
    shown = [line.text for line in lines(history.header, deadlines.find(at))]
    assert "Cannot all be kept, whichever side of n2/o1 is taken:" in shown
    moves = {
        move.position: move.words
        for knot in unlock.find(at).groups
        for way in knot.ways
        for move in way.moves
    }
    assert moves["s1/o1"] == "to admit the other order"
    [knot] = deadlock.find(at).findings
    assert (
        cycle_words(knot)
        == "roads.done => truce.begins => talks.begins => roads.done, truce.begins => roads.done"
    )


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (
            "at most 30 days",
            "contested",
            "months at their shortest: compatible; months at their longest: gap of 1 day",
        ),
        ("at most 31 days", "compatible", None),
        (
            "at most 20 days",
            "contested",
            "months at their shortest: gap of 8 days; months at their longest: gap of 11 days",
        ),
    ],
)
def test_a_calendar_month_is_read_at_both_of_its_ends(words, status, said):
    header = (
        "format: terms/1\ntitle: Months\nparties: {north: {role: belligerent}, south: {role: belligerent}}\n"
        "terms: {pause: {type: duration, unit: days}}\nsources: {M1: {title: Minutes}}\nevents:\n"
    )
    record = read_text(
        f"{header}  - {{id: n1, date: 2031-03-01, kind: propose, by: north, terms: {{pause: 1 month}}, source: M1}}\n"
        f"  - {{id: s1, date: 2031-03-02, kind: propose, by: south, terms: {{pause: {words}}}, source: M1}}\n"
    )
    assert not record.has_errors
    [pause] = compatibility.find(situation(History(record.header, record.events))).terms
    assert pause.status == status
    assert said is None or pause.words == said


def test_a_duty_of_several_with_one_clock_is_one_line_that_names_all_who_owe_it():
    due = "roads: {is: open, due: within 10 days after vote.held}"
    at = situation(told(f"id: j1, kind: agree, by: [north, south], terms: {{{due}}}", logic=False))
    found = deadlines.find(at)
    assert [(one.statement, one.owed_by) for one in found.clocks] == [("j1", ("north", "south"))]
    told_of = [line.text for line in lines(at.header, found)]
    assert "Clock j1, owed by north and south: not started; runs from vote.held" in told_of


def test_a_clock_names_who_is_to_keep_it_and_not_whoever_agreed_to_it():
    due = "roads: {is: open, who: south, due: within 10 days after vote.held}"
    at = situation(told(f"id: j1, kind: agree, by: [north, south], terms: {{{due}}}", logic=False))
    assert [one.owed_by for one in deadlines.find(at).clocks] == [("south",)]


def test_deadlines_said_in_two_events_are_two_clocks():
    again = (
        "id: s1, kind: propose, by: south, terms: {roads: {is: open, due: within 10 days after vote.held}}"
    )
    found = deadlines.find(situation(told(ROADS, again, logic=False)))
    assert [(one.statement, one.owed_by) for one in found.clocks] == [("n1", ("north",)), ("s1", ("south",))]
