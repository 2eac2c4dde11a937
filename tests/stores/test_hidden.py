"""Whatever is hidden from a party may change, come or go: nothing that the party is shown changes with it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from terms.core.event import read_event
from terms.core.history import History
from terms.core.pruning import names_in
from terms.stores.lines import lines_of
from terms.stores.projecting import pruned, shown_to
from terms.testing.stories import KIND_NAMES, PARTIES
from terms.testing.strategies import records
from terms.views.timeline import timeline
from tests.draws import draws
from tests.hiding import OTHERWISE, hidden_from, others, otherwise, with_more
from tests.stores.places import HEADER
from tests.stores.test_projecting import TELLING, handed


@settings(max_examples=draws(40))
@given(
    record=records(kinds=TELLING, max_size=14), party=st.sampled_from(PARTIES), how=st.sampled_from(OTHERWISE)
)
def test_other_content_of_hidden_events_changes_no_byte(record, party, how):
    header, events = record
    assert handed(party, header, otherwise(header, events, party, how)) == handed(party, header, events)


@settings(max_examples=draws(40))
@given(record=records(kinds=TELLING, max_size=10), party=st.sampled_from(PARTIES), data=st.data())
def test_more_hidden_events_anywhere_change_no_byte(record, party, data):
    """Not the order, not a number, not the header: events between two others, of which the party is neither."""
    header, events = record
    more = data.draw(with_more(header, events, party))
    assert handed(party, header, more) == handed(party, header, events)


@settings(max_examples=draws(40))
@given(record=records(kinds=TELLING, max_size=14), party=st.sampled_from(PARTIES))
def test_what_is_sealed_for_a_party_does_not_depend_on_what_is_hidden(record, party):
    """Lines, and so every digest, number and link that follows from them."""
    header, events = record
    hidden = {one.id for one in hidden_from(party, header, events)}
    kept = [one for one in events if one.id not in hidden]

    def sealed(log):
        shown = shown_to(party, header, log)
        return lines_of(pruned(header, shown), shown)

    assert sealed(kept) == sealed(events)


@settings(max_examples=draws(40))
@given(record=records(kinds=TELLING, max_size=14), party=st.sampled_from(PARTIES))
def test_a_party_s_view_of_the_history_tells_the_same_without_what_is_hidden(record, party):
    """The timeline as screens and reports show it."""
    header, events = record
    hidden = {one.id for one in hidden_from(party, header, events)}
    kept = [one for one in events if one.id not in hidden]
    whole, alone = (History(header, log).seen_by(party) for log in (events, kept))
    assert [*timeline(whole)] == [*timeline(alone)]
    assert (whole.events, whole.header, whole.rivals) == (alone.events, alone.header, alone.rivals)
    assert [step.objections for step in whole] == [step.objections for step in alone]


@settings(max_examples=draws(60))
@given(record=records(kinds=KIND_NAMES, max_size=14), party=st.sampled_from(PARTIES), data=st.data())
def test_what_is_hidden_told_or_named_otherwise_or_more_of_it_changes_nothing_in_the_view_of_a_party(
    record, party, data
):
    """Events, states, objections, choices, and what is declared, of whatever kind the events are."""
    header, events = record
    other = data.draw(others(header, events, party))
    one, two = (History(*told).seen_by(party) for told in (record, other))
    assert (one.events, one.header, one.rivals) == (two.events, two.header, two.rivals)
    pairs = zip(one, two, strict=True)
    assert [
        here for here, there in pairs if (here.event, here.objections) != (there.event, there.objections)
    ] == []
    assert [*timeline(one)] == [*timeline(two)]


@settings(max_examples=draws(60))
@given(record=records(kinds=KIND_NAMES, max_size=14), party=st.sampled_from(PARTIES))
def test_nothing_in_the_view_of_a_party_bears_the_name_of_what_is_hidden(record, party):
    """Not even where others speak of it: in what they say, in the states, in what does not fit."""
    header, events = record
    hidden = {one.id for one in hidden_from(party, header, events)}
    view = History(header, events).seen_by(party)
    named = {name for one in view.events for name in names_in(one.words())}
    named |= {name for step in view for one in step.objections for name in names_in(one.sentence)}
    states = [name for state in (view.last,) for field in ("cells", "refusals", "provisos", "reactions", "lives")
              for name in names_in(repr(dict(getattr(state, field))))]  # fmt: skip
    assert (named | {*states}) & hidden == set()


@settings(max_examples=draws(60))
@given(record=records(kinds=KIND_NAMES, max_size=14), party=st.sampled_from(PARTIES))
def test_no_screen_of_a_party_names_what_is_hidden_from_it(record, party):
    header, events = record
    hidden = {one.id for one in hidden_from(party, header, events)}
    assert {step.event.id for step in History(header, events).seen_by(party)} & hidden == set()


def test_of_two_private_accounts_of_one_occurrence_a_third_party_sees_neither():
    """An account that a rival displaces is not in use, and is no more open for that."""
    rivals = [
        read_event(
            {"id": name, "date": "2031-03-01", "kind": "claim", "by": "south", "to": "east", "channel": "private",
             "that": "words", "account-of": "pier", "source": "M1 p.1"}
        )
        for name in ("south-first", "south-second")
    ]  # fmt: skip
    assert list(History(HEADER, rivals).seen_by("north")) == []
    assert handed("north", HEADER, rivals) == handed("north", HEADER, ())
