"""What only the whole record can tell: ids used twice, references to nothing, dates out of order.

References to an event that could not be read, or that stands in a broken piece of the file, stay silent:
one mistake gives one message.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct

from terms.core.event import Event
from terms.core.ordering import statements
from terms.ground.diagnostics import Diagnostic, Related
from terms.ground.nodes import MapNode
from terms.ground.places import Place
from terms.ground.words import FrozenWords
from terms.records.event_reading import ReadEvent
from terms.records.faults import error, listed, meant, warning
from terms.records.names import Declared
from terms.records.notebook import Pending, Wanted
from terms.records.record import EventPlace
from terms.values import read_order


class Member(Struct, frozen=True):
    """One event of the record in its place: what was read, how far it has moved, the way to its file."""

    read: ReadEvent
    lines: int
    trail: tuple[Place, ...] = ()

    @property
    def head(self) -> Place:
        """Where its id stands, or where it begins."""
        node = self.read.node
        if isinstance(node, MapNode) and node.entries:
            return EventPlace(node, self.lines).head
        return node.place.moved(self.lines)


@dataclass
class Crossing:
    """The events by id and occurrence, as they are met from the first to the last."""

    declared: Declared
    members: Sequence[Member]
    lost: frozenset[str]
    place_of: dict[str, int] = field(default_factory=dict)
    occurrences: dict[str, int] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    doubled: set[int] = field(default_factory=set)

    def check(self) -> tuple[Diagnostic, ...]:
        """All faults between events. Afterwards `doubled` holds the places of events whose id was taken."""
        self._index()
        names = {*self.place_of, *self.occurrences}
        for place, member in enumerate(self.members):
            for pending in member.read.pending:
                found = self._fault(place, pending, names)
                if found is not None:
                    self.faults.append(self._placed(found, member))
        return tuple(self.faults)

    def _placed(self, found: Diagnostic, member: Member) -> Diagnostic:
        place = found.place.moved(member.lines) if found.place is not None else None
        return Diagnostic(
            found.code,
            found.severity,
            found.message,
            place,
            found.label,
            found.related,
            found.help,
            member.trail,
        )

    def _index(self) -> None:
        for place, member in enumerate(self.members):
            name = member.read.id
            if name and name in self.place_of:
                self._twice(name, member, self.members[self.place_of[name]].head)
                self.doubled.add(place)
                continue
            if name and (term := self.declared.places.get(f"terms/{name}")) is not None:
                self._twice(name, member, term)
            if name:
                self.place_of[name] = place
            event = member.read.event
            if event is not None and event.account_of is not None:
                self.occurrences.setdefault(event.account_of, place)

    def _twice(self, name: str, member: Member, first: Place) -> None:
        where = f"id '{name}' is used twice"
        place = (
            EventPlace(member.read.node, member.lines).of("id")
            if isinstance(member.read.node, MapNode)
            else member.head
        )
        related = (Related(first, "first used here"),)
        help_line = "ids never change once shared: rename the newer one"
        found = error("E201", where, place, help_line, related=related)
        self.faults.append(Diagnostic(**{**_fields(found), "trail": member.trail}))  # type: ignore[arg-type]

    def _fault(self, place: int, pending: Pending, names: set[str]) -> Diagnostic | None:
        name, _, part = pending.name.partition("/")
        if name in self.lost:
            return None
        if pending.wanted is Wanted.HAPPENING:
            return self._happening(pending, names)
        at = self.place_of.get(name, self.occurrences.get(name))
        if at is None:
            return self._unknown(pending, name, names)
        if at >= place and pending.wanted is Wanted.EARLIER and self.occurrences.get(name, place) >= place:
            return self._later(pending, name, at, place)
        if part and not self._has_part(at, name, part):
            parts = parts_of(self._event(at), self._before(at))
            return error(
                "E206",
                f"'{name}' has no part '{part}'",
                pending.node.place,
                *meant(part, parts),
                *_shown(parts),
            )
        return None

    def _happening(self, pending: Pending, names: set[str]) -> Diagnostic | None:
        if self.declared.is_happening(pending.name, names):
            return None
        message = f"happening '{pending.name}' is not declared"
        return error("E208", message, pending.node.place, *self.declared.happenings_like(pending.name, names))

    def _unknown(self, pending: Pending, name: str, names: set[str]) -> Diagnostic | None:
        header = self.declared.header
        if pending.name in self.declared.names["terms"] or self.declared.is_happening(pending.name, names):
            return None
        near = meant(name, (*names, *header.text, *header.term, *header.happening, *header.source))
        ways = near or ("name an earlier event, a text, a term or a happening",)
        return error("E202", f"nothing here is called '{name}'", pending.node.place, *ways)

    def _later(self, pending: Pending, name: str, at: int, place: int) -> Diagnostic:
        if at == place:
            return error(
                "E203",
                f"'{name}' is this event itself",
                pending.node.place,
                "an event can only answer an earlier one",
            )
        related = (Related(self.members[at].head, "it stands here"),)
        return error(
            "E203",
            f"'{name}' comes later in the record",
            pending.node.place,
            "an event can only answer an earlier one",
            related=related,
        )

    def _event(self, at: int) -> Event | None:
        return self.members[at].read.event

    def _before(self, at: int) -> Callable[[str], Event | None]:
        """The events before one place, by id."""

        def find(name: str) -> Event | None:
            place = self.place_of.get(name)
            return self._event(place) if place is not None and place < at else None

        return find

    def _has_part(self, at: int, name: str, part: str) -> bool:
        event = self._event(at)
        if (
            event is None
            or part in self.declared.names["terms"]
            or part.partition(".")[0] in self.declared.names["terms"]
        ):
            return True
        if part in parts_of(event, self._before(at)):
            return True
        rivals = (
            m.read.event for m in self.members if m.read.event is not None and m.read.event.account_of == name
        )
        return any(part in parts_of(rival, self._before(0)) for rival in rivals)


def parts_of(event: Event | None, earlier: Callable[[str], Event | None], depth: int = 0) -> tuple[str, ...]:
    """The parts by which an event can be answered: its own, and those of what it builds on."""
    if event is None:
        return ()
    found = list(_own_parts(event))
    for reference in getattr(event, "of", ()) if depth < 16 else ():
        found += parts_of(earlier(reference.partition("/")[0]), earlier, depth + 1)
    return tuple(dict.fromkeys(found))


def _own_parts(event: Event) -> Iterator[str]:
    for name in ("terms", "all_of", "one_of", "reservations"):
        told = getattr(event, name, None)
        if not isinstance(told, FrozenWords):
            continue
        yield from told
        for inner in told.values():
            if name in ("all_of", "one_of") and isinstance(inner, FrozenWords):
                yield from inner
            steps = inner.get("steps") if isinstance(inner, FrozenWords) else None
            yield from steps if isinstance(steps, FrozenWords) else ()
    if order := getattr(event, "order", ()):
        yield from statements(order)
    for key in ("only_if", "unless", "while_"):
        told = getattr(event, key, None)
        yield from told if isinstance(told, FrozenWords) else ()


def _shown(parts: tuple[str, ...]) -> tuple[str, ...]:
    return (f"parts: {listed(parts)}",) if parts else ()


def _fields(found: Diagnostic) -> dict[str, object]:
    return {
        name: getattr(found, name)
        for name in ("code", "severity", "message", "place", "label", "related", "help", "trail")
    }


def hints(members: Sequence[Member]) -> Iterator[Diagnostic]:
    """What is worth a second look: a date that steps back, an unreviewed event, a deadline written twice."""
    before: Event | None = None
    for member in members:
        event = member.read.event
        if event is None:
            continue
        place = EventPlace(member.read.node, member.lines)  # type: ignore[arg-type]
        if before is not None and steps_back(event, before):
            message = f"{event.date} steps back behind {before.date} of '{before.id}'"
            yield warning(
                "W401",
                message,
                place.of("date"),
                "file order is the order of the log: move it, or write after: and an event",
            )
        if "unreviewed" in event.tags:
            yield warning(
                "W403",
                f"'{event.id}' has not been reviewed",
                place.of("tags"),
                "read it against its source, then remove the tag",
            )
        if (term := _deadline_twice(event)) is not None:
            yield warning(
                "W402",
                f"a deadline of '{term}' is written twice",
                place.of("terms", term),
                "write it once, under due: or under order:",
            )
        before = event


def steps_back(event: Event, before: Event) -> bool:
    """Whether an event is surely of an earlier day than the one recorded before it, and says no `after:`."""
    if event.after is not None or event.kind in ("correct", "retract", "judge"):
        return False
    last, first = event.date.last, before.date.first
    return last is not None and first is not None and last < first


def _deadline_twice(event: Event) -> str | None:
    """A term with a `due:` for which an ordering statement of the same event sets a deadline, too."""
    order = getattr(event, "order", ())
    told = getattr(event, "terms", None)
    if not order or not isinstance(told, FrozenWords):
        return None
    bound = {_bound(words) for words in statements(order).values()}
    for term, words in told.items():
        if isinstance(words, FrozenWords) and "due" in words and f"{term}.done" in bound:
            return term
    return None


@lru_cache(maxsize=4_096)
def _bound(statement: str) -> str:
    """The happening to which a statement sets a date or a number of days; "" when it only sets an order."""
    order = read_order(statement)
    return order.left if order.length is not None or not order.right[:1].isalpha() else ""
