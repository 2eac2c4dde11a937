"""What is owed, by whom, by when, and how it stands on a day."""

from fractions import Fraction

from terms.core.consent import consent_of
from terms.core.duties import obligations_on
from terms.core.header import Text
from tests.core.talk import after, found, owed, talk


def test_who_owes_is_the_value_s_debtor_else_all_who_consented():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: open, aid: {is: 3 trucks/day, who: north, toward: [south], strength: intends}}}
    """)
    assert owed(history)["roads"].who == ("north", "south")
    one = owed(history)["aid"]
    assert (one.who, one.toward, one.strength, one.state) == (("north",), ("south",), "intends", "not due")


def test_only_what_shall_or_will_be_done_can_be_missed():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: {is: open, due: 2031-03-05}, aid: {is: 3 trucks/day, due: 2031-03-05, strength: urges}}}
    """)
    late = owed(history, "2031-03-08")
    assert (late["roads"].state, late["aid"].state) == ("overdue", "due")


def test_what_is_laid_on_somebody_who_accepted_nothing_is_never_overdue():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: {is: open, who: league, due: 2031-03-05}}}
    """)
    assert owed(history, "2032-01-01")["roads"].state == "laid on a non-party"


def test_what_was_done_in_time_is_met_and_afterwards_met_late():
    story = """
    - {id: deal, kind: agree, by: [north, south], terms: {roads: {is: open, due: 2031-03-05}}}
    - {id: part, kind: implement, by: south, of: deal/roads, done: partial}
    """
    early = talk(story + "    - {id: done, kind: implement, by: south, of: deal/roads}\n")
    late = talk(story + "    - {id: done, kind: implement, by: south, of: deal/roads, date: 2031-03-09}\n")
    assert [owed(history, "2031-03-10")["roads"].state for history in (early, late)] == ["met", "met late"]
    assert found(early, "roads", "2031-03-10").performance == "met"


def test_a_claim_counts_from_its_very_moment_on():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: open}}
    - {id: done, kind: implement, by: south, of: deal/roads, date: 2031-03-04T10:00Z}
    """)
    assert [owed(history, f"2031-03-04T{hour}")["roads"].state == "met" for hour in ("09:59", "10:00")] == [
        False, True,
    ]  # fmt: skip


def test_it_is_done_by_the_claim_that_completes_the_amount():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {captives: {is: 24 persons, who: south, due: 2031-03-05}}}
    - {id: some, kind: implement, by: south, of: deal/captives, done: 10 persons}
    - {id: rest, kind: implement, by: south, of: deal/captives, done: "14"}
    - {id: more, kind: implement, by: south, of: deal/captives, done: 2 trucks, date: 2031-03-09}
    """)
    one = owed(history)["captives"]
    assert one.state == "met"
    assert [(done.amount, done.unit, done.of) for done in one.done] == [
        (24, "persons", 24),
        (2, "trucks", None),
    ]
    assert owed(history, "2031-03-02T12:00:00")["captives"].done[0].amount == Fraction(10)


def test_what_is_denied_does_not_count_until_it_is_certified():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: {is: open, due: 2031-03-05}}}
    - {id: done, kind: implement, by: south, of: roads}
    - {id: no, kind: deny, by: north, of: done}
    - {id: seen, kind: certify, by: monitors, of: done, date: 2031-03-08}
    """)
    before = found(history, "roads", "2031-03-07", "no")
    assert (before.performance, owed(history)["roads"].state) == ("overdue", "met")
    assert found(history, "roads").headline == "agreed, met"


def test_parts_are_all_wanted_in_words_or_in_amounts():
    story = """
    - {id: deal, kind: agree, by: [north, south], terms: {captives: {is: 24 persons, of-which: {living: 15 persons, dead: at least 5 persons}}}}
    - {id: some, kind: implement, by: south, of: deal/captives, done: {living: "15", note: {by: train}}}
    """
    rest = "    - {id: rest, kind: implement, by: south, of: deal/captives, done: {dead: yes, lost: 2 persons}}\n"
    assert (owed(talk(story))["captives"].state, owed(talk(story + rest))["captives"].state) == ("due", "met")


def test_each_step_is_a_duty_with_its_own_date():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {captives: {is: 24 persons, who: south, strength: will, toward: north, steps: {s1: {is: 10 persons, at: 2031-03-05}, s2: {is: rest, at: 2031-03-20}, s3: {is: rest}}}}}
    - {id: first, kind: implement, by: south, of: deal/captives.s1, done: yes}
    """)
    steps = owed(history, "2031-03-10")
    assert [(steps[f"captives.{name}"].state) for name in ("s1", "s2", "s3")] == ["met", "due", "not due"]
    assert (steps["captives.s2"].strength, steps["captives.s2"].toward) == ("will", ("north",))


def test_a_term_of_steps_alone_is_no_duty_of_its_own():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {captives: {steps: {s1: {is: 10 persons, at: 2031-03-05}}}}}
    """)
    assert set(owed(history)) == {"captives.s1"}


def test_a_part_with_its_own_debtor_or_deadline_is_a_duty_of_its_own():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {captives: {per: {women: {is: 2 persons, who: north, strength: will}, men: {is: 5 persons, due: 2031-03-03}, others: 1 persons}}}}
    """)
    parts = owed(history, "2031-03-10")
    assert set(parts) == {"captives", "captives.women", "captives.men"}
    assert (parts["captives.women"].who, parts["captives.men"].state) == (("north",), "overdue")


def test_what_is_refused_or_put_off_is_no_duty():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: {as: refuse}}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert owed(history) == {}


def test_one_clock_for_each_meaning_until_both_read_the_same():
    story = """
    - {id: deal, kind: agree, by: [north, south], terms: {handover: {meanings: {m1: 1 day after vote, m2: 9 days after vote, m3: {any-of: [1 day after vote, 3 days after vote]}}}}}
    - {id: voted, kind: occur, of: vote}
    - {id: n-reads, kind: interpret, by: north, of: deal/handover, reads: m1}
    """
    history = talk(story + "    - {id: s-reads, kind: interpret, by: south, of: handover, reads: m2}\n")
    settled = talk(story + "    - {id: s-reads, kind: interpret, by: south, of: deal, reads: m1}\n")
    one = owed(history, "2031-03-06")["handover"]
    assert (one.state, [name for name, _ in one.clock.readings]) == ("contested", ["m1", "m2"])
    assert owed(settled, "2031-03-06")["handover"].state == "overdue"


def test_the_latest_reading_of_a_party_is_its_reading():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {handover: {meanings: {m1: 1 day after vote, m2: 9 days after vote}}}}
    - {id: n-1, kind: interpret, by: north, of: deal/handover, reads: m2}
    - {id: s-1, kind: interpret, by: south, of: handover, is: soon after the vote}
    - {id: n-2, kind: interpret, by: north, of: handover, reads: m1}
    """)
    assert found(history, "handover").meaning.readings == (
        ("north", "m1", "n-2"), ("south", "soon after the vote", "s-1"),
    )  # fmt: skip
    assert found(history, "handover").meaning.state == "disputed"


def test_a_relative_time_is_its_own_deadline_and_a_date_is_not():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {handover: 1 day after vote, vote.day: 2031-03-05}}
    - {id: voted, kind: occur, of: vote}
    """)
    late = owed(history, "2031-03-09")
    assert (late["handover"].state, late["vote.day"].state) == ("overdue", "not due")


def test_a_relative_time_that_is_no_single_moment_has_no_clock():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {handover: {is: {any-of: [1 day after vote, 3 days after vote]}}}}
    """)
    assert owed(history)["handover"].clock is None


def test_a_deadline_whose_trigger_was_called_off_is_void():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: {is: open, due: 5 days after vote}}}
    - {id: off, kind: call-off, of: vote}
    """)
    assert (owed(history)["roads"].state, found(history, "roads").performance) == ("void", "void")


def test_a_duty_under_a_proviso_waits_for_it_and_falls_with_it():
    story = "- {id: deal, kind: agree, by: [north, south], terms: {roads: {is: open, only-if: vote, due: 2031-03-02}, aid: {is: 3 trucks/day, only-if: vote}}}\n"
    waiting, failed = talk(story), talk(story + "- {id: off, kind: call-off, of: vote}\n")
    denied = talk(
        story + "- {id: voted, kind: occur, of: vote}\n- {id: no, kind: deny, by: south, of: voted}\n"
    )
    states = [
        (owed(one, "2031-03-09")["roads"].state, owed(one)["aid"].state) for one in (waiting, failed, denied)
    ]
    assert states == [("not started", "not started"), ("void", "void"), ("contested", "contested")]


def test_an_undertaking_hangs_on_its_own_condition():
    history = talk("""
    - {id: stop, kind: undertake, by: north, only-if: vote, terms: {truce: {is: in force, due: 2031-03-02}}}
    """)
    assert owed(history, "2031-03-09")["truce"].state == "not started"


def test_an_undertaking_is_over_when_its_time_has_passed():
    history = talk("""
    - {id: u1, kind: undertake, by: north, lasts: 5 days, terms: {truce: in force}}
    - {id: u2, kind: undertake, by: north, until: 2031-03-06, terms: {roads: open, aid: {is: 3 trucks/day, until: vote}}}
    - {id: u3, kind: undertake, by: south, terms: {border: {is: quiet, from: vote, lasts: 2 days}, captives: {is: 3 persons, from: 2031-03-01, lasts: 2 days, due: 2031-04-01}}}
    """)
    states = {term: one.state for term, one in owed(history, "2031-03-09").items()}
    assert states == {
        "truce": "lapsed", "roads": "lapsed", "aid": "not due", "border": "not due", "captives": "lapsed",
    }  # fmt: skip


def test_an_undertaking_taken_back_is_no_duty():
    story = "- {id: u1, kind: undertake, by: north, terms: {truce: in force, roads: open}}\n"
    recanted = talk(story + "- {id: back, kind: recant, by: north, of: u1}\n")
    withdrawn = talk(story + "- {id: back, kind: withdraw, by: north, of: u1/roads}\n")
    foreign = talk(story + "- {id: back, kind: recant, by: south, of: u1}\n")
    assert [set(owed(history)) for history in (recanted, withdrawn, foreign)] == [
        set(),
        {"truce"},
        {"truce", "roads"},
    ]


def test_two_undertakings_alike_are_parallel_and_never_agreed():
    history = talk("""
    - {id: u1, kind: undertake, by: north, terms: {truce: in force}}
    - {id: u2, kind: undertake, by: south, terms: {truce: in force}}
    """)
    assert found(history, "truce").consent.state == "not raised"
    assert [one.who for one in found(history, "truce").obligations] == [("north",), ("south",)]


def test_what_lapsed_with_its_agreement_is_no_longer_due_but_what_was_missed_stays_missed():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], text: accord, terms: {roads: open, aid: {is: 3 trucks/day, due: 2031-03-05}}}
    - {id: begun, kind: enter-into-force, of: accord}
    """, texts=(Text("accord", parties=("north", "south"), lasts="10 days"),))  # fmt: skip
    late = owed(history, "2031-04-01")
    assert (late["roads"].state, late["aid"].state) == ("lapsed", "overdue")


def test_a_package_that_is_not_agreed_binds_nobody_to_do_anything():
    history = talk("""
    - {id: v1, kind: propose, by: north, all-of: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [roads]}
    """)
    assert owed(history) == {}


def test_a_claim_names_the_text_the_agreement_or_the_term():
    for target in ("accord", "accord/roads", "deal", "deal/roads", "roads"):
        history = talk(f"""
        - {{id: deal, kind: agree, by: [north, south], text: accord, terms: {{roads: open}}}}
        - {{id: done, kind: implement, by: south, of: {target}}}
        """, texts=(Text("accord", parties=("north", "south")),))  # fmt: skip
        assert owed(history)["roads"].state == "met"


def test_an_amount_that_cannot_be_read_adds_nothing():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {captives: 24 persons}}
    - {id: done, kind: implement, by: south, of: captives, done: "1,23 persons"}
    """)
    assert (owed(history)["captives"].done, owed(history)["captives"].state) == ((), "due")


def test_what_its_author_took_off_the_table_binds_the_rest_to_nothing():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {valley: shared}}
    - {id: yes-1, kind: accept, by: league, of: v1}
    - {id: back, kind: withdraw, by: north, of: v1, only: [valley]}
    """)
    at = after(history)
    agreed = consent_of(at, "valley", parties=("league",))
    assert (agreed.state, obligations_on(at, "valley", agreed)) == ("agreed", ())


def test_what_was_undertaken_for_a_time_is_owed_until_then():
    history = talk("""
    - {id: hold, kind: undertake, by: north, terms: {truce: {is: in force, until: 2031-03-10}, roads: {is: open, lasts: 5 days}}}
    """)
    held = [
        (owed(history, day)["truce"].state, owed(history, day)["roads"].state)
        for day in ("2031-03-03", "2031-03-08", "2031-03-12")
    ]
    assert held == [("not due", "not due"), ("not due", "lapsed"), ("lapsed", "lapsed")]


def test_what_one_does_of_a_duty_that_each_took_on_for_itself_is_not_done_of_the_other_s():
    history = talk("""
    - {id: u1, kind: undertake, by: north, terms: {truce: in force}}
    - {id: u2, kind: undertake, by: south, terms: {truce: in force}}
    - {id: kept, kind: implement, by: north, of: truce, done: yes}
    - {id: seen, kind: implement, by: league, of: u2/truce, done: partial}
    """)
    north, south = obligations_on(after(history), "truce", consent_of(after(history), "truce"))
    assert (north.born, north.claims, north.state) == ("u1", ("kept",), "met")
    assert (south.born, south.claims, south.state) == ("u2", ("seen",), "due")


def test_what_was_undertaken_on_an_unknown_day_is_owed_until_its_time_has_certainly_passed():
    history = talk("""
    - {id: hold, kind: undertake, by: north, date: 2031-03, terms: {truce: {is: in force, lasts: 5 days}, roads: {is: open, lasts: 2-9 days}}}
    """)
    days = ("2031-03-20", "2031-04-04", "2031-04-06", "2031-04-10")
    assert [owed(history, day)["truce"].state for day in days] == ["not due", "not due", "lapsed", "lapsed"]
    assert [owed(history, day)["roads"].state for day in days] == ["not due", "not due", "not due", "lapsed"]


def test_a_deed_of_nobody_in_particular_or_of_both_is_done_of_either_s_own_duty():
    """Only what the other alone did, of a duty of its own, is left out."""
    history = talk("""
    - {id: u1, kind: undertake, by: north, terms: {truce: in force}}
    - {id: u2, kind: undertake, by: south, terms: {truce: in force}}
    - {id: seen, kind: implement, of: truce, done: partial}
    - {id: both, kind: implement, by: [north, south], of: truce, done: partial}
    """)
    claims = [
        one.claims for one in obligations_on(after(history), "truce", consent_of(after(history), "truce"))
    ]
    assert claims == [("seen", "both"), ("seen", "both")]


def test_what_one_undertakes_twice_is_done_by_one_deed():
    history = talk("""
    - {id: u1, kind: undertake, by: north, terms: {truce: in force}}
    - {id: u2, kind: undertake, by: north, terms: {truce: in force}}
    - {id: kept, kind: implement, by: north, of: truce}
    """)
    found_ones = obligations_on(after(history), "truce", consent_of(after(history), "truce"))
    assert [(one.born, one.state) for one in found_ones] == [("u1", "met"), ("u2", "met")]


def test_what_is_owed_lapses_with_its_agreement_whichever_way_that_ends_and_whether_its_clock_runs_or_not():
    story = """
    - {id: deal, kind: agree, by: [north, south], text: accord, terms: {roads: {is: open, due: 2031-12-01}, aid: {is: 3 trucks/day, due: 5 days after vote}}}
    - {id: begun, kind: enter-into-force, of: accord}
    """
    observed = "    - {id: still, kind: observe, by: monitors, of: accord, date: 2031-03-20}\n"
    noticed = "    - {id: out, kind: notify-termination, by: north, of: accord, effective: 2031-03-10}\n"
    ends = (
        ("", "10 days", "lapsed"),
        (observed, "10 days", "lapsed but observed"),
        (noticed, "", "terminated"),
    )
    for more, lasts, life in ends:
        history = talk(story + more, texts=(Text("accord", parties=("north", "south"), lasts=lasts),))
        late = owed(history, "2031-04-01")
        assert found(history, "roads", "2031-04-01").life.state == life
        assert (late["roads"].state, late["aid"].state) == ("lapsed", "lapsed")


def test_what_somebody_only_intends_is_met_all_the_same():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: {is: open, strength: intends, due: 2031-03-09}}}
    - {id: done, kind: implement, by: north, of: deal/roads}
    """)
    assert owed(history, "2031-03-20")["roads"].state == "met"


def test_a_duty_is_born_with_the_acceptance_that_completed_the_agreement():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert owed(history)["roads"].born == "yes-1"
