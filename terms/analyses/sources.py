"""Tells on which sources each conflict rests, and whether it would disappear without one of them.

A finding that hangs on the word of one source says so. Dropping a source means reading the record without
the events that no other source tells.
"""

from msgspec import Struct

from terms.analyses.engine.conflicts import conflicts
from terms.analyses.engine.findings import Conflict, conflicts_of
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Stop, never
from terms.analyses.engine.positions import Silence
from terms.core.situation import Situation

QUESTION = "On whose word does each conflict rest?"


class Resting(Struct, frozen=True):
    """One conflict and its sources: those cited by its events and rules, sorted.

    `single` are the events that one source alone tells. `hangs_on` are the sources without which the
    conflict would not be there: each is the only one to tell some event or rule of it.
    """

    conflict: Conflict
    sources: tuple[str, ...]
    single: tuple[tuple[str, str], ...]
    hangs_on: tuple[str, ...]

    @property
    def on_one_source(self) -> bool:
        """Whether one source tells all of it."""
        return len(self.sources) == 1


class LoadBearing(Struct, frozen=True):
    """The conflicts with their sources, smallest first; and source -> how many of them hang on it."""

    heading: Heading
    findings: tuple[Resting, ...]
    bearing: tuple[tuple[str, int], ...]
    truncated: bool = False


def find(
    at: Situation, *, silence: Silence = "open", stage: str | None = None, stop: Stop = never
) -> LoadBearing:
    """The sources of every conflict."""
    asked = model(at, silence=silence, stage=stage)
    groups = conflicts(asked.problem, stop=stop)
    cores = sorted((core for group in groups for core in group.cores), key=lambda core: (len(core), core))
    found = tuple(_resting(at, one) for one in conflicts_of(asked, cores))
    counts: dict[str, int] = {}
    for one in found:
        for source in one.hangs_on:
            counts[source] = counts.get(source, 0) + 1
    bearing = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return LoadBearing(heading(asked), found, bearing, any(group.truncated for group in groups))


def _resting(at: Situation, found: Conflict) -> Resting:
    told = {name: _sources(at, name) for name in found.events}
    told |= {ground.name: (ground.source,) for ground in found.grounds if ground.source}
    single = tuple((name, sources[0]) for name, sources in told.items() if len(sources) == 1)
    every = sorted({source for sources in told.values() for source in sources})
    return Resting(found, tuple(every), single, tuple(sorted({source for _, source in single})))


def _sources(at: Situation, event: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.id for citation in at.history.event(event).source))
