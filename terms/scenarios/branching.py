"""From a scenario and its ground to a branch: the past edited, supposed events added, all of it folded.

The branch shares every state before its first change with its ground, the very objects. Edits that no
sweep touches are made once for all points, so a point costs what is new in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from msgspec import Struct

from terms.core.event import Event
from terms.core.situation import Situation, situation
from terms.ground.dates import Edtf
from terms.ground.diagnostics import Diagnostic, Severity, in_order
from terms.records.checking import steps_back
from terms.records.faults import error, meant, warning
from terms.scenarios.editing import Trunk, edited, finder, occurrences
from terms.scenarios.falling import standing
from terms.scenarios.grounds import Ground, changed_ground
from terms.scenarios.making import Known, Made, Told, read_supposed, supposed_event
from terms.scenarios.points import substituted, variables_in
from terms.scenarios.scenario import Edit, Scenario, Supposed, Values


class Branch(Struct, frozen=True, dict=True):
    """A scenario at one point. `ground` is what it makes, `base` what it stands on.

    `against` is the number of steps of the base that the end of the branch is compared with. `first` is the number of leading steps it shares with its base, `start` the number up to its branch
    point. `new` are the ids of events that the base does not have so, `left_out` the events
    of the scenario that fell with an assumption. With errors in `diagnostics` it stands as far as it could be built.
    """

    base: Ground
    ground: Ground
    first: int
    start: int
    new: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    against: int | None = None

    @cached_property
    def end(self) -> Situation:
        """The situation after its last event."""
        return situation(self.ground.history)

    @cached_property
    def before(self) -> Situation:
        """The situation of the base that the end is compared with.

        That is the base at the branch point or, where recorded events go on behind it, at its end.
        """
        return self.base.situation(self.against)

    @property
    def has_errors(self) -> bool:
        """Whether it could not be built as written."""
        return any(one.severity is Severity.ERROR for one in self.diagnostics)


def trunk_of(
    scenario: Scenario,
    ground: Ground,
    *,
    without: frozenset[str] = frozenset(),
    unseen: frozenset[str] = frozenset(),
) -> Trunk:
    """The edits that stay the same at every point. `without`: assumptions; `unseen`: events not recorded."""
    ids = ground.ids | unseen
    start, faults = _start(scenario, ground, ids)
    seen = ground.without(unseen)
    if unseen:
        start = sum(event.id not in unseen for event in ground.events[:start])
    later = seen.events[start:]
    trunk = Trunk(
        seen,
        start,
        start,
        dict.fromkeys(unseen, "nobody else tells of it"),
        faults=tuple(faults),
        later=later if scenario.replay == "continue" else (),
        ahead=frozenset(event.id for event in later),
    )
    edits = [edit for edit in standing(scenario, without, ground.fallen).edits if not _swept(edit)]
    return edited(trunk, edits, {}, unseen)


def branch_of(
    scenario: Scenario, base: Ground, trunk: Trunk, values: Values, *, without: frozenset[str] = frozenset()
) -> Branch:
    """The branch at one point, on a trunk made by `trunk_of`."""
    left = standing(scenario, without, base.fallen)
    swept = [edit for edit in left.edits if _swept(edit)]
    made = edited(trunk, swept, values, frozenset()) if swept else trunk
    told = _told(made, left.supposed, values)
    events = [one.event for one in told if one.event is not None]
    places = dict(made.places)
    places |= {one.event.id: one.node.place for one in told if one.event is not None}
    clash = _clashes(told, made)
    history = made.ground.history
    if events or len(history) != made.start + len(made.later):
        history = history.continued(made.start, (*events, *made.later))
    back = _backwards(told, made.ground.events[made.start - 1] if made.start else None)
    faults = [*made.faults, *chain.from_iterable(one.faults for one in told), *clash, *back]
    fallen = {**base.fallen, **_fallen(scenario, left.fallen, made.start)}
    ground = changed_ground(base, history, places, {scenario.path: scenario.text}, fallen)
    new = (*made.new, *(event.id for event in events))
    against = None if scenario.replay == "continue" else _start(scenario, base, base.ids)[0]
    return Branch(base, ground, made.first, made.start, new, left.fallen, in_order(faults), against)


# ---- the branch point ------------------------------------------------------------------------------


def _start(scenario: Scenario, ground: Ground, ids: frozenset[str]) -> tuple[int, list[Diagnostic]]:
    after = scenario.base.after if scenario.base is not None else None
    if after is None or after.text.startswith("$"):  # a name of a sweep, which is told where it is read
        return len(ground.events), []
    if after.text in ground.fallen:
        return min(ground.fallen[after.text], len(ground.events)), []
    if after.text not in ids:
        what = f"there is no event '{after.text}' in the base to branch after"
        return len(ground.events), [error("E501", what, after.place, *meant(after.text, ids))]
    return ground.history.index(after.text) + 1, []


def _fallen(scenario: Scenario, fallen: Sequence[str], start: int) -> Mapping[str, int]:
    """Behind how many steps each event that fell would stand: those before it that are still supposed come first."""
    steps = dict.fromkeys(fallen, start)
    for one in scenario.supposed:
        if one.id in steps:
            steps[one.id] = start
        else:
            start += 1
    return steps


def _swept(edit: Edit) -> bool:
    return any(True for _ in variables_in(edit.node))


# ---- what is supposed --------------------------------------------------------------------------------


def _told(trunk: Trunk, supposed: Sequence[Supposed], values: Values) -> list[Made]:
    told: list[Made] = []
    own: dict[str, Event] = {}
    unmade = trunk.unmade
    before = trunk.ground.events[trunk.start - 1].date if trunk.start else None
    find = finder(own, trunk)
    for one in supposed:
        known = Known(find, _Names(trunk, own), trunk.ahead, trunk.gone, unmade)
        made = supposed_event(_read(one, trunk, before, values), trunk.ground.declared, known)
        told.append(made)
        if made.event is not None:
            own[made.event.id] = made.event
            before = made.event.date
        else:
            unmade |= {one.id}
    return told


def _read(one: Supposed, trunk: Trunk, before: Edtf | None, values: Values) -> Told:
    node = substituted(one.node, values)
    told = trunk.read.get(one.id)
    if told is None or told.node is not node or told.before != before:
        told = trunk.read[one.id] = read_supposed(node, trunk.ground.declared, before)
    return told


class _Names(Sequence[str]):
    """The names of everything before a supposed event, put together only where one is looked for."""

    def __init__(self, trunk: Trunk, own: Mapping[str, Event]) -> None:
        self.trunk, self.own = trunk, own

    def _all(self) -> tuple[str, ...]:
        past = self.trunk.ground.events[: self.trunk.start]
        return (*(event.id for event in past), *self.own, *occurrences(past))

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, index: int) -> str:  # type: ignore[override]
        return self._all()[index]

    def __contains__(self, name: object) -> bool:
        at = self.trunk.ground.at(str(name))
        if name in self.own or (at is not None and at < self.trunk.start):
            return True
        return name in occurrences(self.trunk.ground.events[: self.trunk.start])


def _backwards(told: Sequence[Made], before: Event | None) -> Iterator[Diagnostic]:
    """Supposed events of an earlier day than the event before them, as a record is warned of its own."""
    for event, node in ((one.event, one.node) for one in told):
        if event is not None:
            date = node.get("date")
            if before is not None and steps_back(event, before) and date is not None:
                what = f"{event.date} steps back behind {before.date} of '{before.id}'"
                yield warning("W401", what, date.place, "write a later date, or +1d, or after: and an event")
            before = event


def _clashes(told: Sequence[Made], trunk: Trunk) -> list[Diagnostic]:
    """Ids that stand twice in the branch."""
    seen: set[str] = set()
    faults: list[Diagnostic] = []
    ahead = {event.id for event in trunk.later}
    for one in told:
        name = one.event.id if one.event is not None else ""
        at = trunk.ground.at(name)
        taken = at is not None and (at < trunk.start or name in ahead)
        if name and (name in seen or taken):
            node = one.node.get("id")
            place = node.place if node is not None else one.node.place
            faults.append(error("E201", f"id '{name}' is used twice", place, "give it a name of its own"))
        seen.add(name)
    return faults
