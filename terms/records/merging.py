"""Two edits of one record file merged event by event, so that two branches that both add events lose none.

Merging by lines makes two appends a conflict, and where lines of two events happen to be alike it can give
one event a line of the other. Here an event is one piece, known by its id, with the comments above it: what
only one side changed is taken, what both added stands one behind the other, and an event that both changed
is merged by its own lines. What cannot be decided is shown as a conflict between the two, and nothing else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from terms.ground.nodes import ListNode, MapNode, TextNode
from terms.ground.tree import read_tree

MergeLines = Callable[[str, str, str], tuple[str, bool]]
"""Merges three texts (base, ours, theirs) line by line: the merged text, and whether it holds a conflict."""


class Merged(Struct, frozen=True):
    """The text, and the ids of events in conflict; "" stands for what surrounds the events."""

    text: str
    conflicts: tuple[str, ...] = ()


class _Pieces(Struct, frozen=True):
    """A file in pieces: up to the first event, each event with what stands above it, and what follows."""

    head: str
    events: Mapping[str, str]
    tail: str


def merge_records(base: str, ours: str, theirs: str, *, merge_lines: MergeLines) -> Merged:
    """Merge two edits of `base`. A file that cannot be read in pieces is merged by lines as a whole."""
    found = [_pieces(text) for text in (base, ours, theirs)]
    if any(one is None for one in found):
        text, is_conflict = merge_lines(base, ours, theirs)
        return Merged(text, ("",) if is_conflict else ())
    old, mine, other = (one for one in found if one is not None)
    conflicts: list[str] = []
    head, is_conflict = _surroundings(old.head, mine.head, other.head, merge_lines)
    if is_conflict:
        conflicts.append("")
    parts = [head]
    for name in _order(old.events, mine.events, other.events):
        sides = (old.events.get(name, ""), mine.events.get(name, ""), other.events.get(name, ""))
        text, is_conflict = _event(*sides, merge_lines)
        parts.append(text)
        if is_conflict:
            conflicts.append(name)
    tail, is_conflict = _surroundings(old.tail, mine.tail, other.tail, merge_lines)
    if is_conflict:
        conflicts.append("")
    return Merged("".join([*parts, tail]), tuple(conflicts))


def _pieces(text: str) -> _Pieces | None:
    """The pieces of a file; None where it has faults of syntax or events that no id tells apart."""
    tree = read_tree(text, "")
    root = tree.root
    if tree.faults or tree.text != text or not isinstance(root, MapNode):
        return None
    opening = root.entry("events")
    if opening is None or not isinstance(opening.value, ListNode) or not opening.value.children:
        return None
    if text[opening.value.start] == "[":
        return None
    events: dict[str, str] = {}
    start = at = _line_end(text, opening.key.end)
    for child in opening.value.children:
        name = child.get("id") if isinstance(child, MapNode) else None
        if not isinstance(name, TextNode) or name.text in events:
            return None
        end = _line_end(text, child.end)
        events[name.text] = _ended(text[at:end])
        at = end
    return _Pieces(text[:start], events, text[at:])


def _line_end(text: str, at: int) -> int:
    """Behind the line that ends at `at` or in which `at` lies."""
    if at and text[at - 1] == "\n":
        return at
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _ended(piece: str) -> str:
    return piece if piece.endswith("\n") else piece + "\n"


def _surroundings(base: str, ours: str, theirs: str, merge_lines: MergeLines) -> tuple[str, bool]:
    return _either(base, ours, theirs) or merge_lines(base, ours, theirs)


def _event(base: str, ours: str, theirs: str, merge_lines: MergeLines) -> tuple[str, bool]:
    """One event as the sides have it; "" where a side does not. Blank lines around it decide nothing."""
    decided = _either(base, ours, theirs)
    if decided is not None:
        return decided
    return merge_lines(base, ours, theirs)


def _either(base: str, ours: str, theirs: str) -> tuple[str, bool] | None:
    """The side to take where no merging is needed; None where both sides changed it, each in its own way."""
    if theirs.strip() in (base.strip(), ours.strip()):
        return ours, False
    if ours.strip() == base.strip():
        return theirs, False
    return None


def _order(base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]) -> Sequence[str]:
    """Our order; what only they have follows what it follows there, behind what we added at that place."""
    order = list(ours)
    for name, before in _with_predecessor(theirs):
        if name in ours:
            continue
        place = order.index(before) + 1 if before in order else 0
        if before in base or not before:
            while place < len(order) and order[place] not in theirs and order[place] not in base:
                place += 1
        order.insert(place, name)
    return order


def _with_predecessor(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    before = ""
    for name in names:
        yield name, before
        before = name
