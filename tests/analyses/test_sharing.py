"""What several questions about one moment share changes none of their answers, nor does the order they come in."""

import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from terms.analyses import compatibility, deadlines, deadlock, partial, robust, sources, unlock, why_not, zone
from terms.analyses.engine.modelling import model, model_alone
from terms.analyses.engine.network import leaves_schedule, schedule
from terms.analyses.engine.readings import readings
from terms.core.situation import situation
from terms.testing.strategies import histories
from terms.views.findings import lines
from tests.analyses.engine.test_conflicts import differences
from tests.draws import draws
from tests.told import told

EVERY = (compatibility, zone, partial, deadlock, deadlines, why_not, unlock, robust, sources)

ROUND = told(
    "id: n1, kind: state, by: north, order: {o1: vote.held before truce.begins}",
    "id: s1, kind: state, by: south, order: {o1: truce.begins before talks.begins}",
    "id: s2, kind: state, by: south, order: {o1: talks.begins within 3 days after roads.open}",
    "id: n2, kind: state, by: north, order: {o1: parameters.settled at least 9 days after roads.open}",
)


@settings(max_examples=draws(25), deadline=None)
@given(history=histories())
def test_an_answer_is_the_same_whatever_was_asked_before(history):
    at = situation(history)
    alone = [ask.find(situation(history.seen())) for ask in EVERY]
    assert [ask.find(at) for ask in EVERY] == alone
    assert [ask.find(at) for ask in reversed(EVERY)] == alone[::-1]


def test_questions_about_one_moment_share_its_model():
    at = situation(ROUND)
    assert model(at) is model(situation(ROUND))
    assert model(at) is not model(at, silence="blocks")
    assert model_alone(at).problem == model(at).problem


@given(found=st.lists(differences, max_size=8))
def test_few_differences_leave_a_schedule_exactly_when_many_would(found):
    assert leaves_schedule(found) == (schedule(found)[1] is None)


def test_an_account_that_moves_no_position_makes_no_reading():
    history = told(
        "id: n1, kind: propose, by: north, terms: {roads: open}",
        "id: i1, source: M1, kind: incident, figures: {hurt: 3}, "
        "accounts: [{source: N1, with: {place: pier, note: at night, to: [south]}}]",
    )
    assert history.rivals
    found, _ = readings(situation(history))
    assert [one.words for one in found] == ["default reading"]


def test_an_account_that_moves_one_position_among_many_makes_one():
    history = told(
        "id: n1, kind: propose, by: north, terms: {roads: open, pullback: 20 km}",
        "id: s1, source: M1, kind: propose, by: south, terms: {roads: open}, "
        "accounts: [{source: N1, with: {terms: {roads: closed}}}]",
    )
    found, _ = readings(situation(history))
    assert [one.words for one in found] == ["default reading", "s1 as told by N1 (account 1)"]
    assert compatibility.find(situation(history), terms=["roads"]).terms[0].status == "contested"


def test_too_many_disputes_to_combine_are_looked_at_one_at_a_time_and_that_is_said():
    history = told(
        *(
            f"id: n{n}, source: M1, kind: propose, by: north, terms: {{pullback: {n} km}}, "
            f"accounts: [{{source: N1, with: {{terms: {{pullback: {n + 40} km, captives: {n} persons}}}}}}]"
            for n in range(1, 12)
        )
    )
    at = situation(history)
    assert len(readings(at)[0]) == 12
    answer = robust.find(at)
    shown = [line.text for line in lines(history.header, answer)]
    assert any("12 readings, one account at a time" in text for text in shown)
    assert "No deal under 0 of 12 readings: under no reading looked at, one account at a time." in shown
    assert compatibility.find(at).heading.one_by_one


def test_the_same_record_gives_the_same_bytes_however_names_are_hashed(tmp_path: Path):
    rules = "".join(f"  r{n}: {{is: h{n} before h{n + 1}, source: M1}}\n" for n in range(8))
    points = ", ".join(f"h{n}: point" for n in range(9))
    record = tmp_path / "round.record.yaml"
    record.write_text(
        "format: terms/1\ntitle: Rules\nparties: {north: {role: belligerent}}\nterms: {roads: {type: yes-no}}\n"
        f"happenings: {{{points}}}\nlogic:\n{rules}sources: {{M1: {{title: Minutes}}}}\n"
        "events: [{id: n1, date: 2031-03-01, kind: condition, by: north, order: [h8 before h0], source: M1}]\n"
    )
    command = [sys.executable, "-m", "terms", "ask", "why-not", str(record), "--json"]
    told_ = {
        subprocess.run(command, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told_) == 1
