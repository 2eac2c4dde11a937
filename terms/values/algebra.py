"""What several values have in common, and how far apart they are. Exact, and undecided where it must be.

The rules are those of acceptance sets: values are compatible when some outcome satisfies all of them.
No number is invented: yes and no have no distance, months of unequal length give contested answers,
and words that nobody can compute with make the answer None, "needs review".
"""

from __future__ import annotations

from collections.abc import Sequence

from terms.ground.errors import TermsError
from terms.values.table import Cell
from terms.values.value import Acceptance, Gap, Parts, Value, apart, is_certain, met, value_of


class MixedTypes(TermsError):
    """Values of different terms were compared."""

    def __init__(self, types: set[str]) -> None:
        super().__init__(
            f"values of types {', '.join(sorted(types))} are not compared: take those of one term"
        )


def compatible(values: Sequence[Value]) -> bool | None:
    """Whether some outcome satisfies all of `values`; None when somebody has to judge.

    Values without a limit are satisfied by anything. The same words of a fixed meaning (`same as X`)
    are satisfied together; two `not stated` are not known to be.
    """
    refuse_mixture(values)
    return _hold_together([value.parts for value in values])


def _hold_together(said: Sequence[Parts]) -> bool | None:
    limited = [parts for parts in said if parts]
    common = met(part for parts in limited for part in parts)
    if common is None:
        return False
    if len(limited) < 2 or (
        all(parts == limited[0] for parts in limited) and all(map(is_certain, limited[0]))
    ):
        return True
    shared = set.intersection(*({part.kind for part in parts} for parts in limited))
    certain = all(part.is_settled or (part.kind in shared and _is_met(part, limited)) for part in common)
    return True if shared and certain else None


def _is_met(part: Acceptance, said: Sequence[Parts]) -> bool:
    """Whether something certainly satisfies all that is `said` of the kind of `part`, by everybody."""
    if isinstance(part, Cell):
        cells = [one for parts in said for one in parts if isinstance(one, Cell) and one.key == part.key]
        return _hold_together([cell.said for cell in cells]) is True
    return is_certain(part)


def intersection(a: Value, b: Value) -> Value | None:
    """What satisfies both; None when nothing does.

    What cannot be computed is kept in words: `all of [30 km, not stated]`.
    """
    refuse_mixture((a, b))
    if a == b:
        return a
    common = met((*a.parts, *b.parts))
    return value_of(a.type, common) if common is not None else None


def gap(values: Sequence[Value]) -> Gap | None:
    """How far apart `values` are; None when they are not, or when no number can say it (they are opposed).

    Where several parts of a value are apart (the keys of a table), `parts` has the gap of each and
    `names` the keys: amounts of different keys are not added.
    """
    refuse_mixture(values)
    gaps = apart([value.parts for value in values])
    if len(gaps) < 2:
        return gaps[0] if gaps else None
    if not any(gap.names and gap.parts for gap in gaps):
        return gaps[0]
    names = tuple(dict.fromkeys(name for gap in gaps for name in gap.names))
    contested = any(gap.contested for gap in gaps)
    return Gap(None, "", names, contested=contested, parts=tuple(part for gap in gaps for part in gap.parts))


def refuse_mixture(values: Sequence[Value]) -> None:
    """Raises MixedTypes unless all are of one type."""
    types = {value.type for value in values}
    if len(types) > 1:
        raise MixedTypes(types)
