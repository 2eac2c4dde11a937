"""Shows what hangs on what, and whether two changes could be traded for each other.

Links are those that somebody declared: packages, alternatives, links, rejections, order. None is ever
inferred from terms that moved at the same time. A trade of two terms is a candidate only where each side
declared which of them matters more to it, and where the two changes are part of a way out; without such
declarations the answer is that nobody can tell.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product

from msgspec import Struct

from terms.analyses.engine.conflicts import conflicts
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Stop, never
from terms.analyses.engine.positions import Model, Silence
from terms.analyses.engine.standing import standings
from terms.analyses.engine.timing import understood
from terms.core.situation import Situation

QUESTION = "What hangs on what?"
TIES = ("either/or", "package", "link", "in return", "rejection")


class Tied(Struct, frozen=True):
    """Two terms (or a happening and another) tied by a position, which `kind` and `position` name."""

    one: str
    other: str
    kind: str
    position: str
    by: tuple[str, ...]


class Trade(Struct, frozen=True):
    """`first` changes on `gives` and `second` on `takes`, each declared less important to who changes it.

    `positions` is the smallest way out of their conflicts that holds both changes.
    """

    first: str
    gives: str
    second: str
    takes: str
    positions: tuple[str, ...]


class Linkage(Struct, frozen=True):
    """The ties, by position; the trades, or that they cannot be determined without declared priorities."""

    heading: Heading
    ties: tuple[Tied, ...]
    trades: tuple[Trade, ...]
    determinable: bool


def find(
    at: Situation, *, silence: Silence = "open", stage: str | None = None, stop: Stop = never
) -> Linkage:
    """The declared ties between terms and happenings."""
    asked = model(at, silence=silence, stage=stage)
    ties: list[Tied] = []
    for name in asked.names:
        position = asked.positions[name]
        if position.kind in TIES:
            ties.extend(
                Tied(one, other, position.kind, name, position.by)
                for one, other in combinations(position.slots, 2)
            )
    for clause in (*asked.problem.hard, *asked.problem.soft):
        ties.extend(_before(asked, clause.name))
    ranks = _declared(at)
    trades = tuple(_trades(at, asked, ranks, stop)) if len(ranks) > 1 else ()
    return Linkage(heading(asked), tuple(ties), trades, len(ranks) > 1)


def _before(asked: Model, name: str) -> list[Tied]:
    position = asked.positions.get(name)
    if position is not None and position.kind == "order":
        words, by = position.words, position.by
    elif name.startswith("rule/"):
        words, by = asked.grounds[name].words, ()
    else:
        return []
    sides = understood(words).sides
    return [
        Tied(first, then, "one of" if len(sides) > 1 else "before" if strict else "not after", name, by)
        for side in sides
        for first, then, strict in side
    ]


def _declared(at: Situation) -> dict[str, tuple[str, ...]]:
    """Priorities declared by `x-priority: [term, term]` on an own event, the most important first."""
    found: dict[str, tuple[str, ...]] = {}
    for event in at.history.events[: at.steps]:
        extra = event.words().get("x-priority")
        named = tuple(str(one) for one in extra) if isinstance(extra, list) else ()
        for party in getattr(event, "by", ()) if named else ():
            found[party] = named
    return found


def _trades(at: Situation, asked: Model, ranks: dict[str, tuple[str, ...]], stop: Stop) -> list[Trade]:
    apart = {one.term for one in standings(at) if one.status in ("gap", "opposed")}
    changes: dict[tuple[str, str], list[Way]] = defaultdict(list)
    for place, group in enumerate(conflicts(asked.problem, stop=stop)):
        for way in group.unlocking:
            for name in way:
                position = asked.positions[name]
                for slot in position.slots if len(position.by) == 1 else ():
                    changes[position.by[0], slot].append((place, way))
    found: list[Trade] = []
    for one, other in combinations(sorted(ranks), 2):
        for gives, takes in _crossed(ranks[one], ranks[other]):
            together = min(
                _together(changes[one, gives], changes[other, takes]),
                key=lambda names: (len(names), [asked.names.index(name) for name in names]),
                default=None,
            )
            if gives in apart and takes in apart and together is not None:
                found.append(Trade(one, gives, other, takes, together))
    return found


Way = tuple[int, tuple[str, ...]]
"""An unlocking set and the place of its group."""


def _together(gives: list[Way], takes: list[Way]) -> Iterator[tuple[str, ...]]:
    """The unlocking sets that hold both changes: one set of one group, or one of each of two."""
    for (group, way), (other, more) in product(gives, takes):
        if group != other:
            yield (*way, *more)
        elif way == more:
            yield way


def _crossed(one: tuple[str, ...], other: tuple[str, ...]) -> list[tuple[str, str]]:
    """(s, t): the first party puts t above s, the second s above t."""
    common = [term for term in one if term in other]
    return [(low, high) for high, low in combinations(common, 2) if other.index(low) < other.index(high)]
