"""Another view of a long record: folded beside the reader, with word of how far it is, and given up on esc."""

from functools import cache

import pytest

from terms.core.event import read_event
from terms.core.history import History
from terms.core.lens import View
from terms.stores.lines import header_line, line_of
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.tui import refolding, seeing
from terms.tui.app import StepApp
from terms.tui.effects import Refold
from terms.tui.frame import text
from terms.tui.keeping import place_of, returned
from terms.tui.opening import desk_for
from terms.tui.scrolling import settled
from tests.bench import made
from tests.tui import ferry

COUNT = 320


@cache
def events():
    return tuple(read_event(told) for told in made.events(COUNT))


@pytest.fixture(params=["held", "stored"])
def history(request, tmp_path):
    """A record of so many events, in memory and in a store."""
    if request.param == "held":
        return History(made.header(), events())
    store = SqliteStore(str(tmp_path / "terms.db"))
    store.append("talks", [header_line(made.header()), *(line_of(event) for event in events())], expected=0)
    return LongHistory(store, "talks")


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """No view that another test had folded."""
    views = seeing.Views()
    for module in (seeing, refolding):
        monkeypatch.setattr(module, "VIEWS", views)
    monkeypatch.setattr(refolding, "LONG", 100)
    return monkeypatch


async def settle(app, pilot):
    """Wait until nothing is being folded any more."""
    while app.desk.awaited is not None:
        await pilot.pause(0.02)


def asking(history, *, at="e180", key="K", words="2031-06-30"):
    """The desk that has just asked for another view."""
    desk = settled(desk_for(history, name="talks", at=at).but(width=80, height=24))
    return ferry.typed(desk, key, *words, "enter")


@pytest.fixture
def slow(monkeypatch):
    """A folding that never ends by itself."""
    monkeypatch.setattr(refolding, "BREATH", 3_600)


def test_a_long_record_is_not_folded_while_the_reader_waits(history):
    desk = asking(history)
    assert desk.history is history
    assert desk.out == (Refold(View(known=desk.awaited.asked.view.known)),)
    assert " 0 %" in text(desk).splitlines()[-2]
    assert "esc keeps the old view" in text(desk)


def test_the_place_is_kept_by_event(history):
    desk = asking(history, at="e70")
    moved = ferry.typed(desk.but(out=()), ".")
    assert moved.awaited is not None
    made = ferry.played_out(moved.but(out=desk.out))
    assert (made.here, made.history.view.known is not None, made.awaited) == ("e71", True, None)
    assert made.history[70] == history[70]
    assert "events hidden" in made.message
    assert ferry.typed(made, "V").history is history


def test_esc_keeps_the_old_view(history):
    desk = ferry.typed(asking(history).but(out=()), "escape")
    assert (desk.awaited, desk.history) == (None, history)
    assert desk.message == "given up: the view stays as it was"


def test_what_is_laid_over_is_folded_beside_the_reader_too(history):
    desk = settled(desk_for(history, name="talks", at="e180").but(width=120, height=36))
    asked = ferry.typed(desk, "o", *"known 2031-03-31", "enter")
    assert asked.overlay is None
    over = ferry.played_out(asked)
    assert over.overlay is not None
    assert over.awaited is None
    assert len(over.overlay.history) < len(history)


def test_coming_back_to_a_view_folds_it_beside_the_reader(history, nothing_kept):
    left = ferry.played_out(asking(history, at="e70"))
    nothing_kept.setattr(refolding, "VIEWS", seeing.Views())
    desk = returned(desk_for(history, name="talks"), place_of(left))
    assert desk.awaited is not None
    made = ferry.played_out(desk)
    assert (made.here, made.history.view) == ("e70", left.history.view)


async def test_keys_stay_alive_and_esc_gives_up(history, slow):
    app = StepApp(desk_for(history, name="talks", at="e180"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.put(asking(history))
        await pilot.press(".")
        assert app.desk.here == "e181"
        while not app.desk.awaited.done:
            await pilot.pause(0.02)
        await pilot.press("escape")
        await pilot.pause()
        assert app.desk.awaited is None
        assert app.desk.history is history
        assert not [one for one in app.workers if one.group == "refold"]


async def test_a_later_view_overtakes_an_earlier_one(history, monkeypatch):
    app = StepApp(desk_for(history, name="talks", at="e180"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.put(asking(history))
        app.put(asking(history, words="2031-05-31"))
        await settle(app, pilot)
        assert "2031-05-31" in text(app.desk)
        assert app.desk.awaited is None


async def test_a_fault_is_told_and_the_old_view_stays(history, monkeypatch):
    def broken(desk, asked, told):
        raise refolding.TermsError("the store is out of reach")

    monkeypatch.setattr(refolding, "fold", broken)
    app = StepApp(desk_for(history, name="talks", at="e180"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.put(asking(history))
        await settle(app, pilot)
        assert (app.desk.message, app.desk.history) == ("the store is out of reach", history)
