"""A history too long to hold answers, step by step and view by view, as the whole one does."""

import pytest
from hypothesis import HealthCheck, given, settings

from terms.core.event import read_event
from terms.core.history import History, NoSuchEvent
from terms.stores import framing, long, long_parts
from terms.stores.lines import line_of, lines_of, read_lines
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.testing.strategies import records
from terms.tui.opening import picture
from terms.views.answers.knowing import who_knew
from terms.views.detail import event_detail
from terms.views.timeline import timeline
from tests.draws import draws
from tests.stores.places import DECLARED, HEADER, event, lines
from tests.stores.test_projecting import TELLING


@settings(max_examples=draws(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=records(kinds=TELLING, max_size=14))
def test_a_long_history_answers_as_the_whole_one(record, short, tmp_path_factory):
    header, events = record
    log = [one for one in events if one.account_of is None and one.after is None]
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(header, log), expected=0)
    whole = History(header, read_lines(line.content for line in kept.read("talks"))[1])
    told = LongHistory(kept, "talks")
    assert len(told) == len(whole)
    assert [told[place] for place in reversed(range(len(told)))] == list(whole)[::-1]
    assert [told.state(steps) for steps in range(len(log) + 1)] == [
        whole.state(n) for n in range(len(log) + 1)
    ]
    assert (told.last, tuple(told.events), told.rivals) == (whole.last, whole.events, whole.rivals)
    for one in whole.events:
        assert told.index(one.id) == whole.index(one.id)
        assert told.date_of(one.id) == whole.date_of(one.id) == one.date
        assert event_detail(told, one.id) == event_detail(whole, one.id)
        assert who_knew(told, one.id) == who_knew(whole, one.id)
    assert list(timeline(told)) == list(timeline(whole))
    kept.close()


def test_the_screen_shows_the_same(store, short):
    store.append("talks", (*DECLARED, *lines(1, 11)), expected=0)
    whole = History(HEADER, [event(number) for number in range(1, 12)])
    for at in (0, 5, "e-9", None):
        assert picture(LongHistory(store, "talks"), name="talks", at=at) == picture(
            whole, name="talks", at=at
        )


def test_going_anywhere_crosses_keyframes(store, short):
    store.append("talks", (*DECLARED, *lines(1, 11)), expected=0)
    told, whole = LongHistory(store, "talks"), History(HEADER, [event(number) for number in range(1, 12)])
    for place in (10, 0, 4, 3, 7, 8, -1):
        assert told[place] == whole[place]
        assert told.events[place] == whole.events[place]
    assert told.events[2:5] == whole.events[2:5]
    assert told.events[::-3] == whole.events[::-3]
    assert told.continued(4, [event(12)]).last == whole.continued(4, [event(12)]).last


def test_what_stands_behind_the_last_keyframe_is_folded_again_once_it_was_let_go(store, short, monkeypatch):
    """The last keyframe is behind an event that reached back, in the middle of a stretch."""
    monkeypatch.setattr(long, "STRETCHES", 1)
    taken_back = read_event(
        {"id": "e-5", "date": "2031-03-01", "kind": "retract", "of": "e-1", "source": "M1"}
    )
    length = store.append("talks", (*DECLARED, *lines(1, 4), line_of(taken_back)), expected=0)
    assert framing.framed(store, "talks") == length
    store.append("talks", lines(6, 7), expected=length)
    told = LongHistory(store, "talks")
    whole = History(HEADER, tuple(told.events))
    assert [told[place] for place in (0, 6)] == [whole[0], whole[6]]


def test_there_is_no_step_beyond_the_last_and_no_event_of_another_name(store):
    store.append("talks", (*DECLARED, *lines(1, 2)), expected=0)
    told = LongHistory(store, "talks")
    for place in (2, -3):
        with pytest.raises(IndexError):
            told[place]
        with pytest.raises(IndexError):
            told.events[place]
    with pytest.raises(NoSuchEvent):
        told.index("e-3")


def test_places_that_were_let_go_are_read_again(store, short, monkeypatch):
    monkeypatch.setattr(long_parts, "NOTED", 1)
    store.append("talks", (*DECLARED, *lines(1, 11)), expected=0)
    told = LongHistory(store, "talks")
    for _ in range(2):
        assert "nobody" not in told
        assert "nothing" not in told
        assert [told.index(f"e-{number}") for number in (9, 1, 5, 9)] == [8, 0, 4, 8]
        assert told.date_of("e-5") == event(5).date


def test_what_is_appended_later_is_not_in_it(store, short):
    store.append("talks", (*DECLARED, *lines(1, 4)), expected=0)
    told = LongHistory(store, "talks")
    store.append("talks", lines(5, 9), expected=5)
    framing.framed(store, "talks")
    assert len(told) == len([*told]) == 4
    assert "e-7" not in told
    assert "e-7" in LongHistory(store, "talks")
