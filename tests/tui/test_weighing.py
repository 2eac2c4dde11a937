"""What blocks a deal at the step is worked out beside the reader, and given up when they go on."""

import asyncio

import pytest
from textual.pilot import Pilot

from terms.analyses import compatibility
from terms.analyses.engine.oracle import Overtaken
from terms.tui import matrix, weighing
from terms.tui.app import StepApp
from terms.tui.commands import press
from terms.tui.desk import Desk, opened
from terms.tui.frame import text
from tests.corpus.stage import opened as read
from tests.tui.test_app import on_screen


def example() -> Desk:
    return opened(read("analyses/worked-example"), name="example", width=120, height=60)


def waiting(desk: Desk) -> Desk:
    made = press(desk, "u", "u")
    assert made is not None
    return made


def held(one: StepApp, *keys: str) -> None:
    """Keys that come faster than anything else can happen between them."""
    for key in keys:
        made = press(one.desk, key, key)
        assert made is not None
        one.put(made)


async def weighed(pilot: Pilot[Desk]) -> None:
    """Until everything begun is done or given up."""
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.pause(0.01)
    await pilot.pause()


async def test_what_blocks_and_what_would_unlock_it_come_beside_what_waits_for_what() -> None:
    one = StepApp(example())
    async with one.run_test(size=(160, 90)) as pilot:
        await pilot.press("u")
        await weighed(pilot)
        await pilot.press("3", "u", "+")
        shown = "\n".join(on_screen(one))
        assert "contradiction: " in shown
        assert "5 conflicts; at least 4 positions must change." in shown


async def test_the_last_column_says_how_the_stances_on_each_row_fit() -> None:
    one = StepApp(example())
    async with one.run_test(size=(160, 60)) as pilot:
        assert " stands" in on_screen(one)[3]
        await pilot.press("u")
        await weighed(pilot)
        rows = on_screen(one)
        assert " fits" in rows[3]
        assert any("monitor" in row and "contested" in row for row in rows)
        assert any("observers" in row and "compatible" in row for row in rows)


async def test_each_step_is_weighed_and_one_gone_by_is_not() -> None:
    desk = example()
    one = StepApp(desk)
    async with one.run_test(size=(160, 60)) as pilot:
        held(one, "u", ",", ",", ",")
        await weighed(pilot)
        assert weighing.SHELF.known(desk.history, desk.steps - 3) is not None
        assert weighing.SHELF.known(desk.history, desk.steps - 1) is None


async def test_leaving_the_pane_gives_the_work_up() -> None:
    desk = example()
    one = StepApp(desk)
    async with one.run_test(size=(120, 36)) as pilot:
        held(one, "u", "u")
        await weighed(pilot)
        assert weighing.SHELF.known(desk.history, desk.steps) is None


def test_while_it_is_worked_out_the_pane_says_so_and_shows_what_is_known_already() -> None:
    shown = text(waiting(example()).but(zoomed=True, focus="source", height=60))
    assert "contradiction: " in shown
    assert "what blocks a deal is being worked out" in shown


def test_work_that_nobody_waits_for_stops() -> None:
    with pytest.raises(Overtaken):
        weighing.weigh(example().history, 19, lambda: True)


async def test_who_cancels_leaves_nothing_behind() -> None:
    desk = example()
    task = asyncio.ensure_future(weighing.weigh_beside(desk.history, 19))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert weighing.SHELF.known(desk.history, 19) is None


def test_steps_weighed_longest_ago_are_dropped() -> None:
    shelf, history = weighing.Shelf(), example().history
    for steps in range(weighing.MOST_KEPT + 2):
        shelf.keep(history, steps, weighing.Weighed((), {}))
    assert shelf.known(history, 1) is None
    assert shelf.known(history, 2) is not None


def test_a_step_without_conflict_says_that_there_is_a_deal() -> None:
    found = weighing.weigh(example().history, 1)
    assert ("No conflict: there is a deal that satisfies every position.", "strong") in found.rows
    assert found.fits["force-cap", ""] == "unanswered"


def test_what_fits_asks_the_rival_accounts_as_the_question_on_compatibility_does() -> None:
    history = example().history
    end = len(history)
    assert weighing.weigh(history, end).fits["monitor", ""] == "contested"
    assert weighing.weigh(history, end - 1).fits["monitor", ""] == "gap of 1 step"
    for steps in range(end + 1):
        at = matrix.at(history, steps)
        told = {one.term: one.status == "contested" for one in compatibility.find(at).terms}
        assert {term for term, differs in told.items() if differs} == compatibility.contested(at)


def test_asking_the_rival_accounts_is_given_up_when_the_reader_goes_on() -> None:
    history = example().history
    with pytest.raises(Overtaken):
        compatibility.contested(matrix.at(history, len(history)), stop=lambda: True)
