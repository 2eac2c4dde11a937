"""Trying a scenario: every point of its sweep with what failed there, ready for a test runner or a reader.

for tried in try_scenario("ceasefire.scenario.yaml"):
print(tried.name, "passed" if tried.passed else tried.report())
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from terms.ground.diagnostics import Diagnostic, Severity, in_order
from terms.ground.nodes import MapNode, TextNode
from terms.ground.rendering import render
from terms.records.faults import error
from terms.scenarios.branching import Branch, branch_of
from terms.scenarios.expecting import is_excepted, read_expectation
from terms.scenarios.grounds import Library
from terms.scenarios.judging import UNEXPECTED, judged, unfailed
from terms.scenarios.opening import Opened, open_scenario
from terms.scenarios.points import Point, substituted
from terms.scenarios.scenario import Scenario


class Tried(Struct, frozen=True):
    """A scenario at one point. `branch` is None where nothing could be built, which `faults` explain.

    `faults` are all faults of the point: errors, failed expectations (F5xx), and hints, in reading order.
    `texts` are the files they speak of. A scenario with `xfail` passes as long as an expectation fails.
    Of the expectations `asked` so many `held`; `known` says why of each whose own `xfail` is so. Of one that
    is neither there is a fault, or it could not be asked, since nothing was built. `fallen` are the events after
    which some were to be asked, and which fell with an assumption; `refused` the codes with which the scenario
    was refused, as expected.
    """

    scenario: Scenario
    point: Point
    branch: Branch | None = None
    faults: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    asked: int = 0
    held: int = 0
    known: tuple[str, ...] = ()
    fallen: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A short name that stays: `distance=22km`; empty without a sweep."""
        return self.point.name

    @property
    def line(self) -> int:
        """The line of `expect:` in the file."""
        return self.scenario.expect_line

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of the scenario."""
        return self.scenario.tags

    @property
    def xfail(self) -> str:
        """Why the expectations of the whole scenario are known not to hold; empty: they are meant to."""
        return self.scenario.xfail

    @property
    def failures(self) -> tuple[Diagnostic, ...]:
        """The errors and failed expectations, whether or not the scenario is known to fail."""
        return tuple(one for one in self.faults if one.severity is Severity.ERROR)

    @property
    def is_broken(self) -> bool:
        """Whether something other than an expectation is wrong."""
        return any(not one.code.startswith("F") for one in self.failures)

    @property
    def passed(self) -> bool:
        """Whether all is as written: everything expected is so or, with `xfail`, something is not."""
        return not self.is_broken and bool(self.failures) == bool(self.xfail)

    def report(self, *, color: bool = False) -> str:
        """The faults with carets and the events behind them; empty when there are none."""
        if self.xfail and not self.failures:
            return f"everything expected holds, though xfail says: {self.xfail}\n"
        return render(self.faults, self.texts, color=color)


def try_scenario(
    path: str,
    library: Library | None = None,
    *,
    without: frozenset[str] = frozenset(),
    without_sources: frozenset[str] = frozenset(),
) -> Iterator[Tried]:
    """The scenario at `path`, point by point. Never raises for what is wrong with files.

    `without` are assumptions that are dropped; what one of `without_sources` alone tells is taken as not
    recorded. A `library` shared by several calls reads each file once.
    """
    opened = open_scenario(path, library)
    if without or without_sources:
        opened = opened.but(without=without, unseen=told_by_alone(opened, without_sources))
    yield from try_opened(opened)


def told_by_alone(opened: Opened, sources: frozenset[str]) -> frozenset[str]:
    """The events of the base that one of these sources alone tells of."""
    if opened.ground is None:
        return frozenset()
    return frozenset().union(*(opened.ground.told_only_by(source) for source in sources))


def try_opened(opened: Opened) -> Iterator[Tried]:
    """An opened scenario, point by point."""
    yield from (try_point(opened, point) for point in opened.points)


def try_point(opened: Opened, point: Point) -> Tried:
    """An opened scenario at one point of its sweep."""
    scenario = opened.scenario
    values = point.mapping()
    asked = [node for node in scenario.expectations if not is_excepted(node, values)]
    branch = None if opened.has_errors else opened.branch(point)
    found = [*opened.faults, *(branch.diagnostics if branch is not None else ())]
    tried = Tried(scenario, point, branch, texts=opened.texts, asked=len(asked))
    if branch is None or branch.has_errors:
        refused = [
            _Refusal(named, node) for node in asked if isinstance(named := node.get("fails"), TextNode)
        ]
        raised = frozenset(one.code for one in found)
        found += _further(opened, point, asked, found)
        met = tuple(one.code for one in refused if one.code in raised and not one.xfail)
        known = tuple(one.xfail for one in refused if one.xfail and one.code not in raised)
        faults = in_order(_as_expected(found, refused))
        return replace(tried, faults=faults, held=len(met), known=known, refused=tuple(dict.fromkeys(met)))
    holding, expected, fallen = 0, list[str](), list[str]()
    for node in asked:
        at = node.get("at")
        if isinstance(at, TextNode) and at.text in branch.ground.fallen:
            fallen.append(at.text)
            continue
        expectation = read_expectation(substituted(node, values), scenario, branch.ground)
        faults = judged(expectation, branch)
        found += faults
        if expectation.xfail is not None and not faults:
            expected.append(expectation.xfail.text)
        holding += expectation.xfail is None and not faults
    return replace(tried, faults=in_order(found), held=holding, known=tuple(expected), fallen=tuple(fallen))


def _further(
    opened: Opened, point: Point, asked: list[MapNode], known: list[Diagnostic]
) -> Iterator[Diagnostic]:
    """What else is wrong in the file of a branch that cannot be built, so that all of it is told at once.

    Nothing is said of a place that has a fault already, of what misses an event that could not be read,
    nor on a ground that has faults of its own.
    """
    scenario, ground = opened.scenario, opened.ground
    if ground is None or any(one.code == "E510" for one in known):
        return
    places = {one.place for one in known if one.severity is Severity.ERROR}
    told: list[Diagnostic] = []
    if opened.trunk is not None and opened.has_errors:
        made = branch_of(scenario, ground, opened.trunk, point.mapping(), without=opened.without)
        ground, told = made.ground, [*made.diagnostics]
    for node in asked:
        told += read_expectation(substituted(node, point.mapping()), scenario, ground).faults
    values = point.mapping()
    own = {f"'{values.get(name.removeprefix('$'), name)}'" for name in scenario.own_ids}
    for one in told:
        lost = one.code in ("E202", "E501") and any(name in one.message for name in own)
        if one.place not in places and not lost:
            yield one


class _Refusal(Struct, frozen=True):
    """An expectation that the scenario is refused with a code."""

    named: TextNode
    node: MapNode

    @property
    def code(self) -> str:
        return self.named.text

    @property
    def xfail(self) -> str:
        """Why it is known not to be; empty: it is meant to be."""
        said = self.node.get("xfail")
        return said.text if isinstance(said, TextNode) else ""


def _as_expected(faults: list[Diagnostic], refused: list[_Refusal]) -> Iterator[Diagnostic]:
    """The faults of a branch that cannot be built, without those that it was to be refused with."""
    codes = {one.code for one in refused}
    others = [one for one in faults if one.code not in codes]
    yield from others
    if any(one.severity is Severity.ERROR for one in others):
        return  # once these are mended it can be seen whether it is refused as expected
    raised = {one.code for one in faults}
    for one in refused:
        if one.code in raised and one.xfail:
            yield unfailed(one.node)
        elif one.code not in raised and not one.xfail:
            yield error(UNEXPECTED, f"not refused with {one.code}, as expected", one.named.place)


__all__ = ["Tried", "told_by_alone", "try_opened", "try_point", "try_scenario"]
