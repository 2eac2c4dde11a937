"""Makes the keyframes of a stream: one pass over what is not in them yet, kept in the store as it goes on.

It holds no more of the state than changes between two keyframes, however long the stream. Whoever is interrupted
begins again at the last keyframe; two who do it at once write the same rows.

An event that changes what an earlier one is read as (a correction, an entry to be told further up, an account
taken back) changes no kept state: what the record said then, it said. The state behind it is another one than the
last keyframe leads to; it is folded again from where the story changed, and has a keyframe of its own. Where a
stream is declared anew all states are those under the header in force (see `redeclared`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from terms.core.event import Event
from terms.core.header import Header
from terms.core.lens import View
from terms.core.reducer import step
from terms.core.talks import Talks
from terms.ground.pause import collector_paused
from terms.stores.errors import StoreError
from terms.stores.frames import (
    EVERY,
    FEW,
    LATEST,
    MAPS,
    OPTIONS,
    RIVAL,
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
from terms.stores.going_back import (
    CHUNK,
    Effect,
    changed,
    comes_to_the_same,
    differing,
    fold_again,
    folded,
    noted,
    take_up,
)
from terms.stores.layered import GONE, Layered
from terms.stores.looking import event_in, events_in, header_of, leads
from terms.stores.redeclared import Straightened, declared_rows, is_under, straightened, under_row
from terms.stores.retelling import Standing, Tale, Turn, is_plain
from terms.stores.sighting import AS_TOLD, Sight
from terms.stores.state_words import Spelling
from terms.stores.store import Kept, Snapshot, Store

AT_ONCE = 2048
"""Events whose keyframes are kept in one transaction."""

HELD = 20_000
"""Entries of a large map held while going on; more are read again when they are asked for."""


def framed(
    store: Store,
    stream: str,
    *,
    view: View | None = None,
    accounts: Sequence[Event] = (),
    sight: Sight = AS_TOLD,
    told: Callable[[int], None] = lambda _: None,
) -> int:
    """Make the keyframes that are missing; the line of the last one. `told` hears how many lines are done.

    No event behind that line reaches back. `view` is that under which the header is read, and which of rival
    accounts; None: none. `accounts` are the events told in rival ones, needed where the view prefers some; `sight` is what a party saw late.

    Raises:
        DeclaredAnew: a line is filed as an event and holds a header, so that it has to be folded whole.
        NoHeader, NewerForm, NotALine: it cannot be read.
    """
    view = view or View()
    if not isinstance(store, Straightened):
        store = straightened(store, stream)
    header = header_of(store, stream, view)
    frames = Frames(store, stream)
    try:
        return _framed(frames, header, view, accounts, sight, told)
    except BadSnapshot:
        store.keep_snapshots(stream, (), make=make())
        return _framed(Frames(store, stream), header, view, accounts, sight, told)


def _framed(
    frames: Frames,
    header: Header,
    view: View,
    accounts: Sequence[Event],
    sight: Sight,
    told: Callable[[int], None],
) -> int:
    store, stream = frames.store, frames.stream
    begun = frames.root(LATEST)
    if begun is not None and not is_under(frames, header):
        store.keep_snapshots(stream, (), make=make())
        begun = None
    if begun is not None:
        line = next(iter(store.read(stream, after=begun[0] - 1, limit=1)), None)
        if line is None or line.sealed.link != begun[1].link:
            raise BadSnapshot(stream, ROOT)
    number = begun[0] if begun else 1
    if store.head(stream).length - number < EVERY and all(
        kept.number - 2 not in sight.ranks and is_plain(event_in(kept, stream))
        for kept in store.read(stream, after=number)
    ):
        return number
    maker = _Maker(frames, header, begun, view, accounts, sight, told)
    with collector_paused():
        for kept, event in events_in(store.read(stream, after=number), stream):
            maker.go_on(kept, event)
            if (kept.number - 1) % AT_ONCE == 0:
                maker.keep()
                told(kept.number)
    maker.keep()
    return maker.last


class _Maker:
    """Folds a stream, and writes down at each keyframe what has changed since the one before."""

    def __init__(
        self,
        frames: Frames,
        header: Header,
        begun: tuple[int, Root] | None,
        view: View,
        accounts: Sequence[Event],
        sight: Sight,
        told: Callable[[int], None],
    ) -> None:
        self._frames, self._header, self._told_line = frames, header, told
        self._tale = Tale(self._look, view, accounts, sight)
        self._lines: dict[str, int] = {}
        self._spelling = Spelling()
        self.last = begun[0] if begun else 1
        self._sum = int(begun[1].sum, 16) if begun else 0
        self._many: dict[str, Entries] = {}
        self._few: dict[str, dict[str, bytes]] = {}
        self._optioned: set[str] | None = set()
        self._rows: list[Snapshot] = []
        self._waiting: list[Snapshot] = [] if begun else [under_row(header)]
        self._talks = frames.talks(header, self.last)
        if begun is not None:
            self._take_up(*begun)
        self._before = self._talks

    def _take_up(self, number: int, root: Root) -> None:
        """Go on from a keyframe."""
        take_up(self._tale, self._frames, at_most=number)
        self._many = {field: Entries(self._frames, field, number) for field in root.many}
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

    def go_on(self, kept: Kept, event: Event) -> None:
        """Fold one more line with its event."""
        standings = self._tale.standings
        turn = None
        if not self._tale.is_plain(kept.number - 2, event):
            standings = standings.copy()
            turn = self._tale.hear(kept.number - 2, event)
        if turn is not None and turn.reaches_back:
            self._go_back(kept, turn, standings)
            return
        after = self._after(event, turn)
        self._lead_to(kept, event, opens=after.hidden is not self._talks.hidden)
        if turn is not None:
            self._waiting.append(noted(turn, kept.number))
        self._talks = after
        if (kept.number - 1) % EVERY == 0:
            self._frame(kept)

    def _after(self, event: Event, turn: Turn | None) -> Talks:
        if turn is None:
            return step(event, self._talks)[0]
        return self._talks if turn.folded is None else folded(turn.folded, self._talks)[0]

    def _look(self, name: str) -> tuple[int, Event] | None:
        """The event of this name, with its place, whether or not it is in a keyframe."""
        line = self._lines.get(name) or self._frames.line_of(name)
        if line is None:
            return None
        kept = next(self._frames.store.read(self._frames.stream, after=line - 1, limit=1))
        return line - 2, event_in(kept, self._frames.stream)

    def _lead_to(self, kept: Kept, event: Event, *, opens: bool) -> None:
        self._lines[event.id] = kept.number
        self._waiting += [row(*one) for one in leads(event, kept.number, opens=opens)]

    def _go_back(self, kept: Kept, turn: Turn, standings: Mapping[str, Standing]) -> None:
        """Fold again from where an event changes the story; `standings` are those before it."""
        self.keep()
        first = self._tale.settled(turn.since, EVERY)
        start = self._frames.talks(self._header, first + 1)
        said = self._told_line
        was = fold_again(self._frames, start, standings, range(first, turn.place), None, said)
        behind = range(first, turn.place + 1)
        now = fold_again(self._frames, start, self._tale.standings, behind, turn.folded, said)
        keys = {
            field: was.keys[field] | now.keys[field] | changed(self._before, self._talks, field)
            for field in MAPS
        }
        old, new = self._talks.hidden, now.talks.hidden
        same = comes_to_the_same(self._talks, now.talks, keys)
        opens = not same and any(old.get(str(key)) != new.get(str(key)) for key in keys["hidden"])
        self._lead_to(kept, turn.event, opens=opens)
        self._waiting.append(noted(turn, kept.number, Effect(now.objections, not same)))
        self._tale.frame_at(turn.place + 1)
        if not same:
            self._talks = now.talks
        self._frame(kept, None if same else keys)

    def keep(self) -> None:
        """Put what was written into the store, all of it at once."""
        stances = [
            Snapshot(f"{STANCE}{digest}", 0, content) for digest, content in self._spelling.fresh.items()
        ]
        self._spelling.fresh.clear()
        if rows := [*stances, *self._rows]:
            self._frames.store.keep_snapshots(self._frames.stream, rows, make=make())
        self._rows = []
        self._lines = {name: line for name, line in self._lines.items() if line > self.last}
        for entries in self._many.values():
            entries.number = self.last  # and no later: somebody else may be making keyframes, too
            if len(entries.held) > HELD:
                entries.forget()

    def _frame(self, kept: Kept, again: Mapping[str, set[object]] | None = None) -> None:
        """Write a keyframe; `again` are the entries that may differ where the state was folded again."""
        number, link = kept.number, kept.sealed.link
        rows = [*self._waiting, *declared_rows(self._frames.store, self.last, number)]
        for field in MAPS:
            rows += (
                self._changed(field, number)
                if again is None
                else self._rewritten(field, number, again[field])
            )
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
        changes = dict(after.over.items()) if isinstance(after, Layered) else differing(before, after)
        told = {key_words(key): self._told(value) for key, value in changes.items()}
        rows = self._options(changes, number) if field == "versions" else []
        if field in self._many:
            self._many[field].held.update(changes)
            return [*rows, *_entry_rows(field, number, told)]
        return [*rows, *self._few_rows(field, number, self._few.get(field, {}) | told)]

    def _rewritten(self, field: str, number: int, keys: Iterable[object]) -> list[Snapshot]:
        """As `_changed`, of a map whose entries under these keys may be others than those that are kept."""
        after = getattr(self._talks, field)
        changes: dict[object, object] = {key: after.get(key, GONE) for key in keys}
        if not changes:
            return []
        rows = self._options(changes, number) if field == "versions" else []
        told = {key: self._told(value) for key, value in changes.items()}
        if field not in self._many:
            kept = self._few.get(field, {})
            made = kept | {key_words(key): one for key, one in told.items()}
            return [*rows, *self._few_rows(field, number, made)]
        entries, listed = self._many[field], [*told]
        entries.held.update(changes)
        for begin in range(0, len(listed), CHUNK):
            some = listed[begin : begin + CHUNK]
            kept_now = self._frames.entries_at(field, some, self.last)
            others = {key_words(key): told[key] for key in some if told[key] != kept_now[key]}
            rows += _entry_rows(field, number, others)
        return rows

    def _few_rows(self, field: str, number: int, told: Mapping[str, bytes]) -> list[Snapshot]:
        entries = self._few[field] = {key: one for key, one in told.items() if one}
        if len(entries) <= FEW:
            return [row(field, number, packed(entries))]
        self._many[field] = Entries(self._frames, field, number)
        self._many[field].held.update(getattr(self._talks, field).items())
        return _entry_rows(field, number, self._few.pop(field))

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


def snapshot_fault(store: Store, stream: str) -> str:
    """What is wrong with the snapshots of a stream, in a sentence; empty when nothing is."""
    frames, total = Frames(store, stream), 0
    try:
        last = frames.root(LATEST)
        for one in store.every_snapshot(stream, ROOT, make=make()):
            if one.part.startswith(STANCE):
                frames.value_of_stance(one)
            elif (one.part, one.number) != (ROOT, last[0] if last else 0):
                frames.opened(one)
                total += 0 if one.part.startswith(RIVAL) else summand(one)
    except StoreError as fault:
        return str(fault)
    if total % 2**256 != (int(last[1].sum, 16) if last else 0):
        return f"the snapshots of '{stream}' are not those that were written"
    return ""
