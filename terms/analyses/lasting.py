"""Tells which conflicts stood between two points of the talks, and from when to when each of them did.

Every step between the two is asked why there is no deal. A conflict is the same as long as the same positions
make it: a position that its party replaces by another makes another conflict.
"""

from collections.abc import Sequence

from msgspec import Struct

from terms.analyses.engine.conflicts import Known, conflicts
from terms.analyses.engine.findings import Conflict, conflict, touched
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import Basis, basis, model, model_alone
from terms.analyses.engine.oracle import Stop, heed, never
from terms.analyses.engine.positions import Silence
from terms.core.situation import Situation, situation

QUESTION = "What stood in the way between two points, and how long?"


class Stood(Struct, frozen=True):
    """One conflict: it stood after the event `since` and went with the event `until` (None: it still stands).

    `before`: it stood already when the time asked for began, and `since` is the last event before that time.
    """

    conflict: Conflict
    since: str
    until: str | None
    before: bool


class Lasting(Struct, frozen=True):
    """The answer, of the last step asked: conflicts by when they began, then by size and name.

    `whole` are those that stood all the time asked for.
    """

    heading: Heading
    first: str
    last: str
    stood: tuple[Stood, ...]
    truncated: bool = False

    @property
    def whole(self) -> tuple[Stood, ...]:
        """The conflicts that stood at every step between the two points."""
        return tuple(one for one in self.stood if one.before and one.until is None)


def find(
    at: Situation,
    since: int,
    *,
    silence: Silence = "open",
    stage: str | None = None,
    terms: Sequence[str] = (),
    stop: Stop = never,
) -> Lasting:
    """The conflicts at each step from `since` (so many events told) to this one, on `terms` (all: none named)."""
    events = at.history.events
    begun: dict[tuple[str, ...], tuple[int, Conflict]] = {}
    ended: list[tuple[int, int | None, Conflict]] = []
    truncated = False
    known: Known = {}
    built: Basis | None = None
    for steps in range(since, at.steps + 1):
        heed(stop)
        here = at if steps == at.steps else situation(at.history, steps)
        if built is not None and built.holds(here):
            continue
        asked = model_alone(here, silence=silence, stage=stage)
        built = basis(here)
        groups = conflicts(asked.problem, stop=stop, known=known)
        truncated = truncated or any(group.truncated for group in groups)
        cores = [core for group in groups for core in group.cores if touched(asked, core, terms)]
        for core in cores:
            if core not in begun:
                begun[core] = (steps, conflict(asked, core))
        for core in [one for one in begun if one not in set(cores)]:
            first, found = begun.pop(core)
            ended.append((first, steps, found))
    stood = [*ended, *((first, None, found) for first, found in begun.values())]
    stood.sort(key=lambda one: (one[0], len(one[2].names), one[2].names, one[1] or 0))

    def name(steps: int) -> str:
        return events[steps - 1].id if steps else ""

    return Lasting(
        heading(model(at, silence=silence, stage=stage)),
        name(since),
        name(at.steps),
        tuple(
            Stood(found, name(first), name(last) if last is not None else None, first == since)
            for first, last, found in stood
        ),
        truncated,
    )
