"""Deadlines of statements of order and of stances: their clocks, the room left, and loops that cannot be kept."""

from terms.analyses import deadlines
from terms.core.situation import situation
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
