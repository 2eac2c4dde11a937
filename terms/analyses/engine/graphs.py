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

    In one pass (Tarjan 1972), without recursion, since a record may chain thousands of happenings.
    """
    outgoing: dict[str, list[str]] = {}
    loops: set[str] = set()
    for start, end in pairs:
        if start in outgoing:
            outgoing[start].append(end)
        else:
            outgoing[start] = [end]
        if start == end:
            loops.add(start)
    return tuple(sorted((frozenset(one) for one in _strong(outgoing, loops)), key=sorted))


def _strong(outgoing: Mapping[str, list[str]], loops: Collection[str]) -> Iterator[list[str]]:
    """The components of several nodes or with a loop.

    `rank` is the earliest open node that one is known to reach back to (Pearce 2016), `closed` once its component is
    found. A node that reaches back waits in `open_` for the first node of its component to be left.
    """
    rank: dict[str, int] = {}
    open_: list[str] = []
    closed = sum(map(len, outgoing.values())) + len(outgoing)
    nothing: list[str] = []
    count = 0
    for first in outgoing:
        if first in rank:
            continue
        walk: list[tuple[str, Iterator[str], int, int]] = []
        node, ends = first, iter(outgoing[first])
        own = low = rank[first] = count
        count += 1
        while True:
            for end in ends:
                seen = rank.get(end)
                if seen is None:
                    walk.append((node, ends, own, low))
                    node, ends = end, iter(outgoing.get(end, nothing))
                    own = low = rank[end] = count
                    count += 1
                    break
                if seen < low:
                    low = seen
            else:
                if low < own:
                    rank[node] = low
                    open_.append(node)
                else:
                    found = [node]
                    while open_ and rank[open_[-1]] >= own:
                        found.append(open_.pop())
                    rank.update(dict.fromkeys(found, closed))
                    low = closed
                    if len(found) > 1 or node in loops:
                        yield found
                if not walk:
                    break
                below = low
                node, ends, own, low = walk.pop()
                if below < low:
                    low = below


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
