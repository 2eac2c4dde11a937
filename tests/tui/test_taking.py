"""Taking along: whatever is written to a file or copied says where it was taken, and carries no byte to obey."""

import csv
import io
import json

import pytest

from terms.ground.widths import clean
from terms.tui.carrying import COPIES, EXPORTS
from terms.tui.desk import Desk
from terms.tui.effects import Copy, Save
from terms.tui.layout import Rectangle
from terms.tui.lines import Pen, text_of
from terms.tui.panes import event, guide, history, orders, positions, source, strip, why
from terms.tui.taking import comma_separated
from tests.tui import ferry


def comparing() -> Desk:
    return ferry.typed(ferry.desk(at="paper"), "a", "G", "d")


def saved(desk: Desk, name: str) -> str:
    """What an export writes."""
    command = next(one for one in EXPORTS if one.id == f"export.{name}")
    assert command.when(desk)
    (effect,) = command.run(desk).out
    assert isinstance(effect, Save)
    return effect.text


def test_positions_are_exported_row_by_row_in_three_forms() -> None:
    desk = ferry.desk()
    rows = list(csv.reader(io.StringIO(saved(desk, "positions.csv"))))
    assert rows[0][:3] == ["term", "stage", "stands"]
    assert [row[0] for row in rows[1:]] == [row[0] for row in desk.rows]
    told = json.loads(saved(desk, "positions.json"))
    assert (told["event"], told["table"], len(told["rows"])) == ("close", "positions", len(desk.rows))
    assert saved(desk, "positions.md").startswith(
        "Positions after close, 2031-04-06~, ferry\n\n| term | stage |"
    )


def test_a_fold_hides_nothing_from_an_export() -> None:
    desk = ferry.desk()
    assert saved(ferry.typed(desk, "X"), "positions.csv") == saved(desk, "positions.csv")


def test_while_comparing_the_difference_is_exported() -> None:
    rows = list(csv.reader(io.StringIO(saved(comparing(), "difference.csv"))))
    assert rows[0] == ["party", "term", "stage", "A paper", "B here"]
    assert ["Velm Front", "pullback", "first", "proposed: 25 km (offer)", "accepted: mediator; 25 km"] in rows
    assert not any(one.id == "export.positions.csv" and one.when(comparing()) for one in EXPORTS)


def test_events_are_exported_as_they_are_filtered() -> None:
    desk = ferry.typed(ferry.desk(), "f", *"move:reject", "enter")
    told = json.loads(saved(desk, "events.json"))["rows"]
    assert [row["id"] for row in told] == ["kes-rej", "acc-long", "velm-monitors"]
    assert told[0]["what"].startswith("Кестрия rejects pullback")


def test_a_word_that_begins_like_a_formula_is_none() -> None:
    told = comma_separated(ferry.desk(), "positions", (("term",), ("=1+1",), ("-2",)))
    assert told == "term\n'=1+1\n'-2\n"


@pytest.mark.parametrize("command", [*COPIES, *EXPORTS], ids=lambda command: command.id)
def test_nothing_taken_along_holds_a_byte_to_obey(command: object) -> None:
    from terms.tui.command import Command

    assert isinstance(command, Command)
    for desk in (ferry.desk(at="later-name"), comparing()):
        if not command.when(desk):
            continue
        for effect in command.run(desk).out:
            if isinstance(effect, Copy | Save):
                assert [line for line in effect.text.split("\n") if clean(line) != line] == []


AREA = Rectangle(0, 0, 100, 30)
PEN = Pen(ascii_only=False)
WIDGETS = {
    "history": lambda desk: history.lines(desk, AREA, PEN),
    "positions": lambda desk: positions.lines(desk, AREA, PEN),
    "positions folded": lambda desk: positions.lines(ferry.typed(desk, "X"), AREA, PEN),
    "event": lambda desk: source.lines(desk, AREA, PEN),
    "why": lambda desk: source.lines(desk.but(lower="why"), AREA, PEN),
    "waiting": lambda desk: source.lines(desk.but(lower="orders"), AREA, PEN),
    "keys": lambda desk: guide.lines(ferry.typed(desk, "?"), AREA, PEN),
    "strip": lambda desk: [strip.line(desk, PEN)],
}


@pytest.mark.parametrize("name", WIDGETS)
def test_no_part_of_the_screen_passes_on_what_a_source_would_have_it_obey(name: str) -> None:
    desk = ferry.desk(at="later-name")
    lines = [text_of(line) for line in WIDGETS[name](desk)]
    assert [line for line in lines if clean(line) != line] == []


def test_the_parts_that_quote_show_the_hostile_text_made_visible() -> None:
    desk = ferry.desk(at="later-name")
    for rows in (event.rows(desk), why.rows(desk)):
        assert any(ferry.HOSTILE[:4] in words for words, _ in rows)
    assert orders.rows(desk)
    drawn = "\n".join(text_of(line) for line in source.lines(desk, AREA, PEN))
    assert r"calm\x1b[2J\x1b]0;owned\x07" in drawn
