"""A record that is recalled is the record that was read."""

import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.cli.shipped import shipped_record
from terms.core.header import Header
from terms.core.history import History
from terms.core.lens import View
from terms.records import read_record
from terms.tui.cellar import cellar, mark_of, put_by
from terms.tui.recalling import Disputes, Memory
from terms.views.contested import Readings
from tests.tui import ferry


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.mark.parametrize("name", ["istanbul-2025", "korea-1951", "example"])
def test_every_shipped_record_comes_back_as_it_was_read(name: str, environment: dict[str, str]) -> None:
    path = str(shipped_record(name))
    record = read_record(path)
    memory = Memory(path, mark_of(path), environment)
    assert memory.recalled() is None
    memory.keep(record.header, record.events, record.path, record.texts)
    found = memory.recalled()
    assert found is not None
    assert (found.header, found.events, found.path) == (record.header, record.events, record.path)
    assert found.texts == tuple(record.texts)


def test_so_does_a_hostile_one(tmp_path: Path, environment: dict[str, str]) -> None:
    history = ferry.history()
    memory = Memory(str(tmp_path), "mark", environment)
    memory.keep(history.header, history.record, "", {})
    assert memory.recalled() is None, "the folder is marked otherwise by now"
    (tmp_path / "ferry").mkdir()
    path = str(tmp_path / "ferry")
    memory = Memory(path, mark_of(path), environment)
    memory.keep(history.header, history.record, "", {})
    found = memory.recalled()
    assert found is not None
    assert (found.header, found.events) == (history.header, history.record)


def test_a_record_that_has_changed_since_it_was_read_is_not_kept(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    folder = tmp_path / "talks"
    shutil.copytree(str(shipped_record("example")), folder)
    memory = Memory(str(folder), mark_of(str(folder)), environment)
    record = read_record(str(folder))
    (folder / "late.txt").write_text("late", "utf-8")
    memory.keep(record.header, record.events, record.path, record.texts)
    assert memory.recalled() is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("include: ../elsewhere/*.record.yaml", False),
        ("vocabulary: ..\\words.yaml", False),
        ("include: [../2031-03/talks.record.yaml]", False),
        ("date: ../2031-03-04", True),
        ("deadline: {date: ../2031}", True),
    ],
)
def test_a_record_that_reaches_out_of_its_folder_is_not_kept(
    text: str, kept: bool, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "talks").mkdir()
    path = str(tmp_path / "talks")
    memory = Memory(path, mark_of(path), environment)
    memory.keep(Header(), (), path, {"a.record.yaml": text})
    assert (memory.recalled() is not None) == kept


def test_what_was_found_out_of_rival_accounts_comes_back(talks: Path, environment: dict[str, str]) -> None:
    record = read_record(str(talks))
    history = History(record.header, record.events)
    readings = Readings(history)
    disputes = Disputes(str(talks), mark_of(str(talks)), environment)
    assert len(history.rivals) == 1
    disputes.keep(readings)
    assert disputes.recalled(history) is None, "there is nothing to keep before it is surveyed"
    readings.survey(0)
    disputes.keep(readings)
    found = disputes.recalled(history)
    assert found is not None
    assert found.spans == readings.spans
    assert found.changed_by(0, len(history)) == {("north", "distance", "")}
    assert disputes.recalled(History(record.header, record.events, View(party="north"))) is None
    put_by(cellar(environment), disputes.name, disputes.mark, b"[[]]")
    assert disputes.recalled(history) is None
    put_by(cellar(environment), disputes.name, disputes.mark, b"{")
    assert disputes.recalled(history) is None


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "talks.record.yaml").write_text(DISPUTED, "utf-8")
    return tmp_path / "talks"


DISPUTED = """format: terms/1
title: Talks
parties: {north: {name: North, role: belligerent}, south: {name: South, role: belligerent}}
terms: {distance: {type: quantity, unit: km}}
sources: {N1: {title: Notes}, S1: {title: Minutes}}
events:
  - id: n-1
    date: 2031-03-04
    kind: propose
    by: north
    terms: {distance: 30 km}
    source: N1
    accounts:
      - {source: S1, with: {terms: {distance: 20 km}}}
"""


json = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["part", "words", "date", "title", "x"]) | st.text(), inner)
    ),
    max_leaves=8,
)
part = st.sampled_from(["Header", "Party", "History", "eval", "Source"])
told = st.fixed_dictionaries(
    {
        "header": json | st.fixed_dictionaries({"part": part, "title": json, "sources": json}),
        "events": json | st.lists(st.fixed_dictionaries({"id": json, "kind": st.just("accept") | json})),
    },
    optional={"path": json, "texts": json},
)


@given(told.map(msgspec.json.encode) | st.binary())
def test_whatever_stands_in_the_file_nothing_is_raised_and_nothing_else_is_made(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    environment = {"XDG_CACHE_HOME": str(folder)}
    memory = Memory("talks", "mark", environment)
    put_by(cellar(environment), memory.name, "mark", content)
    found = memory.recalled()
    assert found is None or isinstance(found.header, Header)
