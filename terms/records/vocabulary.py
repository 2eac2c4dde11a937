"""The kinds of term that records may use without declaring them, or declare terms of their own by.

They are data: `vocabulary.yaml` holds the default ones, and a record may name a file of its own.
"""

from collections.abc import Mapping
from functools import lru_cache
from pkgutil import get_data

from msgspec import Struct

from terms.core.header import Header
from terms.ground.diagnostics import Diagnostic
from terms.ground.ids import is_name
from terms.ground.nodes import MapNode, TextNode
from terms.ground.tree import read_tree
from terms.records.faults import error
from terms.records.names import Declared
from terms.records.notebook import Notebook
from terms.records.shapes import shape_of
from terms.values import Declaration

KEYS = ("type", "unit", "of", "group", "about", "source")


class Entry(Struct, frozen=True):
    """One kind of term: how its values look, the group it stands in, what it is about, who names it so."""

    id: str
    declaration: Declaration
    group: str = ""
    about: str = ""
    sources: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def default_vocabulary() -> Mapping[str, Entry]:
    """The vocabulary that ships with the program, by id, in the order of the file."""
    content = get_data("terms.records", "vocabulary.yaml") or b""
    entries, _ = read_vocabulary(content.decode("utf-8"), "vocabulary.yaml")
    return entries


def read_vocabulary(text: str, path: str) -> tuple[Mapping[str, Entry], tuple[Diagnostic, ...]]:
    """The kinds of term that a file lists, by id, and its faults."""
    tree = read_tree(text, path)
    note = Notebook(Declared(Header()))
    note.faults.extend(tree.faults)
    found: dict[str, Entry] = {}
    if not isinstance(tree.root, MapNode):
        if not tree.faults:
            note.faults.append(error("E105", "a vocabulary is a map of names to what they stand for", None))
        return found, tuple(note.faults)
    for key, value in tree.root.entries:
        if key.text.startswith("x-") or key.text == "format":
            continue
        entry = _entry(key, value, note)
        if entry is not None:
            found[key.text] = entry
    return found, tuple(note.faults)


def _entry(key: TextNode, value: object, note: Notebook) -> Entry | None:
    if not is_name(key.text) or not isinstance(value, MapNode):
        note.error("E105", f"'{key.text}' takes keys and values", key.place, f"keys: {', '.join(KEYS)}")
        return None
    texts: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for word, inner in value.entries:
        if word.text in ("of", "source"):
            lists[word.text] = tuple(one.text for one in note.texts(word.text, inner) or ())
        elif word.text in KEYS:
            texts[word.text] = note.text(word.text, inner) or ""
        elif not word.text.startswith("x-"):
            note.unknown_key(word, KEYS)
    if not texts.get("type"):
        note.error(
            "E103", f"'{key.text}' has no 'type'", key.place, f"{shape_of(value)} with type: is wanted"
        )
        return None
    declaration = Declaration(texts["type"], texts.get("unit"), lists.get("of", ()))
    return Entry(
        key.text, declaration, texts.get("group", ""), texts.get("about", ""), lists.get("source", ())
    )
