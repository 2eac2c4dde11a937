"""A record as it was read: what is declared, what happened, where each stands, what is wrong with it."""

from collections.abc import Mapping

from msgspec import Struct, field

from terms.core.event import Event
from terms.core.header import Header
from terms.ground.diagnostics import Diagnostic, Severity
from terms.ground.nodes import MapNode
from terms.ground.places import Place
from terms.records.shapes import find, key_node

CANNOT_READ = frozenset({"E010", "E112", "E113", "E114", "E115"})
"""Codes of faults because of which there is nothing to check: a program that meets one ends with 2."""


class EventPlace(Struct, frozen=True):
    """Where an event stands. `lines` is how far the text has moved down since `node` was read."""

    node: MapNode
    lines: int = 0

    @property
    def place(self) -> Place:
        """The whole event."""
        return self.node.place.moved(self.lines)

    @property
    def head(self) -> Place:
        """The `id: ...` it is known by; its first key where it has none."""
        entry = self.node.entry("id") or self.node.entries[0]
        return entry.key.origin.place(entry.key.start, entry.value.end).moved(self.lines)

    def of(self, *path: str | int) -> Place:
        """What is written under these keys and places in lists, or the nearest thing around it that is."""
        return find(self.node, path).place.moved(self.lines)

    def key(self, *path: str | int) -> Place:
        """The key at the end of the path; the event's head when it is not there."""
        found = key_node(self.node, path)
        return found.place.moved(self.lines) if found is not None else self.head


class Record(Struct, frozen=True):
    """One negotiation, read. `diagnostics` holds every fault and hint, in the order of the files.

    `places` has an entry for each of `events`; `declared` tells where the declarations stand, by
    `section/id` (`terms/pullback.distance`). `texts` are the files read, by path, the head file first.
    Of a record that was not read but recalled `heads` are known instead of `places`.
    """

    header: Header
    events: tuple[Event, ...]
    places: Mapping[str, EventPlace] = field(default_factory=dict)
    declared: Mapping[str, Place] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    heads: Mapping[str, Place] = field(default_factory=dict)

    def head(self, event: str) -> Place | None:
        """The `id: ...` by which an event is known; None: it is none of this record."""
        found = self.places.get(event)
        return found.head if found is not None else self.heads.get(event)

    @property
    def has_errors(self) -> bool:
        """Whether anything in it is wrong, beyond hints and notes."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)

    @property
    def is_unreadable(self) -> bool:
        """Whether nothing could be read at all."""
        return bool(self.obstacles)

    @property
    def obstacles(self) -> tuple[Diagnostic, ...]:
        """The faults because of which nothing could be read."""
        return tuple(one for one in self.diagnostics if one.code in CANNOT_READ)
