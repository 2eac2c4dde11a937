"""Checking changes that a record makes to its own entries: corrections, and accounts that differ.

A history applies them while it folds and must never fail there, so each is tried here once on the entry it
changes. What cannot be applied is an error at its place; the change is then left out and the entry it would
have changed stands as it was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace
from pydantic import ValidationError

from terms.core.accounts import inner_accounts
from terms.core.event import KINDS, Event
from terms.ground.diagnostics import Diagnostic
from terms.ground.errors import TermsError
from terms.ground.nodes import MapNode, Node
from terms.ground.words import FrozenWords, thaw
from terms.records.checking import Member
from terms.records.faults import error, moved
from terms.records.field_checks import check_fields
from terms.records.fields import plan_of
from terms.records.names import Declared
from terms.records.notebook import Notebook
from terms.records.shapes import find

DEEPEST = 16  # corrections of corrections; more are a loop in somebody's reasoning


@dataclass
class Patches:
    """The changes of a record, tried in the order of the log.

    `faults` are what is wrong with them; `instead` holds, for each event whose change cannot be applied, the
    event without it, or None where nothing is left of it.
    """

    declared: Declared
    faults: list[Diagnostic] = field(default_factory=list)
    instead: dict[str, Event | None] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    first: dict[str, Event] = field(default_factory=dict)

    def check(self, members: Sequence[Member]) -> None:
        """Try every change that would be applied to one of these events."""
        for member in members:
            event, node = member.read.event, member.read.node
            if event is None or not isinstance(node, MapNode):
                continue
            before = len(self.faults)
            self.faults += [
                replace(moved(fault, member.lines), trail=member.trail) for fault in self._tried(event, node)
            ]
            if len(self.faults) > before:
                self.instead[event.id] = _without_change(event)
            self.events[event.id] = self.instead.get(event.id) or event

    def _tried(self, event: Event, node: MapNode) -> Iterator[Diagnostic]:
        if event.kind == "correct":
            yield from self._correction(event, find(node, ("with",)), 0)
        if event.account_of is not None:
            base = self.first.setdefault(event.account_of, event)
            if event.differs and base is not event:
                yield from self._rival(event, base, find(node, ("differs",)))
        for place, account in enumerate(inner_accounts(event)):
            told = account.get("with")
            if isinstance(told, FrozenWords):
                yield from _changed(event, told, find(node, ("accounts", place, "with")))[1]

    def _correction(self, event: Event, patch: Node, depth: int) -> Iterator[Diagnostic]:
        """The faults of one correction; what it corrects reads as corrected from here on when it has none."""
        changes = getattr(event, "with_", None)
        for reference in getattr(event, "of", ()):
            target = self.events.get(reference.partition("/")[0])
            if target is None or not isinstance(patch, MapNode) or not isinstance(changes, FrozenWords):
                continue
            faults = [*self._checked(_kind_after(target, changes), patch)]
            read, wrong = _changed(target, changes, patch)
            faults += wrong if not faults else []
            if read is not None and read.kind == "correct" and depth < DEEPEST:
                faults += self._correction(read, patch.get("with") or patch, depth + 1)
            if read is not None and not faults:
                self.events[target.id] = read
            yield from faults

    def _rival(self, event: Event, base: Event, patch: Node) -> Iterator[Diagnostic]:
        if not isinstance(patch, MapNode):
            return
        faults = [*self._checked(_kind_after(base, event.differs), patch, also_terms=True)]
        yield from faults
        if not faults:
            yield from _changed(base, _as_fields(event.differs, base), patch)[1]

    def _checked(self, kind: str, patch: MapNode, *, also_terms: bool = False) -> Iterator[Diagnostic]:
        note = Notebook(self.declared)
        check_fields(kind, patch, note, also_terms=also_terms)
        yield from note.faults


def _as_fields(differs: FrozenWords, base: Event) -> FrozenWords:
    """What differs as fields of an event: a bare term is one of its `terms`."""
    keys = plan_of(_kind_after(base, differs))
    fields = {key: words for key, words in differs.items() if key in keys}
    terms = {key: words for key, words in differs.items() if key not in keys}
    return FrozenWords({**fields, "terms": FrozenWords(terms)} if terms else fields)


def _kind_after(target: Event, changes: FrozenWords) -> str:
    """The kind that the changed entry is of: another one where the changes name one."""
    kind = str(changes.get("kind", target.kind))
    return kind if kind in KINDS else target.kind


def _changed(target: Event, changes: FrozenWords, patch: Node) -> tuple[Event | None, list[Diagnostic]]:
    """The event with the changes, or None and why not."""
    try:
        return target.changed({key: thaw(words) for key, words in changes.items()}), []
    except (ValidationError, TermsError, KeyError, ValueError):
        return None, [_unfit(target, patch)]


def _unfit(target: Event, patch: Node) -> Diagnostic:
    message = f"'{target.id}' would not be a {target.kind} any more with this"
    return error("E109", message, patch.place, "change fields that it has, to words that they take")


def _without_change(event: Event) -> Event | None:
    """What is left of an event whose change cannot be applied: nothing of a correction, the rest of others."""
    if event.kind == "correct" or event.differs:
        return None
    return event.model_copy(update={"accounts": ()})
