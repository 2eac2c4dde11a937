"""Reading the declaration of a term: its type, its unit, its permitted names, and the kind of term it is."""

from collections.abc import Mapping

from terms.core.header import Term
from terms.ground.nodes import MapNode, Node, TextNode
from terms.ground.places import Place
from terms.records.faults import listed, meant
from terms.records.notebook import Notebook
from terms.records.vocabulary import Entry, default_vocabulary
from terms.values import TYPES, Declaration, Unreadable, read_value

NEEDS_NAMES = ("choice", "level")
"""Types whose values are names out of a declared list."""


class TermReader:
    """Makes terms of their declarations. `entries` is the vocabulary that the record uses; empty: none."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = entries
        self.vocabulary = {name: entry.declaration for name, entry in entries.items()}

    def read(self, key: TextNode, value: Node, fields: dict[str, object], note: Notebook) -> Term | None:
        """The term; None with a fault where its type is missing or unknown."""
        kind = str(fields.get("class_of", ""))
        known = self.entries or default_vocabulary()
        if kind and kind not in known and (self.entries or "type" not in fields):
            what = f"'{kind}' is no kind of term in the vocabulary"
            note.error("E212", what, _place(value, "kind", key), *meant(kind, known))
            return None
        model = self._model(key.text, kind)
        spelled = fields.pop("type", None)
        if spelled is None and model is None:
            if not note.faults or note.faults[-1].place != key.place:
                way = f"write type: and one of {listed(sorted(TYPES), most=20)}"
                note.error("E103", f"term '{key.text}' has no 'type'", key.place, way)
            return None
        declaration = self._declaration(str(spelled or ""), model, fields)
        place = _place(value, "type", key)
        if declaration.type not in TYPES:
            ways = (*meant(declaration.type, TYPES), f"types: {listed(sorted(TYPES), most=20)}")
            note.error("E107", f"'{declaration.type}' is not a type of value", place, *ways)
            return None
        if declaration.type in NEEDS_NAMES and not declaration.of:
            note.error(
                "E103", f"a {declaration.type} needs the names it may take", place, "write of: [..., ...]"
            )
            return None
        if not _is_usable(declaration, _place(value, "unit", key), note):
            return None
        if model is not None and "about" not in fields and not spelled:
            fields["about"] = model.about
        return Term(key.text, declaration, **fields)  # type: ignore[arg-type]

    def _model(self, name: str, kind: str) -> Entry | None:
        return (self.entries or default_vocabulary()).get(kind) if kind else self.entries.get(name)

    def _declaration(self, spelled: str, model: Entry | None, fields: dict[str, object]) -> Declaration:
        """What is written wins; the rest comes from the vocabulary, when the type is the same."""
        same = model is not None and (not spelled or spelled == model.declaration.type)
        base = model.declaration if same and model is not None else Declaration(spelled)
        unit, names = fields.pop("unit", None), fields.pop("of", ())
        return Declaration(
            base.type,
            str(unit) if unit is not None else base.unit,
            tuple(names) if isinstance(names, tuple) and names else base.of,
        )

    def used(self, names: Mapping[str, None]) -> dict[str, Term]:
        """The terms of the vocabulary among `names`, in that order."""
        return {
            name: Term(name, self.entries[name].declaration, about=self.entries[name].about, class_of=name)
            for name in names
            if name in self.entries
        }


def _place(value: Node, word: str, key: TextNode) -> Place:
    entry = value.entry(word) if isinstance(value, MapNode) else None
    return entry.value.place if entry is not None else key.place


def _is_usable(declaration: Declaration, place: Place, note: Notebook) -> bool:
    """Whether values can be read by it at all: a unit nobody knows makes every value unreadable."""
    try:
        read_value("no limit", declaration)
    except Unreadable as fault:
        ways = [way for way in fault.help if not any(way != other and way in other for other in fault.help)]
        note.error("E302", "no value fits this declaration", place, *ways)
        return False
    return True
