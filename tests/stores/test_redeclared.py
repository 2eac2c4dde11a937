"""A long stream that is declared anew in its course answers as a whole replay under the header in force."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from terms.core.header import Party, Source, Term
from terms.core.history import History
from terms.core.lens import View
from terms.ground.words import FrozenWords
from terms.stores.framing import framed, snapshot_fault
from terms.stores.lines import header_line, line_of, read_lines
from terms.stores.long import LongHistory
from terms.stores.redeclared import Straightened, straightened, under
from terms.stores.sqlite import SqliteStore
from tests.draws import draws
from tests.stores.places import DECLARED, HEADER, event, lines
from tests.stores.test_retelling import alike, retold

ANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
NAMELESS = FrozenWords({"x-seen": "yes"})


def unasked(header):
    """Headers that differ from this one in what no fold asks for."""
    return [
        replace(header, title="Renamed"),
        replace(header, sources=(*header.sources, Source("R9", title="Coast Radio")), x=NAMELESS, logic=()),
        replace(
            header,
            parties=tuple(
                replace(one, name="Otherwise", aliases=("o",), note="so") for one in header.parties
            ),
            persons=tuple(
                replace(one, name="Somebody", aliases=("s",), office="o") for one in header.persons
            ),
            stages=tuple(replace(one, name="Phase") for one in header.stages),
            terms=tuple(replace(one, about="what it is", x=NAMELESS) for one in header.terms),
            texts=tuple(replace(one, title="A text", x=NAMELESS) for one in header.texts),
            happenings=tuple(replace(one, about="what it is") for one in header.happenings),
        ),
    ]


def asked(header):
    """Headers that differ from this one in what a fold may ask for."""
    another = Party("league", "League", "belligerent")
    return [
        replace(header, parties=(*header.parties, another)),
        replace(header, parties=tuple(replace(one, role="observer") for one in header.parties)),
        replace(header, terms=tuple(replace(one, consent=("north",)) for one in header.terms)),
        replace(header, terms=header.terms[1:]),
        replace(header, texts=()),
        replace(header, persons=()),
        replace(header, happenings=(), logic=()),
    ]


@settings(max_examples=draws(15), suppress_health_check=ANY, deadline=None)
@given(record=retold(max_size=12), data=st.data())
def test_every_step_is_that_under_the_header_in_force(record, data, short, tmp_path_factory):
    header, events = record
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    length = kept.append("talks", [header_line(header)], expected=0)
    for one in events:
        if data.draw(st.integers(0, 3)) == 0:
            anew = header_line(data.draw(st.sampled_from([header, *unasked(header), *asked(header)])))
            length = kept.append("talks", [anew], expected=length)
            if data.draw(st.booleans()):
                framed(kept, "talks")
        length = kept.append("talks", [line_of(one)], expected=length)
        if data.draw(st.integers(0, 3)) == 0:
            framed(kept, "talks")
    whole = History(*read_lines(line.content for line in kept.read("talks")))
    told = LongHistory(kept, "talks")
    assert alike(told, whole)
    assert alike(LongHistory(kept, "talks"), whole)
    assert told.declared == whole.declared
    assert snapshot_fault(kept, "talks") == ""
    assert alike(told.through(View(party="north")), whole.through(View(party="north")))
    assert alike(told.continued(len(events) // 2, ()), whole.continued(len(events) // 2, ()))
    kept.close()


@settings(max_examples=draws(30))
@given(record=retold())
def test_what_no_fold_asks_for_changes_no_state(record):
    header, events = record
    whole = History(header, events)
    for other in unasked(header):
        assert under(other) == under(header)
        told = History(other, events)
        for steps in range(len(events) + 1):
            assert replace(told.state(steps), header=header) == whole.state(steps)
        assert [step.objections for step in told] == [step.objections for step in whole]


def test_what_a_fold_may_ask_for_is_told_apart():
    many = replace(HEADER, terms=(*HEADER.terms, Term("more", HEADER.terms[0].declaration)))
    others = [under(one) for one in asked(many) if one != many]
    assert under(many) not in others
    assert len({*others}) == len(others)


def rows_of(store):
    return [*store.every_snapshot("talks", "", make=framed.__globals__["make"]())]


def test_states_that_another_title_does_not_touch_are_kept(store, short):
    store.append("talks", (*DECLARED, *lines(1, 9)), expected=0)
    framed(store, "talks")
    kept = rows_of(store)
    heard = []
    store.append("talks", (header_line(replace(HEADER, title="Renamed")), *lines(10, 30)), expected=10)
    told = LongHistory(store, "talks", told=heard.append)
    assert {*kept} <= {*rows_of(store)}
    assert told.header.title == "Renamed"
    assert (len(told), told.lines) == (30, 32)
    assert [one.id for one in told.events] == [f"e-{number}" for number in range(1, 31)]


def test_a_straightened_stream_is_read_from_anywhere(store):
    anew = [header_line(replace(HEADER, title=title)) for title in ("A", "B", "A")]
    store.append("talks", (*DECLARED, anew[0], *lines(1, 2), anew[1], anew[2], *lines(3, 4)), expected=0)
    store.append("other", (*DECLARED, *lines(1, 2)), expected=0)
    told = straightened(store, "talks")
    assert isinstance(told, Straightened)
    whole = [(kept.number, kept.content) for kept in told.read("talks")]
    contents = [anew[2].content, *(one.content for one in lines(1, 4))]
    assert whole == [*enumerate(contents, 1)]
    assert told.head("talks").length == 5
    for after in range(6):
        for limit in (None, 0, 1, 2, 9):
            found = [(kept.number, kept.content) for kept in told.read("talks", after=after, limit=limit)]
            assert found == whole[after:][: len(whole) if limit is None else limit]
    store.append("talks", lines(5, 5), expected=8)
    assert [kept.number for kept in told.read("talks", after=4)] == [5]
    assert [*told.read("other")] == [*store.read("other")]
    assert told.head("other") == store.head("other")
    assert straightened(store, "other") is store
    assert (told.streams(), told.faults()) == (store.streams(), ())
    assert told.since(0, limit=2) == store.since(0, limit=2)
    assert told.append("talks", [line_of(event(6))], expected=9) == 10
    told.close()
