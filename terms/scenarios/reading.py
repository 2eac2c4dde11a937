"""Reading a scenario file: its shape, its sweep and its names, all faults at once in the layout of records.

Only what the file alone can tell is checked here. Values stay text until the record's terms read them.
"""

from collections.abc import Callable, Iterator
from typing import Literal, TypeVar

from msgspec.structs import replace

from terms.core.header import Header
from terms.ground.diagnostics import in_order
from terms.ground.ids import is_name
from terms.ground.nodes import ListNode, MapNode, Node, TextNode
from terms.ground.places import Place
from terms.ground.tree import Tree, read_tree
from terms.records.faults import warning
from terms.records.names import Declared
from terms.records.notebook import Notebook
from terms.records.shapes import shape_of
from terms.scenarios.coherence import check_names, check_sweep
from terms.scenarios.scenario import (
    FORMAT,
    Assumption,
    Base,
    Edit,
    Pin,
    Scenario,
    Supposed,
)

Part = TypeVar("Part")
KEYS = (
    "format",
    "title",
    "base",
    "pin",
    "replay",
    "tags",
    "xfail",
    "assume",
    "edit",
    "suppose",
    "sweep",
    "sweep-mode",
    "expect",
)
BASE_KEYS = ("record", "scenario", "after", "point", "only-sources")
MODES: tuple[Literal["grid", "zip"], ...] = ("grid", "zip")
ACTIONS: tuple[Literal["drop", "replace", "insert-after", "insert-before"], ...] = (
    "drop",
    "replace",
    "insert-after",
    "insert-before",
)


def read_scenario_text(
    text: str, path: str = "scenario.yaml", tree_of: Callable[[str, str], Tree] = read_tree
) -> Scenario:
    """The scenario that a text holds. Never raises, whatever the text: see its diagnostics."""
    tree = tree_of(text, path)
    note = Notebook(Declared(Header()), faults=list(tree.faults))
    root = tree.root
    if not isinstance(root, MapNode):
        if not tree.faults:
            start = root.place if root is not None else Place(path, 1, 1, 1, 1)
            note.error(
                "E105", "a scenario is a map of keys", start, f"begin with the line 'format: {FORMAT}'"
            )
        return Scenario(path, tree.text, diagnostics=in_order(note.faults))
    if not _is_ours(root, path, note, is_certain=not tree.faults):
        return Scenario(path, tree.text, diagnostics=in_order(note.faults))
    read = _Reader(root, note, lost=tree.lost)
    made = read.scenario(Scenario(path, tree.text))
    known = {fault.place for fault in tree.faults}
    kept = [fault for fault in note.faults if fault in tree.faults or fault.place not in known]
    return replace(made, diagnostics=in_order(kept))


def _is_ours(root: MapNode, path: str, note: Notebook, *, is_certain: bool) -> bool:
    said = root.get("format")
    if isinstance(said, TextNode) and said.text == FORMAT:
        return True
    if said is None and not is_certain:
        return True
    place = said.place if said is not None else Place(path, 1, 1, 1, 1)
    shown = said.text if isinstance(said, TextNode) else shape_of(said) if said is not None else ""
    what = (
        f"'{shown}' is not a format of scenarios that is known here"
        if shown
        else "the file does not say its format"
    )
    way = (
        "a record is checked, not run"
        if shown.startswith("terms/")
        else f"a scenario begins with the line 'format: {FORMAT}'"
    )
    note.error("E101", what, place, way)
    return said is None


class _Reader:
    """Reads one part after another, noting faults."""

    def __init__(self, root: MapNode, note: Notebook, *, lost: frozenset[str]) -> None:
        self.root = root
        self.note = note
        self.lost = lost

    def scenario(self, blank: Scenario) -> Scenario:
        for entry in self.root.entries:
            if entry.key.text in BASE_KEYS:
                self._misplaced(entry.key, "under base:", f"write base: {{{entry.key.text}: ..}}")
            elif entry.key.text not in KEYS and not entry.key.text.startswith("x-"):
                self.note.unknown_key(entry.key, KEYS)
        assumptions = tuple(self._each("assume", self._assumption))
        expect = self.root.entry("expect")
        made = replace(
            blank,
            title=self._text("title"),
            base=self._base(),
            replay="continue" if self._word("replay", ("stop", "continue")) == "continue" else "stop",
            pin=self._pin(),
            assumptions=assumptions,
            edits=tuple(self._each("edit", self._edit)),
            supposed=tuple(self._each("suppose", self._supposed)),
            sweep=self._sweep(),
            mode="zip" if self._word("sweep-mode", MODES) == "zip" else "grid",
            expectations=tuple(self._each("expect", lambda node: node)),
            tags=tuple(node.text for node in self._texts(self.root, "tags")),
            xfail=self._text("xfail"),
            expect_line=(expect.key if expect is not None else self.root).place.line,
        )
        check_sweep(self.root, made, self.note)
        check_names(self.root, made, self.note)
        return made

    # ---- small things --------------------------------------------------------------------------

    def _text(self, key: str) -> str:
        entry = self.root.entry(key)
        return (self.note.text(key, entry.value) or "") if entry is not None else ""

    def _word(self, key: str, words: tuple[str, ...]) -> str:
        entry = self.root.entry(key)
        if entry is None:
            return ""
        said = self.note.text(key, entry.value)
        if said is not None and said not in words:
            self.note.unknown_word(key, entry.value, words)
        return said or ""

    def _texts(self, node: MapNode, key: str) -> tuple[TextNode, ...]:
        entry = node.entry(key)
        return (self.note.texts(key, entry.value) or ()) if entry is not None else ()

    def _each(self, key: str, read: Callable[[MapNode], Part | None]) -> Iterator[Part]:
        """What `read` makes of each member of a list of maps."""
        entry = self.root.entry(key)
        if entry is None:
            return
        if not isinstance(entry.value, ListNode):
            self.note.error(
                "E105", f"'{key}' is a list", entry.key.place, f"begin each member of {key}: with '  - '"
            )
            return
        for node in entry.value.children:
            if not isinstance(node, MapNode):
                self.note.error(
                    "E105", f"a member of '{key}' is a map of keys, not {shape_of(node)}", node.place
                )
                continue
            made = read(node)
            if made is not None:
                yield made

    def _map(self, node: Node, what: str, keys: tuple[str, ...]) -> MapNode | None:
        if not isinstance(node, MapNode):
            self.note.error(
                "E105",
                f"{what} is a map of keys, not {shape_of(node)}",
                node.place,
                f"keys: {', '.join(keys)}",
            )
            return None
        for entry in node.entries:
            if entry.key.text in KEYS and entry.key.text not in keys:
                self._misplaced(entry.key, "at the top level", f"write {entry.key.text}: at the left margin")
            elif entry.key.text not in keys and not entry.key.text.startswith("x-"):
                self.note.unknown_key(entry.key, keys)
        return node

    def _misplaced(self, key: TextNode, where: str, way: str) -> None:
        self.note.error("E102", f"'{key.text}' stands {where}, not here", key.place, way)

    def _one(self, node: MapNode, key: str) -> TextNode | None:
        entry = node.entry(key)
        if entry is None or self.note.text(key, entry.value) is None:
            return None
        return entry.value if isinstance(entry.value, TextNode) else None

    def _said(self, node: MapNode, key: str) -> str:
        found = self._one(node, key)
        return found.text if found is not None else ""

    # ---- parts ---------------------------------------------------------------------------------

    def _base(self) -> Base | None:
        entry = self.root.entry("base")
        if entry is None and "base" in self.lost:
            return None
        if entry is None:
            start = self.root.entries[0].key.place if self.root.entries else self.root.place
            self.note.error(
                "E103", "this scenario has no 'base'", start, "write base: {record: PATH, after: EVENT}"
            )
            return None
        if isinstance(entry.value, TextNode) and entry.value.text:
            return Base(entry.value, entry.value.text.endswith(".scenario.yaml"))
        node = self._map(entry.value, "'base'", BASE_KEYS)
        if node is None:
            return None
        named = [
            (key, found) for key in ("record", "scenario") if (found := self._one(node, key)) is not None
        ]
        if len(named) != 1:
            self.note.error(
                "E103",
                "a base names one record or one scenario",
                entry.key.place,
                "write record: PATH or scenario: PATH, relative to this file",
            )
            return None
        point = node.entry("point")
        entries = point.value.entries if point is not None and isinstance(point.value, MapNode) else ()
        pairs = tuple((one.key, one.value) for one in entries if isinstance(one.value, TextNode))
        only = self._texts(node, "only-sources")
        return Base(named[0][1], named[0][0] == "scenario", self._one(node, "after"), pairs, only)

    def _pin(self) -> Pin | None:
        entry = self.root.entry("pin")
        if entry is None:
            return None
        if isinstance(entry.value, TextNode) and entry.value.text:
            return Pin(entry.value)
        node = self._map(entry.value, "'pin'", ("meaning", "events"))
        meaning = self._one(node, "meaning") if node is not None else None
        if node is None or meaning is None:
            return None
        return Pin(meaning, tuple(self._said(node, "events").split()))

    def _assumption(self, node: MapNode) -> Assumption | None:
        keys = ("id", "text", "confidence", "until", "source", "note")
        self._map(node, "an assumption", keys)
        name = self._one(node, "id")
        if name is None:
            self.note.error(
                "E103", "this assumption has no 'id'", node.place, "write id: and a name of your own"
            )
            return None
        return Assumption(
            name, self._said(node, "text"), self._said(node, "confidence"), self._said(node, "until")
        )

    def _edit(self, node: MapNode) -> Edit | None:
        keys = (*ACTIONS, "with", "event", "why", "needs")
        self._map(node, "an edit", keys)
        actions = [action for action in ACTIONS if node.entry(action) is not None]
        if len(actions) != 1:
            self.note.error(
                "E103",
                "an edit drops, replaces or inserts one event",
                _head(node),
                f"write one of {': EVENT, '.join(ACTIONS)}: EVENT",
            )
            return None
        action = actions[0]
        event = self._one(node, action)
        wanted = {"replace": "with", "insert-after": "event", "insert-before": "event"}.get(action)
        body = node.get(wanted) if wanted is not None else None
        if wanted is not None and not isinstance(body, MapNode):
            what = "the fields to change" if wanted == "with" else "the event to put in"
            self.note.error(
                "E103",
                f"this edit has no '{wanted}'",
                _head(node),
                f"write {wanted}: and {what}",
            )
            return None
        why = self._said(node, "why")
        if not why:
            place = node.entry(action).key.place  # type: ignore[union-attr]
            self.note.faults.append(
                warning("W502", "the past is changed without a reason", place, "write why:")
            )
        needs = self._texts(node, "needs")
        return (
            Edit(action, event, node, body if isinstance(body, MapNode) else None, why, needs)
            if event
            else None
        )

    def _supposed(self, node: MapNode) -> Supposed:
        needs = self._texts(node, "needs")
        kept = tuple(entry for entry in node.entries if entry.key.text != "needs")
        return Supposed(node._replace(entries=kept), needs)

    def _sweep(self) -> tuple[tuple[TextNode, tuple[TextNode, ...]], ...]:
        entry = self.root.entry("sweep")
        if entry is None:
            return ()
        if not isinstance(entry.value, MapNode):
            self.note.error(
                "E105",
                "'sweep' is a map of names to lists of values",
                entry.key.place,
                "write name: [.., ..]",
            )
            return ()
        found: list[tuple[TextNode, tuple[TextNode, ...]]] = []
        for key, value in entry.value.entries:
            if key.text in MODES and isinstance(value, MapNode):
                ways = (f"write sweep-mode: {key.text} beside sweep:, and the names straight under sweep:",)
                self.note.error(
                    "E105", f"'{key.text}' is how a sweep is walked, and no name", key.place, *ways
                )
                continue
            if not is_name(key.text):
                self.note.error(
                    "E108",
                    f"'{key.text}' cannot be the name of a sweep",
                    key.place,
                    "small letters and digits joined by hyphens, a letter first",
                )
            values = self.note.texts(key.text, value)
            if values:
                found.append((key, values))
        return tuple(found)


def _head(node: MapNode) -> Place:
    """Its first key, or all of it where no key could be read."""
    return node.entries[0].key.place if node.entries else node.place
