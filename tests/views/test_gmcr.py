"""The file for programs of the graph model is one that such a program loads, and holds the conflicts and nothing else."""

import json
from itertools import product

import pytest

from terms.analyses import why_not, zone
from terms.cli.main import main
from terms.core.situation import Situation, situation
from terms.views.gmcr import as_gmcr, game
from tests.corpus.stage import after, opened
from tests.told import told

EXAMPLE = "tests/corpus/analyses/worked-example.record.yaml"


def written(at: Situation) -> dict:
    return json.loads(as_gmcr(at, game(at, why_not.find(at))))


def loaded(content: dict) -> tuple[dict[str, list[str]], list[dict[str, str]]]:
    """As gmcr-py loads it: the options of each decision maker, and what may not be, option by option."""
    options = [one["name"] for one in content["options"]]
    assert all(one["permittedDirection"] in ("both", "fwd", "back") for one in content["options"])
    makers = {one["name"]: [options[place] for place in one["options"]] for one in content["decisionMakers"]}
    assert all(one["preferences"] == [] for one in content["decisionMakers"])
    assert sorted(content["coalitions"]) == list(range(len(makers)))
    assert content["useManualPreferenceRanking"] is False
    conditions = [{options[place]: taken for place, taken in one} for one in content["infeasibles"]]
    assert all(taken in ("Y", "N") for one in conditions for taken in one.values())
    return makers, conditions


def test_each_party_may_hold_on_to_its_positions_in_conflict_and_no_conflict_can_be_held_in_full():
    makers, conditions = loaded(written(after(opened("analyses/worked-example"), "e19")))
    assert {party: [name.partition(":")[0] for name in options] for party, options in makers.items()} == {
        "Auria": ["e5", "e6", "e8/o1", "e10/o1", "e11/o1", "e16", "e17"],
        "Borva": ["e7", "e9/o1", "e12/o1", "e19"],
    }
    assert sorted(sorted(name.partition(":")[0] for name in one) for one in conditions) == [
        ["e10/o1", "e11/o1", "e12/o1"], ["e16", "e6", "e7"], ["e17", "e19"], ["e5", "e6", "e7"],
        ["e8/o1", "e9/o1"],
    ]  # fmt: skip


def test_the_states_that_can_be_are_those_in_which_what_is_held_leaves_a_deal():
    history = told(
        "id: n1, kind: propose, by: north, terms: {roads: open, pullback: at least 20 km}",
        "id: s1, kind: propose, by: south, terms: {roads: closed}",
        "id: s2, kind: propose, by: south, terms: {pullback: at most 10 km}",
        logic=False,
    )
    at = situation(history)
    content = written(at)
    places = range(len(content["options"]))
    names = [one["position"] for one in content["terms"]["positions"]]
    for state in product("NY", repeat=len(names)):
        can_be = not any(all(state[place] == taken for place, taken in one) for one in content["infeasibles"])
        kept = [name for place, name in zip(places, names, strict=True) if state[place] == "Y"]
        gone = frozenset(set(names) - set(kept))
        assert can_be == zone.find(at, edits=zone.Edits(gone)).feasible


def test_a_position_that_will_not_change_goes_one_way_only():
    history = told(
        "id: n1, kind: propose, by: north, terms: {roads: open}, x-immovable: yes",
        "id: s1, kind: propose, by: south, terms: {roads: closed}",
        logic=False,
    )
    directions = [one["permittedDirection"] for one in written(situation(history))["options"]]
    assert directions == ["fwd", "both"]


def test_the_command_writes_the_file_and_refuses_where_there_is_no_game(capsys):
    assert main(["ask", "why-not", EXAMPLE, "--at", "e19", "--as", "gmcr"]) == 0
    assert len(loaded(json.loads(capsys.readouterr().out))[1]) == 5
    assert main(["ask", "why-not", EXAMPLE, "--at", "e1", "--as", "gmcr"]) == 2
    assert "no position is in conflict" in capsys.readouterr().err
    assert main(["ask", "zone", EXAMPLE, "--as", "gmcr"]) == 2
    assert "that to why-not is" in capsys.readouterr().err


@pytest.mark.parametrize(("terms", "warned"), [([], True), (["--term", "energy-pause.start"], False)])
def test_many_options_are_warned_of(terms, warned, capsys):
    assert main(["ask", "why-not", "seeds/istanbul-2025", "--as", "gmcr", *terms]) == 0
    assert ("double the states" in capsys.readouterr().err) == warned
