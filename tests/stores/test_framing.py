"""A state read from snapshots is the state that a whole replay gives; a damaged or outdated one is never used."""

import sqlite3
import zlib

import pytest
from hypothesis import HealthCheck, given, settings

from terms.core.event import read_event
from terms.core.history import History
from terms.stores import frames, framing
from terms.stores.errors import NoHeader
from terms.stores.frames import LATEST, BadSnapshot, Frames
from terms.stores.framing import framed, snapshot_fault
from terms.stores.lines import line_of, lines_of, read_lines
from terms.stores.looking import header_of
from terms.stores.sqlite import SqliteStore
from terms.stores.store import Snapshot
from terms.testing.strategies import records
from tests.draws import draws
from tests.stores.places import DECLARED, HEADER, event, lines
from tests.stores.test_projecting import TELLING

OFFER = read_event(
    {
        "id": "offer",
        "date": "2031-03-01",
        "kind": "propose",
        "by": "north",
        "terms": {"t.yes-no": "yes"},
        "source": "M1",
    }
)
ANY = [HealthCheck.function_scoped_fixture]


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "terms.db")


@pytest.fixture
def store(path):
    kept = SqliteStore(path)
    yield kept
    kept.close()


@pytest.fixture
def short(monkeypatch):
    """Keyframes after every event, and maps of more than two entries looked into."""
    monkeypatch.setattr(framing, "EVERY", 1)
    monkeypatch.setattr(framing, "FEW", 2)


@settings(max_examples=draws(40), suppress_health_check=ANY)
@given(record=records(kinds=TELLING, max_size=14))
def test_a_state_from_snapshots_is_that_of_a_whole_replay_at_every_step(record, short, tmp_path_factory):
    header, events = record
    log = [one for one in events if one.account_of is None and one.after is None]
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(header, log), expected=0)
    whole = History(header, read_lines(line.content for line in kept.read("talks"))[1])
    assert framed(kept, "talks") == len(log) + 1
    read = Frames(kept, "talks")
    for steps in range(len(log) + 1):
        assert read.talks(whole.header, steps + 1) == whole.state(steps)
    assert snapshot_fault(kept, "talks") == ""
    kept.close()


def test_keyframes_go_on_where_they_ended(store, short):
    store.append("talks", (*DECLARED, *lines(1, 5)), expected=0)
    heard = []
    assert framed(store, "talks") == 6
    store.append("talks", lines(6, 9), expected=6)
    assert framed(store, "talks", told=heard.append) == 10
    whole = History(HEADER, [event(number) for number in range(1, 10)])
    assert Frames(store, "talks").talks(HEADER, 10) == whole.last
    assert snapshot_fault(store, "talks") == ""


def test_few_events_need_no_keyframe(store):
    store.append("talks", (*DECLARED, *lines(1, 5)), expected=0)
    assert framed(store, "talks") == 1
    assert Frames(store, "talks").root(LATEST) is None


def test_a_snapshot_of_another_make_is_not_read(store, short, monkeypatch):
    store.append("talks", (*DECLARED, *lines(1, 5)), expected=0)
    framed(store, "talks")
    monkeypatch.setattr(frames, "make", lambda: "another")
    assert Frames(store, "talks").root(LATEST) is None


def test_snapshots_of_another_chain_are_made_anew(store, short):
    store.append("talks", (*DECLARED, *lines(1, 3)), expected=0)
    store.append("other", (*DECLARED, *lines(4, 9)), expected=0)
    framed(store, "other")
    made = frames.make()
    store.keep_snapshots("talks", [*store.every_snapshot("other", "", make=made)], make=made)
    assert framed(store, "talks") == 4
    assert Frames(store, "talks").talks(HEADER, 4) == History(HEADER, [event(n) for n in (1, 2, 3)]).last
    assert snapshot_fault(store, "talks") == ""


@pytest.mark.parametrize("change", [
    "UPDATE state_parts SET content = content || 'x' WHERE part = ''",
    "UPDATE state_parts SET content = content || 'x' WHERE part LIKE '@/%'",
    "DELETE FROM state_parts WHERE part = '@/e-2'",
    "UPDATE state_parts SET number = number + 1 WHERE part = '@/e-2'",
    "UPDATE state_parts SET part = '@/e-22' WHERE part = '@/e-2'",
], ids=["a keyframe changed", "a part changed", "a part removed", "a part moved", "a part renamed"])  # fmt: skip
def test_a_changed_snapshot_is_found(store, path, short, change):
    store.append("talks", (*DECLARED, *lines(1, 5)), expected=0)
    framed(store, "talks")
    connection = sqlite3.connect(path)
    connection.execute(change)
    connection.commit()
    connection.close()
    assert snapshot_fault(store, "talks") != ""


def test_a_damaged_keyframe_is_refused_and_made_again(store, short):
    store.append("talks", (*DECLARED, *lines(1, 5)), expected=0)
    framed(store, "talks")
    store.keep_snapshots("talks", [Snapshot("", 6, b"0123456789abcdef{}")], make=frames.make())
    with pytest.raises(BadSnapshot):
        Frames(store, "talks").root(LATEST)
    assert framed(store, "talks") == 6
    assert snapshot_fault(store, "talks") == ""


@pytest.mark.parametrize("content", [b"no such form", zlib.compress(b"[1, 2"), zlib.compress(b"[]")])
def test_a_map_that_is_sealed_and_spells_nothing_is_refused(store, monkeypatch, content):
    monkeypatch.setattr(framing, "EVERY", 1)
    store.append("talks", (*DECLARED, *lines(1, 4), line_of(OFFER)), expected=0)
    framed(store, "talks")
    store.keep_snapshots("talks", [frames.row("cells", 6, content)], make=frames.make())
    with pytest.raises(BadSnapshot, match="cells"):
        Frames(store, "talks").talks(HEADER, 6)


def test_a_keyframe_whose_map_is_gone_is_refused(store, path, monkeypatch):
    monkeypatch.setattr(framing, "EVERY", 1)
    store.append("talks", (*DECLARED, *lines(1, 4), line_of(OFFER)), expected=0)
    framed(store, "talks")
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM state_parts WHERE part = 'cells'")
    connection.commit()
    connection.close()
    with pytest.raises(BadSnapshot):
        Frames(store, "talks").talks(HEADER, 6)


def test_a_stream_without_a_header_is_refused(store):
    with pytest.raises(NoHeader):
        header_of(store, "nowhere")
