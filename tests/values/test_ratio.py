"""Ratios: rates, numbers at a rate, and all for all."""

from decimal import Decimal

import pytest

from terms.values import Declaration, Unreadable, compatible, gap, read_value
from terms.values.value import Gap

RATIO = Declaration("ratio")


def ratio(words):
    return read_value(words, RATIO)


@pytest.mark.parametrize(
    "words", ["30 for 1", "1 for 3", "1000 for 1000", "3 for 2", "all for all", "2.5 for 1"]
)
def test_a_ratio_is_shown_as_it_was_said(words):
    assert ratio(words).words == words


def test_rates_are_compared_as_quantities_in_one_orientation():
    assert gap([ratio("at most 4 for 1"), ratio("at least 9 for 1")]) == Gap(5, "for 1")
    assert gap([ratio("1 for 3"), ratio("1 for 2")]) == Gap(1, "for 6")
    assert gap([ratio("1 for 4"), ratio("1 for 2")]) == Gap(Decimal("0.25"), "for 1")


def test_numbers_are_compared_where_both_sides_give_one():
    assert gap([ratio("1000 for 1000"), ratio("1200 for 1200")]) == Gap(200, "received")


def test_where_rate_and_number_both_differ_the_number_is_told():
    assert gap([ratio("2400 for 1200"), ratio("1000 for 1000")]) == Gap(200, "received")


def test_a_number_is_compatible_with_the_rate_it_implies():
    assert compatible([ratio("1000 for 1000"), ratio("1 for 1")]) is True
    assert compatible([ratio("1000 for 1000"), ratio("2 for 1")]) is False


def test_all_for_all_agrees_with_itself_and_must_be_judged_beside_a_number():
    assert compatible([ratio("all for all"), ratio("all for all")]) is True
    assert compatible([ratio("all for all"), ratio("1000 for 1000")]) is None


@pytest.mark.parametrize("words", ["0 for 1", "many for one", "3 for", "1000"])
def test_what_is_no_ratio_is_refused(words):
    with pytest.raises(Unreadable, match="'1000 for 1000' or 'all for all'"):
        ratio(words)


@pytest.mark.parametrize("words", ["60:40", "60/40", "60 : 40"])
def test_a_ratio_with_a_sign_is_offered_in_words(words):
    with pytest.raises(Unreadable, match="'60 for 40'"):
        ratio(words)
