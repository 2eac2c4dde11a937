"""The points of a sweep: every combination of its values, each with a short name that stays the same.

`$name` stands for a whole text and nothing less: no templates and no sums, so that what a scenario says at a
point can be read off the file. `$$x` is the text `$x`.
"""

import itertools
from collections.abc import Iterator
from math import prod

from msgspec import Struct

from terms.ground.nodes import ListNode, MapNode, Node, TextNode
from terms.ground.patterns import late
from terms.scenarios.scenario import MOST_POINTS, Scenario, Values

_VARIABLE = late(r"\$[a-z][a-z0-9.-]*")


class Point(Struct, frozen=True):
    """One point: its values by name, in the order of the sweep. The one point of no sweep has none."""

    values: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """`distance=22km,count=3`; empty for the one point of no sweep. Blanks are left out."""
        return ",".join(f"{name}={''.join(value.split())}" for name, value in self.values)

    @property
    def words(self) -> str:
        """`distance 22 km, count 3`."""
        return ", ".join(f"{name} {value}" for name, value in self.values)

    def mapping(self) -> dict[str, str]:
        """The values by name."""
        return dict(self.values)


def counted(scenario: Scenario) -> int:
    """How many points a sweep has; 1 without one."""
    lengths = [len(values) for _, values in scenario.sweep]
    if not lengths:
        return 1
    return min(lengths) if scenario.mode == "zip" else prod(lengths)


def points_of(scenario: Scenario) -> tuple[Point, ...]:
    """Every point, the last name of the sweep varying fastest; the first alone of a sweep beyond the limit.

    Such a sweep is a fault, which is told once.
    """
    if not scenario.sweep:
        return (Point(),)
    names = [name.text for name, _ in scenario.sweep]
    columns = [[value.text for value in values] for _, values in scenario.sweep]
    rows = zip(*columns, strict=False) if scenario.mode == "zip" else itertools.product(*columns)
    many = 1 if counted(scenario) > MOST_POINTS else MOST_POINTS
    return tuple(Point(tuple(zip(names, row, strict=True))) for row in itertools.islice(rows, many))


def is_variable(text: str) -> bool:
    """Whether a text is `$name`."""
    return _VARIABLE.fullmatch(text) is not None


def variables_in(node: Node) -> Iterator[TextNode]:
    """Every text that begins with a dollar sign, as written; keys are never put in place of."""
    if isinstance(node, TextNode):
        if node.text.startswith("$"):
            yield node
    elif isinstance(node, MapNode):
        for entry in node.entries:
            yield from variables_in(entry.value)
    else:
        for child in node.children:
            yield from variables_in(child)


def substituted(node: MapNode, values: Values) -> MapNode:
    """The same node with every `$name` replaced by its value; places stay those of the file."""
    if next(variables_in(node), None) is None:
        return node
    made = _put(node, values)
    return made if isinstance(made, MapNode) else node


def _put(node: Node, values: Values) -> Node:
    if isinstance(node, TextNode):
        if node.text.startswith("$$"):
            return node._replace(text=node.text[1:])
        if is_variable(node.text) and node.text[1:] in values:
            return node._replace(text=values[node.text[1:]])
        return node
    if isinstance(node, MapNode):
        return node._replace(
            entries=tuple(one._replace(value=_put(one.value, values)) for one in node.entries)
        )
    return ListNode(tuple(_put(child, values) for child in node.children), node.start, node.end, node.origin)
