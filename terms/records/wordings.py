"""Checking the words around a value: stances by the type of their term, conditions, orders, times.

The values room reads words and knows nothing of files. Here its findings get a place (the smallest piece
of text that holds what it complains of), and every name inside the words is looked up.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from terms.ground.diagnostics import Related
from terms.ground.nodes import ListNode, MapNode, Node, TextNode
from terms.ground.places import Place
from terms.ground.words import Words
from terms.records.faults import COMMA, listed
from terms.records.guesses import amount_ways, called
from terms.records.names import PARTY, PARTY_OR_PERSON, STAGE, TERM, Role
from terms.records.notebook import Notebook, Wanted
from terms.records.shapes import says_nothing, texts_in, words_of
from terms.values import (
    Condition,
    Declaration,
    Stance,
    Unreadable,
    happenings_in,
    happenings_in_order,
    happenings_of,
    read_condition,
    read_length,
    read_order,
    read_stance,
    read_time,
)
from terms.values.conditions import Accepts, AllOf, AnyOf, Certifies, Complies, Not
from terms.values.misworded import EmptyKey, UnknownKey

HAPPENING = "happening"
STAGE_OR_HAPPENING = "stage or happening"
REFERENCE = "reference"

Named = tuple[Role | str, str]
"""A role, or one of the three words above, and the name that stands in it."""


def check_stance(key: TextNode, node: Node, words: Words, note: Notebook) -> bool:
    """Whether the stance on a term can be read by the term's type; faults are noted."""
    if not note.name(key, TERM):
        return False
    term = key.text
    declaration = note.declared.declaration(term)
    if declaration is None:
        return False  # its declaration has a fault of its own
    if says_nothing(node):
        note.nothing(key.text, key.place)
        return False
    try:
        named = _names_of_stance(words, declaration)
    except Unreadable as fault:
        place = note.declared.places.get(f"type/{term}")
        related = (Related(place, "type declared here"),) if place and fault.code in ("E301", "E302") else ()
        _misfit(fault, node, term, note, related)
        return False
    _look_up(named, node, note)
    return True


def check_order(node: Node, note: Notebook) -> bool:
    """Whether one ordering statement can be read."""
    if not isinstance(node, TextNode):
        note.error("E312", "an ordering statement is one text", node.place, "write 'a before b'")
        return False
    if not node.text:
        note.nothing("order", node.place)
        return False
    try:
        named = _names_of_order(node.text)
    except Unreadable as fault:
        note.error(fault.code, fault.message, node.place, *fault.help)
        return False
    _look_up(named, node, note)
    return True


def check_orders(node: Node, note: Notebook) -> bool:
    """Whether an `order:` can be read: one statement, a list, or a map of names to statements."""
    if isinstance(node, MapNode):
        statements: tuple[Node, ...] = tuple(entry.value for entry in node.entries)
    else:
        statements = node.children if isinstance(node, ListNode) else (node,)
    readable = [check_order(statement, note) for statement in statements]  # all of them, each with its fault
    return all(readable)


def check_condition(node: Node, note: Notebook) -> bool:
    """Whether a condition can be read."""
    return _is_read(node, note, _names_of_condition)


def check_time(node: Node, note: Notebook) -> bool:
    """Whether words of time can be read."""
    return _is_read(node, note, _names_of_time)


def check_length(node: Node, note: Notebook) -> bool:
    """Whether a length of time can be read."""
    return _is_read(node, note, _names_of_length)


# ---- names inside words -------------------------------------------------------------------------


@lru_cache(maxsize=32_768)
def _names_of_stance(words: Words, declaration: Declaration) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(_of_stance(read_stance(words, declaration))))


def _of_stance(stance: Stance) -> Iterator[Named]:
    if stance.stage is not None:
        yield STAGE, stance.stage
    yield from ((PARTY_OR_PERSON, name) for name in (*stance.who, *stance.toward))
    yield from ((PARTY_OR_PERSON, name) for bracket in stance.brackets for name in bracket.by)
    yield from ((PARTY, name) for name, _ in stance.each)
    role = STAGE_OR_HAPPENING if stance.modality == "defer" else HAPPENING
    times = [
        (stance.until, role),
        *((time, HAPPENING) for time in (stance.from_words, stance.effective_words, stance.due)),
    ]
    for time, wanted in times:
        if time is not None:
            yield from ((wanted, name) for name in happenings_in(read_time(time)))
    for condition in (stance.provisos.only_if, stance.provisos.unless, stance.provisos.while_):
        if condition is not None:
            yield from _of_condition(condition)
    for _, part in (*stance.per, *stance.of_which):
        yield from _of_stance(part)
    for _, step in stance.steps:
        yield from _of_stance(step.stance)
        if step.at is not None:
            yield from ((HAPPENING, name) for name in happenings_in(read_time(step.at)))


@lru_cache(maxsize=16_384)
def _names_of_order(text: str) -> tuple[Named, ...]:
    order = read_order(text)
    certifier: tuple[Named, ...] = ((PARTY_OR_PERSON, order.certifier),) if order.certifier else ()
    return (*((HAPPENING, name) for name in happenings_in_order(order)), *certifier)


@lru_cache(maxsize=16_384)
def _names_of_condition(words: Words) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(_of_condition(read_condition(words))))


def _of_condition(condition: Condition) -> Iterator[Named]:
    match condition:
        case Accepts(party, what):
            yield PARTY_OR_PERSON, party
            yield REFERENCE, what
        case Certifies(party, happening):
            yield PARTY_OR_PERSON, party
            yield HAPPENING, happening
        case Complies(party, text):
            yield PARTY_OR_PERSON, party
            yield REFERENCE, text
        case Not(inner):
            yield from _of_condition(inner)
        case AllOf(inner_ones) | AnyOf(inner_ones):
            for inner in inner_ones:
                yield from _of_condition(inner)
        case _:
            yield from ((HAPPENING, name) for name in happenings_of(condition))


@lru_cache(maxsize=16_384)
def _names_of_time(words: Words) -> tuple[Named, ...]:
    return tuple((HAPPENING, name) for name in happenings_in(read_time(words)))


def _names_of_length(words: Words) -> tuple[Named, ...]:
    read_length(words)
    return ()


def _is_read(node: Node, note: Notebook, names_of: Callable[[Words], tuple[Named, ...]]) -> bool:
    """Whether the words of a node can be read; the names in them are looked up."""
    try:
        named = names_of(words_of(node))
    except Unreadable as fault:
        _misfit(fault, node, "", note, ())
        return False
    _look_up(named, node, note)
    return True


def _look_up(named: tuple[Named, ...], node: Node, note: Notebook) -> None:
    """Look every name up; what only events can explain waits for them."""
    for role, name in named:
        if isinstance(role, Role):
            if name not in note.declared.roles[role]:
                note.name(_piece(node, name), role)
        elif role == STAGE_OR_HAPPENING and name in note.declared.names["stages"]:
            continue
        elif not note.declared.is_happening(name):
            note.wait(name, Wanted.HAPPENING if role != REFERENCE else Wanted.ANY, _piece(node, name))


def _piece(node: Node, name: str) -> TextNode:
    """A stand-in for the name: its own text, placed where it is written inside `node`."""
    for text in texts_in(node):
        at = -1 if text.quoted else text.text.find(name)
        if text.text == name:
            return text
        if at >= 0 and text.end - text.start == len(text.text):
            return TextNode(name, text.start + at, text.start + at + len(name), False, text.origin)
        if name in text.text:
            return text._replace(text=name)
    return TextNode(name, node.start, node.end, False, node.origin)


# ---- where it does not fit -----------------------------------------------------------------------


def _misfit(fault: Unreadable, node: Node, term: str, note: Notebook, related: tuple[Related, ...]) -> None:
    code = "E106" if isinstance(fault, EmptyKey) else fault.code
    message = fault.message
    if term and code == "E302":
        message = f"{message.partition(' does not fit')[0]} does not fit term '{term}'"
    if term and code == "E301":
        message = message.replace("a term of type date", f"term '{term}'")
    note.error(code, message, blamed(fault, node), *_ways(fault), related=related)


def _ways(fault: Unreadable) -> tuple[str, ...]:
    """The ways out: what was probably meant first, and for a key never nothing."""
    if isinstance(fault, UnknownKey):
        comma = (COMMA,) if COMMA in fault.help else ()
        return (*called(fault.key, fault.known), *comma) or (f"keys: {listed(fault.known, most=40)}",)
    ways = amount_ways(fault.words)
    return (*ways, *(one for one in fault.help if not ways or not one.startswith("did you mean")))


def blamed(fault: Unreadable, node: Node) -> Place:
    """The smallest piece of `node` that holds what could not be read; all of it when nobody can tell."""
    if isinstance(fault, UnknownKey | EmptyKey):
        return next((text.place for text in texts_in(node) if text.text == fault.key), node.place)
    texts = [text for text in texts_in(node) if text.text]
    for text in texts:
        if fault.words and text.text == fault.words:
            return text.place
    said = [text for text in texts if f"'{text.text}'" in fault.message or f": {text.text}'" in fault.message]
    return max(said, key=lambda text: len(text.text)).place if said else node.place
