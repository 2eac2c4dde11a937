"""What if in the program: replayed beside the reader, saved to a file, never over another one unasked."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from terms.core.history import History
from terms.records import read_text
from terms.records.writing import write_record
from terms.scenarios import try_scenario
from terms.tui.app import StepApp
from terms.tui.desk import Desk
from terms.tui.rereading import reread
from terms.tui.whatif import replayed
from tests.tui import ferry
from tests.tui.test_app import on_screen, settle
from tests.tui.test_rereading import other

pytestmark = pytest.mark.usefixtures("reads_when_asked")

ADDED = "accept, by: velm, of: kes-open, only: [ferry]"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record in a file, without what no file can hold."""
    path = tmp_path / "ferry.record.yaml"
    events = tuple(event for event in ferry.history().events if event.id != "later-name")
    path.write_text(write_record(ferry.header(), events), "utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def program(record: Path, **named: object) -> StepApp:
    read = read_text(record.read_text("utf-8"), str(record))
    desk = ferry.typed(ferry.begun(History(read.header, read.events), name="ferry"), ":", *"paper", "enter")
    return StepApp(desk.but(path=record.name), **named)  # type: ignore[arg-type]


def grown() -> History:
    """The record with one more proposal at its end."""
    return ferry.told({"terms": {"pullback": "22 km"}})


async def chosen(pilot: Pilot[Desk], word: str) -> None:
    """A line of the list of what can be supposed."""
    await pilot.press("w")
    await said(pilot, word)


async def said(pilot: Pilot[Desk], words: str) -> None:
    """Words given at a prompt, and all that they ask for done."""
    await entered(pilot, words)
    await settle(pilot)


async def entered(pilot: Pilot[Desk], words: str) -> None:
    """Words pasted at a prompt, which takes less time than typing them, and enter."""
    pilot.app.post_message(Paste(words))
    await pilot.press("enter")


async def supposed(pilot: Pilot[Desk]) -> None:
    """Velm accepts the open ferry of kestria's offer right behind its own paper."""
    await chosen(pilot, "add")
    await said(pilot, ADDED)


async def test_a_what_if_is_replayed_beside_the_reader_and_shown_over_its_base(record: Path) -> None:
    one = program(record)
    async with one.run_test(size=(120, 36)) as pilot:
        await supposed(pilot)
        assert (one.desk.branch, one.desk.here) == ("what-if-1", "velm-accept")
        assert "what-if-1 (* vs ferry)" in on_screen(one)[0]
        assert any("[*+ open" in line for line in on_screen(one))
        await pilot.press("escape")
        assert (one.desk.branch, one.desk.here) == ("", "paper")


async def test_what_is_wrong_is_shown_and_the_prompt_stays(record: Path) -> None:
    one = program(record)
    async with one.run_test(size=(120, 36)) as pilot:
        await chosen(pilot, "add")
        await said(pilot, "acept")
        assert "add: kind: acept_" in on_screen(one)[-2]
        assert "did you mean 'accept'" in on_screen(one)[-1]


async def test_a_what_if_is_written_to_a_file_that_runs_and_the_record_is_not_touched(record: Path) -> None:
    before = record.read_bytes()
    one = program(record)
    async with one.run_test(size=(120, 36)) as pilot:
        await supposed(pilot)
        await chosen(pilot, "skip")
        await pilot.press("ctrl+u")
        await said(pilot, "meet-1")
        await chosen(pilot, "save")
        await pilot.press("enter")
        assert "why skip meet-1" in on_screen(one)[-2]
        await said(pilot, "nobody came")
        assert (
            one.desk.message
            == "written to what-if-1.scenario.yaml; `terms run what-if-1.scenario.yaml` runs it"
        )
    (tried,) = try_scenario(str(record.parent / "what-if-1.scenario.yaml"))
    assert tried.passed, tried.report()
    assert tried.faults == ()
    assert tried.branch is not None
    assert tried.branch.ground.events == one.desk.record.events
    assert record.read_bytes() == before


async def test_a_file_that_is_there_is_asked_about_and_then_replaced_or_left(record: Path) -> None:
    file = record.parent / "what-if-1.scenario.yaml"
    file.write_text("mine", "utf-8")
    one = program(record)
    async with one.run_test(size=(120, 36)) as pilot:
        await supposed(pilot)
        await chosen(pilot, "save")
        await pilot.press("enter")
        assert "overwrite it?" in on_screen(one)[-2]
        await pilot.press("escape")
        assert file.read_text("utf-8") == "mine"
        await chosen(pilot, "save")
        await pilot.press("enter")
        await said(pilot, "yes")
        assert "written to" in one.desk.message
    assert "velm-accept" in file.read_text("utf-8")


async def test_where_nothing_can_be_written_the_name_is_asked_again(record: Path) -> None:
    one = program(record)
    async with one.run_test(size=(120, 36)) as pilot:
        await supposed(pilot)
        await chosen(pilot, "save")
        await pilot.press("ctrl+u")
        await said(pilot, "none/x")
        assert "not written: No such file" in one.desk.message
        assert one.desk.prompt is not None
        assert one.desk.prompt.text == "none/x.scenario.yaml"


async def test_a_visitor_is_handed_the_file(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[str] = []
    one = program(record, served=True)
    monkeypatch.setattr(one, "deliver_text", lambda text, **named: handed.append(named["save_filename"]))
    async with one.run_test(size=(120, 36)) as pilot:
        await supposed(pilot)
        await chosen(pilot, "save")
        await pilot.press("enter")
        assert handed == ["what-if-1.scenario.yaml"]
    assert not (record.parent / "what-if-1.scenario.yaml").exists()


async def test_another_past_is_asked_about_in_the_program(record: Path) -> None:
    fresh = [other("kes-open"), None]
    one = program(record, reread=lambda: fresh.pop(0) if fresh else None)
    async with one.run_test(size=(120, 36)) as pilot:
        await pilot.press("R")
        await settle(pilot)
        assert "The past has changed" in on_screen(one)[2]
        await pilot.press("down", "enter")
        assert not any(event.id == "kes-open" for event in one.desk.history.events)


async def test_a_branch_is_replayed_on_the_record_as_it_was_read_again(record: Path) -> None:
    fresh = [grown(), None]
    one = program(record, reread=lambda: fresh.pop(0) if fresh else None)
    async with one.run_test(size=(120, 36)) as pilot:
        await supposed(pilot)
        await pilot.press("R")
        await settle(pilot)
        assert (one.desk.branch, one.desk.here) == ("what-if-1", "velm-accept")
        assert one.desk.history.events[-1].id == "last"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Nothing is replayed beside the reader until this is set."""
    opened = threading.Event()

    def waiting(*asked: object) -> object:
        if threading.current_thread() is not threading.main_thread():
            opened.wait()
        return replayed(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr("terms.tui.whatif.replayed", waiting)
    yield opened
    opened.set()


async def test_what_was_asked_for_while_the_record_was_read_again_stands_on_the_new_record(
    record: Path, gate: threading.Event
) -> None:
    one = program(record)
    async with one.run_test(size=(120, 36)) as pilot:
        await chosen(pilot, "add")
        await entered(pilot, ADDED)
        one.put(reread(one.desk, grown()))
        gate.set()
        await settle(pilot)
        assert (one.desk.branch, one.desk.here, one.desk.prompt) == ("what-if-1", "velm-accept", None)
        assert one.desk.history.events[-1].id == "last"


async def test_a_change_asked_for_on_a_branch_while_the_record_was_read_again_is_made_there(
    record: Path, gate: threading.Event
) -> None:
    one = program(record)
    async with one.run_test(size=(120, 36)) as pilot:
        one.put(ferry.on_what_if())
        await chosen(pilot, "skip")
        await pilot.press("ctrl+u")
        await entered(pilot, "meet-1")
        one.put(reread(one.desk, grown()))
        gate.set()
        await settle(pilot)
        told = one.desk.branches[0].told
        assert (told, one.desk.prompt) == ("add velm-accept, skip meet-1", None)
        assert one.desk.history.events[-1].id == "last"


async def test_what_is_given_up_while_the_record_was_read_again_leaves_no_branch_behind_it(
    record: Path, gate: threading.Event
) -> None:
    one = program(record)
    async with one.run_test(size=(120, 36)) as pilot:
        one.put(ferry.on_what_if())
        await chosen(pilot, "skip")
        await entered(pilot, "meet-1")
        one.put(reread(one.desk, grown()))
        await pilot.press("escape")
        gate.set()
        await settle(pilot)
        assert one.desk.branches[0].told == "add velm-accept"
        assert one.desk.history.events[-1].id == "last"
