"""Writing to the terminal or a pipe: width, colour, wrapping, JSON; all text is cleaned on its way."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from msgspec import Struct

from terms.cli.config import settings
from terms.ground.widths import cells, clean

DEFAULT_WIDTH = 80
WIDEST_HANGING = 20
"""Columns up to which further lines stand under the text behind a label; else there is no room."""
_BOLD, _END = "\x1b[1m", "\x1b[0m"


class Output:
    """Where a verb's answer goes. `width` in columns; `color` only ever adds emphasis."""

    def __init__(self, *, width: int, color: bool) -> None:
        self.width = width
        self.color = color
        self._stream = sys.stdout

    def line(self, text: str = "") -> None:
        """One line, cleaned."""
        self._stream.write(clean(text).rstrip() + "\n")

    def laid_out(self, text: str) -> None:
        """Text that is cleaned and laid out already, such as rendered faults."""
        self._stream.write(text)

    def heading(self, text: str) -> None:
        """A line that stands out where colour is on; wrapped like any other."""
        for line in wrapped(text, self.width):
            self._stream.write(f"{_BOLD}{line}{_END}\n" if self.color else line + "\n")

    def wrapped(self, text: str, *, indent: int = 0, hanging: int | None = None) -> None:
        """Text broken at spaces to fit the width; `hanging` is the indent of the lines after the first."""
        for line in wrapped(text, self.width, indent=indent, hanging=indent if hanging is None else hanging):
            self._stream.write(line.rstrip() + "\n")

    def table(self, rows: Iterable[tuple[str, ...]], *, indent: int = 2, gap: int = 2) -> None:
        """Columns as wide as their widest cell, the last one wrapped to what is left."""
        listed = [tuple(clean(cell) for cell in row) for row in rows]
        if not listed:
            return
        widths = [max(cells(row[place]) for row in listed) for place in range(len(listed[0]) - 1)]
        for row in listed:
            head = " " * indent + "".join(
                cell + " " * (width - cells(cell) + gap) for cell, width in zip(row[:-1], widths, strict=True)
            )
            self.labelled(head, row[-1])

    def labelled(self, head: str, text: str) -> None:
        """`text` behind `head`, its further lines under its beginning unless that is too far in."""
        start = cells(head)
        hanging = start if start <= WIDEST_HANGING else 6
        for line in wrapped(head + text, self.width, hanging=hanging):
            self._stream.write(line.rstrip() + "\n")

    def entry(self, label: str, text: str) -> None:
        """One member of a list: `label: text`, its further lines a little further in than its first."""
        for line in wrapped(f"  {label}: {text}", self.width, hanging=6):
            self._stream.write(line.rstrip() + "\n")

    def json(self, verb: str, payload: Mapping[str, object], *, version: int = 1) -> None:
        """One JSON object with the name and version of its schema first."""
        whole = {"schema": f"terms/{verb}/{version}", **{key: plain(value) for key, value in payload.items()}}
        self._stream.write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")


def output(options: argparse.Namespace) -> Output:
    """The output that the options, the settings and the terminal ask for."""
    found = settings(no_config=options.no_config)
    width = getattr(options, "width", None) or _setting_width(found.text("width")) or _terminal_width()
    return Output(width=width, color=wants_color(options.color or found.text("color") or "auto"))


def wants_color(choice: str) -> bool:
    """Whether to colour: as asked, else on a terminal unless NO_COLOR is set to anything."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def wrapped(text: str, width: int, *, indent: int = 0, hanging: int = 0) -> list[str]:
    """Lines of at most `width` cells, broken at spaces; a word that is longer stands alone and is not cut."""
    lines: list[str] = []
    safe = clean(text)
    lead = len(safe) - len(safe.lstrip(" "))
    line = " " * (indent + lead)
    empty = True
    for word in _words(safe.lstrip(" ")):
        if not empty and cells(line) + cells(word.rstrip()) > width:
            lines.append(line.rstrip())
            line, empty = " " * hanging, True
            word = word.lstrip(" ")
        line += word
        empty = empty and not word.strip()
    return [*lines, line.rstrip()]


def _words(text: str) -> Iterable[str]:
    """The words of a line, each with the spaces before it, so that columns stay where they are."""
    start = 0
    for place in range(1, len(text)):
        if text[place] == " " and text[place - 1] != " ":
            yield text[start:place]
            start = place
    yield text[start:]


def plain(value: object) -> object:
    """A view as JSON has it: amounts and dates as text, rows as objects, tuples as lists."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str | Decimal | Fraction):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((plain(one) for one in value), key=str)
    if isinstance(value, Iterable):
        return [plain(one) for one in value]
    if isinstance(value, Struct):
        text = getattr(value, "text", None)
        if isinstance(text, str) and type(value).__name__ == "Edtf":
            return text
        named = {name: getattr(value, name) for name in value.__struct_fields__ if not name.startswith("_")}
        return {name: plain(inner) for name, inner in named.items()}
    return str(value)


def _key(key: object) -> str:
    return "/".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


def _terminal_width() -> int:
    if not sys.stdout.isatty():
        return DEFAULT_WIDTH
    import shutil  # it brings every compression along, and a pipe has no width

    return shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns


def _setting_width(words: str | None) -> int | None:
    return int(words) if words is not None and words.isdigit() else None
