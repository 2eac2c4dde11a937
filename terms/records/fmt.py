"""Formatting a record by spans: the order of keys, the gaps between events, quotes, dates, line ends.

Nothing else is touched. Events keep their order, texts their line breaks, comments their places; an event
whose keys stand between comments or blank lines keeps the order of its keys, since nobody can say which
key a comment belongs to. What was formatted is read back, and kept only if it says the same.
"""

from collections.abc import Iterator
from itertools import pairwise

from terms.core.event import KINDS
from terms.ground.dates import read_date
from terms.ground.errors import BadDate
from terms.ground.nodes import Entry, ListNode, MapNode, Node, TextNode
from terms.ground.patterns import late
from terms.ground.tree import Tree, read_tree
from terms.ground.words import FrozenWords, Words
from terms.records.layout import scalar
from terms.records.renewing import is_newer
from terms.records.shapes import texts_in, words_of
from terms.records.splice import replace_spans

DATES = ("date", "known", "published", "dated")
_SHORT = late(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_KEEPS_BLANKS = late(r"[|>]\d?\+|[|>]\+")
Edit = tuple[int, int, str]


def format_text(text: str) -> str:
    """The text of a record, formatted; the text itself when it has faults of syntax or is in a later version's form.

    Formatting twice is formatting once, and what it says does not change, but for dates without their
    zeros, which become dates.
    """
    tidy = text.removeprefix("\ufeff").replace("\r\n", "\n")
    tree = read_tree(tidy, "")
    if tree.faults or not isinstance(tree.root, MapNode):
        return text
    form = tree.root.get("format")
    if isinstance(form, TextNode) and is_newer(form.text):
        return text
    formatted = tidy
    for stage in (_respelled, _reordered, _spaced):
        formatted = _staged(formatted, stage(formatted))
    return formatted


def _staged(before: str, after: str) -> str:
    """What a stage made of the text, unless it would say something else."""
    if before == after:
        return before
    old, new = read_tree(before, ""), read_tree(after, "")
    is_same = not new.faults and _meaning(old) == _meaning(new)
    return after if is_same else before


def _meaning(tree: Tree) -> Words:
    return _dated(words_of(tree.root)) if tree.root is not None else ()


def _dated(words: Words) -> Words:
    if isinstance(words, FrozenWords):
        return FrozenWords(
            {
                key: _padded(inner) if key in DATES and isinstance(inner, str) else _dated(inner)
                for key, inner in words.items()
            }
        )
    return words if isinstance(words, str) else tuple(_dated(one) for one in words)


def _padded(text: str) -> str:
    """A date with its zeros; anything that is not just a date short of zeros stays as it is."""
    match = _SHORT.fullmatch(text)
    padded = f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}" if match else text
    try:
        read_date(padded)
    except BadDate:
        return text
    return padded


# ---- quotes and dates ---------------------------------------------------------------------------


def _respelled(text: str) -> str:
    root = read_tree(text, "").root
    return replace_spans(text, [*_spelling(root, text, "", in_brackets=False)]) if root is not None else text


def _spelling(node: Node, text: str, under: str, *, in_brackets: bool) -> Iterator[Edit]:
    if isinstance(node, TextNode):
        raw = text[node.start : node.end]
        wanted = _padded(node.text) if under in DATES else node.text
        is_one_line = "\n" not in raw and raw[:1] not in ("|", ">")
        is_plain = scalar(wanted, in_brackets=in_brackets) == wanted
        if (
            is_one_line
            and is_plain
            and wanted
            and raw != wanted
            and (raw[:1] in "'\"" or wanted != node.text)
        ):
            yield node.start, node.end, wanted
        return
    inside = in_brackets or text[node.start : node.start + 1] in ("[", "{")
    if isinstance(node, ListNode):
        for child in node.children:
            yield from _spelling(child, text, under, in_brackets=inside)
        return
    for key, value in node.entries:
        if key.text != "<<":
            yield from _spelling(key, text, "", in_brackets=True)
        yield from _spelling(value, text, key.text, in_brackets=inside)


# ---- order of keys ------------------------------------------------------------------------------


def _events(text: str) -> tuple[MapNode, ...]:
    root = read_tree(text, "").root
    events = root.get("events") if isinstance(root, MapNode) else None
    if not isinstance(events, ListNode) or text[events.start : events.start + 1] != "-":
        return ()
    return tuple(child for child in events.children if isinstance(child, MapNode))


def _reordered(text: str) -> str:
    edits = [edit for event in _events(text) if (edit := _in_order(event, text)) is not None]
    return replace_spans(text, edits)


def _in_order(event: MapNode, text: str) -> Edit | None:
    kind = event.get("kind")
    if not isinstance(kind, TextNode) or kind.text not in KINDS or text[event.start : event.start + 1] == "{":
        return None
    order = {key: place for place, key in enumerate(KINDS[kind.text].keys())}
    last = len(order)
    ranks = [order.get(entry.key.text, last + entry.key.text.startswith("x-")) for entry in event.entries]
    if ranks == sorted(ranks) or not _is_dense(event.entries):
        return None
    pieces = [text[entry.key.start : _end_of_line(text, entry.value.end)] for entry in event.entries]
    column = event.entries[0].key.place.column - 1
    sorted_pieces = [pieces[place] for place in sorted(range(len(pieces)), key=lambda place: ranks[place])]
    joined = f"\n{' ' * column}".join(sorted_pieces)
    return event.start, _end_of_line(text, event.entries[-1].value.end), joined


def _is_dense(entries: tuple[Entry, ...]) -> bool:
    """Whether each key begins right below the one before, so that no comment or blank line could stray."""
    ends = [max(entry.value.place.end_line, entry.key.place.end_line) for entry in entries]
    starts = [entry.key.place.line for entry in entries]
    return all(start == end + 1 for start, end in zip(starts[1:], ends, strict=False))


def _end_of_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


# ---- gaps ---------------------------------------------------------------------------------------


def _spaced(text: str) -> str:
    edits: list[Edit] = []
    events = _events(text)
    for event, following in pairwise(events):
        start = _end_of_line(text, event.end)
        end = text.rfind("\n", 0, following.start)
        if not _keeps_blanks(event, text) and 0 <= start <= end:
            edits.append((start, end, _gap(text[start:end])))
    root = read_tree(text, "").root
    spaced = replace_spans(text, edits)
    if root is not None and _keeps_blanks(root, text):
        return spaced if spaced.endswith("\n") else spaced + "\n"
    return spaced.rstrip("\n") + "\n"


def _gap(between: str) -> str:
    """The lines between two events: a blank line behind the first where there was none, and none doubled."""
    lines = between.split("\n")[1:]
    if all(line.strip() for line in lines):
        return "\n".join(["", "", *lines])
    kept: list[str] = []
    for line in lines:
        if line.strip() or not kept or kept[-1].strip():
            kept.append(line if line.strip() else "")
    return "\n".join(["", *kept])


def _keeps_blanks(node: Node, text: str) -> bool:
    """Whether the last text of a node is one to which the blank lines behind it belong."""
    last = None
    for one in texts_in(node):
        last = one
    return last is not None and _KEEPS_BLANKS.match(text, last.start) is not None
