"""Coming back to a what-if: every branch has a place of its own, and nothing of the record's is lost for it."""

import json
from pathlib import Path

import pytest

from terms.core.history import History
from terms.tui.desk import Desk, opened
from terms.tui.effects import Replay
from terms.tui.keeping import identity, keep, key_of, returned
from terms.tui.shelving import MOST_BRANCHES, come_back_to, restored
from terms.tui.whatif import WhatIf
from terms.tui.whatif import replayed as played
from tests.tui import ferry


def kept(path: Path) -> dict[str, dict[str, object]]:
    told = json.loads(path.read_text("utf-8"))
    assert isinstance(told, dict)
    return told


def again(path: Path, history: History | None = None) -> Desk:
    """The desk on coming back to the record: at its place, then on the what-if that was left, if any."""
    places = kept(path)
    desk = opened(history or ferry.history(), name="ferry")
    if "event" in places.get(key_of(desk), {}):
        desk = returned(desk, places[key_of(desk)])
    asking = come_back_to(desk, places, identity(desk.root))
    made = ferry.played_out(asking)
    (place,) = [effect.kept for effect in asking.out if isinstance(effect, Replay)] or [None]
    return returned(made, place) if place is not None and made.branch else made


def test_a_branch_has_a_place_of_its_own_beside_that_of_the_record(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    keep(path, ferry.desk(at="kes-rej"))
    keep(path, ferry.typed(ferry.on_what_if(), "G"))
    places = kept(path)
    root = identity(ferry.history())
    assert (places[root]["event"], places[f"{root}/what-if-1"]["event"]) == ("kes-rej", "close")
    keep(path, ferry.desk(at="paper"))
    assert kept(path)[f"{root}/what-if-1"]["event"] == "close"


def test_who_left_on_a_what_if_is_on_it_again(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    left = ferry.on_what_if()
    keep(path, left)
    desk = again(path)
    assert (desk.branch, desk.here, desk.starred) == ("what-if-1", "velm-accept", left.starred)
    assert desk.branches[0].changes == left.branches[0].changes


def test_who_left_on_the_record_is_on_the_record_and_the_what_ifs_are_there(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    keep(path, ferry.on_what_if())
    keep(path, ferry.typed(again(path), "escape"))
    desk = again(path)
    assert (desk.branch, [one.name for one in desk.branches]) == ("", ["what-if-1"])
    assert ferry.played(desk, "W", "what-if", "enter").branch == "what-if-1"


def test_a_what_if_that_the_record_does_not_bear_any_more_says_why_and_keeps_the_record(
    tmp_path: Path,
) -> None:
    path = tmp_path / "places.json"
    keep(path, ferry.on_what_if())
    history = ferry.history()
    short = History(history.header, [event for event in history.events if event.id != "kes-open"])
    desk = again(path, short)
    assert (desk.branch, desk.history) == ("", short)
    assert "kes-open" in desk.message


def scenario(desk: Desk) -> Desk:
    """As if the what-if of a desk were a scenario in a file, with another what-if on it."""
    (one,) = desk.branches
    made = one.made
    assert made is not None
    at_file = WhatIf("file", made=made, make=lambda party: made, file="file.scenario.yaml")
    desk = opened(desk.root, name="ferry").but(branches=(at_file,))
    return ferry.played(desk, "W", "file", "enter", "w", "skip", "enter", "enter")


def test_a_what_if_on_a_scenario_is_kept_for_that_scenario_and_the_record_is_left_alone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "places.json"
    desk = scenario(ferry.on_what_if())
    keep(path, ferry.desk(at="paper"))
    keep(path, desk)
    places = kept(path)
    root = identity(desk.root)
    assert (places[root]["event"], places[root].get("branch"), places[f"{root}/file"]["branch"]) == (
        "paper", None, "what-if-1",
    )  # fmt: skip
    assert again(path).branches == ()
    keep(path, again(path))
    assert [one.of for one in restored(kept(path)[root])] == ["file"]


def test_only_so_many_what_ifs_are_kept_and_what_nobody_understands_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    one = ferry.on_what_if().branches[0]
    many = tuple(WhatIf(f"w{n}", changes=one.changes) for n in range(MOST_BRANCHES + 3))
    keep(path, ferry.desk().but(branches=many))
    first, *_ = restored(kept(path)[identity(ferry.history())])
    assert first.name == "w3"


@pytest.mark.parametrize(
    "odd",
    [
        "x", ["x"], [{"changes": []}], [{"changes": ["x"]}], [{"changes": [{"action": "burn"}]}],
        [{"changes": [{"action": "skip", "words": []}]}], [{"changes": [{"action": "add", "words": {"id": 1}}]}],
    ],
)  # fmt: skip
def test_a_file_that_somebody_wrote_oddly_restores_nothing(odd: object) -> None:
    assert restored({"branches": odd}) == ()


def test_a_restored_what_if_replays_as_the_first_time(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    left = ferry.on_what_if()
    keep(path, left)
    (one,) = restored(kept(path)[identity(left.root)])
    made = played(one, left.root, ())
    assert not isinstance(made, str)
    assert made.history is not None
    assert made.history.events == left.record.events
