"""The collector of cycles waits until the reader rests."""

import gc

import pytest

from terms.tui import tidying
from terms.tui.app import StepApp
from tests.tui import ferry


class Knot:
    """Something that only the collector finds."""

    left = 0

    def __init__(self):
        self.itself = self
        Knot.left += 1

    def __del__(self):
        Knot.left -= 1


@pytest.fixture
def knot(monkeypatch):
    """A knot nobody holds, and nothing is too little to be looked through."""
    monkeypatch.setattr(tidying, "FEW", 0)
    gc.disable()
    gc.collect()
    Knot.left = 0
    Knot()
    yield Knot
    gc.enable()


@pytest.mark.parametrize("rested", [0.0, 0.1])
def test_nothing_is_collected_while_keys_come(knot, rested):
    tidying.look(rested)
    assert knot.left == 1


def test_what_was_made_lately_is_collected_in_a_rest(knot):
    tidying.look(1.0)
    assert knot.left == 0


def test_too_much_is_collected_whatever_comes(knot, monkeypatch):
    monkeypatch.setattr(tidying, "MANY", 0)
    tidying.look(0.0)
    assert knot.left == 0


def test_what_is_old_is_collected_in_a_long_rest(knot, monkeypatch):
    monkeypatch.setattr(tidying, "LOOKS", -1)
    held = Knot()
    gc.collect()
    del held
    tidying.look(1.0)
    assert knot.left == 1
    tidying.look(10.0)
    assert knot.left == 0


async def test_the_program_leaves_python_as_it_was():
    app = StepApp(ferry.desk())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert not gc.isenabled()
    assert gc.isenabled()
