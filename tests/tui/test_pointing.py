"""The mouse: what is under it gets the cursor; nothing needs it."""

from hypothesis import given
from hypothesis import strategies as st

from terms.tui.pointing import clicked, dragged, wheeled
from tests.tui import ferry


def test_the_wheel_moves_the_pane_under_it() -> None:
    desk = ferry.desk(at="later-name")
    assert wheeled(desk, 10, 10, -1).here == "velm-acc"
    assert wheeled(desk, 80, 28, 1).source_top > 0
    assert wheeled(desk, 80, 10, 1, step=True).here == "bad-accept"


def test_a_click_on_a_head_points_at_the_whole_party_and_on_a_name_at_the_whole_term() -> None:
    desk = ferry.desk()
    assert clicked(desk, 66, 3).cell == ("kestria", "", "")
    assert clicked(desk, 50, 6).cell == ("", "pullback", "first")


def test_dragging_along_the_strip_goes_through_the_whole_history() -> None:
    desk = ferry.desk()
    reached = [dragged(desk, x).steps for x in range(2, 118)]
    assert reached == sorted(reached)
    assert set(reached) == set(range(1, len(desk.history) + 1))


@given(x=st.integers(-5, 300), y=st.integers(-5, 90), width=st.integers(20, 200), height=st.integers(5, 60))
def test_a_click_anywhere_breaks_nothing(x: int, y: int, width: int, height: int) -> None:
    desk = ferry.desk(width, height)
    for made in (clicked(desk, x, y), wheeled(desk, x, y, 1), wheeled(desk, x, y, -1)):
        assert 0 <= made.steps <= len(made.history)
        assert made.row < len(made.rows)
