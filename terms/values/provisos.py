"""The conditions that an act or a stance carries, taken together: only-if, unless, while, otherwise.

They may stand on any stance, answer, text, duty or step, always with the same keys and the same meaning.
"""

from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from terms.ground.words import FrozenWords, Words
from terms.values.conditions import Condition, Not, happenings_of, read_condition, show_condition
from terms.values.misworded import EmptyKey, UnknownKey
from terms.values.outcomes import WORST_FIRST, Facts, Outcome, evaluate

KEYS = ("only-if", "unless", "while", "otherwise", "judged-by")


class Provisos(Struct, frozen=True):
    """What an act hangs on. None, and an empty `judged_by`, mean that nothing is said.

    `only_if` has to be met first; `unless` ends the act when it is met; it holds `while_` something holds.
    `otherwise` are the words of what holds instead once it has failed. `judged_by` names who decides.
    """

    only_if: Condition | None = None
    unless: Condition | None = None
    while_: Condition | None = None
    otherwise: Words | None = None
    judged_by: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it hangs on anything."""
        return (self.only_if, self.unless, self.while_) != (None, None, None)


UNCONDITIONAL = Provisos()


@lru_cache(maxsize=8_192)
def read_provisos(words: FrozenWords) -> Provisos:
    """The provisos that a map with the keys `only-if`, `unless`, `while`, `otherwise`, `judged-by` spells.

    Raises:
        UnknownKey: it has another key.
        Unreadable: a condition in it cannot be read.
    """
    for key, inner in words.items():
        if key not in KEYS:
            raise UnknownKey(key, KEYS)
        if not inner:
            raise EmptyKey(key)
    only_if, unless, while_ = (
        read_condition(words[key]) if key in words else None for key in ("only-if", "unless", "while")
    )
    judges = words.get("judged-by", ())
    judged_by = (judges,) if isinstance(judges, str) else tuple(str(one) for one in judges)
    return Provisos(only_if, unless, while_, words.get("otherwise"), judged_by)


def show_provisos(provisos: Provisos) -> dict[str, Words]:
    """The keys and words of the provisos, as a file spells them; empty when nothing is said."""
    shown: dict[str, Words] = {}
    for key, condition in zip(KEYS, (provisos.only_if, provisos.unless, provisos.while_), strict=False):
        if condition is not None:
            shown[key] = show_condition(condition)
    if provisos.otherwise is not None:
        shown["otherwise"] = provisos.otherwise
    if provisos.judged_by:
        shown["judged-by"] = provisos.judged_by[0] if len(provisos.judged_by) == 1 else provisos.judged_by
    return shown


def outcome_of(provisos: Provisos, facts: Facts, at: datetime) -> Outcome:
    """What has become of the provisos together by `at`: the worst of only-if, not-unless and while.

    Met where nothing is said. See `evaluate` for the rest.
    """
    conditions = [provisos.only_if, provisos.while_, Not(provisos.unless) if provisos.unless else None]
    outcomes = [evaluate(one, facts, at) for one in conditions if one is not None]
    return min(outcomes, key=WORST_FIRST.index, default=Outcome.MET)


def happenings_of_provisos(provisos: Provisos) -> tuple[str, ...]:
    """The happenings the provisos speak of, each once, sorted."""
    conditions = (provisos.only_if, provisos.unless, provisos.while_)
    return tuple(sorted({name for one in conditions if one is not None for name in happenings_of(one)}))
