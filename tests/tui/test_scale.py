"""A step in a million events: as many rows drawn, events decoded, lines and bytes written as in a thousand."""

from dataclasses import dataclass

import pytest

from terms.tui import matrix
from terms.tui.app import StepApp
from terms.tui.asking import told_where
from terms.tui.desk import Prompt
from terms.tui.effects import Seek
from terms.tui.frame import frame
from terms.tui.opening import desk_for
from terms.tui.scrolling import settled
from terms.tui.seeking import LONG, look
from terms.views.timeline import Timeline
from tests.bench.screen_source import indexed
from tests.tui import ferry
from tests.tui.terminal import Terminal

NEVER = 3600.0
"""Seconds without a key before anything is drawn ahead: not in a test."""

ALIKE, ROUND = 490, 1_920
"""Places so far from the beginning, and so many further on, look alike: same party, same term, same block."""

LARGEST = 6_000
"""Bytes of a step at most, so that it is quick over a slow line."""


@dataclass
class Counted:
    """What a step cost."""

    decoded: int
    rows: int
    repaints: int


async def counted(count: int, key: str, monkeypatch: pytest.MonkeyPatch) -> Counted:
    """What one key in the middle of so many events costs, once its neighbourhood has been looked at."""
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

    with indexed(count) as history:
        monkeypatch.setattr("terms.tui.app.IDLE", NEVER)
        monkeypatch.setattr("terms.tui.panes.strip.LOOKED_THROUGH", 0)
        one = StepApp(desk_for(history, name="generated", at=ALIKE + (count - ALIKE) // 2 // ROUND * ROUND))
        async with one.run_test(size=(120, 36)) as pilot:
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            with monkeypatch.context() as patch:
                patch.setattr(Timeline, "row", counted_row)
                patch.setattr(matrix, "position_row", counted_position)
                decoded, repaints = history.decoded, len(one.canvas.painted)
                one.put(ferry.typed(one.desk, key))
                return Counted(history.decoded - decoded, made, len(one.canvas.painted) - repaints)


def test_a_step_walks_through_no_list_of_all_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of so many there would be no room for one."""
    monkeypatch.setattr("terms.tui.panes.strip.LOOKED_THROUGH", 0)
    with indexed(10**15) as history:
        desk = settled(desk_for(history, name="generated", at=10**14))
        for key in (".", ",", "j", "pagedown", ":", *"50%", "enter"):
            desk = ferry.typed(desk, key)
            assert len(frame(desk)) == desk.height
    assert desk.steps == 5 * 10**14


@pytest.mark.parametrize("key", [".", ",", "j", "pagedown"])
async def test_a_key_costs_the_same_in_a_thousand_events_and_in_a_million(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = await counted(1_000, key, monkeypatch), await counted(1_000_000, key, monkeypatch)
    assert small == large
    assert large.repaints == 1
    assert large.decoded < 200


@pytest.mark.parametrize("count", ["1000", "1000000"])
def test_a_step_writes_few_bytes_however_long_the_record(count: str, home: dict[str, str]) -> None:
    class Generated(Terminal):
        program = "tests.bench.screen_show"

    with Generated(count, **home) as terminal:
        terminal.until(b"q quit")
        terminal.type(b".")
        step = terminal.until(b"1 cell changed")
        terminal.type(b"q")
        terminal.end()
    assert len(step) < LARGEST


# ---- looking for something beside the reader ----------------------------------------------------


def test_what_is_looked_for_in_a_long_record_is_not_waited_for() -> None:
    with indexed(LONG + 1) as history:
        desk = settled(desk_for(history, name="generated", at=10).but(width=120, height=36))
        frame(desk)
        decoded = history.decoded
        for key in (*"fmove:accept", "enter"):
            desk = ferry.pressed(desk, key)
        frame(desk)
        assert history.decoded - decoded < 200
    assert desk.out == (Seek("filter", "move:accept"),)
    assert "looking for 'move:accept'" in desk.message


def test_what_was_looked_for_is_given_when_it_is_found() -> None:
    with indexed(LONG + 1) as history:
        desk = settled(desk_for(history, name="generated", at=10).but(width=120, height=36))
        for key in (*"/p.12", "enter"):
            desk = ferry.pressed(desk, key)
        (seek,) = desk.out
        assert isinstance(seek, Seek)
        found = told_where(desk.but(out=()), seek, (4, 44, 45))
        assert (found.here, found.found) == ("e45", "p.12")
        assert ferry.pressed(found, "n").here == "e46"


def test_a_search_is_given_up_when_nobody_wants_it_any_more() -> None:
    with indexed(LONG + 1) as history:
        assert look(history, Seek("find", "velm"), lambda: True) is None
        assert history.decoded == 0


async def test_the_next_key_gives_a_search_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("terms.tui.app.BREATH", NEVER)  # however slow a key is here, the search is slower
    with indexed(LONG * 20) as history:
        one = StepApp(desk_for(history, name="generated", at=10))
        async with one.run_test(size=(120, 36)) as pilot:
            asked = one.desk.but(prompt=Prompt("find", "nowhere"))
            one.put(ferry.pressed(asked, "enter"))
            await pilot.press(".")
            while one.workers:
                await pilot.pause(0.01)
            assert one.desk.here == "e11"
            assert history.decoded < LONG * 20


async def test_a_search_in_a_long_record_ends_at_its_find() -> None:
    with indexed(LONG + 1) as history:
        one = StepApp(desk_for(history, name="generated", at=10))
        async with one.run_test(size=(120, 36)) as pilot:
            await pilot.press(*"/e5001", "enter")
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert one.desk.here == "e5001"
