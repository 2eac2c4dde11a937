"""From libyaml's events to nodes: the one file that touches PyYAML.

Only the event parser is used. Composing or loading would turn `12:30` into 750, drop positions,
follow aliases, and crash the interpreter on deep nesting (a recursion in C, seen with 100 kB of
`[`); a loop over events does none of this and is faster. `yaml._yaml` is PyYAML's binding to
libyaml, private by name but the only way past its generator; waits for a public name in PyYAML 7.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, cast

from msgspec import Struct
from yaml import MarkedYAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from terms.ground.nodes import Entry, ListNode, MapNode, Node, Origin, TextNode
from terms.ground.patterns import late
from terms.ground.pause import collector_paused

DEEPEST = 24  # levels of lists and maps; the deepest record written so far has 9
FORBIDDEN = late(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)")


class Slip(Struct, frozen=True):
    """Something the restricted form refuses although YAML allows it; `earlier` is the first of two.

    `last` is where the list ends that is left out with it; None: no list is.
    """

    rule: str
    start: int
    end: int
    text: str
    earlier: tuple[int, int] | None = None
    last: int | None = None


class Stop(Struct, frozen=True):
    """Why libyaml read no further; offsets are None where it gives none."""

    problem: str
    at: int | None
    context: str = ""
    since: int | None = None


@dataclass(slots=True)
class Reading:
    """What was made of a text so far: grows inside `build`, is only read outside."""

    root: Node | None = None
    slips: list[Slip] = field(default_factory=list)
    stop: Stop | None = None


class _Mark(Protocol):
    index: int


class _Event(Protocol):
    """What the events of libyaml have between them; each has only the fields of its kind."""

    value: str
    style: str
    flow_style: bool
    anchor: str | None
    tag: str | None
    start_mark: _Mark
    end_mark: _Mark


def build(origin: Origin) -> Reading:
    """Read the text of `origin`, which must hold no character that `FORBIDDEN` matches. Never raises."""
    reading = Reading()
    try:
        with collector_paused():
            _read(origin, reading)
    except MarkedYAMLError as error:
        reading.stop = Stop(
            problem=str(error.problem or ""),
            at=_offset(cast("_Mark | None", error.problem_mark), origin),
            context=str(error.context or ""),
            since=_offset(cast("_Mark | None", error.context_mark), origin),
        )
    return reading


def merge(children: list[Node], start: int, end: int, origin: Origin, slips: list[Slip]) -> MapNode:
    """The map of `children`, keys and values by turns, without the entries that the form refuses."""
    entries: list[Entry] = []
    seen: dict[str, TextNode] = {}
    for key, value in zip(children[::2], children[1::2], strict=True):
        if type(key) is not TextNode:
            slips.append(Slip("key", key.start, key.end, ""))
        elif key.text == "<<" and not key.quoted:
            slips.append(Slip("merge", key.start, key.end, "<<"))
        elif key.text in seen:
            first = seen[key.text]
            last = value.end if type(value) is ListNode and value.children else None
            slips.append(Slip("twice", key.start, key.end, key.text, (first.start, first.end), last))
        else:
            seen[key.text] = key
            entries.append(Entry(key, value))
    return MapNode(tuple(entries), start, end, origin)


def _offset(mark: _Mark | None, origin: Origin) -> int | None:
    return None if mark is None else mark.index + origin.offset


def _read(origin: Origin, reading: Reading) -> None:
    """The hot loop: one pass, no recursion, a stack of (members so far, start, whether in brackets)."""
    next_event = cast("Callable[[], _Event]", CParser(origin.text).get_event)
    offset, slips = origin.offset, reading.slips
    members: list[Node] = []
    outermost = members
    stack: list[tuple[list[Node], int, bool]] = []
    while True:
        event = next_event()
        kind: type[object] = type(event)
        if kind is ScalarEvent:
            style = event.style
            text = TextNode(
                event.value,
                event.start_mark.index + offset,
                event.end_mark.index + offset,
                style != "",
                origin,
            )
            if style and style != "'":
                text = _settled(text, style, slips)
            members.append(text)
            if event.tag is not None or event.anchor is not None:
                _note_decoration(event, text, slips)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            start = event.start_mark.index + offset
            if len(stack) >= DEEPEST:
                reading.stop = Stop("nested too deeply", start)
                return
            if event.tag is not None or event.anchor is not None:
                _note_decoration(event, TextNode("", start, start + 1, False, origin), slips)
            stack.append((members, start, event.flow_style))
            members = []
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            outer, start, in_brackets = stack.pop()
            end = event.end_mark.index + offset if in_brackets or not members else members[-1].end
            if kind is MappingEndEvent:
                outer.append(merge(members, start, end, origin, slips))
            else:
                outer.append(ListNode(tuple(members), start, end, origin))
            members = outer
        elif kind is AliasEvent:
            members.append(_alias(event, origin, slips))
        elif kind is StreamEndEvent:
            reading.root = outermost[0] if outermost else None
            return
        elif kind is DocumentStartEvent and outermost:
            slips.append(
                Slip("documents", event.start_mark.index + offset, event.end_mark.index + offset, "---")
            )
            reading.root = outermost[0]
            return


def _settled(text: TextNode, style: str, slips: list[Slip]) -> TextNode:
    """A block of text ends at its last letter, not below; escapes may not smuggle controls in."""
    if style == '"':
        smuggled = FORBIDDEN.search(text.text)
        if smuggled:
            slips.append(Slip("escape", text.start, text.end, f"U+{ord(smuggled[0][0]):04X}"))
            return text._replace(text=FORBIDDEN.sub("\ufffd", text.text))
        return text
    origin = text.origin
    spelt = origin.text[text.start - origin.offset : text.end - origin.offset]
    return text._replace(end=text.start + len(spelt.rstrip()))


def _note_decoration(event: _Event, text: TextNode, slips: list[Slip]) -> None:
    if event.tag is not None:
        slips.append(Slip("tag", text.start, text.end, str(event.tag)))
    else:
        slips.append(Slip("anchor", text.start, text.end, f"&{event.anchor}"))


def _alias(event: _Event, origin: Origin, slips: list[Slip]) -> TextNode:
    start, end = event.start_mark.index + origin.offset, event.end_mark.index + origin.offset
    slips.append(Slip("alias", start, end, f"*{event.anchor}"))
    return TextNode(f"*{event.anchor}", start, end, True, origin)
