"""Talks with little in them, or too much, through every question of `terms ask`, as prose and as JSON."""

import json
from pathlib import Path

import pytest

from terms.cli.verbs.ask import QUESTIONS
from tests.golden import told
from tests.told import HEAD, LOGIC

TALKS = HEAD.replace(LOGIC, "")
TEN = (
    "format: terms/1\ntitle: Ten\nparties:\n"
    + "".join(f"  p{place}: {{role: belligerent}}\n" for place in range(10))
    + "terms: {roads: {type: choice, of: [open, closed]}}\nsources: {M1: {title: Minutes}}\nevents:\n"
)
EMPTY = "format: terms/1\ntitle: Nobody\nsources: {M1: {title: Minutes}}\nevents: []\n"
MODELS = {
    "no party": (EMPTY, ()),
    "no stance": (TALKS.replace("events:\n", "events: []\n"), ()),
    "one party": (TALKS, ("kind: propose, by: north, terms: {roads: open, pullback: 20 km}",)),
    "against itself": (TALKS, (
        "kind: propose, form: demand, by: north, terms: {roads: open}",
        "kind: reject, by: north, of: e0",
        "kind: condition, by: north, order: {o1: vote.held before truce.begins}",
        "kind: condition, by: north, order: {o1: truce.begins not after vote.held}",
    )),
    "free text": (TALKS, (
        "kind: propose, by: north, terms: {charter: a union of equals}",
        "kind: propose, by: south, terms: {charter: two states}",
    )),
    "deadline of itself": (TALKS, (
        "kind: condition, by: north, order: {o1: vote.held at least 10 days after vote.held}",
        "kind: propose, by: south, terms: {roads: {is: open, due: within 10 days after roads.done}}",
    )),
    "ten parties": (TEN, tuple(
        f"kind: propose, by: p{place}, terms: {{roads: {('open', 'closed')[place % 2]}}}" for place in range(10)
    )),
}  # fmt: skip
SAYS = {
    "no party": {"zone": "no term has to be settled", "unlock": "Nothing has to change"},
    "no stance": {"compatibility": "Unraised (8)", "deadlines": "no order and no deadline is stated"},
    "one party": {"zone": "Open questions to south (2): pullback, roads", "partial": "Can be settled together (2)"},
    "against itself": {"why-not": "In conflict with themselves: north. Check the coding.",
                       "unlock": "south alone: not possible"},
    "free text": {"compatibility": "TEXT REVIEW", "sources": "No conflict, so none that rests on a source"},
    "deadline of itself": {"deadlines": "10 needed, 0 allowed, 10 days over", "deadlock": "contradict each other"},
    "ten parties": {"why-not": "25 conflicts; at least 5 positions must change.", "unlock": "p9 alone: not possible"},
}  # fmt: skip


@pytest.fixture(params=sorted(MODELS))
def model(request, tmp_path) -> tuple[str, Path]:
    head, events = MODELS[request.param]
    rows = (f"  - {{id: e{n}, date: 2031-03-01, source: M1, {words}}}\n" for n, words in enumerate(events))
    path = tmp_path / "edge.record.yaml"
    path.write_text(head + "".join(rows), "utf-8")
    return request.param, path


def test_every_question_has_an_answer_in_prose_under_both_policies_of_silence(model):
    name, path = model
    for silence in ("open", "blocks"):
        for question in QUESTIONS:
            said = " ".join(told(["ask", question, str(path), "--silence", silence]).split())
            assert f"silence {silence}" in said
            assert "[exit" not in said
            assert silence == "blocks" or SAYS[name].get(question, "") in said


def test_every_question_has_an_answer_in_json(model):
    said = json.loads(told(["ask", "all", str(model[1]), "--json"]))
    assert said.keys() >= {one.replace("-", "_") for one in QUESTIONS if one != "all"}
