"""Numbers as people write them, read exactly: `85000`, `85 000`, `6.5 million`. No float is ever made."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from terms.ground.patterns import late
from terms.values.unreadable import Misread

Amount = int | Decimal

MULTIPLIERS = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
LONGEST = 40  # digits; no stated amount needs more, and longer ones only serve to make reading slow

NUMBER = rf"[+-]?(?:\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+)(?:\.\d+)?(?:\s?(?:{'|'.join(MULTIPLIERS)})\b)?"
_NUMBER = late(rf"({NUMBER})\s*(.*)", re.ASCII | re.DOTALL)
_WITH_COMMA = late(r"[+-]?\d+(,\d+)+", re.ASCII)
_MULTIPLIER = late(r"[a-z]+$")


def split_number(words: str) -> tuple[Fraction, str] | None:
    """The number that `words` begin with and what follows it; None when they begin with none.

    Raises:
        Misread: the number has a comma, which means thousands to some and decimals to others, or
            more digits than any amount needs.
    """
    if comma := _WITH_COMMA.match(words):
        bare = comma[0].replace(",", "")
        raise Misread(
            f"a comma is read two ways: write '{bare}' or '{comma[0].replace(',', ' ')}', or a decimal point"
        )
    match = _NUMBER.fullmatch(words)
    if match is None:
        return None
    if len(match[1]) > LONGEST:
        raise Misread(f"a number has at most {LONGEST} digits")
    return _number(match[1]), match[2].strip()


def exact(amount: Fraction) -> Amount | None:
    """The amount as an int, or as a Decimal with all its digits; None when the digits never end."""
    if amount.denominator == 1:
        return amount.numerator
    rest, twos, fives = amount.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives)
    digits = tuple(map(int, str(abs(amount.numerator) * 10**places // amount.denominator)))
    return Decimal((int(amount < 0), digits, -places))


def shown(amount: Amount) -> str:
    """The digits, never in powers of ten."""
    return f"{amount:f}" if isinstance(amount, Decimal) else str(amount)


def _number(words: str) -> Fraction:
    multiplier = _MULTIPLIER.search(words)
    digits = words[: multiplier.start()] if multiplier else words
    times = MULTIPLIERS[multiplier[0]] if multiplier else 1
    return Fraction(re.sub(r"\s", "", digits)) * times
