"""The readings of a record: rival accounts put in use in turn, each moment seen under each of them."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from msgspec import Struct

from terms.core.accounts import Choice
from terms.core.history import History
from terms.core.situation import Situation
from terms.core.talks import Talks

MOST_READINGS = 1024
"""Combinations of accounts looked at; of more, one dispute at a time."""


class Reading(Struct, frozen=True):
    """The same moment with some rival accounts in use; none for the default reading."""

    choices: tuple[Choice, ...]
    at: Situation

    @property
    def words(self) -> str:
        """`default reading` (under a lens, that of the lens), or which account of what, on whose word."""
        return "; ".join(choice.words for choice in self.choices) or self.at.history.view.usual


@lru_cache(maxsize=4)
def readings(at: Situation) -> tuple[tuple[Reading, ...], bool]:
    """Every combination of rival accounts that changes the talks at this moment, the default first.

    True: there were too many, so disputes were varied one at a time.
    """
    for _ in folding(at):
        pass
    told = _folded(at.history).copy()
    touching = [choice for choice in told_by(at) if _differs(at.talks, _under(at, (choice,), told).talks)]
    groups: dict[str, list[Choice]] = {}
    for choice in touching:
        groups.setdefault(choice.of, []).append(choice)
    size = 1
    for group in groups.values():
        size *= len(group) + 1
    if size > MOST_READINGS:
        picks: list[tuple[Choice, ...]] = [(), *((choice,) for choice in touching)]
    else:
        grid = product(*((None, *group) for group in groups.values()))
        picks = [tuple(choice for choice in pick if choice is not None) for pick in grid]
    return tuple(Reading(pick, _under(at, pick, told)) for pick in picks), size > MOST_READINGS


@lru_cache(maxsize=2)
def _folded(history: History) -> dict[tuple[Choice, ...], History]:
    """The histories under each one rival account that were folded already, whichever moment asked for them."""
    return {(): history}


def folding(at: Situation) -> Iterator[None]:
    """Fold the accounts told by this moment one by one, so that who has no more time may leave in between."""
    for choice in told_by(at):
        _under(at, (choice,), _folded(at.history))
        yield


def told_by(at: Situation) -> Iterator[Choice]:
    """The rival accounts that the record has told by this moment, in log order."""
    if not at.history.rivals:
        return
    events = at.history.events[: at.steps]
    accounts = {(event.account_of, event.account or event.id) for event in events if event.account_of}
    names = {event.id for event in events}
    for choice in at.history.rivals:
        if (choice.of, choice.name) in accounts or (choice.of in names and choice.name.isdigit()):
            yield choice


def _under(at: Situation, choices: tuple[Choice, ...], told: dict[tuple[Choice, ...], History]) -> Situation:
    """The moment under some choices; `told` keeps every history read on the way, so that none is read twice."""
    for count in range(1, len(choices) + 1):
        if choices[:count] not in told:
            told[choices[:count]] = told[choices[: count - 1]].under(choices[count - 1])
    return Situation(told[choices], at.steps, at.moment)


def _differs(one: Talks, other: Talks) -> bool:
    """Whether anything that positions are made of differs: equal maps may not be unequal, so `==` is asked."""
    return not all(
        getattr(one, name) == getattr(other, name)
        for name in ("cells", "versions", "orders", "ties", "happenings", "judgements")
    )
