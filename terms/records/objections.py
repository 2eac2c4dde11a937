"""What does not fit the table, as notes at the places of the events: found by replaying the record.

An objection is no error. The event happened all the same; it is only that a proposal had been withdrawn, or
nobody had signed what is said to be in force.
"""

from terms.core.history import History
from terms.ground.diagnostics import Diagnostic, Severity, in_order
from terms.records.record import Record


def objections_of(record: Record, history: History | None = None) -> tuple[Diagnostic, ...]:
    """The objections to the events of a record, in the order of its files. `history` spares replaying it."""
    replayed = history if history is not None else History(record.header, record.events)
    found = [
        Diagnostic(objection.code, Severity.NOTE, objection.sentence, place.of("of") if place else None)
        for step in replayed
        for objection in step.objections
        for place in (record.places.get(objection.event),)
    ]
    return in_order(found)
