"""What a scenario expects is looked for in its branch, and what is not so is told with the events behind it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.records import read_record
from terms.scenarios import try_opened, try_scenario
from terms.scenarios.grounds import Library
from terms.scenarios.opening import opened
from terms.scenarios.reading import read_scenario_text
from terms.views.answers.agreement import standing

RECORD = read_record(str(Path(__file__).parent / "base.record.yaml"))


def tried(text: str):
    """A scenario on the invented talks, tried at every point of its sweep."""
    library = Library(lambda path: RECORD, lambda path: read_scenario_text("", path))
    return list(
        try_opened(
            opened(read_scenario_text(f"format: terms-scenario/1\n{text}", "x.scenario.yaml"), library)
        )
    )


ENDED = """base: {record: r}
suppose:
  - {id: s-yes, date: +1d, kind: accept, by: south, of: med-25}
  - {id: n-wait, date: +1d, kind: defer, by: north, of: n-open/roads, until: monitors.begins}
  - {id: s-back, date: +1d, kind: return, by: south}
expect:
  - """


HOLDS = [
    "{term: distance, status: agreed}",
    "{term: distance, status: agreed, between: [north, south]}",
    "{term: distance, value: 25 km}",
    "{term: distance, not: 30 km}",
    "{term: distance, not: {status: open}}",
    "{term: distance, at-most: 25 km, at-least: 25 km}",
    "{term: distance, at: n-yes, status: open}",
    "{term: distance, at: 2031-03-01, party: north, value: 30 km}",
    "{term: distance, party: south, status: accepted}",
    "{term: monitors, status: not-raised}",
    "{term: monitors, not: 20 persons}",
    "{term: roads, party: south, status: rejected}",
    "{term: monitors, party: north, status: silent}",
    "{agreed: [distance], open: [roads], deferred: [roads], talks: adjourned}",
    "{deadlock: no}",
    "{zone: exists}",
    "{unlock: 0}",
    "{unlock: north}",
    "{never: {talks: ended}}",
    "{not: {talks: ended}}",
    "{not: {talks: ended, deadlock: yes}, open: [roads]}",
    "{always: {not: {talks: unopened}}}",
    "{term: distance, never: {value: 30 km}}",
    "{always: {term: roads, party: south, status: rejected}}",
    "{term: distance, status: open, xfail: it was agreed}",
    "{note: the party that waits keeps its offer, term: roads, party: north, value: open}",
]


@pytest.mark.parametrize("text", HOLDS)
def test_what_is_so_is_not_spoken_of(text):
    [found] = tried(ENDED + text)
    assert found.passed, found.report()
    assert found.report() == ""


NOT_SO = [
    ("{term: distance, status: open}", "F502", "distance is agreed, expected open"),
    ("{term: distance, value: 24 km}", "F501", "distance = 25 km, expected 24 km"),
    ("{term: distance, value: {is: 25 km, due: 2031-05-01}}", "F501", "distance = 25 km, expected 25 km; due: 2031-05-01"),
    ("{term: distance, not: 25 km}", "F501", "distance = 25 km, expected other than 25 km"),
    ("{term: distance, not: {status: agreed}}", "F502", "distance is agreed, expected not agreed"),
    ("{term: distance, at-least: 26 km}", "F501", "distance = 25 km, expected at least 26 km"),
    ("{term: distance, at: n-yes, value: 25 km}", "F501", "distance has no value after n-yes, expected 25 km"),
    ("{term: monitors, party: north, value: 3 persons}", "F501", "monitors of north has no value, expected 3 persons"),
    ("{term: distance, party: south, status: silent}", "F502", "south on distance: accepted, expected silent"),
    ("{term: roads, due: 2031-05-01}", "F501", "roads is open, and no deadline binds anybody, expected 2031-05-01"),
    ("{agreed: nothing}", "F502", "distance is agreed, expected nothing agreed"),
    ("{deferred: nothing}", "F502", "roads is deferred, expected nothing deferred"),
    ("{deferred: [distance]}", "F502", "distance is agreed, and nobody defers it, expected deferred"),
    ("{talks: ended}", "F502", "the talks are adjourned, expected ended"),
    ("{deadlock: yes}", "F503", "no statements contradict each other, expected deadlock: yes"),
    ("{deadlock: [north]}", "F503", "no deadlock runs through north, expected a deadlock through north"),
    ("{not: {talks: adjourned}}", "F502", "the talks are adjourned, expected not adjourned"),
    ("{always: {not: {talks: broken-off}}}", "F504", "the talks are broken off after s-yes, expected always not broken off"),
    ("{zone: empty}", "F503", "there is a deal that everybody would accept, expected zone: empty"),
    ("{unlock: 2}", "F503", "the fewest changes that let a deal exist are 0, expected unlock: 2"),
    ("{unlock: impossible}", "F503", "the fewest changes that let a deal exist are 0, expected unlock: impossible"),
    ("{never: {term: distance, status: agreed}}", "F504", "distance is agreed after s-yes, expected never"),
    ("{always: {talks: in session}}", "F504", "the talks are broken off after s-yes, expected always in session"),
    ("{fails: N602}", "F505", "nothing is objected, expected N602"),
    ("{agreed: [distance], xfail: nobody knows}", "F506", "this is said to be known not to hold, and it holds"),
]  # fmt: skip


def test_whose_word_is_missing_is_told_as_show_tells_it():
    """Of two versions on the table neither is the measure: each side lacks the other's word."""
    [found] = tried("""base: {record: r, after: s-no}
suppose: [{id: s-1, date: +1d, kind: propose, by: south, terms: {roads: closed}}]
expect: [{term: roads, status: agreed}]""")
    at = found.branch.end
    assert standing(at, "roads").missing == ("north", "south")
    assert found.failures[0].because[-1] == "the word of north and south is missing"


@pytest.mark.parametrize(("text", "code", "message"), NOT_SO)
def test_what_is_not_so_is_told_with_what_is(text, code, message):
    [found] = tried(ENDED + text)
    assert [(one.code, one.message) for one in found.failures] == [(code, message)]
    assert not found.passed


BAD = [
    ("{term: distnace, status: agreed}", "E204"),
    ("{term: distance, party: norht, status: accepted}", "E205"),
    ("{term: distance, between: [north, suoth], status: agreed}", "E205"),
    ("{term: distance, stage: later, status: agreed}", "E209"),
    ("{term: distance, status: agred}", "E107"),
    ("{term: distance, party: north, status: agreed}", "E107"),
    ("{term: distance, value: 25 persons}", "E302"),
    ("{term: distance, at-most: many}", "E302"),
    ("{term: distance, value: []}", "E106"),
    ("{term: distance, due: soon}", "E301"),
    ("{term: distance, due: 2031-01-01/..}", "E301"),
    ("{term: distance, status: [agreed, open]}", "E105"),
    ("{term: distance, sttaus: agreed}", "E102"),
    ("{term: distance}", "E103"),
    ("{status: agreed}", "E103"),
    ("{open: [distnace]}", "E204"),
    ("{talks: over}", "E107"),
    ("{zone: maybe}", "E107"),
    ("{unlock: norht}", "E205"),
    ("{deadlock: [nowhere]}", "E208"),
    ("{at: n-yse, agreed: nothing}", "E501"),
    ("{at: 2031-3-1, agreed: nothing}", "E301"),
    ("{never: broken-off}", "E105"),
    ("{never: {talk: broken-off}}", "E102"),
    ("{never: {term: distance}}", "E103"),
    ("{unless: nothing, agreed: nothing}", "E105"),
    ("{unless: {distance: 25 km}, agreed: nothing}", "E511"),
]


@pytest.mark.parametrize(("text", "code"), BAD)
def test_a_claim_on_what_the_record_does_not_have_is_an_error_at_its_place(text, code):
    [found] = tried(ENDED + text)
    assert [one.code for one in found.failures] == [code]
    assert found.is_broken
    assert found.failures[0].place.line == 8


@pytest.mark.parametrize(
    ("asked", "help_line"),
    [
        ("roads.opne", "did you mean 'roads.open'?"),
        ("nort", "did you mean 'north'?"),
        ("med25", "did you mean 'med-25'?"),
        ("roads", "a term alone does not happen: write roads.begins, roads.done, roads.open or roads.closed"),
    ],
)
def test_a_happening_that_nobody_declared_is_offered_the_nearest(asked, help_line):
    [found] = tried(f"{ENDED}{{deadlock: [{asked}]}}")
    assert found.failures[0].help == (help_line, "write yes, no or names")


def test_a_supposed_order_is_offered_the_nearest_happening():
    [found] = tried(
        """base: {record: r}
suppose: [{id: w, date: +1d, kind: state, by: north, order: [s-walkot before roads.done]}]"""
    )
    assert [(one.code, one.help) for one in found.failures] == [("E208", ("did you mean 's-walkout'?",))]


def test_where_nothing_made_it_so_no_event_is_blamed_for_it():
    """Nobody met, so the talks are unopened: the event after which that is seen has not made it so."""
    [found] = tried("""base: {record: r, after: n-open}
suppose: [{id: s-yes, date: +1d, kind: accept, by: south, of: n-open}]
expect: [{always: {talks: in-session}}]""")
    [fault] = found.failures
    assert fault.message == "the talks are unopened after s-yes, expected always in session"
    assert fault.because == ()


def test_a_cause_is_told_in_good_words_whatever_its_kind():
    [found] = tried("""base: {record: r, after: n-yes}
suppose: [{id: s-look, date: +1d, kind: study, by: south, of: med-25}]
expect: [{term: distance, party: south, status: silent}]""")
    assert found.failures[0].because == ("south studies med-25 in s-look (x.scenario.yaml:3)",)


def test_what_was_withdrawn_is_told_so_and_may_be_expected():
    withdrawn = """base: {record: r, after: n-open}
suppose: [{id: n-back, date: +1d, kind: withdraw, by: north, of: n-open}]
expect: [{term: roads, status: %s}]"""
    assert tried(withdrawn % "withdrawn")[0].passed
    assert tried(withdrawn % "not-raised")[0].passed
    [fault] = tried(withdrawn % "agreed")[0].failures
    assert fault.message == "roads is withdrawn, expected agreed"
    assert fault.because == (
        "north withdraws n-open in n-back (x.scenario.yaml:3)",
        "what was raised was withdrawn",
    )


SWEPT = """base: {record: r}
suppose:
  - {id: s-new, date: +1d, kind: propose, by: south, terms: {distance: $distance}}
  - {id: n-new, date: +1d, kind: accept, by: north, of: s-new}
sweep: {distance: [22 km, 28 km]}
expect:
  - {term: distance, value: $distance}
  - {term: distance, at-most: 25 km, unless: {distance: 28 km}}
"""


def test_a_claim_takes_its_values_from_the_sweep_and_may_be_left_out_at_a_point():
    found = tried(SWEPT)
    assert [(one.name, one.passed) for one in found] == [("distance=22km", True), ("distance=28km", True)]


def test_at_a_point_that_is_not_excepted_the_claim_stands():
    found = tried(SWEPT.replace(", unless: {distance: 28 km}", ""))
    assert [one.passed for one in found] == [True, False]
    assert found[1].failures[0].because[-1] == "north accepts s-new in n-new (x.scenario.yaml:5)"


def test_a_scenario_that_is_to_be_refused_passes_when_it_is():
    dropped = "base: {record: r}\nedit: [{drop: n-open, why: so}]\nexpect: [{fails: %s}]"
    assert tried(dropped % "E504")[0].passed
    assert {one.code for one in tried(dropped % "E501")[0].failures} == {"E504"}


def test_an_objection_may_be_expected_too():
    text = "base: {record: r, after: med-25}\nreplay: continue\nedit: [{drop: med-25, why: so}]\nexpect: [{fails: N601}]"
    assert tried(text)[0].passed


def test_a_scenario_known_to_fail_passes_as_long_as_it_does():
    text = "base: {record: r}\nxfail: they have not answered\nexpect: [{%s: [distance]}]"
    assert tried(text % "agreed")[0].passed
    [found] = tried(text % "open")
    assert not found.passed
    assert "they have not answered" in found.report()


def test_dropping_an_assumption_may_turn_what_is_expected():
    text = (
        "base: {record: r}\nassume: [{id: mood}]\n"
        "suppose: [{id: s-yes, date: +1d, kind: accept, by: south, of: med-25, needs: [mood]}]\n"
        "expect: [{agreed: [distance]}]"
    )
    library = Library(lambda path: RECORD, lambda path: read_scenario_text("", path))
    found = opened(read_scenario_text(f"format: terms-scenario/1\n{text}", "x.scenario.yaml"), library)
    assert next(try_opened(found)).passed
    assert not next(try_opened(found.but(without=frozenset({"mood"})))).passed


@given(text=st.text(max_size=80), at=st.integers(0, 400))
def test_no_text_under_expect_makes_trying_a_scenario_crash(text, at):
    whole = ENDED + "\n  - ".join(HOLDS)
    for found in tried(whole[: len(ENDED) + at] + text + whole[len(ENDED) + at :]):
        found.report()


@given(key=st.sampled_from(["status", "value", "not", "at-most", "due", "at", "deadlock", "zone", "talks", "fails"]),
       text=st.text(alphabet="abcdehlmnoprstuvy0123456789 -[]{}:,$", max_size=30))  # fmt: skip
def test_no_words_behind_a_matcher_make_it_crash(key, text):
    for found in tried(f"{ENDED}term: distance\n    {key}: {text}"):
        found.report()


@pytest.mark.parametrize(("code", "near"), [("E999", "E"), ("E2O3", "did you mean 'E203'?"), ("N60", "N60")])
def test_a_code_that_does_not_exist_is_told_at_its_place(code, near, tmp_path):
    text = f"expect:\n  - fails: {code}\n"
    for supposed in ("", "suppose: [{id: w, date: +1d, kind: accept, by: south, of: nothing}]\n"):
        made = tmp_path / "x.scenario.yaml"
        made.write_text(
            f"format: terms-scenario/1\nbase: {{record: {Path(__file__).parent / 'base.record.yaml'}}}\n{supposed}{text}"
        )
        [found] = try_scenario(str(made))
        told = [one for one in found.failures if one.code == "E107"]
        assert [one.message for one in told] == [f"'{code}' is not a code of this program"]
        assert near in found.report()
        assert not [one for one in found.failures if one.code == "F505"]
