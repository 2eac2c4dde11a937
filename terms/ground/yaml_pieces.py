"""Reading a broken file piece by piece: each event or declaration alone, so that one fault costs one piece.

The cuts go by the look of lines, as a person would make them: a line without indent opens a section,
and below it every line with the indent of the first opens a member. This is used only after the
whole text failed, so a cut in an odd place can add a message but never change a good file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from terms.ground.diagnostics import Diagnostic
from terms.ground.nodes import ListNode, MapNode, Node, Origin, TextNode
from terms.ground.yaml_events import Slip, build, merge
from terms.ground.yaml_faults import no_colon, of_slip, of_stop

_LINE = re.compile(r"[^\n]*\n?")
_SAYS_NOTHING = re.compile(r"\s*(#.*)?$")
_MARKER = re.compile(r"(---|\.\.\.)(\s|$)")
_DASH = re.compile(r"[ \t]*-(\s|$)")
_KEY_ALONE = re.compile(r"[^\s:#]+[ \t]*:?[ \t]*(#.*)?\r?\n?$")
_ID = re.compile(r"\bid:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9-]*)")
_NAME = re.compile(r"\s*[\"']?([A-Za-z0-9][A-Za-z0-9.-]*)")


@dataclass(frozen=True, slots=True)
class Pieces:
    """What could be read, what is wrong, and the names that stand in the pieces that could not be read."""

    root: Node | None
    faults: tuple[Diagnostic, ...]
    lost: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Neighbouring lines: their text, the number of the first and its offset, both in the whole file."""

    lines: tuple[str, ...]
    number: int
    offset: int

    def cut_before(self, indexes: Iterable[int]) -> Iterator[_Lines]:
        """The stretches between the given lines; what stands before the first of them goes with it."""
        edges = [0, *[index for index in indexes if index > 0], len(self.lines)]
        offset = self.offset
        for start, end in pairwise(edges):
            piece = self.lines[start:end]
            yield _Lines(piece, self.number + start, offset)
            offset += sum(map(len, piece))

    def origin(self, path: str) -> Origin:
        return Origin(path, "".join(self.lines), self.number, self.offset)


@dataclass(slots=True)
class _Findings:
    faults: list[Diagnostic] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)


def piecewise(whole: Origin) -> Pieces:
    """Read every section of `whole`, and in each every member, for itself."""
    lines = _Lines(tuple(_LINE.findall(whole.text)), whole.first_line, whole.offset)
    found = _Findings()
    openings = [index for index, line in enumerate(lines.lines) if _opens_section(line)]
    sections = [_read_section(section, whole.path, found) for section in lines.cut_before(openings)]
    roots = [root for root in sections if root is not None]
    root = roots[0] if len(roots) == 1 else _joined(roots, whole, found)
    return Pieces(root, tuple(found.faults), frozenset(found.lost))


def _opens_section(line: str) -> bool:
    """Markers of documents (`---`) open nothing: they stay with what stands above them."""
    return bool(line.strip()) and line[0] not in " \t#" and not _DASH.match(line) and not _MARKER.match(line)


def _joined(roots: list[Node], whole: Origin, found: _Findings) -> Node | None:
    """All sections as one map. A section that is no map was left behind by a fault that is told already."""
    children = [
        child for root in roots if isinstance(root, MapNode) for entry in root.entries for child in entry
    ]
    if not children:
        return None
    slips: list[Slip] = []
    joined = merge(children, children[0].start, children[-1].end, whole, slips)
    found.faults += [of_slip(slip, whole) for slip in slips]
    return joined


def _read_section(section: _Lines, path: str, found: _Findings) -> Node | None:
    """A key with its members as a map of one entry; a section without a key line as its members."""
    heads = [index for index, line in enumerate(section.lines) if _opens_section(line)]
    if not heads:
        return _read_members(section, path, found)
    if not _KEY_ALONE.match(section.lines[heads[0]]):
        return _read_piece(section, path, found)
    head, body = _parted(section, heads[0] + 1)
    opening = _read_piece(head, path, found)
    if isinstance(opening, TextNode):
        found.faults.append(no_colon(opening))
        key, value = opening, None
    elif isinstance(opening, MapNode) and len(opening.entries) == 1:
        key, value = opening.entries[0]
    else:
        return opening
    members = _read_members(body, path, found) or value
    origin = head.origin(path)
    if members is None:
        members = TextNode("", key.end, key.end, False, origin)
    return merge([key, members], key.start, members.end, origin, [])


def _parted(section: _Lines, at: int) -> tuple[_Lines, _Lines]:
    before = section.lines[:at]
    offset = section.offset + sum(map(len, before))
    return (
        _Lines(before, section.number, section.offset),
        _Lines(section.lines[at:], section.number + at, offset),
    )


def _read_members(body: _Lines, path: str, found: _Findings) -> Node | None:
    """The members below a key, as one list or one map, without those that could not be read."""
    pieces = body.cut_before(_member_starts(body.lines))
    nodes = [node for piece in pieces if (node := _read_piece(piece, path, found)) is not None]
    if not nodes:
        return None
    origin = body.origin(path)
    lists = [node for node in nodes if isinstance(node, ListNode)]
    if lists:
        children = tuple(child for each in lists for child in each.children)
        return ListNode(children, lists[0].start, lists[-1].end, origin)
    slips: list[Slip] = []
    maps = [node for node in nodes if isinstance(node, MapNode)]
    found.faults += [no_colon(node) for node in nodes if isinstance(node, TextNode)]
    if not maps:
        return None
    flat = [child for each in maps for entry in each.entries for child in entry]
    joined = merge(flat, maps[0].start, maps[-1].end, origin, slips)
    found.faults += [of_slip(slip, origin) for slip in slips]
    return joined


def _member_starts(lines: tuple[str, ...]) -> list[int]:
    """The lines at the indent of the first member; in a list also a dash behind a tab, to blame it alone."""
    telling = [index for index, line in enumerate(lines) if not _SAYS_NOTHING.match(line)]
    if not telling:
        return []
    first = lines[telling[0]]
    indent = _indent(first)
    if not _DASH.match(first):
        return [index for index in telling if _indent(lines[index]) == indent]
    return [
        index
        for index in telling
        if _DASH.match(lines[index])
        and (_indent(lines[index]) == indent or "\t" in lines[index][: indent + 1])
    ]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _read_piece(piece: _Lines, path: str, found: _Findings) -> Node | None:
    """One piece alone; when it cannot be read, one fault and the names that stood in it."""
    origin = piece.origin(path)
    reading = build(origin)
    if reading.stop is None:
        found.faults += [of_slip(slip, origin) for slip in reading.slips]
        return reading.root
    found.faults.append(of_stop(reading.stop, origin))
    found.lost.update(_ID.findall(origin.text))
    name = next((_NAME.match(line) for line in piece.lines if not _SAYS_NOTHING.match(line)), None)
    found.lost.update([name[1]] if name else [])
    return None
