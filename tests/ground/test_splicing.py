"""A sequence spliced of two reads as the one that copying them would give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.splicing import Spliced

NUMBERS = st.lists(st.integers(0, 9), max_size=6)
ENDS = st.none() | st.integers(-9, 9)


@given(first=NUMBERS, data=st.data(), rest=NUMBERS, further=NUMBERS)
def test_it_reads_as_what_copying_would_give(first, data, rest, further):
    cut = data.draw(st.integers(0, len(first)))
    again = data.draw(st.integers(0, cut + len(rest)))
    plain, made = (*first[:cut], *rest), Spliced(first, cut, rest)
    deep, spliced = (*plain[:again], *further), Spliced(made, again, further)
    for expected, found in ((plain, made), (deep, spliced)):
        assert tuple(found) == expected
        assert len(found) == len(expected)
        piece = slice(data.draw(ENDS), data.draw(ENDS), data.draw(st.sampled_from([None, 1, 2, -1])))
        assert found[piece] == expected[piece]
        for place in range(-len(expected), len(expected)):
            assert found[place] == expected[place]
        for place in (len(expected), -len(expected) - 1):
            with pytest.raises(IndexError):
                found[place]


def test_a_branch_of_a_branch_reaches_no_deeper_where_it_shares_only_the_base():
    base = [1, 2, 3]
    assert Spliced(Spliced(base, 2, [4]), 1, [5]).first is base


def test_what_is_shared_may_grow_behind_the_cut_unseen():
    base = [1, 2]
    made = Spliced(base, 2, [3])
    base.append(9)
    assert tuple(made) == (1, 2, 3)
