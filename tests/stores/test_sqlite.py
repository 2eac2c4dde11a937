"""What a SQLite store promises beyond the contract of all stores."""

import sqlite3

import pytest

from terms.stores import sqlite as engine
from terms.stores.errors import Unreachable
from terms.stores.sqlite import SqliteStore
from tests.stores.places import DECLARED, lines


def begun(path):
    """A file as a program leaves it that was killed before it had made a single table."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    return path


def test_a_store_whose_making_was_cut_short_is_made_by_whoever_imports_next(tmp_path):
    store = SqliteStore(begun(str(tmp_path / "terms.db")))
    assert store.append("velm", DECLARED, expected=0) == 1
    store.close()


def test_a_store_whose_making_was_cut_short_is_none_to_read_from(tmp_path):
    with pytest.raises(Unreachable, match="no store of records"):
        SqliteStore(begun(str(tmp_path / "terms.db")), create=False)


def test_a_file_of_something_else_is_not_taken_for_an_unfinished_store(tmp_path):
    path = str(tmp_path / "terms.db")
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE addresses (name TEXT)")
    connection.close()
    with pytest.raises(Unreachable, match="no store of records"):
        SqliteStore(path)


def test_a_store_on_a_medium_that_nobody_can_write_is_read_and_nothing_is_left_beside_it(
    tmp_path, monkeypatch
):
    path = str(tmp_path / "a 100%? sure.db")
    store = SqliteStore(path)
    store.append("velm", (*DECLARED, *lines(1, 3)), expected=0)
    store.close()
    monkeypatch.setattr(engine, "on_read_only", lambda _: True)
    store = SqliteStore(path, create=False)
    assert [kept.number for kept in store.read("velm")] == [1, 2, 3, 4]
    assert list(store.snapshots("velm", ["cells"], at_most=9, make="of now")) == []
    assert store.faults() == ()
    with pytest.raises(Unreachable, match="cannot be written"):
        store.append("velm", lines(4, 4), expected=4)
    assert [one.name for one in tmp_path.iterdir()] == ["a 100%? sure.db"]
    store.close()


@pytest.mark.parametrize("what", ["removed", "replaced"])
def test_nothing_is_written_into_a_file_that_is_gone(tmp_path, what):
    path = tmp_path / "terms.db"
    store = SqliteStore(str(path))
    store.append("velm", DECLARED, expected=0)
    path.rename(tmp_path / "old.db")
    if what == "replaced":
        path.write_text("a text")
    for asked in (lambda: store.append("velm", lines(1, 2), expected=1), lambda: store.since(0, limit=1)):
        with pytest.raises(Unreachable, match="removed or replaced while it was open"):
            asked()
    store.close()


def test_a_folder_is_called_one(tmp_path):
    with pytest.raises(Unreachable, match="it is a folder"):
        SqliteStore(str(tmp_path))
