"""What does not fit the table, as notes at the places of the events: found by replaying the record.

An objection is no error. The event happened all the same; it is only that a proposal had been withdrawn, or
nobody had signed what is said to be in force. An event with an error of its own meets no objections, and
neither does one that answers it: what it says is not known for certain.
"""

from terms.core.event import Event
from terms.core.history import History
from terms.core.objection import Objection
from terms.ground.diagnostics import Diagnostic, Severity, in_order
from terms.ground.nodes import ListNode, TextNode
from terms.ground.places import Place
from terms.records.record import EventPlace, Record


def replayed(record: Record, before: History | None = None) -> History:
    """The history of a record. `before`, of an earlier reading, lends the states that are still the same."""
    if before is None or before.declared != record.header:
        return History(record.header, record.events)
    pairs = zip(before.record, record.events, strict=False)
    same = next((place for place, (old, new) in enumerate(pairs) if old != new), None)
    shared = min(len(before.record), len(record.events)) if same is None else same
    return before.continued(shared, record.events[shared:])


def objections_of(record: Record, history: History | None = None) -> tuple[Diagnostic, ...]:
    """The objections to the events of a record, in the order of its files. `history` spares replaying it."""
    steps = history if history is not None else replayed(record)
    wrong = _lines_with_errors(record)
    found = [
        Diagnostic(objection.code, Severity.NOTE, objection.sentence, _place(objection, place))
        for step in steps
        for objection in step.objections
        if (place := record.places.get(objection.event)) is not None
        and not _is_wrong(place, wrong)
        and not (wrong and _answers_what_is_wrong(record, step.event, wrong))
    ]
    return in_order(found)


_SPEAKS_OF = {"N609": "by", "N611": "terms", "N612": "terms", "N614": "by", "N615": "speaker"}
"""The key that an objection of a code is about, where it is not what the event answers."""


def _place(objection: Objection, place: EventPlace) -> Place:
    """What the objection is about, or the head of the event where it does not say that."""
    key, *name = objection.key or (_SPEAKS_OF.get(objection.code, "of"),)
    node = place.node.get(key)
    if node is None:
        return place.head
    listed = node.children if isinstance(node, ListNode) else ()
    named = next(
        (at for at, one in enumerate(listed) if isinstance(one, TextNode) and one.text in name), None
    )
    return place.of(key) if named is None else place.of(key, named)


def _lines_with_errors(record: Record) -> set[tuple[str, int]]:
    return {
        (one.place.path, one.place.line)
        for one in record.diagnostics
        if one.severity is Severity.ERROR and one.place is not None
    }


def _answers_what_is_wrong(record: Record, event: Event, wrong: set[tuple[str, int]]) -> bool:
    """Whether an event names one that has an error, or that had too many of them to be read at all."""
    header = record.header
    for name in (reference.partition("/")[0] for reference in getattr(event, "of", ())):
        place = record.places.get(name)
        if place is not None and _is_wrong(place, wrong):
            return True
        declared = name in header.text or name in header.happening or name in header.term
        if place is None and not declared and all(one.account_of != name for one in record.events):
            return True
    return False


def _is_wrong(place: EventPlace, wrong: set[tuple[str, int]]) -> bool:
    whole = place.place
    return any((whole.path, line) in wrong for line in range(whole.line, whole.end_line + 1))
