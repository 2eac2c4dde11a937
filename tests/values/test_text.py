"""Texts are kept word for word and compared by nobody but a person."""

import pytest

from terms.values import Declaration, Unreadable, compatible, gap, read_value

TEXT = Declaration("text")


def text(words):
    return read_value(words, TEXT)


@pytest.mark.parametrize(
    "words", ["at most the bridge", "about noon give or take", '"the southern road"', "any of [", "[a, b]"]
)
def test_words_that_mean_something_elsewhere_are_plain_here(words):
    assert (text(words).words, text(words).form) == (words, "text")


def test_the_same_text_twice_is_still_for_somebody_to_judge():
    assert compatible([text("open"), text("open")]) is None
    assert gap([text("open"), text("closed")]) is None


def test_a_list_of_texts_is_closed_by_brackets_and_commas_stand_in_quotation_marks():
    assert text({"any-of": ["the road, open", "the pier"]}).words == 'any of ["the road, open", the pier]'
    assert text("all of [about noon give or take an hour, at most about ten]").form == "all-of"


@pytest.mark.parametrize("words", ["", "   ", ["a", "b"]])
def test_nothing_is_no_text(words):
    with pytest.raises(Unreadable, match="this term is a text"):
        text(words)
