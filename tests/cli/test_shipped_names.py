"""The records that come with the program go by their names, from wherever one works."""

import argparse
import shutil
from pathlib import Path

import pytest

from terms.cellar.shipped import record_path, shipped_record, shipped_records
from terms.cli.locating import located
from terms.records import read_record
from tests.golden import told

VALLEY = Path(__file__).parent / "valley.record.yaml"
ON_NAME = "format: terms-scenario/1\nbase: {record: NAME, after: med-25}\n"
KNOWN = "shipped with the program: example, istanbul-2025, korea-1951"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without seeds to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["example", "seeds/example", "seeds/example/"])
@pytest.mark.parametrize(
    "words",
    [
        ("show",),
        ("check",),
        ("log",),
        ("why", "pullback.distance"),
        ("refs", "med-25"),
        ("frame",),
        ("waits",),
    ],
)
def test_a_shipped_record_is_found_by_its_name(words: tuple[str, ...], name: str) -> None:
    assert told([*words, name]) == told([*words, str(shipped_record("example"))])


def test_two_shipped_records_are_two_sides() -> None:
    assert "from example@med-25 to example" in told(["diff", "example@med-25", "example"])


@pytest.mark.parametrize("name", ["example", "seeds/example"])
def test_a_scenario_stands_on_a_shipped_record_by_its_name(elsewhere: Path, name: str) -> None:
    (elsewhere / "a.scenario.yaml").write_text(ON_NAME.replace("NAME", name), "utf-8")
    assert "Against the base after med-25" in told(["run", "a.scenario.yaml"])
    assert "example" in told(["frame", "a.scenario.yaml"]).splitlines()[0]


def test_the_settings_may_name_a_shipped_record(elsewhere: Path) -> None:
    (elsewhere / "terms.toml").write_text('record = "example"\n', "utf-8")
    assert located(argparse.Namespace(no_config=False), None) == str(shipped_record("example"))


def test_a_path_that_is_there_always_wins(elsewhere: Path) -> None:
    for folder in ("example", "seeds/example"):
        (elsewhere / folder).mkdir(parents=True)
        shutil.copy(VALLEY, elsewhere / folder)
        assert told(["show", folder]).startswith("Talks on the valley")
    below = elsewhere / "below"
    (below / "example").mkdir(parents=True)
    shutil.copy(VALLEY, below / "example")
    (below / "a.scenario.yaml").write_text(ON_NAME.replace("NAME, after: med-25", "example"), "utf-8")
    shutil.rmtree(elsewhere / "example")
    assert "after n-open" not in told(["run", "below/a.scenario.yaml"])
    assert record_path("below/example", "example") == "below/example"


@pytest.mark.parametrize("name", ["exampel", "seeds/exampel"])
def test_an_unknown_name_is_told_with_the_known_ones(elsewhere: Path, name: str) -> None:
    (elsewhere / "a.scenario.yaml").write_text(ON_NAME.replace("NAME", name), "utf-8")
    for words in (["show", name], ["run", "a.scenario.yaml"]):
        refused = told(words)
        assert KNOWN in refused
        assert "did you mean 'example'?" in refused


def test_python_finds_them_too() -> None:
    assert read_record("seeds/example").events == read_record(shipped_record("example") or "").events
    assert shipped_records() == ("example", "istanbul-2025", "korea-1951")


@pytest.mark.parametrize("path", ["-", "", ".", "sqlite:example", "other/example", "example.record.yaml"])
def test_only_a_name_means_a_shipped_record(path: str) -> None:
    assert record_path(path) == path
