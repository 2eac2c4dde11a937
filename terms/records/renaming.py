"""Giving a thing another id, in a record and in the scenarios that branch from it.

Only names are touched, never prose: a party called `north` is renamed where it acts, is addressed or is
waited for, and not in a quotation, a title, or a region that happens to be called so. Everything else in
the files stays as it is, byte for byte.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from terms.ground.errors import TermsError
from terms.ground.ids import is_event_id, is_name, is_source_id
from terms.ground.nodes import ListNode, MapNode, Node, TextNode
from terms.ground.patterns import late
from terms.ground.places import Place
from terms.ground.tree import read_tree
from terms.records.declarations import SECTIONS
from terms.records.splice import replace_spans

PROSE = frozenset((
    "title", "quote", "note", "name", "aliases", "why", "reason", "url", "archived", "publisher",
    "licence", "lang", "place", "role", "format", "date", "known", "tags", "figures", "translation",
    "tick", "vocabulary", "include", "type", "unit", "kind", "standing", "form", "channel", "capacity",
    "relation", "outcome", "record", "scenario", "assume", "xfail", "round", "as-worded", "scope",
    "except", "purpose", "guarantee",
))  # fmt: skip
"""Keys behind which no id stands. `about` and `of` are prose in a declaration and ids in an event."""

STRUCTURAL = frozenset((
    "who", "toward", "by", "stage", "from", "until", "due", "effective", "at", "as-at", "only-if",
    "unless", "while", "judged-by", "otherwise", "in-return", "each",
))  # fmt: skip
"""Keys inside a stance behind which ids stand, whatever the type of the term."""

NAMING_TYPES = frozenset({"parties", "relative-time", "date", "duration"})
"""Types of value whose words may hold ids."""

_TOKEN = late(r"[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*")


class CannotRename(TermsError):
    """An id cannot be changed: it is not there or means two things, or the new one is taken or misspelt."""

    def __init__(self, old: str, new: str, reason: str) -> None:
        super().__init__(f"'{old}' cannot become '{new}': {reason}")
        self.old, self.new, self.reason = old, new, reason


def rename_id(texts: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """The texts of a record and of scenarios, by path, with `old` called `new` wherever it is meant.

    Raises:
        CannotRename: see there; nothing is changed then.
    """
    roots = {path: _root(text, path, old, new) for path, text in texts.items()}
    spaces = _spaces(roots.values())
    known = {name for names in spaces.values() for name in names}
    kind = _space_of(old, new, spaces)
    if not _is_spelled_for(kind, new):
        raise CannotRename(old, new, f"that is not how a name under {kind} is spelled")
    if new in known:
        raise CannotRename(old, new, "that name is taken")
    types = _types(roots.values())
    swap = _Swap(old, new, frozenset(known), types, is_source=kind == "sources")
    renamed: dict[str, str] = {}
    for path, text in texts.items():
        edits = [*swap.edits(roots[path])]
        renamed[path] = replace_spans(text.removeprefix("\ufeff"), edits) if edits else text
    return renamed


def references_to(texts: Mapping[str, str], name: str) -> tuple[Place, ...]:
    """Every place in these texts that names `name` as a thing, its declaration or own entry first.

    Files that cannot be read have none. Nothing is found for an id that nothing has.
    """
    roots = [root for path, text in texts.items() if isinstance(root := read_tree(text, path).root, MapNode)]
    spaces = _spaces(roots)
    known = frozenset(one for names in spaces.values() for one in names)
    if name not in known:
        return ()
    swap = _Swap(name, name, known, _types(roots), is_source=name in spaces["sources"])
    places = [root.origin.place(start, end) for root in roots for start, end, _ in swap.edits(root)]
    own = {node.place for root in roots for node in _own(root, name)}
    return tuple(sorted(dict.fromkeys(places), key=lambda place: place not in own))


def _own(root: MapNode, name: str) -> Iterator[TextNode]:
    """Where a thing is declared, or the `id` of the event that it is."""
    for key, value in root.entries:
        if key.text in SECTIONS:
            yield from (node for node in _declared(value) if node.text == name)
        elif key.text in ("events", "suppose") and isinstance(value, ListNode):
            yield from (node for node in _ids(value) if node.text == name)


def _root(text: str, path: str, old: str, new: str) -> MapNode:
    tree = read_tree(text, path)
    if tree.faults or not isinstance(tree.root, MapNode):
        raise CannotRename(old, new, f"{path} has faults")
    return tree.root


def _spaces(roots: Iterable[MapNode]) -> dict[str, set[str]]:
    """The ids by the section that declares them; those of events under `events`."""
    found: dict[str, set[str]] = {name: set() for name in (*SECTIONS, "events")}
    for root in roots:
        for key, value in root.entries:
            if key.text in SECTIONS:
                found[key.text] |= {text.text for text in _declared(value)}
            elif key.text in ("events", "suppose") and isinstance(value, ListNode):
                found["events"] |= {name.text for name in _ids(value)}
    return found


def _declared(value: Node) -> Iterator[TextNode]:
    if isinstance(value, MapNode):
        yield from (entry.key for entry in value.entries)
    elif isinstance(value, ListNode):
        yield from (child for child in value.children if isinstance(child, TextNode))


def _ids(events: ListNode) -> Iterator[TextNode]:
    for event in events.children:
        name = event.get("id") if isinstance(event, MapNode) else None
        if isinstance(name, TextNode):
            yield name


def _space_of(old: str, new: str, spaces: Mapping[str, set[str]]) -> str:
    owners = [space for space, names in spaces.items() if old in names]
    if not owners:
        raise CannotRename(old, new, "nothing is called so")
    if len(owners) > 1:
        raise CannotRename(old, new, f"it names two things, under {' and '.join(owners)}")
    return owners[0]


def _is_spelled_for(space: str, name: str) -> bool:
    check = {"events": is_event_id, "sources": is_source_id}.get(space, is_name)
    return check(name)


def _types(roots: Iterable[MapNode]) -> dict[str, str]:
    """The declared type of each term, "" where it is not written."""
    found: dict[str, str] = {}
    for root in roots:
        terms = root.get("terms")
        for key, value in terms.entries if isinstance(terms, MapNode) else ():
            said = value.get("type") if isinstance(value, MapNode) else value
            found[key.text] = said.text if isinstance(said, TextNode) else ""
    return found


class _Swap(Struct, frozen=True):
    """One renaming: finds the stretches of text that hold the old id as a name."""

    old: str
    new: str
    known: frozenset[str]
    types: Mapping[str, str]
    is_source: bool

    def edits(self, root: MapNode) -> Iterator[tuple[int, int, str]]:
        """The stretches to replace, each with its new words."""
        for key, value in root.entries:
            if key.text in SECTIONS:
                yield from self._section(key.text, value)
            elif key.text not in PROSE and not key.text.startswith("x-"):
                yield from self._names(value, key.text)

    def _section(self, section: str, value: Node) -> Iterator[tuple[int, int, str]]:
        for name in _declared(value):
            yield from self._text(name)
        if not isinstance(value, MapNode):
            return
        for key, inner in value.entries:
            for word, node in inner.entries if isinstance(inner, MapNode) else ():
                is_value_list = (
                    word.text == "of" and section == "terms" and self.types.get(key.text) != "parties"
                )
                free = word.text in PROSE - {"kind"} or (word.text == "about") or is_value_list
                if (
                    not free
                    and not word.text.startswith("x-")
                    and not (section == "happenings" and word.text == "is")
                ):
                    yield from self._names(node, word.text)

    def _names(self, node: Node, under: str) -> Iterator[tuple[int, int, str]]:
        """Names in a part of an event, scenario or declaration, `under` being the key it stands behind."""
        if isinstance(node, TextNode):
            if (under == "source") == self.is_source or under in ("about", "of"):
                yield from self._text(node)
        elif isinstance(node, ListNode):
            for child in node.children:
                yield from self._names(child, under)
        else:
            yield from self._map(node, under)

    def _map(self, node: MapNode, under: str) -> Iterator[tuple[int, int, str]]:
        is_move = node.entry("kind") is not None or node.entry("terms") is not None
        is_citation = node.entry("id") is not None and under == "source"
        for key, value in node.entries:
            word = key.text
            yield from self._text(key) if not self.is_source else ()
            if word in PROSE or word.startswith("x-") or (word == "text" and not is_move):
                continue
            if is_citation and word != "id":
                continue
            if word in self.types and under != "with":
                yield from self._value(value, word)
            else:
                yield from self._names(value, "source" if is_citation else word)

    def _value(self, node: Node, term: str) -> Iterator[tuple[int, int, str]]:
        """Names in a stance: those behind structural keys, and those in values whose type holds names."""
        if isinstance(node, TextNode):
            if self.types[term] in NAMING_TYPES or node.text.startswith("same as "):
                yield from self._names(node, term)
        elif isinstance(node, ListNode):
            for child in node.children:
                yield from self._value(child, term)
        else:
            for key, value in node.entries:
                if key.text in STRUCTURAL:
                    yield from self._names(value, key.text)
                elif key.text not in PROSE:
                    yield from self._value(value, term)

    def _text(self, node: TextNode) -> Iterator[tuple[int, int, str]]:
        start = node.start - node.origin.offset
        raw = node.origin.text[start : node.end - node.origin.offset]
        for match in _TOKEN.finditer(raw):
            if (swapped := self._token(match[0])) is not None:
                yield node.start + match.start(), node.start + match.end(), swapped
            if self.is_source:
                return

    def _token(self, token: str) -> str | None:
        """What a name becomes; None: it stays. `accord.signed` belongs to `accord` unless declared itself."""
        if token == self.old:
            return self.new
        if not token.startswith(f"{self.old}."):
            return None
        longer = (name for name in self.known if len(name) > len(self.old))
        if any(token == name or token.startswith(f"{name}.") for name in longer):
            return None
        return self.new + token[len(self.old) :]
