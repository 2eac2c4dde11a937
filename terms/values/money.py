"""An amount of money: a quantity whose unit is a currency, and one currency is never turned into another."""

from __future__ import annotations

from terms.values.declaration import Declaration
from terms.values.quantity import UnitType
from terms.values.units import find_currency

MONEY = UnitType(
    "money",
    Declaration("money", unit="EUR"),
    find_currency,
    (
        "5 bn EUR",
        "EUR 300 million",
        "€12.50",
        "at least 5000 EUR",
        "at most 6.5 million EUR",
        "less than 100 EUR",
        "more than 20 EUR",
        "2 to 3 million EUR",
        "any of [1 EUR, 2 EUR]",
        "within [1 EUR, 2 EUR]",
        "about 40 EUR",
        "2 of 3 EUR",
        "half of reparations",
        "same as reparations",
        "not stated",
        "unpublished",
        "no limit",
    ),
)
