"""Putting terms on the table, changing them, and taking them back."""

import pytest

from terms.core.header import Text
from tests.core.talk import after, codes, consent, state, status, talk


def test_tabling_is_the_authors_acceptance():
    history = talk("""
    - {id: offer, kind: propose, by: north, terms: {roads: open}}
    """)
    assert consent(history, "roads").between == ("north",)


def test_a_float_moves_nothing_and_a_bridging_text_accepts_nothing():
    history = talk("""
    - {id: balloon, kind: propose, by: north, form: float, terms: {roads: open}}
    - {id: memo, kind: propose, by: mediator, form: bridging, terms: {aid: 3 trucks/day}}
    """)
    assert status(history, "north", "roads") == "silent"
    assert status(history, "mediator", "aid") == "proposed"
    assert after(history).talks.cell("mediator", "aid").bound == ()


def test_a_counter_is_a_version_of_its_own_and_leaves_the_first_open():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: v2, kind: counter, by: south, of: v1, terms: {roads: closed}}
    - {id: v3, kind: counter, by: south, of: [v1, nothing], terms: {roads: escorted}}
    """)
    versions = after(history).talks.versions
    assert (versions["v2"].answers, versions["v1"].state) == ("v1", "open")
    assert versions["v1"].countered_by == ("v2", "v3")
    assert codes(history, "v3") == ("N601",)


def test_amending_one_term_leaves_the_acceptance_of_another():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: roads}
    - {id: v2, kind: amend, by: north, of: v1, terms: {aid: 5 trucks/day}}
    """)
    assert state(history, "roads") == "agreed"
    assert after(history).talks.cell("north", "aid").bound[0].version == "v2"


def test_what_an_amendment_drops_reads_withdrawn():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}
    - {id: v2, kind: amend, by: north, of: v1, drop: [aid, border]}
    """)
    assert status(history, "north", "aid") == "withdrawn"
    assert set(after(history).talks.versions["v2"].clauses) == {"roads"}


def test_amending_a_mediators_text_is_an_offer_of_the_one_who_amends():
    history = talk("""
    - {id: memo, kind: propose, by: mediator, form: bridging, terms: {roads: open, aid: 3 trucks/day}}
    - {id: v2, kind: amend, by: north, of: memo, terms: {aid: 5 trucks/day}}
    """)
    assert consent(history, "roads").between == ("north",)
    assert after(history).talks.versions["memo"].state == "open"


def test_an_amendment_of_nothing_is_tabled_and_objected_to():
    history = talk("""
    - {id: v2, kind: amend, by: north, of: lost, terms: {aid: 5 trucks/day}}
    """)
    assert codes(history, "v2") == ("N601",)
    assert consent(history, "aid").between == ("north",)


def test_amending_what_was_withdrawn_is_objected_to():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: back, kind: withdraw, by: north, of: v1}
    - {id: v2, kind: amend, by: north, of: v1, terms: {roads: closed}}
    """)
    assert codes(history, "v2") == ("N602",)


def test_a_withdrawn_stance_revives_no_older_one():
    history = talk("""
    - {id: old, kind: propose, by: north, terms: {roads: closed}}
    - {id: new, kind: propose, by: north, terms: {roads: open}}
    - {id: back, kind: withdraw, by: north, of: new}
    """)
    assert status(history, "north", "roads") == "withdrawn"


def test_withdrawing_what_everybody_accepted_undoes_nothing():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    - {id: back, kind: withdraw, by: north, of: v1}
    """)
    assert state(history, "roads") == "agreed"


def test_withdrawing_one_term_leaves_the_rest_on_the_table():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}
    - {id: back, kind: withdraw, by: north, of: v1, only: [aid]}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert (status(history, "north", "aid"), state(history, "roads")) == ("withdrawn", "agreed")


def test_withdrawing_leaves_a_stance_taken_elsewhere():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: v2, kind: propose, by: north, terms: {roads: closed}}
    - {id: back, kind: withdraw, by: north, of: v1}
    """)
    assert status(history, "north", "roads") == "proposed"
    assert consent(history, "roads").version == "v2"


def test_withdrawing_leaves_another_stance_that_was_stated_since():
    """A statement that only repeats what was tabled is taken back with it."""
    story = """
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: said, kind: state, by: north, terms: {roads: closed}}
    - {id: back, kind: withdraw, by: north, of: v1}
    """
    other, same = (after(talk(story.replace("closed", value))) for value in ("closed", "open"))
    cell = other.talks.cell("north", "roads")
    assert (cell.stance.value.words, cell.stance_event, cell.bound) == ("closed", "said", ())
    assert (same.talks.cell("north", "roads").status, other.talks.version("v1").state) == ("withdrawn",) * 2


def test_a_stance_that_was_withdrawn_is_gone_whatever_else_was_answered_since():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: v2, kind: propose, by: south, terms: {roads: closed}}
    - {id: no, kind: reject, by: north, of: v2}
    - {id: back, kind: withdraw, by: north, of: v1}
    """)
    cell = after(history).talks.cell("north", "roads")
    assert (cell.status, cell.stance) == ("withdrawn", None)


@pytest.mark.parametrize("kind", ["state", "propose"])
def test_who_puts_off_what_it_offered_is_held_to_the_offer_no_longer(kind):
    history = talk(f"""
    - {{id: v1, kind: propose, by: north, terms: {{roads: open}}}}
    - {{id: put-off, kind: {kind}, by: north, terms: {{roads: {{as: defer, until: settlement}}}}}}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    """)
    assert (state(history, "roads"), status(history, "north", "roads")) == ("open", "deferred")


def test_withdrawing_what_everybody_accepted_leaves_what_is_said():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    - {id: back, kind: withdraw, by: north, of: v1}
    """)
    assert status(history, "north", "roads") == status(history, "north", "roads", "yes-1") == "proposed"


def test_one_author_withdrawing_leaves_the_version_to_the_other():
    history = talk("""
    - {id: v1, kind: propose, by: [league, north], terms: {roads: open, aid: 3 trucks/day}}
    - {id: part, kind: withdraw, by: league, of: v1, only: [aid]}
    - {id: back, kind: withdraw, by: league, of: v1}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert after(history).talks.versions["v1"].by == ("north",)
    assert (state(history, "roads"), state(history, "aid")) == ("agreed", "agreed")


def test_a_withdrawn_option_can_no_longer_be_picked():
    history = talk("""
    - {id: memo, kind: propose, by: north, one-of: {option-1: {roads: open}, option-2: {roads: closed}}}
    - {id: back, kind: withdraw, by: north, of: memo/option-1}
    - {id: yes-1, kind: accept, by: south, of: memo/option-1}
    """)
    assert "option-1" not in after(history).talks.versions["memo"].options
    assert codes(history, "yes-1") == ("N604",)
    assert state(history, "roads") != "agreed"


def test_withdrawing_the_option_that_nobody_took_leaves_the_author_where_the_other_one_put_it():
    memo = "- {id: memo, kind: propose, by: north, one-of: {a: {roads: open}, b: {roads: closed, aid: 3 trucks/day}}}"
    taken = talk(f"""
    {memo}
    - {{id: yes-1, kind: accept, by: south, of: memo, option: a}}
    - {{id: back, kind: withdraw, by: north, of: memo/b}}
    """)
    assert (status(taken, "north", "roads"), status(taken, "north", "aid")) == ("accepted", "silent")
    assert set(consent(taken, "roads").between) == {"north", "south"}
    untaken = talk(f"{memo}\n    - {{id: back, kind: withdraw, by: north, of: memo/b}}")
    assert (status(untaken, "north", "roads"), status(untaken, "north", "aid")) == ("proposed", "withdrawn")
    both = talk(f"{memo}\n    - {{id: back, kind: withdraw, by: north, of: [memo/b, memo/a]}}")
    assert (status(both, "north", "roads"), status(both, "north", "aid")) == ("withdrawn", "withdrawn")


def test_withdrawing_a_memorandum_withdraws_its_options():
    history = talk("""
    - {id: memo, kind: propose, by: north, one-of: {option-1: {roads: open}, option-2: {aid: 3 trucks/day}}}
    - {id: back, kind: withdraw, by: north, of: memo}
    """)
    assert (status(history, "north", "roads"), status(history, "north", "aid")) == ("withdrawn", "withdrawn")


def test_an_order_goes_with_the_statement_that_is_withdrawn():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}, order: [vote before harvest]}
    - {id: said, kind: state, by: south, order: {o1: harvest before vote}}
    - {id: back, kind: withdraw, by: south, of: said/o1}
    - {id: foreign, kind: withdraw, by: south, of: v1/o1}
    """)
    assert set(after(history).talks.orders) == {"v1/o1"}
    assert (codes(history, "back"), codes(history, "foreign")) == ((), ("N603",))


def test_a_reservation_that_is_withdrawn_is_no_longer_live():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1, reservations: {r1: {note: not on feast days}}}
    - {id: foreign, kind: withdraw, by: north, of: yes-1/r1}
    - {id: back, kind: withdraw, by: south, of: yes-1/r1}
    """)
    assert state(history, "roads", "foreign") == "open"
    assert codes(history, "foreign") == ("N603",)
    assert state(history, "roads") == "agreed"


def test_only_what_was_tabled_can_be_withdrawn_and_only_by_its_author():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: none, kind: withdraw, by: north, of: lost}
    - {id: foreign, kind: withdraw, by: south, of: v1}
    - {id: other, kind: withdraw, by: north, of: v1, only: [aid]}
    - {id: whole, kind: withdraw, by: north, of: v1/roads}
    """)
    assert [codes(history, name) for name in ("none", "foreign", "other", "whole")] == [
        ("N601",), ("N603",), ("N604",), (),
    ]  # fmt: skip
    assert status(history, "north", "roads") == "withdrawn"


def test_a_withdrawal_before_the_condition_of_the_other_side_is_met_undoes_the_deal():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1, only-if: vote}
    - {id: back, kind: withdraw, by: north, of: v1}
    - {id: voted, kind: occur, of: vote}
    """)
    assert state(history, "roads") != "agreed"
    assert consent(history, "roads").reason == "north let go of it before everybody's acceptance held"


def test_a_withdrawal_after_the_condition_was_met_comes_too_late():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1, only-if: vote}
    - {id: voted, kind: occur, of: vote}
    - {id: back, kind: withdraw, by: north, of: v1}
    - {id: more, kind: propose, by: north, terms: {roads: closed}}
    """)
    assert state(history, "roads") == "agreed"
    assert consent(history, "roads").reopened == ("north",)


def test_packages_come_as_one_map_or_by_name():
    history = talk("""
    - {id: v1, kind: propose, by: north, all-of: {roads: open, aid: 3 trucks/day}}
    - {id: v2, kind: propose, by: south, all-of: {first: {truce: in force, border: as now}, second: {captives: 3 persons}}}
    """)
    versions = after(history).talks.versions
    assert set(versions["v1"].packages["all-of"]) == {"roads", "aid"}
    assert {name: set(terms) for name, terms in versions["v2"].packages.items()} == {
        "first": {"truce", "border"}, "second": {"captives"},
    }  # fmt: skip


def test_a_text_with_whole_stands_or_falls_as_one():
    history = talk("""
    - {id: v1, kind: propose, by: north, text: accord, terms: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: accord, only: [roads]}
    """, texts=(Text("accord", whole=True),))  # fmt: skip
    assert state(history, "roads") == "agreed inside an unagreed package"


def test_options_hold_packages_and_note_only_cells_that_were_empty():
    history = talk("""
    - {id: old, kind: defer, by: north, terms: [aid], until: settlement}
    - {id: memo, kind: propose, by: north, one-of: {a: {all-of: {roads: open, aid: 3 trucks/day}, note: fair}, b: nothing}}
    """)
    assert (status(history, "north", "roads"), status(history, "north", "aid")) == ("proposed", "deferred")


def test_packages_of_an_option_may_have_names_and_remarks_of_ones_own_are_no_terms():
    history = talk("""
    - {id: memo, kind: propose, by: north, one-of: {a: {all-of: {relief: {roads: open, aid: 3 trucks/day}}, x-page: {of: 2}}}}
    - {id: yes, kind: accept, by: south, of: memo/a}
    """)
    assert set(after(history).talks.versions["memo"].options["a"]) == {"roads", "aid"}
    assert (state(history, "roads"), state(history, "aid")) == ("agreed", "agreed")


def test_withdrawing_one_agreed_term_or_a_picked_option_comes_too_late():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [roads]}
    - {id: back-1, kind: withdraw, by: north, of: v1, only: [roads, aid]}
    - {id: memo, kind: propose, by: north, one-of: {a: {truce: in force}, b: {truce: none}}}
    - {id: yes-2, kind: accept, by: south, of: memo/a}
    - {id: back-2, kind: withdraw, by: north, of: memo/a}
    """)
    talks = after(history).talks
    assert (state(history, "roads"), state(history, "truce")) == ("agreed", "agreed")
    assert set(talks.versions["v1"].clauses) == {"roads"}
    assert talks.clause("memo/a", "truce").stance.value.words == "in force"


def test_who_accepted_what_was_then_withdrawn_is_free_to_say_otherwise():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {valley: shared, roads: open}}
    - {id: yes-1, kind: accept, by: league, of: v1}
    - {id: back, kind: withdraw, by: north, of: v1, only: [valley]}
    - {id: ruled, kind: decide, body: monitors, of: v1, outcome: approve}
    - {id: said, kind: state, by: league, terms: {valley: shared}}
    """)
    assert [one.version for one in after(history, "ruled").talks.cell("league", "valley").bound] == ["v1"]
    assert after(history).talks.cell("league", "valley").bound == ()


def test_withdrawing_a_float_says_nothing_on_its_terms():
    history = talk("""
    - {id: balloon, kind: propose, by: north, form: float, terms: {roads: open}}
    - {id: back, kind: withdraw, by: north, of: balloon}
    """)
    assert (status(history, "north", "roads"), after(history).talks.versions["balloon"].state) == (
        "silent",
        "withdrawn",
    )


def test_a_mediator_s_text_stays_one_when_the_mediator_itself_amends_it():
    history = talk("""
    - {id: memo, kind: propose, by: mediator, form: bridging, terms: {valley: kept}}
    - {id: next, kind: amend, by: mediator, of: memo, terms: {aid: 3 trucks/day}}
    - {id: taken-up, kind: amend, by: north, of: memo, terms: {roads: open}}
    """)
    forms = {name: after(history).talks.versions[name].form for name in ("memo", "next", "taken-up")}
    assert forms == {"memo": "bridging", "next": "bridging", "taken-up": "offer"}
