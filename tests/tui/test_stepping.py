"""Through time: by event, by cell, by session, by jump, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.core.history import History
from terms.testing.strategies import histories
from terms.tui import matrix, stepping
from terms.tui.desk import Desk, opened
from terms.tui.finding import place_of
from terms.views.positions import changes_of
from tests.tui import ferry


@given(history=histories(max_size=8), keys=st.lists(st.sampled_from(".,gG<>tT{}"), max_size=12))
def test_a_step_is_always_within_the_history(history: History, keys: list[str]) -> None:
    desk = ferry.typed(opened(history, name="x"), *keys)
    assert 0 <= desk.steps <= len(history)


@given(history=histories(min_size=1, max_size=10))
def test_walking_a_cell_visits_every_change_of_it_and_nothing_else(history: History) -> None:
    desk = opened(history, name="x").but(steps=0)
    if desk.cell is None or not all(desk.cell[:2]):
        return
    cell, visited = desk.cell, []
    while (following := ferry.typed(desk, ">")).steps != desk.steps:
        desk = following
        visited.append(desk.place)
    assert tuple(visited) == changes_of(history, cell)
    assert desk.cell == cell


@given(history=histories(min_size=1, max_size=10))
def test_next_and_previous_change_of_a_term_undo_each_other(history: History) -> None:
    first = ferry.typed(opened(history, name="x").but(steps=0), "t")
    second = ferry.typed(first, "t")
    if second.steps not in (0, first.steps):
        assert ferry.typed(second, "T").steps == first.steps


def test_stepping_puts_the_cursor_on_what_changed() -> None:
    desk = ferry.typed(ferry.desk(at="kes-rej"), ".")
    assert desk.cell in matrix.changed(desk.history, desk.steps)


def test_who_asks_why_stays_on_the_cell_while_stepping() -> None:
    desk = ferry.typed(ferry.desk(at="kes-rej"), "enter")
    assert ferry.typed(desk, ".", ".", ".").cell == desk.cell


def test_the_head_of_a_term_walks_all_parties() -> None:
    desk = ferry.typed(ferry.desk(at="kes-open"), "h", "h", "h")
    assert desk.cell is not None
    assert desk.cell[0] == ""
    assert ferry.typed(desk, ">").here == "velm-counter"


def test_the_head_of_a_party_walks_all_its_terms() -> None:
    desk = ferry.typed(ferry.desk(at="kes-open"), "k", "k", "k", "k")
    assert desk.cell == ("kestria", "", "")
    assert ferry.typed(desk, ">").here == "kes-rej"


def test_sessions_come_before_days() -> None:
    desk = ferry.desk(at="velm-counter")
    assert ferry.typed(desk, "{").here == "meet-1"
    assert ferry.typed(desk, "}").here == "kes-rej"


def test_a_jump_can_be_taken_back_and_again() -> None:
    desk = ferry.desk(at="paper")
    away = ferry.typed(desk, "G")
    back = ferry.typed(away, "backspace")
    assert (back.here, ferry.typed(back, "alt+right").here) == (desk.here, away.here)


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("paper", "paper"),
        ("3", "velm-counter"),
        ("#3", "velm-counter"),
        ("100%", "close"),
        ("2031-03-05", "velm-counter"),
        ("2031-03", "velm-acc"),
        ("2031-03-11", "paper"),
    ],
)
def test_a_place_is_an_id_a_number_a_share_or_a_date(typed: str, event: str) -> None:
    assert ferry.typed(ferry.desk(), ":", *typed, "enter").here == event


def test_a_place_before_everything_is_the_beginning() -> None:
    assert place_of(ferry.history(), "2030") == 0


def test_a_place_that_is_none_offers_the_nearest_event() -> None:
    assert "did you mean 'kes-open'?" in ferry.typed(ferry.desk(), ":", *"kes-opn", "enter").message


def test_anchors_and_deadlocks_are_places_too() -> None:
    desk = ferry.typed(ferry.desk(at="paper"), "a", "G", ":", "a", "enter")
    assert desk.here == "paper"
    assert ferry.typed(desk, ":", *"deadlock", "enter").here == "order-v"


@pytest.mark.parametrize(
    ("condition", "event"),
    [
        ("pullback agreed", "velm-acc"),
        ("kestria ferry accepted", "acc-short"),
        ("velm pullback 25 km", "paper"),
        ("talks adjourned", "close"),
        ("deadlock", "order-v"),
        ("contested", "acc-short"),
    ],
)
def test_the_first_event_where_something_holds(condition: str, event: str) -> None:
    assert ferry.typed(ferry.desk(), "B", "ctrl+u", *condition, "enter").here == event


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("pulback agreed", "did you mean 'pullback'?"),
        ("ferry in force", "never in this history"),
        ("", "say what has to hold"),
    ],
)
def test_what_never_holds_or_cannot_be_read_is_said(condition: str, said: str) -> None:
    desk = ferry.desk(at="paper")
    asked = ferry.typed(desk, "B", "ctrl+u", *condition, "enter")
    assert said in asked.message
    assert asked.steps == desk.steps


def test_marks_are_places_for_a_letter() -> None:
    desk = ferry.typed(ferry.desk(at="paper"), "m", "p", "G")
    assert ferry.typed(desk, "'", "p").here == "paper"
    assert "no mark 'z'" in ferry.typed(desk, "'", "z").message


def test_rival_accounts_are_walked_round_and_round() -> None:
    desk = ferry.desk(at="paper")
    visited = [ferry.typed(desk, *"r" * times).here for times in (1, 2, 3)]
    assert visited == ["acc-short", "acc-long", "acc-short"]


def test_playing_goes_on_to_the_end_and_stops() -> None:
    desk = ferry.typed(ferry.desk(at="velm-acc"), "space")
    assert desk.speed
    for _ in range(len(desk.history)):
        desk = stepping.tick(desk)
    assert (desk.steps, desk.speed) == (len(desk.history), 0)


def test_playing_from_the_end_begins_at_the_beginning() -> None:
    assert ferry.typed(ferry.desk(), "space").steps == 0


def test_real_gaps_wait_as_many_times_longer_as_days_lie_between_but_no_more_than_seven() -> None:
    desk = ferry.typed(ferry.desk(at="kes-rej"), "space", "~")
    assert stepping.pause_before_next(desk) == 4 * stepping.pause_before_next(desk.but(even=True))
    far = desk.but(steps=desk.history.index("velm-acc") + 1)
    assert stepping.pause_before_next(far) == 7 * stepping.pause_before_next(far.but(even=True))


def at_first(desk: Desk) -> Desk:
    return ferry.typed(desk, "g")


def test_under_a_filter_a_step_goes_to_the_next_event_that_passes() -> None:
    desk = ferry.typed(at_first(ferry.desk()), "f", *"move:reject", "enter", "g")
    assert ferry.typed(desk, ".", ".").here == "acc-long"
    assert "no further event" in ferry.typed(desk, ".", ".", ".", ".").message
