"""What an analyst declares beside the record, each with a source: used where it can be, told where it cannot."""

from fractions import Fraction

import pytest

from terms.analyses import compatibility, robust, unlock, why_not
from terms.analyses.engine.declared import declared
from terms.analyses.engine.drawing import DRAWS, interval
from terms.core.history import History
from terms.core.situation import Situation, situation
from terms.records import read_text
from terms.views.findings import lines

HEAD = """format: terms/1
title: What an analyst declared (invented)
HEADER
parties: {north: {role: belligerent}, south: {role: belligerent}}
terms:
  pullback: {type: quantity, unit: km, NEAR}
  watch: {type: level, of: [none, remote, patrol], x-bridgeable: {within: 1 step, source: M1}}
  roads: {type: choice, of: [open, closed]}
sources: {M1: {title: Minutes}}
events:
  - {id: n1, date: 2031-03-01, kind: propose, by: north, source: M1, terms: {pullback: at most 5 km}}
  - {id: s1, date: 2031-03-02, kind: propose, by: south, source: M1, terms: {pullback: at least 9 km, watch: none}}
  - {id: n2, date: 2031-04-01, kind: propose, by: north, source: M1, terms: {watch: at least patrol, roads: open}}
  - {id: s2, date: 2031-04-02, kind: propose, by: south, source: M1, terms: {roads: closed}}
"""


def record(*, header: str = "", near: str = "", more: str = "") -> Situation:
    found = read_text(HEAD.replace("HEADER", header).replace(", NEAR", f", {near}" if near else "") + more)
    assert not found.has_errors, [one.message for one in found.diagnostics]
    return situation(History(found.header, found.events))


def words(at: Situation, answer) -> list[str]:
    return [line.text for line in lines(at.header, answer)]


@pytest.mark.parametrize(("within", "bridged"), [("4 km", True), ("4.5 km", True), ("3.9 km", False)])
def test_a_gap_is_bridgeable_where_a_threshold_with_a_source_says_so(within, bridged):
    at = record(near=f"x-bridgeable: {{within: {within}, source: M1 p.2}}")
    [pullback] = compatibility.find(at, terms=["pullback"]).terms
    assert pullback.status == "gap"  # an overlay, not a status
    assert (pullback.bridgeable != "") == bridged
    assert any("bridgeable: within" in line for line in words(at, compatibility.find(at))) == bridged
    [watch] = compatibility.find(at, terms=["watch"]).terms
    assert watch.bridgeable == ""  # two steps apart, one declared


def test_without_a_threshold_there_is_no_label():
    at = record()
    assert [one.bridgeable for one in compatibility.find(at, terms=["pullback"]).terms] == [""]


@pytest.mark.parametrize(
    ("near", "why"),
    [
        ("x-bridgeable: {within: 4 km}", "x-bridgeable of pullback: it names no source of the record"),
        ("x-bridgeable: 4 km", "x-bridgeable of pullback: it names no source of the record"),
        (
            "x-bridgeable: {within: near, source: M1}",
            "x-bridgeable of pullback: 'within' is no amount with its unit",
        ),
        (
            "x-bridgeable: {within: 1/0 km, source: M1}",
            "x-bridgeable of pullback: 'within' is no amount with its unit",
        ),
    ],
)
def test_a_threshold_that_cannot_be_used_is_told(near, why):
    at = record(near=near)
    assert declared(at).unused == (why,)
    assert f"Declared and not used: {why}." in words(at, why_not.find(at))


def test_a_position_older_than_the_declared_limit_is_marked_and_still_counts():
    at = record(header="x-stale: {after: 2 weeks, source: M1}")
    found = why_not.find(at)
    by_name = {one.names: one for one in found.conflicts}
    assert by_name["n1", "s1/pullback"].ages == (32, 31)
    assert by_name["n1", "s1/pullback"].stale == ("n1", "s1/pullback")
    assert by_name["n2/roads", "s2"].stale == ()
    told = "\n".join(words(at, found))
    assert "Old after 14 days (M1)." in told
    assert "n1 (north, 32 days old, stale): pullback: at most 5 km" in told
    assert len(found.conflicts) == len(why_not.find(record()).conflicts)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("x-stale: {after: soon, source: M1}", "x-stale: 'after' is no length of time"),
        ("x-stale: {after: 3 to 2 days, source: M1}", "x-stale: 'after' is no length of time"),
        ("x-weights: {source: M1}", "x-weights: 'of' is no map"),
        ("x-weights: {source: M1, of: {n1: heavy}}", "x-weights of n1: no positive number"),
        ("x-chances: {source: M2, of: {}}", "x-chances: it names no source of the record"),
        (
            "x-chances: {source: M1, of: {n1: {as said: 1}}}",
            "x-chances of n1: no two or more wordings with a whole share each",
        ),
    ],
)
def test_a_declaration_in_the_header_that_cannot_be_used_is_told(header, why):
    assert declared(record(header=header)).unused == (why,)


def test_red_lines_of_a_sourced_event_are_part_of_no_way_out():
    fixed = (
        "  - {id: x1, date: 2031-04-03, kind: state, by: north, source: M1, x-immovable: [n1, n2/roads]}\n"
    )
    at = record(more=fixed)
    found = unlock.find(at)
    ways = {way.positions for knot in found.groups for way in knot.ways}
    assert ways == {("s1/pullback",), ("s1/watch",), ("n2/watch",), ("s2",)}
    assert found.immovable == (("n1", "x1"), ("n2/roads", "x1"))
    assert [(one.party, one.fewest) for one in found.alone] == [("north", None), ("south", 3)]
    assert "Held as it stands: n1 [x1]" in {
        line.text + f" [{', '.join(line.events)}]" for line in lines(at.header, found)
    }
    own = record(more=fixed.replace("[n1, n2/roads]", "yes"))
    assert unlock.find(own).immovable == ()  # that event takes no position


def test_where_red_lines_leave_no_way_that_is_told_for_every_party():
    fixed = (
        "  - {id: x1, date: 2031-04-03, kind: state, by: north, source: M1, x-immovable: [n1, s1/pullback]}\n"
    )
    at = record(more=fixed)
    told = words(at, unlock.find(at))
    assert "No change of positions is enough: what is held as it stands allows no deal." in told
    assert "north alone: not possible" in told
    assert "south alone: not possible" in told


def test_declared_weights_rank_the_ways_and_tell_how_far_the_ranking_holds():
    at = record(header="x-weights: {source: M1 p.3, of: {n1: 3, roads: 2, s2: 2.5}}")
    found = unlock.find(at).weighed
    assert found is not None
    assert found.cheapest == ((("s1/pullback",),), (("s1/watch",), ("n2/watch",)), (("n2/roads",),))
    assert (found.cost, found.whatever) == (4, False)
    spans = {one.name: (one.weight, one.above, one.below) for one in found.spans}
    assert spans == {
        "n1": (3, 1, None),
        "roads": (2, 0, Fraction(5, 2)),
        "s2": (Fraction(5, 2), 2, None),
    }
    told = words(at, unlock.find(at))
    assert "By declared weights (M1 p.3; all else counts 1) the cheapest cost 4 in all:" in told
    assert "n1 weighs 3: the same ranking above 1." in told
    assert "roads weighs 2: the same ranking between 0 and 5/2." in told
    assert "Under other weights another way may be the cheapest." in told


def test_what_is_cheapest_under_all_weights_is_told_as_such():
    at = record(header="x-weights: {source: M1, of: {n1: 3}}", more=(
        "  - {id: s3, date: 2031-04-03, kind: withdraw, by: south, of: s2, source: M1}\n"
        "  - {id: s4, date: 2031-04-03, kind: propose, by: south, source: M1, terms: {watch: patrol}}\n"
        "  - {id: x1, date: 2031-04-04, kind: state, by: north, source: M1, x-immovable: [n1]}\n"
    ))  # fmt: skip
    found = unlock.find(at).weighed
    assert found is not None
    assert (found.cheapest, found.whatever) == (((("s1/pullback",),),), True)
    assert "The cheapest stay so under any weights." in words(at, unlock.find(at))


def test_without_weights_nothing_is_weighed():
    assert unlock.find(record()).weighed is None


CHANCES = (
    "x-chances: {source: M1 p.4, of: {n1: {as said: 1, at most 20 km: 3}, s2: {given up: 1, as said: 1}}}"
)


def test_declared_chances_are_drawn_and_told_as_a_count_with_its_interval():
    more = "  - {id: n3, date: 2031-04-03, kind: withdraw, by: north, of: n2, source: M1}\n"
    more += "  - {id: n4, date: 2031-04-03, kind: propose, by: north, source: M1, terms: {roads: open}}\n"
    at = record(header=CHANCES, more=more)
    found = robust.find(at, []).drawn
    assert found is not None
    assert (found.of, found.positions, found.source) == (DRAWS, ("n1", "s2"), "M1 p.4")
    assert found.low < Fraction(3, 8) < found.high  # three quarters of a half
    assert found == robust.find(at, []).drawn
    told = "\n".join(words(at, robust.find(at, [])))
    assert f"A deal in {found.feasible} of {DRAWS} draws, a share of 0." in told
    assert robust.find(record(more=more), []).drawn is None


def test_chances_that_cannot_be_drawn_are_told():
    at = record(header="x-chances: {source: M1, of: {n9: {as said: 1, given up: 1}, n1: {as said: 1, blue: 1}, "
                       "s2: {as said: 1, given up: 1}}}")  # fmt: skip
    found = robust.find(at, []).drawn
    assert found is not None
    assert found.positions == ("s2",)
    assert found.unused[1] == "n9 is no position in force"
    assert "'blue' does not fit" in found.unused[0]
    assert any(line.startswith("Chances not drawn: n9") for line in words(at, robust.find(at, [])))


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 100, 0, Fraction(37, 1000)),
        (50, 100, Fraction(403, 1000), Fraction(597, 1000)),
        (100, 100, Fraction(963, 1000), 1),
    ],
)
def test_the_interval_of_a_count_is_that_of_the_tables(count, of, low, high):
    assert interval(count, of) == (low, high)
