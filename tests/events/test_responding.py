"""Answers: accepted whole or in part, with reservations, refused, put off, taken back."""

import pytest

from terms.core.header import Text
from tests.core.talk import after, codes, consent, state, status, talk

OFFER = "- {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}"


def test_accepting_a_part_agrees_that_part():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, except: [aid]}}
    """)
    assert (state(history, "roads"), state(history, "aid")) == ("agreed", "one-sided")


def test_in_principle_changes_what_is_said_and_binds_nobody():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, in-principle: yes}}
    """)
    assert status(history, "south", "roads") == "in principle"
    assert state(history, "roads") == "agreed in principle"


def test_in_principle_on_different_versions_is_no_agreement_in_principle():
    history = talk(f"""
    {OFFER}
    - {{id: v2, kind: propose, by: mediator, form: bridging, terms: {{roads: closed}}}}
    - {{id: yes-1, kind: accept, by: south, of: v2, in-principle: yes}}
    """)
    assert state(history, "roads") == "open"


def test_only_the_capacity_of_a_party_counts():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, capacity: personal}}
    """)
    assert status(history, "south", "roads") == "silent"


def test_a_reservation_is_live_until_the_others_accept_it():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, reservations: {{r1: {{only: roads, note: by day}}, r2: no convoys}}}}
    - {{id: fine-2, kind: accept, by: north, of: yes-1/r2}}
    - {{id: no-1, kind: reject, by: north, of: yes-1/r1}}
    - {{id: fine-1, kind: accept, by: north, of: yes-1/r1}}
    """)
    assert (state(history, "roads", "no-1"), state(history, "aid", "no-1")) == ("open", "agreed")
    assert consent(history, "roads", "no-1").reason == "south's reservation is live"
    assert after(history).talks.reservations["yes-1/r1"].rejected_by == ("north",)
    assert state(history, "roads") == "agreed"


def test_a_reservation_to_a_text_waits_for_the_parties_of_that_text():
    """The league has no say on the roads in general; it has one in this text."""
    history = talk("""
    - {id: v1, kind: propose, by: north, text: accord, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: league, of: accord}
    - {id: yes-2, kind: accept, by: south, of: accord, reservations: {r1: {only: [roads]}}}
    - {id: fine-1, kind: accept, by: north, of: yes-2/r1}
    """, texts=(Text("accord", parties=("league", "north", "south")),))  # fmt: skip
    assert state(history, "roads") == "open"


def test_a_conditional_acceptance_becomes_one_when_its_condition_is_met():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, only-if: vote}}
    - {{id: voted, kind: occur, of: vote}}
    """)
    assert status(history, "south", "roads") == "conditional"
    assert consent(history, "roads", "yes-1").reason == "south's acceptance is conditional (not-yet)"
    assert state(history, "roads") == "agreed"


def test_new_conditions_after_everybody_is_bound_change_only_what_is_said():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    - {{id: yes-2, kind: accept, by: south, of: v1, only-if: vote}}
    """)
    assert (status(history, "south", "roads"), state(history, "roads")) == ("conditional", "agreed")


def test_a_later_acceptance_without_conditions_drops_the_earlier_ones():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, only-if: vote}}
    - {{id: yes-2, kind: accept, by: south, of: v1}}
    """)
    assert state(history, "roads") == "agreed"


def test_accepting_what_was_withdrawn_is_ones_own_stance_and_no_more():
    history = talk(f"""
    {OFFER}
    - {{id: back, kind: withdraw, by: north, of: v1}}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    """)
    assert codes(history, "yes-1") == ("N602",)
    assert status(history, "south", "roads") == "accepted"
    assert consent(history, "roads").between == ()


def test_an_offer_past_its_expiry_is_not_open():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}, expires: 2031-03-05}
    - {id: in-time, kind: study, by: south, of: v1}
    - {id: late, kind: accept, by: south, of: v1, date: 2031-03-06}
    - {id: no-1, kind: reject, by: south, of: v1, date: 2031-03-07}
    """)
    assert [codes(history, name) for name in ("in-time", "late", "no-1")] == [(), ("N613",), ("N613",)]
    assert state(history, "roads") != "agreed"


@pytest.mark.parametrize(("day", "is_agreed"), [("2031-03-20", True), ("2031-04-01", False)])
def test_an_offer_is_open_until_its_expiry_has_certainly_passed(day, is_agreed):
    history = talk(f"""
    - {{id: v1, kind: propose, by: north, terms: {{roads: open}}, expires: 2031-03}}
    - {{id: yes-1, kind: accept, by: south, of: v1, date: {day}}}
    """)
    assert (state(history, "roads") == "agreed") is is_agreed


def test_an_expiry_counted_from_a_happening_runs_once_that_has_occurred():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}, expires: 2 days after vote}
    - {id: early, kind: study, by: south, of: v1, date: 2031-06-01}
    - {id: voted, kind: occur, of: vote, date: 2031-06-02}
    - {id: late, kind: accept, by: south, of: v1, date: 2031-06-09}
    """)
    assert (codes(history, "early"), codes(history, "late")) == ((), ("N613",))


def test_an_expiry_in_words_alone_is_never_past():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}, expires: when the mood turns}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert (codes(history, "yes-1"), state(history, "roads")) == ((), "agreed")


def test_picking_an_option_agrees_its_terms_and_returns_the_others_to_what_they_were():
    history = talk("""
    - {id: memo, kind: propose, by: north, one-of: {a: {roads: open}, b: {aid: 3 trucks/day}}}
    - {id: yes-1, kind: accept, by: south, of: memo, option: a}
    """)
    assert state(history, "roads") == "agreed"
    assert (status(history, "north", "aid", "memo"), status(history, "north", "aid")) == (
        "proposed",
        "silent",
    )


def test_picking_an_option_in_principle_binds_nobody():
    history = talk("""
    - {id: memo, kind: propose, by: north, one-of: {a: {roads: open}, b: {aid: 3 trucks/day}}}
    - {id: yes-1, kind: accept, by: south, of: memo/a, in-principle: yes}
    """)
    assert consent(history, "roads").between == ()
    assert after(history).talks.versions["memo"].chosen is None


def test_picking_from_a_mediators_memorandum_binds_the_one_who_picks():
    history = talk("""
    - {id: memo, kind: propose, by: mediator, form: bridging, one-of: {a: {roads: open}, b: {roads: closed}}}
    - {id: yes-1, kind: accept, by: south, of: memo/a}
    - {id: yes-2, kind: accept, by: north, of: memo/a}
    """)
    assert after(history).talks.cell("mediator", "roads").bound == ()
    assert state(history, "roads") == "agreed"


def test_an_option_carries_the_condition_of_its_memorandum():
    history = talk("""
    - {id: memo, kind: propose, by: north, only-if: vote, one-of: {a: {roads: open}, b: {roads: closed}}}
    - {id: yes-1, kind: accept, by: south, of: memo/a}
    - {id: voted, kind: occur, of: vote}
    """)
    assert (state(history, "roads", "yes-1"), state(history, "roads")) == ("open", "agreed")


def test_what_is_put_off_inside_an_option_is_put_off_by_picking_it():
    history = talk("""
    - {id: memo, kind: propose, by: north, one-of: {a: {roads: open, border: {as: defer, until: settlement}}}}
    - {id: yes-1, kind: accept, by: south, of: memo/a}
    """)
    assert (state(history, "roads"), state(history, "border")) == ("agreed", "deferred")


def test_a_rejection_bars_the_version_and_leaves_the_own_stance():
    history = talk(f"""
    - {{id: own, kind: propose, by: south, terms: {{roads: closed}}}}
    {OFFER}
    - {{id: no-1, kind: reject, by: south, of: v1, only: [roads]}}
    """)
    cell = after(history).talks.cell("south", "roads")
    assert (cell.status, cell.stance.value.words) == ("rejected", "closed")
    assert after(history).talks.refusals["no-1"].terms == ("roads",)


def test_rejecting_what_one_had_accepted_recants_it():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    - {{id: no-1, kind: reject, by: south, of: v1}}
    """)
    assert consent(history, "roads").missing == ("south",)


def test_rejecting_a_memorandum_rejects_all_its_options_and_one_option_only_itself():
    story = "- {id: memo, kind: propose, by: north, terms: {truce: in force}, one-of: {a: {roads: open}, b: {aid: 3 trucks/day, roads: closed}}}\n"
    whole = talk(story + "- {id: no-1, kind: reject, by: south, of: memo}")
    one = talk(story + "- {id: no-1, kind: reject, by: south, of: memo/a}")
    assert after(whole).talks.refusals["no-1"].terms == ("aid", "roads", "truce")
    assert (after(one).talks.refusals["no-1"].version, status(one, "south", "aid")) == ("memo/a", "silent")


def test_studying_deferring_or_referring_an_either_or_is_about_the_terms_of_each_option():
    memo = "- {id: memo, kind: propose, by: north, terms: {truce: in force}, one-of: {a: {roads: open}, b: {aid: 3 trucks/day, roads: closed}}}"
    for kind, said in (("study", "under study"), ("defer", "deferred"), ("refer", "referred")):
        whole = talk(f"{memo}\n    - {{id: later, kind: {kind}, by: south, of: memo}}")
        assert {status(whole, "south", term) for term in ("truce", "roads", "aid")} == {said}
        cell = after(whole).talks.cell("south", "roads")
        assert cell is not None
        assert (cell.version, cell.stance) == ("memo", None)
        part = talk(f"{memo}\n    - {{id: later, kind: {kind}, by: south, of: memo, only: aid}}")
        assert (status(part, "south", "aid"), status(part, "south", "roads")) == (said, "silent")
        one = talk(f"{memo}\n    - {{id: later, kind: {kind}, by: south, of: memo/a}}")
        assert (status(one, "south", "roads"), status(one, "south", "aid")) == (said, "silent")
    plain = f"{memo}\n    - {{id: v2, kind: propose, by: north, terms: {{roads: escorted}}}}"
    both = talk(f"{plain}\n    - {{id: later, kind: study, by: south, of: [v2, memo]}}")
    cell = after(both).talks.cell("south", "roads")
    assert cell is not None
    assert cell.version == "v2"
    nothing = talk("- {id: later, kind: study, by: south, of: memo}")
    assert codes(nothing, "later") == ("N601",)


def test_accepting_takes_the_own_rejection_back():
    history = talk(f"""
    {OFFER}
    - {{id: no-1, kind: reject, by: south, of: v1}}
    - {{id: no-2, kind: reject, by: league, of: v1}}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    """)
    assert set(after(history).talks.refusals) == {"no-2"}


def test_accepting_a_part_of_what_was_rejected_as_a_whole_leaves_the_rejection_of_the_whole():
    history = talk(f"""
    {OFFER}
    - {{id: no-1, kind: reject, by: south, of: v1}}
    - {{id: yes-1, kind: accept, by: south, of: v1, only: [roads]}}
    """)
    assert (set(after(history).talks.refusals), state(history, "roads")) == ({"no-1"}, "agreed")


def test_rejecting_a_thing_that_tabled_nothing_changes_nothing():
    history = talk("""
    - {id: walk, kind: meet, by: mediator}
    - {id: no-1, kind: reject, by: south, of: walk}
    """)
    assert codes(history, "no-1") == ("N601",)
    assert history[1].after is history[1].before


def test_answering_an_acceptance_names_its_reservations_to_answer():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, reservations: {{roads: a review, r2: {{only: [aid], note: later}}}}}}
    - {{id: fine, kind: accept, by: north, of: yes-1}}
    - {{id: fine-2, kind: accept, by: north, of: yes-1/roads}}
    - {{id: keep, kind: waive, by: south, of: yes-1}}
    - {{id: keep-2, kind: waive, by: north, of: yes-1}}
    """)
    said = {one.event: one.sentence for step in history for one in step.objections}
    assert said == {
        "fine": "'yes-1' tabled no terms to answer; its reservations are answered one by one: yes-1/r2, yes-1/roads",
        "keep": "'yes-1' set no condition of south that is in force; "
                "to take a reservation back, withdraw yes-1/r2, yes-1/roads",
        "keep-2": "'yes-1' set no condition of north that is in force",
    }  # fmt: skip


def test_deferring_together_is_deferred_and_leaves_the_stance():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {border: as now}}
    - {id: later-1, kind: defer, by: south, of: v1, until: settlement}
    - {id: later-2, kind: defer, by: north, terms: [border], until: settlement}
    """)
    assert state(history, "border") == "deferred"
    assert after(history).talks.cell("north", "border").stance is not None


def test_referring_and_studying_take_no_position():
    history = talk(f"""
    {OFFER}
    - {{id: sent, kind: refer, by: south, of: v1, only: [roads], to-body: the council}}
    - {{id: read, kind: study, by: south, of: v1, only: [aid], until: 2031-04-01}}
    """)
    cell = after(history).talks.cell("south", "roads")
    assert (cell.status, cell.detail, cell.stance) == ("referred", "the council", None)
    assert status(history, "south", "aid") == "under study"


def test_recanting_names_the_acceptance_the_version_or_the_text():
    for reference in ("yes-1", "v1", "v2", "accord"):
        history = talk(f"""
        - {{id: v1, kind: propose, by: north, text: accord, terms: {{roads: open, aid: 3 trucks/day}}}}
        - {{id: v2, kind: amend, by: north, of: v1, terms: {{aid: 5 trucks/day}}}}
        - {{id: yes-1, kind: accept, by: south, of: v2}}
        - {{id: back, kind: recant, by: south, of: {reference}, only: [roads]}}
        """, texts=(Text("accord"),))  # fmt: skip
        assert (status(history, "south", "roads"), state(history, "aid")) == ("withdrawn", "agreed")


@pytest.mark.parametrize("reference", ["yes-1", "memo/a", "memo"])
def test_one_of_several_options_is_recanted_by_the_name_of_the_whole_offer_too(reference):
    history = talk(f"""
    - {{id: memo, kind: propose, by: north, one-of: {{a: {{roads: open}}, b: {{roads: closed}}}}}}
    - {{id: yes-1, kind: accept, by: south, of: memo/a}}
    - {{id: back, kind: recant, by: south, of: {reference}}}
    """)
    assert (state(history, "roads", "yes-1"), status(history, "south", "roads")) == ("agreed", "withdrawn")


def test_one_can_recant_only_what_one_accepted():
    history = talk(f"""
    {OFFER}
    - {{id: back, kind: recant, by: south, of: v1}}
    """)
    assert codes(history, "back") == ("N616",)
    assert history[1].after is history[1].before


def test_an_answer_names_terms_that_stand_in_what_it_answers():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, only: [border]}}
    """)
    assert codes(history, "yes-1") == ("N604",)


def test_rejecting_two_versions_at_once_bars_both_and_one_may_be_accepted_after_all():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: v2, kind: propose, by: north, terms: {roads: closed}}
    - {id: no-1, kind: reject, by: south, of: [v1, v2]}
    - {id: yes-1, kind: accept, by: south, of: v1}
    - {id: yes-2, kind: accept, by: south, of: v1}
    """)
    assert {held.version for held in after(history, "no-1").talks.refusals.values()} == {"v1", "v2"}
    assert [held.version for held in after(history).talks.refusals.values()] == ["v2"]


def test_the_first_version_that_an_event_rejects_bears_its_name_whatever_else_it_rejects():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: v2, kind: propose, by: north, one-of: {a: {roads: closed}, b: {aid: 3 trucks/day}}}
    - {id: yes-1, kind: accept, by: north, of: v1, reservations: {r1: no convoys}}
    - {id: no-1, kind: reject, by: south, of: [yes-1/r1, v1, v2/a, lost]}
    """)
    held = after(history).talks
    assert {name: one.version for name, one in held.refusals.items()} == {"no-1": "v1", "no-1/v2/a": "v2/a"}
    assert [one.name for one in held.versions["v2"].refused] == ["no-1/v2/a"]
    assert held.reservations["yes-1/r1"].rejected_by == ("south",)


def test_recanting_one_acceptance_leaves_the_others():
    history = talk(f"""
    {OFFER}
    - {{id: v2, kind: propose, by: north, terms: {{truce: in force}}}}
    - {{id: yes-1, kind: accept, by: south, of: [v1, v2]}}
    - {{id: back, kind: recant, by: south, of: v2}}
    """)
    assert (state(history, "roads"), state(history, "truce")) == ("agreed", "one-sided")


def test_accepting_lifts_ones_own_rejection_and_leaves_that_of_another():
    history = talk(f"""
    {OFFER}
    - {{id: no-1, kind: reject, by: south, of: v1}}
    - {{id: no-2, kind: reject, by: league, of: v1}}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    - {{id: yes-2, kind: accept, by: league, of: v1}}
    """)
    assert [sorted(after(history, step).talks.refusals) for step in ("no-2", "yes-1", "yes-2")] == [
        ["no-1", "no-2"], ["no-2"], [],
    ]  # fmt: skip


def test_what_everybody_has_settled_is_let_go_by_no_later_words():
    accord = Text("accord", parties=("north", "south"), binds_by="ratification")
    history = talk("""
    - {id: v1, kind: propose, by: north, text: accord, terms: {roads: open}}
    - {id: ini-n, kind: initial, by: north, of: accord}
    - {id: ini-s, kind: initial, by: south, of: accord}
    - {id: v2, kind: propose, by: north, terms: {roads: closed}}
    """, texts=(accord,))  # fmt: skip
    assert [(one.version, one.released) for one in after(history).talks.cell("north", "roads").bound] == [
        ("v2", None), ("v1", None),
    ]  # fmt: skip
