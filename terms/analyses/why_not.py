"""Why there is no deal: the conflicts, smallest first, and the positions that are in none."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from terms.analyses.engine.conflicts import Group, conflicts, disjoint_cores
from terms.analyses.engine.findings import Conflict, conflicts_of, touched
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Stop, never
from terms.analyses.engine.positions import Edits, Model, Silence
from terms.core.situation import Situation

QUESTION = "Why is there no deal?"


class Why(Struct, frozen=True):
    """All conflicts, those with the fewest positions first; none when there is a deal.

    `at_least` positions have to change, because so many conflicts (`disjoint`, by their names) share none; none where
    the structure alone allows no deal, so that no change of positions is enough.
    `uninvolved` positions are in no conflict, so changing them is no part of any smallest way out.
    `self_contradicting` are the parties with a conflict all of whose positions are their own: a matter of
    how the record was coded, or of words that changed, before it is anything else. `oldest` is the position in
    a conflict that was said longest ago, with the days since: nothing lapses here by growing old. Asked `about`
    some terms alone, `elsewhere` counts the conflicts about none of them.
    """

    heading: Heading
    conflicts: tuple[Conflict, ...]
    at_least: int
    disjoint: tuple[tuple[str, ...], ...]
    uninvolved: tuple[str, ...]
    self_contradicting: tuple[str, ...]
    truncated: bool = False
    oldest: tuple[str, int] | None = None
    about: tuple[str, ...] = ()
    elsewhere: int = 0


def find(
    at: Situation,
    *,
    silence: Silence = "open",
    stage: str | None = None,
    edits: Edits = Edits(),
    terms: Sequence[str] = (),
    stop: Stop = never,
) -> Why:
    """The conflicts among the positions in force; with `terms`, only those that are about one of them."""
    asked = model(at, silence=silence, stage=stage, edits=edits)
    groups = conflicts(asked.problem, stop=stop)
    order = {name: place for place, name in enumerate(asked.names)}
    cores = sorted(
        (core for group in groups for core in group.cores if touched(asked, core, terms)),
        key=lambda core: (len(core), [order[name] for name in core]),
    )
    involved = {name for group in groups for core in group.cores for name in core}
    truncated = any(group.truncated for group in groups)
    involved |= {name for group in groups if group.truncated for name in group.members}
    apart = tuple(core for core in disjoint_cores(_only(group, cores) for group in groups) if core)
    found = conflicts_of(asked, cores)
    alone = sorted(
        {one.parties[0] for one in found if len(one.parties) == 1 and "silence" not in _kinds(one)}
    )
    uninvolved = tuple(
        name for name in asked.names if name not in involved and touched(asked, (name,), terms)
    )
    return Why(
        heading(asked), found, len(apart), apart, uninvolved, tuple(alone), truncated, _oldest(asked, found),
        tuple(terms), sum(len(group.cores) for group in groups) - len(cores),
    )  # fmt: skip


def _oldest(asked: Model, found: Sequence[Conflict]) -> tuple[str, int] | None:
    history, today = asked.at.history, asked.at.moment.date()
    dated = [
        (day, one.name)
        for one in dict.fromkeys(position for conflict in found for position in conflict.positions)
        if one.events and (day := history.event(one.events[-1]).date.first_day) is not None
    ]
    if not dated:
        return None
    day, name = min(dated)
    return name, (today - day).days


def _only(group: Group, cores: Sequence[tuple[str, ...]]) -> Group:
    kept = set(cores)
    return replace(group, cores=tuple(core for core in group.cores if core in kept))


def _kinds(one: Conflict) -> set[str]:
    return {position.kind for position in one.positions}
