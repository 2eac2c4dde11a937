"""One value gives one row of bytes, the bytes of RFC 8785."""

import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.canonical import LARGEST_INTEGER, canonical_json, canonical_words, fingerprint
from terms.ground.errors import NotCanonical

ascii_keys = st.text(st.characters(max_codepoint=127), max_size=6)
scalars = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | st.text()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ascii_keys, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_the_bytes_are_those_of_the_standard(value):
    assert canonical_json(value) == rfc8785.dumps(value)


@given(values)
def test_the_bytes_read_back_as_the_value(value):
    assert json.loads(canonical_json(value)) == value


words = st.recursive(
    st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ascii_keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(ascii_keys, words, max_size=4))
def test_what_is_words_throughout_gives_the_same_bytes_the_short_way(value):
    assert canonical_words(value) == canonical_json(value)


@pytest.mark.parametrize("value", [{"a": {"ä": "b"}}, {"a": ["\ud800"]}, {"\ud800": "a"}])
def test_the_short_way_refuses_the_same_words(value):
    with pytest.raises(NotCanonical, match="has no canonical form"):
        canonical_words(value)


def test_a_tuple_is_written_as_a_list():
    assert canonical_json({"b": (1, "é"), "a": None}) == '{"a":null,"b":[1,"é"]}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.5, [0.0], {"a": {"b": 2.0}}, {1: "a"}, {"ä": 1}, LARGEST_INTEGER + 1, {"a": {1, 2}}, "\ud800", b"a"],
)
def test_what_other_machines_may_write_differently_is_refused(value):
    with pytest.raises(NotCanonical, match="has no canonical form"):
        canonical_json(value)


@given(st.binary())
def test_a_fingerprint_is_sha256(content):
    assert fingerprint(content) == hashlib.sha256(content).hexdigest()
