"""On small talks every answer is the one that looking at every deal gives."""

from itertools import combinations, product

from hypothesis import given, settings

from terms.analyses import deadlines, deadlock, partial, robust, unlock, why_not, zone
from terms.analyses.robust import Toggle
from terms.core.situation import situation
from terms.testing.laws import renamed
from tests.analyses.small import HAPPENINGS, Tried, at_end, statements
from tests.draws import draws

BOUND, FAR = 4, 9
"""The most days that two statements of at most two can set apart, and more than those and another two beside."""

few = settings(max_examples=draws(25), deadline=None)


@few
@given(said=statements())
def test_there_is_a_deal_exactly_when_trying_finds_one_and_its_values_are_those_tried(said):
    tried, found = Tried(said), zone.find(at_end(said))
    assert found.feasible == tried.fits(tried.names)
    assert set(found.scope) == tried.scope
    assert found.checked
    if found.feasible:
        words = {one.term: " ".join(said for _, said in one.words) for one in found.values}
        for value in ("open", "closed") if "roads" in words else ():
            assert (value in words["roads"]) == (value in tried.values("roads"))
        for port in ("east", "west", "south") if "ports" in words else ():
            held = {port in value for value in tried.values("ports") if value is not None}
            assert (port in words["ports"]) == (True in held)


@few
@given(said=statements())
def test_the_conflicts_are_the_smallest_sets_that_cannot_hold(said):
    tried, found = Tried(said), why_not.find(at_end(said))
    cores = tried.cores()
    assert {frozenset(one.names) for one in found.conflicts} == cores
    assert set(found.uninvolved) == tried.names - frozenset().union(*cores)
    assert found.at_least <= min((len(way) for way in tried.ways_out()), default=0)


@few
@given(said=statements())
def test_the_ways_out_are_the_smallest_sets_that_have_to_go(said):
    tried, found = Tried(said), unlock.find(at_end(said))
    ways = tried.ways_out()
    picks = product(*([way.positions for way in knot.ways] for knot in found.groups))
    assert {frozenset(name for way in pick for name in way) for pick in picks} == ways
    if found.groups:
        assert (found.total, found.fewest) == (len(ways), min(map(len, ways)))
        assert sum(number for _, number in found.sizes) == found.total
        by = {one.name: one.by for one in said}
        for alone in found.alone:
            own = [way for way in ways if {by[name] for name in way} == {alone.party}]
            assert (alone.count, alone.fewest) == (len(own), min(map(len, own), default=None))


@few
@given(said=statements())
def test_the_largest_parts_are_those_that_some_deal_settles_as_things_stand(said):
    tried, found = Tried(said, partial=True), partial.find(at_end(said))
    assert (found.barred is None) == tried.fits(tried.names)
    if found.barred is None:
        assert {frozenset(one) for one in found.largest} == tried.largest()


@few
@given(said=statements())
def test_order_can_be_kept_exactly_when_some_days_keep_it(said):
    tried, at = Tried(said), at_end(said)
    found = deadlines.find(at)
    assert found.feasible == tried.fits(tried.orders)
    plain = [one for one in said if one.keeps and (" before " in one.event or " not after " in one.event)]
    assert found.feasible or {frozenset(one.conflict.names) for one in found.loops} == {
        core for core in tried.cores() if core <= tried.orders
    }
    if len(plain) == len(tried.orders):
        assert deadlock.find(at).is_deadlocked == (not found.feasible)


@settings(max_examples=draws(25), deadline=None)
@given(said=statements())
def test_a_sweep_counts_the_combinations_that_allow_a_deal(said):
    tried = Tried(said)
    dropped = sorted(tried.names)[:4]
    swept = robust.find(at_end(said), [Toggle(name, name) for name in dropped]).sweep
    allowed = [
        set(off)
        for size in range(len(dropped) + 1)
        for off in combinations(dropped, size)
        if tried.fits(tried.names - set(off))
    ]
    assert (swept.feasible, swept.of) == (len(allowed), 2 ** len(dropped))
    assert {frozenset(one) for one in swept.sufficient} == {
        frozenset(one) for one in allowed if not any(other < one for other in allowed)
    }


@few
@given(said=statements())
def test_swapping_the_names_of_the_parties_swaps_them_in_every_answer_and_nothing_else(said):
    here = at_end(said)
    there = situation(renamed(here.history, {"north": "south", "south": "north"}))
    ports = ("ports",)  # one of them has the name of a party
    assert [one for one in zone.find(here).values if one.term not in ports] == [
        one for one in zone.find(there).values if one.term not in ports
    ]
    assert [one.names for one in why_not.find(here).conflicts] == [
        one.names for one in why_not.find(there).conflicts
    ]
    one, other = unlock.find(here), unlock.find(there)
    assert (one.total, one.sizes, one.least_per_party) == (other.total, other.sizes, other.least_per_party)
    assert {way.positions for knot in one.groups for way in knot.ways} == {
        way.positions for knot in other.groups for way in knot.ways
    }
    assert partial.find(here).largest == partial.find(there).largest
    assert robust.find(here).sweep == robust.find(there).sweep
    mine, theirs = deadlines.find(here), deadlines.find(there)
    assert (mine.windows, mine.clocks) == (theirs.windows, theirs.clocks)
    assert [(loop.conflict.names, loop.excess) for loop in mine.loops] == [
        (loop.conflict.names, loop.excess) for loop in theirs.loops
    ]
    swap = {"north": "south", "south": "north"}
    assert [{*found.parties} for found in deadlock.find(here).findings] == [
        {swap[party] for party in found.parties} for found in deadlock.find(there).findings
    ]
    assert {swap[alone.party]: (alone.count, alone.fewest) for alone in one.alone} == {
        alone.party: (alone.count, alone.fewest) for alone in other.alone
    }


@few
@given(said=statements())
def test_the_windows_are_the_earliest_and_latest_days_that_keep_all_order(said):
    found = deadlines.find(at_end(said))
    orders = [one for one in said if one.keeps]
    if not orders or not found.feasible:
        return
    others = [name for name in HAPPENINGS if name != found.anchor]
    tried = [
        {found.anchor: 0, **dict(zip(others, days, strict=True))}
        for days in product(range(-FAR, FAR + 1), repeat=2)
    ]
    kept = [days for days in tried if all(one.keeps(days) for one in orders)]
    for window in found.windows:
        days = [one[window.happening] for one in kept]
        low, high = min(days), max(days)
        assert window.earliest == (low if low >= -BOUND else None)
        assert window.latest == (high if high <= BOUND else None)
