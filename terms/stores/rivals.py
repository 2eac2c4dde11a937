"""What a rival account of a long stream changes: the entries of the state that read otherwise, and from which step on.

Two readings of one stream soon come to the same but for what keeps the memory of the one account: who said it, a
version tabled by it, what answered that. So a reading is kept as what it changes, beside the snapshots, a row for each
entry and step at which that becomes another; the state under it is that of the stream with these entries put in.
What was found out up to a line stays good whatever is appended, unless an occurrence is told once more.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from terms.core.accounts import Choice
from terms.core.event import Event
from terms.core.header import Header
from terms.core.objection import Objection
from terms.core.talks import Talks, restored
from terms.stores.frames import (
    END,
    MAPS,
    RIVAL,
    STANCE,
    BadSnapshot,
    Frames,
    key_of,
    key_words,
    make,
    rest_of,
    row,
)
from terms.stores.going_back import Objections
from terms.stores.layered import GONE
from terms.stores.noting import Entry, inner_of, with_entries
from terms.stores.state_words import Spelling
from terms.stores.store import Snapshot

SAME = object()
"""Stands for an entry that reads as in the stream itself."""

REST: Entry = ("", "")
"""What of a state is no map (see `frames.rest_of`), as one entry."""

AS_BEFORE = b"="
"""How `SAME` is spelled; nothing else begins so."""

MISFITS = "~"
"""Ends the name of the part that holds what did not fit where the reading was folded again from further back."""


class Rival:
    """One rival account, and what the reading of it changes after so many steps; found out up to `steps`.

    `first` is the place of the first event that may be read otherwise. `misfits` are the objections at the places where the reading was folded again from further back.
    """

    def __init__(self, choice: Choice, told: Sequence[Event], first: int) -> None:
        self.choice, self.first = choice, first
        self.part = f"{RIVAL}{_digest(choice, told)}/"
        self.steps = 0
        self.misfits: dict[int, Objections] = {}
        self.changes: dict[Entry, list[tuple[int, object]]] = {}

    def put(self, steps: int, entry: Entry, value: object) -> None:
        """After so many steps, the latest so far, an entry becomes another."""
        self.changes.setdefault(entry, []).append((steps, value))

    def at(self, steps: int) -> dict[Entry, object]:
        """The entries that read otherwise after so many steps, as they read."""
        found = ((entry, self._value(told, steps)) for entry, told in self.changes.items())
        return {entry: value for entry, value in found if value is not SAME}

    def entries_at(self, steps: int) -> frozenset[Entry]:
        """Which they are."""
        return frozenset(
            entry for entry, told in self.changes.items() if self._value(told, steps) is not SAME
        )

    def _value(self, told: Sequence[tuple[int, object]], steps: int) -> object:
        count = bisect_right(told, steps, key=lambda one: one[0])
        return told[count - 1][1] if count else SAME

    # ---- kept beside the snapshots ---------------------------------------------------------------

    def recall(self, frames: Frames) -> None:
        """Take up what was found out before.

        Raises:
            BadSnapshot: what is kept is not as it was written.
        """
        kept = list(frames.store.every_snapshot(frames.stream, self.part, make=make()))
        reached = [one for one in kept if one.part == self.part]
        if not reached:
            return
        last = reached[-1]
        found = [one for one in kept if one.part != self.part and one.number <= last.number]
        try:
            if len(found) != int(frames.opened(last)):
                raise ValueError
            for one in found:
                self._take(one, frames)
        except ValueError as fault:  # or it is no JSON
            self.changes.clear()
            self.misfits.clear()
            raise BadSnapshot(frames.stream, self.part) from fault
        self.steps = last.number - 1

    def _take(self, one: Snapshot, frames: Frames) -> None:
        name, content = one.part.removeprefix(self.part), frames.opened(one)
        if name == MISFITS:
            self.misfits[one.number - 2] = msgspec.json.decode(content, type=tuple[Objection, ...])
            return
        field, _, key = name.partition("/")
        value = SAME if content == AS_BEFORE else frames.kept(content) if field else frames.value(content)
        self.put(one.number - 1, (field, key_of(key)) if field else REST, value)

    def rows(self, after: int, steps: int, spelling: Spelling) -> list[Snapshot]:
        """The rows that keep what was found out behind `after` steps and up to `steps`."""
        every = sum(since <= steps for told in self.changes.values() for since, _ in told)
        every += sum(place < steps for place in self.misfits)
        made = [row(self.part, steps + 1, str(every).encode())]
        for (field, key), told in self.changes.items():
            part = f"{self.part}{field}/{key_words(key)}"
            first = bisect_right(told, after, key=lambda one: one[0])
            made += [
                row(part, since + 1, _spelled(value, spelling))
                for since, value in told[first:]
                if since <= steps
            ]
        made += [
            row(f"{self.part}{MISFITS}", place + 2, msgspec.json.encode(found))
            for place, found in self.misfits.items()
            if after <= place < steps
        ]
        return made


def keep(frames: Frames, rivals: Iterable[tuple[Rival, int]], steps: int) -> None:
    """Keep what was found out of each rival behind so many steps, up to `steps`."""
    spelling = Spelling()
    rows = [one for rival, after in rivals if after < steps for one in rival.rows(after, steps, spelling)]
    stances = [Snapshot(f"{STANCE}{digest}", 0, content) for digest, content in spelling.fresh.items()]
    if rows:
        frames.store.keep_snapshots(frames.stream, [*stances, *rows], make=make())


def overlaid(talks: Talks, header: Header, entries: Mapping[Entry, object]) -> Talks:
    """A state with these entries in place of its own, under a header; the very state where that changes nothing."""
    if not entries and header is talks.header:
        return talks
    put = {entry: value for entry, value in entries.items() if entry != REST}
    parts = {field: inner_of(talks, field) for field in MAPS} | with_entries(talks, put)
    rest = entries.get(REST, rest_of(talks))
    assert isinstance(rest, tuple)
    return restored(header, parts | dict(zip(("session", "judgements", "troubled"), rest, strict=True)))


def _spelled(value: object, spelling: Spelling) -> bytes:
    if value is SAME:
        return AS_BEFORE
    return b"" if value is GONE else spelling.written(value)


def _digest(choice: Choice, told: Sequence[Event]) -> str:
    """Names the choice, among the events that tell of its occurrence: with one more of these it is another."""
    names = END.join((choice.of, choice.name, *(event.id for event in told)))
    return hashlib.sha256(names.encode()).hexdigest()[:24]
