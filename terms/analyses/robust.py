"""Asks whether the answer survives positions dropped or changed, and rival accounts.

A toggle drops a position or gives it other words. Where every toggle only makes a deal easier, the answer is
a border: the smallest sets of toggles that suffice and the largest that do not, instead of a row for each of
2^k combinations; so it is where every toggle only makes one harder. One solver holds all of them, and a combination is a set of assumptions.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from terms.analyses.engine.checker import satisfiable
from terms.analyses.engine.conflicts import Group, Known, best_sets, conflicts, count_sets, fewest
from terms.analyses.engine.drawing import Drawn, drawn
from terms.analyses.engine.formula import Clause, Formula, Problem, negated
from terms.analyses.engine.heading import Heading, heading
from terms.analyses.engine.modelling import model, model_alone
from terms.analyses.engine.oracle import Oracle, Stop, heed, never
from terms.analyses.engine.positions import Model, NoSuchPosition, Silence
from terms.analyses.engine.readings import readings
from terms.analyses.engine.sweeping import holding
from terms.core.situation import Situation

QUESTION = "Would the answer be the same if some of it were otherwise?"
MOST_SWEPT = 12
"""Toggles of which every combination is tried; of more, a sample that is called one."""
SAMPLE = 4096
MOST_BORDER = 200
"""Smallest sets of a border that are listed."""

Effect = Literal["relaxes", "tightens", "both"]


class Toggle(Struct, frozen=True):
    """A supposed difference: `position` dropped (`words` None), or saying `words` instead."""

    name: str
    position: str
    words: str | None = None


class Sweep(Struct, frozen=True):
    """All combinations of toggles: how many of them allow a deal.

    Where every toggle relaxes, `sufficient` are the smallest sets of them that allow a deal and `insufficient` the
    largest that do not; where every toggle tightens, the smallest that leave none and the largest that leave one.
    Both are the whole border, however many toggles there are, unless `cut`; else they are empty. `sampled`: there
    are too many combinations to try, so `feasible` counts a fixed sample.
    """

    toggles: tuple[tuple[Toggle, Effect], ...]
    feasible: int
    of: int
    sampled: bool
    sufficient: tuple[tuple[str, ...], ...]
    insufficient: tuple[tuple[str, ...], ...]
    border: Effect = "both"
    cut: bool = False


class UnderReading(Struct, frozen=True):
    """One reading of the rival accounts: is there a deal, and if not how many changes are the fewest."""

    words: str
    feasible: bool
    changes: int | None


class Robust(Struct, frozen=True):
    """The answer. `deciding` are the smallest sets of disputed occurrences on which it hangs.

    `left_out` counts the positions in conflict that no default toggle drops; `drawn` is what declared chances come
    to, None where the record declares none.
    """

    heading: Heading
    sweep: Sweep
    readings: tuple[UnderReading, ...]
    deciding: tuple[tuple[str, ...], ...]
    truncated: bool
    left_out: int = 0
    drawn: Drawn | None = None

    @property
    def verdict(self) -> Literal["every", "some", "no"]:
        """Under which readings there is no deal."""
        without, of = self.without_deal
        return "every" if without == of else "some" if without else "no"

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
        NoSuchPosition: a toggle names none, nor a declared rule (rule/ID). CannotReword, Unreadable, Misworded: its
        words are none that the position could have.
    """
    base = model(at, silence=silence, stage=stage)
    every = default_toggles(base)
    chosen = every[:MOST_SWEPT] if toggles is None else tuple(toggles)
    variants = [(one.position, one.words) for one in chosen if one.words is not None]
    rules = {one.position for one in chosen if one.position.startswith("rule/") and one.words is None}
    for one in chosen:
        if one.position not in base.positions and not (
            one.position in rules and one.position in base.grounds
        ):
            raise NoSuchPosition(one.position, (*base.names, *base.grounds))
    asked = model(at, silence=silence, stage=stage, variants=dict.fromkeys(variants))
    swept = sweep(_without_rules(asked, rules), chosen, stop=stop)
    under, cut = readings(at)
    answers: list[UnderReading] = []
    known: Known = {}
    for reading in under:
        heed(stop)
        there = model_alone(reading.at, silence=silence, stage=stage) if reading.choices else base
        groups = conflicts(there.problem, stop=stop, known=known)
        answers.append(UnderReading(reading.words, not groups, fewest(groups) if groups else 0))
    disputes = [tuple(sorted({choice.of for choice in reading.choices})) for reading in under]
    differ = [
        names for names, one in zip(disputes, answers, strict=True) if one.feasible != answers[0].feasible
    ]
    smallest = tuple(
        names for names in dict.fromkeys(sorted(differ, key=lambda one: (len(one), one)))
        if not any(set(other) < set(names) for other in differ)
    )  # fmt: skip
    return Robust(
        heading(base, readings=len(under), one_by_one=cut),
        swept,
        tuple(answers),
        smallest,
        cut or swept.sampled or swept.cut,
        len(every) - len(chosen) if toggles is None else 0,
        drawn(at, silence=silence, stage=stage, stop=stop),
    )


def _without_rules(asked: Model, rules: Collection[str]) -> Model:
    """The model with some declared rules as positions: a rule is a claim, too, and may be supposed away."""
    moved = tuple(clause for clause in asked.problem.hard if clause.name in rules)
    kept = tuple(clause for clause in asked.problem.hard if clause.name not in rules)
    return replace(asked, problem=Problem(asked.problem.sizes, (*asked.problem.soft, *moved), kept))


def default_toggles(asked: Model) -> tuple[Toggle, ...]:
    """One for each position in a conflict, dropping it, in canonical order."""
    groups = conflicts(asked.problem)
    members = [name for group in groups for name in group.members]
    return tuple(Toggle(name, name) for name in sorted(members, key=asked.names.index))


def sweep(asked: Model, toggles: Sequence[Toggle], *, stop: Stop = never) -> Sweep:
    """Every combination of toggles on one solver, and the border where there is one."""
    extra = {_other(one) for one in toggles if one.words is not None}
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
    finally:
        oracle.close()
    effects = tuple((one, _effect(asked, one)) for one in toggles)
    kinds = {effect for _, effect in effects} or {"relaxes"}
    way: Effect = next(iter(kinds)) if len(kinds) == 1 else "both"
    enough, short, cut = _border(asked, toggles, always, way, stop)
    found = sum(1 for number in combinations if sets[number] in held)
    return Sweep(effects, found, len(combinations), count > MOST_SWEPT, enough, short, way, cut)


def _border(
    asked: Model, toggles: Sequence[Toggle], always: Sequence[str], way: Effect, stop: Stop
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...], bool]:
    """The smallest sets of toggles that turn the answer and the largest that do not, and whether some are left out.

    Where all relax, a toggle left alone is its original, and its looser words hold in any case: sets that allow a
    deal are ways out. Where all tighten, the originals hold in any case: sets that leave none are conflicts.
    """
    if way == "both":
        return (), (), False
    known = {clause.name: clause.formula for clause in asked.problem.soft}
    loose, tight = (
        {one.name: known[name] for one, name in _named(toggles, other)} for other in (True, False)
    )
    soft, fixed = (tight, loose) if way == "relaxes" else (loose, tight)
    hard = (
        *asked.problem.hard,
        *(Clause(name, known[name]) for name in always),
        *(Clause(f"toggle/{name}", formula) for name, formula in fixed.items()),
    )
    groups = conflicts(
        Problem(asked.problem.sizes, tuple(Clause(*one) for one in soft.items()), hard), stop=stop
    )
    cut = any(group.truncated for group in groups)
    names = tuple(one.name for one in toggles)
    cores = [core for group in groups for core in group.cores]
    ways, more = _ways(groups)
    spared = [tuple(name for name in names if name not in core) for core in cores]
    kept = [tuple(name for name in names if name not in one) for one in ways]
    enough, short = (ways, spared) if way == "relaxes" else (cores, kept)
    told = [tuple(name for name in names if name in one) for one in enough]
    return _ranked(told), _ranked(short, largest=True), cut or more


def _named(toggles: Sequence[Toggle], other: bool) -> list[tuple[Toggle, str]]:
    """Each toggle with the position that it puts in force (`other`) or takes out of it, where there is one."""
    if other:
        return [(one, _other(one)) for one in toggles if one.words is not None]
    return [(one, one.position) for one in toggles]


def _other(toggle: Toggle) -> str:
    return f"{toggle.position} = {toggle.words}"


def _ways(groups: Sequence[Group]) -> tuple[list[tuple[str, ...]], bool]:
    """The ways out over all groups, the smallest first, and whether there are more than are listed."""
    total = count_sets(groups)
    if not groups or total <= MOST_BORDER:
        return (list(best_sets(groups, total)) if groups else [()]), False
    return list(best_sets(groups, MOST_BORDER)), True


def _held(toggles: Sequence[Toggle], names: Sequence[str], number: int) -> int:
    """The positions in force in one combination, as bits of `names`: originals not toggled, replacements toggled on."""
    on = [one for place, one in enumerate(toggles) if number >> place & 1]
    off = {one.position for one in on}
    told = {_other(one) for one in on if one.words is not None}
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
    old, new = (_formula(asked.problem, name) for name in (toggle.position, _other(toggle)))
    sizes = asked.problem.sizes
    looser = not satisfiable([old, negated(new, sizes)])
    tighter = not satisfiable([new, negated(old, sizes)])
    return "relaxes" if looser else "tightens" if tighter else "both"


def _formula(problem: Problem, name: str) -> Formula:
    return problem.named[name].formula


def _ranked(sets: Iterable[tuple[str, ...]], *, largest: bool = False) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(sets, key=lambda one: (-len(one) if largest else len(one), one)))
