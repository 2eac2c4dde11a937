"""Making the events of a scenario: supposed ones, ones put into the past, recorded ones with other fields.

They are read exactly as the events of a record are, by the same checks; only the date may count from the
event before (`+2d`), and the source may be left out.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from msgspec import Struct
from pydantic import ValidationError

from terms.core.event import Event
from terms.ground.dates import Edtf
from terms.ground.diagnostics import Diagnostic
from terms.ground.errors import TermsError
from terms.ground.nodes import Entry, MapNode, TextNode
from terms.ground.patterns import late
from terms.ground.words import thaw
from terms.records.checking import parts_of
from terms.records.event_reading import ReadEvent, read_one
from terms.records.faults import error, meant
from terms.records.field_checks import check_fields
from terms.records.names import Declared
from terms.records.notebook import Notebook, Pending, Wanted
from terms.records.shapes import words_of
from terms.scenarios.grounds import SUPPOSED

RELATIVE = late(r"\+(\d{1,5})([hdw])")
HOURS = {"h": 1, "d": 24, "w": 168}


class Made(Struct, frozen=True):
    """An event with the node it was made from; None when it could not be made, which `faults` explain."""

    event: Event | None
    node: MapNode
    faults: tuple[Diagnostic, ...] = ()


class Known(Struct, frozen=True):
    """What a new event may refer to: the events before it by id, and what the scenario took away.

    `later` come behind the new event, those in `behind` before the branch point. `unmade` are events of the
    scenario that could not be made, which is told at them and not at each answer.
    """

    find: Callable[[str], Event | None]
    names: Iterable[str]
    later: frozenset[str] = frozenset()
    gone: Mapping[str, str] | None = None
    unmade: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()


class Told(Struct, frozen=True):
    """What a supposed or inserted node spells, whatever it refers to; a relative date counted from `before`."""

    node: MapNode
    before: Edtf | None
    read: ReadEvent
    faults: tuple[Diagnostic, ...]


def read_supposed(node: MapNode, declared: Declared, before: Edtf | None) -> Told:
    """Read a supposed or inserted node."""
    faults: list[Diagnostic] = []
    read = read_one(_with_source(_dated(node, before, faults)), declared)
    return Told(node, before, read, (*faults, *read.faults))


def supposed_event(told: Told, declared: Declared, known: Known) -> Made:
    """The event that was told, if all that it refers to is there."""
    pending = told.read.pending
    unsettled = (_unsettled(one, declared, known) for one in pending)
    faults = (*told.faults, *(fault for fault in unsettled if fault is not None))
    hangs = any(_named(one) in known.unmade for one in pending)
    return Made(told.read.event if not (faults or hangs) else None, told.node, faults)


def patched_event(
    event: Event, patch: MapNode, declared: Declared, before: Edtf | None, known: Known
) -> Made:
    """The event with the fields of `patch` in place of its own; `terms` and other maps merge key by key.

    A relative date counts from `before`, as that of a supposed event does.
    """
    faults: list[Diagnostic] = []
    own = patch.entry("id")
    if own is not None:
        way = "leave id: out, or drop the event and put another in"
        faults.append(error("E102", f"'{event.id}' keeps its id", own.key.place, way))
    kept = tuple(one for one in patch.entries if one is not own)
    dated = _dated(patch._replace(entries=kept), before, faults)
    note = Notebook(declared)
    kind = dated.get("kind")
    check_fields(kind.text if isinstance(kind, TextNode) and kind.text else event.kind, dated, note)
    faults += note.faults
    faults += (fault for one in note.pending if (fault := _unsettled(one, declared, known)) is not None)
    if faults or any(_named(one) in known.unmade for one in note.pending):
        return Made(None, patch, tuple(faults))
    try:
        return Made(event.changed({one.key.text: thaw(words_of(one.value)) for one in dated.entries}), patch)
    except (ValidationError, TermsError, ValueError, KeyError):
        what = f"'{event.id}' would not be an event any more with this"
        way = "change fields that it has, to words that they take"
        return Made(None, patch, (error("E109", what, patch.place, way),))


# ---- dates and sources ----------------------------------------------------------------------------


def _dated(node: MapNode, before: Edtf | None, faults: list[Diagnostic]) -> MapNode:
    date = node.get("date")
    if not isinstance(date, TextNode) or not date.text.startswith(("+", "-")):
        return node
    match = RELATIVE.fullmatch(date.text)
    if match is None:
        way = "write +2d, +1w or +6h, or a date"
        if RELATIVE.fullmatch(f"+{date.text[1:]}"):
            way = "dates count forward: write a date, or put the event in earlier with edit:"
        faults.append(error("E301", f"'{date.text}' is no time after the event before", date.place, way))
        return _with_text(node, "date", "2000-01-01")
    reckoned = _reckoned(before, int(match[1]), match[2])
    if reckoned is None:
        lacks = f"the event before has no {'hour' if match[2] == 'h' else 'day'}"
        why = lacks if before is not None else "there is no event before"
        what = f"'{date.text}' has nothing to count from: {why}"
        faults.append(error("E508", what, date.place, "write a date"))
        return _with_text(node, "date", "2000-01-01")
    return _with_text(node, "date", reckoned)


def _reckoned(before: Edtf | None, number: int, unit: str) -> str | None:
    if before is None or before.latest is None or before.last_day is None:
        return None
    try:
        if unit == "h":
            if "T" not in before.text:
                return None
            return (before.latest + timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return (before.last_day + timedelta(hours=number * HOURS[unit])).isoformat()
    except OverflowError:
        return None


def _with_text(node: MapNode, key: str, text: str) -> MapNode:
    entries = tuple(
        Entry(one.key, one.value._replace(text=text))
        if one.key.text == key and isinstance(one.value, TextNode)
        else one
        for one in node.entries
    )
    return node._replace(entries=entries)


def _with_source(node: MapNode) -> MapNode:
    if node.entry("source") is not None:
        return node
    key = TextNode("source", node.start, node.start, False, node.origin)
    value = TextNode(SUPPOSED, node.start, node.start, False, node.origin)
    return node._replace(entries=(*node.entries, Entry(key, value)))


# ---- references ------------------------------------------------------------------------------------


def _named(one: Pending) -> str:
    return one.name.partition("/")[0]


def _unsettled(one: Pending, declared: Declared, known: Known) -> Diagnostic | None:
    """What is wrong with a reference; None when it names something."""
    name, _, part = one.name.partition("/")
    if name in known.unmade:
        return None
    if known.gone is not None and name in known.gone:
        return error(
            "E504",
            f"'{name}' does not happen here: {known.gone[name]}",
            one.node.place,
            "refer to something that does, or leave it in",
        )
    if one.wanted is Wanted.HAPPENING:
        if declared.is_happening(one.name, known.names):
            return None
        return error(
            "E208",
            f"happening '{one.name}' is not declared",
            one.node.place,
            *declared.happenings_like(one.name, known.names),
        )
    event = known.find(name)
    if event is None:
        return _unknown(name, one, declared, known)
    if part and part not in declared.names["terms"] and part not in (parts := parts_of(event, known.find)):
        return error("E206", f"'{name}' has no part '{part}'", one.node.place, *meant(part, parts))
    return None


def _unknown(name: str, one: Pending, declared: Declared, known: Known) -> Diagnostic | None:
    if declared.is_happening(one.name, known.names) or name in declared.names["terms"]:
        return None
    if name in known.behind:
        what = f"'{name}' comes later than this event"
        return error("E203", what, one.node.place, "an event can only answer an earlier one")
    if name in known.later:
        return error(
            "E203",
            f"'{name}' comes after the branch point",
            one.node.place,
            "an event can only answer an earlier one: branch later with after:",
        )
    near = meant(name, known.names)
    return error("E202", f"nothing here is called '{name}'", one.node.place, *near)
