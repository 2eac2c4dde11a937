"""What tests of stores stand on: one PostgreSQL server for a process, a SQLite file, and streams that count as long."""

import pytest

from terms.stores import framing, long, meeting, rereading
from terms.stores.sqlite import SqliteStore
from tests.stores.places import start_server


@pytest.fixture(scope="session")
def server():
    return start_server()


@pytest.fixture
def short(monkeypatch):
    """Keyframes after every third event, and maps of more than two entries looked into."""
    for module in (framing, long, meeting, rereading):
        monkeypatch.setattr(module, "EVERY", 3)
    monkeypatch.setattr(framing, "FEW", 2)


@pytest.fixture
def store(tmp_path):
    kept = SqliteStore(str(tmp_path / "terms.db"))
    yield kept
    kept.close()
