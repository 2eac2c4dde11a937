"""Conflicts, ways out and deals of small problems are those that trying everything finds."""

from itertools import combinations, product

import clingo
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.analyses.engine.checker import core_stands, deal_stands
from terms.analyses.engine.conflicts import conflicts, disjoint_cores, fewest
from terms.analyses.engine.formula import (
    All,
    Clause,
    Either,
    Formula,
    In,
    Lag,
    Problem,
    atoms,
    holds,
    negated,
)
from terms.analyses.engine.oracle import Oracle
from tests.draws import draws

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


@settings(max_examples=draws(60), deadline=None)
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


@settings(max_examples=draws(60), deadline=None)
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
    """Problems of choices and of order, too large to try everything."""
    sizes = {f"term-{place}": 4 for place in range(8)}
    happenings = [f"h{place}" for place in range(5)]
    inside = st.builds(
        In, st.sampled_from(sorted(sizes)), st.frozensets(st.integers(0, 3), min_size=1, max_size=3)
    )
    order = st.builds(
        lambda pair, least: Lag(*pair, least),
        st.sampled_from([(x, y) for x in happenings for y in happenings if x != y]),
        st.integers(-1, 1),
    )
    package = st.lists(st.one_of(inside, order), min_size=2, max_size=3).map(lambda parts: All(tuple(parts)))
    either = st.lists(st.one_of(inside, package), min_size=1, max_size=3).map(
        lambda parts: Either(tuple(parts))
    )
    said = draw(st.lists(st.one_of(either, order), min_size=12, max_size=25))
    return Problem(sizes, tuple(Clause(f"s{place}", one) for place, one in enumerate(said)))


@settings(max_examples=draws(25), deadline=None)
@given(problem=larger())
def test_a_second_engine_finds_the_same_fewest_changes(problem):
    groups = conflicts(problem)
    assert not any(group.truncated for group in groups)
    assert fewest(groups) == clingo_says(problem)
    assert (disjoint_cores(groups) == ()) == (groups == ())


def clingo_says(problem: Problem) -> int:
    """The fewest positions that clingo has to give up, by answer sets over choices and whole ticks."""
    names = {name: place for place, name in enumerate(problem.sizes)}
    happenings = {
        name: place
        for place, name in enumerate(
            sorted({name for one in problem.soft for lag in atoms(one.formula) if isinstance(lag, Lag)
                    for name in (lag.first, lag.then)})
        )
    }  # fmt: skip
    rules = [f"1 {{ at({place},0..{problem.sizes[name] - 1}) }} 1." for name, place in names.items()]
    rules += [f"1 {{ on({place},0..{len(happenings)}) }} 1." for place in happenings.values()]
    count = 0

    def stated(formula: Formula) -> str:
        nonlocal count
        count += 1
        name = f"f({count})"
        match formula:
            case In(dim, allowed):
                rules.extend(f"{name} :- at({names[dim]},{place})." for place in allowed)
            case Lag(first, then, least):
                rules.append(
                    f"{name} :- on({happenings[first]},A), on({happenings[then]},B), B >= A + {least}."
                )
            case All(parts):
                rules.append(f"{name} :- {', '.join([stated(part) for part in parts])}.")
            case Either(parts):
                rules.extend([f"{name} :- {inner}." for inner in [stated(part) for part in parts]])
        return name

    tops = [stated(clause.formula) for clause in problem.soft]
    rules += [f"given_up({place}) :- not {top}." for place, top in enumerate(tops)]
    control = clingo.Control(["--warn=none"])
    control.add("base", [], "\n".join([*rules, "#minimize { 1,P : given_up(P) }."]))
    control.ground([("base", [])])
    costs: list[int] = []
    control.solve(on_model=lambda found: costs.append(found.cost[0]))
    return costs[-1]
