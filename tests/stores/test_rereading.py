"""What the rival accounts of a long stream change is found out once, kept, and the same as of a record read whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from terms.core.event import read_event
from terms.core.history import History
from terms.core.lens import View
from terms.ground.words import freeze
from terms.stores import grafting, rereading
from terms.stores.errors import Unreachable
from terms.stores.frames import RIVAL, make
from terms.stores.framing import snapshot_fault
from terms.stores.lines import line_of, lines_of, read_lines
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.views.contested import Readings
from tests.draws import draws
from tests.stores.places import HEADER, opened
from tests.stores.test_retelling import alike, retold
from tests.stores.test_sighting import HOW, papers, spoken
from tests.stores.test_viewing import views_of

DISPUTED = (*HOW, *("rival",) * 5, "part", "publish")
ANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def marks(history):
    """The contested cells after every step, and each rival's own."""
    readings = Readings(history)
    every = range(len(history) + 1)
    own = [readings.changed_by(place, steps) for place in range(len(history.rivals)) for steps in every]
    return [readings.contested_cells(steps) for steps in every], own


def declared_otherwise(header, draw):
    """The header, in which a second source may give a party another role."""
    role = draw(st.sampled_from(("", "", "guarantor")))
    east = next(party for party in header.parties if party.id == "east")
    told = replace(east, accounts=(freeze({"source": "R1", "role": role}),) if role else ())
    return replace(header, parties=tuple(told if one is east else one for one in header.parties))


@settings(max_examples=draws(60), suppress_health_check=ANY, deadline=None)
@given(record=retold(max_size=24), data=st.data())
def test_the_marks_are_those_of_the_record_read_whole(record, data, short, tmp_path_factory):
    header, events = record
    header = declared_otherwise(header, data.draw)
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    rest, length = list(lines_of(header, events)), 0
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        length = kept.append("talks", rest[:size], expected=length)
        rest = rest[size:]
        if data.draw(st.booleans()):
            LongHistory(kept, "talks").weighed()
    told = LongHistory(kept, "talks")
    whole = History(header, read_lines(line.content for line in kept.read("talks"))[1])
    assert marks(told) == marks(whole)
    assert marks(LongHistory(kept, "talks")) == marks(whole)
    for choice in whole.rivals:
        assert alike(told.under(choice), whole.under(choice))
    assert snapshot_fault(kept, "talks") == ""
    kept.close()


def said(number, **more):
    """North tables the same again, unless it is told otherwise."""
    return read_event(
        {"id": f"e-{number}", "date": "2031-03-01", "kind": "propose", "by": "north", "terms": {"t.yes-no": "yes"},
         "source": "M1 p.1", **more}
    )  # fmt: skip


def told_at_the_pier(store):
    """Nine events; who spoke at the pier is told in two accounts."""
    events = [said(1), said(2, **{"account-of": "pier"}), said(3, **{"account-of": "pier", "by": "south"})]
    store.append("talks", lines_of(HEADER, [*events, *(said(number) for number in range(4, 10))]), expected=0)
    return store


@pytest.fixture
def stream(store, short):
    """A SQLite file with that stream."""
    return told_at_the_pier(store)


def whole_of(store):
    return History(*read_lines(line.content for line in store.read("talks")))


def lines_heard(store, **named):
    """The lines at which finding out says how far it is; and the marks are those of the record."""
    heard = []
    history = LongHistory(store, "talks", **named)
    history.weighed(heard.append)
    whole = whole_of(store)
    assert marks(history) == marks(History(whole.declared, whole.events[: len(history)]))
    return heard


@pytest.fixture(autouse=True)
def said_every_event(monkeypatch):
    for name in ("SAID_EVERY", "AT_ONCE"):
        monkeypatch.setattr(rereading, name, 1)


def test_what_was_found_out_is_looked_up_and_only_what_was_appended_is_gone_through(stream):
    assert lines_heard(stream) == [*range(2, 11)]
    assert lines_heard(stream) == []
    stream.append("talks", [line_of(said(10))], expected=10)
    assert lines_heard(stream) == [11]
    assert lines_heard(stream, size=5) == []


def test_postgresql_keeps_it_as_well(server, short, tmp_path):
    store = told_at_the_pier(opened("postgres", tmp_path, server)())
    assert lines_heard(store) == [*range(2, 11)]
    assert lines_heard(store) == []
    assert snapshot_fault(store, "talks") == ""
    store.close()


def test_once_an_occurrence_is_told_once_more_its_rivals_are_found_out_anew_and_no_others(stream):
    others = [said(n, **{"account-of": "bridge", "by": by}) for n, by in ((10, "north"), (11, "south"))]
    stream.append("talks", [*map(line_of, others)], expected=10)
    assert lines_heard(stream)[-1] == 12
    third = said(12, **{"account-of": "bridge", "by": "east"})
    stream.append("talks", [line_of(third)], expected=12)
    assert lines_heard(stream)[0] > 8


def test_what_is_damaged_or_lost_is_found_out_again(stream):
    lines_heard(stream)
    kept = [*stream.every_snapshot("talks", RIVAL, make=make())]
    for one in kept:
        for damaged in (replace(one, content=b"?" + one.content), replace(one, number=one.number + 100)):
            stream.keep_snapshots("talks", [damaged], make=make())
            lines_heard(stream)


def test_who_gives_it_up_has_what_was_found_out_by_then(stream):
    class GivenUp(Exception):
        pass

    def enough(line):
        if line == 8:
            raise GivenUp

    with pytest.raises(GivenUp):
        LongHistory(stream, "talks").weighed(enough)
    assert lines_heard(stream)[0] == 8


def test_a_store_that_keeps_nothing_more_is_answered_from_all_the_same(stream, monkeypatch):
    LongHistory(stream, "talks")

    def refuse(*_, **__):
        raise Unreachable("sqlite:", "it is read only")

    monkeypatch.setattr(stream, "keep_snapshots", refuse)
    assert lines_heard(stream)
    assert lines_heard(stream)


@settings(max_examples=draws(12), suppress_health_check=ANY, deadline=None)
@given(record=retold(min_size=6, max_size=16), data=st.data(), held=st.sampled_from((0, 3)))
def test_the_marks_in_a_view_are_those_of_the_record_read_whole(record, data, held, short, tmp_path_factory):
    header, events = record
    header = declared_otherwise(header, data.draw)
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(header, events), expected=0)
    told, whole = LongHistory(kept, "talks"), whole_of(kept)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grafting, "HELD", held)
        for view in (*views_of(events), *(View(choices=(one,)) for one in whole.rivals[:1])):
            made, same = told.through(view), whole.through(view)
            assert marks(made) == marks(same)
            for choice in same.rivals:
                assert alike(made.under(choice), same.under(choice))
    kept.close()


@settings(max_examples=draws(12), suppress_health_check=ANY, deadline=None)
@given(events=papers(hows=DISPUTED, min_size=5), held=st.sampled_from((0, 3)))
def test_the_marks_are_those_of_the_record_for_a_party_that_learned_late_too(
    events, held, short, tmp_path_factory
):
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(HEADER, events), expected=0)
    told, whole = LongHistory(kept, "talks"), whole_of(kept)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grafting, "HELD", held)
        for party in ("north", "south", "mediator"):
            for view in (View(party=party), View(party=party, prefer=("R1",))):
                made, same = told.through(view), whole.through(view)
                assert marks(made) == marks(same)
                for choice in same.rivals:
                    assert alike(made.under(choice), same.under(choice))
    kept.close()


def test_what_a_party_saw_in_parts_is_told_otherwise_from_the_first_sight_of_it_on(store, short, monkeypatch):
    monkeypatch.setattr(grafting, "HELD", 0)
    events = [spoken(0, "rival", [], 0), spoken(1, "part", ["e-0"], 1), spoken(2, "part", ["e-0"], 0),
              spoken(3, "rival", [], 0), spoken(4, "part", ["e-3"], 0)]  # fmt: skip
    store.append("talks", lines_of(HEADER, events), expected=0)
    view = View(party="south")
    seen = LongHistory(store, "talks").through(view)
    assert [one.id for one in seen.events] == ["e-0", "e-1", "e-0", "e-2", "e-3", "e-4"]
    assert marks(seen) == marks(whole_of(store).through(view))


def test_in_a_view_it_is_found_out_once_and_looked_up(stream, monkeypatch):
    monkeypatch.setattr(grafting, "HELD", 3)
    for view in (View(prefer=("M1",)), View(party="south"), View(dropped=frozenset(("e-9",)))):
        seen = LongHistory(stream, "talks").through(view)
        heard = []
        assert seen.keeps_rivals
        found = seen.weighed()
        assert found
        assert seen.weighed(heard.append) is found
        assert not heard
        assert seen.moved_under(seen.rivals[0], 9) is not None
        assert marks(seen) == marks(whole_of(stream).through(view))


@pytest.mark.parametrize("held", [0, 3])
def test_how_far_it_is_tells_a_party_nothing_of_what_it_does_not_see(stream, monkeypatch, held):
    monkeypatch.setattr(grafting, "HELD", held)
    hidden = (said(number, channel="private") for number in range(10, 40))
    stream.append("talks", [*map(line_of, hidden), line_of(said(40))], expected=10)
    seen = LongHistory(stream, "talks").through(View(party="south"))
    heard = []
    seen.weighed(heard.append)
    assert len(seen) == 10
    assert heard
    assert max(heard) <= 11
