"""A history that goes on otherwise from one of its steps shares the states up to there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.core.history import History
from terms.core.lens import View
from terms.ground.dates import read_date
from terms.testing.stories import Move, interpret
from terms.testing.strategies import histories
from tests.core.talk import found, talk, told


@given(history=histories(), data=st.data())
def test_going_on_with_the_same_events_is_the_same_history(history, data):
    cut = data.draw(st.integers(0, len(history)))
    again = history.continued(cut, history.events[cut:])
    assert [(step.event, step.after, step.objections) for step in again] == [
        (step.event, step.after, step.objections) for step in history
    ]
    assert all(again.index(event.id) == history.index(event.id) for event in history.events)


@given(history=histories(), data=st.data())
def test_going_on_with_other_events_is_the_history_of_the_record_that_says_so(history, data):
    cut = data.draw(st.integers(0, len(history)))
    rest = tuple(data.draw(st.permutations(history.events[cut:])))
    again = history.continued(cut, rest)
    whole = History(history.header, (*history.record[:cut], *rest))
    assert [step.after for step in again] == [step.after for step in whole]
    assert [step.objections for step in again] == [step.objections for step in whole]


@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_what_was_corrected_before_the_branch_reads_corrected_behind_it(cut):
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: fix, kind: correct, of: v1, with: {terms: {roads: closed}}}
    - {id: out, kind: retract, of: v1}
    - {id: met, kind: meet}
    """)
    again = history.continued(cut, told("- {id: end, date: 2031-03-09, kind: adjourn}"))
    whole = History(history.header, (*history.events[:cut], again.events[-1]))
    for steps in range(cut + 2):
        assert again.as_read("v1", steps) == whole.as_read("v1", steps)
    assert again.as_read("v1") == history.as_read("v1", cut)


@pytest.mark.parametrize(("event", "state"), [("v1", "agreed"), ("gone", "one-sided")])
def test_an_event_that_belongs_before_the_branch_is_folded_where_it_belongs(event, state):
    """An answer told later, but given before the offer was withdrawn, binds; given afterwards it does not."""
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: gone, kind: withdraw, by: north, of: v1}
    - {id: met, kind: meet}
    """)
    late = told(f"- {{id: late, date: 2031-03-04, kind: accept, by: south, of: v1, after: {event}}}")
    again = history.continued(3, late)
    whole = History(history.header, (*history.record, *late))
    assert again.last == whole.last
    assert found(again, "roads", event="late").consent.state == state


def test_the_states_up_to_the_branch_are_the_very_objects():
    history = History(*interpret([Move("propose"), Move("accept", who=1), Move("meet"), Move("walk-out")]))
    again = history.continued(3, ())
    assert all(again.state(steps) is history.state(steps) for steps in range(4))
    assert "e4" not in again


def test_under_a_view_the_rest_of_the_record_is_kept_out_of_sight():
    header, events = interpret([Move("propose"), Move("meet", days=1), Move("accept", who=1, back=0, days=1)])
    history = History(header, events, View(at=read_date("2031-03-02").latest))
    assert len(history.continued(1, ())) == 1
    assert history.continued(2, ()).record == events


def test_the_states_behind_a_change_that_changes_no_state_are_the_very_objects():
    history = History(*interpret([Move("propose"), Move("meet"), Move("accept", who=1), Move("walk-out")]))
    reworded = history.events[1].model_copy(update={"note": "Reworded."})
    again = history.continued(1, (reworded, *history.events[2:]))
    assert again.events == (history.events[0], reworded, *history.events[2:])
    assert all(again.state(steps) is history.state(steps) for steps in (0, 1, 3, 4))
    assert again[1].after == history[1].after
    assert [step.objections for step in again] == [step.objections for step in history]
