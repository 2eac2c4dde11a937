"""Numbers are read exactly as people write them, and what could be read two ways is refused."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.values.amounts import exact, shown, split_number
from terms.values.unreadable import Misread


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)
)
def test_a_decimal_comes_back_digit_for_digit(number):
    amount = exact(Fraction(number))
    assert amount is not None
    assert Fraction(amount) == Fraction(number)
    assert split_number(f"{shown(amount)} km") == (Fraction(number), "km")


@pytest.mark.parametrize(
    ("words", "number", "rest"),
    [
        ("85000 persons", 85_000, "persons"),
        ("85 000 persons", 85_000, "persons"),
        ("6.5 million", 6_500_000, ""),
        ("3 hundred", 300, ""),
        ("3 thousand", 3_000, ""),
        ("3 mn", 3_000_000, ""),
        ("3 billion", 3_000_000_000, ""),
        ("2 trillion EUR", 2_000_000_000_000, "EUR"),
        ("5bn EUR", 5_000_000_000, "EUR"),
        ("-3", -3, ""),
    ],
)
def test_thousands_and_multipliers_are_exact(words, number, rest):
    assert split_number(words) == (number, rest)


def test_digits_that_never_end_are_no_amount():
    assert exact(Fraction(1, 3)) is None
    assert exact(Fraction(1, 8)) == Decimal("0.125")


def test_words_without_a_number_have_none():
    assert split_number("thirty km") is None


def test_a_comma_is_refused_with_both_spellings_that_are_not_ambiguous():
    with pytest.raises(Misread, match="write '85000' or '85 000'"):
        split_number("85,000 persons")


def test_a_number_of_absurd_length_is_refused():
    with pytest.raises(Misread, match="at most 40 digits"):
        split_number("9" * 5_000)
