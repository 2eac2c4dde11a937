"""`terms step SCENARIO`: the branch on the screen, laid over its base; saved what-ifs run; the record never changes."""

import shutil
import time
from pathlib import Path

import pytest

from terms.cli.main import build_parser, main
from terms.cli.scenario_screen import scenario_named
from terms.cli.screen import screened
from terms.cli.screened import Screened
from terms.scenarios import try_scenario
from tests.tui.terminal import LONGEST, Terminal

HERE = Path(__file__).parent
BASE = HERE.parent / "scenarios" / "base.record.yaml"
PIER = (HERE / "pier.scenario.yaml").read_text("utf-8")
ASKING = """format: terms-scenario/1
title: South asks for less
base: {record: base.record.yaml}
suppose:
  - {id: s-ask, date: +1d, kind: propose, by: south, terms: {distance: 20 km}}
"""
BRIDGE = """format: terms-scenario/1
title: And then the roads
base: {scenario: pier.scenario.yaml, point: {count: 30 persons}}
suppose:
  - {id: n-roads, date: +1d, kind: withdraw, by: north, of: n-open}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(BASE, tmp_path / "base.record.yaml")
    (tmp_path / "pier.scenario.yaml").write_text(PIER.replace("../scenarios/", ""), "utf-8")
    (tmp_path / "bridge.scenario.yaml").write_text(BRIDGE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}


def frame(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(["frame", "--ascii", "--size", "120x36", *words]) == code
    told = capsys.readouterr()
    return told.out or told.err


def test_a_scenario_opens_at_its_first_difference_with_every_differing_cell_marked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = frame(capsys, "pier.scenario.yaml").splitlines()
    assert "base  pier count=20persons (* vs base)" in shown[0]
    assert "here, at n-yes2, positions first differ from base" in shown[-1]
    assert any("[*+ 25 km]" in line for line in shown)
    assert sum(" SKIP " in line for line in shown) == 1


@pytest.mark.parametrize(
    "words", [("pier.scenario.yaml@count=30persons",), ("pier.scenario.yaml", "--point", "count=30 persons")]
)
def test_a_point_of_a_sweep_is_named_behind_the_file_or_by_an_option(
    words: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = frame(capsys, *words, "--at", "s-ask")
    assert "pier count=30persons" in shown.splitlines()[0]
    assert "30 persons" in shown
    assert "pier count=40persons: pier.scenario.yaml" in frame(capsys, *words, "--keys", "W")
    assert "40 persons" in frame(capsys, *words, "--keys", "W count=40 enter G")


def test_a_scenario_on_a_scenario_lies_over_that_one_at_its_point(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = frame(capsys, "bridge.scenario.yaml")
    assert "base  bridge (* vs pier count=30persons)" in shown.splitlines()[0]
    assert "pier count=30persons: pier.scenario.yaml (over the record)" in frame(
        capsys, "bridge.scenario.yaml", "--keys", "W"
    )
    below = frame(capsys, "bridge.scenario.yaml", "--keys", "W pier enter")
    assert "base  pier count=30persons (* vs base)" in below.splitlines()[0]
    assert "n-roads" in shown
    assert "30 persons" in shown


def test_a_shipped_scenario_is_named_by_a_word_as_the_readme_says(capsys: pytest.CaptureFixture[str]) -> None:
    shown = frame(capsys, "option-2-without-one-item@item=elections")
    assert "item=elections (* vs istanbul-2025)" in shown.splitlines()[0]


def test_both_sides_of_a_scenario_are_stepped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = frame(capsys, "pier.scenario.yaml", "--keys", "W base: enter")
    assert "* over: pier count=20persons" in other.splitlines()[0]
    back = frame(capsys, "pier.scenario.yaml", "--keys", "W base: enter G W count=20 enter .")
    assert "(* vs base)" in back.splitlines()[0]


def test_a_second_record_can_be_laid_over_a_branch(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "* over: base" in frame(capsys, "pier.scenario.yaml", "--over", "base.record.yaml")


def test_a_view_holds_for_both_sides(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ask.scenario.yaml").write_text(ASKING, "utf-8")
    shown = frame(capsys, "ask.scenario.yaml", "--seen-by", "north", "--keys", "g")
    assert "<as seen by north>" in shown.splitlines()[0]
    assert "ask (* vs base)" in shown.splitlines()[0]


def test_a_scenario_of_what_a_party_does_not_know_cannot_be_run_in_its_view(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody speaks of monitors, so north is not told that they are declared, as in `terms run`."""
    told = frame(capsys, "pier.scenario.yaml", "--seen-by", "north", code=2)
    assert "term 'monitors' is not declared" in told
    assert "`terms test pier.scenario.yaml --seen-by north` shows what is wrong" in told
    assert "no party 'nroth'" in frame(capsys, "pier.scenario.yaml", "--seen-by", "nroth", code=2)


def test_on_the_screen_a_scenario_is_run_anew_on_what_a_party_knows(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "ask.scenario.yaml").write_text(ASKING, "utf-8")
    base = (folder / "base.record.yaml").read_text("utf-8")
    secret = """
  - {id: secret, date: 2031-03-07, kind: withdraw, by: mediator, to: north, channel: private, of: med-25, source: M1}
"""
    (folder / "base.record.yaml").write_text(base + secret, "utf-8")
    whole = frame(capsys, "ask.scenario.yaml", "--keys", "W")
    assert "ask: ask.scenario.yaml (over the record), here" in whole
    south = frame(capsys, "ask.scenario.yaml", "--keys", "P s o u t h enter")
    assert "ask (* vs base)" in south.splitlines()[0]
    assert "<as seen by south>" in south.splitlines()[0]
    back = frame(capsys, "ask.scenario.yaml", "--keys", "P s o u t h enter V")
    assert "ask (* vs base)" in back.splitlines()[0]
    assert "as seen by" not in back
    assert "secret" in frame(capsys, "ask.scenario.yaml", "--seen-by", "north", "--at", "secret")
    made = shown_of("ask.scenario.yaml").branches[0].make
    assert made is not None
    every, known = made(None), made("south")
    assert not isinstance(every, str)
    assert not isinstance(known, str)
    assert [event.id for event in every.base.events if event.id not in known.base.names] == ["secret"]
    unknown = made("mediator")
    assert not isinstance(unknown, str)
    assert unknown.base.events == every.base.events


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("pier.scenario.yaml@count=3",), "values: 20 persons"),
        (("pier.scenario.yaml", "--point", "cuont=3"), "nothing is swept under 'cuont'"),
        (("base.record.yaml", "--point", "count=3"), "names a point of a scenario"),
        (("broken.scenario.yaml",), "`terms test broken.scenario.yaml`"),
        (("orphan.scenario.yaml",), "would refer to nothing"),
        (("missing.scenario.yaml",), "missing.scenario.yaml"),
        (("nothing",), "there is no file 'nothing'"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_way_out(
    words: tuple[str, ...], told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.scenario.yaml").write_text("format: terms-scenario/1\ntitle: no base\n", "utf-8")
    (folder / "orphan.scenario.yaml").write_text(
        "format: terms-scenario/1\nbase: base.record.yaml\nedit:\n  - {drop: med-25, why: none}\n", "utf-8"
    )
    assert told in frame(capsys, *words, code=2)


def test_only_a_name_that_could_be_a_scenario_is_taken_for_one(folder: Path) -> None:
    assert scenario_named("base.record.yaml") is None
    assert scenario_named("sqlite:terms.db#x@y.scenario.yaml") is None
    assert scenario_named("pier.scenario.yaml@count=3") == ("pier.scenario.yaml", "count=3")
    shipped = scenario_named("option-2-without-one-item")
    assert shipped is not None
    assert shipped[0].endswith("istanbul-2025/option-2-without-one-item.scenario.yaml")


def shown_of(*words: str) -> Screened:
    return screened(build_parser().parse_args(["frame", *words]))


def test_a_scenario_is_read_again_when_it_or_its_base_changes(folder: Path) -> None:
    shown = shown_of("pier.scenario.yaml")
    reread = shown.reader()
    assert reread() is None
    file = folder / "pier.scenario.yaml"
    file.write_text(
        file.read_text("utf-8").replace("of: med-25\n    needs", "of: med-25\n    note: again\n    needs")
    )
    assert reread() is not None
    make = shown.branches[0].make
    assert make is not None
    made = make(None)
    assert not isinstance(made, str)
    assert made.history.event("s-yes").note == "again"
    file.write_text("format: terms-scenario/1\n", "utf-8")
    assert reread() is None
    file.write_text((folder / "pier.scenario.yaml").read_text("utf-8") + "base: base.record.yaml\n", "utf-8")
    assert reread() is not None
    assert "cannot be run" in str(make(None))


def wait_for(path: Path) -> str:
    start = time.monotonic()
    while time.monotonic() - start < LONGEST and not (path.exists() and path.read_text("utf-8")):
        time.sleep(0.05)
    return path.read_text("utf-8")


class Terms(Terminal):
    program = "terms"


def test_a_scenario_is_stepped_changed_saved_and_left_in_a_terminal(
    folder: Path, home: dict[str, str]
) -> None:
    before = (folder / "base.record.yaml").read_bytes()
    scenario = str(folder / "pier.scenario.yaml")
    saved = folder / "softer.scenario.yaml"
    with Terms("step", scenario, width=80, height=24, **home) as terminal:
        terminal.until(b"positions first differ")
        terminal.type(b"..")
        terminal.until(b"s-ask")
        for keys, wanted in (
            (b"w", b"add an event after s-ask"),
            (b"add\r", b"kind:"),
            (b"accept, by: nroth, of: s-ask\r", b"did you mean 'north'"),
            (b"\x15kind: accept, by: north, of: s-ask\r", b"north-accept"),
            (b"wsave\r", b"what-if-1.scenario.yaml"),
            (b"\x15" + str(saved).encode() + b"\r", b"written to"),
        ):
            terminal.press(keys, wanted)
        terminal.type(b"q")
        assert terminal.end()[1] == 0
    assert "scenario: " in wait_for(saved)
    assert (folder / "base.record.yaml").read_bytes() == before
    (tried,) = try_scenario(str(saved))
    assert tried.passed
    assert tried.branch is not None
    assert tried.branch.ground.events[-1].id == "north-accept"
    with Terms("step", scenario, width=80, height=24, **home) as terminal:
        terminal.until(b"back at north-accept")  # on the what-if, which is replayed first
        terminal.type(b"W")
        terminal.until(b"softer: add north-accept")
        terminal.press(b"\x1b", b"1 History")
        terminal.type(b"q")
        assert terminal.end()[1] == 0
    with Terms("step", str(folder / "base.record.yaml"), width=80, height=24, **home) as terminal:
        written = terminal.until(b"q quit")
        terminal.type(b"q")
        rest, code = terminal.end()
    assert code == 0
    assert b"back at" not in written + rest  # the record has a place of its own


def test_what_was_supposed_on_the_screen_is_promoted_once_it_came_true(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from terms.tui.effects import KeepScenario
    from terms.tui.opening import desk_for, typed

    shown = shown_of("base.record.yaml")
    desk = desk_for(shown.history, name=shown.name, path=shown.path)
    desk = typed(desk, ["w", "add", "enter", "accept,by:south,of:med-25", "enter", "w", "save", "enter"])
    (effect,) = typed(desk, ["enter"]).out
    assert isinstance(effect, KeepScenario)
    (folder / effect.path).write_text(effect.text, "utf-8")
    assert main(["run", effect.path]) == 0
    assert main(["promote", effect.path, "south-accept", "--source", "R1"]) == 0
    assert "id: south-accept" in (folder / "base.record.yaml").read_text("utf-8")
    capsys.readouterr()
