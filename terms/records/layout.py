"""Laying words out as the YAML of records: what needs quotes, what fits on a line, what becomes a block.

Whatever is written here reads back to the same words. Quotes are used only where the text would be read
as something else without them; a text of several lines stands as a block behind `|`.
"""

import re
from collections.abc import Iterator

from terms.ground.patterns import late
from terms.ground.words import Plain

WIDTH = 100  # a line of brackets longer than this is broken up, one member a line

_STARTS_ODDLY = late(r"[,\[\]{}#&*!|>'\"%@`]|[-?:](?:\s|$)|\s|---|\.\.\.")
_ODD = late(r":(?:\s|$)|\s#|[\n\r\t]|\s$")
_ODD_IN_BRACKETS = late(r"[,\[\]{}?]|:[\s,\[\]{}\"']|:$|^[-:]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def scalar(text: str, *, in_brackets: bool = False) -> str:
    """A text on one line: plain where that reads back to it, else in quotes."""
    plain = text and not _STARTS_ODDLY.match(text) and not _ODD.search(text)
    if plain and not (in_brackets and _ODD_IN_BRACKETS.search(text)):
        return text
    if re.search(r"[\n\r\t]", text):
        return '"' + "".join(_ESCAPES.get(sign, sign) for sign in text) + '"'
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def key(text: str) -> str:
    """A key: as a text in brackets, since there too a colon or comma would end it."""
    return f'"{text}"' if text == "<<" else scalar(text, in_brackets=True)


def flow(words: Plain) -> str:
    """Words on one line, in brackets where they are a list or a map."""
    if isinstance(words, str):
        return scalar(words, in_brackets=True)
    if isinstance(words, list):
        return f"[{', '.join(flow(one) for one in words)}]"
    return "{" + ", ".join(f"{key(name)}: {flow(inner)}" for name, inner in words.items()) + "}"


def entry(name: str, words: Plain, indent: int, *, is_open: bool = False) -> Iterator[str]:
    """The lines of one `key: value` at this indent. `is_open` keeps a map out of brackets."""
    lead = f"{' ' * indent}{key(name)}:"
    if isinstance(words, str):
        yield from _text(lead, words, indent)
    elif not words or (not (is_open and isinstance(words, dict)) and _fits(lead, words)):
        yield f"{lead} {flow(words)}"
    else:
        yield lead
        yield from _block(words, indent + 2)


def _fits(lead: str, words: Plain) -> bool:
    line = flow(words)
    return len(lead) + 1 + len(line) <= WIDTH and "\\n" not in line


def _block(words: Plain, indent: int) -> Iterator[str]:
    if isinstance(words, dict):
        for name, inner in words.items():
            yield from entry(name, inner, indent)
        return
    for one in words:
        yield from member(one, indent)


def member(words: Plain, indent: int, *, is_open: bool = False) -> Iterator[str]:
    """The lines of one member of a list, its dash at this indent."""
    lead = f"{' ' * indent}-"
    if isinstance(words, str):
        yield from _text(lead, words, indent)
    elif not words or (not is_open and _fits(lead, words)):
        yield f"{lead} {flow(words)}"
    else:
        lines = [*_block(words, indent + 2)]
        yield f"{lead} {lines[0].lstrip(' ')}"
        yield from lines[1:]


def _text(lead: str, text: str, indent: int) -> Iterator[str]:
    if not _can_be_block(text):
        yield f"{lead} {scalar(text)}"
        return
    body = text.removesuffix("\n")
    yield f"{lead} {'|' if text.endswith(chr(10)) else '|-'}"
    for line in body.split("\n"):
        yield f"{' ' * (indent + 2)}{line}" if line else ""


def _can_be_block(text: str) -> bool:
    """Whether a text of several lines survives as a block: no odd white space at its edges."""
    if "\n" not in text.removesuffix("\n") or "\r" in text or "\t" in text:
        return False
    lines = text.removesuffix("\n").split("\n")
    if not lines[-1] or lines[0][:1].isspace() or not lines[0]:
        return False
    return all(not line or not line.isspace() for line in lines)
