"""Checks certificates without the solver: a deal by looking at it, a core by trying every way to satisfy it.

It shares nothing with the solver but the formulas. Cores are small, so a plain search does: open the
alternatives one by one, keep what each choice may still be, and at the end look for a schedule by comparing
all pairs of happenings (Floyd 1962).
"""

from collections.abc import Sequence

from terms.analyses.engine.formula import All, Either, Formula, In, Lag, Problem, holds
from terms.analyses.engine.oracle import Deal


def deal_stands(problem: Problem, names: Sequence[str], deal: Deal) -> bool:
    """Whether a deal satisfies all that is hard and every position named."""
    kept = [*problem.hard, *(clause for clause in problem.soft if clause.name in set(names))]
    legal = all(0 <= place < problem.sizes[dim] for dim, place in deal.choice.items())
    return legal and all(holds(clause.formula, deal.choice, deal.times) for clause in kept)


def core_stands(problem: Problem, names: Sequence[str]) -> bool:
    """Whether the positions named cannot hold together, and would if any one of them were given up."""
    known = {clause.name: clause.formula for clause in problem.soft}
    hard = [clause.formula for clause in problem.hard]
    if satisfiable([*hard, *(known[name] for name in names)]):
        return False
    return all(satisfiable([*hard, *(known[name] for name in names if name != left)]) for left in names)


def satisfiable(formulas: Sequence[Formula]) -> bool:
    """Whether some deal satisfies all of them, by exhaustive search."""
    return _search(list(formulas), {}, ())


def _search(left: list[Formula], allowed: dict[str, frozenset[int]], lags: tuple[Lag, ...]) -> bool:
    choices: list[Either] = []
    while left:
        formula = left.pop()
        if isinstance(formula, All):
            left.extend(formula.of)
        elif isinstance(formula, Either):
            choices.append(formula)
        elif isinstance(formula, In):
            allowed = {**allowed, formula.dim: allowed.get(formula.dim, formula.allowed) & formula.allowed}
            if not allowed[formula.dim]:
                return False
        else:
            lags = (*lags, formula)
    if not _has_schedule(lags):
        return False
    if not choices:
        return True
    first, *rest = sorted(choices, key=lambda choice: len(choice.of))
    return any(_search([part, *rest], allowed, lags) for part in first.of)


def _has_schedule(lags: Sequence[Lag]) -> bool:
    names = sorted({name for lag in lags for name in (lag.first, lag.then)})
    far: dict[tuple[str, str], int] = {}
    for lag in lags:
        pair = (lag.first, lag.then)
        far[pair] = max(lag.least, far.get(pair, lag.least))
    for middle in names:
        for one in names:
            if (one, middle) not in far:
                continue
            for two in names:
                if (middle, two) in far:
                    far[one, two] = max(
                        far.get((one, two), far[one, middle] + far[middle, two]),
                        far[one, middle] + far[middle, two],
                    )
    return all(far.get((name, name), 0) <= 0 for name in names)
