"""Unions of intervals: merged, exact, and the same whatever the order they came in."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from terms.values.spans import EVERYTHING, NOTHING, Span, apart, meet, overreach, union, whole

ENDS = st.none() | st.integers(-4, 4).map(Fraction) | st.just(Fraction(1, 2))
SPANS = st.builds(Span, ENDS, ENDS, st.booleans(), st.booleans())
SETS = st.lists(SPANS, max_size=4).map(union)
SAMPLES = [Fraction(n, 4) for n in range(-20, 21)]


def span(low, high, low_in=True, high_in=True):
    return Span(
        None if low is None else Fraction(low), None if high is None else Fraction(high), low_in, high_in
    )


def holds(spans, at):
    """Membership, said the long way."""
    return any(
        (one.low is None or one.low < at or (one.low == at and one.low_in))
        and (one.high is None or at < one.high or (one.high == at and one.high_in))
        for one in spans
    )


@given(spans=st.lists(SPANS, max_size=5))
def test_a_union_holds_exactly_what_one_of_its_spans_holds(spans):
    assert [holds(union(spans), at) for at in SAMPLES] == [holds(spans, at) for at in SAMPLES]


@given(spans=st.lists(SPANS, max_size=5))
def test_a_union_is_written_in_one_way(spans):
    assert union(spans) == union(reversed(spans)) == union(union(spans))


@given(a=SETS, b=SETS)
def test_a_meet_holds_exactly_what_both_hold(a, b):
    assert [holds(meet(a, b), at) for at in SAMPLES] == [holds(a, at) and holds(b, at) for at in SAMPLES]


@given(a=SETS)
def test_whole_numbers_of_a_set_are_those_it_holds(a):
    numbers = [at for at in SAMPLES if at.denominator == 1]
    assert [holds(whole(a), at) for at in numbers] == [holds(a, at) for at in numbers]


@given(a=SETS.filter(bool), b=SETS.filter(bool))
def test_sets_that_meet_are_not_apart(a, b):
    assert not meet(a, b) or apart(a, b) == 0


def test_below_85_is_at_most_84_where_only_whole_numbers_count():
    assert whole((span(None, 85, high_in=False),)) == (span(None, 84),)


def test_neighbouring_whole_numbers_are_one_span():
    assert whole((span(1, 2), span(3, 4))) == (span(1, 4),)


def test_spans_that_touch_are_merged_only_if_the_point_belongs_to_one():
    assert union((span(1, 2), span(2, 3, low_in=False))) == (span(1, 3),)
    assert len(union((span(1, 2, high_in=False), span(2, 3, low_in=False)))) == 2


def test_nothing_meets_nothing_and_everything_leaves_all():
    assert meet(EVERYTHING, NOTHING) == NOTHING
    assert meet(EVERYTHING, EVERYTHING) == EVERYTHING


def test_the_overreach_of_several_is_from_the_highest_floor_to_the_lowest_cap():
    assert overreach([span(5, None), span(None, 2), span(3, 9)]) == 3
    assert overreach([span(5, None), span(3, None)]) == 0
