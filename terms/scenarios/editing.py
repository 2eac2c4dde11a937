"""Editing the past of a scenario: events dropped, changed or put in, up to its branch point.

An edit that leaves some other event referring to nothing is refused, with every event it orphans.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from terms.core.event import Event
from terms.ground.diagnostics import Diagnostic, Related
from terms.ground.nodes import MapNode, TextNode
from terms.ground.places import Place
from terms.records.faults import error, listed, meant
from terms.scenarios.grounds import Ground
from terms.scenarios.making import Known, Made, Told, patched_event, read_supposed, supposed_event
from terms.scenarios.points import substituted
from terms.scenarios.referring import referred
from terms.scenarios.scenario import Edit, Values


class Trunk(Struct, frozen=True):
    """A ground with its past edited: events up to the branch point, and where the first change lies."""

    ground: Ground
    start: int
    first: int
    gone: Mapping[str, str] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    faults: tuple[Diagnostic, ...] = ()
    unmade: frozenset[str] = frozenset()
    """Events that were to be put in and could not be made, which is told in `faults`."""
    later: tuple[Event, ...] = ()
    """Recorded events that go on behind the branch point; none where the scenario stops there."""
    ahead: frozenset[str] = frozenset()
    """The ids of all that is recorded behind the branch point, whether or not it goes on."""
    read: dict[str, Told] = field(default_factory=dict)
    """What was read of supposed events at the last point of a sweep, by id: most points spell most of them alike."""


def edited(trunk: Trunk, edits: Sequence[Edit], values: Values, unseen: frozenset[str]) -> Trunk:
    """The trunk with more edits made, in the order written."""
    if not edits:
        return trunk
    return _Editing(trunk, values, unseen).made(edits)


class _Editing:
    """One round of edits over the events up to the branch point."""

    def __init__(self, trunk: Trunk, values: Values, unseen: frozenset[str]) -> None:
        self.trunk, self.values, self.unseen = trunk, values, unseen
        self.events = list(trunk.ground.events[: trunk.start])
        self.faults: list[Diagnostic] = list(trunk.faults)
        self.gone: dict[str, str] = dict(trunk.gone)
        self.drops: dict[str, TextNode] = {}
        self.places: dict[str, Place] = dict(trunk.places)
        self.new: list[str] = list(trunk.new)
        self.first = trunk.first
        self.unmade = trunk.unmade

    def made(self, edits: Sequence[Edit]) -> Trunk:
        for edit in edits:
            node = substituted(edit.node, self.values)
            event = node.get(edit.action)
            passed = self.unseen | self.unmade
            if isinstance(event, TextNode) and event.text not in passed and self._is_there(event):
                self._apply(edit, node, event)
        self._orphans()
        old = self.trunk.ground
        events = (*self.events[self.first :], *self.trunk.later)
        return replace(
            self.trunk,
            ground=replace(old, history=old.history.continued(self.first, events)),
            start=len(self.events),
            first=self.first,
            gone=self.gone,
            new=tuple(self.new),
            places=self.places,
            faults=tuple(self.faults),
            unmade=self.unmade,
        )

    def _is_there(self, event: TextNode) -> bool:
        if any(one.id == event.text for one in self.events):
            return True
        ids = self.trunk.ground.ids | self.trunk.ahead
        if event.text in ids and event.text not in self.gone:
            self.faults.append(
                error(
                    "E502",
                    f"'{event.text}' comes after the branch point",
                    event.place,
                    "the past ends there: branch later with after:, or suppose what happens",
                )
            )
        elif event.text in self.gone:
            self.faults.append(error("E501", f"'{event.text}' was dropped before", event.place))
        else:
            what = f"there is no event '{event.text}' in the base to change"
            self.faults.append(error("E501", what, event.place, *meant(event.text, ids)))
        return False

    def _apply(self, edit: Edit, node: MapNode, event: TextNode) -> None:
        at = next(place for place, one in enumerate(self.events) if one.id == event.text)
        if edit.action == "drop":
            del self.events[at]
            self.gone[event.text] = f"dropped in line {event.place.line}"
            self.drops[event.text] = event
        elif edit.action == "replace":
            patch = node.get("with")
            before = self.events[at - 1].date if at else None
            if isinstance(patch, MapNode):
                declared, known = self.trunk.ground.declared, self._known(at)
                self._put(at, patched_event(self.events[at], patch, declared, before, known), replaces=True)
        else:
            at += edit.action == "insert-after"
            body = node.get("event")
            before = self.events[at - 1].date if at else None
            if isinstance(body, MapNode):
                declared = self.trunk.ground.declared
                told = read_supposed(body, declared, before)
                self._put(at, supposed_event(told, declared, self._known(at)))
        self.first = min(self.first, at)

    def _put(self, at: int, made: Made, *, replaces: bool = False) -> None:
        self.faults += made.faults
        if made.event is None:
            name = made.node.get("id")
            self.unmade |= {name.text} if isinstance(name, TextNode) and not replaces else set()
            return
        if not replaces:
            if any(one.id == made.event.id for one in self.events):
                self.faults.append(
                    error(
                        "E201",
                        f"id '{made.event.id}' is used twice",
                        made.node.place,
                        "give it a name of its own",
                    )
                )
                return
            self.gone.pop(made.event.id, None)
        self.events[at : at + replaces] = [made.event]
        self.places[made.event.id] = made.node.place
        self.new.append(made.event.id)

    def _known(self, at: int) -> Known:
        before = {event.id: event for event in self.events[:at]}
        behind = frozenset(event.id for event in self.events[at:])
        later = behind | ((self.trunk.ground.ids | self.trunk.ahead) - before.keys())
        accounts = {event.account_of: event for event in reversed(self.events[:at]) if event.account_of}
        return Known(
            lambda name: before.get(name) or accounts.get(name),
            [*before, *accounts],
            later - self.gone.keys(),
            self.gone,
            self.unmade,
            behind,
        )

    def _orphans(self) -> None:
        """Blame each drop for every event of the past that still refers to what it dropped."""
        lost = {name: node for name, node in self.drops.items() if name in self.gone}
        named = [(event, referred(event)) for event in self.events] if lost else []
        for name, node in lost.items():
            orphans = [event for event, names in named if name in names and event.id != name]
            if not orphans:
                continue
            related = [
                Related(place, "refers to it")
                for event in orphans
                if (place := self.places.get(event.id) or self.trunk.ground.place(event.id)) is not None
            ]
            many = f"{len(orphans)} event{'s' if len(orphans) > 1 else ''}"
            what = f"without '{name}' {many} would refer to nothing"
            ids = [event.id for event in orphans]
            self.faults.append(
                error(
                    "E504",
                    what,
                    node.place,
                    f"drop {listed(ids, most=40)} too, or replace what they refer to",
                    related=related,
                )
            )


def finder(own: Mapping[str, Event], trunk: Trunk) -> Callable[[str], Event | None]:
    """Looks an event up among `own` and the past of a trunk, by its id or its occurrence."""

    def find(name: str) -> Event | None:
        if name in own:
            return own[name]
        at = trunk.ground.at(name)
        if at is not None and at < trunk.start and name not in trunk.gone:
            return trunk.ground.events[at]
        return next((event for event in trunk.ground.events[: trunk.start] if event.account_of == name), None)

    return find


def occurrences(events: Iterable[Event]) -> frozenset[str]:
    """The occurrences that these events tell of."""
    return frozenset(event.account_of for event in events if event.account_of is not None)
