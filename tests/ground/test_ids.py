"""Names and references are spelt in one way each, and what is not so spelt is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.errors import BadReference
from terms.ground.ids import (
    EVENT_ID_PATTERN,
    NAME_PATTERN,
    Reference,
    is_event_id,
    is_name,
    is_source_id,
    read_reference,
)

event_ids = st.from_regex(EVENT_ID_PATTERN, fullmatch=True)
names = st.from_regex(NAME_PATTERN, fullmatch=True)


@given(event_ids)
def test_every_event_id_is_also_a_name(text):
    assert is_event_id(text)
    assert is_name(text)


@given(event_ids, st.none() | names)
def test_a_reference_reads_back_as_itself(event, part):
    reference = Reference(event, part)
    assert read_reference(str(reference)) == reference


@pytest.mark.parametrize(
    "text", ["", "Med-25", "med--25", "-med", "med-", "25-med", "med 25", "med-25\n", "med.25"]
)
def test_an_event_id_is_small_letters_and_digits_between_single_hyphens(text):
    assert not is_event_id(text)


@pytest.mark.parametrize("text", ["pullback.distance", "martial-law.lifted", "truce.2.ends", "med-25"])
def test_a_name_has_dots_between_its_groups(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text", ["", ".distance", "pullback.", "pull..back", "Pullback", "2.truce", "pullback.distance\n"]
)
def test_a_name_has_no_empty_group(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("M1", True), ("general-knowledge", True), ("1M", False), ("M.1", False)]
)
def test_a_source_may_have_capitals(text, expected):
    assert is_source_id(text) is expected


@pytest.mark.parametrize("text", ["", "/", "med-25/", "/option-2", "a/b/c", "a b", "med-25/Option"])
def test_a_reference_with_a_bad_half_is_refused(text):
    with pytest.raises(BadReference, match="does not name an event"):
        read_reference(text)
