"""A record that is recalled is the record that was read."""

import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.cellar.folder import cellar, mark_of, put_by
from terms.cellar.memory import Memory
from terms.cellar.telling import PARTS
from terms.cli.shipped import shipped_record
from terms.core.header import Header
from terms.ground.places import Place
from terms.records import Record, read_record, read_text
from tests.tui import ferry

ROOT = Path(__file__).parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path.with_name(f"{tmp_path.name}-cache"))}


def remembered(record: Record, memory: Memory) -> Record:
    """What comes back of a record that is kept."""
    assert memory.recalled() is None
    memory.keep(record)
    found = memory.recalled()
    assert found is not None
    return found


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A record in two files."""
    (tmp_path / "talks").mkdir()
    whole = (ROOT / "seeds" / "example" / "example.record.yaml").read_text("utf-8")
    head, events = whole.split("\nevents:\n")
    (tmp_path / "talks" / "a.record.yaml").write_text(f"{head}\ninclude: b.record.yaml\n", "utf-8")
    (tmp_path / "talks" / "b.record.yaml").write_text(f"format: terms/1\nevents:\n{events}", "utf-8")
    return tmp_path / "talks"


@pytest.mark.parametrize("name", ["istanbul-2025", "korea-1951", "example"])
def test_every_shipped_record_comes_back_as_it_was_read(name: str, environment: dict[str, str]) -> None:
    path = str(shipped_record(name))
    record = read_record(path)
    found = remembered(record, Memory(path, mark_of(path), environment))
    assert (found.header, found.events, found.path) == (record.header, record.events, record.path)
    assert (found.declared, found.diagnostics) == (record.declared, record.diagnostics)
    assert list(found.texts.items()) == list(record.texts.items())


def test_so_does_a_hostile_one(tmp_path: Path, environment: dict[str, str]) -> None:
    history = ferry.history()
    heads = {event.id: Place("\x1b[2J\u202e", 1, 2, 3, 4) for event in history.record}
    record = Record(history.header, history.record, heads=heads)
    found = remembered(record, Memory(str(tmp_path), mark_of(str(tmp_path)), environment))
    assert (found.header, found.events, found.heads) == (record.header, record.events, heads)


def test_each_event_and_declaration_stands_where_it_was_read(
    talks: Path, environment: dict[str, str]
) -> None:
    record = read_record(str(talks))
    found = remembered(record, Memory(str(talks), mark_of(str(talks)), environment))
    assert [found.head(event.id) for event in record.events] == [
        record.places[event.id].head for event in record.events
    ]
    assert {found.head(event.id).path for event in found.events} == {str(talks / "b.record.yaml")}
    assert found.declared["terms/pullback.distance"] == record.declared["terms/pullback.distance"]
    assert found.head("nobody") is record.head("nobody") is None


def test_hints_are_told_again(talks: Path, environment: dict[str, str]) -> None:
    with (talks / "b.record.yaml").open("a", encoding="utf-8") as file:
        file.write("\n  - {id: late, date: 2030-01-01, kind: state, by: velm, source: M1}\n")
    record = read_record(str(talks))
    assert {one.code for one in record.diagnostics} == {"W401"}
    found = remembered(record, Memory(str(talks), mark_of(str(talks)), environment))
    assert found.diagnostics == record.diagnostics


def test_a_record_with_errors_is_not_kept(talks: Path, environment: dict[str, str]) -> None:
    with (talks / "b.record.yaml").open("a", encoding="utf-8") as file:
        file.write("\n  - {id: late, date: 2032-01-01, kind: accept, by: nobody, of: nothing, source: M1}\n")
    record = read_record(str(talks))
    assert record.has_errors
    memory = Memory(str(talks), mark_of(str(talks)), environment)
    memory.keep(record)
    assert memory.recalled() is None


def test_what_no_json_can_say_is_not_kept(tmp_path: Path, environment: dict[str, str]) -> None:
    record = read_text(
        "format: terms/1\ntitle: Talks\nparties: {north: {name: North, role: belligerent}}\n"
        "sources: {N1: {title: Notes}}\n"
        "events: [{id: a, date: 2031-03-04, kind: state, by: north, source: N1, x-n: word}]\n",
        "talks.record.yaml",
    )
    memory = Memory(str(tmp_path), mark_of(str(tmp_path)), environment)
    memory.keep(Record(record.header, record.events, path="talks.record.yaml"))
    assert memory.recalled() is None, "nobody knows where its event stands"
    memory.keep(Record(record.header.__class__(title="\ud800"), ()))
    assert memory.recalled() is None
    assert remembered(record, memory).events == record.events


def test_a_file_that_has_gone_since_is_empty(talks: Path, environment: dict[str, str]) -> None:
    record = read_record(str(talks))
    found = remembered(record, Memory(str(talks), mark_of(str(talks)), environment))
    (talks / "a.record.yaml").unlink()
    assert found.texts[str(talks / "a.record.yaml")] == ""
    assert len(found.texts) == 2
    with pytest.raises(KeyError):
        found.texts["elsewhere"]


def test_a_record_that_has_changed_since_it_was_read_is_not_kept(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    folder = tmp_path / "talks"
    shutil.copytree(str(shipped_record("example")), folder)
    memory = Memory(str(folder), mark_of(str(folder)), environment)
    record = read_record(str(folder))
    (folder / "late.txt").write_text("late", "utf-8")
    memory.keep(record)
    assert memory.recalled() is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("include: ../elsewhere/*.record.yaml", False),
        ("vocabulary: ..\\words.yaml", False),
        ("include: [../2031-03/talks.record.yaml]", False),
        ("vocabulary: /usr/share/words.yaml", False),
        ("{vocabulary: '/usr/share/words.yaml'}", False),
        ("vocabulary:\n  /usr/share/words.yaml", False),
        ("vocabulary: C:/words.yaml", False),
        ("vocabulary: default", True),
        ('"vocabulary": "words.yaml"', True),
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
    memory.keep(Record(Header(), (), texts={"a.record.yaml": text}, path=path))
    assert (memory.recalled() is not None) == kept


json = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from([*PARTS, "words", "date", "cite", "x"]) | st.text(), inner, max_size=2
        )
    ),
    max_leaves=8,
)
part = st.sampled_from(["Header", "Party", "History", "eval", "Source"])
told = st.fixed_dictionaries(
    {
        "path": st.text(),
        "texts": st.lists(st.text()),
        "files": st.lists(st.text(), max_size=1),
        "heads": st.lists(st.tuples(*[st.integers(0, 1)] * 5), max_size=1),
        "declared": st.dictionaries(st.text(), st.tuples(*[st.integers(0, 1)] * 5), max_size=1),
        "diagnostics": json | st.just([]),
        "header": json | st.dictionaries(part, st.lists(json), min_size=1, max_size=1),
        "events": json | st.lists(st.fixed_dictionaries({"id": json, "kind": st.just("accept") | json})),
    },
    optional={"more": json},
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
