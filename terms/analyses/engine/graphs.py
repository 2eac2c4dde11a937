"""Small exact algorithms on directed graphs whose edges carry the statement they come from.

Written here because the one library that was tried fails to find the very cycles it announces, and the
other needs a numeric tower for a graph of twenty nodes.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush

from msgspec import Struct


class Edge(Struct, frozen=True, order=True):
    """`start` comes before `end`, at the same moment only if not `strict`; `label` names the statement."""

    start: str
    end: str
    strict: bool
    label: str


Path = tuple[Edge, ...]


def components(edges: Iterable[Edge]) -> tuple[frozenset[str], ...]:
    """The strongly connected components that hold a cycle, each once, sorted by their sorted nodes."""
    return knots((edge.start, edge.end) for edge in edges)


def knots(pairs: Iterable[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """As `components`, of bare (start, end) pairs.

    Tarjan (1972), without recursion, since a record may chain thousands of happenings.
    """
    outgoing: dict[str, list[str]] = {}
    loops: set[str] = set()
    for start, end in dict.fromkeys(pairs):
        outgoing.setdefault(start, []).append(end)
        outgoing.setdefault(end, [])
        if start == end:
            loops.add(start)
    search = _Search(outgoing)
    for node in outgoing:
        search.visit(node)
    found = [one for one in search.found if len(one) > 1 or one & loops]
    return tuple(sorted(found, key=sorted))


def shortest_path(edges: Iterable[Edge], start: str, end: str) -> Path | None:
    """The path with the fewest edges; of equally short ones that whose sorted labels come first. None: none.

    From a node to itself that is the empty path.
    """
    outgoing = _outgoing(edges)
    queue: list[tuple[int, tuple[str, ...], str, Path]] = [(0, (), start, ())]
    done: set[str] = set()
    while queue:
        _, _, node, path = heappop(queue)
        if node == end:
            return path
        if node in done:
            continue
        done.add(node)
        for edge in outgoing.get(node, ()):
            if edge.end not in done:
                longer = (*path, edge)
                heappush(queue, (len(longer), tuple(sorted(one.label for one in longer)), edge.end, longer))
    return None


def shortest_cycle(edges: Iterable[Edge], *, strict: bool) -> Path | None:
    """The cycle with the fewest edges, through a strict edge if `strict`; ties by sorted labels, edges."""
    kept = sorted(set(edges))
    found = [path for edge in kept if edge.strict or not strict if (path := _closed(kept, edge)) is not None]
    return min(found, key=lambda path: (len(path), sorted(edge.label for edge in path), path), default=None)


def _closed(edges: Sequence[Edge], edge: Edge) -> Path | None:
    back = shortest_path(edges, edge.end, edge.start)
    return None if back is None else turned((edge, *back))


def turned(cycle: Path) -> Path:
    """The same cycle begun at its smallest node, so that one cycle is written in one way."""
    first = min(range(len(cycle)), key=lambda place: cycle[place].start)
    return (*cycle[first:], *cycle[:first])


def _outgoing(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in sorted(set(edges)):
        found.setdefault(edge.start, []).append(edge)
        found.setdefault(edge.end, [])
    return found


class _Search:
    """Tarjan's walk: the index of each node and the earliest it reaches back to."""

    def __init__(self, outgoing: dict[str, list[str]]) -> None:
        self.outgoing = outgoing
        self.index: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.stack: list[str] = []
        self.open: set[str] = set()
        self.found: list[frozenset[str]] = []

    def visit(self, root: str) -> None:
        """Walk everything that can be reached from `root` and was not walked before."""
        if root in self.index:
            return
        self._enter(root)
        walk: list[tuple[str, Iterator[str]]] = [(root, iter(self.outgoing[root]))]
        while walk:
            node, ends = walk[-1]
            end = next(ends, None)
            if end is None:
                walk.pop()
                self._leave(node, walk[-1][0] if walk else None)
            elif end not in self.index:
                self._enter(end)
                walk.append((end, iter(self.outgoing[end])))
            elif end in self.open:
                self.low[node] = min(self.low[node], self.index[end])

    def _enter(self, node: str) -> None:
        self.index[node] = self.low[node] = len(self.index)
        self.stack.append(node)
        self.open.add(node)

    def _leave(self, node: str, parent: str | None) -> None:
        if self.low[node] == self.index[node]:
            place = len(self.stack) - 1
            while self.stack[place] != node:
                place -= 1
            self.found.append(frozenset(self.stack[place:]))
            self.open.difference_update(self.stack[place:])
            del self.stack[place:]
        if parent is not None:
            self.low[parent] = min(self.low[parent], self.low[node])
