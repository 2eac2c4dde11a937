"""The messages for words that cannot be read: what was found, the nearest known key, the comma trap."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from terms.ground.errors import TermsError
from terms.values import Declaration
from terms.values.misworded import EmptyKey, Misworded, UnknownKey
from terms.values.unreadable import Unreadable


def test_whoever_catches_unreadable_words_catches_these_too():
    assert issubclass(UnknownKey, Unreadable)
    assert issubclass(EmptyKey, TermsError)


def test_a_message_says_what_was_found_and_how_to_mend_it():
    fault = Misworded("E310", "'soon' is not a time", "write a date")
    assert (fault.code, fault.message, fault.help, str(fault)) == (
        "E310",
        "'soon' is not a time",
        ("write a date",),
        "'soon' is not a time: write a date",
    )


def test_a_message_without_a_way_out_is_one_sentence():
    assert str(Misworded("E310", "'soon' is not a time")) == "'soon' is not a time"


def test_an_unknown_key_names_the_nearest_known_one():
    fault = UnknownKey("strenght", ("strength", "stage"))
    assert (fault.code, fault.key, fault.known, fault.help) == (
        "E102",
        "strenght",
        ("strength", "stage"),
        ("did you mean 'strength'?",),
    )


@pytest.mark.parametrize("fault", [UnknownKey("from the river line", ("is",)), EmptyKey("968 persons")])
def test_what_a_comma_inside_braces_leaves_behind_is_explained(fault):
    assert any("a comma inside { }" in line for line in fault.help)


@given(words=st.text("ab ", min_size=1, max_size=120).map(str.strip).filter(bool))
@example(words="a" * 80)
@example(words="a" * 81)
def test_words_that_cannot_be_read_are_quoted_whole_up_to_80_letters(words):
    """Longer ones are cut, and the cut is seen."""
    fault = Unreadable(words, Declaration("quantity"), ("write an amount",))
    quoted = words if len(words) <= 80 else f"{words[:80]}..."
    assert fault.message == f"'{quoted}' does not fit a term of type quantity"
