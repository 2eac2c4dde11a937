"""Coming back: to the event by its id, to the view, the cell, the marks; and what is said when something changed."""

import json
from pathlib import Path

import pytest

from terms.core.event import read_event
from terms.core.history import History
from terms.tui.desk import Desk, opened
from terms.tui.keeping import keep, place_of, read_keys, returned
from terms.tui.visits import read_places
from tests.tui import ferry


def again(desk: Desk, history: History | None = None) -> Desk:
    """The desk on coming back, through what is written to the file."""
    kept = json.loads(json.dumps(place_of(desk)))
    return returned(opened(history or ferry.history(), name="ferry"), kept)


def changed(*events: dict[str, object]) -> History:
    return History(ferry.header(), [read_event(spelled) for spelled in events])


def test_a_reader_comes_back_to_event_cell_view_marks_and_anchors() -> None:
    desk = ferry.typed(
        ferry.desk(),
        "P",
        *"kestria",
        "enter",
        ":",
        *"mediator",
        "enter",
        "a",
        "m",
        "q",
        "j",
        "f",
        *"term:pull",
        "enter",
    )
    back = again(desk)
    assert (back.here, back.point, back.filter) == (desk.here, desk.point, desk.filter)
    assert back.history.view == desk.history.view
    assert (dict(back.marks), back.a and back.a.event) == ({"q": "mediator"}, "mediator")
    assert "back at mediator" in back.message


def test_who_asks_for_a_view_gets_that_one_and_not_the_one_that_was_kept() -> None:
    kept = place_of(ferry.typed(ferry.desk(), "P", *"kestria", "enter"))
    whole = ferry.history()
    desk = returned(opened(whole.seen_by("harbour"), name="ferry", record=whole), kept)
    assert desk.history.view.party == "harbour"


def test_a_view_that_the_record_knows_no_more_is_forgotten() -> None:
    kept = place_of(ferry.desk()) | {"view": {"party": "nobody", "prefer": ["X9"]}}
    assert returned(opened(ferry.history(), name="ferry"), kept).history.view.party is None


@pytest.mark.parametrize("kind", ["known", "lens"])
def test_a_day_and_a_lens_are_kept_too(kind: str) -> None:
    keys = {"known": ("K", *"2031-03-15", "enter"), "lens": ("L", *"R1 kestria", "enter")}[kind]
    desk = ferry.typed(ferry.desk(), *keys)
    assert again(desk).history.view == desk.history.view


def test_a_record_that_grew_says_by_how_much() -> None:
    desk = ferry.desk(at="paper")
    assert again(desk, ferry.told({"terms": {"pullback": "22 km"}})).message == (
        "back at paper; 1 new events, G goes to the last"
    )


def test_a_record_whose_past_changed_says_so() -> None:
    desk = ferry.desk(at="paper")
    assert (
        "what comes before it has changed since"
        in again(desk, changed(*ferry.EVENTS[:3], *ferry.EVENTS[4:])).message
    )
    gone = changed(*ferry.EVENTS[:4], *ferry.EVENTS[5:])
    assert again(desk, gone).message == "the event you were at, paper, is no longer in the record"


def test_what_is_kept_is_read_again_and_a_broken_file_is_as_none(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "places.json"
    keep(path, ferry.desk(at="paper"))
    (kept,) = read_places(path).values()
    assert kept["event"] == "paper"
    path.write_text("[1", "utf-8")
    assert read_places(path) == read_places(tmp_path / "none") == {}
    path.write_text("[1]", "utf-8")
    assert read_places(path) == {}


def test_where_nothing_can_be_written_nobody_is_bothered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    keep(tmp_path / "file" / "places.json", ferry.desk())
    assert (tmp_path / "file").read_text("utf-8") == ""


def test_a_file_of_keys_takes_one_key_or_several_and_tells_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    assert read_keys(path) == ((), "")
    path.write_text('"step.next" = "w"\n"quit" = ["q", "Q"]\n', "utf-8")
    assert read_keys(path) == ((("step.next", ("w",)), ("quit", ("q", "Q"))), "")
    path.write_text("= 1", "utf-8")
    assert read_keys(path)[1].startswith("keys.toml: ")
