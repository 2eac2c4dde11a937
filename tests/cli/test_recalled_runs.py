"""Records are shown, asked and branched from the same, byte for byte, whether they are read or recalled."""

from collections.abc import Callable
from pathlib import Path

import pytest

from terms.cellar.folder import cellar
from terms.cli.recalling import Recalling
from tests.golden import told

ROOT = Path(__file__).parents[2]

HEAD = """format: terms/1
title: Talks at the pier
parties: {north: {name: North, role: belligerent}, south: {name: South, role: belligerent}}
terms: {distance: {type: quantity, unit: km}}
sources: {N1: {title: Notes}}
include: moves/*.record.yaml
"""
MOVES = """format: terms/1
events:
  - id: n-offer
    date: 2031-03-04
    kind: propose
    by: north
    terms: {distance: 30 km}
    source: N1

  - {id: s-offer, date: 2031-03-01, kind: propose, by: south, terms: {distance: 20 km}, source: N1}
"""
SCENARIO = """format: terms-scenario/1
title: South takes it
base: {record: talks}
suppose:
  - {id: s-yes, date: +1d, kind: accept, by: south, of: n-offer}
sweep: {number: [30 km, 20 km]}
expect:
  - {term: distance, status: agreed, value: $number}
  - {term: distance, party: north, at-most: 25 km}
"""


class Table:
    """A scenario on a record in two files, and the reader's cache folder beside them."""

    def __init__(self, folder: Path) -> None:
        self.head = folder / "talks" / "talks.record.yaml"
        self.moves = folder / "talks" / "moves" / "one.record.yaml"
        self.scenario = folder / "taken.scenario.yaml"
        self.cache = folder / "cache"
        self.moves.parent.mkdir(parents=True)
        self.head.write_text(HEAD, "utf-8")
        self.moves.write_text(MOVES, "utf-8")
        self.scenario.write_text(SCENARIO, "utf-8")

    @property
    def kept(self) -> list[Path]:
        """What is kept of records."""
        folder = cellar({"XDG_CACHE_HOME": str(self.cache)})
        return sorted(folder.glob("*.record")) if folder is not None else []

    def answers(self) -> list[str]:
        """What verbs say that take a scenario or look at a record: steps, faults with carets, places, a table."""
        name, record = str(self.scenario), str(self.head.parent)
        return [
            told(["run", name]),
            told(["run", name, "--point", "number=20 km"]),
            told(["run", name, "--point", "number=30 km", "--json"]),
            told(["test", name]),
            told(["diff", record, f"{name}@number=30 km"]),
            told(["log", record]),
            told(["show", record, "--json"]),
            told(["why", "distance", record]),
            told(["why", "n-offer", record]),
            told(["ask", "compatibility", record]),
        ]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Table:
    made = Table(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(made.cache))
    return made


@pytest.fixture
def read(table: Table, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The answers where nothing is kept and nothing recalled."""

    def answers() -> list[str]:
        with monkeypatch.context() as patch:
            patch.setenv("TERMS_NO_CACHE", "1")
            return table.answers()

    return answers


def test_the_second_run_says_what_the_first_said_and_what_one_without_a_cache_says(
    table: Table, read: Callable[[], list[str]]
) -> None:
    without = read()
    assert not table.kept
    assert table.answers() == without
    assert len(table.kept) == 1
    assert table.answers() == without
    assert "one.record.yaml:3" in without[1], "places are told, and come back"


def test_the_screen_of_a_scenario_is_the_same_from_what_was_kept_which_it_keeps(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["frame", str(table.scenario), "--size", "90x24"]
    with monkeypatch.context() as patch:
        patch.setenv("TERMS_NO_CACHE", "1")
        without = told(asked)
    assert not table.kept
    assert told(asked) == without
    assert len(table.kept) == 1
    assert told(asked) == without


def test_a_fault_that_points_into_the_record_shows_its_line(
    table: Table, read: Callable[[], list[str]]
) -> None:
    spelled = SCENARIO.replace(
        "accept, by: south, of: n-offer", "propose, by: south, terms: {distance: 1 day}"
    )
    table.scenario.write_text(spelled, "utf-8")
    without = read()
    assert table.answers() == table.answers() == without
    assert "4 | terms: {distance: {type: quantity, unit: km}}" in without[1]


@pytest.mark.parametrize("file", ["head", "moves"])
def test_a_record_that_was_changed_is_read_again(
    file: str, table: Table, read: Callable[[], list[str]]
) -> None:
    before = table.answers()
    changed = table.head if file == "head" else table.moves
    text = changed.read_text("utf-8")
    changed.write_text(text.replace("unit: km", "unit: miles").replace("30 km", "31 km"), "utf-8")
    after = table.answers()
    assert after != before
    assert after == read() == table.answers()


def test_a_file_that_joins_the_record_is_read(table: Table, read: Callable[[], list[str]]) -> None:
    before = table.answers()
    more = MOVES.replace("n-offer", "n-more").replace("s-offer", "s-more").replace("30 km", "40 km")
    table.moves.with_name("two.record.yaml").write_text(more, "utf-8")
    after = table.answers()
    assert after != before
    assert after == read() == table.answers()


@pytest.mark.parametrize("content", [b"", b"no seal\n{}", "spoilt"])
def test_a_cache_that_is_spoilt_is_as_good_as_none(
    content: bytes | str, table: Table, read: Callable[[], list[str]]
) -> None:
    without = read()
    table.answers()
    (kept,) = table.kept
    whole = kept.read_bytes()
    kept.write_bytes(whole.replace(b"30 km", b"30 mm") if isinstance(content, str) else content)
    assert table.answers() == without
    assert kept.read_bytes() == whole, "it is kept anew"


def test_a_record_with_errors_is_read_each_time(table: Table, read: Callable[[], list[str]]) -> None:
    table.moves.write_text(MOVES.replace("distance: 20 km", "distant: 20 km"), "utf-8")
    assert table.answers() == read() == table.answers()
    assert not table.kept


def test_what_is_no_record_in_files_is_not_looked_for(table: Table) -> None:
    reader = Recalling({"XDG_CACHE_HOME": str(table.cache)})
    assert reader("nowhere").is_unreadable
    assert not reader.fresh
    assert reader(str(table.head.with_name("gone.record.yaml"))).is_unreadable
    for number in range(400):
        (table.head.parent / f"{number}.txt").touch()
    assert len(reader(str(table.head.parent)).events) == 2
    reader.keep()
    assert not table.kept


@pytest.mark.parametrize(
    "name",
    ["istanbul-2025/option-1-taken", "korea-1951/line-holds-longer", "istanbul-2025/local-truce-taken"],
)
def test_shipped_scenarios_come_out_alike(name: str, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(ROOT / "scenarios" / f"{name}.scenario.yaml")
    first, second = told(["run", path]), told(["run", path])
    monkeypatch.setenv("TERMS_NO_CACHE", "1")
    assert first == second == told(["run", path])
    assert table.kept
