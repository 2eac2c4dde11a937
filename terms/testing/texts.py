"""The same record in other words, and records with faults: small operations on text and their interpreters.

An operation says where by counting around, so it applies to every text and any sub-list of operations is one.
"""

import json
import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from terms.core.event import Event
from terms.core.header import Header
from terms.records.writing import write_event, write_record, write_spelled

STYLES = ("brackets", "remark", "turned", "apart")
"""How an event may be spelled otherwise: as JSON, with remarks, its keys turned around, with blank lines."""
WHOLE = ("remark", "marked", "windows", "order")
"""How a whole file may: a remark above, a byte order mark, other line ends, its sections in another order."""
ODD = ("{", "}", "[", "]", '"', "'", ":", ": ", " #", "- ", "\t", "|", ">", "&a", "*a", "!t", "%", "@", "`", ",", "\r",
       "\x00", "\u2028", "\ufeff", "é", "مرحبا", "<<: ", "---\n", "...\n", "? ", "~", "\\", "\n", "\n\n", "  ", "x-",
       "$name", "not stated", "yes", "12:30", "30 km", "e1/option-1", "any of [a, b]", "id", "kind", "terms", "of")  # fmt: skip
SPOILING = ("cut", "drop-line", "insert", "exchange", "double-line", "indent", "swap-lines", "end")
"""How a text may be spoiled, the smallest change first."""


class Style(Struct, frozen=True):
    """One way to spell: the event counted around, or the whole file."""

    name: str
    place: int = 0


def respelled(header: Header, events: Sequence[Event], styles: Sequence[Style]) -> str:
    """The text of a record that means the same as the canonical one."""
    plain = write_record(header, events)
    head = plain[: plain.rindex("\nevents:") + 1]
    told = [write_event(event) for event in events]
    for style in styles:
        if events and style.name in STYLES:
            at = style.place % len(events)
            told[at] = _event(events[at], style.name)
    text = f"{head}events:\n{chr(10).join(told)}" if told else f"{head}events: []\n"
    for name in (name for name in WHOLE if any(style.name == name for style in styles)):
        text = _whole(text, name)
    return text


def _event(event: Event, style: str) -> str:
    words = event.words()
    if style == "brackets":
        return f"  - {json.dumps(words, ensure_ascii=False)}\n"
    if style == "turned":
        return write_spelled(dict(reversed(words.items())))
    if style == "apart":
        return "\n\n" + write_event(event) + "\n"
    first, rest = write_event(event).split("\n", 1)
    return f"  # as it was told\n{first}  # its name\n{rest}"


def _whole(text: str, style: str) -> str:
    if style == "remark":
        return "# Told again in other words\n\n" + text
    if style == "marked":
        return "\ufeff" + text
    if style == "windows":
        return text.replace("\n", "\r\n")
    first, *sections = re.split(r"\n(?=[a-z][a-z-]*:)", text)
    return "\n".join(part.rstrip("\n") for part in (first, *reversed(sections))) + "\n"


# ---- spoiling -------------------------------------------------------------------------------------


class Spoil(Struct, frozen=True):
    """One small damage: what is done, where (counted around), and how much or with what."""

    name: str
    place: int = 0
    size: int = 0


def spoiled(text: str, damage: Sequence[Spoil]) -> str:
    """The text after every damage in turn."""
    for one in damage:
        text = _SPOIL[one.name](text, one)
    return text


def _cut(text: str, one: Spoil) -> str:
    at = one.place % (len(text) + 1)
    return text[:at] + text[at + one.size % 40 + 1 :]


def _insert(text: str, one: Spoil) -> str:
    at = one.place % (len(text) + 1)
    return text[:at] + ODD[one.size % len(ODD)] + text[at:]


def _exchange(text: str, one: Spoil) -> str:
    """A word of the text in place of another: well-formed more often than not, and wrong in meaning."""
    words = [*re.finditer(r"[\w./-]+", text)]
    if not words:
        return text
    out, other = words[one.place % len(words)], words[one.size % len(words)]
    return text[: out.start()] + other[0] + text[out.end() :]


def _end(text: str, one: Spoil) -> str:
    return text[: one.place % (len(text) + 1)]


def _lines(change: Callable[[list[str], int, Spoil], None]) -> Callable[[str, Spoil], str]:
    def spoil(text: str, one: Spoil) -> str:
        lines = text.split("\n")
        change(lines, one.place % len(lines), one)
        return "\n".join(lines)

    return spoil


def _drop_line(lines: list[str], at: int, one: Spoil) -> None:
    del lines[at]


def _double_line(lines: list[str], at: int, one: Spoil) -> None:
    lines.insert(one.size % len(lines), lines[at])


def _indent(lines: list[str], at: int, one: Spoil) -> None:
    lines[at] = " " * (one.size % 9) + lines[at].lstrip(" ")


def _swap_lines(lines: list[str], at: int, one: Spoil) -> None:
    other = one.size % len(lines)
    lines[at], lines[other] = lines[other], lines[at]


_SPOIL: dict[str, Callable[[str, Spoil], str]] = {
    "cut": _cut,
    "insert": _insert,
    "exchange": _exchange,
    "end": _end,
    "drop-line": _lines(_drop_line),
    "double-line": _lines(_double_line),
    "indent": _lines(_indent),
    "swap-lines": _lines(_swap_lines),
}
