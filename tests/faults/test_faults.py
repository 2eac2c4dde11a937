"""Nothing acknowledged is lost, whatever is killed or taken away; `make faults` does the same at length."""

import tempfile
from pathlib import Path

import pytest

from terms.stores.errors import Lost
from terms.stores.json_lines import JsonLinesStore
from terms.stores.sqlite import SqliteStore
from tests.faults.killing import kill_writers
from tests.faults.refusals import REFUSALS, tried
from tests.faults.server import crash, kill_server, start
from tests.stores.places import DECLARED, fresh_database, lines, start_server


@pytest.fixture(scope="module")
def server():
    return start_server()


@pytest.fixture
def open_folder():
    """A folder that every user of the machine can enter, as those of pytest cannot be."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@pytest.mark.parametrize("kind", ["sqlite", "lines"])
def test_writers_killed_at_random_lose_nothing_that_was_acknowledged(kind, tmp_path):
    opened = {
        "sqlite": lambda: SqliteStore(str(tmp_path / "terms.db")),
        "lines": lambda: JsonLinesStore(str(tmp_path / "talks.jsonl")),
    }[kind]
    counts = kill_writers(opened, 12)
    assert counts.is_clean, counts.told()
    assert counts.acknowledged > 0


def test_writers_to_a_server_killed_at_random_lose_nothing(server):
    from terms.stores.postgres import PostgresStore

    address = fresh_database(server)
    counts = kill_writers(lambda: PostgresStore(address), 6)
    assert counts.is_clean, counts.told()


def test_a_server_killed_under_load_loses_nothing(server):
    from terms.stores.postgres import PostgresStore

    address = fresh_database(server)
    counts = kill_server(server, lambda: PostgresStore(address), 1)
    assert counts.is_clean, counts.told()


def test_a_server_that_is_gone_is_told_at_once_and_answers_again_when_it_is_back(server):
    from terms.stores.postgres import PostgresStore

    store = PostgresStore(fresh_database(server))
    store.append("talks", (*DECLARED, *lines(1, 3)), expected=0)
    crash(server)
    for asked in (
        lambda: store.since(0, limit=9),
        lambda: [*store.read("talks")],
        lambda: store.head("talks"),
        store.streams,
    ):
        with pytest.raises(Lost, match="no server listens there"):
            asked()
    start(server)
    assert len(store.since(0, limit=9)) == 4
    crash(server)
    start(server)
    assert store.head("talks").length == 4
    assert store.append("talks", lines(4, 4), expected=4) == 5
    crash(server)
    start(server)
    assert store.append("talks", lines(5, 5), expected=5) == 6
    store.close()


@pytest.mark.parametrize("name", REFUSALS)
def test_a_store_without_what_it_needs_says_so_and_keeps_what_it_acknowledged(name, open_folder, request):
    found = tried(name, open_folder, request.getfixturevalue("server") if name == "cut off" else None)
    assert found.is_clean, found.told()
