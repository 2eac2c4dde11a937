"""Reading the text of one file into its declarations and its events, and not reading the same event twice.

A file is read in one pass. What was read of each event is then kept under the very text of the event, so
that reading the file again after a save costs only the events that were touched. A piece read alone is
trusted only where it is whole: if anything in it looks wrong, the file is read in one pass again, since
a quote may run over the cut. Losing the memory changes nothing but the time.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from msgspec import Struct

from terms.ground.diagnostics import Diagnostic
from terms.ground.nodes import Entry, ListNode, MapNode, Node, TextNode
from terms.ground.patterns import late
from terms.ground.places import Place
from terms.ground.tree import Chunk, Tree, chunks, read_tree
from terms.records.faults import error
from terms.records.shapes import shape_of

ROOM = 4  # times as many events are kept as the file has, so that undoing a change finds them again
_MARK = "<<<<<<<"
_UNSETTLED = late(r"^<{7}(?:[ \r].*)?$(?=[\s\S]*^>{7}(?:[ \r]|$))", re.MULTILINE)
"""The first of the lines that git leaves where two branches say different things; no text in a record begins so."""
WORTH_PIECING = 0.5  # share of known events from which on reading the rest one by one is the quicker way


@dataclass(slots=True)
class Kept:
    """An event as last read, the line it began in then, and what was made of it under `context`."""

    node: MapNode
    line: int
    context: str = ""
    made: object = None


@dataclass
class ChunkCache:
    """What was read of files before, by path and text. It grows with edits, up to twice the record."""

    kept: dict[tuple[str, str], Kept] = field(default_factory=dict)
    heads: dict[tuple[str, str], MapNode] = field(default_factory=dict)

    def forget(self, path: str, used: Collection[str]) -> None:
        """Let go of events of `path` that are no longer there, once they are the greater part."""
        if len(self.kept) <= ROOM * (len(used) + 1):
            return
        self.kept = {key: kept for key, kept in self.kept.items() if key[0] != path or key[1] in used}
        self.heads = {}


class PlacedEvent(Struct, frozen=True):
    """One member of `events:` with how far it has moved down since it was read, and its memory, if any."""

    node: Node
    lines: int = 0
    kept: Kept | None = None
    is_broken: bool = False


class Parsed(Struct, frozen=True):
    """One file: its keys but `events`, its events, and what is wrong with its syntax."""

    path: str
    text: str
    entries: tuple[Entry, ...]
    events: tuple[PlacedEvent, ...]
    faults: tuple[Diagnostic, ...] = ()
    lost: frozenset[str] = frozenset()

    def get(self, key: str) -> Entry | None:
        """The entry of one top-level key; None when it is not there."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


def parse(text: str, path: str, cache: ChunkCache | None = None) -> Parsed:
    """Read one file. Never raises, whatever the text."""
    text = text.removeprefix("\ufeff")
    if _MARK in text and (unsettled := _UNSETTLED.search(text)) is not None:
        return _unsettled(text, path, unsettled)
    if cache is not None:
        pieced = _from_pieces(text, path, cache)
        if pieced is not None:
            return pieced
    return _parsed(read_tree(text, path), cache)


def _unsettled(text: str, path: str, mark: re.Match[str]) -> Parsed:
    """A file in the middle of a merge: which of two events is meant nobody can say, so none is read."""
    number = 1 + text.count("\n", 0, mark.start())
    place = Place(path, number, 1, number, 1 + len(mark[0].rstrip("\r")))
    fault = error(
        "E010",
        "a merge is not settled here",
        place,
        "keep one side, or both with two ids, and take out the lines <<<<<<<, ======= and >>>>>>>",
    )
    return Parsed(path, text, (), (), (fault,))


def _parsed(tree: Tree, cache: ChunkCache | None) -> Parsed:
    faults = list(tree.faults)
    root = tree.root
    if root is not None and not isinstance(root, MapNode):
        if not faults:
            faults.append(_no_map(root))
        root = None
    entries = root.entries if root is not None else ()
    nodes, wrong = _event_nodes(entries, is_certain=not tree.faults)
    faults += wrong
    others = tuple(entry for entry in entries if entry.key.text != "events")
    kept = _remember(tree, nodes, cache) if cache is not None and not tree.faults else {}
    events = tuple(
        PlacedEvent(node, 0, kept.get(place), bool(tree.faults) and tree.is_broken(node))
        for place, node in enumerate(nodes)
    )
    return Parsed(tree.path, tree.text, others, events, tuple(faults), tree.lost)


def _no_map(root: Node) -> Diagnostic:
    help_line = "begin with the line 'format: terms/1', then parties:, terms:, sources: and events:"
    return error("E105", f"a record is a map of keys, not {shape_of(root)}", root.place, help_line)


def _event_nodes(
    entries: tuple[Entry, ...], *, is_certain: bool
) -> tuple[tuple[Node, ...], list[Diagnostic]]:
    found = next((entry.value for entry in entries if entry.key.text == "events"), None)
    if isinstance(found, ListNode):
        return found.children, []
    if found is None or (isinstance(found, TextNode) and found.is_empty):
        return (), []
    if not is_certain and isinstance(found, TextNode):
        return (), []  # what stood there could not be read, and that is told
    return (), [
        error(
            "E105",
            f"'events' is a list, not {shape_of(found)}",
            found.place,
            "begin each event with '  - id: '",
        )
    ]


def _remember(tree: Tree, nodes: tuple[Node, ...], cache: ChunkCache) -> dict[int, Kept]:
    """Keep each event under its text, when the cuts by lines and the reading agree on where events begin."""
    cut = chunks(tree.text)
    if len(cut.events) != len(nodes):
        return {}
    cache.forget(tree.path, {chunk.text for chunk in cut.events})
    kept: dict[int, Kept] = {}
    for place, (chunk, node) in enumerate(zip(cut.events, nodes, strict=True)):
        end = chunk.offset + len(chunk.text)
        if not isinstance(node, MapNode) or not chunk.offset <= node.start <= node.end <= end:
            return {}
        kept[place] = cache.kept[tree.path, chunk.text] = Kept(node, chunk.first_line)
    return kept


def _from_pieces(text: str, path: str, cache: ChunkCache) -> Parsed | None:
    """The file from events read before and a few new ones; None when that is not safe or not worth it."""
    cut = chunks(text)
    known = sum((path, chunk.text) in cache.kept for chunk in cut.events)
    if not cut.events or known < WORTH_PIECING * len(cut.events):
        return None
    entries = _other_keys(path, cut.head, cut.tail, cache)
    if entries is None:
        return None
    events: list[PlacedEvent] = []
    for chunk in cut.events:
        kept = cache.kept.get((path, chunk.text)) or _read_alone(chunk, path)
        if kept is None:
            return None
        cache.kept[path, chunk.text] = kept
        events.append(PlacedEvent(kept.node, chunk.first_line - kept.line, kept))
    cache.forget(path, {chunk.text for chunk in cut.events})
    return Parsed(path, text, entries, tuple(events))


def _other_keys(path: str, head: Chunk, tail: Chunk | None, cache: ChunkCache) -> tuple[Entry, ...] | None:
    """The keys around the events; None when they are faulty or say something the cuts do not expect."""
    before = _read_keys(head, path, cache)
    after = _read_keys(tail, path, cache) if tail is not None else ()
    if before is None or after is None:
        return None
    every = (*before, *after)
    names = [entry.key.text for entry in every]
    if len(set(names)) != len(names):
        return None
    opening = next((entry.value for entry in before if entry.key.text == "events"), None)
    if not isinstance(opening, TextNode) or not opening.is_empty:
        return None
    return tuple(entry for entry in every if entry.key.text != "events")


def _read_keys(chunk: Chunk, path: str, cache: ChunkCache) -> tuple[Entry, ...] | None:
    key = (f"{path}:{chunk.first_line}", chunk.text)
    if (known := cache.heads.get(key)) is not None:
        return known.entries
    tree = read_tree(chunk.text, path, first_line=chunk.first_line, offset=chunk.offset)
    if tree.faults or not isinstance(tree.root, MapNode):
        return None
    cache.heads[key] = tree.root
    return tree.root.entries


def _read_alone(chunk: Chunk, path: str) -> Kept | None:
    tree = read_tree(chunk.text, path, first_line=chunk.first_line, offset=chunk.offset)
    if tree.faults or not isinstance(tree.root, ListNode) or len(tree.root.children) != 1:
        return None
    node = tree.root.children[0]
    return Kept(node, chunk.first_line) if isinstance(node, MapNode) else None
