"""The restricted YAML tree: text, lists and maps, each knowing the stretch of the file it stands in.

Nodes are named tuples, which match by position: a record of 5,000 events has 100,000 of them. For the same reason a node keeps two offsets
and works out its `place` only when somebody asks, which is when there is something to say about it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from terms.ground.places import Place


class Origin(Struct, frozen=True, dict=True):
    """The text that nodes were read from: a file, or what follows `first_line` and `offset` in it."""

    path: str
    text: str
    first_line: int = 1
    offset: int = 0

    def __repr__(self) -> str:
        return f"Origin({self.path!r})"

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset in `text` at which each line begins."""
        starts = [0]
        found = self.text.find("\n")
        while found >= 0:
            starts.append(found + 1)
            found = self.text.find("\n", found + 1)
        return tuple(starts)

    def place(self, start: int, end: int) -> Place:
        """The place of the stretch from `start` to before `end`, both counted from the start of the file."""
        line, column = self._line_and_column(start - self.offset)
        end_line, end_column = self._line_and_column(end - self.offset)
        return Place(self.path, line, column, end_line, end_column)

    def _line_and_column(self, index: int) -> tuple[int, int]:
        number = bisect_right(self.line_starts, index)
        return self.first_line + number - 1, index - self.line_starts[number - 1] + 1


class TextNode(NamedTuple):
    """A value as it is spelt. `quoted` when it stands in quotes or is a block of text behind `|` or `>`.

    An empty text that is not quoted is a key with nothing behind it: what that means, or that it is
    a mistake, is for the reader of the key to say. Offsets count code points from the start of the file.
    """

    text: str
    start: int
    end: int
    quoted: bool
    origin: Origin

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.origin.place(self.start, self.end)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written (`key:` alone, or a comma trap inside braces)."""
        return not self.text and not self.quoted


class Entry(NamedTuple):
    """One `key: value` of a map."""

    key: TextNode
    value: Node


class ListNode(NamedTuple):
    """A list, in brackets or with dashes; with dashes it ends where its last member does."""

    children: tuple[Node, ...]
    start: int
    end: int
    origin: Origin

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.origin.place(self.start, self.end)


class MapNode(NamedTuple):
    """Entries in the order written; a key that was written twice is here once, the first time."""

    entries: tuple[Entry, ...]
    start: int
    end: int
    origin: Origin

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.origin.place(self.start, self.end)

    def get(self, key: str) -> Node | None:
        """The value behind `key`, None when the key is not there."""
        entry = self.entry(key)
        return entry.value if entry is not None else None

    def entry(self, key: str) -> Entry | None:
        """The entry of `key`, None when it is not there. A search, since maps in records are short."""
        for entry in self.entries:
            if entry.key.text == key:
                return entry
        return None


Node: TypeAlias = TextNode | ListNode | MapNode
