"""Checking what stands behind one key of an event, and what of it can be used.

Every check notes its faults and gives back the words that an event may be built from: all of them, those
without what cannot be read, or `LEFT_OUT`. So one bad term costs that term, not the proposal around it.
"""

from collections.abc import Callable, Mapping

from terms.core.event import KINDS
from terms.core.tabling import RESERVED
from terms.ground.dates import Edtf
from terms.ground.nodes import Entry, ListNode, MapNode, Node, TextNode
from terms.ground.words import FrozenWords, Words
from terms.records import fields
from terms.records.faults import meant
from terms.records.field_shapes import (
    LEFT_OUT,
    LeftOut,
    Usable,
    a_date,
    any_words,
    free_map,
    map_of,
    names,
    one_text,
    one_word,
    referring,
    several_texts,
    sources,
    yes_or_no,
)
from terms.records.fields import kind_words, plan_of
from terms.records.names import PARTY, PARTY_OR_PERSON, TERM, Role
from terms.records.notebook import Notebook, Wanted
from terms.records.shapes import members, says_nothing, shape_of, words_of
from terms.records.wordings import check_condition, check_length, check_orders, check_stance, check_time


def check_field(kind: str, entry: Entry, note: Notebook) -> Usable:
    """What of one entry of an event of this kind can be used. The key must be one the kind has."""
    key, value = entry
    shape, meaning, words = plan_of(kind)[key.text]
    if says_nothing(value):
        note.nothing(key.text, value.place if type(value) is not TextNode or value.text else key.place)
        return LEFT_OUT
    if isinstance(meaning, Role):
        return names(key, value, shape, meaning, note)
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
    """Note a kind that does not exist; where none is near, all of them are named."""
    word = value.text if isinstance(value, TextNode) else shape_of(value)
    ways = meant(word, KINDS) or (f"kinds: {', '.join(kind_words())}",)
    note.error("E104", f"'{word}' is not a kind of event", value.place, *ways)


# ---- stances, orders, conditions --------------------------------------------------------------------


def _stances_one(entry: Entry, note: Notebook) -> Usable:
    words = words_of(entry.value)
    return words if check_stance(entry.key, entry.value, words, note) else LEFT_OUT


def _stances(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = map_of(key, value, note)
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
    found = map_of(key, value, note)
    if found is None:
        return LEFT_OUT
    kept: dict[str, Words] = {}
    for entry in found.entries:
        if not isinstance(entry.value, MapNode) or not _is_package(entry.key.text, entry.value, note):
            usable = _stances_one(entry, note)
            kept |= {} if isinstance(usable, LeftOut | Edtf) else {entry.key.text: usable}
        else:
            kept[entry.key.text] = FrozenWords(_usable_stances(entry.value, note))
    return FrozenWords(kept)


def _is_package(name: str, node: MapNode, note: Notebook) -> bool:
    """Whether a map under `all-of` is a package; else its key is a term, or a term's name written wrongly."""
    terms = note.declared.names["terms"]
    return name not in terms and all(node.entry(key) is None or key in terms for key in ("is", "as"))


def _options(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = map_of(key, value, note)
    if found is None:
        return LEFT_OUT
    kept: dict[str, Words] = {}
    for entry in found.entries:
        inner = map_of(entry.key, entry.value, note)
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
            usable = _RESERVED.get(key.text, any_words)(key, value, (), note)
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
    return names(key, value, fields.MANY, TERM, note)


def _reservations(key: TextNode, value: Node, words: tuple[str, ...], note: Notebook) -> Usable:
    found = map_of(key, value, note)
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
            usable = names(key, value, fields.MANY, TERM, note)
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
    found = map_of(key, value, note)
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
            names(entry.key, entry.value, fields.MANY, PARTY_OR_PERSON, note)
        elif entry.key.text == "of":
            referring(Wanted.EARLIER)(entry.key, entry.value, (), note)
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
        sources(source.key, source.value, (), note)
        for entry in node.entries:  # type: ignore[union-attr]
            if entry.key.text not in ("source", "with", "note", "name") and not entry.key.text.startswith(
                "x-"
            ):
                note.unknown_key(entry.key, ("source", "with", "note", "name"))
    return words_of(value) if isinstance(value, ListNode) else (words_of(value),)


CHECKS: Mapping[str, Callable[[TextNode, Node, tuple[str, ...], Notebook], Usable]] = {
    fields.ONE: one_text,
    fields.MANY: several_texts,
    fields.WORD: one_word,
    fields.FLAG: yes_or_no,
    fields.DATE: a_date,
    fields.WORDS: any_words,
    fields.MAP: free_map,
    fields.SOURCES: sources,
    fields.EARLIER: referring(Wanted.EARLIER),
    fields.ANY: referring(Wanted.ANY),
    fields.HAPPENINGS: referring(Wanted.HAPPENING),
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
_RESERVED = {"order": _order, "all-of": _packages, "for": _return, "note": one_text}
