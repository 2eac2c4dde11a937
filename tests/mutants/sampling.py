"""A seeded sample of the mutants that cosmic-ray knows of some modules, and the mutated text of one.

A mutant of an annotation is left out: nothing runs on it, so the suite would "notice" it by failing to import.
"""

import ast
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import cosmic_ray.plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

FLOORS = ("terms/core", "terms/events", "terms/values")
TAKING_ARGUMENTS = frozenset({"core/VariableInserter", "core/VariableReplacer"})
"""Operators that need the name of a variable to be told; there is none to tell."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small fault: in which module, what operator, at its which occurrence, on which lines."""

    module: str
    operator: str
    occurrence: int
    first: int
    last: int

    @property
    def name(self) -> str:
        """A name that is the same in every run on the same text."""
        return f"{self.module}:{self.first} {self.operator.removeprefix('core/')} {self.occurrence}"

    def mutated(self, text: str) -> str:
        """The text of its module with the fault in it."""
        operator = cosmic_ray.plugins.get_operator(self.operator)()
        made = mutate_code(text, operator, self.occurrence)
        assert made is not None, f"{self.name} is no mutant of this text"
        return made


def every_mutant(root: Path, floors: Iterable[str] = FLOORS) -> Iterator[Mutant]:
    """Every mutant of the modules below these folders, in a fixed order."""
    operators = [
        (name, cosmic_ray.plugins.get_operator(name)())
        for name in sorted(cosmic_ray.plugins.operator_names())
        if not cosmic_ray.plugins.get_operator(name).arguments() and name not in TAKING_ARGUMENTS
    ]
    for path in sorted(one for floor in floors for one in (root / floor).rglob("*.py")):
        text = path.read_text("utf-8")
        nodes = list(ast_nodes(get_ast(text)))
        unused = _annotated(text)
        module = path.relative_to(root).as_posix()
        for name, operator in operators:
            places = (place for node in nodes for place in operator.mutation_positions(node))
            for occurrence, (start, end) in enumerate(places):
                if not any(first <= start and end <= last for first, last in unused):
                    yield Mutant(module, name, occurrence, start[0], end[0])


def _annotated(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where annotations stand, as (line, column) pairs."""
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            found.append(node.returns)
    return [
        ((one.lineno, one.col_offset), (one.end_lineno or 0, one.end_col_offset or 0))
        for one in found
        if one is not None
    ]


def sampled(mutants: Iterable[Mutant], size: int, seed: int) -> list[Mutant]:
    """A sample drawn without putting back, each mutant with the same chance."""
    every = list(mutants)
    return random.Random(seed).sample(every, min(size, len(every)))


def wilson(killed: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval of 95 % for a share, as two shares."""
    if of == 0:
        return 0.0, 1.0
    share = killed / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - half, middle + half
