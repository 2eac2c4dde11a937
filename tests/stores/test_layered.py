"""A map whose entries lie in a store behaves as the map that it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.maps import Map
from terms.stores.layered import GONE, Layered

KEYS = st.sampled_from("abcde")
ENTRIES = st.dictionaries(KEYS, st.integers(1, 9))
CHANGES = st.lists(st.tuples(KEYS, st.none() | st.integers(1, 9)), max_size=8)


class Kept:
    """Entries as a store would have them."""

    def __init__(self, held):
        self.held = held

    def entry(self, key):
        return self.held.get(key, GONE)

    def entries(self):
        return iter(self.held.items())

    def optioned(self):
        return None


@given(held=ENTRIES, changes=CHANGES)
def test_it_is_the_map_it_stands_for(held, changes):
    plain, layered = Map(held), Layered(Kept(held))
    for key, value in changes:
        if value is not None:
            plain, layered = plain.set(key, value), layered.set(key, value)
        elif key in plain:
            plain, layered = plain.delete(key), layered.delete(key)
        else:
            with pytest.raises(KeyError):
                layered.delete(key)
    assert layered == plain
    assert (hash(layered), len(layered), bool(layered)) == (hash(plain), len(plain), len(plain) > 0)
    assert sorted(layered.items()) == sorted(plain.items())
    assert (sorted(layered.values()), sorted(layered)) == (sorted(plain.values()), sorted(plain))
    for key in "abcde":
        assert (key in layered, layered.get(key)) == (key in plain, plain.get(key))
