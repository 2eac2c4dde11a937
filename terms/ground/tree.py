"""Reading the restricted YAML of records and scenarios: every value stays text, every fault gets its place.

No anchors, aliases, tags, merge keys or second documents, and no key twice: each is a way in which
two people see two things in one file. Where the text breaks YAML itself, the file is read again
piece by piece, so that one unclosed bracket costs one event and one message, never the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from terms.ground.diagnostics import Diagnostic
from terms.ground.nodes import Entry, ListNode, MapNode, Node, Origin, TextNode
from terms.ground.patterns import late

__all__ = [
    "LARGEST",
    "Chunk",
    "Chunks",
    "Entry",
    "ListNode",
    "MapNode",
    "Node",
    "Origin",
    "TextNode",
    "Tree",
    "chunks",
    "read_tree",
]

LARGEST = 8 * 1024 * 1024  # bytes; a record of 40,000 events, beyond which a folder of sessions reads better
_EVENTS = late(r"^events:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_EVENT = late(r"^  - ", re.MULTILINE)
_MARKER_WITHIN = late(r"^(?:---|\.\.\.)[ \t]*(?=\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]+[^\s#])", re.MULTILINE)
_NEXT_KEY = late(r"^[^\s#-]", re.MULTILINE)


class Tree(Struct, frozen=True, dict=True):
    """What a text says and what is wrong with it.

    `root` is None when nothing could be read. `text` is what offsets count in: the text given,
    without its byte order mark. `lost` holds the names (event ids, header keys) that stand in
    pieces which could not be read, so that a reference to one of them can stay silent.
    """

    root: Node | None
    faults: tuple[Diagnostic, ...]
    text: str
    path: str
    lost: frozenset[str] = frozenset()

    def is_broken(self, node: Node) -> bool:
        """Whether a fault lies inside `node`, so that it is neither trusted nor complained of again."""
        place = node.place
        at = bisect_left(self._fault_starts, (place.line, place.column))
        return at < len(self._fault_starts) and self._fault_starts[at] <= (place.end_line, place.end_column)

    @cached_property
    def _fault_starts(self) -> tuple[tuple[int, int], ...]:
        from terms.ground.yaml_faults import ONLY_TABS

        harmful = (fault for fault in self.faults if fault.message != ONLY_TABS)
        return tuple(sorted((fault.place.line, fault.place.column) for fault in harmful if fault.place))


class Chunk(Struct, frozen=True):
    """A stretch of a record that is read alone: pass its three fields to `read_tree`."""

    text: str
    first_line: int
    offset: int


class Chunks(Struct, frozen=True):
    """A record cut at its events: `head` up to the first one, then one chunk an event, then later keys."""

    head: Chunk
    events: tuple[Chunk, ...]
    tail: Chunk | None


def read_tree(text: str, path: str, *, first_line: int = 1, offset: int = 0) -> Tree:
    """Read `text`, all of the file `path` or a chunk of it that begins at `first_line` and `offset`.

    Never raises and never recurses, whatever the text; everything it could not read is a fault.
    """
    # Loaded here, since a start that recalls what it needs reads no YAML.
    from terms.ground.yaml_events import FORBIDDEN, build
    from terms.ground.yaml_faults import forbidden_character, marker_within, of_slip, of_stop, too_large
    from terms.ground.yaml_pieces import piecewise

    text = text.removeprefix("\ufeff")
    if len(text) > LARGEST // 4 and len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        return Tree(None, (too_large(path, LARGEST),), text, path)
    original = Origin(path, text, first_line, offset)
    faults = [forbidden_character(match, original) for match in FORBIDDEN.finditer(text)]
    readable = FORBIDDEN.sub("\ufffd", text) if faults else text
    if _MARKER_WITHIN.search(readable) is not None:
        faults += [marker_within(match, original) for match in _MARKER_WITHIN.finditer(readable)]
        readable = _MARKER_WITHIN.sub(lambda match: " " * len(match[0]), readable)
    origin = Origin(path, readable, first_line, offset) if faults else original
    reading = build(origin)
    lost: frozenset[str] = frozenset()
    root = reading.root
    if reading.stop is not None:
        pieces = piecewise(origin)
        root, lost = pieces.root, pieces.lost
        faults += pieces.faults or (of_stop(reading.stop, origin),)
    else:
        faults += [of_slip(slip, origin) for slip in reading.slips]
    return Tree(root, tuple(faults), text, path, lost)


def chunks(text: str) -> Chunks:
    """Cut a record at the lines that begin `  - ` below `events:`; the chunks together are the whole text.

    A chunk that has faults when read alone says little: read the whole text then, since quotes may
    run over the cut. Without such lines everything is head. A byte order mark must be gone already.
    """
    opening = _EVENTS.search(text)
    begin = opening.end() if opening else len(text)
    closing = _NEXT_KEY.search(text, begin)
    stop = closing.start() if closing else len(text)
    cuts = [match.start() for match in _EVENT.finditer(text, begin, stop)]
    if not cuts:
        return Chunks(Chunk(text, 1, 0), (), None)
    edges = [*cuts, stop]
    line = 1 + text.count("\n", 0, cuts[0])
    events: list[Chunk] = []
    for start, end in pairwise(edges):
        events.append(Chunk(text[start:end], line, start))
        line += text.count("\n", start, end)
    tail = Chunk(text[stop:], line, stop) if stop < len(text) else None
    return Chunks(Chunk(text[: cuts[0]], 1, 0), tuple(events), tail)
