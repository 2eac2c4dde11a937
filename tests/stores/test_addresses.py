"""An address leads to a store, or says what is wrong with it and what to do."""

import sqlite3

import pytest

from terms.stores import Address, is_store_address, only_stream, open_store, read_address
from terms.stores.errors import BadAddress, NoStream, StoreError, Unreachable
from terms.stores.json_lines import JsonLinesStore
from terms.stores.postgres import PostgresStore
from terms.stores.sqlite import SqliteStore
from tests.stores.places import DECLARED, lines


@pytest.mark.parametrize(("words", "address"), [
    ("sqlite:terms.db", Address("sqlite:terms.db")),
    ("sqlite:terms.db#velm-2031", Address("sqlite:terms.db", "velm-2031")),
    ("postgresql://host/base#velm", Address("postgresql://host/base", "velm")),
    ("sqlite:odd%23name.db#velm", Address("sqlite:odd#name.db", "velm")),
])  # fmt: skip
def test_an_address_is_a_store_and_perhaps_a_stream(words, address):
    assert read_address(words) == address


@pytest.mark.parametrize("words", ["#velm", "sqlite:terms.db#"])
def test_half_an_address_is_refused(words):
    with pytest.raises(BadAddress):
        read_address(words)


@pytest.mark.parametrize(
    ("words", "is_store"),
    [
        ("sqlite:a.db", True),
        ("a.jsonl", True),
        ("postgres://x/y#z", True),
        ("a.record.yaml", False),
        ("-", False),
    ],
)
def test_a_store_is_told_from_a_text(words, is_store):
    assert is_store_address(words) is is_store


@pytest.mark.parametrize("words", ["sqlite:", "redis://x", "kurrentdb://x", "umadb://x"])
def test_what_this_copy_cannot_open_is_refused_with_a_way_out(words):
    with pytest.raises(BadAddress):
        open_store(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("kurrentdb://me:hunter2@host:2113", "pip install 'eventsourcing-kurrentdb<"),
        ("esdb://host", "pip install 'eventsourcing-kurrentdb<"),
        ("umadb://host", "pip install 'eventsourcing-umadb<"),
        ("eventsourcing:nonesuch.module", "there is no module 'nonesuch.module'"),
        ("eventsourcing:os", "factory classes"),
        ("sqllite:terms.db", "did you mean sqlite:"),
        ("umadb:host", "did you mean umadb://"),
        ("postgress://me:hunter2@host", "did you mean postgres"),
        ("zzz://host", "a store begins with sqlite:"),
    ],
)
def test_a_refused_address_says_what_to_do_and_no_password(words, said):
    with pytest.raises(BadAddress, match=said) as refused:
        open_store(words)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "name", ["sqlite:{}/none.db", "{}/none.jsonl", "{}/none.record.yaml", "sqlite:{}/no/folder.db"]
)
def test_a_store_that_is_not_there_is_not_made_unless_asked(name, tmp_path):
    with pytest.raises(Unreachable):
        open_store(name.format(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_any_recorder_is_one_address_away():
    store = open_store("eventsourcing:eventsourcing.popo")
    assert store.append("velm", (*DECLARED, *lines(1, 1)), expected=0) == 2


def test_the_only_stream_need_not_be_named(tmp_path):
    store = open_store(f"sqlite:{tmp_path}/terms.db", create=True)
    store.append("velm", DECLARED, expected=0)
    assert only_stream(store, None) == "velm"
    store.append("kestria", DECLARED, expected=0)
    with pytest.raises(NoStream, match="kestria, velm"):
        only_stream(store, None)
    with pytest.raises(NoStream, match="velm"):
        only_stream(store, "vlem")
    store.close()


def test_a_file_that_is_no_store_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    sqlite3.connect(path).execute("CREATE TABLE mine (x)").connection.close()
    before = path.read_bytes()[100:]
    with pytest.raises(Unreachable, match="no store of records"):
        SqliteStore(str(path))
    assert path.read_bytes()[100:] == before  # the first page notes the journal mode


def test_a_locked_database_is_told_and_nothing_is_written(tmp_path):
    path = str(tmp_path / "terms.db")
    store = SqliteStore(path, lock_seconds=1)
    store.append("velm", DECLARED, expected=0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unreachable, match="somebody else is writing"):
        store.append("velm", lines(1, 1), expected=1)
    other.execute("ROLLBACK")
    other.close()
    assert store.head("velm").length == 1
    store.close()


def test_a_server_that_is_not_there_is_told_without_the_password():
    with pytest.raises(StoreError) as refused:
        PostgresStore("postgresql://somebody:hunter2@127.0.0.1:1/base")
    assert "hunter2" not in str(refused.value)


def test_an_append_that_was_cut_short_counts_as_never_made(tmp_path):
    path = tmp_path / "velm.jsonl"
    store = JsonLinesStore(str(path))
    store.append("velm", (*DECLARED, *lines(1, 2)), expected=0)
    whole = path.read_bytes()
    store.append("velm", lines(3, 5), expected=3)
    longer = path.read_bytes()
    for cut in range(len(whole) + 1, len(longer), 97):
        path.write_bytes(longer[:cut])
        assert store.head("velm").length == 3
        assert "cut short" in store.faults()[-1]
    assert store.append("velm", lines(3, 5), expected=3) == 6
    assert path.read_bytes() == longer
