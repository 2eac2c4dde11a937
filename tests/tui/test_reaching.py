"""A store that goes away under its readers: they are told and stay where they are, and read on when it is back."""

import pytest

from terms.stores import framing, long
from terms.stores.errors import Lost
from terms.stores.lines import header_line, line_of
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.tui.app import StepApp
from terms.tui.opening import desk_for
from terms.tui.reaching import BACK, missed, missing
from terms.tui.scrolling import settled
from tests.tui import ferry
from tests.tui.test_app import app, on_screen, settle

pytestmark = pytest.mark.usefixtures("reads_when_asked")
GONE = Lost("postgresql://velm", "no server listens there")


class Flickering:
    """A store whose server is gone while `is_gone`."""

    is_gone = False

    def __init__(self, store):
        self.store = store

    def __getattr__(self, name):
        def ask(*asked, **named):
            if self.is_gone and name != "address":
                raise GONE
            return getattr(self.store, name)(*asked, **named)

        return ask


@pytest.fixture
def flickering(tmp_path, monkeypatch):
    """The ferry talks in such a store, few of them in one stretch."""
    for module in (framing, long):
        monkeypatch.setattr(module, "EVERY", 3)
    whole = ferry.desk().history
    store = SqliteStore(str(tmp_path / "terms.db"))
    store.append("talks", [header_line(whole.declared), *map(line_of, whole.events)], expected=0)
    return Flickering(store)


async def test_who_goes_where_nothing_is_held_is_told_and_stays(flickering):
    history = LongHistory(flickering, "talks")
    one = StepApp(settled(desk_for(history, name="ferry", at="acc-short").but(width=120, height=36)))
    async with one.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        here = one.desk.steps // 3
        for number in {*history._stretches} - {here - 1, here}:
            del history._stretches[number]
        flickering.is_gone = True
        await pilot.press("g")
        assert one.desk.here == "acc-short"
        assert any(
            "out of reach: postgresql://velm: no server listens there" in line for line in on_screen(one)
        )
        flickering.is_gone = False
        await pilot.press("g")
        assert one.desk.here != "acc-short"


async def test_where_not_even_that_can_be_drawn_the_screen_stays_as_it_is(flickering):
    history = LongHistory(flickering, "talks")
    one = StepApp(settled(desk_for(history, name="ferry", at="acc-short").but(width=120, height=36)))
    async with one.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        shown = on_screen(one)
        history._stretches.clear()
        flickering.is_gone = True
        await pilot.press(".")
        assert on_screen(one) == shown


async def test_who_reads_is_told_that_the_server_is_gone_and_that_it_is_back():
    answers = iter((GONE, GONE, None))

    def look():
        answer = next(answers, None)
        if answer is not None:
            raise answer

    one = app("mediator", reread=look)
    async with one.run_test(size=(120, 36)) as pilot:
        said = []
        for _ in range(4):
            one._look_again()
            await settle(pilot)
            said.append(one.desk.message)
        assert said == [f"out of reach: {GONE}", f"out of reach: {GONE}", BACK, BACK]


def test_other_words_are_not_written_over_by_a_look_that_nobody_asked_for():
    desk = ferry.desk().but(message="copied")
    assert missing(desk, GONE) is desk
    assert missed(desk, GONE).message == f"out of reach: {GONE}"
