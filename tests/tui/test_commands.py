"""The table of commands: what is listed runs, what is not listed does nothing, and `esc` always leads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.core.history import History
from terms.testing.strategies import histories
from terms.tui import leaving
from terms.tui.command import Command
from terms.tui.commands import BY_ID, COMMANDS, listed, press, run_command, valid
from terms.tui.desk import Desk, opened
from terms.tui.leaving import modes
from terms.tui.scrolling import settled
from terms.views.contested import Readings
from tests.tui import ferry

WALKS = st.lists(st.integers(0, 999), max_size=12)


def walked(history: History, walk: list[int], size: tuple[int, int] = (120, 36)) -> Desk:
    """A desk after a random walk over whatever is valid."""
    desk = settled(opened(history, name="generated", width=size[0], height=size[1]))
    desk = desk.but(readings=Readings(history))
    for choice in walk:
        offered = valid(desk) if desk.menu is None and desk.prompt is None else []
        desk = run_command(desk, offered[choice % len(offered)]) if offered else ferry.typed(desk, "escape")
    return desk


def seen(desk: Desk) -> tuple[object, ...]:
    """What of a desk anybody could notice."""
    return tuple(getattr(desk, name) for name in desk.__struct_fields__ if name != "hint")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_is_valid_somewhere_and_does_something_there(command: Command) -> None:
    desk = PLACES.get(command.id, lambda: ferry.desk(at="mediator"))()
    assert command in valid(desk)
    assert seen(run_command(desk, command)) != seen(desk)


@given(history=histories(max_size=8), walk=WALKS)
def test_whatever_is_offered_does_something_a_reader_can_notice(history: History, walk: list[int]) -> None:
    desk = walked(history, walk).but(menu=None, prompt=None, out=())
    idle = [
        command.id
        for command in valid(desk)
        if seen(run_command(desk, command)) == seen(desk.but(message=""))
    ]
    assert idle == []


def playing() -> Desk:
    return ferry.typed(ferry.desk(at="kes-open"), "space")


PLACES = {
    "leave": lambda: ferry.typed(ferry.desk(), "enter"),
    "difference.next": lambda: ferry.typed(ferry.desk(at="mediator"), "a", "G", "d"),
    "difference.previous": lambda: ferry.typed(ferry.desk(at="mediator"), "a", "G", "d"),
    "find.next": lambda: ferry.typed(ferry.desk(at="kes-open"), "/", *"mediator", "enter"),
    "find.previous": lambda: ferry.typed(ferry.desk(at="kes-open"), "/", *"mediator", "enter"),
    "anchor.swap": lambda: ferry.typed(ferry.desk(at="kes-open"), "a", "G", "b"),
    "rows.contested": lambda: (made := ferry.desk()).but(readings=Readings(made.history)),
    "mark.go": lambda: ferry.typed(ferry.desk(), "m", "q"),
    "play.slower": playing,
    "play.faster": playing,
    "move.up": lambda: ferry.typed(ferry.desk(), "j"),
    "move.page-up": lambda: ferry.typed(ferry.desk(), "j"),
    "move.left": lambda: ferry.typed(ferry.desk(), "l"),
    "move.right": ferry.desk,
    "source.up": lambda: ferry.typed(ferry.desk(at="later-name"), "J"),
    "source.down": lambda: ferry.desk(at="later-name"),
    "step.forward": lambda: ferry.typed(ferry.desk(), "g", "backspace"),
    "overlay.compare": lambda: ferry.typed(ferry.desk(), "o", *"without mediator", "enter"),
    "branches": lambda: ferry.on_what_if(),
    "see.all": lambda: ferry.typed(ferry.desk(), "P", *"harbour", "enter"),
    "rows.fold-stage": ferry.desk,
    "rows.unfold": lambda: ferry.typed(ferry.desk(), "Z"),
    "pane.3": ferry.desk,
    "pane.2": lambda: ferry.typed(ferry.desk(), "1"),
}  # fmt: skip


@given(history=histories(max_size=8), walk=WALKS)
def test_escape_always_leads_back_to_the_whole_record(history: History, walk: list[int]) -> None:
    desk = walked(history, walk)
    for _ in range(2 + len(leaving.WAYS_OUT)):
        desk = ferry.typed(desk, "escape")
    assert (desk.menu, desk.prompt, modes(desk)) == (None, None, [])
    assert desk.history is desk.record
    assert press(desk, "escape") is None


@given(history=histories(max_size=8), walk=WALKS)
def test_the_list_of_keys_names_exactly_what_is_valid(history: History, walk: list[int]) -> None:
    desk = ferry.typed(walked(history, walk), "escape")
    if desk.menu is not None or desk.prompt is not None:
        desk = ferry.typed(desk, "escape")
    opened_list = run_command(desk, BY_ID["keys"])
    offered = {command.id for command in listed(opened_list)}
    assert offered == {command.id for command in COMMANDS if command.when(desk)} - (
        {"leave"} if not modes(desk) else set()
    )


@given(history=histories(max_size=8), walk=WALKS, choice=st.integers(0, 99))
def test_a_key_that_is_not_valid_does_nothing(history: History, walk: list[int], choice: int) -> None:
    desk = walked(history, walk)
    if desk.menu is not None or desk.prompt is not None:
        return
    live = {key for command in valid(desk) for key in command.keys}
    dead = sorted({key for command in COMMANDS for key in command.keys} - live)
    assert all(press(desk, key, key if len(key) == 1 else None) is None for key in dead)


def test_no_two_commands_answer_to_one_key_at_once() -> None:
    for place in (ferry.desk, playing, *PLACES.values()):
        keys = [key for command in valid(place()) for key in command.keys]
        assert len(keys) == len(set(keys))


def test_the_list_of_keys_runs_what_is_typed_into_it() -> None:
    desk = ferry.typed(ferry.desk(), "?", *"first event", "enter")
    assert desk.menu is None
    assert desk.steps == 1


def test_a_list_without_a_match_stays_open() -> None:
    desk = ferry.typed(ferry.desk(), "?", *"zzzz", "enter")
    assert desk.menu == "keys"
    assert listed(desk) == []


def test_the_line_of_keys_names_the_mode_and_the_way_out() -> None:
    from terms.tui.frame import text

    assert "esc leaves why" in text(ferry.typed(ferry.desk(), "enter")).splitlines()[-2]


def test_own_keys_take_the_place_of_the_usual_ones() -> None:
    desk = ferry.desk(at="mediator").but(keys=(("step.next", ("w",)),))
    assert ferry.typed(desk, "w").steps == desk.steps + 1
    assert ferry.typed(desk, ".").steps == desk.steps


def test_the_palette_names_every_command_and_says_which_do_nothing_now() -> None:
    from terms.tui.frame import text

    desk = ferry.typed(ferry.desk(), "ctrl+p")
    assert listed(desk) == [*COMMANDS]
    looking = ferry.typed(desk, *"swap")
    assert "swap A and B (not now)" in text(looking)
    assert ferry.typed(looking, "enter").message == "not now: swap A and B"
    assert ferry.typed(desk, *"first event", "enter").steps == 1


@pytest.mark.parametrize(
    ("pane", "words"), [("1", "every event in the order"), ("2", "a row a term"), ("3", "who knew")]
)
def test_each_pane_tells_what_it_shows_and_its_own_keys(pane: str, words: str) -> None:
    from terms.tui.frame import text

    desk = ferry.typed(ferry.desk(), pane, "f1")
    assert words in text(desk)
    assert {command.id for command in listed(desk)} < {
        command.id for command in valid(ferry.typed(desk, "escape"))
    }


def test_what_is_laid_over_is_compared_by_one_key() -> None:
    desk = ferry.typed(ferry.desk(), "o", *"without mediator", "enter", "O")
    assert desk.comparing
    assert desk.differing
    assert desk.new.name == "close (without mediator)"
