"""Whole frames, compared as text: what `terms frame` prints is what a reader sees.

The first line of a golden file says what was done: `$ 80x24 ascii at:kes-open . .`: the size, ASCII or not, the
event to begin at, and the keys typed then. With GOLDEN=write in the environment the files are written anew.
"""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.core.history import History
from terms.ground.widths import cells, clean
from terms.testing.strategies import histories
from terms.tui.commands import valid
from terms.tui.desk import Desk, opened
from terms.tui.frame import frame, text
from terms.tui.lines import text_of
from terms.tui.scrolling import settled
from terms.views.contested import Readings
from tests.tui import ferry

CASES = sorted((Path(__file__).parent / "golden").glob("*.txt"))


def drawn(line: str) -> str:
    """The frame that the first line of a golden file asks for."""
    size, *words = line.removeprefix("$ ").split()
    width, height = map(int, size.split("x"))
    at = next((word.removeprefix("at:") for word in words if word.startswith("at:")), None)
    keys = [word for word in words if word not in ("ascii", "rivals") and not word.startswith("at:")]
    desk = ferry.desk(width, height, ascii_only="ascii" in words, at=at)
    if "rivals" in words:
        desk = desk.but(readings=Readings(desk.history))
    if "w" in keys:
        return text(ferry.played(desk.but(path="ferry.record.yaml"), *keys))
    return text(ferry.typed(desk, *keys))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_frame_is_what_its_golden_file_shows(path: Path) -> None:
    first, _, expected = path.read_text("utf-8").partition("\n")
    found = drawn(first)
    if os.environ.get("GOLDEN") == "write":
        path.write_text(f"{first}\n{found}", "utf-8")
        return
    assert found == expected, f"{path.name} shows something else; read the difference, then GOLDEN=write"


SIZES = st.tuples(st.integers(20, 210), st.integers(4, 70))


def widths(desk: Desk) -> list[int]:
    return [cells(text_of(line)) for line in frame(desk)]


@given(
    history=histories(max_size=8),
    size=SIZES,
    ascii_only=st.booleans(),
    walk=st.lists(st.integers(0, 99), max_size=6),
)
def test_every_line_of_every_frame_has_the_width_of_the_screen(
    history: History, size: tuple[int, int], ascii_only: bool, walk: list[int]
) -> None:
    desk = settled(opened(history, name="generated", width=size[0], height=size[1], ascii_only=ascii_only))
    for choice in walk:
        commands = valid(desk)
        command = commands[choice % len(commands)]
        desk = ferry.typed(desk, *command.keys[:1])
    assert widths(desk) == [size[0]] * size[1]


@given(quote=st.text(max_size=60), size=SIZES, ascii_only=st.booleans())
def test_no_text_of_a_source_moves_the_edge_of_the_screen(
    quote: str, size: tuple[int, int], ascii_only: bool
) -> None:
    told = ferry.told({"quote": quote, "note": quote, "terms": {"name": quote.strip() or "x"}})
    desk = settled(opened(told, name=quote, width=size[0], height=size[1], ascii_only=ascii_only))
    assert widths(desk) == [size[0]] * size[1]
    assert all(clean(text_of(line)) == text_of(line) for line in frame(desk))


@given(width=st.integers(100, 200), height=st.integers(24, 60), place=st.integers(0, 16))
def test_another_size_keeps_step_cell_and_pane(width: int, height: int, place: int) -> None:
    before = ferry.typed(ferry.desk(120, 36), ":", *str(place), "enter")
    after = settled(settled(before.but(width=width, height=height)).but(width=120, height=36))
    assert (after.steps, after.cell, after.focus) == (before.steps, before.cell, before.focus)
    assert after.list_top <= after.line
    assert after.top <= max(after.row, 0)


@pytest.mark.parametrize("width", [100, 104, 110, 120])
def test_two_parties_at_least_are_seen_side_by_side(width: int) -> None:
    shown = text(ferry.desk(width, 30)).splitlines()
    assert not any("parties 1-1 of" in line for line in shown)


def test_a_screen_too_small_says_which_size_it_needs() -> None:
    assert "this screen needs 60x16" in text(ferry.desk(59, 30))
    assert "needs 60x16" in text(ferry.desk(20, 5))


def test_ascii_frames_hold_nothing_else() -> None:
    assert text(ferry.desk(120, 36, ascii_only=True, at="later-name")).isascii()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
def test_the_title_says_how_the_record_is_read(size: tuple[int, int]) -> None:
    desk = ferry.typed(ferry.desk(*size), "P", *"harbour", "enter")
    assert "as seen by harbour" in text(desk).splitlines()[0]
    assert "as recorded" in text(ferry.typed(desk, "escape")).splitlines()[0]
