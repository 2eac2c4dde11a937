"""Makes the keyframes of a stream: one pass over what is not in them yet, kept in the store as it goes on.

It holds no more of the state than changes between two keyframes, however long the stream. Whoever is interrupted
begins again at the last keyframe; two who do it at once write the same rows.

An event that changes what an earlier one is read as (a correction, an account of the same occurrence, an entry
to be told further up) would change kept states behind their back. A stream with one is marked, and is folded
whole by `core.History` instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from terms.core.accounts import read_header
from terms.core.entries import Cell
from terms.core.event import Event, read_event_json
from terms.core.header import Header
from terms.core.lens import View
from terms.core.reducer import step
from terms.core.story import AMENDING
from terms.core.talks import Talks
from terms.ground.errors import TermsError
from terms.ground.maps import Map, pairs
from terms.ground.pause import collector_paused
from terms.stores.errors import NoHeader, StoreError
from terms.stores.frames import (
    END,
    EVERY,
    FEW,
    KIND,
    LATEST,
    MAPS,
    NAMED,
    OPENED,
    OPTIONS,
    PLACE,
    REACHES,
    ROOT,
    STANCE,
    BadSnapshot,
    Entries,
    Frames,
    Root,
    digest_of,
    key_words,
    make,
    packed,
    rest_of,
    row,
)  # fmt: skip
from terms.stores.layered import GONE, Layered
from terms.stores.lines import read_line
from terms.stores.state_words import Spelling
from terms.stores.store import HEADER, Kept, Snapshot, Store

AT_ONCE = 2048
"""Events whose keyframes are kept in one transaction."""

HELD = 20_000
"""Entries of a large map held while going on; more are read again when they are asked for."""

FOUND_BY_KIND = frozenset({"announce", "claim"})
"""Kinds whose events are found by their kind: those that report moves of others."""


class ReachesBack(StoreError):
    """A stream in which a later line changes how earlier ones are read, so that it must be folded whole."""

    def __init__(self, stream: str, number: int) -> None:
        super().__init__(f"line {number} of '{stream}' changes how earlier ones are read: fold it whole")
        self.stream, self.number = stream, number


def header_of(store: Store, stream: str, view: View | None = None) -> Header:
    """The header with which a stream begins, as a view reads it; None: as it is declared.

    Raises:
        NoHeader: it begins otherwise, or there is nothing.
    """
    first = next(iter(store.read(stream, limit=1)), None)
    found = None if first is None else read_line(first.content)
    if not isinstance(found, Header):
        raise NoHeader(stream)
    return found if view is None else read_header(found, view)


def event_in(kept: Kept, stream: str) -> Event:
    """The event in a line.

    Raises:
        ReachesBack: it is a header, or changes how earlier lines are read.
        NewerForm, NotALine: it cannot be read.
    """
    if kept.kind == HEADER or kept.kind in AMENDING:
        raise ReachesBack(stream, kept.number)
    try:
        event = read_event_json(kept.content)
    except (KeyError, ValueError, TermsError):  # an old form, or none that anybody knows
        found = read_line(kept.content)
        if isinstance(found, Header):
            raise ReachesBack(stream, kept.number) from None
        event = found
    if event.after is not None or event.account_of is not None or event.accounts or event.kind in AMENDING:
        raise ReachesBack(stream, kept.number)
    return event


def leads(event: Event, number: int, *, opens: bool) -> Iterator[tuple[str, int, bytes]]:
    """The parts that lead to a line: from its name, from those it names, from its kind, and what it opened."""
    yield f"{PLACE}{event.id}", number, event.date.text.encode()
    named = (*getattr(event, "of", ()), *event.about)
    for name in dict.fromkeys(one.partition("/")[0] for one in named):
        yield f"{NAMED}{name}{END}", number, event.id.encode()
    if event.kind in FOUND_BY_KIND:
        yield f"{KIND}{event.kind}{END}", number, b""
    if opens:
        yield OPENED, number, b""


NAMED_AFTER_EVENTS = ("versions", "refusals")
"""Maps of a state whose entries are named after the event that made them, so that none is there before it."""


def look_ahead(talks: Talks, events: Sequence[Event]) -> None:
    """Read what these events will look up in the large maps of a state, in one question a map and not one each."""
    heads = {one.partition("/")[0] for event in events for one in getattr(event, "of", ())}
    heads |= {held.version.partition("/")[0] for cell in few_cells(talks) for held in cell.bound}
    for field in MAPS:
        entries = getattr(talks, field)
        if isinstance(entries, Layered) and isinstance(entries.below, Entries):
            own = [event.id for event in events] if field in NAMED_AFTER_EVENTS else ()
            entries.below.look_up(heads.difference(own), missing=own)


def few_cells(talks: Talks) -> list[Cell]:
    """The cells of a state; none where they are too many to be held."""
    cells: object = talks.cells
    return [cell for _, cell in pairs(cells)] if isinstance(cells, Map) else []


def set_by(talks: Talks) -> set[str]:
    """The events that made the cells of a state what they are, where those are held."""
    return {cell.event for cell in few_cells(talks)}


def framed(
    store: Store, stream: str, *, view: View | None = None, told: Callable[[int], None] = lambda _: None
) -> int:
    """Make the keyframes that are missing; the line of the last one. `told` hears how many lines are done.

    `view` is that under which the header is read; None: none.

    Raises:
        ReachesBack: the stream has to be folded whole.
        NoHeader, NewerForm, NotALine: it cannot be read.
    """
    header = header_of(store, stream, view or View())
    frames = Frames(store, stream)
    for one in store.snapshots(stream, (REACHES,), at_most=LATEST, make=make()):
        if frames.opened(one):
            raise ReachesBack(stream, one.number)
    try:
        return _framed(frames, header, told)
    except BadSnapshot:
        store.keep_snapshots(stream, (), make=make())
        return _framed(Frames(store, stream), header, told)


def _framed(frames: Frames, header: Header, told: Callable[[int], None]) -> int:
    store, stream = frames.store, frames.stream
    begun = frames.root(LATEST)
    if begun is not None:
        line = next(iter(store.read(stream, after=begun[0] - 1, limit=1)), None)
        if line is None or line.sealed.link != begun[1].link:
            raise BadSnapshot(stream, ROOT)
    number = begun[0] if begun else 1
    if store.head(stream).length - number < EVERY:
        return number
    maker = _Maker(frames, header, begun)
    with collector_paused():
        for kept in store.read(stream, after=number):
            try:
                maker.go_on(kept)
            except ReachesBack as fault:
                store.keep_snapshots(stream, (row(REACHES, fault.number, b"!"),), make=make())
                raise
            if (kept.number - 1) % AT_ONCE == 0:
                maker.keep()
                told(kept.number)
    maker.keep()
    return maker.last


class _Maker:
    """Folds a stream, and writes down at each keyframe what has changed since the one before."""

    def __init__(self, frames: Frames, header: Header, begun: tuple[int, Root] | None) -> None:
        self._frames = frames
        self._spelling = Spelling()
        self.last = begun[0] if begun else 1
        self._sum = int(begun[1].sum, 16) if begun else 0
        self._many: dict[str, Entries] = {}
        self._few: dict[str, dict[str, bytes]] = {}
        self._optioned: set[str] | None = set()
        self._rows: list[Snapshot] = []
        self._waiting: list[Snapshot] = []
        self._talks = frames.talks(header, self.last)
        if begun is not None:
            self._take_up(*begun)
        self._before = self._talks

    def _take_up(self, number: int, root: Root) -> None:
        """Go on from a keyframe: its large maps are looked into at their latest from now on."""
        self._many = {field: Entries(self._frames, field, LATEST) for field in root.many}
        self._few = {field: self._frames.spelled_at(field, number) for field in root.few}
        listed = self._frames.optioned(number)
        self._optioned = None if listed is None else {*listed}
        self._sum_in(
            row_
            for row_ in self._frames.store.snapshots(
                self._frames.stream, (ROOT,), at_most=number, make=make()
            )
        )
        self._talks = self._lightened()

    def go_on(self, kept: Kept) -> None:
        """Fold one more line."""
        event = event_in(kept, self._frames.stream)
        after, _ = step(event, self._talks)
        opens = after.hidden is not self._talks.hidden
        self._waiting += [row(*one) for one in leads(event, kept.number, opens=opens)]
        self._talks = after
        if (kept.number - 1) % EVERY == 0:
            self._frame(kept.number, kept.sealed.link)

    def keep(self) -> None:
        """Put what was written into the store, all of it at once."""
        stances = [
            Snapshot(f"{STANCE}{digest}", 0, content) for digest, content in self._spelling.fresh.items()
        ]
        self._spelling.fresh.clear()
        if rows := [*stances, *self._rows]:
            self._frames.store.keep_snapshots(self._frames.stream, rows, make=make())
        self._rows = []
        for entries in self._many.values():
            if len(entries.held) > HELD:
                entries.forget()

    def _frame(self, number: int, link: str) -> None:
        rows = self._waiting
        for field in MAPS:
            rows += self._changed(field, number)
        self._sum_in(rows)
        few = tuple(sorted(field for field, entries in self._few.items() if entries))
        rest = self._spelling.written(rest_of(self._talks))
        told = Root(link, few, tuple(sorted(self._many)), rest, f"{self._sum:064x}")
        root = row(ROOT, number, msgspec.json.encode(told))
        self._sum_in((root,))
        self._rows += [*rows, root]
        self._waiting = []
        self._talks = self._before = self._lightened()
        self.last = number

    def _sum_in(self, rows: Iterator[Snapshot] | list[Snapshot] | tuple[Snapshot, ...]) -> None:
        self._sum = sum((summand(one) for one in rows), self._sum) % 2**256

    def _changed(self, field: str, number: int) -> list[Snapshot]:
        before, after = getattr(self._before, field), getattr(self._talks, field)
        if before is after:
            return []
        changes = dict(after.over.items()) if isinstance(after, Layered) else _differing(before, after)
        told = {key_words(key): self._told(value) for key, value in changes.items()}
        rows = self._options(changes, number) if field == "versions" else []
        if field in self._many:
            self._many[field].held.update(changes)
            return [*rows, *_entry_rows(field, number, told)]
        entries = self._few[field] = {
            key: one for key, one in (self._few.get(field, {}) | told).items() if one
        }
        if len(entries) <= FEW:
            return [*rows, row(field, number, packed(entries))]
        self._many[field] = Entries(self._frames, field, LATEST)
        self._many[field].held.update(pairs(after))
        return [*rows, *_entry_rows(field, number, self._few.pop(field))]

    def _told(self, value: object) -> bytes:
        return b"" if value is GONE else self._spelling.written(value)

    def _options(self, changes: dict[object, object], number: int) -> list[Snapshot]:
        made = {key_words(key) for key, value in changes.items() if getattr(value, "options", None)}
        if self._optioned is None or made <= self._optioned:
            return []
        self._optioned = {*self._optioned, *made}
        if len(self._optioned) > FEW:
            self._optioned = None
        listed = None if self._optioned is None else sorted(self._optioned)
        return [row(OPTIONS, number, msgspec.json.encode(listed))]

    def _lightened(self) -> Talks:
        """The state, its large maps looked into rather than held."""
        return self._talks.held_in({field: Layered(entries) for field, entries in self._many.items()})


def _entry_rows(field: str, number: int, entries: Mapping[str, bytes]) -> list[Snapshot]:
    return [row(f"{field}/{key}", number, content) for key, content in entries.items()]


def summand(one: Snapshot) -> int:
    """What a row adds to the sum over all rows, in whatever order."""
    return int.from_bytes(digest_of(one.part, one.number, one.content))


def _differing(before: Map[object, object], after: Map[object, object]) -> dict[object, object]:
    found = {key: value for key, value in pairs(after) if before.get(key) is not value}
    return found | {key: GONE for key, _ in pairs(before) if key not in after}


def snapshot_fault(store: Store, stream: str) -> str:
    """What is wrong with the snapshots of a stream, in a sentence; empty when nothing is."""
    frames, total = Frames(store, stream), 0
    try:
        last = frames.root(LATEST)
        for one in store.every_snapshot(stream, ROOT, make=make()):
            if one.part.startswith(STANCE):
                frames.value_of_stance(one)
            elif (one.part, one.number) != (ROOT, last[0] if last else 0) and one.part != REACHES:
                frames.opened(one)
                total += summand(one)
    except StoreError as fault:
        return str(fault)
    if total % 2**256 != (int(last[1].sum, 16) if last else 0):
        return f"the snapshots of '{stream}' are not those that were written"
    return ""
