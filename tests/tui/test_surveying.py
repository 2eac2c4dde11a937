"""Rival accounts are looked into beside the reader, of a record that is held and of one that is not."""

import threading

import pytest

from terms.core.history import History
from terms.core.lens import View
from terms.stores import grafting, rereading
from terms.stores.lines import header_line, line_of
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.tui import surveying
from terms.tui.app import StepApp
from terms.tui.opening import desk_for
from terms.tui.scrolling import settled
from terms.views.contested import Readings
from tests.tui import ferry
from tests.tui.test_app import on_screen, settle

pytestmark = pytest.mark.usefixtures("reads_when_asked")


@pytest.fixture
def stored(tmp_path):
    """The ferry talks in a store."""
    whole = ferry.desk().history
    store = SqliteStore(str(tmp_path / "terms.db"))
    store.append("talks", [header_line(whole.declared), *map(line_of, whole.events)], expected=0)
    return LongHistory(store, "talks")


def at_the_rival(history):
    """The desk at the event that is told in two accounts."""
    return settled(desk_for(history, name="ferry", at="acc-short").but(width=120, height=36))


def held(history):
    """The same record read whole."""
    return History(history.declared, tuple(history.events))


def survey(history):
    """A survey for a reader who rests."""
    return surveying.Survey(history, lambda: 60.0)


async def test_the_marks_of_a_stream_come_when_they_are_known_and_are_those_of_the_record(stored):
    one, other = StepApp(at_the_rival(stored)), StepApp(at_the_rival(held(stored)))
    shown = []
    for app in (one, other):
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            shown.append(on_screen(app))
    assert any("?+ escorted" in line for line in shown[0])
    assert shown[0] == shown[1]


def test_the_marks_are_wanted_once(stored):
    desk = at_the_rival(stored)
    assert surveying.is_wanted(desk)
    assert not surveying.is_wanted(desk.but(readings=Readings(stored)))


@pytest.mark.parametrize(
    "view", [View(prefer=("M1",)), View(party="league"), View(dropped=frozenset(("last",)))]
)
async def test_the_marks_in_a_view_of_a_stream_are_those_of_the_record(stored, view, monkeypatch):
    monkeypatch.setattr(grafting, "HELD", 3)
    one, other = (StepApp(at_the_rival(history.through(view))) for history in (stored, held(stored)))
    shown = []
    for app in (one, other):
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            shown.append(on_screen(app))
    assert one.desk.readings is not None
    assert shown[0] == shown[1]


def test_how_far_it_is_is_said_where_nothing_else_is(stored, monkeypatch):
    monkeypatch.setattr(rereading, "SAID_EVERY", 1)
    desk, work = at_the_rival(stored), survey(stored)
    assert work.said(desk) is desk
    work.reached = 3
    told = work.said(desk)
    assert told.message == f"rival accounts: read to event 3 of {len(stored)}"
    assert work.said(told) is told
    assert work.said(desk.but(message="copied")).message == "copied"
    assert work.readings() is not None
    assert work.said(told).message == ""


def test_it_is_given_up_when_nobody_waits_any_more_and_gone_on_with_later(stored, monkeypatch):
    monkeypatch.setattr(rereading, "SAID_EVERY", 1)
    work = survey(stored)
    work.stop()
    assert work.readings() is None
    end = len(stored)
    assert survey(stored).readings().contested_cells(end) == Readings(held(stored)).contested_cells(end)


def test_it_waits_while_keys_come(stored):
    pressed = threading.Event()
    rests = iter((0.0, 0.0))

    def rested():
        pressed.set()
        return next(rests, 60.0)

    assert surveying.Survey(stored, rested).readings() is not None
    assert pressed.is_set()
    assert next(rests, None) is None
