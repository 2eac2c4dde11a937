"""What is noted while one declaration or event is read: its faults, and references that wait for the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from msgspec import Struct

from terms.ground.diagnostics import Diagnostic, Related
from terms.ground.ids import is_name
from terms.ground.nodes import ListNode, MapNode, Node, TextNode
from terms.ground.places import Place
from terms.records.faults import COMMA, error, listed, meant
from terms.records.guesses import called
from terms.records.names import Declared, Role
from terms.records.shapes import says_nothing, shape_of


class Wanted(Enum):
    """What a reference asks of the record: an event before it, any event, or something that can happen."""

    EARLIER = "earlier"
    ANY = "any"
    HAPPENING = "happening"


class Pending(Struct, frozen=True):
    """A name that no declaration explains; whether an event does, only the whole record can tell."""

    name: str
    wanted: Wanted
    node: TextNode


@dataclass(slots=True)
class Notebook:
    """Grows while one thing is read. `is_silent` drops faults, for what is broken already."""

    declared: Declared
    faults: list[Diagnostic] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    is_silent: bool = False

    def error(
        self, code: str, message: str, place: Place, *help: str, related: Iterable[Related] = ()
    ) -> None:
        """Note a fault."""
        if not self.is_silent:
            self.faults.append(error(code, message, place, *help, related=related))

    def name(self, node: TextNode, role: Role) -> bool:
        """Whether the name is declared in this role; a fault is noted when it is not."""
        if node.text in self.declared.roles[role]:
            return True
        found = self.declared.undeclared(node, role)
        if found is not None and not self.is_silent:
            self.faults.append(found)
        return found is None

    def wait(self, name: str, wanted: Wanted, node: TextNode) -> None:
        """Leave a reference to be settled with the whole record."""
        self.pending.append(Pending(name, wanted, node))

    def text(self, key: str, node: Node) -> str | None:
        """The text behind a key; None with a fault when it is a list, a map or nothing."""
        if type(node) is not TextNode:
            self.error("E105", f"'{key}' takes one text, not {shape_of(node)}", node.place, *_unwrap(node))
            return None
        if not node.text:
            self.nothing(key, node.place)
            return None
        return node.text

    def texts(self, key: str, node: Node) -> tuple[TextNode, ...] | None:
        """The texts behind a key that takes one or several; None with a fault when it holds others."""
        if says_nothing(node):
            self.nothing(key, node.place)
            return None
        if type(node) is TextNode:
            return (node,)
        found: list[TextNode] = []
        for child in node.entries if type(node) is MapNode else node.children:  # type: ignore[union-attr]
            if type(child) is not TextNode:
                place = node.place if type(node) is MapNode else child.place  # type: ignore[union-attr]
                self.error(
                    "E105", f"'{key}' takes a text or a list of texts", place, f"write {key}: [..., ...]"
                )
                return None
            if not child.text:
                self.nothing(key, child.place)
                return None
            found.append(child)
        return tuple(found)

    def nothing(self, key: str, place: Place) -> None:
        """Note that a key has nothing behind it."""
        comma = () if is_name(key) else (COMMA,)
        way = "write a value, or leave the key out"
        self.error("E106", f"nothing is written for '{key}'", place, way, *comma)

    def unknown_key(self, node: TextNode, known: Iterable[str]) -> None:
        """Note a key that nothing reads."""
        names = tuple(known)
        if not node.text:
            self.error("E102", "a key without a name", node.place, "write it as key: value")
            return
        comma = (COMMA,) if " " in node.text else ()
        ways = (*called(node.text, names), *comma) or (f"keys: {listed(names, most=40)}",)
        self.error("E102", f"unknown key '{node.text}'", node.place, *ways)

    def unknown_word(self, key: str, node: Node, known: Iterable[str]) -> None:
        """Note a word that is not one of the few a key takes."""
        names = tuple(known)
        word = node.text if isinstance(node, TextNode) else shape_of(node)
        self.error(
            "E107",
            f"'{key}: {word}' is not known",
            node.place,
            *meant(word, names),
            f"write one of {listed(names)}",
        )


def _unwrap(node: Node) -> tuple[str, ...]:
    """A way out for a list of one where one text is wanted."""
    children = node.children if isinstance(node, ListNode) else ()
    for only in children if len(children) == 1 else ():
        if isinstance(only, TextNode) and only.text:
            return (f"write {only.text} without the brackets",)
    return ()
