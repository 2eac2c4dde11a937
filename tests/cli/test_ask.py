"""`terms ask`: every question by its name, as prose that fits a screen, as JSON, and as drawings."""

import json
from xml.etree import ElementTree

import pytest

from terms.cli.main import main
from terms.cli.verbs.ask import QUESTIONS, SCREEN
from tests.corpus.stage import HERE
from tests.golden import told

EXAMPLE = str(HERE / "analyses" / "worked-example.record.yaml")
AT = ["--at", "e19"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_from_the_same_count_of_positions(question):
    said = " ".join(told(["ask", question, EXAMPLE, *AT]).split())
    assert (
        "Positions: auria 8 and borva 7; no text left out; 3 silent cells, silence open; 1 reading." in said
    )
    assert "[exit" not in said


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name != "all"])
def test_every_question_is_answered_in_json_with_its_heading_and_the_point(question):
    said = json.loads(told(["ask", question, EXAMPLE, *AT, "--json"]))
    assert said["schema"] == "terms/ask/1"
    assert said["heading"]["positions"] == [["auria", 8], ["borva", 7]]
    assert said["at"]["event"] == "e19"
    assert question.replace("-", "_") in said


@pytest.mark.parametrize("question", ["unlock", "why-not", "deadlines"])
def test_prose_fits_a_screen_and_details_give_the_rest(question):
    short, whole = (told(["ask", question, EXAMPLE, *AT, *more]) for more in ([], ["--details"]))
    assert len(short.splitlines()) <= SCREEN + 5
    if short != whole:
        assert "more; --details shows all of it" in short
        assert whole.startswith(short.rpartition("  ... and ")[0])


def test_the_answers_to_all_questions_stand_under_their_names():
    said = told(["ask", "all", EXAMPLE, *AT])
    assert [line for line in said.splitlines() if line.isupper()] == [one.upper() for one in QUESTIONS[:-1]]


def test_silence_that_blocks_names_whom_to_ask():
    said = told(["ask", "why-not", EXAMPLE, *AT, "--silence", "blocks", "--details"])
    assert "silence/auria/reparations (auria): reparations: nothing said" in said


def test_an_offer_is_held_against_what_the_others_say():
    said = told(["ask", "compatibility", EXAMPLE, *AT, "--of", "e7/opt2"])
    assert "e7/opt2 (borva): 2 collisions." in said
    assert "names no offer" in told(["ask", "compatibility", EXAMPLE, *AT, "--of", "e8"])


@pytest.mark.parametrize("since", ["e4", "2031-03-04"])
def test_what_stood_in_the_way_is_told_from_an_event_or_a_date(since):
    said = told(["ask", "why-not", EXAMPLE, *AT, "--term", "monitor", "--since", since])
    assert "From e4 to e19: 3 conflicts, 0 of them all the time." in said
    assert "stood already at e4, until e17" in said


def test_one_term_alone_is_asked_about():
    assert "1 conflict; at least 1 position must change." in told(
        ["ask", "why-not", EXAMPLE, *AT, "--term", "monitor"]
    )
    assert "1 independent group, 2 smallest ways" in told(
        ["ask", "unlock", EXAMPLE, *AT, "--term", "monitor"]
    )
    refused = told(["ask", "unlock", EXAMPLE, *AT, "--term", "monitr"])
    assert "there is no term 'monitr' in this record" in refused
    assert "monitor" in refused.partition("record")[2]


def test_what_is_not_there_is_refused_with_what_may_be_meant():
    assert "did you mean" in told(["ask", "zone", EXAMPLE, *AT, "--without", "e18x"]).lower()
    assert "no position 'e18x'" in told(["ask", "deadlock", EXAMPLE, *AT, "--without", "e18x"])
    assert "there is no stage 'x'" in told(["ask", "zone", EXAMPLE, *AT, "--stage", "x"])
    assert "is not drawn as dot" in told(["ask", "zone", EXAMPLE, *AT, "--as", "dot"])


def test_a_declared_rule_may_be_left_out_since_it_is_a_claim_too():
    said = told(["ask", "deadlock", EXAMPLE, *AT, "--without", "rule/h1"])
    assert "No cycle: some order satisfies all of them." in said
    assert "4 conflicts; at least 3 positions must change." in told(
        ["ask", "why-not", EXAMPLE, *AT, "--without", "rule/h1"]
    )


def test_a_position_that_cannot_change_is_part_of_no_way_out():
    said = told(["ask", "unlock", EXAMPLE, *AT, "--keep", "e17", "--details"])
    assert "18 smallest ways" in said
    assert "auria alone: not possible" in said
    assert "change e17" not in said
    assert "no position 'e17x'" in told(["ask", "unlock", EXAMPLE, *AT, "--keep", "e17x"])


def test_positions_are_supposed_dropped_or_otherwise():
    words = "elections within 120 days after martial-law-lifted"
    toggles = ["e17=at least remote", "e9/o1", f"e12/o1={words}", "e6", "e7"]
    said = told(["ask", "robust", EXAMPLE, *AT, *(part for one in toggles for part in ("--suppose", one))])
    assert "A deal in 3 of 32 combinations of 5 changes." in said
    freed = [part for one in ("e17", "e9/o1", "e12/o1", "e6") for part in ("--without", one)]
    assert "Some deals satisfy every position in force" in told(["ask", "zone", EXAMPLE, *AT, *freed])


@pytest.mark.parametrize("question", ["deadlock", "linkage"])
def test_graphs_are_printed_as_text_for_other_programs(question):
    assert told(["ask", question, EXAMPLE, *AT, "--as", "dot"]).startswith("digraph terms {")
    assert ElementTree.fromstring(told(["ask", question, EXAMPLE, *AT, "--as", "svg"])) is not None


def test_movement_is_a_line_a_term_until_one_asks_about_a_term():
    said = told(["ask", "movement", EXAMPLE, *AT])
    assert (
        "force-cap: opening 40000 persons [e2], now 0 persons, all of it closed, 10000 persons a day after the first move;"
        in " ".join(said.split())
    )
    assert "Moves that changed a stance: auria 2, borva 2" in said
    assert "travel" not in said
    assert "travel 25000" in told(["ask", "movement", EXAMPLE, *AT, "--term", "force-cap"])


def test_movement_is_drawn_for_a_terminal_and_as_a_drawing():
    said = told(["ask", "movement", EXAMPLE, *AT, "--term", "force-cap", "--details"])
    assert "#" * 40 + " 40000 persons  auria [e2]" in said
    assert (
        ElementTree.fromstring(told(["ask", "movement", EXAMPLE, *AT, "--term", "force-cap", "--as", "svg"]))
        is not None
    )


@pytest.mark.parametrize(
    ("supposed", "refusal"),
    [
        ("e17=nonsense", "'nonsense' does not fit"),
        ("e9/o1=blah", "'blah' is not an ordering statement"),
        ("e7=opt1", "'e7' (either/or) can be dropped, not reworded"),
        ("e17x", "no position 'e17x'"),
        ("rule/h9", "did you mean 'rule/h1'?"),
    ],
)
def test_what_cannot_be_supposed_is_refused_with_a_reason(supposed, refusal):
    said = told(["ask", "robust", EXAMPLE, *AT, "--suppose", supposed])
    assert refusal in said
    assert said.endswith("[exit 2]\n")


def test_a_declared_rule_may_be_supposed_away():
    freed = [part for one in ("e17", "e12/o1", "e6", "rule/h1") for part in ("--suppose", one)]
    said = told(["ask", "robust", EXAMPLE, *AT, *freed])
    assert "enough: e17, e12/o1, e6, rule/h1" in said


@pytest.mark.parametrize(
    ("question", "option", "refusal"),
    [
        ("zone", ["--term", "force-cap"], "--term says nothing to zone; it is for compatibility, movement"),
        ("why-not", ["--keep", "e16"], "--keep says nothing to why-not; it is for unlock"),
        ("partial", ["--without", "e16"], "--without says nothing to partial"),
        ("unlock", ["--suppose", "e16"], "--suppose says nothing to unlock; it is for robust"),
    ],
)
def test_an_option_that_a_question_does_not_hear_is_refused(question, option, refusal, capsys):
    assert main(["ask", question, EXAMPLE, *option]) == 2
    assert refusal in capsys.readouterr().err
    assert main(["ask", "all", EXAMPLE, *option, "--json"]) == 0
