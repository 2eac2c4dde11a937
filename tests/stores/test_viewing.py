"""A long history under a view, and a what-if on it, answer as the whole ones do, and fold only what differs."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from terms.core.event import read_event
from terms.core.history import History
from terms.core.lens import View
from terms.ground.dates import read_date
from terms.ground.words import FrozenWords
from terms.stores import grafting
from terms.stores.grafting import Grafted
from terms.stores.lines import header_line, line_of, lines_of, read_lines
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.testing.strategies import records
from terms.views.timeline import timeline
from tests.draws import draws
from tests.stores.places import DECLARED, HEADER, event, lines
from tests.stores.test_projecting import TELLING

ANY = [HealthCheck.function_scoped_fixture]


def alike(told, whole):
    """Whether two histories answer the same, from whichever end they are looked at."""
    assert len(told) == len(whole)
    assert [told[place] for place in reversed(range(len(told)))] == list(whole)[::-1]
    assert [told.state(n) for n in range(len(whole) + 1)] == [whole.state(n) for n in range(len(whole) + 1)]
    assert (tuple(told.events), told.last, told.header) == (tuple(whole.events), whole.last, whole.header)
    assert sorted(told.names) == sorted(whole.names)
    for one in whole.events:
        assert (told.index(one.id), told.date_of(one.id)) == (whole.index(one.id), whole.date_of(one.id))
        assert told.mentioned.get(one.id, ()) == whole.mentioned.get(one.id, ())
    assert told.places_opening() == whole.places_opening()
    assert told.places_of(("announce", "state")) == whole.places_of(("announce", "state"))
    assert list(timeline(told)) == list(timeline(whole))
    return True


def views_of(events):
    """Some ways to look at a record."""
    dates = sorted({one.date.latest for one in events if one.date.latest is not None})
    plain = [View(known=date) for date in dates[:2]] + [View(at=date) for date in dates[-2:]]
    parties = [View(party=party) for party in ("north", "south", "mediator")]
    sources = [View(only=(one.source[0].id,)) for one in events[:1] if one.source]
    return [*plain, *parties, *sources, View(admits=("mediator",)), View(prefer=("M1",)),
            *(View(dropped=frozenset((one.id,))) for one in events[-1:])]  # fmt: skip


@settings(max_examples=draws(8), suppress_health_check=ANY, deadline=None)
@given(record=records(kinds=TELLING, max_size=12), held=st.sampled_from((0, 3, 100)))
def test_a_view_of_a_long_history_answers_as_that_of_the_whole_one(record, held, short, tmp_path_factory):
    header, events = record
    log = [one for one in events if one.account_of is None and one.after is None]
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(header, log), expected=0)
    whole = History(header, read_lines(line.content for line in kept.read("talks"))[1])
    told = LongHistory(kept, "talks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grafting, "HELD", held)
        for view in views_of(log):
            made, same = told.through(view), whole.through(view)
            assert alike(made, same)
            assert made.view == view
            assert tuple(made.record) == whole.events
            assert alike(made.through(View()), whole)
    kept.close()


@settings(max_examples=draws(8), suppress_health_check=ANY, deadline=None)
@given(
    record=records(kinds=TELLING, max_size=12), steps=st.integers(0, 12), held=st.sampled_from((0, 3, 100))
)
def test_a_what_if_on_a_long_history_answers_as_one_on_the_whole(
    record, steps, held, short, tmp_path_factory
):
    header, events = record
    log = [one for one in events if one.account_of is None and one.after is None]
    steps = min(steps, len(log))
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(header, log), expected=0)
    whole = History(header, read_lines(line.content for line in kept.read("talks"))[1])
    told = LongHistory(kept, "talks")
    said = [read_event({"id": f"supposed-{n}", "date": "2031-03-01", "kind": "state", "by": "north", "that": "so",
                        "source": "M1"}) for n in range(2)]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grafting, "HELD", held)
        for later in (said, [*said, *whole.events[steps + 1 :]]):
            made, same = told.continued(steps, later), whole.continued(steps, later)
            assert alike(made, same)
            again = max(len(same) - 1, 0)
            assert alike(made.continued(again, said[:0]), same.continued(again, said[:0]))
    kept.close()


def test_what_a_view_leaves_as_it_was_is_not_folded_again(store, short):
    late = event(12, date="2032-01-01")
    store.append("talks", (*DECLARED, *lines(1, 11), line_of(late)), expected=0)
    told = LongHistory(store, "talks")
    made = told.through(View(known=event(1).date.latest))
    assert isinstance(made, Grafted)
    assert (made.cut, made.tail) == (11, ())
    branch = told.continued(9, [late])
    assert isinstance(branch, Grafted)
    assert (branch.cut, branch.tail) == (9, (late,))


def test_one_who_hears_how_far_it_is_may_end_it(store, short, monkeypatch):
    store.append("talks", (*DECLARED, *lines(1, 200)), expected=0)
    told = LongHistory(store, "talks")
    heard = []
    told.through(View(known=event(1).date.latest), heard.append)
    assert sum(heard) == 192

    class Enough(Exception):
        pass

    def enough(folded):
        raise Enough

    with pytest.raises(Enough):
        told.through(View(dropped=frozenset(("e-1",))), enough)


def test_a_view_that_reads_the_header_otherwise_folds_all(store, short, monkeypatch):
    told_otherwise = FrozenWords({"source": "M1", "role": "observer"})
    parties = (replace(HEADER.parties[0], accounts=(told_otherwise,)), *HEADER.parties[1:])
    header = replace(HEADER, parties=parties)
    store.append("talks", (header_line(header), *lines(1, 7)), expected=0)
    told = LongHistory(store, "talks")
    whole = History(header, [event(number) for number in range(1, 8)])
    view = View(prefer=("M1",))
    assert whole.through(view).header != whole.header
    for held in (0, 100):
        monkeypatch.setattr(grafting, "HELD", held)
        assert alike(told.through(view), whole.through(view))
        seen = replace(view, party="south")
        assert alike(told.through(seen), whole.through(seen))


def test_what_reaches_back_is_folded_whole(store, short):
    store.append("talks", (*DECLARED, *lines(1, 7)), expected=0)
    told, whole = LongHistory(store, "talks"), History(HEADER, [event(number) for number in range(1, 8)])
    late = event(9, after="e-2")
    assert alike(told.continued(5, [late]), whole.continued(5, [late]))
    assert not isinstance(told.continued(5, [late]), Grafted)


@pytest.mark.parametrize("held", [0, 100])
def test_a_vague_paper_that_leaked_by_the_date_asked_is_in_a_long_history_too(
    store, short, monkeypatch, held
):
    monkeypatch.setattr(grafting, "HELD", held)
    paper = read_event({"id": "paper", "date": "2031-03~", "kind": "propose", "by": "north", "channel": "private",
                        "terms": {}, "source": "M1"})  # fmt: skip
    leak = read_event({"id": "out", "date": "2031-03-10", "kind": "leak", "of": "paper", "source": "M1"})
    late = event(12, date="2032-01-01")
    store.append("talks", (*DECLARED, *lines(1, 4), *map(line_of, (paper, leak, late))), expected=0)
    told = LongHistory(store, "talks")
    whole = History(told.header, list(told.events))
    for party in (None, "north", "south"):
        view = View(at=read_date("2031-03-20").latest, party=party)
        assert alike(told.through(view), whole.through(view))
        assert "paper" in told.through(view)


@pytest.mark.parametrize("held", [0, 3, 100])
def test_what_a_party_cannot_follow_is_undisclosed_in_a_long_history_too(held, short, tmp_path, monkeypatch):
    """Also where it is named before it comes, and where an event stands behind it in the story."""
    monkeypatch.setattr(grafting, "HELD", held)

    def told(name, **words):
        spelled = {
            "id": name,
            "date": "2031-03-01",
            "kind": "state",
            "by": "north",
            "source": "M1 p.1",
            **words,
        }
        return read_event(spelled)

    hidden = {"kind": "propose", "terms": {"t.yes-no": "yes"}, "to": "east", "channel": "private"}
    log = [
        told("ahead", about="paper"),
        told("s-1", kind="propose", by="south", terms={"t.yes-no": "no"}),
        told("between", **{"account-of": "pier"}),
        told("paper", **hidden),
        told("letter", **hidden),
        told("back", about=["paper", "pier", "s-1"]),
        told("s-2", kind="propose", by="south", terms={"t.yes-no": "yes"}, after="paper"),
        told("s-3", kind="propose", by="south", terms={"t.yes-no": "no"}, after="s-2"),
        told("out", kind="publish", of="letter"),
        told("again", about=["paper", "letter"]),
    ]
    kept = SqliteStore(str(tmp_path / "terms.db"))
    kept.append("talks", lines_of(HEADER, log), expected=0)
    whole = History(HEADER, read_lines(line.content for line in kept.read("talks"))[1])
    long = LongHistory(kept, "talks")
    for party in ("south", "north", "east", "mediator"):
        made, seen = long.through(View(party=party)), whole.seen_by(party)
        assert [*made] == [*seen]
        assert (made.header, tuple(made.events)) == (seen.header, seen.events)
        assert made.header != HEADER
    view = long.through(View(party="south"))
    assert view.events[0].about == ("undisclosed",)
    assert view.event("back").about == ("undisclosed", "pier", "s-1")
    assert view.event("again").about == ("undisclosed", "letter")
    kept.close()


def test_a_line_that_spells_a_yes_as_json_does_is_read_in_words_all_the_same(tmp_path):
    kept = SqliteStore(str(tmp_path / "terms.db"))
    told = event(1).changed({"kind": "propose", "terms": {"t.yes-no": "yes"}, "whole": "yes"})
    line = line_of(told)
    foreign = replace(line, content=line.content.replace(b'"whole":"yes"', b'"whole":true'))
    assert foreign.content != line.content
    kept.append("talks", [header_line(HEADER), foreign, line_of(event(2))], expected=0)
    long = LongHistory(kept, "talks")
    assert [*long.spelled()] == [one.words() for one in long.events]
    assert sorted(long.through(View(party="south")).header.term) == ["t.yes-no"]
    kept.close()
