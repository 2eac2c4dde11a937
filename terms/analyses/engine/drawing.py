"""Draws declared chances: in how many of so many draws there is a deal, with the interval of that count.

Only where the record declares, with a source, what shares other words of a position are thought to have; positions
are drawn each for itself. The draws are the same on every machine. A count of draws is no forecast.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, isqrt

from msgspec import Struct

from terms.analyses.engine.declared import AS_SAID, GIVEN_UP, declared
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Oracle, Stop, never
from terms.analyses.engine.positions import CannotReword, Silence
from terms.analyses.engine.sweeping import holding
from terms.core.situation import Situation
from terms.values.misworded import Misworded
from terms.values.unreadable import Unreadable

DRAWS = 4096
Z2 = Fraction(38416, 10000)
"""The square of 1.96: the interval holds the share in 95 of 100 such samples (Wilson 1927)."""


class Drawn(Struct, frozen=True):
    """A deal in `feasible` of `of` draws; `low` to `high` is the interval of the share, rounded outwards.

    `positions` are those drawn, on the word of `source`; `unused` tells which chances could not be drawn, and why.
    """

    feasible: int
    of: int
    low: Fraction
    high: Fraction
    source: str
    positions: tuple[str, ...]
    unused: tuple[str, ...]


def drawn(
    at: Situation, *, silence: Silence = "open", stage: str | None = None, stop: Stop = never
) -> Drawn | None:
    """The draws of the chances that the record declares; None: it declares none that can be drawn."""
    said = declared(at)
    used, unused = _usable(at, silence, stage)
    if not used:
        return None
    variants = [(name, words) for name, shares in used.items() for words, _ in shares if _is_other(words)]
    asked = model(at, silence=silence, stage=stage, variants=variants)
    others = [f"{name} = {words}" for name, words in variants]
    always = [name for name in asked.names if name not in used and name not in others]
    names = [*used, *others]
    place = {name: 1 << number for number, name in enumerate(names)}
    oracle = Oracle(asked.problem)
    try:
        oracle.fix((*(clause.name for clause in asked.problem.hard), *always))
        draws = [sum(place[name] for name in one) for one in _draws(used)]
        held = holding(oracle, names, draws, stop=stop)
    finally:
        oracle.close()
    count = sum(1 for one in draws if one in held)
    low, high = interval(count, len(draws))
    return Drawn(count, len(draws), low, high, said.chances_source, tuple(used), unused)


def _usable(
    at: Situation, silence: Silence, stage: str | None
) -> tuple[dict[str, tuple[tuple[str, int], ...]], tuple[str, ...]]:
    known = model(at, silence=silence, stage=stage).positions
    used: dict[str, tuple[tuple[str, int], ...]] = {}
    unused: list[str] = []
    for name, shares in sorted(declared(at).chances.items()):
        if name not in known:
            unused.append(f"{name} is no position in force")
            continue
        try:
            words = [(name, one) for one, _ in shares if _is_other(one)]
            model(at, silence=silence, stage=stage, variants=words)
        except (CannotReword, Misworded, Unreadable) as fault:
            unused.append(str(fault))
        else:
            used[name] = shares
    return used, tuple(unused)


def _is_other(words: str) -> bool:
    return words not in (AS_SAID, GIVEN_UP)


def _draws(used: dict[str, tuple[tuple[str, int], ...]]) -> Iterator[Sequence[str]]:
    """So many draws of the positions in force (Lehmer's generator, 1951)."""
    state = 1
    for _ in range(DRAWS):
        kept: list[str] = []
        for name, shares in used.items():
            state = state * 48271 % 2147483647
            left = state * sum(share for _, share in shares) // 2147483647
            words = _at(shares, left)
            if words != GIVEN_UP:
                kept.append(name if words == AS_SAID else f"{name} = {words}")
        yield kept


def _at(shares: Sequence[tuple[str, int]], number: int) -> str:
    """The words in whose share a number falls, the shares laid end to end from 0."""
    for words, share in shares:
        if number < share:
            return words
        number -= share
    raise AssertionError("a draw falls into one of the shares")


def interval(count: int, of: int) -> tuple[Fraction, Fraction]:
    """Wilson's interval of a share, in thousandths, rounded outwards."""
    middle = count + Z2 / 2
    spread = Z2 * (Fraction(count * (of - count), of) + Z2 / 4)
    root = Fraction(isqrt(int(spread * 10**12)) + 1, 10**6)
    low, high = ((middle + sign * root) / (of + Z2) for sign in (-1, 1))
    down, up = Fraction(floor(low * 1000), 1000), Fraction(ceil(high * 1000), 1000)
    return max(down, Fraction(0)), min(up, Fraction(1))
