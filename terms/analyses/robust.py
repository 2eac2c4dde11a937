"""Asks whether the answer survives positions dropped or changed, and rival accounts.

A toggle drops a position or gives it other words. Where every toggle only makes a deal easier, the answer is
a border: the smallest sets of toggles that suffice and the largest that do not, instead of a row for each of
2^k combinations. One solver holds all of them, and a combination is a set of assumptions.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from terms.analyses.engine.checker import satisfiable
from terms.analyses.engine.conflicts import conflicts, fewest, hitting_sets
from terms.analyses.engine.formula import Formula, Problem, negated
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.oracle import Oracle, Stop, heed, never
from terms.analyses.engine.positions import Model, Silence
from terms.analyses.engine.readings import readings
from terms.analyses.engine.sweeping import holding
from terms.core.situation import Situation

QUESTION = "Would the answer be the same if some of it were otherwise?"
MOST_SWEPT = 12
"""Toggles of which every combination is tried; of more, a sample that is called one."""
SAMPLE = 4096

Effect = Literal["relaxes", "tightens", "both"]


class Toggle(Struct, frozen=True):
    """A supposed difference: `position` dropped (`words` None), or saying `words` instead."""

    name: str
    position: str
    words: str | None = None


class Sweep(Struct, frozen=True):
    """All combinations of toggles: how many of them allow a deal.

    `sufficient` are the smallest sets of toggles that allow one, `insufficient` the largest that do not;
    both only where every toggle relaxes, else empty. `sampled`: too many combinations, so a fixed sample.
    """

    toggles: tuple[tuple[Toggle, Effect], ...]
    feasible: int
    of: int
    sampled: bool
    sufficient: tuple[tuple[str, ...], ...]
    insufficient: tuple[tuple[str, ...], ...]


class UnderReading(Struct, frozen=True):
    """One reading of the rival accounts: is there a deal, and if not how many changes are the fewest."""

    words: str
    feasible: bool
    changes: int | None


class Robust(Struct, frozen=True):
    """The answer. `deciding` are the smallest sets of disputed occurrences on which it hangs."""

    heading: Heading
    sweep: Sweep
    readings: tuple[UnderReading, ...]
    deciding: tuple[tuple[str, ...], ...]
    truncated: bool

    @property
    def without_deal(self) -> tuple[int, int]:
        """(k, m): no deal under k of m readings."""
        return sum(1 for one in self.readings if not one.feasible), len(self.readings)


def find(
    at: Situation,
    toggles: Sequence[Toggle] | None = None,
    *,
    silence: Silence = "open",
    stage: str | None = None,
    stop: Stop = never,
) -> Robust:
    """The sweep over `toggles` and readings. None: a toggle for each position in a conflict, dropping it.

    Raises:
        NoSuchPosition: a toggle names none.
    """
    base = model(at, silence=silence, stage=stage)
    chosen = default_toggles(base) if toggles is None else tuple(toggles)
    variants = [(one.position, one.words) for one in chosen if one.words is not None]
    asked = model(at, silence=silence, stage=stage, variants=variants)
    for one in chosen:
        base.require(one.position)
    swept = sweep(asked, chosen, stop=stop)
    under, cut = readings(at)
    answers: list[UnderReading] = []
    for reading in under:
        heed(stop)
        groups = conflicts(model(reading.at, silence=silence, stage=stage).problem, stop=stop)
        answers.append(UnderReading(reading.words, not groups, fewest(groups) if groups else 0))
    disputes = [tuple(sorted({choice.of for choice in reading.choices})) for reading in under]
    differ = [
        names for names, one in zip(disputes, answers, strict=True) if one.feasible != answers[0].feasible
    ]
    smallest = tuple(
        names for names in dict.fromkeys(sorted(differ, key=lambda one: (len(one), one)))
        if not any(set(other) < set(names) for other in differ)
    )  # fmt: skip
    return Robust(heading(base, readings=len(under)), swept, tuple(answers), smallest, cut or swept.sampled)


def default_toggles(asked: Model) -> tuple[Toggle, ...]:
    """One for each position in a conflict, dropping it, in canonical order; at most as many as are swept."""
    groups = conflicts(asked.problem)
    members = [name for group in groups for name in group.members]
    return tuple(Toggle(name, name) for name in sorted(members, key=asked.names.index)[:MOST_SWEPT])


def sweep(asked: Model, toggles: Sequence[Toggle], *, stop: Stop = never) -> Sweep:
    """Every combination of toggles on one solver."""
    extra = {f"{one.position} = {one.words}" for one in toggles if one.words is not None}
    touched = {one.position for one in toggles}
    always = [name for name in asked.names if name not in extra and name not in touched]
    oracle = Oracle(asked.problem)
    try:
        oracle.fix((*(clause.name for clause in asked.problem.hard), *always))
        count = len(toggles)
        combinations = list(range(1 << count) if count <= MOST_SWEPT else _sample(count))
        names = list(dict.fromkeys([*(one.position for one in toggles), *extra]))
        sets = {number: _held(toggles, names, number) for number in combinations}
        held = holding(oracle, names, sets.values(), stop=stop)
        found = {number for number, one in sets.items() if one in held}
    finally:
        oracle.close()
    effects = tuple((one, _effect(asked, one)) for one in toggles)
    border = all(effect == "relaxes" for _, effect in effects) and count <= MOST_SWEPT
    enough = _minimal(found) if border else []
    names = [one.name for one in toggles]
    return Sweep(
        effects,
        len(found),
        len(combinations),
        count > MOST_SWEPT,
        _ranked(_chosen(names, number) for number in enough),
        _largest_without(names, [_chosen(names, number) for number in enough]) if border else (),
    )


def _held(toggles: Sequence[Toggle], names: Sequence[str], number: int) -> int:
    """The positions in force in one combination, as bits of `names`: originals not toggled, replacements toggled on."""
    on = [one for place, one in enumerate(toggles) if number >> place & 1]
    off = {one.position for one in on}
    told = {f"{one.position} = {one.words}" for one in on if one.words is not None}
    told |= {one.position for one in toggles if one.position not in off}
    return sum(1 << place for place, name in enumerate(names) if name in told)


def _sample(count: int) -> Iterator[int]:
    """A fixed sample of combinations (Lehmer's generator, 1951), the same on every machine."""
    state = 1
    for _ in range(SAMPLE):
        number = 0
        for place in range(count):
            state = state * 48271 % 2147483647
            number |= (state >> 16 & 1) << place
        yield number


def _effect(asked: Model, toggle: Toggle) -> Effect:
    if toggle.words is None:
        return "relaxes"
    old, new = (
        _formula(asked.problem, name) for name in (toggle.position, f"{toggle.position} = {toggle.words}")
    )
    sizes = asked.problem.sizes
    looser = not satisfiable([old, negated(new, sizes)])
    tighter = not satisfiable([new, negated(old, sizes)])
    return "relaxes" if looser else "tightens" if tighter else "both"


def _formula(problem: Problem, name: str) -> Formula:
    return next(clause.formula for clause in problem.soft if clause.name == name)


def _minimal(found: set[int]) -> list[int]:
    return sorted(one for one in found if not any(other != one and other & one == other for other in found))


def _chosen(names: Sequence[str], number: int) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(names) if number >> place & 1)


def _ranked(sets: Iterator[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(sets, key=lambda one: (len(one), one)))


def _largest_without(names: Sequence[str], enough: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The largest sets with no sufficient set inside: complements of the smallest that hit them all."""
    if not enough:
        return (tuple(names),)
    order = {name: place for place, name in enumerate(names)}
    hit, _ = hitting_sets(enough, order, most=1 << MOST_SWEPT)
    return tuple(
        sorted(
            (tuple(name for name in names if name not in one) for one in hit),
            key=lambda one: (-len(one), one),
        )
    )
