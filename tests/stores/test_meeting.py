"""What is hidden behind each event of a long stream, and which of its lines name something, is told without folding it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from terms.core.lens import View
from terms.core.pruning import declared_names, names_in
from terms.stores import grafting
from terms.stores.lines import header_line, line_of, lines_of
from terms.stores.long import LongHistory
from terms.stores.looking import spelled_in
from terms.stores.naming import naming
from terms.stores.sqlite import SqliteStore
from tests.draws import draws
from tests.stores.places import HEADER, event, lines
from tests.stores.test_retelling import retold
from tests.stores.test_sighting import papers, whole_of

ANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def met(history, first):
    """What is met from a place on; of each event only what may differ behind it."""
    told = []
    for one in history.met(first):
        differing = {
            name for name in {*one.before, *one.after} if one.before.get(name) != one.after.get(name)
        }
        gone = {name for name in differing if name in one.before}
        assert gone <= {*one.touched}
        told.append((one.place, one.event, dict(one.before.items()), dict(one.after.items())))
    return told


@settings(max_examples=draws(20), suppress_health_check=ANY, deadline=None)
@given(events=st.one_of(papers(min_size=4), retold().map(lambda record: record[1])), data=st.data())
def test_what_is_hidden_behind_each_event_is_what_folding_all_of_them_tells(
    events, data, short, tmp_path_factory
):
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(HEADER, events), expected=0)
    told, whole = LongHistory(kept, "talks"), whole_of(kept)
    first = data.draw(st.integers(0, len(events)))
    assert met(told, first) == met(whole, first)
    late = View(dropped=frozenset(one.id for one in events[-1:]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grafting, "HELD", data.draw(st.sampled_from((0, 100))))
        assert met(told.through(late), first) == met(whole.through(late), first)
    kept.close()


def test_where_nothing_is_hidden_or_opened_nothing_is_folded(store, short):
    hidden = [event(9, channel="private"), event(20, channel="private")]
    told = [
        *(event(number) for number in range(1, 9)),
        hidden[0],
        *(event(number) for number in range(10, 20)),
        hidden[1],
    ]
    store.append("talks", [header_line(HEADER), *map(line_of, told)], expected=0)
    history = LongHistory(store, "talks")
    assert len([*history.met()]) == 20
    assert not {0, 1, 3, 4} & {*history._stretches}


@settings(max_examples=draws(30), suppress_health_check=ANY, deadline=None)
@given(record=retold(), data=st.data())
def test_no_line_is_passed_over_that_names_what_is_looked_for(record, data, tmp_path_factory):
    header, events = record
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(header, events), expected=0)
    rows = [*kept.read("talks", after=1)]
    every = declared_names(header) | {one.id for one in events}
    names = set(data.draw(st.lists(st.sampled_from(sorted(every)), min_size=1, max_size=4)))
    told = {row.number for row in naming(rows, names)}
    assert {row.number for row in rows if names & names_in(spelled_in(row, "talks"))} <= told
    kept.close()


@pytest.mark.parametrize(("old", "new"), [(b'"whole":"yes"', b'"whole":true'), (b"M1", b"\\u004d1")])
def test_a_line_that_spells_a_name_otherwise_is_read(store, old, new):
    line = line_of(event(1).changed({"kind": "propose", "terms": {}, "whole": "yes"}))
    foreign = replace(line, content=line.content.replace(old, new))
    assert foreign.content != line.content
    store.append("talks", [header_line(HEADER), foreign], expected=0)
    rows = [*store.read("talks", after=1)]
    assert [*naming(rows, {"yes", "M1"})] == rows


def test_of_the_lines_that_come_only_those_are_read_that_may_name_something_still_missing(store):
    store.append("talks", [header_line(HEADER), *lines(1, 4)], expected=0)
    names = {"e-2", "e-4"}
    found = []
    for row in naming(store.read("talks", after=1), names):
        found.append(row.number)
        names.discard("e-4")
    assert found == [3]
