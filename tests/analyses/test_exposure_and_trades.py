"""Who would have done what cannot be undone; what is tied to what; which changes could be traded."""

from fractions import Fraction

from terms.analyses import exposure, linkage, movement
from terms.core.history import History
from terms.core.situation import Situation, situation
from terms.records import read_text
from terms.views.findings import balance_lines, lines, rounds_lines
from tests.told import told

HEAD = """format: terms/1
title: Steps that cannot be taken back (invented)
parties: {north: {role: belligerent}, south: {role: belligerent}}
terms: {roads: {type: yes-no}}
happenings:
  north-out: {is: point, x-irreversible: north}
  north-hands-over: {is: point, x-irreversible: north}
  south-out: {is: point, x-irreversible: south}
  monitors-in: point
sources: {M1: {title: Minutes}}
events:
  - id: e1
    date: 2031-03-01
    kind: condition
    by: north
    source: M1
    order: [ORDERS]
"""


def staged(*orders: str) -> Situation:
    record = read_text(HEAD.replace("ORDERS", ", ".join(orders)))
    assert not record.has_errors, [one.message for one in record.diagnostics]
    return situation(History(record.header, record.events))


def words(at: Situation, answer) -> list[str]:
    return [line.text for line in lines(at.header, answer)]


def test_the_longest_stretch_on_which_one_side_is_ahead_is_named():
    at = staged(
        "north-out at least 5 days after monitors-in",
        "north-hands-over at least 10 days after north-out",
        "south-out at least 20 days after north-hands-over",
    )
    found = exposure.find(at)
    assert found.longest == ("north", 0, 30)
    assert [point.counts for point in found.points] == [
        (("north", 1), ("south", 0)), (("north", 2), ("south", 0)), (("north", 2), ("south", 1)),
    ]  # fmt: skip
    assert "Longest ahead: north, from tick 0 to 30." in words(at, found)
    assert "tick 10: north north-hands-over; so far north 2, south 0" in words(at, found)


def test_steps_taken_at_the_same_moment_leave_nobody_ahead():
    at = staged("north-out together with south-out")
    assert exposure.find(at).longest is None


def test_without_a_schedule_there_is_no_sequence_to_look_at():
    at = staged("north-out before south-out", "south-out before monitors-in", "monitors-in before north-out")
    found = exposure.find(at)
    assert (found.feasible, found.points) == (False, ())


def priorities(north: str, south: str) -> Situation:
    return situation(
        told(
            f"id: n1, kind: propose, by: north, terms: {{roads: open, pullback: 5 km}}, x-priority: {north}",
            f"id: s1, kind: propose, by: south, terms: {{roads: closed, pullback: 9 km}}, x-priority: {south}",
            logic=False,
        )
    )


def test_a_trade_is_a_candidate_where_each_declared_the_other_term_to_matter_more():
    at = priorities("[roads, pullback]", "[pullback, roads]")
    [trade] = linkage.find(at).trades
    assert (trade.first, trade.gives, trade.second, trade.takes) == ("north", "pullback", "south", "roads")
    assert "Trade: north changes on pullback, south on roads" in words(at, linkage.find(at))


def test_a_trade_names_the_changes_that_are_part_of_one_way_out_and_no_others():
    at = priorities("[roads, pullback]", "[pullback, roads]")
    [trade] = linkage.find(at).trades
    assert trade.positions == ("n1/pullback", "s1/roads")


def test_changes_that_no_way_out_holds_together_are_no_trade():
    """Both terms hang on one package of south, so that either side's change is enough by itself."""
    at = situation(
        told(
            "id: n1, kind: propose, by: north, terms: {roads: open, pullback: 5 km}, x-priority: [roads, pullback]",
            "id: s1, kind: propose, by: south, terms: {roads: closed}, x-priority: [pullback, roads]",
            "id: s2, kind: propose, by: south, terms: {pullback: 5 km}",
            logic=False,
        )
    )
    assert linkage.find(at).trades == ()


def test_the_dates_on_which_steps_are_planned_make_a_profile_of_their_own():
    record = read_text(
        HEAD.replace("ORDERS", "north-out before monitors-in")
        + "  - {id: p1, date: 2031-03-02, kind: plan, by: north, source: M1, of: north-out, planned: 2031-05-01}\n"
        + "  - {id: p2, date: 2031-03-03, kind: plan, by: south, source: M1, of: south-out, planned: 2031-05-11}\n"
    )
    assert not record.has_errors, [one.message for one in record.diagnostics]
    at = situation(History(record.header, record.events))
    found = exposure.find(at)
    assert found.planned_longest == ("north", 0, 10)
    assert "day 10: south south-out; so far north 1, south 1" in words(at, found)
    assert "Longest ahead: north, from day 0 to 10." in words(at, found)


def test_the_moves_of_four_parties_or_more_are_told_with_how_evenly_they_are_spread():
    share = {"a": 3, "b": 1, "c": 0, "d": 0}
    made = [
        movement.Movement("roads", "", None, None, None, None, None, (), tuple(
            movement.Share(party, number, Fraction(0), Fraction(0), (0, 0)) for party, number in share.items()
        ), 4)
    ]  # fmt: skip
    found = movement.balance(made)
    assert found.counts == (("a", 3), ("b", 1), ("c", 0), ("d", 0))
    assert found.gini == Fraction(5, 8)
    assert [line.text for line in balance_lines(made)] == [
        "Moves that changed a stance: a 3, b 1, c 0, d 0; Gini coefficient of these counts 5/8"
    ]
    assert movement.balance([]).gini is None


def test_there_is_no_trade_where_both_put_the_same_term_first():
    found = linkage.find(priorities("[roads, pullback]", "[roads, pullback]"))
    assert (found.determinable, found.trades) == (True, ())


def test_movement_is_counted_round_by_round_with_the_positions_on_record():
    history = told(
        "id: m1, kind: meet, by: [north, south], round: 1",
        "id: n1, kind: propose, by: north, terms: {pullback: 5 km}",
        "id: s1, kind: propose, by: south, terms: {pullback: 9 km}",
        "id: m2, kind: meet, by: [north, south], round: 2",
        "id: n2, kind: propose, by: north, terms: {pullback: 9 km}",
        "id: s2, kind: withdraw, by: south, of: s1",
        logic=False,
    )
    first, second = movement.rounds(situation(history))
    assert (first.name, first.first, first.last, first.positions) == ("1", "m1", "s1", 2)
    assert first.changes == (("unraised", "gap", 1),)
    assert (second.first, second.last) == ("m2", "s2")
    [pullback] = movement.find(situation(history))
    assert [move.kind for move in pullback.moves] == ["first", "first", "toward", "withdraw"]
    assert [line.text for line in rounds_lines((first, second))] == [
        "Round 1, m1 to s1: 1 unraised -> gap; 2 positions on record at its end",
        "pullback: unraised -> gap",
        "Round 2, m2 to s2: 1 gap -> unanswered; 1 position on record at its end",
        "pullback: gap -> unanswered",
    ]
    assert first.terms[0].events == ("n1", "s1")
    assert second.terms[0].events == ("n2", "s2")


def test_a_move_is_classed_by_what_it_does_to_the_gap_and_to_the_partys_own_end():
    history = told(
        "id: n1, kind: propose, by: north, terms: {pullback: 5 km}",
        "id: s1, kind: propose, by: south, terms: {pullback: 9 km}",
        "id: n2, kind: propose, by: north, terms: {pullback: 3 km}",
        "id: n3, kind: propose, by: north, terms: {pullback: 6 km}",
        "id: s2, kind: propose, by: south, terms: {pullback: 8 km}",
        logic=False,
    )
    [found] = movement.find(situation(history))
    assert [move.kind for move in found.moves] == ["first", "first", "away", "toward", "toward"]
    north, south = found.parties
    assert (north.moves, north.closed, north.travel, north.answered) == (2, 1, 5, (1, 1))
    assert (south.closed, south.travel) == (1, 1)
    assert sum(one.closed for one in found.parties) == found.opening - found.now == 2
    assert found.per_day == 2  # from the first move after the opening to the last, two days and 4 km


def test_an_answer_to_others_is_no_move_of_ones_own():
    history = told(
        "id: n1, kind: propose, by: north, one-of: {a: {roads: open, pullback: 5 km}, b: {pullback: 7 km}}",
        "id: s1, kind: study, by: south, of: n1",
        "id: s2, kind: propose, by: south, terms: {pullback: 9 km}",
        "id: n2, kind: reject, by: north, of: s2",
        "id: s3, kind: propose, by: south, terms: {pullback: 9 km}",
        logic=False,
    )
    roads, pullback = movement.find(situation(history), terms=["roads", "pullback"])[::-1]
    assert [(one.event, one.kind) for one in roads.moves] == [("n1", "supersede-with-package")]
    assert [(one.event, one.kind) for one in pullback.moves] == [
        ("n1", "supersede-with-package"), ("s2", "first"), ("s3", "reaffirm"),
    ]  # fmt: skip
    assert movement.balance([roads, pullback]).counts == (("north", 0), ("south", 0))
    assert (roads.positions, pullback.positions) == (1, 3)


def test_an_option_that_was_not_picked_is_not_withdrawn():
    history = told(
        "id: n1, kind: propose, by: north, one-of: {a: {roads: open}, b: {pullback: 7 km}}",
        "id: s1, kind: accept, by: south, of: n1, option: a",
        logic=False,
    )
    [pullback] = movement.find(situation(history), terms=["pullback"])
    assert [move.event for move in pullback.moves] == ["n1"]
