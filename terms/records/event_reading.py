"""Reading one event: from its keys and values to an event of its kind, with everything that is wrong in it.

The kind is looked up here and not by a union of models, so that every message speaks of the kind that was
written. pydantic stands at the door all the same; what it alone would refuse is told in our own words.
"""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct
from pydantic import ValidationError

from terms.core.event import KINDS, Event, gathered, read_event
from terms.ground.dates import Edtf
from terms.ground.diagnostics import Diagnostic
from terms.ground.ids import is_event_id
from terms.ground.nodes import MapNode, Node, TextNode
from terms.ground.words import Words
from terms.records.chunks import PlacedEvent
from terms.records.field_checks import check_field, check_fields, unknown_kind
from terms.records.field_shapes import LEFT_OUT
from terms.records.fields import plan_of, required_keys
from terms.records.guesses import called, is_called
from terms.records.names import Declared
from terms.records.notebook import Notebook, Pending
from terms.records.renewing import renewed_node
from terms.records.shapes import members, shape_of, words_of
from terms.records.unkinded import check_unkinded


class ReadEvent(Struct, frozen=True):
    """What one member of `events:` says. Places are those of the text it was read from.

    `id` is "" when none could be read; `event` is None when it cannot be built. `used` are the terms that
    it names, for the vocabulary. An event that is neither built nor blamed does not exist.
    """

    node: Node
    id: str
    event: Event | None
    faults: tuple[Diagnostic, ...]
    pending: tuple[Pending, ...] = ()
    used: frozenset[str] = frozenset()


def read_placed(placed: PlacedEvent, declared: Declared, context: str) -> ReadEvent:
    """As `read_one`, not reading again what was read under the same declarations."""
    kept = placed.kept
    if kept is not None and kept.context == context and isinstance(kept.made, ReadEvent):
        return kept.made
    made = read_one(placed.node, declared, is_broken=placed.is_broken)
    if kept is not None:
        kept.context, kept.made = context, made
    return made


def read_one(node: Node, declared: Declared, *, is_broken: bool = False) -> ReadEvent:
    """Read one event. Of one with broken syntax nothing more is said, but it is used as far as it goes."""
    note = Notebook(declared, is_silent=is_broken)
    if not isinstance(node, MapNode):
        note.error(
            "E105", f"an event is a map of keys, not {shape_of(node)}", node.place, "begin it with '- id: '"
        )
        return ReadEvent(node, "", None, tuple(note.faults))
    said = renewed_node(node)
    name = _id(said, note)
    kind, wrong, slip = _kind(said, note)
    event = None
    if not kind:
        looked = check_unkinded(wrong, said, note, leaving=slip)
        _complain("event", said, looked.required, looked.required, looked.unread, note)
    else:
        spelled = _spelled(kind, said, note)
        if name and all(key in spelled for key in required_keys(kind)):
            event = _built(kind, said, spelled, note)
    used = frozenset(_terms_in(said, declared)) if declared.vocabulary else frozenset()
    return ReadEvent(node, name, event, tuple(note.faults), tuple(note.pending), used)


def _id(node: MapNode, note: Notebook) -> str:
    entry = node.entry("id")
    if entry is None:
        note.error(
            "E103",
            "this event has no 'id'",
            _first(node),
            "write id: and a name of your own that no other event has",
        )
        return ""
    text = note.text("id", entry.value)
    if text and not is_event_id(text):
        note.error("E108", f"'{text}' cannot be the id of an event", entry.value.place, _slug(text))
        return ""
    return text or ""


def _slug(text: str) -> str:
    near = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in text.lower()).split())
    hint = f": did you mean '{near}'?" if is_event_id(near) else ""
    return f"small letters and digits, in groups joined by single hyphens, a letter first{hint}"


def _kind(node: MapNode, note: Notebook) -> tuple[str, str, tuple[str, ...]]:
    """The kind; "" with the word that stands for it and the key it stands under where there is no such kind."""
    entry = node.entry("kind")
    if entry is None:
        for one in node.entries:
            if is_called(one.key.text, "kind"):
                note.unknown_key(one.key, ("kind",))
                return "", one.value.text if isinstance(one.value, TextNode) else "", (one.key.text,)
        way = "write kind: propose, accept, reject, state ..."
        note.error("E103", "this event has no 'kind'", _first(node), way)
        return "", "", ()
    text = note.text("kind", entry.value) or ""
    if text in KINDS:
        return text, text, ()
    if text:
        unknown_kind(entry.value, note)
    return "", text, ()


def _first(node: MapNode):  # type: ignore[no-untyped-def]
    key, value = node.entries[0] if node.entries else (node, node)
    end = (
        value.end
        if isinstance(value, TextNode) and value.end - value.start < len(value.text) + 3
        else key.end
    )
    return node.origin.place(key.start, end)


def _spelled(kind: str, node: MapNode, note: Notebook) -> dict[str, object]:
    """The fields that can be used. Required ones that were not written are complained of here."""
    plan = plan_of(kind)
    spelled: dict[str, object] = {}
    unread: list[str] = []
    for entry in node.entries:
        key = entry.key.text
        if key in ("id", "kind"):
            spelled[key] = words_of(entry.value)  # both have been looked at before
        elif key in plan:
            found = check_field(kind, entry, note)
            if found is not LEFT_OUT:
                spelled[key] = found
        elif key.startswith("x-"):
            spelled[key] = words_of(entry.value)
        elif key in note.declared.names["terms"] and "terms" in plan:
            way = f"'{key}' is a term: it stands under terms:, two spaces further in"
            note.error("E102", f"unknown key '{key}'", entry.key.place, way)
        else:
            unread.append(key)
            note.unknown_key(entry.key, plan)
    _complain(kind, node, required_keys(kind), plan, unread, note)
    before = len(note.faults)
    _check_accounts(kind, node, note)
    if len(note.faults) > before:
        spelled.pop("accounts", None)  # a history must never fail over them
    return spelled


def _complain(
    kind: str,
    node: MapNode,
    required: Iterable[str],
    plan: Collection[str],
    unread: Iterable[str],
    note: Notebook,
) -> None:
    """Note each required key that is not there, unless a key nothing reads was meant for it and has been blamed."""
    for key in required:
        if node.entry(key) is None and key not in ("id", "kind"):
            if any(called(slip, plan) == called(slip, (key,)) != () for slip in unread):
                continue
            note.error("E103", f"this {kind} has no '{key}'", _first(node), _wanted(key))


def _wanted(key: str) -> str:
    if key == "source":
        return "a fact without a source is not recorded: write source: and a declared id, a page or paragraph"
    return f"write {key}:"


def _check_accounts(kind: str, node: MapNode, note: Notebook) -> None:
    """The fields that other sources give otherwise are fields of this kind."""
    accounts = node.get("accounts")
    for account in members(accounts) if accounts is not None else ():
        told = account.get("with") if isinstance(account, MapNode) else None
        if isinstance(told, MapNode):
            check_fields(kind, told, note)


def _built(kind: str, node: MapNode, spelled: dict[str, object], note: Notebook) -> Event | None:
    fields = gathered(spelled) if any(key.startswith("x-") for key in spelled) else spelled
    try:
        return read_event(fields)
    except ValidationError as refusal:
        return _without(refusal, kind, node, fields, note)


def _without(
    refusal: ValidationError, kind: str, node: MapNode, fields: dict[str, object], note: Notebook
) -> Event | None:
    """The event without the fields that pydantic refused, each blamed; None when one of them is required."""
    for told in refusal.errors(include_url=False, include_input=False):
        key = str(told["loc"][0]) if told["loc"] else "kind"
        entry = node.entry(key)
        place = entry.value.place if entry is not None else node.place
        note.error("E105", f"'{key}' cannot be read{_because(told['type'], str(told['msg']))}", place)
        fields.pop(key, None)
    try:
        return KINDS[kind].model_validate(fields)
    except ValidationError:
        return None


def _because(type_: str, message: str) -> str:
    """The reason in plain words, for the few kinds of refusal that our own checks leave over."""
    if type_ == "value_error":
        return f": {message.removeprefix('Value error, ')}"
    return {"string_type": ": it takes one text", "tuple_type": ": it takes one or several texts"}.get(
        type_, ""
    )


def _terms_in(node: MapNode, declared: Declared) -> set[str]:
    """The vocabulary's terms that stand in an event as keys, names or parts of names."""
    found: set[str] = set()
    stack: list[Node] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, TextNode):
            if one.text in declared.vocabulary:
                found.add(one.text)
            elif "/" in one.text and one.text.rpartition("/")[2] in declared.vocabulary:
                found.add(one.text.rpartition("/")[2])
        elif isinstance(one, MapNode):
            for key, value in one.entries:
                stack += (key, value)
        else:
            stack += one.children
    return found


def plain(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields as an event's `changed` takes them: dates as their text."""
    return {key: value.text if isinstance(value, Edtf) else value for key, value in fields.items()}


__all__ = ["ReadEvent", "Words", "plain", "read_one", "read_placed"]
