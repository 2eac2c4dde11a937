"""Finding and reading files: every way in which the outside can go wrong is a message, never a traceback."""

import io
import sqlite3
import sys

import pytest

from terms.records import ChunkCache, read_record
from terms.records.files import head_of
from tests.records.test_reading import HEAD, event

SESSION = "format: terms/1\n\nevents:\n" + event(id="session-yes").lstrip("\n")


def including(*paths):
    return HEAD.replace("events:", f"include: [{', '.join(paths)}]\n\nevents:")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to write records in, which is also where the program runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(path):
    return [one.code for one in read_record(path).diagnostics]


def test_a_file_is_read_by_its_path(folder):
    (folder / "a.record.yaml").write_text(HEAD)
    record = read_record("a.record.yaml")
    assert (record.path, len(record.events), list(record.texts)) == ("a.record.yaml", 1, ["a.record.yaml"])
    assert not record.is_unreadable


def test_included_files_follow_the_head_in_the_order_of_their_names(folder):
    (folder / "sessions").mkdir()
    (folder / "a.record.yaml").write_text(including("sessions/*.record.yaml"))
    for name in ("2", "10", "1"):
        text = SESSION.replace("session-yes", f"yes-{name}")
        (folder / "sessions" / f"{name}.record.yaml").write_text(text)
    record = read_record("a.record.yaml")
    assert [one.id for one in record.events] == ["north-open", "yes-1", "yes-10", "yes-2"]
    assert record.places["yes-2"].place.path == "sessions/2.record.yaml"


def test_a_fault_in_an_included_file_says_by_which_line_it_was_reached(folder):
    (folder / "a.record.yaml").write_text(including("b.record.yaml"))
    (folder / "b.record.yaml").write_text(
        SESSION.replace("by: south", "by: suoth") + event(id="x", kind="acept")
    )
    found = read_record("a.record.yaml").diagnostics
    assert [(one.code, one.place.path, str(one.trail[0])) for one in found] == [
        ("E205", "b.record.yaml", "a.record.yaml:21:11"),
        ("E104", "b.record.yaml", "a.record.yaml:21:11"),
    ]


def test_declarations_may_stand_in_included_files_but_only_once(folder):
    (folder / "a.record.yaml").write_text(including("b.record.yaml"))
    (folder / "b.record.yaml").write_text("format: terms/1\nsources: {M7: Diary}\nevents: []\n")
    assert "M7" in read_record("a.record.yaml").header.source
    (folder / "b.record.yaml").write_text("format: terms/1\nsources: {M1: Diary}\nevents: []\n")
    [twice] = read_record("a.record.yaml").diagnostics
    assert (twice.code, twice.place.path, twice.related[0].place.path) == (
        "E201",
        "b.record.yaml",
        "a.record.yaml",
    )


def test_what_belongs_to_the_head_is_refused_elsewhere(folder):
    (folder / "a.record.yaml").write_text(including("b.record.yaml"))
    (folder / "b.record.yaml").write_text("format: terms/1\ntitle: Another\nevents: []\n")
    assert codes("a.record.yaml") == ["E102"]


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("missing.record.yaml", "E110"),
        ("s/*.record.yaml", "E110"),
        ("'[bad'", "E110"),
        ("/etc/a.record.yaml", "E110"),
        ("a.record.yaml", "E111"),
        ("[b]", "E105"),
        ("'*.record.yaml'", None),
    ],
)
def test_an_include_that_leads_nowhere_is_an_error(folder, pattern, code):
    (folder / "a.record.yaml").write_text(including(pattern))
    (folder / "z.record.yaml").write_text("format: terms/1\nevents: []\n")
    assert codes("a.record.yaml") == ([code] if code else [])


def test_files_that_include_each_other_are_an_error_with_the_way_there(folder):
    (folder / "a.record.yaml").write_text(including("b.record.yaml"))
    (folder / "b.record.yaml").write_text("format: terms/1\ninclude: a.record.yaml\nevents: []\n")
    [cycle] = read_record("a.record.yaml").diagnostics
    assert (cycle.code, cycle.place.path, cycle.trail[0].path) == ("E111", "b.record.yaml", "a.record.yaml")
    (folder / "b.record.yaml").write_text("format: terms/1\ninclude: c.record.yaml\nevents: []\n")
    assert codes("a.record.yaml") == ["E111"]


def test_an_included_file_that_cannot_be_read_does_not_stop_the_rest(folder):
    (folder / "a.record.yaml").write_text(including("'*.yaml'", "b.bin"))
    (folder / "b.bin").write_bytes(b"format: \xff")
    (folder / "c.yaml").write_text(SESSION)
    record = read_record("a.record.yaml")
    assert [one.code for one in record.diagnostics] == ["E113"]
    assert len(record.events) == 2
    assert record.is_unreadable


def test_a_folder_with_one_head_is_that_record(folder):
    (folder / "a.record.yaml").write_text(including("b.record.yaml"))
    (folder / "b.record.yaml").write_text(SESSION)
    assert head_of(".") == "./a.record.yaml"
    assert [one.id for one in read_record(".").events] == ["north-open", "session-yes"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "E112"),
        ({"notes.yaml": "a: b"}, "E112"),
        ({"a.record.yaml": HEAD, "b.record.yaml": HEAD}, "E114"),
        ({"a.record.yaml": "include: b.record.yaml", "b.record.yaml": "include:\n  - a.record.yaml"}, "E114"),
    ],
)
def test_any_other_folder_is_an_error_that_says_so(folder, files, code):
    for name, text in files.items():
        (folder / name).write_text(text)
    record = read_record(".")
    assert [one.code for one in record.diagnostics] == [code]
    assert record.is_unreadable


def test_a_record_in_a_folder_below_is_offered(folder):
    (folder / "talks").mkdir()
    (folder / "talks" / "a.record.yaml").write_text(HEAD)
    [fault] = read_record(".").diagnostics
    assert fault.help[0] == "did you mean './talks'?" or fault.help[0] == "did you mean 'talks'?"


def test_a_missing_file_is_an_error_with_the_nearest_name(folder):
    (folder / "pier.record.yaml").write_text(HEAD)
    [fault] = read_record("peir.record.yaml").diagnostics
    assert (fault.code, fault.help) == ("E113", ("did you mean 'pier.record.yaml'?",))
    [fault] = read_record("nowhere/peir.record.yaml").diagnostics
    assert fault.help == ("there is no folder 'nowhere' either",)
    assert codes("bad\0name") == ["E113"]


def test_a_file_in_another_encoding_is_an_error_at_the_byte(folder):
    (folder / "a.record.yaml").write_bytes(b"format: terms/1\ntitle: Pi\xe9r\n")
    [fault] = read_record("a.record.yaml").diagnostics
    assert (fault.code, fault.place.line, fault.place.column) == ("E113", 2, 10)


def test_a_file_beyond_the_limit_is_not_read(folder):
    (folder / "a.record.yaml").write_bytes(b"#" * (8 * 1024 * 1024 + 1))
    assert codes("a.record.yaml") == ["E009"]


def test_a_file_that_may_not_be_read_is_an_error(folder):
    (folder / "a.record.yaml").mkdir()
    (folder / "b.record.yaml").write_text(including("a.record.yaml"))
    assert codes("b.record.yaml") == ["E110"]


def given(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_standard_input_is_read_as_the_file_it_is_said_to_be(folder, monkeypatch):
    (folder / "b.record.yaml").write_text(SESSION)
    given(monkeypatch, including("b.record.yaml").encode())
    record = read_record("-", stdin_filename="a.record.yaml")
    assert (record.path, len(record.events)) == ("a.record.yaml", 2)


def test_standard_input_has_the_same_limits(folder, monkeypatch):
    given(monkeypatch, b"#" * (8 * 1024 * 1024 + 1))
    assert codes("-") == ["E009"]
    given(monkeypatch, b"\xff")
    assert codes("-") == ["E113"]


def test_a_vocabulary_may_be_a_file_beside_the_record(folder):
    (folder / "a.record.yaml").write_text(
        HEAD.replace("title: Pier talks", "vocabulary: own.yaml").replace("corridor: open}", "toll: 5 EUR}")
    )
    (folder / "own.yaml").write_text(
        "format: x\ntoll: {type: money, unit: EUR, group: trade, source: [M1]}\nx-note: [1]\n"
    )
    record = read_record("a.record.yaml")
    assert record.diagnostics == ()
    assert record.header.term["toll"].declaration.type == "money"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "E113"),
        ("[]", "E105"),
        ("toll: {unit: EUR}", "E103"),
        ("toll: {type: money, mood: bad}", "E102"),
        ("toll: money", "E105"),
        ("toll: {type: money", "E001"),
    ],
)
def test_a_vocabulary_with_a_fault_is_told(folder, text, code):
    (folder / "a.record.yaml").write_text(HEAD.replace("title: Pier talks", "vocabulary: own.yaml"))
    if text is not None:
        (folder / "own.yaml").write_text(text)
    assert codes("a.record.yaml") == [code]


def test_reading_again_with_a_cache_reads_the_same(folder):
    cache = ChunkCache()
    (folder / "a.record.yaml").write_text(including("b.record.yaml") + event(id="one"))
    (folder / "b.record.yaml").write_text(SESSION)
    first = read_record("a.record.yaml", cache=cache)
    again = read_record("a.record.yaml", cache=cache)
    assert (again.header, again.events, again.diagnostics) == (first.header, first.events, first.diagnostics)


def test_an_included_file_in_the_form_of_a_later_version_stops_everything(folder):
    (folder / "a.record.yaml").write_text(including("b.record.yaml"))
    (folder / "b.record.yaml").write_text(SESSION.replace("terms/1", "terms/2"))
    record = read_record("a.record.yaml")
    assert [(one.code, one.place.path) for one in record.obstacles] == [("E115", "b.record.yaml")]
    assert record.is_unreadable


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("sqllite:terms.db", "did you mean the store 'sqlite:terms.db'?"),
        ("postgresql:/host/base", "did you mean the store 'postgresql://host/base'?"),
        ("talks:2031.record.yaml", None),
        ("talks/umadb:2031.record.yaml", None),
    ],
)
def test_an_address_with_a_slip_of_the_pen_is_not_taken_for_a_missing_file_alone(folder, words, said):
    [fault] = read_record(words).diagnostics
    assert fault.code == "E113"
    assert (
        any(said in line for line in fault.help) if said else not any("store" in line for line in fault.help)
    )


def test_a_database_named_as_a_file_is_known_for_what_it_is(folder):
    sqlite3.connect("terms.db").execute("CREATE TABLE lines (x)").connection.close()
    [fault] = read_record("terms.db").diagnostics
    assert (fault.code, fault.help) == ("E113", ("did you mean 'sqlite:terms.db'?",))
