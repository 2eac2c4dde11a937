"""Scenarios of a record: small changes of its past and small additions to its end, and their interpreter.

A change that would leave an event referring to nothing is not made, so any sub-list of changes is a scenario
without faults.
"""

from collections.abc import Sequence

from msgspec import Struct

from terms.core.event import Event, read_event
from terms.core.header import Header
from terms.ground.words import Plain
from terms.records import Record, read_text
from terms.records.layout import member
from terms.records.writing import write_record
from terms.scenarios import Branch, Opened, Point, Scenario, read_scenario_text
from terms.scenarios.grounds import Library
from terms.scenarios.opening import opened
from terms.scenarios.referring import referred
from terms.testing.story import Move, Spelled, Story
from terms.testing.tellers import tell

BASE = "base.record.yaml"
CHANGES = ("suppose", "drop", "note", "insert")
"""What a change does, the smallest first: something after the end, an event less, a remark, an event more."""

PLAINEST = Move("propose")


class Change(Struct, frozen=True):
    """One change: what it does, at which event counted back from the branch point, and by which move."""

    name: str
    back: int = 0
    move: Move = PLAINEST


def scenario_text(
    header: Header,
    events: Sequence[Event],
    changes: Sequence[Change],
    *,
    cut: int | None = None,
    replay: bool = False,
) -> str:
    """The scenario that branches from a record after `cut` events (None: at its end), with these changes."""
    start = len(events) if cut is None or not events else max(1, cut)
    made = _Making(header, list(events[:start]), prefix=f"w{len(events)}-")
    for change in changes:
        made.make(change)
    base: dict[str, Plain] = {"record": BASE}
    if start < len(events):
        base["after"] = events[start - 1].id
    spelled: dict[str, Plain] = {"format": "terms-scenario/1", "title": "Generated", "base": base}
    if replay:
        spelled["replay"] = "continue"
    lines = [f"{key}: {_flow(words)}" for key, words in spelled.items()]
    for key, told in (("edit", made.edits), ("suppose", made.supposed)):
        if told:
            lines += [f"{key}:", *(line for words in told for line in member(words, 2))]
    return "\n".join([*lines, ""])


def _flow(words: Plain) -> str:
    if isinstance(words, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in words.items()) + "}"
    return str(words)


class _Making:
    """The past as the changes so far leave it."""

    def __init__(self, header: Header, events: list[Event], prefix: str) -> None:
        self.header, self.events, self.prefix = header, events, prefix
        self.edits: list[dict[str, Plain]] = []
        self.supposed: list[dict[str, Plain]] = []
        self.made = 0

    def make(self, change: Change) -> None:
        if change.name == "suppose":
            self._suppose(change.move)
        elif self.events and not self.supposed:
            at = len(self.events) - 1 - change.back % len(self.events)
            {"drop": self._drop, "note": self._note, "insert": self._insert}[change.name](at, change.move)

    def _drop(self, at: int, move: Move) -> None:
        name = self.events[at].id
        if len(self.events) > 1 and not any(_mentions(event, name) for event in self.events):
            self.edits.append({"drop": name, "why": "to see what hangs on it"})
            del self.events[at]

    def _note(self, at: int, move: Move) -> None:
        name = self.events[at].id
        if not any(edit.get("replace") == name or edit.get("insert-after") == name for edit in self.edits):
            self.edits.append({"replace": name, "with": {"note": f"said {move.value} times"}})

    def _insert(self, at: int, move: Move) -> None:
        told = self._told(self.events[: at + 1], move)
        if told is not None and move.kind not in ("correct", "retract"):
            self.edits.append({"insert-after": self.events[at].id, "event": told})
            self.events.insert(at + 1, read_event(told))

    def _suppose(self, move: Move) -> None:
        told = self._told(self.events, move)
        if told is not None:
            self.supposed.append(dict(told))
            self.events.append(read_event(told))

    def _told(self, past: Sequence[Event], move: Move) -> Spelled | None:
        last = past[-1].date.last_day if past else None
        story = Story(self.header, [event.words() for event in past], prefix=self.prefix)
        story.day = last or story.day
        tell(story, move)
        if len(story.told) == len(past):
            return None
        self.made += 1
        return {**story.told[-1], "id": f"{self.prefix}{self.made}"}


def _mentions(event: Event, name: str) -> bool:
    return event.id != name and (name in referred(event) or name in str(event.words()))


def on_record(scenario: Scenario, header: Header, events: Sequence[Event]) -> Opened:
    """A scenario on a record that is in no file."""
    text = write_record(header, events)

    def record(path: str) -> Record:
        return read_text(text, path)

    return opened(scenario, Library(record, lambda path: read_scenario_text("", path)))


def branched(text: str, header: Header, events: Sequence[Event]) -> Branch:
    """The one branch of a scenario without a sweep. Raises AssertionError where it has faults."""
    found = on_record(read_scenario_text(text), header, events)
    branch = found.branch(Point())
    faults = [one.message for one in (*found.faults, *(branch.diagnostics if branch is not None else ()))]
    assert branch is not None and not branch.has_errors, faults  # noqa: PT018 - one thing: it can be built
    return branch
