"""Happenings bound by differences of time: is there a schedule, which loop forbids it, what room is left.

A simple temporal network (Dechter, Meiri, Pearl 1991): each difference says that one happening comes at
least so many ticks after another. There is a schedule unless some loop of differences adds up to more than
nothing. Of all such loops the one with the fewest differences is the explanation.
"""

from collections.abc import Iterable, Mapping, Sequence

from terms.analyses.engine.formula import Lag

Loop = tuple[Lag, ...]
FEW = 48
"""So few differences are gone through again and again; of more, a loop among them is looked for on the way."""


def schedule(lags: Sequence[Lag]) -> tuple[dict[str, int], Loop | None]:
    """The earliest times from 0 on that keep all differences, or ({}, a loop that forbids them)."""
    times: dict[str, int] = {}
    for lag in lags:
        times[lag.first] = times[lag.then] = 0
    came: dict[str, Lag] = {}
    outgoing: dict[str, list[Lag]] = {name: [] for name in times}
    for lag in lags:
        outgoing[lag.first].append(lag)
    waiting = sorted(times)
    for _ in range(len(times) + 1):
        moved: dict[str, None] = {}
        for name in waiting:
            for lag in outgoing[name]:
                due = times[name] + lag.least
                if due > times[lag.then]:
                    times[lag.then], came[lag.then] = due, lag
                    moved[lag.then] = None
        if not moved:
            return times, None
        if (loop := _loop(came, moved)) is not None:
            return {}, loop
        waiting = list(moved)
    raise AssertionError("differences without a loop settle in as many rounds as there are happenings")


def leaves_schedule(lags: Sequence[Lag]) -> bool:
    """Whether some times keep all differences."""
    if max([lag.least for lag in lags], default=0) <= 0:
        return True
    if len(lags) > FEW:
        return schedule(lags)[1] is None
    times = dict.fromkeys([name for lag in lags for name in (lag.first, lag.then)], 0)
    for _ in times:
        late = False
        for lag in lags:
            due = times[lag.first] + lag.least
            if due > times[lag.then]:
                times[lag.then] = due
                late = True
        if not late:
            return True
    return False


def _loop(came: Mapping[str, Lag], moved: Iterable[str]) -> Loop | None:
    """A loop in the record of what pushed whom last: it adds up to more than nothing. None: none yet."""
    done: set[str] = set()
    for start in moved:
        trail: list[str] = []
        name = start
        while name in came and name not in done:
            done.add(name)
            trail.append(name)
            name = came[name].first
        if name in trail:
            loop = [came[name]]
            while loop[-1].first != name:
                loop.append(came[loop[-1].first])
            return tuple(reversed(loop))
    return None


def excess(loop: Iterable[Lag]) -> int:
    """By how many ticks a loop asks for more than nothing: what its statements would have to give."""
    return sum(lag.least for lag in loop)


def is_cycle(loop: Loop) -> bool:
    """Whether a loop counts no time: each part only asks that one thing comes before the next, or not after it."""
    return all(0 <= lag.least <= 1 for lag in loop)


def shortest_loop(lags: Sequence[Lag]) -> Loop | None:
    """A loop that forbids every schedule, with the fewest differences; ties by name. None: none.

    Every such loop has a place to start from where each part sum is positive, so a walk that falls to
    nothing is dropped: that leaves few walks even among thousands of happenings.
    """
    _, known = schedule(lags)
    if known is None:
        return None
    outgoing: dict[str, list[Lag]] = {}
    for lag in sorted(set(lags), key=_key):
        outgoing.setdefault(lag.first, []).append(lag)
    walks: dict[str, dict[str, tuple[int, Loop]]] = {start: {start: (0, ())} for start in sorted(outgoing)}
    for _ in range(len(known)):
        found: list[Loop] = []
        for start in list(walks):
            walks[start] = _longer(walks[start], outgoing)
            if (closed := walks[start].get(start)) is not None:
                found.append(closed[1])
            if not walks[start]:
                del walks[start]
        if found:
            return min((turned(loop) for loop in found), key=lambda loop: [_key(lag) for lag in loop])
    return turned(known)


def _longer(
    reached: Mapping[str, tuple[int, Loop]], outgoing: Mapping[str, list[Lag]]
) -> dict[str, tuple[int, Loop]]:
    found: dict[str, tuple[int, Loop]] = {}
    for name, (total, walk) in reached.items():
        for lag in outgoing.get(name, ()):
            longer = total + lag.least
            if longer > 0 and (lag.then not in found or longer > found[lag.then][0]):
                found[lag.then] = (longer, (*walk, lag))
    return found


def turned(loop: Loop) -> Loop:
    """The same loop begun at its smallest happening, so that one loop is written in one way."""
    first = min(range(len(loop)), key=lambda place: _key(loop[place]))
    return (*loop[first:], *loop[:first])


def _key(lag: Lag) -> tuple[str, str, int]:
    return (lag.first, lag.then, -lag.least)


def longest_from(start: str, lags: Sequence[Lag]) -> dict[str, int]:
    """For each happening that has to come so long after `start` (or at most so long before it): that lag.

    The differences must leave a schedule.
    """
    best = {start: 0}
    waiting = [start]
    outgoing: dict[str, list[Lag]] = {}
    for lag in lags:
        outgoing.setdefault(lag.first, []).append(lag)
    while waiting:
        moved: dict[str, None] = {}
        for name in waiting:
            for lag in outgoing.get(name, ()):
                due = best[name] + lag.least
                if lag.then not in best or due > best[lag.then]:
                    best[lag.then] = due
                    moved[lag.then] = None
        waiting = list(moved)
    return best


def windows(anchor: str, lags: Sequence[Lag]) -> dict[str, tuple[int | None, int | None]]:
    """Happening -> (earliest, latest) in ticks after `anchor`; None: no bound on that side.

    The differences must leave a schedule.
    """
    names = {name for lag in lags for name in (lag.first, lag.then)} | {anchor}
    after = longest_from(anchor, lags)
    before = longest_from(anchor, [Lag(lag.then, lag.first, lag.least) for lag in lags])
    return {name: (after.get(name), -before[name] if name in before else None) for name in sorted(names)}
