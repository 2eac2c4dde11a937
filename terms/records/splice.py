"""Adding to a record by splicing its text: everything that was there stays as it is, byte for byte.

A record is never loaded and dumped again: that would lose comments, quotes and the way lists are laid out,
which is to say the work of whoever wrote it. Every splice is read back before it is handed out.
"""

from collections.abc import Mapping, Sequence

from terms.core.event import Event
from terms.ground.errors import TermsError
from terms.ground.nodes import ListNode, MapNode, Node, TextNode
from terms.ground.tree import Tree, read_tree
from terms.ground.words import Plain, Words, freeze
from terms.records.record import Record
from terms.records.shapes import words_of
from terms.records.writing import write_spelled


class CannotSplice(TermsError):
    """The text cannot be added to without harm: it has faults, or lays its events out oddly."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the record cannot be added to: {reason}")
        self.reason = reason


def append_event(text: str, event: Event | Mapping[str, Plain]) -> str:
    """The text of a record file with `event` behind its last one, comments and all else untouched.

    Raises:
        CannotSplice: the file has faults of syntax, or its events stand in brackets.
    """
    spelled = event.words() if isinstance(event, Event) else dict(event)
    tree = read_tree(text, "")
    if tree.faults or not isinstance(tree.root, MapNode):
        raise CannotSplice(tree.faults[0].message if tree.faults else "it is no map of keys")
    bom = text[: len(text) - len(tree.text)]
    for gap in ("\n", ""):  # a last text that keeps its blank lines (`|+`) would take a gap for its own
        spliced = _spliced(tree, tree.root, spelled, gap)
        if _reads_back(tree.root, spliced, spelled):
            return bom + spliced
    raise CannotSplice("the text around its last event would be read otherwise")


def append_correction(text: str, correction: Event) -> str:
    """The text with a correction or retraction added; the entry it speaks of stays as it was written."""
    if correction.kind not in ("correct", "retract"):
        raise CannotSplice(f"'{correction.id}' corrects nothing: it is a {correction.kind}")
    return append_event(text, correction)


def file_to_append_to(record: Record) -> str:
    """The path of the file in which the log ends: that of the last event, else the head file."""
    if not record.events:
        return record.path
    return record.places[record.events[-1].id].node.origin.path


def replace_spans(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The text with stretches replaced. Stretches must not overlap; order does not matter."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits):
        parts += (text[at:start], new)
        at = end
    return "".join([*parts, text[at:]])


def _spliced(tree: Tree, root: MapNode, spelled: Mapping[str, Plain], gap: str) -> str:
    text = tree.text
    line_end = "\r\n" if "\r\n" in text else "\n"
    opening = root.entry("events")
    events = opening.value if opening is not None else None
    if opening is None:
        block = write_spelled(spelled)
        return _laid(text, len(text), f"\nevents:\n{block}", line_end)
    if isinstance(events, TextNode) and events.is_empty:
        return _laid(text, _end_of_line(text, opening.key.end), write_spelled(spelled), line_end)
    if not isinstance(events, ListNode) or (events.children and text[events.start] == "["):
        raise CannotSplice("its events stand in brackets")
    if not events.children:
        bare = text[: events.start].rstrip(" ") + text[events.end :]
        at = _end_of_line(bare, len(text[: events.start].rstrip(" ")))
        return _laid(bare, at, write_spelled(spelled), line_end)
    indent = events.place.column - 1
    at = _end_of_line(text, events.children[-1].end)
    return _laid(text, at, gap + write_spelled(spelled, indent=indent), line_end)


def _end_of_line(text: str, at: int) -> int:
    """Behind the line end of the line in which `at` lies; the end of the text on its last line."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _laid(text: str, at: int, block: str, line_end: str) -> str:
    before = text[:at]
    if before and not before.endswith("\n"):
        before += line_end
    return before + block.replace("\n", line_end) + text[at:]


def _reads_back(root: MapNode, spliced: str, spelled: Mapping[str, Plain]) -> bool:
    """Whether the new text says what the old one said and the new event, and nothing else."""
    tree = read_tree(spliced, "")
    if tree.faults or not isinstance(tree.root, MapNode):
        return False
    old, new = _events_and_rest(root), _events_and_rest(tree.root)
    return new == ((*old[0], freeze(spelled)), old[1])


def _events_and_rest(root: MapNode) -> tuple[tuple[Words, ...], dict[str, Words]]:
    events = root.get("events")
    children: tuple[Node, ...] = events.children if isinstance(events, ListNode) else ()
    rest = {entry.key.text: words_of(entry.value) for entry in root.entries if entry.key.text != "events"}
    return tuple(words_of(child) for child in children), rest
