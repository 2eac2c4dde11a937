"""One incremental solver over one problem: which positions can hold together, and a deal in which they do.

Choices become Boolean variables for the SAT solver CaDiCaL (through `python-sat`); differences of time are
checked outside it, and each loop of differences that forbids a schedule is handed back as one more clause
(lazy clauses, as in SAT modulo difference logic). The solver is imported when it is first needed, so that
nothing else of the program waits for it or breaks without it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from msgspec import Struct

from terms.analyses.engine.formula import All, Clause, Either, Formula, In, Lag, Problem
from terms.analyses.engine.network import schedule
from terms.ground.errors import TermsError

ENGINE = "cadical195"


class SolverMissing(TermsError):
    """The package `python-sat` is not installed, or not for this Python."""

    def __init__(self) -> None:
        super().__init__(
            "this question needs the package python-sat, which is not installed for this Python: "
            "pip install 'python-sat==1.9.dev17'"
        )


class Overtaken(TermsError):
    """Somebody asked for another step before this question was answered: nobody wants the answer."""

    def __init__(self) -> None:
        super().__init__("the question was overtaken by another step")


Stop = Callable[[], bool]
"""Asked now and then in long searches; true: give up by raising `Overtaken`."""


def never() -> bool:
    """Do not stop."""
    return False


def heed(stop: Stop) -> None:
    """Give up where that is asked for.

    Raises:
        Overtaken: it is.
    """
    if stop():
        raise Overtaken


class SatSolver(Protocol):
    """As much of a solver of `python-sat` as is used here."""

    def add_clause(self, clause: Sequence[int]) -> None:
        """Add a clause of positive and negative variables."""

    def solve(self, assumptions: Sequence[int] = ()) -> bool:
        """Whether the clauses hold together with the assumptions."""

    def get_model(self) -> list[int]:
        """The signs of all variables after a solution."""

    def get_core(self) -> list[int] | None:
        """Assumptions that do not hold together, after a failure; None: the clauses alone do not."""

    def delete(self) -> None:
        """Free it."""


def new_solver() -> SatSolver:
    """A new, empty solver.

    Raises:
        SolverMissing: the package is not there.
    """
    try:
        from pysat.solvers import Solver  # type: ignore[import-untyped]  # deferred: most commands never ask
    except ImportError as fault:
        raise SolverMissing from fault
    made: SatSolver = Solver(name=ENGINE)
    return made


class Deal(Struct, frozen=True):
    """A witness: the place chosen in every choice, and a time in ticks for every happening that is bound."""

    choice: Mapping[str, int]
    times: Mapping[str, int]


@dataclass
class Oracle:
    """A solver loaded with a problem. Every clause, soft or hard, holds only while it is assumed.

    Variables are chosen so that the solver's own first guess (true) leaves cells possible and differences,
    alternatives and positions off.
    """

    problem: Problem
    solver: SatSolver = field(default_factory=new_solver)

    def __post_init__(self) -> None:
        self._count = 0
        self._cells: dict[str, list[int]] = {}
        self._lags: dict[Lag, int] = {}
        self._scheduled: tuple[tuple[Lag, ...], dict[str, int]] = ((), {})
        self.selector: dict[str, int] = {}
        for dim in self.problem.sizes:
            self._declare(dim, self.problem.sizes[dim])
        for clause in (*self.problem.hard, *self.problem.soft):
            self._load(clause)
        self._hard = [self.selector[clause.name] for clause in self.problem.hard]
        self._owner = {literal: name for name, literal in self.selector.items()}

    def close(self) -> None:
        """Free the solver."""
        self.solver.delete()

    # ---- asking ----------------------------------------------------------------------------------

    def fix(self, names: Iterable[str]) -> None:
        """Assume these for ever, which makes every later question cheaper."""
        for name in names:
            self.solver.add_clause([self.selector[name]])

    def feasible(self, names: Iterable[str], *, where: Sequence[In] = (), hard: bool = True) -> bool:
        """Whether these hold together (with all that is hard, if `hard`), with some choices fixed."""
        assumed = self._assumed(names, where, hard)
        return (
            self._solve(assumed) is not None if self._lags else bool(self.solver.solve(assumptions=assumed))
        )

    def deal(self, names: Iterable[str], *, where: Sequence[In] = ()) -> Deal | None:
        """A deal in which these positions and all that is hard hold; None: there is none."""
        found = self._solve(self._assumed(names, where, hard=True))
        if found is None:
            return None
        signs, times = found
        choice = {
            dim: next((place for place, cell in enumerate(cells) if signs[cell - 1] > 0), 0)
            for dim, cells in self._cells.items()
        }
        return Deal(choice, times)

    def core(
        self, names: Iterable[str], *, where: Sequence[In] = (), hard: bool = True
    ) -> tuple[str, ...] | None:
        """Some of the names that do not hold together, not yet a smallest set; None: they all do."""
        if self._solve(self._assumed(names, where, hard)) is not None:
            return None
        failed = set(self.solver.get_core() or ())
        return tuple(name for name in names if self.selector[name] in failed)

    def minimal_core(
        self, names: Sequence[str], *, where: Sequence[In] = (), hard: bool = True
    ) -> tuple[str, ...] | None:
        """A set of names no part of which fails to hold together, in the order given; None: they all hold."""
        found = self.core(names, where=where, hard=hard)
        if found is None:
            return None
        kept = list(found)
        for name in found:
            if name not in kept:
                continue
            smaller = self.core([one for one in kept if one != name], where=where, hard=hard)
            if smaller is not None:
                kept = [one for one in kept if one in smaller]
        return tuple(kept)

    def _assumed(self, names: Iterable[str], where: Sequence[In], hard: bool) -> list[int]:
        told = [self.selector[name] for name in names]
        excluded = [
            -cell
            for one in where
            for place, cell in enumerate(self._cells[one.dim])
            if place not in one.allowed
        ]
        return [*(self._hard if hard else ()), *told, *excluded]

    def _solve(self, assumed: list[int]) -> tuple[Sequence[int], dict[str, int]] | None:
        """The signs of all variables (the first at place 0) and times for the happenings; None: no way."""
        while self.solver.solve(assumptions=assumed):
            signs = self.solver.get_model()
            active = tuple(lag for lag, variable in self._lags.items() if signs[variable - 1] < 0)
            if active != self._scheduled[0]:
                times, loop = schedule(active)
            else:
                times, loop = self._scheduled[1], None
            if loop is None:
                self._scheduled = active, times
                return signs, times
            self.solver.add_clause([self._lags[lag] for lag in loop])
        return None

    # ---- loading ---------------------------------------------------------------------------------

    def _new(self) -> int:
        self._count += 1
        return self._count

    def _declare(self, dim: str, size: int) -> None:
        self._cells[dim] = [self._new() for _ in range(size)]
        self.solver.add_clause(self._cells[dim])

    def _load(self, clause: Clause) -> None:
        literal = self.selector[clause.name] = -self._new()
        self._imply(literal, clause.formula)

    def _imply(self, literal: int, formula: Formula) -> None:
        """Add that `formula` holds wherever `literal` does; nothing is said of where it does not."""
        match formula:
            case In(dim, allowed):
                for place, cell in enumerate(self._cells[dim]):
                    if place not in allowed:
                        self.solver.add_clause([-literal, -cell])
            case Lag():
                self.solver.add_clause([-literal, -self._lag(formula)])
            case All(parts):
                for part in parts:
                    self._imply(literal, part)
            case Either(parts):
                self.solver.add_clause([-literal, *(self._literal(part) for part in parts)])

    def _literal(self, formula: Formula) -> int:
        if isinstance(formula, Lag):
            return -self._lag(formula)
        made = -self._new()
        self._imply(made, formula)
        return made

    def _lag(self, lag: Lag) -> int:
        if lag not in self._lags:
            self._lags[lag] = self._new()
        return self._lags[lag]
