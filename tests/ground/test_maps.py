"""The one map never changes, and an empty one is always the same object."""

from hypothesis import given
from hypothesis import strategies as st

from terms.ground import maps

dicts = st.dictionaries(st.text(max_size=3), st.integers())


@given(dicts)
def test_a_map_holds_what_it_was_made_of(source):
    assert dict(maps.of(source)) == source


@given(dicts, st.text(max_size=3), st.integers())
def test_adding_to_a_map_leaves_the_old_one_as_it_was(source, key, value):
    before = maps.of(source)
    after = before.set(key, value)
    assert (dict(before), dict(after)) == (source, {**source, key: value})


@given(dicts)
def test_a_map_of_a_map_is_that_map(source):
    once = maps.of(source)
    assert maps.of(once) is once


def test_there_is_one_empty_map():
    assert maps.of({}) is maps.empty() is maps.EMPTY
