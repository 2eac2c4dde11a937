"""What a key of an event can hold, whatever it means: a text, a list, a map, a name, a reference, a source.

Every reader here notes its faults and gives back what can be used of the words, or `LEFT_OUT`. They take
the same four things, so that one table can name them all.
"""

from collections.abc import Callable
from typing import Final

from terms.ground.dates import Edtf
from terms.ground.errors import BadReference
from terms.ground.ids import read_reference
from terms.ground.nodes import MapNode, Node, TextNode
from terms.ground.words import FrozenWords, Words
from terms.records import fields
from terms.records.declarations import GRADES
from terms.records.guesses import SHAPES, id_ways
from terms.records.header_reading import date_of
from terms.records.names import SOURCE, Role
from terms.records.notebook import Notebook, Wanted
from terms.records.shapes import members, shape_of, words_of


class LeftOut:
    """The mark of a field that cannot be used."""


LEFT_OUT: Final = LeftOut()
Usable = Words | Edtf | LeftOut
CITATION_KEYS = ("id", "at", "reliability", "credibility", "note")
CLOCKS = ("planned", "actual")


# ---- plain shapes -------------------------------------------------------------------------------


def one_text(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = note.text(key.text, value)
    return LEFT_OUT if found is None else found


def several_texts(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = note.texts(key.text, value)
    return LEFT_OUT if found is None else tuple([text.text for text in found])


def one_word(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    if type(value) is TextNode and value.text in words:
        return value.text
    note.unknown_word(key.text, value, words)
    return LEFT_OUT


def yes_or_no(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    return one_word(key, value, ("yes", "no"), note)


def a_date(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    text = note.text(key.text, value)
    found = None if text is None else date_of(text, value, note)
    return LEFT_OUT if found is None else found


def any_words(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    return words_of(value)


def map_of(key: TextNode, value: Node, note: Notebook) -> MapNode | None:
    if type(value) is MapNode:
        return value
    note.error(
        "E105",
        f"'{key.text}' takes names and what is said of each, not {shape_of(value)}",
        value.place,
        f"write {key.text}: {SHAPES.get(key.text, '{name: ...}')}",
    )
    return None


def free_map(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    """A free map; empty entries are refused, since a comma inside { } makes them."""
    found = map_of(key, value, note)
    if found is None:
        return LEFT_OUT
    if key.text == "time":
        return _clocks(found, note)
    if key.text == "translation":
        return _translation(found, note)
    for entry in found.entries:
        if isinstance(entry.value, TextNode) and entry.value.is_empty:
            note.nothing(entry.key.text, entry.key.place)
    return words_of(found)


def _clocks(node: MapNode, note: Notebook) -> Usable:
    kept: dict[str, Words] = {}
    for entry in node.entries:
        if entry.key.text not in CLOCKS:
            note.unknown_key(entry.key, CLOCKS)
            continue
        text = note.text(entry.key.text, entry.value)
        if text is not None and date_of(text, entry.value, note) is not None:
            kept[entry.key.text] = text
    return FrozenWords(kept) if kept else LEFT_OUT


def _translation(node: MapNode, note: Notebook) -> Usable:
    for entry in node.entries:
        if entry.key.text == "source":
            sources(entry.key, entry.value, (), note)
        elif entry.key.text not in ("text", "lang", "by") and not entry.key.text.startswith("x-"):
            note.unknown_key(entry.key, ("text", "source", "lang", "by"))
    return words_of(node)


# ---- names and references ---------------------------------------------------------------------------


def names(key: TextNode, value: Node, shape: str, role: Role, note: Notebook) -> Usable:
    if shape == fields.ONE:
        text = note.text(key.text, value)
        if text is not None:
            note.name(value, role)  # type: ignore[arg-type]
        return LEFT_OUT if text is None else text
    found = note.texts(key.text, value)
    if found is None:
        return LEFT_OUT
    for text_node in found:
        note.name(text_node, role)
    return tuple([text.text for text in found])


def referring(wanted: Wanted) -> Callable[[TextNode, Node, tuple[str, ...], Notebook], Usable]:
    def check(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
        found = note.texts(key.text, value)
        if found is None:
            return LEFT_OUT
        for node in found:
            refer(node, wanted, note)
        texts = tuple([node.text for node in found])
        return texts[0] if key.text in ("after", "with") else texts

    return check


def refer(node: TextNode, wanted: Wanted, note: Notebook) -> None:
    """Settle a reference by the declarations alone, or leave it to the whole record."""
    name, _, part = node.text.partition("/")
    names = note.declared.names
    if not part:
        settled = name in names["texts"] or name in names["terms"] or name in names["happenings"]
        if settled or (wanted is Wanted.ANY and name in names["sources"]):
            return
    elif name in names["texts"] and part in names["terms"]:
        return
    try:
        read_reference(node.text)
    except BadReference:
        if wanted is not Wanted.ANY and not note.declared.is_happening(node.text):
            note.error(
                "E108",
                f"'{node.text}' does not name anything",
                node.place,
                *id_ways(node.text),
                "write EVENT, EVENT/PART, TEXT or TEXT/TERM",
            )
            return
    note.wait(node.text, wanted, node)


def sources(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    kept: list[Words] = []
    for node in members(value):
        found = _citation(node, note)
        if found is not None:
            kept.append(found)
    return tuple(kept) if kept else LEFT_OUT


def _citation(node: Node, note: Notebook) -> Words | None:
    if type(node) is TextNode:
        name = node.text.strip().partition(" ")[0]
        if not name:
            note.nothing("source", node.place)
            return None
        if name not in note.declared.roles[SOURCE]:
            note.name(
                node._replace(text=name, end=node.start + len(name))
                if not node.quoted
                else node._replace(text=name),
                SOURCE,
            )
        return node.text
    if type(node) is MapNode:
        return _long_citation(node, note)
    note.error(
        "E105", "a source is a declared id and a place in it, not a list", node.place, "write source: M1 p.2"
    )
    return None


def _long_citation(node: MapNode, note: Notebook) -> Words | None:
    kept: dict[str, Words] = {}
    for key, value in node.entries:
        if key.text not in CITATION_KEYS:
            note.unknown_key(key, CITATION_KEYS)
        elif (text := note.text(key.text, value)) is not None:
            if key.text == "id":
                note.name(value, SOURCE)  # type: ignore[arg-type]
            if key.text in GRADES and text not in GRADES[key.text]:
                note.unknown_word(key.text, value, GRADES[key.text])
                continue
            kept[key.text] = text
    if node.entry("id") is None:
        note.error("E103", "this source has no 'id'", node.place, "write {id: M1, at: p.2}")
        return None
    return FrozenWords(kept) if "id" in kept else None
