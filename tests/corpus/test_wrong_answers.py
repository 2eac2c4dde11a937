"""Each of the seventeen answers that come out wrong unless a rule is kept, on one small record."""

from terms.analyses import deadlock
from terms.core.consent import consent_of
from terms.core.duties import obligations
from terms.core.lens import View
from terms.core.life import axes
from terms.core.situation import situation
from terms.records import read_record
from terms.values import compatible, gap, intersection
from tests.corpus.stage import HERE, after, consent, day, headline, opened, status


def test_01_an_alleged_breach_does_not_hide_that_it_is_in_force():
    at = situation(opened("wrong-answers/01-four-axes"))
    found = axes(at, "truce")
    assert (found.consent.state, found.life.state, found.performance) == (
        "agreed",
        "in force",
        "breach alleged",
    )
    assert found.headline == "in force, breach alleged"


def test_02_words_after_both_are_bound_change_only_what_is_said():
    at = after(opened("wrong-answers/02-bound-and-says-now"), "n-weaker")
    assert consent(at, "roads") == "agreed"
    assert consent_of(at, "roads").reopened == ("north",)


def test_02_an_unmatched_acceptance_is_overtaken_by_a_later_statement():
    at = situation(opened("wrong-answers/02-bound-and-says-now"))
    assert consent(at, "aid") == "open"
    assert consent_of(at, "aid").missing == ("north",)


def test_03_a_countered_offer_can_still_be_accepted_and_a_float_cannot():
    history = opened("wrong-answers/03-tabling-is-acceptance")
    at = situation(history)
    assert consent_of(at, "roads").version == "v1"
    assert consent(at, "roads") == "agreed"
    assert history.last.versions["v1"].countered_by == ("v2",)
    assert consent(at, "aid") != "agreed"
    assert status(after(history, "balloon"), "north", "aid") == "silent"


def test_04_one_item_of_a_package_is_agreed_only_inside_it():
    at = situation(opened("wrong-answers/04-package"))
    assert consent(at, "roads") == "agreed inside an unagreed package"


def test_05_agreed_between_two_is_not_agreed_by_three():
    at = situation(opened("wrong-answers/05-consent"))
    found = consent_of(at, "roads")
    assert (found.state, found.between, found.missing) == ("open", ("north", "south"), ("league",))
    assert consent_of(at, "roads", parties=("north", "south")).state == "agreed"


def test_06_hearsay_counts_only_under_a_lens_that_admits_its_author():
    history = opened("wrong-answers/06-hearsay")
    assert consent(situation(history), "roads") == "one-sided"
    assert consent(situation(history.seen(admits=("mediator",))), "roads") == "agreed"
    assert history.view == View()


def test_07_no_account_wins_by_being_first():
    history = opened("wrong-answers/07-no-first-account")
    answers = {consent(situation(one), "roads") for one in (history, *map(history.under, history.rivals))}
    assert answers == {"agreed", "open"}


def test_08_the_first_day_is_day_one_and_hours_are_hours():
    history = opened("wrong-answers/08-days")
    owed = {one.term: one for one in obligations(situation(history, None, day("2031-03-04T12:00:00")))}
    assert owed["silence"].state == "due"
    assert owed["handover"].state == "due"
    later = {one.term: one for one in obligations(situation(history, None, day("2031-03-04T12:00:01")))}
    assert later["silence"].state == "overdue"
    assert {one.term: one.state for one in obligations(situation(history, None, day("2031-03-10")))}[
        "handover"
    ] == "due"
    assert {one.term: one.state for one in obligations(situation(history, None, day("2031-03-11")))}[
        "handover"
    ] == "overdue"


def test_09_deadlines_with_holes():
    states = {
        one.term: one.state for one in obligations(situation(opened("wrong-answers/09-deadlines-with-holes")))
    }
    assert states == {"a": "not started", "b": "void", "c": "not started", "d": "overdue"}


def test_10_an_option_leaves_the_earlier_stance_until_it_is_picked():
    history = opened("wrong-answers/10-options")
    before = after(history, "memo").talks.cell("north", "aid")
    assert before.stance_event == "n-old"
    at = situation(history)
    assert consent_of(at, "roads").version == "memo/option-2"
    assert at.talks.cell("north", "aid").stance_event == "n-old"


def test_11_the_addressee_knows_at_once_and_others_from_publication():
    history = opened("wrong-answers/11-knowledge")
    at_noon = history.at(day("2031-03-01T12:00:00"))
    assert "paper" in at_noon.seen_by("south")
    assert "paper" not in at_noon.seen_by("east")
    assert "told" in at_noon.seen_by("east")
    assert "paper" in history.seen_by("east")


def test_12_the_cycle_closes_through_the_sourced_rule():
    found = deadlock.find(situation(opened("wrong-answers/12-cycles")))
    assert len(found.findings) == 1
    cycle = found.findings[0]
    assert {link.statement.name for link in cycle.links} == {"a-first/o1", "b-first/o1", "h1"}
    assert (cycle.kind, cycle.parties, cycle.mutual) == ("contradiction", ("north", "south"), True)


def test_13_a_denied_performance_is_disputed_and_a_non_party_is_never_overdue():
    owed = {one.term: one for one in obligations(situation(opened("wrong-answers/13-claims-are-symmetric")))}
    assert (owed["roads"].state, owed["roads"].certainty) == ("overdue", "disputed")
    assert owed["ban"].state == "laid on a non-party"


def test_14_a_second_agree_keeps_the_first_and_its_order_replaces_the_older():
    at = situation(opened("wrong-answers/14-second-agree"))
    assert consent_of(at, "roads").version == "first"
    assert axes(at, "roads").life.reaffirmed == 1
    assert [entry.words for entry in at.talks.orders.values()] == ["census before vote"]


def test_15_the_remaining_types_compare_as_the_rules_say():
    at = situation(opened("wrong-answers/15-remaining-types"))

    def pair(term):
        return tuple(at.talks.cell(party, term).stance.value for party in ("north", "south"))

    assert compatible(pair("prisoners")) is True
    assert compatible(pair("guns")) is False
    assert compatible(pair("hours")) is False
    assert gap(pair("hours")).names == ("08:00-10:00", "12:00-14:00")
    assert intersection(*pair("valley")).words == "ridge"
    assert compatible(pair("preamble")) is None
    assert gap(pair("preamble")) is None


def test_16_both_spellings_read_alike():
    at = situation(opened("wrong-answers/16-syntax-traps"))
    stances = [at.talks.cell(party, "roads").stance.value for party in ("north", "south")]
    assert stances[0] == stances[1]
    bad = read_record(str(HERE / "wrong-answers" / "16-syntax-traps.record.yaml"))
    assert len(bad.events) == 2


def test_17_there_is_a_place_for_everything():
    history = opened("wrong-answers/17-places-for")
    at = situation(history)
    assert consent(at, "roads") == "agreed"
    assert consent_of(at, "aid").stage == "settlement"
    assert headline(at, "aid") == "agreed"
    assert history.header.text["accord"].names["league"] == '"the body calling itself the League"'
