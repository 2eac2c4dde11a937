"""Checking changes that a record makes to its own entries: corrections, and accounts that differ.

A history applies them while it folds and must never fail there, so each is tried here once on the entry it
changes. What cannot be applied is an error at its place, and the event that carries it is left out of none.
"""

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from terms.core.accounts import inner_accounts
from terms.core.event import KINDS, Event
from terms.ground.diagnostics import Diagnostic
from terms.ground.errors import TermsError
from terms.ground.nodes import MapNode
from terms.ground.words import FrozenWords, thaw
from terms.records.checking import Member
from terms.records.faults import error
from terms.records.field_checks import check_fields
from terms.records.names import Declared
from terms.records.notebook import Notebook
from terms.records.shapes import find


def patch_faults(members: Sequence[Member], declared: Declared) -> list[Diagnostic]:
    """The faults of every change that would be applied to one of these events."""
    found: list[Diagnostic] = []
    events: dict[str, Event] = {}
    first: dict[str, Event] = {}
    for member in members:
        event = member.read.event
        if event is None or not isinstance(member.read.node, MapNode):
            continue
        node = member.read.node
        if event.kind == "correct":
            found += _of_correction(event, node, member, events, declared)
        if event.account_of is not None:
            base = first.setdefault(event.account_of, event)
            if event.differs:
                found += _of_rival(event, base, node, member, declared)
        if event.accounts:
            found += _of_accounts(event, node, member)
        events[event.id] = event
    return found


def _of_correction(
    event: Event, node: MapNode, member: Member, events: dict[str, Event], declared: Declared
) -> Iterator[Diagnostic]:
    patch = find(node, ("with",))
    changes = getattr(event, "with_", None)
    for reference in getattr(event, "of", ()):
        target = events.get(reference.partition("/")[0])
        if target is None or not isinstance(patch, MapNode) or not isinstance(changes, FrozenWords):
            continue
        yield from _checked(target.kind, patch, member, declared)
        yield from _tried(target, changes, patch, member)


def _of_rival(
    event: Event, base: Event, node: MapNode, member: Member, declared: Declared
) -> Iterator[Diagnostic]:
    patch = find(node, ("differs",))
    if isinstance(patch, MapNode):
        kind = str(event.differs.get("kind", base.kind))
        yield from _checked(kind if kind in KINDS else base.kind, patch, member, declared, also_terms=True)


def _of_accounts(event: Event, node: MapNode, member: Member) -> Iterator[Diagnostic]:
    for place, account in enumerate(inner_accounts(event)):
        told = account.get("with")
        if isinstance(told, FrozenWords):
            yield from _tried(event, told, find(node, ("accounts", place, "with")), member)


def _checked(
    kind: str, patch: MapNode, member: Member, declared: Declared, *, also_terms: bool = False
) -> Iterator[Diagnostic]:
    note = Notebook(declared)
    check_fields(kind, patch, note, also_terms=also_terms)
    for fault in note.faults:
        yield _placed(fault, member)


def _tried(target: Event, changes: FrozenWords, patch: object, member: Member) -> Iterator[Diagnostic]:
    try:
        target.changed({key: thaw(words) for key, words in changes.items()})
    except (ValidationError, TermsError, ValueError):
        place = getattr(patch, "place", None)
        message = f"'{target.id}' would not be a {target.kind} any more with this"
        yield _placed(
            error("E109", message, place, "change fields that it has, to words that they take"), member
        )


def _placed(fault: Diagnostic, member: Member) -> Diagnostic:
    place = fault.place.moved(member.lines) if fault.place is not None else None
    return Diagnostic(
        fault.code, fault.severity, fault.message, place, fault.label, fault.related, fault.help, member.trail
    )
