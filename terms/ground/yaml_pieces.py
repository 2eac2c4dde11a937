"""Reading a broken file piece by piece: each event or declaration alone, so that one fault costs one piece.

The cuts go by the look of lines, as a person would make them: a line without indent opens a section,
and below it every line with the indent of the first opens a member. This is used only after the
whole text failed, so a cut in an odd place can add a message but never change a good file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec import Struct

from terms.ground.diagnostics import Diagnostic
from terms.ground.nodes import Entry, ListNode, MapNode, Node, Origin, TextNode
from terms.ground.patterns import late
from terms.ground.yaml_events import Slip, build, merge
from terms.ground.yaml_faults import no_colon, no_key, no_name, of_only_tabs, of_slip, of_stop, only_tabs

_LINE = late(r"[^\n]*\n?")
_SAYS_NOTHING = late(r"\s*(#.*)?$")
_MARKER = late(r"(---|\.\.\.)(\s|$)")
_DASH = late(r"[ \t]*-(\s|$)")
_DASH_ID = late(r"[ \t]*-[ \t]+id:")
_ANY = -1  # an indent that is not known yet
_KEY_ALONE = late(r"[^\s:#]+[ \t]*:?[ \t]*(#.*)?\r?\n?$")
_ID = late(r"\bid:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9-]*)")
_NAME = late(r"\s*[\"']?([A-Za-z0-9][A-Za-z0-9.-]*)")


class Pieces(Struct, frozen=True):
    """What could be read, what is wrong, and the names that stand in the pieces that could not be read."""

    root: Node | None
    faults: tuple[Diagnostic, ...]
    lost: frozenset[str]


class _Lines(Struct, frozen=True):
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
    roots = _read_sections(lines.cut_before(openings), whole.path, found)
    root = roots[0] if len(roots) == 1 else _joined(roots, whole, found)
    return Pieces(root, tuple(found.faults), frozenset(found.lost))


def _read_sections(sections: Iterable[_Lines], path: str, found: _Findings) -> list[Node]:
    """Every section that says something. Members that a stray line cut off go back to the list before it."""
    roots: list[Node] = []
    holder, indent = -1, _ANY  # the section that holds the latest list, and where its dashes stand
    for section in sections:
        own_indent = _dashes_at(section)
        stray = _stray_member(section, indent) if holder >= 0 and own_indent is None else None
        own, rest = (section, None) if stray is None else _parted(section, stray)
        root = _read_section(own, path, found)
        if rest is not None:
            roots[holder] = _extended(roots[holder], _read_members(rest, path, found))
        if root is not None:
            roots.append(root)
        if root is not None and own_indent is not None:
            holder, indent = len(roots) - 1, own_indent
    return roots


def _dashes_at(section: _Lines) -> int | None:
    """The indent of the list below a line `key:`, `_ANY` when nothing stands below it; None for all else."""
    telling = [line for line in section.lines if not _SAYS_NOTHING.match(line)]
    if not telling or not _KEY_ALONE.match(telling[0]) or ":" not in telling[0]:
        return None
    if len(telling) == 1:
        return _ANY
    dashes = (line for line in telling[1:2] if _DASH.match(line))
    named = (line for line in telling if _DASH_ID.match(line))
    return next(map(_indent, (*dashes, *named)), None)


def _stray_member(section: _Lines, indent: int) -> int | None:
    """The line at which members of the list before begin again, behind one at the margin; None: nowhere."""
    dashes = (at for at, line in enumerate(section.lines) if at and _DASH.match(line))
    return next((at for at in dashes if indent in (_ANY, _indent(section.lines[at]))), None)


def _extended(before: Node, members: Node | None) -> Node:
    """The section with more members in its list, which may have lost all it had."""
    if not isinstance(before, MapNode) or not isinstance(members, ListNode):
        return before
    *others, (key, value) = before.entries
    told = value.children if isinstance(value, ListNode) else ()
    start = value.start if told else members.start
    longer = ListNode((*told, *members.children), start, members.end, members.origin)
    return MapNode((*others, Entry(key, longer)), before.start, members.end, before.origin)


def _opens_section(line: str) -> bool:
    """Markers of documents (`---`) open nothing: they stay with what stands above them."""
    return bool(line.strip()) and line[0] not in " \t#" and not _DASH.match(line) and not _MARKER.match(line)


def _joined(roots: list[Node], whole: Origin, found: _Findings) -> Node | None:
    """All sections as one map. A list at the margin belongs to no key."""
    found.faults += [no_key(root) for root in roots if isinstance(root, ListNode)]
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
        if any(_DASH_ID.match(line) for line in section.lines):
            _note_unnamed(section, heads[0], path, found)
            return None
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


def _note_unnamed(section: _Lines, at: int, path: str, found: _Findings) -> None:
    """Note that the line above a list is no key any more; what stands in the list is lost."""
    head, _ = _parted(section, at + 1)
    start = head.offset + sum(map(len, head.lines[:-1]))
    line = head.lines[-1].rstrip()
    found.faults.append(no_name(line, head.origin(path).place(start, start + len(line))))
    found.lost.update(name for line in section.lines for name in _ID.findall(line))


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
    dashes = [line for line in lines if _DASH.match(line)]
    named = Counter(_indent(line) for line in dashes if _DASH_ID.match(line) and line.lstrip(" ")[0] != "\t")
    if named:
        indent = named.most_common(1)[0][0]
    elif not _DASH.match(first):
        if not dashes or min(map(_indent, dashes)) >= indent:
            return [index for index in telling if _indent(lines[index]) == indent]
        indent = min(map(_indent, dashes))  # a list whose first member has lost its dash, or is set too deep
    return [
        index
        for index in telling
        if _DASH.match(lines[index])
        and (
            _indent(lines[index])
            <= indent + bool(_DASH_ID.match(lines[index]))  # one too deep is still meant
            or "\t" in lines[index][: indent + 1]
        )
    ]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _read_piece(piece: _Lines, path: str, found: _Findings) -> Node | None:
    """One piece alone; when it cannot be read, one fault and the names that stood in it."""
    origin = piece.origin(path)
    reading = build(origin)
    while reading.stop is not None and (blank := only_tabs(reading.stop, origin)) is not None:
        start, end = blank
        found.faults.append(of_only_tabs(start, end, origin))
        text = f"{origin.text[:start]}{' ' * (end - start)}{origin.text[end:]}"
        origin = Origin(path, text, origin.first_line, origin.offset)
        reading = build(origin)
    if reading.stop is None:
        found.faults += [of_slip(slip, origin) for slip in reading.slips]
        return reading.root
    found.faults.append(of_stop(reading.stop, origin))
    found.lost.update(_ID.findall(origin.text))
    name = next((_NAME.match(line) for line in piece.lines if not _SAYS_NOTHING.match(line)), None)
    found.lost.update([name[1]] if name else [])
    return None
