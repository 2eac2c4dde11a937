"""The program around the desk, driven by keys without a terminal."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from terms.core.event import read_event
from terms.core.history import History
from terms.core.lens import View
from terms.tui.app import StepApp
from terms.tui.commands import COMMANDS
from terms.tui.desk import Desk
from terms.tui.frame import frame
from terms.tui.lines import THEME_NAMES, text_of
from terms.tui.opening import NoSuchPlace, desk_for, picture
from terms.tui.rereading import READING
from terms.tui.seeing import seen
from terms.tui.themes import THEMES
from tests.tui import ferry
from tests.tui.test_commands import PLACES

pytestmark = pytest.mark.usefixtures("reads_when_asked")

AN_HOUR = 3_600_000
"""Milliseconds (of playing) or seconds (of drawing ahead) that no test lasts."""


def app(at: str | None = "kes-open", **named: object) -> StepApp:
    return StepApp(ferry.desk(at=at), **named)  # type: ignore[arg-type]


def on_screen(one: StepApp) -> list[str]:
    """What Textual would draw, line by line."""
    canvas = one.canvas
    return [canvas.render_line(y).text for y in range(canvas.size.height)]


async def settle(pilot: Pilot[Desk]) -> None:
    """Until everything begun is done or given up, and what that began in its turn."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.pause(0.01)
        await pilot.pause()


async def test_the_screen_shows_the_frame_and_nothing_else() -> None:
    one = app()
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press(".")
        assert on_screen(one) == [text_of(line) for line in frame(one.desk)]


async def test_a_step_is_one_repaint_of_the_lines_that_differ() -> None:
    one = app()
    async with one.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        before, repaints = frame(one.desk), len(one.canvas.painted)
        await pilot.press(".")
        differing = tuple(
            y for y, pair in enumerate(zip(before, frame(one.desk), strict=True)) if pair[0] != pair[1]
        )
        assert one.canvas.painted[repaints:] == [differing]
        assert len(differing) < 36


async def test_a_step_draws_as_many_rows_of_a_long_history_as_of_a_short_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert await rows_made(40, monkeypatch) == await rows_made(2_000, monkeypatch)


async def rows_made(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many rows of the list and of the matrix are made for one step in the middle of so many events."""
    from terms.tui import matrix
    from terms.views.timeline import Timeline

    header = ferry.header()
    spelled = {"kind": "propose", "by": "kestria", "source": "M1"}
    events = [
        read_event({**spelled, "id": f"e{n}", "date": "2031-03-04", "terms": {"pullback": f"{n % 9 + 1} km"}})
        for n in range(count)
    ]
    one = StepApp(desk_for(History(header, events), name="long", at=count // 2))
    made = 0
    row, position_row = Timeline.row, matrix.position_row

    def counted_row(self: Timeline, index: int) -> object:
        nonlocal made
        made += 1
        return row(self, index)

    def counted_position(*places: object, **named: object) -> object:
        nonlocal made
        made += 1
        return position_row(*places, **named)  # type: ignore[arg-type]

    # However long opening takes here: nothing is drawn ahead of the step that is counted.
    monkeypatch.setattr("terms.tui.app.IDLE", AN_HOUR)
    async with one.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(Timeline, "row", counted_row)
        monkeypatch.setattr(matrix, "position_row", counted_position)
        one.put(ferry.typed(one.desk, "."))
        monkeypatch.undo()
    return made


async def test_every_key_of_every_command_does_in_the_program_what_the_table_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each where it is valid; leaving the program, and the clock of playing, are other tests' business."""
    monkeypatch.setattr("terms.tui.stepping.pause_before_next", lambda _: AN_HOUR)
    one = app("mediator")
    async with one.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for command in COMMANDS:
            start = PLACES.get(command.id, lambda: ferry.desk(at="mediator"))()
            for key in command.keys if command.id != "quit" else ():
                one.put(start)
                await pilot.press(key)
                assert told(one.desk) == told(ferry.typed(start, key)), key
                assert one.desk != start, f"{key} did nothing"


def told(desk: Desk) -> tuple[object, ...]:
    return (
        desk.steps,
        desk.point,
        desk.menu,
        desk.lower,
        desk.focus,
        desk.prompt,
        desk.zoomed,
        desk.only,
        desk.speed,
    )


async def test_return_typed_before_the_terminal_was_ready_is_return() -> None:
    one, other = app("mediator"), app("mediator")
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press(":", "1", "enter")
    async with other.run_test(size=(120, 36)) as pilot:
        await pilot.press(":", "1", "ctrl+j")
    assert one.desk.steps == other.desk.steps == 1
    assert other.desk.prompt is None


async def test_quitting_gives_back_the_place() -> None:
    one = app("mediator")
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press(".", "q")
    assert one.return_value is not None
    assert one.return_value.here == "acc-short"


async def test_another_size_is_drawn_at_once() -> None:
    one = app()
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert on_screen(one) == [text_of(line) for line in frame(one.desk.but(width=80, height=24))]


async def test_copying_reaches_the_clipboard_and_says_so() -> None:
    one = app("kes-open")
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press("y", *"quotation", "enter")
        assert "Тридцать километров" in one.clipboard
        assert "copied the quotation" in one.desk.message


async def test_exports_go_to_files_that_were_not_there_before(tmp_path: Path) -> None:
    one = app("mediator", folder=tmp_path)
    async with one.run_test(size=(120, 36)) as pilot:
        for word in ("markdown", "csv", "json", "svg", "csv"):
            await pilot.press("e", *word, "enter")
    endings = sorted(path.name.partition("mediator-")[2] for path in tmp_path.iterdir())
    assert endings == ["frame.svg", "positions-2.csv", "positions.csv", "positions.json", "positions.md"]
    assert not any("\x1b" in path.read_text("utf-8") for path in tmp_path.iterdir())


async def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    one = app("mediator", folder=tmp_path / "missing")
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press("e", *"csv", "enter")
        assert "not written" in one.desk.message


async def test_rival_accounts_are_read_behind_the_readers_back() -> None:
    one = app("acc-short")
    async with one.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert any("?+ escorted" in line for line in on_screen(one))


async def test_a_record_that_grew_leaves_the_reader_where_they_are() -> None:
    fresh = [ferry.told({"terms": {"pullback": "22 km"}}), None]
    one = app("mediator", reread=lambda: fresh.pop(0))
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press("R")
        await settle(pilot)
        assert (one.desk.here, len(one.desk.history)) == ("mediator", len(ferry.EVENTS) + 1)
        assert "1 new event" in one.desk.message


async def test_a_look_that_takes_long_is_ended_and_not_begun_again_and_again() -> None:
    """Of a long stream what was added is folded first: a look may take many times as long as from one to the next."""
    go_on, begun = threading.Event(), []

    def slow() -> History | None:
        begun.append(1)
        go_on.wait()
        return ferry.told({"terms": {"pullback": "22 km"}}) if len(begun) == 1 else None

    one = app("mediator", reread=slow)
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press("R")
        while not begun:
            await pilot.pause(0.01)
        one._look_again()
        await pilot.press("R")
        assert (one.desk.message, len(begun)) == (READING, 1)
        await pilot.press(".")
        assert one.desk.here != "mediator"
        go_on.set()
        while one.rereading:
            await pilot.pause(0.01)
        await pilot.pause()
        assert len(one.desk.history) == len(ferry.EVENTS) + 1


@pytest.mark.parametrize(
    ("channel", "told"), [("public", "1 new event, G goes to the last"), ("private", "")]
)
async def test_a_party_is_told_of_a_new_event_only_when_it_sees_it(channel: str, told: str) -> None:
    grown = ferry.told({"to": "kestria", "channel": channel, "terms": {"pullback": "22 km"}})
    fresh = [grown, None]
    one = StepApp(
        seen(ferry.desk(at="mediator"), View(party="league")).but(message=""), reread=lambda: fresh.pop(0)
    )
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press("R")
        await settle(pilot)
        assert one.desk.message == told


async def test_who_follows_goes_to_the_new_end() -> None:
    fresh = [ferry.told({"terms": {"pullback": "22 km"}}), None]
    one = app("mediator", reread=lambda: fresh.pop(0) if fresh else None)
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press("F", "R")
        await settle(pilot)
        assert one.desk.here == "last"


async def test_a_click_puts_the_cursor_where_it_is() -> None:
    one = app("kes-open")
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.click(offset=(10, 6))
        assert one.desk.here == "kes-rej"
        await pilot.click(offset=(80, 6))
        assert one.desk.cell == ("velm", "pullback", "first")
        await pilot.click(offset=(119 - 3, 1))
        assert one.desk.here == "close"


def test_a_place_that_is_none_is_refused() -> None:
    with pytest.raises(NoSuchPlace, match="did you mean 'paper'"):
        desk_for(ferry.history(), name="ferry", at="papr")


def test_a_picture_is_the_screen() -> None:
    shown = picture(ferry.history(), name="ferry", at="acc-short", width=80, height=24).splitlines()
    assert [len(shown), "?+ 25 km" in "".join(shown)] == [24, True]


def test_drawing_a_picture_loads_no_terminal_program() -> None:
    code = "import sys, terms.tui.opening, terms.tui.terminal; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_theme_that_is_named_has_a_look() -> None:
    assert tuple(THEMES) == THEME_NAMES


def test_no_theme_tells_red_from_green() -> None:
    colours = {
        look.color.name for looks in THEMES.values() for look in looks.values() if look.color is not None
    }
    assert not {name for name in colours if "red" in name or "green" in name}
    assert all(look.color is None and look.bgcolor is None for look in THEMES["plain"].values())
