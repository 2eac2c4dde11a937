"""Who waits for whom, and whether all ordering statements together leave any order possible.

Every statement in force says that one happening comes before another, strictly or not. Those of all
parties, the agreed ones and the declared logic of the agenda form one graph. A cycle with a strict edge
is a contradiction: no order satisfies everybody. A cycle of weak edges means that all of it must happen
at the same moment. The explanation is the cycle with the fewest statements, not the first one found.

A happening that has occurred holds nobody up any more, so what it precedes is left out. `not-during` is
an either/or, and so is "after one or another": they contradict the rest only if all of their sides do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Literal

from msgspec import Struct

from terms.analyses.engine.checker import satisfiable
from terms.analyses.engine.conflicts import conflicts
from terms.analyses.engine.formula import Clause, Either, Formula, Lag, Problem, every
from terms.analyses.engine.graphs import Edge, Path, knots, shortest_cycle
from terms.analyses.engine.timing import ordering, past, tick_of, understood
from terms.core.situation import Situation
from terms.ground.pause import collector_paused
from terms.ground.words import FrozenWords, Words

QUESTION = "Who waits for whom: is there a cycle?"

Plain = tuple[str, str, bool, str]
"""An edge not yet made one: most lie on no cycle, and nothing is asked of them."""
Sides = tuple[tuple[Edge, ...], ...]
"""Sets of edges of which one must hold."""


class Statement(Struct, frozen=True, gc=False):
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
    shortest explanation, a closed walk (one for each way to take its either/ors). `parties` are those on it,
    sorted: two or more make it mutual, one makes it that party's own contradiction. `breaks_agreed`: the cycle
    runs through an order that was agreed and a statement that was not. `events` are cited in order.
    `sources` gives the sources of each event. `checked`: a search for a schedule that shares nothing with this one comes to the same.
    """

    kind: Literal["contradiction", "simultaneity"]
    happenings: tuple[str, ...]
    links: tuple[Link, ...]
    parties: tuple[str, ...]
    mutual: bool
    breaks_agreed: bool
    events: tuple[str, ...]
    checked: bool
    sources: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Unreachable(Struct, frozen=True):
    """A statement that waits for something that will not come: called off, or refused by somebody."""

    statement: Statement
    waits_for: str
    because: str
    events: tuple[str, ...]


class Waiting(Struct, frozen=True):
    """The answer: the statements in force (by name), the knots among them, and what waits in vain.

    `stuck` are the happenings that no order lets happen: those of the contradictions and all behind them.
    """

    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    unreachable: tuple[Unreachable, ...]
    stuck: tuple[str, ...] = ()

    @property
    def is_deadlocked(self) -> bool:
        """Whether some statements leave no order that satisfies them all."""
        return any(finding.kind == "contradiction" for finding in self.findings)


@collector_paused()
def find(at: Situation, *, without: frozenset[str] = frozenset()) -> Waiting:
    """The ordering statements in force at this moment and what follows from all of them together.

    `without` are statements (and rules, as `rule/ID`) left out of it, as if nobody had made them; names of
    other positions change nothing.
    """
    stated = statements(at)
    if without:
        stated = tuple(
            one for one in stated
            if (one.name if one.event is not None else f"rule/{one.name}") not in without
        )  # fmt: skip
    by_name = {statement.name: statement for statement in stated}
    plain, either = _edges(at, stated)
    found = [_knot(at, by_name, inside, knot) for knot, inside in _knots(plain)]
    found.extend(_tangled(at, by_name, plain, either) if either else ())
    return Waiting(stated, tuple(found), _unreachable(at, stated), _stuck(found, plain, either))


def statements(at: Situation) -> tuple[Statement, ...]:
    """The statements of parties in force, by name, then the declared rules."""
    stated = [
        Statement(one.name, by if len(by := one.entry.by) == 1 else tuple(sorted(by)), one.entry.words,
                  one.entry.event, "", one.entry.agreed)
        for one in ordering(at)
    ]  # fmt: skip
    rules = [Statement(rule.id, (), _words(rule.order), None, rule.source) for rule in at.header.logic]
    return (*stated, *rules)


def _words(order: Words) -> str:
    return str(order.get("is") or "") if isinstance(order, FrozenWords) else str(order)


def _edges(at: Situation, stated: Sequence[Statement]) -> tuple[list[Plain], list[Sides]]:
    """The plain edges of all statements, and those that leave a choice between sets of edges."""
    plain: list[Plain] = []
    either: list[Sides] = []
    over, tick = past(at), tick_of(at)
    for statement in stated:
        name, read = statement.name, understood(statement.words, tick).sides
        if len(read) == 1:
            for x, y, strict in read[0]:
                if not over[x] and (strict or x != y):
                    plain.append((x, y, strict, name))
            continue
        sides = [tuple(Edge(x, y, strict, name) for x, y, strict in side if not over[x]) for side in read]
        if all(sides):
            either.append(tuple(sides))
    return plain, either


def _knots(plain: Sequence[Plain]) -> Iterator[tuple[frozenset[str], list[Edge]]]:
    """Each knot with the edges inside it."""
    found = knots([(start, end) for start, end, _, _ in plain])
    place = {name: number for number, knot in enumerate(found) for name in knot}
    inside: list[list[Edge]] = [[] for _ in found]
    for edge in plain if found else ():
        number = place.get(edge[0])
        if number is not None and place.get(edge[1]) == number:
            inside[number].append(Edge(*edge))
    return zip(found, inside, strict=True)


def _knot(
    at: Situation, by_name: dict[str, Statement], inside: Sequence[Edge], knot: frozenset[str]
) -> Finding:
    cycle = shortest_cycle(inside, strict=True)
    if cycle is not None:
        return _finding(at, by_name, "contradiction", knot, cycle)
    return _finding(at, by_name, "simultaneity", knot, shortest_cycle(inside, strict=False) or ())


def _tangled(
    at: Situation, by_name: dict[str, Statement], plain: Sequence[Plain], either: Sequence[Sides]
) -> Iterator[Finding]:
    """The contradictions that close whichever side of each either/or is taken: of each group the smallest."""
    sides: dict[str, Sides] = {statement[0][0].label: statement for statement in either}
    for edge in [Edge(*one) for one in plain]:
        sides[edge.label] = ((*sides.get(edge.label, ((),))[0], edge),)
    clauses = tuple(Clause(name, _formula(of)) for name, of in sides.items())
    for group in conflicts(Problem({}, clauses)):
        core = {name: sides[name] for name in group.cores[0]}
        walks = [
            shortest_cycle([edge for side in taken for edge in side], strict=True) or ()
            for taken in product(*core.values())
        ]
        walk = tuple(dict.fromkeys(edge for cycle in walks for edge in cycle))
        if len(walks) > 1:
            yield _finding(at, by_name, "contradiction", frozenset(edge.start for edge in walk), walk, core)


def _formula(sides: Sides) -> Formula:
    ways = tuple(every(Lag(edge.start, edge.end, int(edge.strict)) for edge in side) for side in sides)
    return ways[0] if len(ways) == 1 else Either(ways)


def _stuck(findings: Iterable[Finding], plain: Sequence[Plain], either: Sequence[Sides]) -> tuple[str, ...]:
    """The happenings of contradictions and all that has to wait for one of them, by name."""
    found = {name for one in findings if one.kind == "contradiction" for name in one.happenings}
    behind: dict[str, list[str]] = {}
    for start, end, *_ in plain if found else ():
        behind.setdefault(start, []).append(end)
    waiting = list(found)
    while waiting:
        while waiting:
            ends = [end for end in behind.get(waiting.pop(), ()) if end not in found]
            found.update(ends)
            waiting += ends
        for sides in either:
            last = {edge.end for side in sides for edge in side}
            if len(last) == 1 and all(any(edge.start in found for edge in side) for side in sides):
                waiting += last - found
                found |= last
    return tuple(sorted(found))


def _finding(
    at: Situation,
    by_name: dict[str, Statement],
    kind: Literal["contradiction", "simultaneity"],
    knot: frozenset[str],
    cycle: Path,
    sides: Mapping[str, Sides] | None = None,
) -> Finding:
    links = tuple(Link(edge.start, edge.end, edge.strict, by_name[edge.label]) for edge in cycle)
    said = [link.statement for link in links]
    parties = tuple(sorted({party for statement in said if not statement.agreed for party in statement.by}))
    events = sorted({one.event for one in said if one.event is not None}, key=at.history.index)
    agreed = {statement.agreed for statement in said if statement.by}
    return Finding(
        kind, tuple(sorted(knot)), links, parties, len(parties) > 1, agreed == {True, False}, tuple(events),
        _checked(kind, cycle, sides or _by_statement(cycle)),
        tuple((name, tuple(dict.fromkeys(one.id for one in at.history.event(name).source))) for name in events),
    )  # fmt: skip


def _by_statement(cycle: Path) -> dict[str, Sides]:
    """The edges of a cycle under what states them; one statement may state several, as `together` does."""
    found: dict[str, Sides] = {}
    for edge in cycle:
        found[edge.label] = ((*found.get(edge.label, ((),))[0], edge),)
    return found


def _checked(kind: str, cycle: Path, sides: Mapping[str, Sides]) -> bool:
    formulas = [_formula(of) for of in sides.values()]
    if kind == "contradiction":
        rest = (formulas[:place] + formulas[place + 1 :] for place in range(len(formulas)))
        return not satisfiable(formulas) and all(map(satisfiable, rest))
    apart = (Lag(edge.start, edge.end, 1) for edge in cycle)
    return satisfiable(formulas) and not any(satisfiable([*formulas, one]) for one in apart)


def _unreachable(at: Situation, stated: Iterable[Statement]) -> tuple[Unreachable, ...]:
    refused: dict[str, list[tuple[str, str]]] = {}
    for (party, term, _), cell in sorted(at.talks.cells.items()):
        if cell.stance is not None and cell.stance.modality == "refuse" and cell.stance_event:
            refused.setdefault(term, []).append((party, cell.stance_event))
    called_off = {
        name: told.event for name, told in at.talks.happenings.items() if told.state == "called off"
    }
    if not refused and not called_off:
        return ()
    found: list[Unreachable] = []
    tick = tick_of(at)
    for statement in stated:
        sides = understood(statement.words, tick).sides
        for first, _, strict in sides[0] if len(sides) == 1 else ():
            if not strict:
                continue
            if first in called_off:
                found.append(Unreachable(statement, first, "called off", (called_off[first],)))
            for party, event in refused.get(first.rpartition(".")[0], ()):
                found.append(Unreachable(statement, first, f"refused by {party}", (event,)))
    return tuple(found)
