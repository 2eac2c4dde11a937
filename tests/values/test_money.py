"""Money: currencies are read with their letters and never converted."""

from decimal import Decimal

import pytest

from terms.values import Declaration, Unreadable, compatible, gap, read_value
from terms.values.value import Gap

EUR = Declaration("money", "EUR")


def test_five_billion_is_one_amount_in_three_spellings():
    spellings = ("5 bn EUR", "EUR 5 billion", "€5bn")
    assert {read_value(words, EUR).words for words in spellings} == {"5000000000 EUR"}


def test_the_gap_is_in_the_currency():
    stances = [read_value("at most 2 EUR", EUR), read_value("at least 5.50 EUR", EUR)]
    assert gap(stances) == Gap(Decimal("3.5"), "EUR")


def test_another_currency_is_refused_and_not_converted():
    with pytest.raises(Unreadable, match="this term is money in EUR"):
        read_value("5 USD", EUR)


def test_what_is_no_currency_is_refused():
    with pytest.raises(Unreadable, match="write its three letters"):
        read_value("5 shells", EUR)


def test_without_a_declared_currency_two_currencies_are_not_comparable():
    free = Declaration("money")
    assert compatible([read_value("5 EUR", free), read_value("5 USD", free)]) is None
