"""What the views say of small invented talks, one promise at a time."""

from datetime import UTC, datetime

from terms.analyses import compatibility
from terms.analyses.engine.heading import heading
from terms.analyses.engine.modelling import model
from terms.core.history import History
from terms.core.lens import View
from terms.core.situation import Situation, situation
from terms.ground.dates import read_date
from terms.ground.words import freeze
from terms.views.answers.agreement import agreement, standing, undecided
from terms.views.answers.deferring import deferred
from terms.views.answers.knowing import standings, what_was_known, who_knew
from terms.views.answers.moving import open_moves
from terms.views.answers.offering import offers
from terms.views.answers.owing import breach_words, breaches_of, breaches_on, clock_words, differences, owed
from terms.views.answers.vouching import resting_on_one, word_for
from terms.views.answers.waiting import conditions, cycle_words, finding_words, waiting
from terms.views.cells import age_words, cell_view, cell_words
from terms.views.changes import changes_of_term, grouped
from terms.views.comparison import cell_difference_words, compare
from terms.views.contested import Readings, ask_situation
from terms.views.detail import accounts_of, event_detail, mentions
from terms.views.finding_words import heading_lines
from terms.views.hearsay import hearsay
from terms.views.movement import movement, movement_words
from terms.views.positions import positions
from terms.views.sentence import sentence
from terms.views.signs import MOVES, SIGNS, legend
from terms.views.sources import source_ids
from terms.views.wording import condition_words, date_words, listed, one_line
from tests.told import told

OPEN = "id: n-open, kind: propose, by: north, terms: {pullback: 30 km, roads: open}"
MINE = "id: s-10, kind: propose, by: south, terms: {pullback: 10 km}"
PRIVATE = (
    "id: s-memo, kind: propose, by: south, to: north, channel: private, terms: {roads: open, ports: [east]}"
)
RIVALS = (
    "id: by-n, kind: propose, by: south, account-of: talk, account: n, source: N1, terms: {roads: open}",
    "id: by-s, kind: propose, by: north, account-of: talk, account: s, source: S1, terms: {roads: open}",
    "id: yes, kind: accept, by: north, of: talk",
)


def end(*events: str) -> Situation:
    return situation(told(*events))


def sentences(history: History) -> list[str]:
    return [sentence(history, index) for index in range(len(history))]


# ---- cells and rows ---------------------------------------------------------------------------------


def test_a_party_that_rejects_an_offer_keeps_its_own_stance_and_its_age():
    at = end(MINE, OPEN, "id: s-no, kind: reject, by: south, of: n-open, only: [pullback]")
    cell = cell_view(at, ("south", "pullback", ""))
    assert cell_words(cell) == "n-open; own stance 10 km (offer) since s-10"
    assert (cell.sign.mark, cell.age) == ("-", 0)


def test_a_bound_party_that_says_otherwise_is_shown_on_both_tracks():
    at = end(OPEN, "id: s-yes, kind: accept, by: south, of: n-open, only: [roads]",
             "id: s-late, kind: propose, by: south, terms: {roads: closed}")  # fmt: skip
    cell = cell_view(at, ("south", "roads", ""))
    assert cell_words(cell) == "closed (offer); bound to open by s-yes"


def test_an_option_is_listed_in_the_cell_and_moves_no_stance():
    at = end(MINE, "id: s-or, kind: propose, by: south, one-of: {a: {pullback: 5 km}, b: {roads: open}}")
    assert cell_words(cell_view(at, ("south", "pullback", ""))) == "10 km (offer); in s-or/a (5 km)"


def test_who_let_go_of_an_offer_before_it_held_is_not_told_as_bound_by_it():
    said = ("id: s-open, kind: propose, by: south, terms: {pullback: 8 km}",
            "id: n-offer, kind: propose, by: north, terms: {pullback: 3 km}",
            "id: s-yes, kind: accept, by: south, of: n-offer, reservations: {r: a review}",
            "id: n-other, kind: accept, by: north, of: s-open")  # fmt: skip
    at = end(*said)
    assert "north let go of it" in positions(at, terms=["pullback"]).rows[0].axes.consent.reason
    assert "bound to" not in cell_words(cell_view(at, ("north", "pullback", "")))
    late = end(*said[:3], "id: n-fine, kind: accept, by: north, of: s-yes/r", said[3])
    assert "bound to 3 km by n-offer" in cell_words(cell_view(late, ("north", "pullback", "")))


def test_an_undertaking_is_nobodys_agreement_and_is_told_as_what_it_is():
    at = end("id: n-do, kind: undertake, by: north, terms: {roads: open}",
             "id: s-do, kind: undertake, by: south, terms: {roads: open}")  # fmt: skip
    [row] = positions(at, terms=["roads"]).rows
    assert row.headline == "parallel undertakings by north, south"
    assert cell_words(row.cells[0]) == "undertakes open in n-do"


def test_who_undertook_is_told_whoever_is_shown_and_when_two_points_are_compared():
    at = end("id: n-do, kind: undertake, by: north, terms: {roads: open}",
             "id: s-do, kind: undertake, by: south, terms: {roads: open}")  # fmt: skip
    for parties in ([], ["north"], ["north", "south"]):
        [row] = positions(at, terms=["roads"], parties=parties).rows
        assert row.headline == "parallel undertakings by north, south"
    [told_] = compare(situation(at.history, 1), at, term="roads").terms
    assert (told_.before, told_.after) == ("undertaken by north", "parallel undertakings by north, south")


def test_terms_that_share_a_name_stand_together():
    assert grouped(["roads", "truce", "roads.hours"]) == ("roads", "roads.hours", "truce")


def test_the_steps_of_a_term_are_those_that_changed_any_of_its_cells():
    history = told(OPEN, "id: inc, kind: incident, by: north", MINE)
    assert changes_of_term(history, "pullback") == (0, 2)
    assert changes_of_term(history, "roads") == (0,)


def test_every_sign_is_in_the_legend_and_every_sign_of_a_move_is_a_known_one():
    assert all(sign.mark in legend() for sign in SIGNS.values())
    assert set(MOVES.values()) <= {sign.mark for sign in SIGNS.values()}


# ---- whose consent ----------------------------------------------------------------------------------


def test_of_two_rival_versions_neither_is_the_measure_of_whose_consent_is_missing():
    assert standing(end(OPEN, MINE), "pullback").missing == ("north", "south")


def test_a_live_reservation_waits_for_the_other_side():
    at = end(OPEN, "id: s-yes, kind: accept, by: south, of: n-open, reservations: {r1: {note: not at night}}")
    assert standing(at, "roads").missing == ("north",)
    assert "s-yes/r1" in {one.what for one in undecided(at)}


def test_a_conditional_acceptance_waits_for_its_own_side():
    at = end(OPEN, "id: s-yes, kind: accept, by: south, of: n-open, only-if: vote.held")
    assert standing(at, "roads").missing == ("south",)


def test_agreement_can_be_asked_of_any_set_of_parties():
    at = end(OPEN, "id: l-yes, kind: accept, by: league, of: n-open")
    assert [one.term for one in agreement(at, parties=["league", "north"]).agreed] == ["pullback", "roads"]
    assert agreement(at).agreed == ()


def test_an_event_whose_date_straddles_the_moment_is_unclear_by_then():
    history = told("id: vague, kind: incident, by: north, date: 2031-03")
    at = situation(history, 1, datetime(2031, 3, 5, tzinfo=UTC))
    assert [one.because for one in undecided(at)] == ["unclear by then: dated 2031-03"]


# ---- what could be done -----------------------------------------------------------------------------


def test_the_moves_on_a_term_are_what_others_could_accept_and_what_could_be_waived():
    at = end(OPEN, "id: s-yes, kind: accept, by: south, of: n-open, only: [roads], only-if: vote.held")
    found = {(move.what, move.does, move.who) for move in open_moves(at, "roads")}
    assert found == {("s-yes", "waive or see met (not yet)", ("south",))}
    assert {(move.what, move.who) for move in open_moves(at, "pullback")} == {("n-open", ("south",))}


def test_nobody_is_offered_what_it_has_not_come_to_know():
    secret = "id: n-aside, kind: propose, by: north, to: league, channel: private, terms: {roads: open, pullback: 9 km}"
    hint = "id: hint, kind: leak, of: n-aside, only: [roads], to: south"
    assert [open_moves(end(secret), term) for term in ("roads", "pullback")] == [(), ()]
    assert [move.who for move in open_moves(end(secret, hint), "roads")] == [("south",)]
    assert open_moves(end(secret, hint), "pullback") == ()


def test_who_has_moved_on_could_come_back_to_an_offer_that_was_taken_up_since():
    less = "id: n-less, kind: propose, by: north, terms: {pullback: 5 km}"
    found = {(move.what, move.who) for move in open_moves(end(OPEN, less), "pullback")}
    assert found == {("n-open", ("south",)), ("n-less", ("south",))}
    yes = "id: s-yes, kind: accept, by: south, of: n-open"
    found = {(move.what, move.who) for move in open_moves(end(OPEN, less, yes), "pullback")}
    assert found == {("n-open", ("north",)), ("n-less", ("south",))}


def test_a_reservation_can_be_accepted_by_others_and_withdrawn_by_who_made_it():
    at = end(OPEN, "id: s-yes, kind: accept, by: south, of: n-open, reservations: {r1: {note: not at night}}")
    assert {(move.does, move.who) for move in open_moves(at, "roads") if move.what == "s-yes/r1"} == {
        ("accept the reservation", ("north",)),
        ("withdraw the reservation", ("south",)),
    }


def test_an_offer_past_its_expiry_is_no_longer_open():
    history = told("id: n-1, kind: propose, by: north, terms: {roads: open}, expires: 2031-03-03", MINE)
    early, late = (situation(history, 2, datetime(2031, 3, day, tzinfo=UTC)) for day in (2, 9))
    assert [one.until for one in open_moves(early, "roads")] == ["2031-03-03"]
    assert open_moves(late, "roads") == ()
    assert [one.state for one in offers(late, terms=["roads"])] == ["expired"]


def test_an_offer_keeps_every_answer_that_was_ever_given_to_it():
    at = end(
        OPEN,
        "id: s-no, kind: reject, by: south, of: n-open",
        "id: s-yes, kind: accept, by: south, of: n-open",
    )
    [offer] = offers(at)
    assert [(one.party, one.sign.mark, one.event) for one in offer.answers] == [
        ("south", "-", "s-no"),
        ("south", "+", "s-yes"),
    ]


def test_an_offer_that_everybody_took_is_agreed_and_one_taken_in_part_is_open():
    yes = "id: s-yes, kind: accept, by: south, of: n-open"
    assert [one.state for one in offers(end(OPEN, yes))] == ["agreed"]
    assert [one.state for one in offers(end(OPEN, f"{yes}, only: roads"))] == ["open"]
    assert [one.state for one in offers(end(OPEN, f"{yes}, only-if: vote.held"))] == ["open"]
    assert [one.whole for one in offers(end(OPEN, MINE.replace("terms:", "whole: yes, terms:")))] == [
        False,
        True,
    ]


def test_a_text_that_waits_for_a_signature_says_who_has_to_sign():
    at = end("id: n-t, kind: propose, by: north, text: accord, terms: {roads: open}",
             "id: s-yes, kind: accept, by: south, of: accord")  # fmt: skip
    assert ("accord", "bind by signature", ("south",)) in {
        (m.what, m.does, m.who) for m in open_moves(at, "roads")
    }


# ---- on whose word ----------------------------------------------------------------------------------


def test_what_one_source_alone_tells_is_counted_with_its_rival_accounts():
    history = told(*RIVALS, "id: n-1, kind: incident, by: north, source: N1")
    alone = {one.source: one.events for one in resting_on_one(history)}
    assert alone == {"M1": ("yes",), "N1": ("n-1",)}
    assert word_for(history, "by-n").rivals == ("S1",)


def test_a_correction_that_one_source_tells_rests_on_it_alone():
    history = told(
        OPEN, "id: fix, kind: correct, of: n-open, with: {terms: {roads: closed}}, why: misread, source: N1"
    )
    assert {one.source: one.events for one in resting_on_one(history)} == {"M1": ("n-open",), "N1": ("fix",)}


def test_a_denial_is_told_with_what_it_denies():
    history = told(OPEN, "id: s-den, kind: deny, by: south, of: n-open")
    assert word_for(history, "n-open").denied_by == ("south",)
    assert source_ids(history, ["n-open"]) == ("M1",)
    assert mentions(history, "n-open") == ("s-den",)


def test_a_move_known_from_others_is_told_on_their_word_and_moves_nothing():
    at = end(OPEN, "id: m-1, kind: announce, by: mediator, that: {kind: accept, by: south, of: n-open}",
             "id: s-den, kind: deny, by: south, of: m-1")  # fmt: skip
    assert {(one.term, one.word_of, one.told, one.denied_by) for one in hearsay(at)} == {
        ("pullback", "mediator", "South accepts n-open", ("south",)),
        ("roads", "mediator", "South accepts n-open", ("south",)),
    }
    assert cell_view(at, ("south", "roads", "")).is_silent


def test_announcing_ones_own_move_is_no_hearsay():
    assert (
        hearsay(
            end("id: n-1, kind: announce, by: north, that: {kind: propose, by: north, terms: {roads: open}}")
        )
        == ()
    )


# ---- who knew ---------------------------------------------------------------------------------------


def test_a_leak_in_part_opens_those_parts_alone():
    history = told(PRIVATE, "id: out, kind: leak, of: s-memo, only: [roads], to: league")
    knowing = who_knew(history, "s-memo")
    assert knowing.knew == ("north", "south")
    assert [(one.party, one.how, one.parts) for one in knowing.learned][-1] == ("league", "leak", ("roads",))


def test_who_is_addressed_passes_on_or_is_present_knows_from_the_first():
    event = PRIVATE.replace("to: north", "to: north, via: mediator, present: league")
    learned = who_knew(told(event), "s-memo").learned
    assert {one.party: one.how for one in learned} == {
        "league": "present", "mediator": "passed it on", "north": "addressed", "south": "acted",
    }  # fmt: skip


def test_what_was_opened_on_a_vague_date_is_unclear_before_its_end():
    history = told(PRIVATE, "id: out, kind: publish, of: s-memo, date: 2031-03-02/2031-03-10")
    moment = datetime(2031, 3, 5, tzinfo=UTC)
    assert who_knew(history, "s-memo", moment).unclear == ("*",)
    known = what_was_known(history, "league", moment)
    assert known.unclear == (("s-memo", "out"),)
    assert what_was_known(history, "north", moment).known == (("s-memo", "s-memo"),)
    assert what_was_known(
        history, "league", datetime(2031, 3, 1, 23, 59, 59, 999999, tzinfo=UTC)
    ).unknown == ("s-memo",)


def test_who_learned_of_some_terms_alone_is_told_to_know_a_part():
    history = told(PRIVATE, "id: out, kind: leak, of: s-memo, only: [roads], to: league")
    known = what_was_known(history, "league")
    assert (known.known, known.parts) == ((("s-memo", "out"),), (("s-memo", ("roads",)),))
    assert standings(known) == {"s-memo": "known in part"}
    assert standings(what_was_known(history, "north")) == {"s-memo": "known"}
    later = told(
        PRIVATE,
        "id: out, kind: leak, of: s-memo, only: [roads], to: league",
        "id: all, kind: publish, of: s-memo",
    )
    assert what_was_known(later, "league").parts == ()


def test_what_was_disclosed_had_been_said_by_then_however_vague_its_date():
    vague = PRIVATE.replace("id: s-memo", "id: s-memo, date: 2031-03")
    history = told(vague, "id: out, kind: leak, of: s-memo, only: [roads], to: league")
    before, after_ = datetime(2031, 3, 1, tzinfo=UTC), datetime(2031, 3, 5, tzinfo=UTC)
    assert (who_knew(history, "s-memo", before).knew, who_knew(history, "s-memo", before).unclear) == (
        (),
        ("north", "south"),
    )
    assert (who_knew(history, "s-memo", after_).knew, who_knew(history, "s-memo", after_).unclear) == (
        ("north", "south"),
        (),
    )


# ---- movement and comparison ------------------------------------------------------------------------


def moved(*events: str, party: str = "north") -> str:
    history = told(*events)
    return movement_words(movement(situation(history, 1), situation(history), (party, "pullback", "")))


def test_a_movement_tells_its_way_its_length_and_what_it_did_to_each_gap():
    words = moved(MINE, OPEN, "id: n-20, kind: propose, by: north, terms: {pullback: 20 km}")
    assert words == "^ proposed; 20 km (offer); to south: 10 km"
    history = told(MINE, OPEN, "id: n-20, kind: propose, by: north, terms: {pullback: 20 km}")
    late = movement(situation(history, 2), situation(history), ("north", "pullback", ""))
    assert (late.step, late.way, late.events) == ("toward", "down by 10 km", ("n-20",))
    assert movement_words(late).endswith("toward south: 20 km -> 10 km")


def test_moving_apart_and_saying_the_same_again_have_the_same_verb():
    away = told(MINE, OPEN, "id: n-40, kind: propose, by: north, terms: {pullback: 40 km}")
    assert movement(situation(away, 2), situation(away), ("north", "pullback", "")).step == "away"
    again = told(MINE, OPEN, "id: n-30, kind: propose, by: north, terms: {pullback: 30 km}")
    found = movement(situation(again, 2), situation(again), ("north", "pullback", ""))
    assert (found.step, movement_words(found)) == ("reaffirmed", "^ proposed; 30 km (offer), unchanged")


def test_a_withdrawal_and_a_silence_are_told_apart():
    history = told(OPEN, "id: w, kind: withdraw, by: north, of: n-open")
    found = movement(situation(history, 1), situation(history), ("north", "pullback", ""))
    assert (found.step, movement_words(found)) == ("withdrawn", "x withdrawn; 30 km (offer) -> no stance")
    silent = movement(situation(history, 0), situation(history, 0), ("south", "pullback", ""))
    assert silent.step == "none"


def test_names_of_a_set_are_told_by_name():
    history = told("id: n-1, kind: propose, by: north, terms: {ports: {all-of: [east]}}",
                   "id: n-2, kind: propose, by: north, terms: {ports: {all-of: [east, west]}}")  # fmt: skip
    found = movement(situation(history, 1), situation(history), ("north", "ports", ""))
    assert "west" in found.travel


def test_without_an_event_what_differs_is_what_hung_on_it():
    history = told(OPEN, "id: s-yes, kind: accept, by: south, of: n-open, only: [roads]")
    other = situation(history.without("s-yes"), 1, situation(history).moment)
    found = compare(situation(history), other)
    assert [(one.after.party, one.after.term) for one in found.cells] == [("south", "roads")]
    assert [(one.term, one.before, one.after) for one in found.terms] == [("roads", "agreed", "one-sided")]
    assert found.cells[0].events == ("s-yes",)


EITHER = "id: n-or, kind: propose, by: north, one-of: {x1: {roads: closed}, x2: {ports: [east]}}"


def test_an_option_taken_back_stays_in_the_list_of_offers_with_the_event_that_took_it_back():
    gone = "id: n-gone, kind: withdraw, by: north, of: n-or/x1"
    history = told(EITHER, gone)
    [offer] = offers(situation(history))
    assert [name for name, _ in offer.options] == ["n-or/x1", "n-or/x2"]
    assert (offer.state, offer.taken_back) == ("open", (("n-or/x1", "n-gone"),))
    assert offers(situation(history, 1))[0].taken_back == ()
    assert [one.options for one in offers(situation(history), terms=["ports"])] == [offer.options[1:]]
    [offer] = offers(situation(told(EITHER, gone, "id: n-all, kind: withdraw, by: north, of: n-or/x2")))
    assert (offer.state, len(offer.taken_back)) == ("withdrawn", 2)


def test_what_was_withdrawn_in_vain_or_not_as_an_option_is_no_option_taken_back():
    others = "id: s-gone, kind: withdraw, by: south, of: n-or/x1"
    assert offers(situation(told(EITHER, others)))[0].taken_back == ()
    order = "id: n-way, kind: withdraw, by: north, of: n-or"
    assert offers(situation(told(EITHER, order)))[0].taken_back == ()


# ---- several readings -------------------------------------------------------------------------------


def test_an_answer_that_hangs_on_an_account_lists_every_reading():
    history = told(*RIVALS)
    answered = ask_situation(Readings(history), situation(history), lambda at: standing(at, "roads").state)
    assert [(reading.words, reading.answer) for reading in answered.readings] == [
        ("default reading", "agreed"),
        ("talk as told by S1 (account s)", "one-sided"),
    ]
    assert answered.is_contested


def test_an_account_that_changes_another_term_leaves_the_answer_alone():
    history = told(*RIVALS, OPEN.replace(", roads: open", ""))
    answered = ask_situation(Readings(history), situation(history), lambda at: standing(at, "pullback").state)
    assert not answered.is_contested


def test_disputes_combine_only_where_both_change_the_answer():
    second = tuple(event.replace("talk", "chat").replace("roads", "ports").replace("open", "[east]")
                   .replace("by-n", "b-n").replace("by-s", "b-s").replace("id: yes", "id: yes-2") for event in RIVALS)  # fmt: skip
    history = told(*RIVALS, *second)
    readings = Readings(history)
    both = ask_situation(readings, situation(history), lambda at: len(agreement(at).agreed))
    assert sorted(reading.answer for reading in both.readings) == [0, 1, 1, 2]
    apart = ask_situation(readings, situation(history), lambda at: len(agreement(at).agreed), combine=False)
    assert sorted(reading.answer for reading in apart.readings) == [1, 1, 2]


def test_a_contested_headline_is_listed_for_each_reading():
    history = told(*RIVALS)
    readings = Readings(history)
    assert readings.contested_terms(3) == ("roads",)
    assert readings.headlines(situation(history)) == {
        ("roads", ""): (("default reading", "agreed"), ("talk as told by S1 (account s)", "one-sided"))
    }


def test_accounts_of_two_agreements_are_contested_though_both_tell_of_one():
    both = (
        "id: by-n, kind: agree, by: [north, south], account-of: talk, account: n, source: N1, terms: {roads: open}",
        "id: by-s, kind: agree, by: [north, south], account-of: talk, account: s, source: S1, terms: {roads: closed}",
    )
    history = told(*both)
    assert Readings(history).headlines(situation(history)) == {
        ("roads", ""): (
            ("default reading", "agreed; open"),
            ("talk as told by S1 (account s)", "agreed; closed"),
        )
    }


def test_a_breach_is_told_with_the_duty_of_who_is_said_to_have_broken_it():
    at = end(
        "id: u1, kind: undertake, by: north, terms: {truce: in force}",
        "id: u2, kind: undertake, by: south, terms: {truce: in force}",
        "id: b1, kind: violate, by: north, alleged-by: south, of: truce",
        "id: b2, kind: violate, by: south, alleged-by: north, of: truce",
        "id: b3, kind: violate, alleged-by: mediator, of: truce",
        "id: b4, kind: violate, by: league, alleged-by: mediator, of: truce",
    )
    told_with = {
        one.who: [breach.event for breach in breaches_of(at, one)] for one in owed(at, terms=["truce"])
    }
    assert told_with == {("north",): ["b1", "b3", "b4"], ("south",): ["b2", "b3", "b4"]}


def test_a_breach_is_told_on_the_word_of_who_alleges_it_with_who_denies_it():
    deed = ("id: deal, kind: agree, by: [north, south], terms: {roads: open, pullback: 5 km}",
            "id: v-1, kind: violate, of: deal/roads, by: north, alleged-by: south, source: S1",
            "id: v-2, kind: violate, of: deal/roads, source: N1",
            "id: n-den, kind: deny, by: north, of: v-1, source: N1")  # fmt: skip
    at = end(*deed)
    assert [one.event for one in breaches_on(at, "roads")] == ["v-1", "v-2"]
    assert breaches_on(at, "pullback") == ()
    assert [breach_words(at, one) for one in breaches_on(at, "roads")] == [
        "alleged by south of north [v-1]; denied by north [n-den]",
        "alleged by N1 of somebody [v-2]",
    ]
    seen = end(*deed, "id: m-ok, kind: certify, by: mediator, of: v-1")
    assert breach_words(seen, breaches_on(seen, "roads")[0]) == (
        "alleged by south of north [v-1]; verified by mediator; denied by north [n-den]"
    )


def test_what_was_said_of_an_event_later_is_not_told_of_an_earlier_step():
    history = told(OPEN, "id: s-no, kind: reject, by: south, of: n-open", "id: s-den, kind: deny, by: south, of: n-open",
                   "id: fix, kind: correct, of: n-open, with: {terms: {roads: closed}}")  # fmt: skip
    late, early = event_detail(history, "n-open"), event_detail(history, "n-open", 2)
    assert (late.answers, late.later, late.corrections) == (("s-no",), ("s-no", "s-den", "fix"), ("fix",))
    assert (early.answers, early.later, early.corrections) == (("s-no",), ("s-no",), ())
    assert [one.event for one in late.voices] == ["s-den"]
    assert (early.voices, dict(early.fields)["terms"]) == ((), "pullback: 30 km; roads: open")
    assert (word_for(history, "n-open").denied_by, word_for(history, "n-open", 2).denied_by) == (
        ("south",),
        (),
    )


def test_what_was_said_on_a_vague_day_is_as_old_as_its_first_and_its_last_day():
    history = told(MINE.replace("id: s-10", "id: s-10, date: 2031-02"), OPEN)
    at = situation(history)
    assert age_words(at, cell_view(at, ("south", "pullback", ""))) == "2 to 29 days ago"
    assert age_words(at, cell_view(at, ("north", "pullback", ""))) == "same day"
    assert age_words(at, cell_view(at, ("league", "pullback", ""))) == ""


def test_the_accounts_of_an_event_are_told_with_what_they_say_otherwise():
    inner = "id: n-1, kind: propose, by: north, source: N1, terms: {pullback: 30 km}, accounts: [{source: S1, with: {terms: {pullback: 20 km}}}]"
    [account] = accounts_of(told(inner), "n-1")
    assert (account.sources, account.differs, account.in_use) == (
        ("S1",),
        (("terms", "pullback: 20 km"),),
        False,
    )
    assert [one.in_use for one in accounts_of(told(*RIVALS), "by-n")] == [True, False]


# ---- duties, deferrals, waiting ---------------------------------------------------------------------

DUTY = "id: deal, kind: agree, by: [north, south], terms: {captives: {is: 24 persons, who: south, due: 10 days after deal}}"


def test_a_duty_tells_its_date_and_how_far_off_it_is():
    history = told(DUTY, "id: rel, kind: implement, by: south, of: deal/captives, done: 20 persons")
    [one] = owed(situation(history))
    assert (one.by, one.clock, one.done) == ("2031-03-11", "running, 9 days left", ("20 persons of 24",))
    [late] = owed(situation(history, 2, datetime(2031, 3, 14, tzinfo=UTC)), terms=["captives"])
    assert (late.state, late.clock) == ("overdue", "passed, 3 days ago")
    assert differences((one,), (late,)) == ("captives: state overdue; clock passed, 3 days ago",)
    assert differences((), (one,)) == ("captives: due, owed by south since deal",)
    assert differences((one,), ()) == ("captives: not owed",)


def test_a_deadline_that_has_not_begun_says_what_it_waits_for():
    history = told(DUTY.replace("10 days after deal", "10 days after vote.held"))
    [one] = owed(situation(history))
    assert (one.by, one.clock) == ("", "not started, waits for vote.held")
    assert clock_words(None) == ""


def test_a_deadline_of_several_is_kept_in_its_words():
    history = told(DUTY.replace("10 days after deal", "{earliest-of: [10 days after deal, vote.held]}"))
    assert len(owed(situation(history))) == 1


def test_a_deferral_names_what_it_waits_for_and_the_option_it_holds_in():
    at = end("id: n-1, kind: propose, by: north, terms: {roads: {is: open, as: defer, until: settlement}}",
             "id: s-1, kind: propose, by: south, one-of: {a: {roads: {as: defer, until: vote.held}}}")  # fmt: skip
    assert [(one.party, one.until, one.option) for one in deferred(at)] == [
        ("north", "settlement", ""),
        ("south", "vote.held", "s-1/a"),
    ]


def test_a_cycle_is_told_in_one_sentence_with_its_rule():
    at = end("id: a, kind: state, by: north, order: {o: truce.begins before talks.begins}",
             "id: b, kind: state, by: south, order: {o: parameters.settled before truce.begins}")  # fmt: skip
    [found] = waiting(at).findings
    assert cycle_words(found) == "parameters.settled => truce.begins => talks.begins -> parameters.settled"
    assert finding_words(at.header, found) == (
        "South: parameters.settled before truce.begins (b/o); North: truce.begins before talks.begins (a/o); "
        "agenda rule h1: talks.begins not after parameters.settled (M1): each waits for the other."
    )


def test_a_party_at_odds_with_itself_and_a_weak_cycle_have_sentences_of_their_own():
    own = end("id: a, kind: state, by: north, order: [truce.begins before vote.held, vote.held before talks.begins]",
              "id: b, kind: state, by: north, order: {o: talks.begins before truce.begins}")  # fmt: skip
    [found] = waiting(own).findings
    assert finding_words(own.header, found).endswith("these statements of one party contradict each other.")
    weak = end("id: a, kind: state, by: north, order: {o: truce.begins together with vote.held}")
    [found] = waiting(weak).findings
    assert finding_words(weak.header, found).endswith("this can only be done at the same moment.")


def test_conditions_on_the_talks_are_in_force_until_they_are_waived():
    only = "id: c, kind: condition, by: north, only-if: vote.held"
    assert [(one.name, one.words, one.outcome) for one in conditions(end(only))] == [
        ("c", "only if vote.held", "not yet")
    ]
    assert conditions(end(only, "id: w, kind: waive, by: north, of: c")) == ()


# ---- sentences and words ----------------------------------------------------------------------------


def test_a_sentence_names_who_does_what_and_what_it_changed():
    assert sentences(told(OPEN, "id: s-no, kind: reject, by: south, of: n-open, only: [roads]")) == [
        "North proposes pullback and roads; 2 cells changed.",
        "South rejects roads of n-open; 1 cell changed.",
    ]


def test_what_is_done_by_nobody_named_is_told_without_a_doer():
    [_, said] = sentences(told(PRIVATE, "id: out, kind: leak, of: s-memo"))
    assert said == "s-memo is leaked; no position changed."


def test_a_list_reads_as_people_say_it():
    assert [listed(words) for words in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_words_of_any_shape_come_to_one_line():
    assert one_line(freeze({"any-of": ["a", {"b": "c"}]})) == "a or b: c"
    assert condition_words(
        freeze({"only-if": "vote.held", "otherwise": "roads.closed", "judged-by": ["m"]})
    ) == ("only if vote.held; otherwise roads.closed; judged by m")


def test_a_day_worked_out_is_told_as_a_day():
    assert date_words(read_date("2031-03-01T00:00:00Z/2031-03-01T23:59:59Z")) == "2031-03-01"
    assert date_words(read_date("2031-03-01/2031-03-02")) == "2031-03-01/2031-03-02"
    assert date_words(read_date("2031-03-01T10:00Z")) == "2031-03-01T10:00Z"


def test_under_a_lens_the_reading_in_use_is_that_of_the_lens_and_not_the_default():
    history = told(*RIVALS)
    lens = History(history.header, history.record, View(prefer=("S1",)))
    at, readings = situation(lens), Readings(lens)
    assert readings.headlines(at)["roads", ""][0] == ("reading by the lens", "one-sided")
    answered = ask_situation(readings, at, lambda at: standing(at, "roads").state)
    assert answered.readings[0].words == "reading by the lens"
    head = heading(model(at))
    assert "the reading by the lens, 1 rival account" in next(heading_lines(head)).text
    [one] = [one for one in compatibility.find(at).terms if one.term == "roads"]
    assert one.readings[0][0] == "reading by the lens"


def test_a_version_that_a_party_holds_to_in_one_of_two_alone_is_told_where_it_says_the_same():
    history = told(OPEN, "id: n-same, kind: propose, by: north, terms: {pullback: 30 km}")
    [cell] = compare(situation(history.without("n-same")), situation(history), term="pullback").cells
    assert cell.held == "holds to n-same"
    assert cell_difference_words(cell).endswith("30 km (offer), unchanged; holds to n-same")
    [back] = compare(situation(history), situation(history.without("n-same")), term="pullback").cells
    assert back.held == "no longer holds to n-same"


def test_what_was_withdrawn_stands_apart_from_what_nobody_raised():
    found = agreement(
        situation(told(OPEN, "id: n-back, kind: withdraw, by: north, of: n-open, only: [roads]"))
    )
    assert [(one.term, one.headline, one.events) for one in found.withdrawn] == [
        ("roads", "withdrawn", ("n-back",))
    ]
    assert "roads" not in found.not_raised
    assert "ports" in found.not_raised


def test_an_undertaking_that_came_or_went_is_a_difference_though_no_cell_is():
    history = told(OPEN, "id: n-do, kind: undertake, by: north, terms: {roads: closed}")
    with_it, without = situation(history), situation(history.without("n-do"))
    found = compare(without, with_it)
    assert (found.cells, found.undertaken) == ((), (("+", "n-do/roads", "north undertakes roads: closed"),))
    assert found.counted() == "0 cells, 0 headlines and 1 undertaking differ"
    assert compare(with_it, without, term="roads", party="north").undertaken[0][0] == "-"
    assert compare(with_it, without, party="south").is_empty
    assert compare(with_it, without, term="ports").is_empty
