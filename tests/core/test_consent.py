"""Who has to accept, who has, and what is therefore agreed."""

import pytest
from msgspec.structs import replace

from terms.core.consent import consent_of
from terms.core.header import Text
from terms.core.holding import live_reservation
from terms.core.life import axes
from terms.core.situation import situation
from tests.core.talk import HEADER, after, consent, state, talk


def test_identical_stances_are_compatible_and_not_agreed():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: v2, kind: propose, by: south, terms: {roads: open}}
    """)
    assert state(history, "roads") == "open"


def test_agreed_between_two_is_not_agreed_by_three():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {valley: shared}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert (consent(history, "valley").state, consent(history, "valley").missing) == ("open", ("league",))
    assert consent_of(after(history), "valley", parties=("south", "north")).state == "agreed"


def test_nobody_is_asked_where_nobody_has_a_say():
    header = replace(HEADER, parties=tuple(replace(party, role="observer") for party in HEADER.parties))
    history = talk("- {id: v1, kind: propose, by: north, terms: {roads: open}}", header=header)
    assert consent(history, "roads").missing == ()
    assert state(history, "roads") == "one-sided"


def test_a_package_that_is_amended_is_agreed_whole_in_its_last_form():
    history = talk("""
    - {id: v1, kind: propose, by: north, all-of: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [roads]}
    - {id: v2, kind: amend, by: north, of: v1, terms: {aid: 5 trucks/day}}
    - {id: yes-2, kind: accept, by: south, of: v2}
    """)
    assert (state(history, "roads", "v2"), state(history, "aid", "v2")) == (
        "agreed inside an unagreed package",
        "one-sided",
    )
    assert (state(history, "roads"), state(history, "aid")) == ("agreed", "agreed")


def test_a_term_of_an_amended_package_does_not_lean_on_what_was_agreed_before_it_was_amended():
    """Both still hold to the old aid, but the roads that they now agree on stand beside a new one."""
    history = talk("""
    - {id: v1, kind: propose, by: north, all-of: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    - {id: v2, kind: amend, by: north, of: v1, terms: {roads: closed, aid: 5 trucks/day}}
    - {id: yes-2, kind: accept, by: south, of: v2, only: [roads]}
    - {id: yes-3, kind: accept, by: south, of: v2}
    """)
    assert [state(history, "roads", name) for name in ("yes-1", "yes-2", "yes-3")] == [
        "agreed",
        "agreed inside an unagreed package",
        "agreed",
    ]
    assert consent(history, "roads", "yes-2").reason == "not yet agreed in the same package: aid"


def test_a_term_beside_a_package_may_be_accepted_alone():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {truce: in force}, all-of: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [truce]}
    """)
    assert state(history, "truce") == "agreed"


def test_what_is_offered_severally_may_be_accepted_alone():
    history = talk("""
    - {id: v1, kind: propose, by: north, severally: yes, all-of: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [roads]}
    """)
    assert state(history, "roads") == "agreed"


def test_what_a_package_puts_off_does_not_hold_it_up():
    history = talk("""
    - {id: v1, kind: propose, by: north, all-of: {roads: open, border: {as: defer, until: settlement}}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert (state(history, "roads"), state(history, "border")) == ("agreed", "deferred")


def test_an_option_is_a_package():
    history = talk("""
    - {id: memo, kind: propose, by: north, one-of: {a: {roads: open, aid: 3 trucks/day}, b: {roads: closed}}}
    - {id: yes-1, kind: accept, by: south, of: memo/a, only: [roads]}
    """)
    assert state(history, "roads") == "agreed inside an unagreed package"


def test_the_stage_in_which_a_term_stands_best_answers_for_it():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: deal, kind: agree, by: [north, south], stage: settlement, terms: {roads: closed}}
    """)
    assert (consent(history, "roads").stage, consent(history, "roads").state) == ("settlement", "agreed")
    assert consent_of(after(history), "roads", stage="").state == "one-sided"


def test_the_later_of_two_agreements_answers():
    history = talk("""
    - {id: a1, kind: agree, by: [north, south], terms: {roads: open}}
    - {id: z2, kind: agree, by: [north, south], text: annex, terms: {roads: open, aid: 3 trucks/day}}
    - {id: b3, kind: agree, by: [north, south], terms: {roads: closed}}
    """, texts=(Text("annex", parties=("north", "south")),))  # fmt: skip
    assert consent(history, "roads").version == "b3"


def test_a_withdrawal_while_a_reservation_was_live_undoes_the_deal():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1, reservations: {r1: by day}}
    - {id: back, kind: withdraw, by: north, of: v1}
    - {id: back-2, kind: propose, by: north, terms: {roads: closed}}
    - {id: fine, kind: accept, by: north, of: yes-1/r1}
    """)
    assert state(history, "roads") != "agreed"
    assert not live_reservation(after(history), "yes-1/r1")


def test_letting_go_counts_from_the_first_time():
    """The condition is met between the withdrawal and the later statement: the withdrawal decides."""
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1, only-if: vote}
    - {id: back, kind: withdraw, by: north, of: v1}
    - {id: voted, kind: occur, of: vote}
    - {id: said, kind: state, by: north, terms: {roads: closed}}
    """)
    assert after(history).talks.cell("north", "roads").bound[0].released == "back"
    assert state(history, "roads") != "agreed"


KEPT_BACK = """
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: s1, kind: accept, by: south, of: v1, reservations: {r1: {note: not at night}}}
"""


@pytest.mark.parametrize(
    ("then", "live"),
    [
        ("- {id: w1, kind: state, by: south}", True),
        ("- {id: w1, kind: counter, by: south, of: v1, terms: {roads: closed}}", False),
        ("- {id: w1, kind: counter, by: south, of: v1, terms: {aid: 3 trucks/day}}", True),
        ("- {id: w1, kind: counter, by: mediator, of: v1, terms: {roads: closed}}", True),
        ("- {id: w1, kind: amend, by: north, of: v1, terms: {roads: closed}}", False),
        ("- {id: w1, kind: amend, by: north, of: v1, terms: {aid: 3 trucks/day}}", True),
        ("- {id: w1, kind: withdraw, by: north, of: v1}", False),
        ("- {id: w1, kind: reject, by: south, of: v1}", False),
    ],
)
def test_a_reservation_is_live_while_what_it_is_about_stands(then, live):
    at = situation(talk(KEPT_BACK + "    " + then))
    assert live_reservation(at, "s1/r1") is live
    assert ("reservation" in consent_of(at, "roads").reason) is live


def test_a_reservation_on_a_mediator_s_text_is_live_until_the_text_is_withdrawn():
    kept = KEPT_BACK.replace("by: north", "by: mediator, form: bridging")
    assert live_reservation(situation(talk(kept)), "s1/r1")
    gone = talk(kept + "    - {id: w1, kind: withdraw, by: mediator, of: v1}")
    assert not live_reservation(situation(gone), "s1/r1")


def test_a_reservation_to_an_acceptance_in_principle_is_live_until_its_author_says_otherwise():
    kept = KEPT_BACK.replace("of: v1,", "of: v1, in-principle: yes,")
    assert live_reservation(situation(talk(kept)), "s1/r1")
    for name in ("a1", "w1"):
        later = talk(kept + f"    - {{id: {name}, kind: propose, by: south, terms: {{roads: closed}}}}")
        assert not live_reservation(situation(later), "s1/r1")


def test_what_was_raised_and_withdrawn_is_not_what_was_never_raised():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: back, kind: withdraw, by: north, of: v1}
    """)
    roads, aid = axes(after(history), "roads"), axes(after(history), "aid")
    assert (roads.headline, roads.consent.state, roads.consent.events) == (
        "withdrawn",
        "not raised",
        ("back",),
    )
    assert roads.consent.reason == "what was raised was withdrawn"
    assert (aid.headline, aid.consent.events, aid.consent.reason) == ("not raised", (), "")


def test_what_was_withdrawn_in_a_later_stage_is_told_though_its_own_stage_heard_nothing():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: {is: open, stage: settlement}}}
    - {id: back, kind: withdraw, by: north, of: v1}
    """)
    assert axes(after(history), "roads").headline == "withdrawn"


def test_of_several_offers_the_one_that_most_have_accepted_says_who_is_missing():
    """However late another is tabled or accepted under conditions, and whatever it is called."""
    for name in ("a-offer", "z-offer"):
        history = talk(f"""
        - {{id: v1, kind: propose, by: north, terms: {{valley: shared}}}}
        - {{id: yes-1, kind: accept, by: south, of: v1}}
        - {{id: {name}, kind: propose, by: league, terms: {{valley: closed}}}}
        - {{id: maybe, kind: accept, by: north, of: {name}, only-if: vote}}
        """)
        told = consent(history, "valley")
        assert (told.version, told.between, told.missing) == ("v1", ("north", "south"), ("league",))


def test_an_offer_that_only_those_without_a_say_hold_to_is_never_told_before_one_of_a_side():
    """However late it is tabled: whose word is needed has bound itself to the other."""
    history = talk("""
    - {id: v1, kind: propose, by: north, only-if: vote, terms: {roads: open}}
    - {id: v2, kind: propose, by: league, only-if: vote, terms: {roads: closed}}
    """)
    told = consent(history, "roads")
    assert (told.version, told.reason) == ("v1", "north's acceptance is conditional (not-yet)")


def test_why_an_acceptance_does_not_count_yet_is_told_for_each_party():
    history = talk("""
    - {id: v1, kind: propose, by: league, terms: {valley: shared}}
    - {id: yes-n, kind: accept, by: north, of: v1, only-if: vote}
    - {id: yes-s, kind: accept, by: south, of: v1, reservations: {r1: not on feast days}}
    """)
    told = consent(history, "valley")
    assert (told.state, told.missing) == ("open", ("north", "south"))
    assert told.reason == "north's acceptance is conditional (not-yet); south's reservation is live"


def test_what_one_let_go_of_before_it_held_takes_the_place_of_nothing_that_was_agreed():
    """The condition is waived too late, so that what was agreed before stays agreed however often the other accepts."""
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: escorted}}
    - {id: v1, kind: propose, by: north, only-if: vote, terms: {roads: open}}
    - {id: yes-s, kind: accept, by: south, of: v1}
    - {id: said, kind: state, by: south, terms: {roads: closed}}
    - {id: off, kind: waive, by: north, of: v1}
    - {id: yes-n, kind: accept, by: north, of: v1}
    """)
    told = consent(history, "roads")
    assert (told.state, told.version, told.events) == ("agreed", "deal", ("deal",))


LET_GO = """
    - {id: v1, kind: propose, by: north, only-if: vote, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    - {id: said, kind: state, by: south, terms: {roads: closed}}
"""


def test_who_let_go_of_an_acceptance_and_accepts_again_is_bound_again():
    voted = "    - {id: voted, kind: occur, of: vote}\n"
    again = "    - {id: yes-2, kind: accept, by: south, of: v1}\n"
    assert state(talk(LET_GO + voted), "roads") == "open"
    assert state(talk(LET_GO + again + voted), "roads") == "agreed"


def test_what_time_alone_would_have_met_had_not_come_when_one_let_go():
    """Ten quiet days are over by now, but were not when south said otherwise."""
    quiet = "    - {id: blast, kind: incident}" + LET_GO.replace(
        "only-if: vote", "only-if: quiet for 10 days"
    )
    let_go, kept = talk(quiet), talk(quiet.replace("roads: closed", "aid: 3 trucks/day"))
    assert [state(one, "roads", on="2031-04-01") for one in (let_go, kept)] == ["open", "agreed"]


def test_accepting_without_a_reservation_drops_the_earlier_one():
    history = talk(KEPT_BACK + "    - {id: s2, kind: accept, by: south, of: v1}\n")
    assert (state(history, "roads", "s1"), state(history, "roads")) == ("open", "agreed")


def test_what_is_kept_back_is_named_in_what_is_said():
    assert after(talk(KEPT_BACK)).talks.cell("south", "roads").detail == "r1"


@pytest.mark.parametrize("form", ["float", "bridging"])
def test_a_reservation_is_live_though_who_tabled_the_text_accepts_nothing_by_it(form):
    kept = talk(KEPT_BACK.replace("by: north", f"by: north, form: {form}"))
    assert live_reservation(situation(kept), "s1/r1")


def test_an_author_without_a_say_lets_go_of_nothing_that_others_hold_to():
    history = talk("""
    - {id: v1, kind: propose, by: [league, north], terms: {roads: open}}
    - {id: s1, kind: accept, by: south, of: v1, reservations: {r1: not at night}}
    - {id: said, kind: state, by: league, terms: {roads: closed}}
    """)
    assert live_reservation(after(history), "s1/r1")


def test_an_agreement_rests_on_the_acceptances_it_needs_and_on_no_others():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-l, kind: accept, by: league, of: v1, only-if: vote}
    - {id: yes-s, kind: accept, by: south, of: v1}
    - {id: voted, kind: occur, of: vote}
    """)
    told = consent(history, "roads")
    assert (told.state, told.events, told.met_by) == ("agreed", ("v1", "yes-s"), ())
    assert consent_of(after(history), "roads", parties=("league", "north")).met_by == ("voted",)


def test_of_two_stages_in_which_it_stands_alike_the_term_s_own_answers():
    terms = tuple(replace(one, stage="truce") if one.id == "roads" else one for one in HEADER.terms)
    history = talk(
        """
    - {id: later, kind: propose, by: north, stage: settlement, terms: {roads: open}}
    - {id: first, kind: propose, by: north, terms: {roads: closed}}
    """,
        header=replace(HEADER, terms=terms),
    )
    assert (consent(history, "roads").stage, consent(history, "roads").version) == ("truce", "first")


@pytest.mark.parametrize(("said", "reopened"), [("at least 2 trucks/day", ()), ("9 trucks/day", ("north",))])
def test_only_a_stance_that_does_not_fit_what_was_agreed_reopens_it(said, reopened):
    history = talk(f"""
    - {{id: deal, kind: agree, by: [north, south], terms: {{aid: 3 trucks/day}}}}
    - {{id: said, kind: state, by: north, terms: {{aid: {said}}}}}
    """)
    assert (state(history, "aid"), consent(history, "aid").reopened) == ("agreed", reopened)


def test_what_one_side_alone_puts_off_is_open():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: later, kind: defer, by: south, of: v1}
    """)
    assert state(history, "roads") == "open"


def test_two_memoranda_each_accepted_in_principle_by_one_are_agreed_by_nobody():
    history = talk("""
    - {id: m1, kind: propose, by: mediator, form: bridging, terms: {roads: open}}
    - {id: m2, kind: propose, by: mediator, form: bridging, terms: {roads: escorted}}
    - {id: n1, kind: accept, in-principle: yes, by: north, of: m1}
    - {id: s2, kind: accept, in-principle: yes, by: south, of: m2}
    - {id: s1, kind: accept, in-principle: yes, by: south, of: m1}
    """)
    assert (state(history, "roads", "s2"), state(history, "roads")) == ("open", "agreed in principle")
