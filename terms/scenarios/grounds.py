"""What a scenario stands on: the events of its base, folded, with the place in a file of each of them.

A base is a record or another scenario at one of its points, so scenarios chain. Files are read through a
library, which is handed in: here nothing is opened.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from terms.core.event import Event
from terms.core.header import Header, Source
from terms.core.history import History, NoSuchEvent
from terms.core.situation import Situation, situation
from terms.ground.diagnostics import Diagnostic
from terms.ground.nodes import TextNode
from terms.ground.places import Place
from terms.records.faults import error, meant
from terms.records.names import Declared
from terms.records.record import Record
from terms.scenarios.scenario import Scenario

SUPPOSED = "supposed"
"""The source that a supposed event cites when it names none: the scenario itself."""


class Library(Struct, frozen=True):
    """How bases are read: a record or a scenario by its path, faults and all.

    `named` is the path of a record from where it would lie and how a scenario writes it, since some go by a name.
    """

    record: Callable[[str], Record]
    scenario: Callable[[str], Scenario]
    named: Callable[[str, str], str] = lambda path, words: path


class Ground(Struct, frozen=True, dict=True):
    """Events folded into a history, and where each stands. `texts` are the files behind it, by path.

    `fallen` are events that fell with an assumption of a scenario below, each with the steps it would stand behind.
    """

    history: History
    declared: Declared
    place: Callable[[str], Place | None]
    texts: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    fallen: Mapping[str, int] = field(default_factory=dict)

    @property
    def header(self) -> Header:
        return self.history.header

    @property
    def events(self) -> tuple[Event, ...]:
        return self.history.events

    def at(self, event: str) -> int | None:
        """The place of the event with this id; None when there is none."""
        try:
            return self.history.index(event)
        except NoSuchEvent:
            return None

    def situation(self, steps: int | None = None) -> Situation:
        """The situation after so many steps (None: all); kept, since every branch is held against one."""
        if steps not in self._situations:
            self._situations[steps] = situation(self.history, steps)
        return self._situations[steps]

    @cached_property
    def _situations(self) -> dict[int | None, Situation]:
        return {}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all events."""
        return frozenset(self.history.names)

    def told_only_by(self, source: str) -> frozenset[str]:
        """The events that nobody but `source` tells of."""
        return frozenset(
            event.id
            for event in self.events
            if event.source and all(one.id == source for one in event.source)
        )

    def without(self, events: frozenset[str]) -> "Ground":
        """The same as if these had not been recorded."""
        if not events:
            return self
        kept = tuple(event for event in self.events if event.id not in events)
        return replace(self, history=History(self.header, kept))


def ground_of_record(record: Record, without: frozenset[str] = frozenset()) -> Ground:
    """A record as a ground, as if the events `without` had not been recorded."""
    declared = Declared(with_supposed(record.header), record.declared)
    kept = tuple(event for event in record.events if event.id not in without) if without else record.events
    history = History(record.header, kept)
    return Ground(history, declared, record.head, record.texts, record.path)


def changed_ground(
    ground: Ground,
    history: History,
    places: Mapping[str, Place],
    texts: Mapping[str, str],
    fallen: Mapping[str, int],
) -> Ground:
    """The ground that a branch makes, with the places of what is new in it."""

    def place(event: str) -> Place | None:
        return places.get(event) or ground.place(event)

    return Ground(history, ground.declared, place, {**ground.texts, **texts}, ground.label, fallen)


def untold_by(
    only: Sequence[TextNode], header: Header, events: Sequence[Event]
) -> tuple[frozenset[str], list[Diagnostic]]:
    """The events that none of these sources tells of; `side:PARTY` names all of a side. None named: all are told."""
    if not only:
        return frozenset(), []
    faults: list[Diagnostic] = []
    kept: set[str] = set()
    for node in only:
        side = node.text.removeprefix("side:") if node.text.startswith("side:") else None
        named = {one.id for one in header.sources if one.side == side} if side else {node.text}
        sides = {f"side:{one.side}" for one in header.sources if one.side}
        if not named or not named <= header.source.keys():
            known = (*header.source, *sorted(sides))
            faults.append(
                error("E210", f"source '{node.text}' is not declared", node.place, *meant(node.text, known))
            )
        kept |= named
    untold = {event.id for event in events if not any(one.id in kept for one in event.source)}
    return frozenset(untold), faults


def with_supposed(header: Header) -> Header:
    """The header in which supposed events have a source to cite."""
    if SUPPOSED in header.source:
        return header
    return replace(header, sources=(*header.sources, Source(SUPPOSED, "Supposed in a scenario")))


def beside(path: str, other: str) -> str:
    """The path of a file named in the file `path`, relative to it; an absolute one stays as it is."""
    if other.startswith("/"):
        return other
    steps: list[str] = []
    for step in (*path.split("/")[:-1], *other.split("/")):
        if step == ".." and steps and steps[-1] != "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return ("/" if path.startswith("/") else "") + ("/".join(steps) or ".")


def in_line(faults: Sequence[Diagnostic], trail: Place | None) -> tuple[Diagnostic, ...]:
    """Faults of a base, with the line by which it was reached."""
    if trail is None:
        return tuple(faults)
    return tuple(replace(one, trail=(trail, *one.trail)) for one in faults)
