"""Small exact algorithms on directed graphs whose edges carry the statement they come from.

Written here because the one library that was tried fails to find the very cycles it announces, and the
other needs a numeric tower for a graph of twenty nodes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush

from msgspec import Struct


class Edge(Struct, frozen=True, order=True, gc=False):
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
    for start, end in pairs:
        if start in outgoing:
            outgoing[start].append(end)
        else:
            outgoing[start] = [end]
        if end not in outgoing:
            outgoing[end] = []
        elif start == end:
            loops.add(start)
    return tuple(sorted((frozenset(one) for one in _strong(outgoing, loops)), key=sorted))


def _strong(outgoing: Mapping[str, list[str]], loops: Collection[str]) -> Iterator[list[str]]:
    """The components of several nodes or with a loop; `low` is the earliest node that one reaches back to."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    height: dict[str, int] = {}
    closed: set[str] = set()
    for first in outgoing:
        if first in index:
            continue
        index[first] = low[first] = len(index)
        height[first] = len(stack)
        stack.append(first)
        walk = [(first, iter(outgoing[first]))]
        while walk:
            node, ends = walk[-1]
            for end in ends:
                if end not in index:
                    index[end] = low[end] = len(index)
                    height[end] = len(stack)
                    stack.append(end)
                    walk.append((end, iter(outgoing[end])))
                    break
                if end not in closed and index[end] < low[node]:
                    low[node] = index[end]
            else:
                walk.pop()
                if walk and low[node] < low[above := walk[-1][0]]:
                    low[above] = low[node]
                if low[node] == index[node] and stack[-1] == node and node not in loops:
                    closed.add(stack.pop())
                elif low[node] == index[node]:
                    found = stack[height[node] :]
                    del stack[height[node] :]
                    closed.update(found)
                    yield found


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
