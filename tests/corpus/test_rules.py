"""Each of the fifteen rules that make the model exact, shown on one small record."""

from datetime import timedelta

from terms.core.consent import consent_of
from terms.core.duties import obligations
from terms.core.life import axes, life_of_term
from terms.core.situation import situation
from terms.values import compatible
from tests.corpus.stage import after, consent, day, headline, opened, status


def test_01_an_answer_to_a_part_leaves_the_rest():
    history = opened("rules/01-parts-and-versions")
    assert consent(after(history, "s-yes"), "roads") == "agreed"
    assert consent(after(history, "s-yes"), "quiet.hours") == "open"
    assert consent(after(history, "n-no"), "roads") == "agreed"
    assert after(history, "n-no").talks.reservations["s-yes/r1"].rejected_by == ("north",)


def test_01_picking_an_option_agrees_its_terms_alone():
    at = after(opened("rules/01-parts-and-versions"), "n-opt")
    assert consent_of(at, "aid").state == "agreed"
    assert consent_of(at, "aid").version == "memo/option-2"


def test_01_amending_one_term_does_not_undo_the_acceptance_of_another():
    at = after(opened("rules/01-parts-and-versions"), "accord-2")
    assert consent(at, "roads") == "agreed"
    assert consent(at, "quiet.hours") == "open"


def test_01_a_reservation_ends_when_the_other_side_accepts_it():
    history = opened("rules/01-parts-and-versions")
    assert after(history, "n-yes-r1").talks.reservations["s-yes/r1"].accepted_by == ("north",)


def test_02_a_text_has_its_own_parties():
    at = situation(opened("rules/02-texts"))
    roads, hours = consent_of(at, "roads"), consent_of(at, "quiet.hours")
    assert (roads.state, roads.between) == ("agreed", ("north", "south"))
    assert (hours.state, hours.between, hours.missing) == ("open", ("north", "south"), ("league",))


def test_02_status_can_be_asked_for_any_set_of_parties():
    at = situation(opened("rules/02-texts"))
    assert consent_of(at, "quiet.hours", parties=("north", "south")).state == "agreed"


def test_03_initials_and_signatures_of_others_do_not_bind():
    history = opened("rules/03-binding")
    assert consent(after(history, "ini-n"), "roads") == "one-sided"
    assert consent_of(after(history, "sig-l"), "roads").between == ()
    assert consent(after(history, "sig-n"), "roads") != "agreed"
    assert consent(after(history, "sig-s"), "roads") == "agreed"


def test_03_weaker_words_leave_a_bound_party_bound():
    at = after(opened("rules/03-binding"), "later")
    assert status(at, "north", "roads") == "in principle"
    assert consent(at, "roads") == "agreed"


def test_04_a_conditional_acceptance_becomes_one_when_its_condition_is_met():
    history = opened("rules/04-conditions")
    assert consent(after(history, "s-if"), "roads") == "open"
    assert consent_of(after(history, "s-if"), "roads").missing == ("south",)
    assert consent(after(history, "cert"), "roads") == "agreed"


def test_05_happenings_orders_and_logic_stand_beside_each_other():
    at = situation(opened("rules/05-happenings-and-logic"))
    assert sorted(entry.words for entry in at.talks.orders.values()) == [
        "amnesty.adopted not-during vote.campaign",
        "ceasefire.begins before talks.begins",
        "parameters.settled before ceasefire.begins",
    ]
    assert at.talks.happenings["line.actual"].measure == "mill ridge"
    assert str(at.expected("vote").first_day) == "2031-09-01"
    assert at.happened("vote") is None


def test_06_clocks_run_without_any_event():
    history = opened("rules/06-time")
    owed = {one.term: one for one in obligations(situation(history, None, day("2031-03-05")))}
    assert owed["pullback"].state == "due"
    assert owed["exchange"].state == "not started"
    late = {one.term: one for one in obligations(situation(history, None, day("2031-03-12")))}
    assert late["pullback"].state == "overdue"


def test_06_what_runs_to_the_earliest_of_two_ends_lapses_by_the_date_alone():
    history = opened("rules/06-time")
    assert axes(situation(history, None, day("2031-03-20")), "truce").life.state == "in force"
    assert axes(situation(history, None, day("2031-04-20")), "truce").life.state == "lapsed"


def test_07_a_duty_of_a_non_party_is_laid_on_it_and_never_overdue():
    at = situation(opened("rules/07-duties"), None, day("2031-06-01"))
    owed = {one.term: one for one in obligations(at)}
    assert owed["restraint"].state == "laid on a non-party"
    assert owed["captives"].state == "overdue"
    assert [(one.part, one.amount, one.of) for one in owed["captives"].done] == [
        ("dead", 2, 9),
        ("living", 15, 15),
    ]
    assert owed["captives"].certainty == "certified"
    assert owed["captives"].who == ("south",)
    assert owed["captives"].toward == ("north",)


def test_08_composite_values_compare_by_category_and_part():
    at = situation(opened("rules/08-composite-values"))
    north, south = at.talks.cell("north", "prisoners"), at.talks.cell("south", "prisoners")
    pairs = {
        name: (dict(north.stance.per)[name].value, dict(south.stance.per)[name].value)
        for name in ("civilian", "soldier")
    }
    assert compatible(pairs["civilian"]) is True
    assert compatible(pairs["soldier"]) is False
    assert at.talks.cell("south", "hostages") is None
    hostages = at.talks.cell("north", "hostages").stance
    assert [name for name, _ in hostages.steps] == ["s1", "s2"]


def test_09_different_scope_neither_supersedes_nor_opposes():
    at = situation(opened("rules/09-scope"))
    north, south = at.talks.cell("north", "army.size").stance, at.talks.cell("south", "army.size").stance
    assert (north.scope, south.scope) == ("outside exercises", None)
    assert at.talks.cell("south", "valley").stance.as_at == "2030-01-01"


def test_10_statements_move_nothing():
    history = opened("rules/10-statements")
    first = history[0].after
    assert all(step.after.cells == first.cells for step in history)
    assert [one.kind for one in history.last.reactions["m-says"]] == ["deny"]
    assert history.event("blast").figures["hurt"] == "more than 20"


def test_11_answers_to_an_occurrence_follow_the_reading_in_use():
    history = opened("rules/11-accounts")
    assert status(situation(history), "south", "roads") == "rejected"
    assert str(history.last.cell("mediator", "quiet.hours").stance.value.words) == "12:30"
    other = history.under(history.rivals[0])
    assert str(other.last.cell("north", "quiet.hours").stance.value.words) == "13:00"
    assert status(situation(other), "south", "roads") == "rejected"


def test_12_readings_that_differ_make_the_meaning_disputed():
    history = opened("rules/12-meaning")
    assert axes(after(history, "n-read"), "handover").meaning.state == "one"
    assert headline(after(history, "s-read"), "handover").endswith("meaning disputed")
    assert consent(after(history, "s-read"), "border") == "agreed to differ"
    assert [one.by for one in history.last.cell("north", "guarantors").stance.brackets] == [("north",)]


def test_13_parallel_undertakings_are_never_agreed():
    at = situation(opened("rules/13-undertakings"))
    assert consent(at, "fire.north") == "not raised"
    owed = obligations(at)
    assert [(one.term, one.kind, one.who) for one in owed] == [
        ("fire.north", "undertaken", ("north",)),
        ("fire.south", "undertaken", ("south",)),
    ]


def test_14_only_those_with_standing_move_a_position():
    history = opened("rules/14-who-speaks")
    assert history.last.cell("north", "roads").stance_event == "req"
    assert history.last.hidden["req"].knowers == {"north", "south", "mediator"}


def test_14_a_leak_opens_only_its_parts():
    history = opened("rules/14-who-speaks")
    seen = history.seen_by("east")
    assert [event.id for event in seen.events] == ["aside", "talk", "req", "out"]
    assert set(seen.event("req").terms) == {"roads"}
    assert set(history.seen_by("south").event("req").terms) == {"roads", "aid"}


def test_15_an_extension_adds_to_the_length_and_observance_outlives_the_end():
    history = opened("rules/15-life")
    begun = after(history, "begun")
    first = life_of_term(begun, consent_of(begun, "truce"))
    longer = life_of_term(after(history, "more"), consent_of(after(history, "more"), "truce"))
    assert longer.until - first.until == timedelta(days=5)
    assert axes(after(history, "again"), "truce").life.reaffirmed == 1
    assert axes(situation(history), "truce").life.state == "lapsed but observed"
