"""Who waits for whom, and whether all ordering statements together leave any order possible.

Every statement in force says that one happening comes before another, strictly or not. Those of all
parties, the agreed ones and the declared logic of the agenda form one graph. A cycle with a strict edge
is a contradiction: no order satisfies everybody. A cycle of weak edges means that all of it must happen
at the same moment. The explanation is the cycle with the fewest statements, not the first one found.

A happening that has occurred holds nobody up any more, so what it precedes is left out. `not-during` is
an either/or: it contradicts the rest only if both of its sides do.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from terms.analyses.engine.graphs import Edge, Path, components, shortest_cycle
from terms.analyses.engine.timing import occurred
from terms.core.situation import Situation
from terms.ground.maps import pairs
from terms.ground.words import FrozenWords, Words
from terms.values import alternatives, read_order

QUESTION = "Who waits for whom: is there a cycle?"

Sides = tuple[tuple[Edge, ...], ...]
"""Sets of edges of which one must hold."""


class Statement(Struct, frozen=True):
    """An ordering statement in force. `by` is empty for declared logic, which has a `source` instead.

    `name` is EVENT/NAME of a party's statement, the name of a rule otherwise; `event` is None for a rule.
    """

    name: str
    by: tuple[str, ...]
    words: str
    event: str | None
    source: str = ""
    agreed: bool = False


class Link(Struct, frozen=True):
    """One step of an explanation: `first` has to come before `then`, by this statement."""

    first: str
    then: str
    strict: bool
    statement: Statement


class Finding(Struct, frozen=True):
    """One knot of happenings that wait for each other.

    `kind`: a contradiction holds a strict edge; simultaneity means they must happen together. `links` is the
    shortest explanation, a closed walk (two of them for an either/or). `parties` are those on it, sorted:
    two or more make it mutual, one makes it that party's own contradiction. `breaks_agreed`: the cycle
    runs through an order that was agreed and a statement that was not. `events` are cited in order.
    """

    kind: Literal["contradiction", "simultaneity"]
    happenings: tuple[str, ...]
    links: tuple[Link, ...]
    parties: tuple[str, ...]
    mutual: bool
    breaks_agreed: bool
    events: tuple[str, ...]


class Unreachable(Struct, frozen=True):
    """A statement that waits for something that will not come: called off, or refused by somebody."""

    statement: Statement
    waits_for: str
    because: str
    events: tuple[str, ...]


class Waiting(Struct, frozen=True):
    """The answer: the statements in force (by name), the knots among them, and what waits in vain."""

    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    unreachable: tuple[Unreachable, ...]

    @property
    def is_deadlocked(self) -> bool:
        """Whether some statements leave no order that satisfies them all."""
        return any(finding.kind == "contradiction" for finding in self.findings)


def find(at: Situation, *, without: frozenset[str] = frozenset()) -> Waiting:
    """The ordering statements in force at this moment and what follows from all of them together.

    `without` are statements (and rules, as `rule/ID`) left out of it, as if nobody had made them; names of
    other positions change nothing.
    """
    stated = tuple(
        one for one in statements(at)
        if (one.name if one.event is not None else f"rule/{one.name}") not in without
    )  # fmt: skip
    by_name = {statement.name: statement for statement in stated}
    plain, either = _edges(at, stated)
    found = [_knot(at, by_name, plain, knot) for knot in components(plain)]
    if not any(finding.kind == "contradiction" for finding in found):
        found.extend(
            finding for sides in either if (finding := _either(at, by_name, plain, sides)) is not None
        )
    return Waiting(stated, tuple(found), _unreachable(at, stated))


def statements(at: Situation) -> tuple[Statement, ...]:
    """Every ordering statement in force: those of parties by name, then the declared rules in their order."""
    stated = [
        Statement(name, tuple(sorted(entry.by)), entry.words, entry.event, "", entry.agreed)
        for name, entry in sorted(pairs(at.talks.orders))
    ]
    rules = [Statement(rule.id, (), _words(rule.order), None, rule.source) for rule in at.header.logic]
    return (*stated, *rules)


def _words(order: Words) -> str:
    return str(order.get("is") or "") if isinstance(order, FrozenWords) else str(order)


def _edges(at: Situation, stated: Sequence[Statement]) -> tuple[tuple[Edge, ...], tuple[Sides, ...]]:
    """The plain edges of all statements, and those that leave a choice between sets of edges."""
    plain: list[Edge] = []
    either: list[Sides] = []
    for statement in stated:
        sides = tuple(
            tuple(Edge(x, y, strict, statement.name) for x, y, strict in side if occurred(at, x) is None)
            for side in alternatives(read_order(statement.words))
        )
        if len(sides) == 1:
            plain.extend(sides[0])
        elif all(sides):
            either.append(sides)
    return tuple(plain), tuple(either)


def _knot(
    at: Situation, by_name: dict[str, Statement], edges: Iterable[Edge], knot: frozenset[str]
) -> Finding:
    inside = [edge for edge in edges if edge.start in knot and edge.end in knot]
    cycle = shortest_cycle(inside, strict=True)
    if cycle is not None:
        return _finding(at, by_name, "contradiction", knot, cycle)
    return _finding(at, by_name, "simultaneity", knot, shortest_cycle(inside, strict=False) or ())


def _either(
    at: Situation, by_name: dict[str, Statement], plain: Sequence[Edge], sides: Sequence[Sequence[Edge]]
) -> Finding | None:
    """The contradiction of an either/or: each side closes a strict cycle with what everybody else says."""
    cycles = [shortest_cycle((*plain, *side), strict=True) for side in sides]
    if any(cycle is None for cycle in cycles):
        return None
    walk = tuple(edge for cycle in cycles if cycle is not None for edge in cycle)
    return _finding(at, by_name, "contradiction", frozenset(edge.start for edge in walk), walk)


def _finding(
    at: Situation,
    by_name: dict[str, Statement],
    kind: Literal["contradiction", "simultaneity"],
    knot: frozenset[str],
    cycle: Path,
) -> Finding:
    links = tuple(Link(edge.start, edge.end, edge.strict, by_name[edge.label]) for edge in cycle)
    said = [link.statement for link in links]
    parties = tuple(sorted({party for statement in said if not statement.agreed for party in statement.by}))
    events = sorted({one.event for one in said if one.event is not None}, key=at.history.index)
    agreed = {statement.agreed for statement in said if statement.by}
    return Finding(
        kind, tuple(sorted(knot)), links, parties, len(parties) > 1, agreed == {True, False}, tuple(events)
    )


def _unreachable(at: Situation, stated: Iterable[Statement]) -> tuple[Unreachable, ...]:
    found: list[Unreachable] = []
    for statement in stated:
        for side in alternatives(read_order(statement.words))[:1]:
            for first, _, strict in side:
                found.extend(_in_vain(at, statement, first) if strict else ())
    return tuple(found)


def _in_vain(at: Situation, statement: Statement, first: str) -> Iterable[Unreachable]:
    if at.called_off(first):
        yield Unreachable(statement, first, "called off", (at.talks.happenings[first].event,))
    term = first.rpartition(".")[0]
    for (party, named, _), cell in sorted(pairs(at.talks.cells)):
        if (
            named == term
            and cell.stance is not None
            and cell.stance.modality == "refuse"
            and cell.stance_event
        ):
            yield Unreachable(statement, first, f"refused by {party}", (cell.stance_event,))
