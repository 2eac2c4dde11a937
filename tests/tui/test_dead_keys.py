"""What is said of a key that does nothing now."""

from hypothesis import given
from hypothesis import strategies as st

from terms.core.history import History
from terms.testing.strategies import histories
from terms.tui.commands import COMMANDS, press
from terms.tui.dead_keys import unheard
from tests.tui import ferry
from tests.tui.test_app import app
from tests.tui.test_commands import WALKS, walked


@given(history=histories(max_size=6), walk=WALKS, key=st.sampled_from([one.keys[0] for one in COMMANDS]))
def test_telling_of_a_key_moves_nothing_but_the_foot(history: History, walk: list[int], key: str) -> None:
    desk = walked(history, walk)
    told = unheard(desk, key, key if len(key) == 1 else None)
    assert told.but(message="") == desk.but(message="")


def test_the_foot_says_what_a_key_would_be_for() -> None:
    desk = ferry.desk()
    assert press(desk, "W", "W") is None
    assert unheard(desk, "W", "W").message == "not now: the branches: the record and every what-if"
    assert unheard(desk, "S", "S").message == "S is no key; ? lists those that do something now"


def test_of_keys_that_are_held_down_and_of_keys_that_type_nothing_nothing_is_said() -> None:
    desk = ferry.desk()
    assert unheard(desk, "escape") is desk
    assert unheard(desk, "full_stop", ".") is desk
    assert unheard(desk, "f9") is desk


async def test_the_screen_tells_what_a_key_would_be_for_until_the_next_key() -> None:
    one = app()
    async with one.run_test(size=(80, 24)) as pilot:
        await pilot.press("W")
        assert one.desk.message.startswith("not now: ")
        await pilot.press(".")
        assert "not now" not in one.desk.message
