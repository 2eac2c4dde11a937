"""Writing records as canonical text, and as one line of JSON an event.

Reading what was written gives an equal record. Declarations stand a line each, events as people write
them: one key a line in a fixed order, one blank line between two.
"""

import json
from collections.abc import Iterable, Mapping

from msgspec import NODEFAULT, Struct

from terms.core.event import Event, read_event
from terms.core.header import Header, Term
from terms.ground.canonical import canonical_json
from terms.ground.dates import Edtf
from terms.ground.errors import TermsError
from terms.ground.words import FrozenWords, Plain, freeze, thaw
from terms.records.declarations import LINKS, SECTIONS, Section
from terms.records.layout import entry
from terms.records.reading import read_text
from terms.records.renewing import FORM

FORMAT = FORM
OPEN_KEYS = ("terms", "all-of", "one-of", "order", "figures", "with", "differs", "that", "reservations")
"""Keys of an event whose maps are written out, one name a line, however short they are."""


class UnreadableLines(TermsError):
    """JSON Lines whose first line is no header of a record, or whose later lines are no events."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line} is not part of a record: {reason}")
        self.line = line


def write_record(header: Header, events: Iterable[Event]) -> str:
    """The canonical text of a record."""
    lines = _header_lines(header)
    told = [write_event(event) for event in events]
    if not told:
        return "\n".join([*lines, "", "events: []", ""])
    return "\n".join([*lines, "", "events:", "\n".join(told)])


def write_event(event: Event, *, indent: int = 2) -> str:
    """The lines of one event, its dash at `indent`, with a line end behind the last."""
    return write_spelled(event.words(), indent=indent)


def write_spelled(spelled: Mapping[str, Plain], *, indent: int = 2) -> str:
    """The lines of an event as it is spelled, whether or not it could be built."""
    lines: list[str] = []
    for name, words in spelled.items():
        lines += entry(name, words, indent + 2, is_open=name in OPEN_KEYS)
    first = f"{' ' * indent}- {lines[0].lstrip(' ')}" if lines else f"{' ' * indent}- {{}}"
    return "\n".join([first, *lines[1:], ""])


def header_words(header: Header) -> dict[str, Plain]:
    """The header as a file would spell it: only what was declared, section by section."""
    spelled: dict[str, Plain] = {"format": FORMAT}
    if header.title:
        spelled["title"] = header.title
    if header.tick != "day":
        spelled["tick"] = header.tick
    for name, section in SECTIONS.items():
        declared = {one.id: _declaration(one, section) for one in getattr(header, name)}
        if declared:
            spelled[name] = declared
    if isinstance(header.x, FrozenWords):
        spelled |= {name: thaw(words) for name, words in header.x.items()}
    return spelled


def _header_lines(header: Header) -> list[str]:
    lines: list[str] = []
    for name, words in header_words(header).items():
        if name in SECTIONS:
            lines.append("")
        lines += entry(name, words, 0, is_open=name in SECTIONS)
    return lines


def _declaration(declared: Struct, section: Section) -> Plain:
    """One declaration in words; a bare text where that says it all."""
    defaults = dict(
        zip(reversed(declared.__struct_fields__), reversed(declared.__struct_defaults__), strict=False)
    )
    spelled: dict[str, Plain] = _typed(declared) if isinstance(declared, Term) else {}
    links = dict(getattr(declared, "links", ()))
    for name, wanted in section.keys.items():
        if name in LINKS:
            if name in links:
                spelled[name] = links[name]
            continue
        value = getattr(declared, wanted.field) if wanted.field else None
        is_own_name = wanted.field == "name" and value == getattr(declared, "id", None)
        if (
            value is None
            or (value == defaults.get(wanted.field, NODEFAULT) and wanted.field != "shape")
            or is_own_name
        ):
            continue
        spelled[name] = _plain(value)
    extra = getattr(declared, "x", ())
    if isinstance(extra, FrozenWords):
        spelled |= {name: thaw(words) for name, words in extra.items()}
    if section.short and set(spelled) == {section.short}:
        return spelled[section.short]
    return spelled


def _typed(term: Term) -> dict[str, Plain]:
    spelled: dict[str, Plain] = {"type": term.declaration.type}
    if term.declaration.unit is not None:
        spelled["unit"] = term.declaration.unit
    if term.declaration.of:
        spelled["of"] = list(term.declaration.of)
    return spelled


def _plain(value: object) -> Plain:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Edtf):
        return value.text
    return thaw(freeze(value))


# ---- one line an event --------------------------------------------------------------------------


def to_json_lines(header: Header, events: Iterable[Event]) -> str:
    """The record as JSON Lines in canonical form: the header on the first line, then an event a line.

    Raises:
        NotCanonical: a name in it is not ASCII.
    """
    rows = [_in_order(header_words(header)), *(event.words() for event in events)]
    return "".join(canonical_json(row).decode() + "\n" for row in rows)


def _in_order(spelled: dict[str, Plain]) -> dict[str, Plain]:
    """The header with each section as a list of [id, what it stands for]: keys of JSON have no order."""
    return {
        name: [[one, inner] for one, inner in words.items()]
        if name in SECTIONS and isinstance(words, dict)
        else words
        for name, words in spelled.items()
    }


def from_json_lines(text: str) -> tuple[Header, tuple[Event, ...]]:
    """The header and events that JSON Lines hold. For what this program wrote: faults are not gathered.

    Raises:
        UnreadableLines: a line is none of a record.
    """
    first, *rest = [line for line in text.split("\n") if line] or [""]
    return _header(first), tuple(_event(line, number) for number, line in enumerate(rest, start=2))


def _header(line: str) -> Header:
    spelled = _object(line, 1)
    lines: list[str] = []
    for name, words in spelled.items():
        if name in SECTIONS and isinstance(words, list):
            words = {str(pair[0]): pair[1] for pair in words if isinstance(pair, list) and len(pair) == 2}
        lines += entry(name, words, 0, is_open=name in SECTIONS)
    record = read_text("\n".join([*lines, "events: []", ""]), "header")
    if record.has_errors:
        raise UnreadableLines(1, record.diagnostics[0].message)
    return record.header


def _event(line: str, number: int) -> Event:
    try:
        return read_event(_object(line, number))
    except (KeyError, ValueError, TermsError) as fault:
        raise UnreadableLines(number, str(fault)) from fault


def _object(line: str, number: int) -> dict[str, Plain]:
    try:
        spelled = json.loads(line)
    except ValueError as fault:
        raise UnreadableLines(number, str(fault)) from fault
    if not isinstance(spelled, dict):
        raise UnreadableLines(number, "it is no JSON object")
    return spelled
