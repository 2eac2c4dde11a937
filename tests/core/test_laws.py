"""The laws of the model, each over generated records that cover every kind of event and type of value."""

from datetime import UTC, datetime, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from terms.core.event import KINDS
from terms.core.history import History
from terms.testing import laws
from terms.testing.stories import KIND_NAMES, Move, interpret, plain_header
from terms.testing.strategies import histories
from terms.values import TYPES
from tests.draws import draws
from tests.told import told

NAMES = {"north": "velm", "south": "kestria", "east": "ostra", "mediator": "harbour"}


@given(history=histories(), data=st.data())
def test_resuming_from_any_step_changes_nothing(history, data):
    laws.resuming_changes_nothing(history, data.draw(st.integers(0, len(history))))


@given(history=histories(), data=st.data())
def test_a_state_ignores_events_after_it(history, data):
    laws.later_events_do_not_matter(history, data.draw(st.integers(0, len(history))))


@given(history=histories(), days=st.integers(0, 30))
def test_as_known_ignores_what_was_known_later(history, days):
    laws.known_later_does_not_matter(
        history, datetime(2031, 3, 1, 23, 59, 59, tzinfo=UTC) + timedelta(days=days)
    )


@given(history=histories())
def test_disclosing_and_denying_move_no_position(history):
    laws.disclosure_moves_nothing(history)


@given(history=histories(kinds=("propose", "accept", "state", "correct", "retract", "counter", "agree")))
def test_a_correction_changes_only_what_depends_on_it(history):
    laws.correction_is_as_if_written_so(history)


@given(
    history=histories(
        kinds=("accept", "propose", "counter", "reject", "agree", "recant", "amend", "withdraw")
    )
)
def test_agreed_means_the_same_version_from_everybody(history):
    laws.agreed_means_one_version(history)


@given(history=histories(min_size=2), data=st.data())
def test_independent_events_of_one_day_may_swap(history, data):
    if len(history) > 1:
        laws.swapping_independent_events(history, data.draw(st.integers(0, len(history) - 2)))


def test_two_that_tell_of_one_occurrence_are_not_independent():
    both = told("id: e1, date: 2031-03-01, kind: announce, by: north, account-of: pier, that: words",
                "id: e2, date: 2031-03-01, kind: announce, by: north, account-of: pier, that: words")  # fmt: skip
    laws.swapping_independent_events(both, 0)


def test_two_that_a_later_correction_brings_together_are_not_independent():
    """Each orders the same pair of happenings; once both are one party's, the later of the two is what it says."""
    both = told("id: e1, date: 2031-03-01, kind: state, by: north, order: vote.held before talks.begins",
                "id: e2, date: 2031-03-01, kind: state, by: south, order: talks.begins before vote.held",
                "id: e3, date: 2031-03-01, kind: correct, by: south, of: e1, with: {by: south}")  # fmt: skip
    assert [entry.event for entry in both.last.orders.values()] == ["e2"]
    laws.swapping_independent_events(both, 0)


def test_one_that_is_taken_off_the_record_later_may_swap():
    both = told("id: e1, date: 2031-03-01, kind: state, by: north, order: vote.held before talks.begins",
                "id: e2, date: 2031-03-01, kind: state, by: south, order: talks.begins before vote.held",
                "id: e3, date: 2031-03-01, kind: retract, by: south, of: e1")  # fmt: skip
    laws.swapping_independent_events(both, 0)


@settings(max_examples=draws(50))
@given(
    history=histories(kinds=("propose", "state", "publish", "leak", "hand-over", "accept", "counter")),
    party=st.sampled_from(sorted(NAMES)),
)
def test_a_party_sees_only_what_it_knows(history, party):
    laws.a_party_sees_only_what_it_knows(history, party)


@given(history=histories())
def test_renaming_parties_renames_answers_and_nothing_else(history):
    laws.renaming_renames(history, NAMES)


@given(history=histories())
def test_an_event_without_effect_shares_the_state(history):
    laws.no_effect_shares_the_state(history)


def test_stories_can_tell_every_kind_of_event():
    """A kind that no generated record contains would be a kind without laws."""
    assert set(KIND_NAMES) == set(KINDS)
    setting = [Move("propose"), Move("agree"), Move("accept"), Move("undertake"), Move("implement"), Move("incident"),
               Move("claim"), Move("condition"), Move("link"), Move("occur")]  # fmt: skip
    for kind in KIND_NAMES:
        _, events = interpret([*setting, Move(kind)])
        assert kind in {event.kind for event in events}


def test_stories_declare_every_type_of_value():
    assert {term.declaration.type for term in plain_header().terms} == set(TYPES)


def test_generated_records_reach_every_kind_status_and_type():
    """Not only can each be told: six hundred generated records have all of them."""
    seen: set[str] = set()

    @settings(max_examples=600, phases=[Phase.generate], derandomize=True, database=None)
    @given(history=histories(min_size=12, max_size=24))
    def look(history):
        seen.update(event.kind for event in history.events)
        seen.update(cell.status for cell in history.last.cells.values())
        seen.update(cell.stance.type for cell in history.last.cells.values() if cell.stance is not None)

    look()
    statuses = {"proposed", "accepted", "in principle", "conditional", "reserved", "rejected", "deferred", "referred",
                "under study", "withdrawn"}  # fmt: skip
    assert {*KINDS, *statuses, *TYPES} - seen == set()


def test_the_order_of_acceptances_does_not_matter():
    tabled = Move("propose", who=0)
    orders = (
        [tabled, Move("accept", who=1), Move("accept", who=2)],
        [tabled, Move("accept", who=2), Move("accept", who=1)],
    )
    for moves in orders:
        laws.agreed_means_one_version(History(*interpret(moves)))
