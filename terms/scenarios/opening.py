"""Opening a scenario: reading it and whatever it stands on, down to a record, with a look at the chain.

Files are read by `records.files`; a scenario that stands on itself, or on a base with errors of its own, is
told at the line that names the base.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from msgspec import Struct
from msgspec.structs import replace

from terms.ground.addresses import beside_elsewhere
from terms.ground.diagnostics import Diagnostic, Severity, in_order
from terms.ground.tree import Tree, read_tree
from terms.records.faults import error, listed, meant
from terms.records.files import read_record, read_text_file, record_path
from terms.records.record import Record
from terms.scenarios.branching import Branch, branch_of, trunk_of
from terms.scenarios.editing import Trunk
from terms.scenarios.grounds import Ground, Library, beside, ground_of_record, untold_by
from terms.scenarios.pins import pin_faults
from terms.scenarios.points import Point, points_of
from terms.scenarios.reading import read_scenario_text
from terms.scenarios.scenario import Base, Scenario


class Opened(Struct, frozen=True, dict=True):
    """A scenario on its ground; `ground` is None when there is nothing to stand on, which is told.

    `unseen` are events taken as not recorded, `without` assumptions that are dropped, here and in every
    scenario below that assumes one of that name. `below` is the scenario it stands on, if any, `spoken_of` the
    scenarios, by path, that its faults point into.
    """

    scenario: Scenario
    ground: Ground | None
    diagnostics: tuple[Diagnostic, ...] = ()
    without: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    below: "Opened | None" = None
    spoken_of: tuple[tuple[str, str], ...] = ()

    @property
    def levels(self) -> tuple[Scenario, ...]:
        """The scenario and those it stands on, the lowest last."""
        return (self.scenario, *(self.below.levels if self.below is not None else ()))

    @property
    def assumed(self) -> tuple[str, ...]:
        """The names of all assumptions, its own first, then those of each scenario below; each once."""
        return tuple(dict.fromkeys(one.id.text for level in self.levels for one in level.assumptions))

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Every point of its sweep."""
        return points_of(self.scenario)

    @cached_property
    def trunk(self) -> Trunk | None:
        """The past with the edits that no sweep touches, made once."""
        if self.ground is None:
            return None
        return trunk_of(self.scenario, self.ground, without=self.without, unseen=self.unseen)

    @cached_property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What is wrong or noteworthy before any point is looked at."""
        changed = (
            self.below is not None and self.below.without
        )  # not the past: what stands on it was asked away
        pinned = pin_faults(self.scenario, self.ground) if self.ground is not None and not changed else ()
        return in_order((*self.diagnostics, *pinned))

    @property
    def has_errors(self) -> bool:
        """Whether no branch can be made of it."""
        return self.ground is None or any(one.severity is Severity.ERROR for one in self.diagnostics)

    @property
    def texts(self) -> dict[str, str]:
        """The files it was read from, by path."""
        below = self.below.texts if self.below is not None else {}
        own = dict(self.ground.texts) if self.ground is not None else {}
        return {**dict(self.spoken_of), **below, **own, self.scenario.path: self.scenario.text}

    def branch(self, point: Point) -> Branch | None:
        """The branch at one point; None where nothing can be made of it, which `diagnostics` explain."""
        if self.has_errors or self.ground is None or self.trunk is None:
            return None
        return branch_of(self.scenario, self.ground, self.trunk, point.mapping(), without=self.without)

    def but(self, *, without: frozenset[str] = frozenset(), unseen: frozenset[str] = frozenset()) -> "Opened":
        """The same without these assumptions, here and below, and as if these events had not been recorded."""
        made = replace(self, without=without, unseen=unseen)
        base, below = self.scenario.base, self.below
        if base is None or below is None or not (without ^ below.without) & {*below.assumed}:
            return made
        lower = below.but(without=without & {*below.assumed})
        ground, faults = _on_branch(base, below.scenario.path, lower)
        known = unseen & ground.ids if ground is not None else unseen
        told = in_order((*self.diagnostics, *faults))
        return replace(made, below=lower, ground=ground, unseen=known, diagnostics=told)


def file_library(
    read: Callable[[str], Record] = read_record, tree: Callable[[str, str], Tree] = read_tree
) -> Library:
    """Records and scenarios from files, each read once; `read` reads a record, `tree` the text of a scenario."""
    records: dict[str, Record] = {}
    scenarios: dict[str, Scenario] = {}

    def record(path: str) -> Record:
        if path not in records:
            records[path] = read(path)
        return records[path]

    def scenario(path: str) -> Scenario:
        if path not in scenarios:
            scenarios[path] = read_scenario(path, tree)
        return scenarios[path]

    return Library(record, scenario, record_path)


def read_scenario(path: str, tree: Callable[[str, str], Tree] = read_tree) -> Scenario:
    """The scenario in the file at `path`; a file that cannot be read is a fault like any other."""
    text = read_text_file(path)
    if isinstance(text, Diagnostic):
        return Scenario(path, "", diagnostics=(text,))
    return read_scenario_text(text, path, tree)


def open_scenario(path: str, library: Library | None = None) -> Opened:
    """The scenario at `path` on its ground. Never raises for what is wrong with files."""
    found = library or file_library()
    return opened(found.scenario(path), found)


def opened(scenario: Scenario, library: Library, above: Sequence[str] = ()) -> Opened:
    """A scenario that was read, on its ground. `above` are the scenarios that stand on it, by path."""
    base = scenario.base
    if base is None:
        return Opened(scenario, None, scenario.diagnostics)
    path = base_path(scenario.path, base, library)
    chain = (*above, scenario.path)
    below: Opened | None = None
    if base.is_scenario:
        ground, faults, below = _on_scenario(base, path, library, chain)
    else:
        ground, faults = _on_record(base, path, library)
    diagnostics = in_order((*scenario.diagnostics, *faults))
    return Opened(scenario, ground, diagnostics, below=below, spoken_of=_circle(faults, library))


def _circle(faults: Sequence[Diagnostic], library: Library) -> tuple[tuple[str, str], ...]:
    """The scenarios by path that stand on themselves, for there is no ground that would bring their texts."""
    round_about = [one for one in faults if one.code == "E503"]
    places = [place for one in round_about for place in (one.place, *one.trail) if place is not None]
    return tuple((path, library.scenario(path).text) for path in dict.fromkeys(one.path for one in places))


def base_path(path: str, base: Base, library: Library) -> str:
    """Where the base of the scenario at `path` lies: beside it, in a store or, of a record, with the program."""
    found = beside_elsewhere(base.path.text, partial(beside, path))
    return found if base.is_scenario else library.named(found, base.path.text)


def _on_record(base: Base, path: str, library: Library) -> tuple[Ground | None, list[Diagnostic]]:
    record = library.record(path)
    errors = [one for one in record.diagnostics if one.severity is Severity.ERROR]
    if record.is_unreadable:
        return None, [replace(one, code="E510", place=base.path.place) for one in errors[:1]]
    untold, faults = untold_by(base.only, record.header, record.events)
    if errors:
        where = f"`terms check {path}` shows them"
        many = f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
        fault = error(
            "E510", f"the base record has {many}", base.path.place, where, "what is faulty is left out of it"
        )
        if not record.events:
            return None, [fault]
        faults.insert(0, fault)
    return ground_of_record(record, untold), faults


def _on_scenario(
    base: Base, path: str, library: Library, chain: Sequence[str]
) -> tuple[Ground | None, list[Diagnostic], Opened | None]:
    if path in chain:
        way = " -> ".join([*chain[chain.index(path) :], path])
        fault = error("E503", "this scenario stands on itself", base.path.place, f"the way round: {way}")
        return None, [fault], None
    scenario = library.scenario(path)
    below = opened(scenario, library, chain)
    if below.ground is None or below.has_errors:
        first = next((one for one in below.diagnostics if one.severity is Severity.ERROR), None)
        if first is not None and first.code == "E503":
            return None, [replace(first, trail=(base.path.place, *first.trail))], None
        why = (first.message,) if first is not None else ()
        return None, [error("E510", f"the base scenario '{path}' has errors", base.path.place, *why)], None
    return *_on_branch(base, path, below), below


def _on_branch(base: Base, path: str, below: Opened) -> tuple[Ground | None, list[Diagnostic]]:
    """What the scenario at `path` makes at the point that the one above it names."""
    point, fault = _picked(base, below)
    if point is None:
        return None, [fault] if fault is not None else []
    branch = below.branch(point)
    if branch is None or branch.has_errors:
        return None, [
            error(
                "E510",
                f"the base scenario '{path}' has errors",
                base.path.place,
                f"`terms test {path}` shows them",
            )
        ]
    ground = branch.ground
    untold, faults = untold_by(base.only, ground.header, ground.events)
    return ground.without(untold), faults


def _picked(base: Base, below: Opened) -> tuple[Point | None, Diagnostic | None]:
    """The point of a base that sweeps which this scenario stands on."""
    swept = {name.text: [value.text for value in values] for name, values in below.scenario.sweep}
    asked = {name.text: value for name, value in base.point}
    for name, value in base.point:
        if name.text not in swept:
            return None, error(
                "E512", f"the base does not sweep '{name.text}'", name.place, *meant(name.text, swept)
            )
        if value.text not in swept[name.text]:
            return None, error(
                "E512",
                f"'{value.text}' is no value of '{name.text}' there",
                value.place,
                f"values: {listed(swept[name.text])}",
            )
    wanted = {name: node.text for name, node in asked.items()}
    fitting = [
        point
        for point in below.points
        if all(point.mapping()[name] == value for name, value in wanted.items())
    ]
    if len(fitting) == 1:
        return fitting[0], None
    names = listed(sorted(swept.keys() - asked.keys()))
    return None, error(
        "E512",
        "the base is a sweep, and this names none of its points",
        base.path.place,
        f"write point: with a value for {names or 'each name'}",
    )
