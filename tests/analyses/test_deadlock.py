"""Who waits for whom: cycles, their shortest explanation, and what waits in vain."""

from terms.analyses import deadlock
from terms.core.history import History
from terms.core.situation import situation
from terms.records import read_record
from tests.told import told

TALKS_AFTER = "id: a8, kind: state, by: north, order: {a4: truce.begins before talks.begins}"
PARAMETERS_FIRST = "id: b9, kind: state, by: south, order: {b4: parameters.settled before truce.begins}"


def waiting(*events: str, logic: bool = True) -> deadlock.Waiting:
    return deadlock.find(situation(told(*events, logic=logic)))


def test_two_preconditions_and_the_logic_of_the_talks_close_a_cycle_and_each_is_cited():
    """A truce before talks, parameters before a truce, and parameters are settled in talks."""
    [found] = waiting(TALKS_AFTER, PARAMETERS_FIRST).findings
    assert found.kind == "contradiction"
    assert {link.statement.name for link in found.links} == {"a8/a4", "b9/b4", "h1"}
    assert found.events == ("a8", "b9")
    assert found.mutual
    assert found.parties == ("north", "south")


def test_without_the_declared_logic_the_same_statements_close_nothing():
    assert waiting(TALKS_AFTER, PARAMETERS_FIRST, logic=False).findings == ()


def test_one_strict_statement_left_is_still_a_contradiction():
    weak = TALKS_AFTER.replace("truce.begins before", "truce.begins not after")
    [found] = waiting(weak, PARAMETERS_FIRST).findings
    assert found.kind == "contradiction"


def test_a_cycle_of_weak_statements_means_the_same_moment():
    weak = (
        TALKS_AFTER.replace(" before ", " not after "),
        PARAMETERS_FIRST.replace(" before ", " not after "),
    )
    answer = waiting(*weak)
    assert [one.kind for one in answer.findings] == ["simultaneity"]
    assert answer.findings[0].happenings == ("parameters.settled", "talks.begins", "truce.begins")
    assert not answer.is_deadlocked


def test_one_party_may_contradict_itself():
    pair = "truce.begins before vote.held, vote.held before parameters.settled"
    first = f"id: n1, kind: state, by: north, order: [{pair}]"
    second = "id: n2, kind: state, by: north, order: {o3: parameters.settled before truce.begins}"
    [found] = waiting(first, second, logic=False).findings
    assert found.parties == ("north",)
    assert not found.mutual


def test_a_happening_that_has_occurred_holds_nobody_up():
    begun = "id: began, kind: occur, of: talks.begins"
    settled = "id: settled, kind: occur, of: parameters.settled"
    assert waiting(TALKS_AFTER, PARAMETERS_FIRST, begun).findings == ()
    assert waiting(TALKS_AFTER, PARAMETERS_FIRST, settled).findings == ()


def test_a_waived_statement_is_not_in_force():
    assert waiting(TALKS_AFTER, PARAMETERS_FIRST, "id: w, kind: waive, by: north, of: a8/a4").findings == ()


def test_an_agreed_order_against_a_later_stated_one_is_told_as_such():
    agreed = "id: deal, kind: agree, by: [north, south], order: {o1: truce.begins before vote.held}"
    later = "id: n1, kind: state, by: north, order: {o1: vote.held before truce.begins}"
    [found] = waiting(agreed, later, logic=False).findings
    assert found.breaks_agreed
    assert found.parties == ("north",)


def test_a_refused_precondition_is_unreachable_and_no_cycle():
    refused = "id: s1, kind: state, by: south, terms: {truce: {as: refuse}}"
    answer = waiting(TALKS_AFTER, refused, logic=False)
    assert answer.findings == ()
    [found] = answer.unreachable
    assert (found.waits_for, found.because, found.events) == ("truce.begins", "refused by south", ("s1",))


def test_what_waits_for_a_happening_called_off_waits_in_vain():
    order = "id: n1, kind: state, by: north, order: {o1: vote.held before truce.begins}"
    [found] = waiting(order, "id: off, kind: call-off, of: vote.held", logic=False).unreachable
    assert (found.waits_for, found.because) == ("vote.held", "called off")


def test_not_during_contradicts_only_if_both_of_its_sides_do():
    kept_out = "id: n1, kind: state, by: north, order: {o1: vote.held not-during talks}"
    after_end = "id: s1, kind: state, by: south, order: {o1: vote.held before talks.ends}"
    after_start = "id: s2, kind: state, by: south, order: {o1: talks.begins before vote.held}"
    assert waiting(kept_out, after_end, logic=False).findings == ()
    [found] = waiting(kept_out, after_end, after_start, logic=False).findings
    assert found.kind == "contradiction"
    assert {link.statement.name for link in found.links} == {"n1/o1", "s1/o1", "s2/o1"}


def test_two_either_ors_contradict_where_no_choice_of_sides_is_left():
    """The vote waits for the truce or the talks, and each of the two waits for the vote or for the other."""
    vote = "id: n1, kind: state, by: north, order: {o1: vote.held after truce.begins or talks.begins}"
    truce = "id: s1, kind: state, by: south, order: {o1: truce.begins after vote.held or talks.begins}"
    talks = "id: s2, kind: state, by: south, order: {o1: talks.begins after vote.held or truce.begins}"
    assert waiting(vote, truce, logic=False).findings == ()
    [found] = waiting(vote, truce, talks, logic=False).findings
    assert (found.kind, found.mutual, found.checked) == ("contradiction", True, True)
    assert found.happenings == ("talks.begins", "truce.begins", "vote.held")
    assert found.events == ("n1", "s1", "s2")


def test_after_one_or_another_waits_in_a_circle_only_where_both_wait_for_it():
    either = "id: n1, kind: state, by: north, order: {o1: vote.held after truce.begins or talks.begins}"
    truce = "id: s1, kind: state, by: south, order: {o1: vote.held before truce.begins}"
    talks = "id: s2, kind: state, by: south, order: {o1: vote.held before talks.begins}"
    assert waiting(either, truce, logic=False).findings == ()
    assert waiting(either, truce, talks, logic=False).is_deadlocked
    met = "id: x1, kind: occur, of: truce.begins"
    assert not waiting(met, either, truce, talks, logic=False).is_deadlocked


def test_what_comes_behind_a_contradiction_is_stuck_with_it():
    answer = waiting(
        TALKS_AFTER,
        PARAMETERS_FIRST,
        "id: n9, kind: state, by: north, order: {o1: parameters.settled before vote.held}",
    )
    [found] = answer.findings
    assert "vote.held" not in found.happenings
    assert set(answer.stuck) == {*found.happenings, "vote.held"}
    assert waiting(TALKS_AFTER).stuck == ()


def test_what_waits_for_one_of_several_is_stuck_only_with_all_of_them():
    behind = "id: n9, kind: state, by: north, order: {o1: vote.held after parameters.settled or charter.done}"
    answer = waiting(TALKS_AFTER, PARAMETERS_FIRST, behind)
    assert "vote.held" not in answer.stuck
    behind = behind.replace("charter.done", "talks.begins")
    assert "vote.held" in waiting(TALKS_AFTER, PARAMETERS_FIRST, behind).stuck


def test_one_statement_that_holds_two_things_together_stands_as_a_knot():
    record = read_record("seeds/korea-1951")
    at = situation(History(record.header, record.events[:236]))
    assert all(one.checked for one in deadlock.find(at).findings)
