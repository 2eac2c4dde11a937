"""Conflicts, ways out and deals of small problems are those that trying everything finds."""

from itertools import combinations, product

import clingo
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.analyses.engine.checker import core_stands, deal_stands
from terms.analyses.engine.conflicts import conflicts
from terms.analyses.engine.formula import All, Clause, Either, Formula, In, Lag, Problem, holds, negated
from terms.analyses.engine.oracle import Oracle

SIZES = {"cap": 3, "monitor": 3}
HAPPENINGS = ("lifted", "talks", "vote")
TICKS = range(-6, 7)
"""Enough room for three happenings whose differences are at most two ticks each."""

memberships = st.builds(
    In, st.sampled_from(sorted(SIZES)), st.frozensets(st.integers(0, 2), min_size=1, max_size=2)
)
differences = st.builds(
    lambda pair, least: Lag(*pair, least),
    st.sampled_from([(x, y) for x in HAPPENINGS for y in HAPPENINGS if x != y]),
    st.integers(-2, 2),
)
formulas = st.recursive(
    st.one_of(memberships, differences),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=2).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=2, max_size=2).map(lambda parts: Either(tuple(parts))),
    ),
    max_leaves=3,
)


@st.composite
def problems(draw) -> Problem:
    soft = tuple(
        Clause(f"s{place}", one) for place, one in enumerate(draw(st.lists(formulas, min_size=1, max_size=5)))
    )
    hard = tuple(Clause(f"h{place}", one) for place, one in enumerate(draw(st.lists(formulas, max_size=1))))
    return Problem(SIZES, soft, hard)


DEALS = [
    (dict(zip(sorted(SIZES), places, strict=True)), {"lifted": 0, "talks": talks, "vote": vote})
    for places in product(range(3), range(3))
    for talks in TICKS
    for vote in TICKS
]


def tried(problem: Problem) -> dict[frozenset[str], bool]:
    """Whether each set of positions can hold, by looking at every deal."""
    kept = [deal for deal in DEALS if all(holds(one.formula, *deal) for one in problem.hard)]
    met = {frozenset(one.name for one in problem.soft if holds(one.formula, *deal)) for deal in kept}
    names = [one.name for one in problem.soft]
    sets = (frozenset(one) for size in range(len(names) + 1) for one in combinations(names, size))
    return {one: any(one <= held for held in met) for one in sets}


@settings(max_examples=60, deadline=None)
@given(problem=problems())
def test_conflicts_and_ways_out_are_those_that_trying_everything_finds(problem):
    possible = tried(problem)
    names = frozenset(one.name for one in problem.soft)
    cores = {
        one for one, fits in possible.items() if not fits and all(possible[one - {name}] for name in one)
    }
    ways = {
        names - one
        for one, fits in possible.items()
        if fits and not any(possible[one | {name}] for name in names - one)
    }
    groups = conflicts(problem)
    assert {frozenset(core) for group in groups for core in group.cores} == cores
    if possible[frozenset()]:
        found = product(*(group.unlocking for group in groups))
        assert {frozenset(name for way in pick for name in way) for pick in found} == ways


@settings(max_examples=60, deadline=None)
@given(problem=problems())
def test_every_certificate_stands_without_the_solver(problem):
    names = tuple(one.name for one in problem.soft)
    oracle = Oracle(problem)
    deal = oracle.deal(names)
    oracle.close()
    if deal is not None:
        assert deal_stands(problem, names, deal)
    else:
        assert all(core_stands(problem, core) for group in conflicts(problem) for core in group.cores)


@given(formula=formulas, deal=st.sampled_from(DEALS))
def test_a_formula_and_its_contrary_never_both_hold(formula, deal):
    assert holds(formula, *deal) is not holds(negated(formula, SIZES), *deal)


@st.composite
def larger(draw) -> Problem:
    """Problems of choices alone, too large to try everything."""
    sizes = {f"term-{place}": 4 for place in range(8)}
    inside = st.builds(
        In, st.sampled_from(sorted(sizes)), st.frozensets(st.integers(0, 3), min_size=1, max_size=3)
    )
    either = st.lists(inside, min_size=1, max_size=3).map(lambda parts: Either(tuple(parts)))
    found = draw(st.lists(either, min_size=15, max_size=40))
    return Problem(sizes, tuple(Clause(f"s{place}", one) for place, one in enumerate(found)))


@settings(max_examples=30, deadline=None)
@given(problem=larger())
def test_a_second_engine_says_the_same(problem):
    oracle = Oracle(problem)
    ours = oracle.feasible([one.name for one in problem.soft])
    oracle.close()
    assert ours is clingo_says(problem)


def clingo_says(problem: Problem) -> bool:
    """Whether clingo finds a deal with all positions of a problem of choices."""
    rules = [f"1 {{ at({place},0..{size - 1}) }} 1." for place, size in enumerate(problem.sizes.values())]
    number = {dim: place for place, dim in enumerate(problem.sizes)}
    for clause in problem.soft:
        bodies = [
            f"not at({number[one.dim]},{place})"
            for one in parts_of(clause.formula)
            for place in sorted(one.allowed)
        ]
        rules.append(f":- {', '.join(bodies)}.")
    control = clingo.Control(["--warn=none"])
    control.add("base", [], "\n".join(rules))
    control.ground([("base", [])])
    return bool(control.solve().satisfiable)


def parts_of(formula: Formula) -> list[In]:
    return [one for one in formula.of if isinstance(one, In)] if isinstance(formula, Either) else []
