"""Checking what stands behind one key of an event, and what of it can be used.

Every check notes its faults and gives back the words that an event may be built from: all of them, those
without what cannot be read, or `LEFT_OUT`. So one bad term costs that term, not the proposal around it.
"""

from collections.abc import Callable, Mapping
from typing import Final

from terms.core.event import KINDS
from terms.core.tabling import RESERVED
from terms.ground.dates import Edtf
from terms.ground.errors import BadReference
from terms.ground.ids import read_reference
from terms.ground.nodes import Entry, ListNode, MapNode, Node, TextNode
from terms.ground.words import FrozenWords, Words
from terms.records import fields
from terms.records.declarations import GRADES
from terms.records.faults import listed, meant
from terms.records.fields import plan_of
from terms.records.header_reading import date_of
from terms.records.names import PARTY, PARTY_OR_PERSON, SOURCE, TERM, Role
from terms.records.notebook import Notebook, Wanted
from terms.records.shapes import members, says_nothing, shape_of, words_of
from terms.records.wordings import check_condition, check_length, check_orders, check_stance, check_time


class LeftOut:
    """The mark of a field that cannot be used."""


LEFT_OUT: Final = LeftOut()
Usable = Words | Edtf | LeftOut
CITATION_KEYS = ("id", "at", "reliability", "credibility", "note")
CLOCKS = ("planned", "actual")


def check_field(kind: str, entry: Entry, note: Notebook) -> Usable:
    """What of one entry of an event of this kind can be used. The key must be one the kind has."""
    key, value = entry
    shape, meaning, words = plan_of(kind)[key.text]
    if says_nothing(value):
        note.nothing(key.text, value.place if type(value) is not TextNode or value.text else key.place)
        return LEFT_OUT
    if isinstance(meaning, Role):
        return _names(key, value, shape, meaning, note)
    return CHECKS[meaning](key, value, words, note)


def check_fields(kind: str, node: MapNode, note: Notebook, *, also_terms: bool = False) -> dict[str, Usable]:
    """The usable fields of changes to an event of this kind; with `also_terms` bare term ids count too."""
    plan = plan_of(kind)
    found: dict[str, Usable] = {}
    for entry in node.entries:
        key = entry.key.text
        if key in plan and key not in ("id", "kind"):
            found[key] = check_field(kind, entry, note)
        elif key == "kind":
            found[key] = _kind(entry.value, note)
        elif key.startswith("x-"):
            found[key] = words_of(entry.value)
        elif also_terms and key in note.declared.names["terms"]:
            found[key] = _stances_one(entry, note)
        else:
            note.unknown_key(entry.key, plan)
    return {key: words for key, words in found.items() if words is not LEFT_OUT}


def _kind(value: Node, note: Notebook) -> Usable:
    if isinstance(value, TextNode) and value.text in KINDS:
        return value.text
    unknown_kind(value, note)
    return LEFT_OUT


def unknown_kind(value: Node, note: Notebook) -> None:
    """Note a kind that does not exist."""
    word = value.text if isinstance(value, TextNode) else shape_of(value)
    note.error(
        "E104",
        f"'{word}' is not a kind of event",
        value.place,
        *meant(word, KINDS),
        f"kinds: {listed(KINDS, most=60)}",
    )


# ---- plain shapes -------------------------------------------------------------------------------


def _one(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = note.text(key.text, value)
    return LEFT_OUT if found is None else found


def _many(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = note.texts(key.text, value)
    return LEFT_OUT if found is None else tuple([text.text for text in found])


def _word(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    if type(value) is TextNode and value.text in words:
        return value.text
    note.unknown_word(key.text, value, words)
    return LEFT_OUT


def _flag(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    return _word(key, value, ("yes", "no"), note)


def _date(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    text = note.text(key.text, value)
    found = None if text is None else date_of(text, value, note)
    return LEFT_OUT if found is None else found


def _words(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    return words_of(value)


def _map_of(key: TextNode, value: Node, note: Notebook) -> MapNode | None:
    if type(value) is MapNode:
        return value
    note.error(
        "E105",
        f"'{key.text}' takes names and what is said of each, not {shape_of(value)}",
        value.place,
        f"write {key.text}: {{name: ...}}",
    )
    return None


def _map(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    """A free map; empty entries are refused, since a comma inside { } makes them."""
    found = _map_of(key, value, note)
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
            _sources(entry.key, entry.value, (), note)
        elif entry.key.text not in ("text", "lang", "by") and not entry.key.text.startswith("x-"):
            note.unknown_key(entry.key, ("text", "source", "lang", "by"))
    return words_of(node)


# ---- names and references ---------------------------------------------------------------------------


def _names(key: TextNode, value: Node, shape: str, role: Role, note: Notebook) -> Usable:
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


def _referring(wanted: Wanted) -> Callable[[TextNode, Node, tuple[str, ...], Notebook], Usable]:
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
                "write EVENT, EVENT/PART, TEXT or TEXT/TERM",
            )
            return
    note.wait(node.text, wanted, node)


def _sources(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
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


# ---- stances, orders, conditions --------------------------------------------------------------------


def _stances_one(entry: Entry, note: Notebook) -> Usable:
    words = words_of(entry.value)
    return words if check_stance(entry.key, entry.value, words, note) else LEFT_OUT


def _stances(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = _map_of(key, value, note)
    if found is None:
        return LEFT_OUT
    return FrozenWords(_usable_stances(found, note))


def _usable_stances(node: MapNode, note: Notebook) -> dict[str, Words]:
    kept: dict[str, Words] = {}
    for key, value in node.entries:
        words = words_of(value)
        if check_stance(key, value, words, note):
            kept[key.text] = words
    return kept


def _packages(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = _map_of(key, value, note)
    if found is None:
        return LEFT_OUT
    kept: dict[str, Words] = {}
    for entry in found.entries:
        if entry.key.text in note.declared.names["terms"] or not isinstance(entry.value, MapNode):
            usable = _stances_one(entry, note)
            kept |= {} if isinstance(usable, LeftOut | Edtf) else {entry.key.text: usable}
        else:
            kept[entry.key.text] = FrozenWords(_usable_stances(entry.value, note))
    return FrozenWords(kept)


def _options(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = _map_of(key, value, note)
    if found is None:
        return LEFT_OUT
    kept: dict[str, Words] = {}
    for entry in found.entries:
        inner = _map_of(entry.key, entry.value, note)
        if inner is not None:
            kept[entry.key.text] = FrozenWords(_option(inner, note))
    return FrozenWords(kept)


def _option(node: MapNode, note: Notebook) -> dict[str, Words]:
    kept: dict[str, Words] = {}
    for entry in node.entries:
        key, value = entry
        if key.text not in RESERVED and not key.text.startswith("x-"):
            usable = _stances_one(entry, note)
        elif says_nothing(value):
            note.nothing(key.text, key.place)
            continue
        else:
            usable = _RESERVED.get(key.text, _words)(key, value, (), note)
        if not isinstance(usable, LeftOut | Edtf):
            kept[key.text] = usable
    return kept


def _return(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    """What the mover gives in return: terms, or a happening."""
    if isinstance(value, MapNode):
        return FrozenWords(_usable_stances(value, note))
    return words_of(value) if check_time(value, note) else LEFT_OUT


def _order(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    return words_of(value) if check_orders(value, note) else LEFT_OUT


def _condition(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    return words_of(value) if check_condition(value, note) else LEFT_OUT


def _time(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    return words_of(value) if check_time(value, note) else LEFT_OUT


def _length(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    return words_of(value) if check_length(value, note) else LEFT_OUT


def _stage_or_time(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    if isinstance(value, TextNode) and value.text in note.declared.names["stages"]:
        return value.text
    return _time(key, value, words, note)


def _terms_or_stances(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    if isinstance(value, MapNode):
        return _stances(key, value, words, note)
    return _names(key, value, fields.MANY, TERM, note)


def _reservations(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = _map_of(key, value, note)
    if found is None:
        return LEFT_OUT
    kept: dict[str, Words] = {}
    for entry in found.entries:
        kept[entry.key.text] = words_of(entry.value)
        if isinstance(entry.value, MapNode):
            kept[entry.key.text] = FrozenWords(_reservation(entry.value, note))
        elif not isinstance(entry.value, TextNode) or entry.value.is_empty:
            note.error(
                "E105",
                f"reservation '{entry.key.text}' takes keys and values",
                entry.key.place,
                "keys: only, terms, note",
            )
    return FrozenWords(kept)


def _reservation(node: MapNode, note: Notebook) -> dict[str, Words]:
    checks = {"only": TERM, "terms": None, "note": None, **dict.fromkeys(("only-if", "unless", "while"))}
    kept: dict[str, Words] = {}
    for key, value in node.entries:
        if key.text not in checks and not key.text.startswith("x-"):
            note.unknown_key(key, checks)
            continue
        if key.text == "only":
            usable = _names(key, value, fields.MANY, TERM, note)
        elif key.text == "terms":
            usable = _stances(key, value, (), note)
        elif key.text in ("only-if", "unless", "while"):
            usable = _condition(key, value, (), note)
        else:
            usable = words_of(value)
        if not isinstance(usable, LeftOut | Edtf):
            kept[key.text] = usable
    return kept


def _delegations(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = _map_of(key, value, note)
    if found is None:
        return LEFT_OUT
    for entry in found.entries:
        note.name(entry.key, PARTY)
        for node in note.texts(entry.key.text, entry.value) or ():
            note.name(node, PARTY_OR_PERSON)
    return words_of(found)


def _content(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    """What somebody says: words of one's own, a move, a value, or what was done or not done."""
    if not isinstance(value, MapNode):
        return words_of(value)
    kind = value.get("kind")
    if kind is not None:
        named = _kind(kind, note)
        if not isinstance(named, str):
            return LEFT_OUT
        usable = check_fields(named, value, note)
        return FrozenWords(
            {one.key.text: words_of(one.value) for one in value.entries if one.key.text in usable}
        )
    for entry in value.entries:
        if isinstance(entry.value, TextNode) and entry.value.is_empty:
            note.nothing(entry.key.text, entry.key.place)
        elif entry.key.text in ("did", "by", "to"):
            _names(entry.key, entry.value, fields.MANY, PARTY_OR_PERSON, note)
        elif entry.key.text == "of":
            _referring(Wanted.EARLIER)(entry.key, entry.value, (), note)
        elif entry.key.text in note.declared.names["terms"]:
            _stances_one(entry, note)
    return words_of(value)


def _accounts(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    for node in members(value):
        source = node.entry("source") if isinstance(node, MapNode) else None
        told = node.entry("with") if isinstance(node, MapNode) else None
        if source is None or told is None or not isinstance(told.value, MapNode):
            note.error(
                "E105",
                "an account says its source and what it gives otherwise",
                node.place,
                "write - {source: R2, with: {by: north}}",
            )
            return LEFT_OUT
        _sources(source.key, source.value, (), note)
        for entry in node.entries:  # type: ignore[union-attr]
            if entry.key.text not in ("source", "with", "note", "name") and not entry.key.text.startswith(
                "x-"
            ):
                note.unknown_key(entry.key, ("source", "with", "note", "name"))
    return words_of(value) if isinstance(value, ListNode) else (words_of(value),)


CHECKS: Mapping[str, Callable[[TextNode, Node, tuple[str, ...], Notebook], Usable]] = {
    fields.ONE: _one,
    fields.MANY: _many,
    fields.WORD: _word,
    fields.FLAG: _flag,
    fields.DATE: _date,
    fields.WORDS: _words,
    fields.MAP: _map,
    fields.SOURCES: _sources,
    fields.EARLIER: _referring(Wanted.EARLIER),
    fields.ANY: _referring(Wanted.ANY),
    fields.HAPPENINGS: _referring(Wanted.HAPPENING),
    fields.STANCES: _stances,
    fields.PACKAGES: _packages,
    fields.OPTIONS: _options,
    fields.RETURN: _return,
    fields.ORDER: _order,
    fields.CONDITION: _condition,
    fields.TIME: _time,
    fields.LENGTH: _length,
    fields.STAGE_OR_TIME: _stage_or_time,
    fields.TERMS_OR_STANCES: _terms_or_stances,
    fields.RESERVATIONS: _reservations,
    fields.DELEGATIONS: _delegations,
    fields.CONTENT: _content,
    fields.ACCOUNTS: _accounts,
}
_RESERVED = {"order": _order, "all-of": _packages, "for": _return, "note": _one}
