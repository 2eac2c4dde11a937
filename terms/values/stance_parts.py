"""Two stances on one term compared piece by piece: total, categories, parts, steps and their dates.

A composite value is not one thing: two parties may agree on the soldiers and differ on the civilians,
and what one of them does not name is silent there, not zero. So a comparison is a list of pieces, each
with its own verdict, and an answer for the whole only where every piece that both name has one. Stances
of different scope are about different things; they are listed side by side and neither agree nor oppose.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct

from terms.ground.words import Words
from terms.values.algebra import compatible
from terms.values.measured import Measured
from terms.values.stance_keys import by_name
from terms.values.stances import Stance, Step
from terms.values.times import Instant, read_time, say_time
from terms.values.value import Value, value_of

Verdict: TypeAlias = Literal["compatible", "opposed", "review", "silent", "refused", "deferred"]
Scopes: TypeAlias = Literal["same", "differs", "apart"]
_WITHHELD: dict[str, Verdict] = {"refuse": "refused", "defer": "deferred", "float": "silent"}


class Piece(Struct, frozen=True):
    """One piece of a comparison.

    `path` leads to it: `()` is the value itself, `("of-which", "living")` a part, `("steps", "s1", "at")`
    the date of a step. `left` and `right` are the words of either side, "" where a side is silent.
    "review": no arithmetic tells; "refused" and "deferred": a side would not have it, or not now.
    """

    path: tuple[str, ...]
    verdict: Verdict
    left: str
    right: str


class Comparison(Struct, frozen=True):
    """The pieces of two stances, in order of path, and how their scopes relate.

    `scopes` is "differs" when only one side names a scope and "apart" when they name different ones.
    """

    pieces: tuple[Piece, ...]
    scopes: Scopes

    @property
    def is_compatible(self) -> bool | None:
        """True: every piece that both name fits. False: one does not. None: nobody can tell.

        None also when no piece is named by both, and when the scopes are not the same: such stances
        neither agree nor oppose.
        """
        verdicts = {piece.verdict for piece in self.pieces} - {"silent"}
        if self.scopes != "same" or not verdicts:
            return None
        if "opposed" in verdicts:
            return False
        return True if verdicts == {"compatible"} else None


def same_scope(a: Stance, b: Stance) -> bool:
    """Whether two stances apply to the same, as far as they say: equal scope and equal date of reference."""
    return _scopes(a, b) == "same"


def scope_differs(a: Stance, b: Stance) -> bool:
    """Whether only one of two stances names a scope, so that nobody knows whether they are about the same."""
    return _scopes(a, b) == "differs"


def acceptance(stance: Stance) -> Value | None:
    """The set of values that the party would accept; everything when it is open.

    None: it accepts none now (refuse, defer), has taken no stance (float), or speaks only by category,
    part, step or reading, which have acceptances of their own.
    """
    if stance.modality in _WITHHELD:
        return None
    if stance.modality == "open" and stance.value is None:
        return value_of(stance.type, ())
    return stance.value


@lru_cache(maxsize=16_384)
def compatible_stances(a: Stance, b: Stance) -> Comparison:
    """Two stances on one term compared piece by piece; swapping them swaps left and right, nothing else."""
    return Comparison(tuple(_pieces((), a, b)), _scopes(a, b))


def sum_fault(stance: Stance) -> str | None:
    """How the parts of a total miss it, in one sentence; None where they fit or nobody can tell.

    Only a `partition: yes` promises that they add up. Parts without a number leave room for any rest.
    """
    inner = (sum_fault(one) for _, one in (*stance.per, *stance.of_which))
    found = next((fault for fault in inner if fault is not None), None)
    return found or (_missed(stance) if stance.partition else None)


def _scopes(a: Stance, b: Stance) -> Scopes:
    pairs = ((a.scope, b.scope), (a.as_at, b.as_at))
    if all(left == right for left, right in pairs):
        return "same"
    return "differs" if any((left is None) != (right is None) for left, right in pairs) else "apart"


def _pieces(path: tuple[str, ...], a: Stance | None, b: Stance | None) -> Iterator[Piece]:
    """The pieces of two stances below `path`; None: that side does not name it."""
    left, right = _said(a), _said(b)
    if left or right or not path:
        yield Piece(path, _verdict(a, b), left, right)
    for key in ("per", "of-which"):
        ours, theirs = _named(a, key), _named(b, key)
        for name in _names(ours, theirs):
            yield from _pieces((*path, key, name), ours.get(name), theirs.get(name))
    yield from _step_pieces(path, dict(a.steps) if a else {}, dict(b.steps) if b else {})


def _named(stance: Stance | None, key: str) -> dict[str, Stance]:
    if stance is None:
        return {}
    return dict(stance.per if key == "per" else stance.of_which)


def _names(ours: Collection[str], theirs: Collection[str]) -> tuple[str, ...]:
    """The names on either side, in one order whichever side is first."""
    if not ours and not theirs:
        return ()
    return tuple(name for name, _ in by_name((name, None) for name in {*ours, *theirs}))


def _step_pieces(path: tuple[str, ...], ours: dict[str, Step], theirs: dict[str, Step]) -> Iterator[Piece]:
    for name in _names(ours, theirs):
        left, right = ours.get(name), theirs.get(name)
        below = (*path, "steps", name)
        yield from _pieces(below, left.stance if left else None, right.stance if right else None)
        dates = (left.at if left else None, right.at if right else None)
        if dates != (None, None):
            yield Piece((*below, "at"), _same_date(*dates), *(_spoken(date) for date in dates))


def _said(stance: Stance | None) -> str:
    if stance is None:
        return ""
    return stance.value.words if stance.value is not None else _WITHHELD.get(stance.modality, "")


def _verdict(a: Stance | None, b: Stance | None) -> Verdict:
    """What is to be said of two values: withheld by a side, silent on a side, or what arithmetic says."""
    for modality in ("refuse", "defer", "float"):
        if any(side is not None and side.modality == modality for side in (a, b)):
            return _WITHHELD[modality]
    left, right = (acceptance(side) if side is not None else None for side in (a, b))
    if left is None or right is None:
        return "silent"
    return _verdict_of(compatible((left, right)))


def _verdict_of(fits: bool | None) -> Verdict:
    if fits is None:
        return "review"
    return "compatible" if fits else "opposed"


def _same_date(left: Words | None, right: Words | None) -> Verdict:
    """Dates fit when words or dates can be the same; times counted from happenings are to be reviewed."""
    if left is None or right is None:
        return "silent"
    one, other = read_time(left), read_time(right)
    if one == other:
        return "compatible"
    if not isinstance(one, Instant) or not isinstance(other, Instant):
        return "review"
    lows = [date.low for date in (one.date, other.date) if date.low is not None]
    highs = [date.high for date in (one.date, other.date) if date.high is not None]
    return _verdict_of(not lows or not highs or max(lows) <= min(highs))


def _spoken(words: Words | None) -> str:
    return "" if words is None else say_time(read_time(words))


def _missed(stance: Stance) -> str | None:
    total = _amount(stance.value)
    if total is None:
        return None
    amounts = [_amount(part.value) for _, part in stance.of_which]
    known = [one for one in amounts if one is not None and one.kind == total.kind]
    low, high = _sum([_ends(one)[0] for one in known]), _sum([_ends(one)[1] for one in known])
    least, most = _ends(total)
    if low is not None and most is not None and low > most:
        return f"the parts come to {total.scale.show(low)}, the total is {total.words}"
    if high is not None and least is not None and high < least and len(known) == len(amounts):
        return f"the parts come to {total.scale.show(high)}, the total is {total.words}"
    return None


def _amount(value: Value | None) -> Measured | None:
    """The one amount that a value is; None when it is anything else."""
    parts = value.parts if value is not None else ()
    return next((part for part in parts if isinstance(part, Measured)), None) if len(parts) == 1 else None


def _ends(amount: Measured) -> tuple[Fraction | None, Fraction | None]:
    spans = amount.readings[0]
    return (spans[0].low, spans[-1].high) if spans else (None, None)


def _sum(ends: list[Fraction | None]) -> Fraction | None:
    """The sum; None when an end is open, so that no sum is."""
    known = [end for end in ends if end is not None]
    return sum(known, Fraction(0)) if len(known) == len(ends) else None
