"""A long stream with corrections, rival accounts and events told further up answers as a whole replay, at every step."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terms.core.event import read_as, read_event
from terms.core.history import History
from terms.core.lens import View
from terms.stores import grafting
from terms.stores.framing import framed, snapshot_fault
from terms.stores.lines import lines_of, read_lines
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.testing.strategies import records
from terms.views.detail import accounts_of, event_detail
from terms.views.timeline import timeline
from tests.draws import draws
from tests.stores.test_projecting import TELLING
from tests.stores.test_viewing import views_of

ANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
TOLD = (*TELLING, "correct", "retract")
SAID = read_event(
    {"id": "supposed", "date": "2031-03-01", "kind": "state", "by": "north", "that": "so", "source": "M1"}
)


@st.composite
def retold(draw, *, min_size=2, max_size=16):
    """Records in which much is corrected, taken back, told otherwise or told further up."""
    header, events = draw(records(kinds=TOLD, max_size=max_size, min_size=min_size))
    made = []
    for number, one in enumerate(events):
        earlier = [other.id for other in made]
        how = draw(
            st.sampled_from(("as it is", "as it is", "after", "account", "correct", "retract", "inner"))
        )
        fields = {}
        if earlier and how == "after":
            fields = {"after": draw(st.sampled_from(earlier))}
        elif how == "account" and one.kind != "correct":
            fields = {"account-of": draw(st.sampled_from(("pier", "bridge")))}
            if any(other.account_of == fields["account-of"] for other in made) and draw(st.booleans()):
                fields["differs"] = draw(st.sampled_from(({"by": "south"}, {"t.yes-no": "no"})))
            if draw(st.booleans()):
                fields["account"] = draw(st.sampled_from(("first", "second")))
        elif how == "inner":
            fields = {"accounts": [{"source": "R1", "with": {"date": "2031-02-01", "by": "south"}}]}
        made.append(read_as(one, fields))
        if earlier and how in ("correct", "retract"):
            of = draw(st.sampled_from([*earlier, one.id]))
            spelled = {"id": f"late-{number}", "date": "2031-03-01", "kind": how, "of": of, "why": "misheard",
                       "source": "M1"}  # fmt: skip
            if how == "correct":
                spelled["with"] = draw(
                    st.sampled_from(({"by": "south"}, {"channel": "private"}, {"note": "so"}))
                )
            made.append(read_event(spelled))
    return header, made


def alike(told, whole):
    """Whether two histories answer the same, from whichever end they are looked at."""
    assert len(told) == len(whole)
    assert [told[place] for place in reversed(range(len(told)))] == list(whole)[::-1]
    assert [told.state(n) for n in range(len(whole) + 1)] == [whole.state(n) for n in range(len(whole) + 1)]
    assert (tuple(told.events), told.last, told.header) == (tuple(whole.events), whole.last, whole.header)
    assert (told.rivals, told.places_of_accounts()) == (whole.rivals, whole.places_of_accounts())
    assert told.places_of(("correct", "retract")) == whole.places_of(("correct", "retract"))
    for one in whole.events:
        assert (told.index(one.id), told.date_of(one.id)) == (whole.index(one.id), whole.date_of(one.id))
        assert told.mentioned.get(one.id, ()) == whole.mentioned.get(one.id, ())
        assert accounts_of(told, one.id) == accounts_of(whole, one.id)
        assert told.corrected_by(one.id) == whole.corrected_by(one.id)
        assert [told.as_read(one.id, steps) for steps in (None, *range(len(whole)))] == [
            whole.as_read(one.id, steps) for steps in (None, *range(len(whole)))
        ]
    opened = set(told.places_opening())
    assert opened <= {*whole.places_opening()}
    for place in {*whole.places_opening()} - opened:
        assert whole.state(place).hidden == whole.state(place + 1).hidden
    assert list(timeline(told)) == list(timeline(whole))
    return True


@settings(max_examples=draws(40), suppress_health_check=ANY, deadline=None)
@given(record=retold(), data=st.data())
def test_every_step_is_that_of_a_whole_replay(record, data, short, tmp_path_factory):
    header, events = record
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    rest, length = list(lines_of(header, events)), 0
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        length = kept.append("talks", rest[:size], expected=length)
        rest = rest[size:]
        if data.draw(st.booleans()):
            framed(kept, "talks")
    whole = History(header, read_lines(line.content for line in kept.read("talks"))[1])
    long_one = LongHistory(kept, "talks")
    assert alike(long_one, whole)
    assert [event_detail(long_one, name) for name in whole.names] == [
        event_detail(whole, name) for name in whole.names
    ]
    assert snapshot_fault(kept, "talks") == ""
    for size in {*range(0, len(events), 4)}:
        assert alike(LongHistory(kept, "talks", size=size), History(header, whole.events[:size]))
    kept.close()


@settings(max_examples=draws(12), suppress_health_check=ANY, deadline=None)
@given(record=retold(), data=st.data(), held=st.sampled_from((0, 3, 100)))
def test_another_view_and_a_what_if_are_those_of_a_whole_replay(record, data, held, short, tmp_path_factory):
    header, events = record
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    kept.append("talks", lines_of(header, events), expected=0)
    whole = History(header, read_lines(line.content for line in kept.read("talks"))[1])
    told = LongHistory(kept, "talks")
    steps = data.draw(st.integers(0, len(events)))
    later = [*whole.events[steps + 1 :], SAID]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grafting, "HELD", held)
        for view in (*views_of(events), *(View(choices=(one,)) for one in whole.rivals[:2])):
            made, same = told.through(view), whole.through(view)
            assert alike(made, same)
            assert tuple(made.record) == whole.events
        branch, other = told.continued(steps, later), whole.continued(steps, later)
        assert alike(branch, other)
        assert alike(branch.through(View(prefer=("R1",))), other.through(View(prefer=("R1",))))
    kept.close()
