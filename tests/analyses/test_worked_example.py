"""The worked example of the analyses: each expectation worked out by hand, one test each."""

from fractions import Fraction

import pytest

from terms.analyses import (
    compatibility,
    deadlines,
    deadlock,
    linkage,
    movement,
    partial,
    robust,
    unlock,
    why_not,
    zone,
)
from terms.analyses.engine.positions import Edits
from terms.analyses.robust import Toggle
from terms.core.history import History
from terms.core.situation import Situation, situation
from terms.records import read_text
from terms.testing.laws import renamed
from tests.corpus.stage import HERE, after, opened


@pytest.fixture(scope="module")
def history() -> History:
    return opened("analyses/worked-example")


@pytest.fixture(scope="module")
def at(history: History) -> Situation:
    return after(history, "e19")


def history_of(text: str) -> History:
    record = read_text(text)
    assert not record.has_errors
    return History(record.header, record.events)


def statuses(at: Situation) -> dict[str, tuple[str, str]]:
    return {one.term: (one.status, one.words) for one in compatibility.find(at).terms}


def test_01_each_term_has_its_status(at):
    assert statuses(at) == {
        "force-cap": ("compatible", "80000 to 85000 persons"),
        "monitor": ("gap", "gap of 1 step"),
        "recognition": ("unanswered", "nothing said by borva (inside a package only)"),
        "withdraw": ("unanswered", "nothing said by borva (inside a package only)"),
        "observers": ("compatible", "yes"),
        "reparations": ("unanswered", "nothing said by auria"),
    }


@pytest.mark.parametrize("silence", ["open", "blocks"])
def test_02_no_deal_under_either_policy_of_silence(at, silence):
    found = zone.find(at, silence=silence)
    assert not found.feasible
    assert found.checked


def test_02_each_alternative_needs_its_fewest_changes(at):
    assert [(one.picks, one.changes) for one in zone.find(at).alternatives] == [
        ((("e7", "opt1"),), 4),
        ((("e7", "opt2"),), 5),
    ]


def test_03_the_deadlock_is_explained_by_three_statements(at):
    [finding] = deadlock.find(at).findings
    assert (finding.kind, finding.mutual) == ("contradiction", True)
    assert {link.statement.name for link in finding.links} == {"e8/o1", "h1", "e9/o1"}


def test_03_the_deadlock_is_mutual_and_may_become_a_demand_for_the_same_moment():
    text = (HERE / "analyses" / "worked-example.record.yaml").read_text("utf-8")
    weak = text.replace("order: [ceasefire before talks]", "order: [ceasefire not after talks]")
    [still] = deadlock.find(situation(history_of(weak), 19)).findings
    assert still.kind == "contradiction"
    both = weak.replace("order: [parameters before ceasefire]", "order: [parameters not after ceasefire]")
    [together] = deadlock.find(situation(history_of(both), 19)).findings
    assert together.kind == "simultaneity"
    assert together.happenings == ("ceasefire", "parameters", "talks")


@pytest.mark.parametrize(("weakened", "feasible"), [(("e8/o1",), False), (("e8/o1", "e9/o1"), True)])
def test_03_both_have_to_admit_the_same_moment(at, weakened, feasible):
    weak = {"e8/o1": "ceasefire not after talks", "e9/o1": "parameters not after ceasefire"}
    change = tuple((name, weak[name]) for name in weakened)
    found = deadlines.find(at, edits=Edits(frozenset({"e10/o1"}), change))
    assert found.feasible is feasible


def test_03_without_the_declared_rule_nobody_waits_in_a_circle(at):
    rule = frozenset({"rule/h1"})
    assert deadlock.find(at, without=rule).findings == ()
    assert deadlock.find(at, without=frozenset({"e9/o1"})).findings == ()
    assert ("e8/o1", "e9/o1") not in {one.names for one in why_not.find(at, edits=Edits(rule)).conflicts}


def test_04_three_deadlines_ask_for_twenty_days_too_many(at):
    loops = {loop.conflict.names: loop for loop in deadlines.find(at).loops}
    loop = loops["e10/o1", "e11/o1", "e12/o1"]
    assert (loop.needed, loop.allowed, loop.excess) == (180, 160, 20)


def test_05_there_are_exactly_five_conflicts(at):
    found = why_not.find(at)
    assert {one.names for one in found.conflicts} == {
        ("e17", "e19"),
        ("e8/o1", "e9/o1"),
        ("e10/o1", "e11/o1", "e12/o1"),
        ("e5", "e6", "e7"),
        ("e6", "e7", "e16"),
    }
    assert all(one.checked for one in found.conflicts)
    assert (found.at_least, found.uninvolved, found.self_contradicting) == (
        4,
        ("e13", "e14", "e15", "e18"),
        (),
    )


def test_05_where_silence_blocks_three_questions_are_open(at):
    asked = {(one.party, one.term, one.package_only) for one in zone.find(at, silence="blocks").questions}
    assert asked == {
        ("auria", "reparations", False),
        ("borva", "recognition", True),
        ("borva", "withdraw", True),
    }
    assert why_not.find(at, silence="blocks").uninvolved == ("e13", "e14", "e18")


def test_06_four_groups_make_thirty_six_ways(at):
    found = unlock.find(at)
    assert {frozenset(way.positions for way in knot.ways) for knot in found.groups} == {
        frozenset({("e17",), ("e19",)}),
        frozenset({("e8/o1",), ("e9/o1",)}),
        frozenset({("e10/o1",), ("e11/o1",), ("e12/o1",)}),
        frozenset({("e6",), ("e7",), ("e5", "e16")}),
    }
    assert (found.total, found.sizes, len(found.listed)) == (36, ((4, 24), (5, 12)), 24)
    assert {tuple(n for _, n in vector): count for vector, count in found.vectors} == {
        (4, 0): 2, (3, 1): 7, (2, 2): 9, (1, 3): 5, (0, 4): 1,
    }  # fmt: skip


def test_07_each_party_alone_is_shown(at):
    auria, borva = unlock.find(at).alone
    assert (auria.count, auria.fewest, borva.count) == (4, 4, 1)
    assert {frozenset(one) for one in auria.sets} == {
        frozenset({"e17", "e8/o1", "e6", last}) for last in ("e10/o1", "e11/o1")
    } | {frozenset({"e16", "e17", "e5", "e8/o1", last}) for last in ("e10/o1", "e11/o1")}
    assert set(borva.sets[0]) == {"e7", "e19", "e9/o1", "e12/o1"}


def test_08_each_move_has_its_size_in_raw_units(at):
    found = unlock.find(at)
    moves = {
        (way.positions, move.position): move.words
        for knot in found.groups
        for way in knot.ways
        for move in way.moves
    }
    assert moves[("e17",), "e17"] == "monitor by 1 step"
    assert {moves[(name,), name] for name in ("e10/o1", "e11/o1", "e12/o1")} == {"20 days"}
    assert moves[("e6",), "e6"] == "withdraw with R3; withdraw with R4"
    assert moves[("e5", "e16"), "e16"] == "force-cap by 20000 persons"
    assert moves[("e5", "e16"), "e5"] == "recognition to yes"
    shared = {one.positions: (one.words, one.same_moment) for knot in found.groups for one in knot.joint}
    assert shared == {
        ("e8/o1", "e9/o1"): ("2 days", True),
        ("e10/o1", "e11/o1", "e12/o1"): ("20 days", False),
    }


def test_09_a_way_out_leaves_the_values_worked_out_by_hand(at):
    found = zone.find(at, edits=Edits(frozenset({"e17", "e9/o1", "e12/o1", "e6"})))
    words = {one.term: one.words[0][1] for one in found.values}
    assert (found.feasible, found.checked) == (True, True)
    assert (words["force-cap"], words["monitor"]) == ("80000 to 85000 persons", "at most remote")
    assert (words["withdraw"], words["observers"]) == ("with R1, R2, R3, R4", "yes")


@pytest.mark.parametrize(
    ("days", "lifted", "elected"), [(120, (60, 60), (180, 180)), (130, (50, 60), (180, 190))]
)
def test_09_the_room_that_is_left(at, days, lifted, elected):
    words = f"elections within {days} days after martial-law-lifted"
    edits = Edits(frozenset({"e9/o1"}), (("e12/o1", words),))
    windows = {
        one.happening: (one.earliest, one.latest)
        for one in deadlines.find(at, anchor="ceasefire", edits=edits).windows
    }
    assert (windows["martial-law-lifted"], windows["elections"]) == (lifted, elected)


def test_10_closure_adds_up_and_travel_may_be_more(at):
    found = {one.term: one for one in movement.find(at)}
    cap, monitor = found["force-cap"], found["monitor"]
    assert (cap.opening, cap.now, cap.share) == (40000, 0, 1)
    assert [(one.closed, one.travel) for one in cap.parties] == [(20000, 20000), (20000, 25000)]
    assert (monitor.opening, monitor.now, monitor.share) == (3, 1, Fraction(2, 3))
    assert [one.closed for one in monitor.parties] == [1, 1]


def test_11_three_of_thirty_two_combinations_allow_a_deal(at):
    swept = robust.find(
        at,
        [
            Toggle("c1", "e17", "at least remote"),
            Toggle("c2", "e9/o1"),
            Toggle("c3", "e12/o1", "elections within 120 days after martial-law-lifted"),
            Toggle("c4", "e6"),
            Toggle("c5", "e7"),
        ],
    ).sweep
    assert (swept.feasible, swept.of) == (3, 32)
    assert swept.sufficient == (("c1", "c2", "c3", "c4"), ("c1", "c2", "c3", "c5"))


def test_12_a_disputed_account_is_two_readings(history):
    at = after(history, "e20")
    [monitor] = [one for one in compatibility.find(at).terms if one.term == "monitor"]
    found = robust.find(at, [])
    assert monitor.status == "contested"
    assert [words for _, words in monitor.readings] == ["gap: gap of 1 step", "compatible: patrol"]
    assert found.without_deal == (2, 2)
    assert [one.changes for one in found.readings] == [4, 3]


def test_13_the_early_harvest_is_what_hangs_on_nothing(at):
    assert partial.find(at).early == ("observers",)


def test_13_trades_cannot_be_told_without_declared_priorities(at):
    assert not linkage.find(at).determinable


def test_13_an_earlier_step_knows_only_what_was_said(history):
    found = statuses(after(history, "e4"))
    assert (found["force-cap"], found["monitor"]) == (
        ("gap", "gap of 40000 persons"),
        ("gap", "gap of 3 steps"),
    )
    assert {found[term][0] for term in ("recognition", "withdraw", "observers", "reparations")} == {
        "unraised"
    }


def test_14_swapping_the_names_swaps_the_answers(history):
    swapped = renamed(history, {"auria": "borva", "borva": "auria"})
    here, there = unlock.find(after(history, "e19")), unlock.find(situation(swapped, 19))
    mirrored = {tuple(n for _, n in reversed(vector)): count for vector, count in there.vectors}
    assert {tuple(n for _, n in vector): count for vector, count in here.vectors} == mirrored
    assert set(here.listed) == set(there.listed)
    assert [one.count for one in here.alone] == [one.count for one in reversed(there.alone)]
