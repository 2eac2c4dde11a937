"""A value: the set of outcomes that a stance would accept, and the words that show it.

A value is a conjunction of *parts*, at most one of a kind: the distance, the day counted from one
anchor, the names of a set. Parts of one kind can be compared with each other and with nothing else.
What no arithmetic reaches (`not stated`, `same as` another term, `until the captives are released`)
is a part of its own kind: it is kept, it is shown, and it makes the answer "needs review" instead of
a wrong yes or no. No part at all means no limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from terms.values.amounts import Amount


class Gap(Struct, frozen=True):
    """How far apart values are, in the term's own unit.

    `amount` is never negative; None when no single number says it, and then `parts` names the pairs
    ("1 and 3", counted from 1 in the order given) or the keys of a table. `names` are the members of a set
    that one side needs and another does not admit, or the keys. `touching`: nothing lies between the values
    and still none satisfies both (below 5 km, from 5 km). `contested`: months of different length give
    different answers; `amount` is then the smaller, and `parts` has the `shortest` and the `longest` reading.
    """

    amount: Amount | None
    unit: str = ""
    names: tuple[str, ...] = ()
    touching: bool = False
    contested: bool = False
    parts: tuple[tuple[str, Gap], ...] = ()


class Acceptance(Protocol):
    """One comparable part of a value. Parts of the same `kind` are of the same class."""

    @property
    def kind(self) -> str:
        """What it can be compared with: parts of this very kind."""

    @property
    def words(self) -> str:
        """The shown form, which reads back to an equal part."""

    @property
    def form(self) -> str:
        """exact, cap, floor, interval, about, any-of, all-of, within, not-stated, ..."""

    @property
    def is_settled(self) -> bool:
        """Whether arithmetic alone tells what satisfies it. False: somebody has to judge."""

    def meet(self, other: Acceptance) -> Acceptance | None:
        """What satisfies both; None when nothing does."""

    def join(self, other: Acceptance) -> Acceptance | None:
        """What satisfies either; None when that cannot be written as one part."""

    def gap(self, others: Sequence[Acceptance]) -> Gap | None:
        """How far these are from a common value; None when they have one or the distance is no number."""


Parts = tuple[Acceptance, ...]


class Opaque(Struct, frozen=True):
    """Words that are kept and not computed with.

    `is_fixed`: the same words always mean the same set (`same as cap.north`), so that two parties who
    say them agree; the number behind two `not stated` may differ.
    """

    words: str
    form: str
    is_fixed: bool = False

    @property
    def kind(self) -> str:
        """Nothing but the same words is of its kind."""
        return f"words: {self.words}"

    @property
    def is_settled(self) -> bool:
        """Never: that is what it is for."""
        return False

    def meet(self, other: Acceptance) -> Acceptance | None:
        """Itself: what is of its kind is the same words."""
        return self

    def join(self, other: Acceptance) -> Acceptance | None:
        """Itself, likewise."""
        return self

    def gap(self, others: Sequence[Acceptance]) -> Gap | None:
        """No number."""
        return None


class Value(Struct, frozen=True, eq=False):
    """What a stance would accept. Two values are equal if they mean the same: 30 km, 30.0 km, 30000 m.

    `words` show it in the declared unit and read back to an equal value. `form` is exact, cap, floor,
    interval, about, any-of, all-of, within, share, table, text, no-limit, not-stated, unpublished,
    same-as, half-of, rest, some-of, until-event, indefinite or all-for-all.
    """

    type: str
    words: str
    form: str
    parts: Parts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and self.words == other.words and self.type == other.type

    def __hash__(self) -> int:
        return hash((self.type, self.words))

    def __repr__(self) -> str:
        return f"Value({self.type!r}, {self.words!r})"

    def __str__(self) -> str:
        """The shown form."""
        return self.words


def value_of(type_name: str, parts: Parts) -> Value:
    """The value with these parts, put in canonical order and into words."""
    ordered = by_kind(parts)
    return Value(type_name, spelled(ordered), form_of(ordered), ordered)


def by_kind(parts: Parts) -> Parts:
    """The parts in canonical order."""
    return tuple(sorted(parts, key=lambda part: part.kind))


def spelled(parts: Parts) -> str:
    """The words of a conjunction of parts."""
    parts = _said(parts)
    if not parts:
        return "no limit"
    cells = sorted(part.words for part in parts if part.form == "cell")
    table = f"{{{', '.join(cells)}}}"
    if len(cells) == len(parts):
        return table
    if len(parts) == 1:
        return parts[0].words
    rest = [_in_conjunction(part) for part in parts if part.form != "cell"]
    return _share(parts) or f"all of [{', '.join(sorted([*rest, table] if cells else rest))}]"


def form_of(parts: Parts) -> str:
    """The form of a conjunction of parts."""
    parts = _said(parts)
    if not parts:
        return "no-limit"
    if all(part.form == "cell" for part in parts):
        return "table"
    if len(parts) == 1:
        return parts[0].form
    return "share" if _share(parts) else "all-of"


def listed(part: Acceptance) -> str:
    """The part's words inside a list: in quotation marks where a comma of theirs would end them."""
    if (
        isinstance(part, Opaque)
        and part.form not in ("any-of", "some-of")
        and re.search(r'[,\[\]{}"]', part.words)
    ):
        doubled = part.words.replace('"', '""')
        return f'"{doubled}"'
    return part.words


def met(parts: Iterable[Acceptance]) -> Parts | None:
    """The conjunction of `parts`, those of one kind merged; None when nothing satisfies them all."""
    merged: dict[str, Acceptance] = {}
    for part in parts:
        common = merged[part.kind].meet(part) if part.kind in merged else part
        if common is None:
            return None
        merged[part.kind] = common
    return tuple(merged.values())


def joined(alternatives: Sequence[Parts]) -> Parts:
    """What satisfies any of `alternatives`; kept as words where that is no single part."""
    distinct: list[Parts] = []
    for parts in sorted(alternatives, key=spelled):
        distinct = _with_alternative(distinct, parts)
    first, *others = distinct
    if not all(distinct):
        return ()
    if not others:
        return first
    words = sorted({_as_alternative(parts) for parts in distinct})
    kept = [part for parts in distinct for part in parts]
    return (Opaque(f"any of [{', '.join(words)}]", "any-of", all(is_certain(part) for part in kept)),)


def is_certain(part: Acceptance) -> bool:
    """Whether the same words always mean the same outcomes."""
    return bool(getattr(part, "is_fixed", part.is_settled))


def apart(stances: Sequence[Parts]) -> list[Gap]:
    """The gaps between `stances`, one for each kind of part that two of them or more have, in its order."""
    kinds = sorted({part.kind for parts in stances for part in parts})
    alike = ([part for parts in stances for part in parts if part.kind == kind] for kind in kinds)
    gaps = (first.gap(others) for first, *others in alike if others)
    return [gap for gap in gaps if gap is not None]


def _with_alternative(alternatives: Sequence[Parts], another: Parts) -> list[Parts]:
    """The alternatives with one more, as part of the first it can be written together with."""
    for place, parts in enumerate(alternatives):
        together = _either(parts, another)
        if together is not None:
            return [*alternatives[:place], together, *alternatives[place + 1 :]]
    return [*alternatives, another]


def _as_alternative(parts: Parts) -> str:
    return listed(parts[0]) if len(parts) == 1 and parts[0].form != "cell" else spelled(parts)


def _in_conjunction(part: Acceptance) -> str:
    """Hours are bracketed: `all of [08:00-12:00]` alone would mean at least these."""
    bare = part.kind.startswith("hours") and part.form == "exact" and not part.words.startswith("[")
    return f"[{part.words}]" if bare else listed(part)


def _either(one: Parts, other: Parts) -> Parts | None:
    """Alternatives that differ in a single part, as one conjunction; None when they differ in more."""
    mine, theirs = ({part.kind: part for part in parts} for parts in (one, other))
    if mine.keys() != theirs.keys():
        return None
    differing = [kind for kind in mine if mine[kind] != theirs[kind]]
    if not differing:
        return one
    [kind, *more] = differing
    union = mine[kind].join(theirs[kind]) if not more else None
    if union is None:
        return None
    kept = tuple(part for part in one if part.kind != kind)
    return kept if union.form == "no-limit" else (*kept, union)


def _said(parts: Parts) -> Parts:
    """Without the rate that a number of exchanged persons implies, unless it is said to be approximate."""
    kinds = {part.kind for part in parts}
    return tuple(
        part for part in parts if part.kind != "rate" or part.form == "about" or "exchange" not in kinds
    )


def _share(parts: Parts) -> str:
    """`12 of 24 persons`, for an amount beside the whole it is part of; empty for anything else."""
    whole = [part for part in parts if part.kind == "whole"]
    if not whole or len(parts) != 2:
        return ""
    amount = next(part for part in parts if part.kind != "whole")
    total = whole[0].words.removeprefix("out of ")
    number, _, unit = total.partition(" ")
    bare = amount.words.removesuffix(f" {unit}") if unit else amount.words
    plain = re.fullmatch(r"(?:[a-z]+ )*[\d.]+", bare) and re.fullmatch(r"[\d.]+", number)
    return f"{bare} of {total}" if plain else ""
