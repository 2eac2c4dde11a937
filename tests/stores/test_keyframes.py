"""A long stream is stepped through without holding it, and every state is the one that a whole fold gives."""

import pytest
from hypothesis import given, settings

from terms.core.history import History
from terms.stores import keyframes
from terms.stores.errors import NoHeader
from terms.stores.keyframes import Keyframes, ReachesBack
from terms.stores.lines import header_line, line_of, lines_of, read_lines
from terms.stores.sqlite import SqliteStore
from terms.testing.strategies import records
from tests.stores.places import DECLARED, HEADER, event, lines
from tests.stores.test_projecting import TELLING


@pytest.fixture
def store(tmp_path):
    kept = SqliteStore(str(tmp_path / "terms.db"))
    yield kept
    kept.close()


@settings(max_examples=25)
@given(record=records(kinds=TELLING, max_size=14))
def test_every_step_is_that_of_the_whole_history(record, tmp_path_factory):
    header, events = record
    log = [one for one in events if one.account_of is None and one.after is None]
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(header, log), expected=0)
    log = read_lines(line.content for line in kept.read("talks"))[1]
    whole, frames = History(header, log), Keyframes(kept, "talks")
    assert [frames[place] for place in range(len(frames))] == list(whole)
    assert [frames.state(place) for place in range(len(log) + 1)] == [
        whole.state(n) for n in range(len(log) + 1)
    ]
    kept.close()


def test_going_anywhere_crosses_keyframes(store, monkeypatch):
    monkeypatch.setattr(keyframes, "EVERY", 4)
    heard = []
    store.append("talks", (*DECLARED, *lines(1, 11)), expected=0)
    frames = Keyframes(store, "talks", told=heard.append)
    whole = History(HEADER, [event(number) for number in range(1, 12)])
    for place in (10, 0, 4, 3, 7, 8):
        assert frames[place] == whole[place]
    assert heard == [4, 8]


def test_there_is_no_step_beyond_the_last(store):
    store.append("talks", (*DECLARED, *lines(1, 2)), expected=0)
    for place in (2, -1):
        with pytest.raises(IndexError):
            Keyframes(store, "talks")[place]


@pytest.mark.parametrize("late", [
    line_of(event(3, **{"account-of": "pier"})), line_of(event(3, after="e-1")),
    header_line(type(HEADER)(title="Renamed", parties=HEADER.parties, sources=HEADER.sources)),
], ids=["an account", "told further up", "declared anew"])  # fmt: skip
def test_a_stream_that_reaches_back_is_refused(store, late):
    store.append("talks", (*DECLARED, *lines(1, 2), late), expected=0)
    with pytest.raises(ReachesBack, match="line 4"):
        Keyframes(store, "talks")


def test_a_stream_without_a_header_is_refused(store):
    store.append("talks", (*DECLARED, *lines(1, 2)), expected=0)

    class Headless:
        def read(self, stream, *, after=0):
            return store.read(stream, after=after + 1)

    with pytest.raises(NoHeader):
        Keyframes(Headless(), "talks")
