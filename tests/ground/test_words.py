"""Words as written: frozen to the bottom, hashable, equal whatever the order of their keys."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.words import FrozenWords, freeze, thaw

PLAIN = st.recursive(
    st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
MAPS = st.dictionaries(st.text(max_size=3), PLAIN, max_size=4)


def backwards(spelled: object) -> object:
    """The same with the keys of every map in the other order."""
    if isinstance(spelled, dict):
        return {key: backwards(spelled[key]) for key in reversed(spelled)}
    return [backwards(one) for one in spelled] if isinstance(spelled, list) else spelled


@given(PLAIN)
def test_freezing_and_thawing_gives_back_what_was_written(spelled):
    assert thaw(freeze(spelled)) == spelled


@given(PLAIN)
def test_freezing_twice_changes_nothing(spelled):
    once = freeze(spelled)
    assert freeze(once) == once


@given(PLAIN)
def test_the_order_of_keys_does_not_matter_for_equality_and_hash(spelled):
    one, other = freeze(spelled), freeze(backwards(spelled))
    assert (one, hash(one)) == (other, hash(other))


@given(MAPS)
def test_the_written_order_of_keys_is_kept(spelled):
    assert list(thaw(freeze(spelled))) == list(spelled)


@given(MAPS)
def test_a_copy_made_by_pickling_is_equal(spelled):
    words = freeze(spelled)
    assert pickle.loads(pickle.dumps(words)) == words == copy.deepcopy(words)


def test_a_map_is_read_like_any_map():
    words = freeze({"is": "30 km", "scope": ["valley", "coast"]})
    assert (words["is"], words.get("due"), len(words), list(words)) == ("30 km", None, 2, ["is", "scope"])


def test_frozen_maps_inside_other_maps_are_kept_as_they_are():
    inner = FrozenWords({"is": "30 km"})
    assert freeze({"distance": inner})["distance"] is inner


def test_a_hash_is_the_same_when_asked_again():
    words = freeze({"is": "30 km"})
    assert hash(words) == hash(words)


def test_a_frozen_map_is_not_equal_to_a_map_that_can_change():
    assert freeze({"is": "30 km"}) != {"is": "30 km"}


def test_a_frozen_map_shows_what_it_holds():
    assert repr(freeze({"is": "30 km"})) == "FrozenWords({'is': '30 km'})"


@pytest.mark.parametrize("spelled", [30, None, {"is": 4.1}, {3: "km"}, ["30 km", {1, 2}]])
def test_what_is_not_words_is_refused(spelled):
    with pytest.raises(ValueError, match="quotes"):
        freeze(spelled)


def test_frozen_words_cannot_be_changed():
    words = freeze({"is": "30 km"})
    with pytest.raises(AttributeError, match="make new ones"):
        words._words = {}
    with pytest.raises(AttributeError, match="make new ones"):
        del words._hash
