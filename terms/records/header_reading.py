"""Reading the declarations of a record: from the keys above `events:` to a frozen header.

Declarations are read in one pass and checked against each other in a second, since a party may be named
before it is declared. A declaration with a fault is left out and its name kept as known, so that one
mistake gives one message.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from terms.core.header import Header, Term
from terms.ground.dates import Edtf, read_date
from terms.ground.diagnostics import Diagnostic, Related
from terms.ground.errors import BadDate
from terms.ground.ids import is_name, is_source_id
from terms.ground.nodes import Entry, ListNode, MapNode, Node, TextNode
from terms.ground.places import Place
from terms.ground.words import FrozenWords, Words
from terms.records.declarations import HEADER_KEYS, LINKS, SECTIONS, TICKS, Key, Section
from terms.records.faults import error
from terms.records.guesses import date_ways
from terms.records.names import TERM, Declared, Role
from terms.records.notebook import Notebook
from terms.records.renewing import FORM, is_newer
from terms.records.shapes import says_nothing, shape_of, words_of
from terms.records.term_reading import TermReader
from terms.records.wordings import check_order

NO_HEADER = Header()


@dataclass
class Draft:
    """What has been read of the declarations so far. Grows inside this module only."""

    made: dict[str, dict[str, object]] = field(default_factory=lambda: {section: {} for section in SECTIONS})
    places: dict[str, Place] = field(default_factory=dict)
    types: dict[str, Place] = field(default_factory=dict)
    names: list[tuple[TextNode, Role]] = field(default_factory=list)
    orders: list[Node] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    settings: dict[str, str] = field(default_factory=dict)
    x: dict[str, Words] = field(default_factory=dict)


def read_header(
    files: Iterable[tuple[tuple[Entry, ...], bool]], terms: TermReader, lost: frozenset[str]
) -> tuple[Declared, list[Diagnostic]]:
    """The declarations of all files of a record, and their faults.

    `files` are the keys of each file and whether it is the head file. `lost` are names from pieces that
    could not be read.
    """
    note = Notebook(Declared(NO_HEADER, lost=lost))
    draft = Draft(lost=set(lost))
    for entries, is_head in files:
        _read_file(entries, draft, note, terms, is_head=is_head)
    declared = _declared(draft, terms)
    check = Notebook(declared)
    for node, role in draft.names:
        check.name(node, role)
    for statement in draft.orders:
        check_order(statement, check)
    for pending in check.pending:
        if not declared.is_happening(pending.name):
            message = f"happening '{pending.name}' is not declared"
            check.error("E208", message, pending.node.place, *declared.happenings_like(pending.name))
    return declared, [*note.faults, *check.faults]


def _declared(draft: Draft, terms: TermReader) -> Declared:
    parts = {section: tuple(made.values()) for section, made in draft.made.items()}
    header = Header(
        title=draft.settings.get("title", ""),
        tick=draft.settings.get("tick", "day"),
        x=FrozenWords(draft.x) if draft.x else (),
        **parts,  # type: ignore[arg-type]
    )
    places = {**draft.places, **{f"type/{term}": place for term, place in draft.types.items()}}
    unused = {name: word for name, word in terms.vocabulary.items() if name not in header.term}
    return Declared(header, places, unused, frozenset(draft.lost))


def _read_file(
    entries: tuple[Entry, ...], draft: Draft, note: Notebook, terms: TermReader, *, is_head: bool
) -> None:
    for key, value in entries:
        name = key.text
        if name in SECTIONS:
            _read_section(name, value, draft, note, terms)
        elif name.startswith("x-"):
            draft.x[name] = words_of(value)
        elif name == "title" and is_head:
            draft.settings[name] = note.text(name, value) or ""
        elif name == "tick" and is_head:
            _read_tick(value, draft, note)
        elif name not in HEADER_KEYS:
            note.unknown_key(key, HEADER_KEYS)
        elif not is_head and name in ("title", "tick", "vocabulary"):
            note.error("E102", f"'{name}' stands in the head file only", key.place, "leave it out here")


def _read_tick(value: Node, draft: Draft, note: Notebook) -> None:
    if isinstance(value, TextNode) and value.text in TICKS:
        draft.settings["tick"] = value.text
    else:
        note.unknown_word("tick", value, TICKS)


def _read_section(name: str, value: Node, draft: Draft, note: Notebook, terms: TermReader) -> None:
    if isinstance(value, TextNode) and value.is_empty:
        return
    section = SECTIONS[name]
    if isinstance(value, ListNode) and name == "stages":
        for node in value.children:
            if isinstance(node, TextNode):
                _declare(name, node, node._replace(text=""), section, draft, note, terms)
            else:
                note.error("E105", f"a stage is a name, not {shape_of(node)}", node.place)
        return
    if not isinstance(value, MapNode):
        note.error(
            "E105", f"'{name}' takes names and what they stand for, not {shape_of(value)}", value.place
        )
        return
    for key, inner in value.entries:
        _declare(name, key, inner, section, draft, note, terms)


def _declare(
    name: str, key: TextNode, value: Node, section: Section, draft: Draft, note: Notebook, terms: TermReader
) -> None:
    known = draft.made[name]
    place = draft.places.get(f"{name}/{key.text}")
    if place is not None:
        first = (Related(place, "first declared here"),)
        note.error("E201", f"'{key.text}' is declared twice under {name}", key.place, related=first)
        return
    draft.places[f"{name}/{key.text}"] = key.place
    faults = len(note.faults)
    if not (is_source_id(key.text) if name == "sources" else is_name(key.text)):
        note.error("E108", f"'{key.text}' cannot be a name here", key.place, _spelling(key.text, name))
    fields = _read_fields(name, key, value, section, draft, note)
    made: object = None
    if name == "terms":
        made = terms.read(key, value, fields, note)
        typed = value.entry("type") if isinstance(value, MapNode) else None
        draft.types[key.text] = typed.value.place if typed else key.place
    elif len(note.faults) == faults:
        made = section.makes(key.text, **fields)
    if made is None or len(note.faults) > faults:
        draft.lost.add(key.text)
    else:
        known[key.text] = made


def _spelling(text: str, section: str) -> str:
    capitals = "letters, digits" if section == "sources" else "small letters, digits"
    near = "-".join("".join(c if c.isalnum() or c == "." else " " for c in text.lower()).split())
    hint = f": did you mean '{near}'?" if is_name(near) and near != text else ""
    return f"a name is made of {capitals}, hyphens and, but for sources, dots, and begins with a letter{hint}"


def _read_fields(
    name: str, key: TextNode, value: Node, section: Section, draft: Draft, note: Notebook
) -> dict[str, object]:
    """The fields of one declaration. What has no field of its own stays under its key."""
    fields: dict[str, object] = {}
    if name in ("parties", "persons"):
        fields["name"] = key.text
    if isinstance(value, TextNode):
        if value.text and section.short:
            _put(section.short, value, section.keys[section.short], fields, draft, note)
        elif value.text or section.short not in ("name", "title", "is"):
            note.error(
                "E105", f"'{key.text}' takes keys and values", value.place, f"keys: {', '.join(section.keys)}"
            )
        return fields
    if isinstance(value, ListNode):
        note.error("E105", f"'{key.text}' takes keys and values, not a list", value.place)
        return fields
    _read_map(key, value, section, fields, draft, note)
    return fields


def _read_map(
    key: TextNode, value: MapNode, section: Section, fields: dict[str, object], draft: Draft, note: Notebook
) -> None:
    extra: dict[str, Words] = {}
    for entry in value.entries:
        word = entry.key.text
        if word in section.keys:
            _put(word, entry.value, section.keys[word], fields, draft, note)
        elif word.startswith("x-"):
            extra[word] = words_of(entry.value)
        else:
            note.unknown_key(entry.key, section.keys)
    if extra:
        fields["x"] = FrozenWords(extra)
    links = tuple((link, str(fields.pop(link))) for link in LINKS if link in fields)
    if links:
        fields["links"] = links
    for word, wanted in section.keys.items():
        if wanted.is_required and value.entry(word) is None:
            note.error("E103", f"'{key.text}' has no '{word}'", key.place, _required(word, wanted))


def _required(word: str, wanted: Key) -> str:
    return f"write {word}: and one of {', '.join(wanted.words)}" if wanted.words else f"write {word}:"


def _put(word: str, node: Node, wanted: Key, fields: dict[str, object], draft: Draft, note: Notebook) -> None:
    """Read one key into its field, noting names for the second pass."""
    if word == "consent" and says_nothing(node):
        note.error(
            "E304",
            "an empty consent would make anything agreed by nobody",
            node.place,
            "name the parties, or leave it out",
        )
        return
    if says_nothing(node):
        note.nothing(word, node.place)
        return
    found = _READ[wanted.takes](word, node, wanted, note)
    if found is None:
        return
    fields[wanted.field or word] = found
    if wanted.role is not None:
        draft.names += [(text, wanted.role) for text in _names(node)]
    if wanted.takes == "order":
        draft.orders.append(node)


def _names(node: Node) -> tuple[TextNode, ...]:
    members = node.children if isinstance(node, ListNode) else (node,)
    return tuple(member for member in members if isinstance(member, TextNode))


def _text(word: str, node: Node, wanted: Key, note: Notebook) -> object:
    return note.text(word, node)


def _texts(word: str, node: Node, wanted: Key, note: Notebook) -> object:
    found = note.texts(word, node)
    return None if found is None else tuple(text.text for text in found)


def _flag(word: str, node: Node, wanted: Key, note: Notebook) -> object:
    if isinstance(node, TextNode) and node.text in ("yes", "no"):
        return node.text == "yes"
    note.unknown_word(word, node, ("yes", "no"))
    return None


def _word(word: str, node: Node, wanted: Key, note: Notebook) -> object:
    if isinstance(node, TextNode) and node.text in wanted.words:
        return node.text
    note.unknown_word(word, node, wanted.words)
    return None


def _date(word: str, node: Node, wanted: Key, note: Notebook) -> object:
    text = note.text(word, node)
    return None if text is None else date_of(text, node, note)


def date_of(text: str, node: Node, note: Notebook) -> Edtf | None:
    """The date that a text spells; None with a fault when it spells none."""
    try:
        return read_date(text)
    except BadDate as fault:
        because = f": {fault.reason}" if fault.reason else ""
        hint = (f"did you mean '{fault.suggestion}'?",) if fault.suggestion else date_ways(text)
        note.error(
            "E301",
            f"'{text}' is not a date{because}",
            node.place,
            *hint,
            "write YYYY-MM-DD, or 2031-03~ for about, 2031-03-04/2031-03-06 for a stretch",
        )
        return None


def _words(word: str, node: Node, wanted: Key, note: Notebook) -> object:
    return words_of(node)


_READ = {
    "text": _text,
    "texts": _texts,
    "flag": _flag,
    "word": _word,
    "date": _date,
    "words": _words,
    "order": _words,
}


def with_vocabulary(header: Header, used: Mapping[str, Term]) -> Header:
    """The header with the terms of the vocabulary that events use without declaring them."""
    return replace(header, terms=(*header.terms, *used.values())) if used else header


def wrong_format(entries: tuple[Entry, ...], path: str, *, is_empty: bool) -> Diagnostic | None:
    """The fault of a file whose `format:` is missing or another's; None when it is ours."""
    found = next((entry.value for entry in entries if entry.key.text == "format"), None)
    help_line = f"a record begins with the line 'format: {FORM}'"
    if found is None:
        what = "the file is empty" if is_empty else "the file does not say its format"
        return error("E101", what, Place(path, 1, 1, 1, 1), help_line)
    if isinstance(found, TextNode) and found.text == FORM:
        return None
    if isinstance(found, TextNode) and is_newer(found.text):
        return error(
            "E115",
            f"'{found.text}' is a form of record that a later version of terms writes",
            found.place,
            f"read it with that version: this one knows forms up to '{FORM}', leaves the file as it is, and reads none of it",
        )
    said = found.text if isinstance(found, TextNode) else shape_of(found)
    other = "a scenario is run, not checked as a record" if said.startswith("terms-scenario") else help_line
    return error("E101", f"'{said}' is not a format of records that is known here", found.place, other)


__all__ = ["TERM", "Draft", "date_of", "read_header", "with_vocabulary", "wrong_format"]
