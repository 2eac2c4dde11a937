"""A what-if made step by step, as a screen makes it: events skipped, changed or added where a reader stands.

It is kept as the text of a scenario and replayed from that text, so that what is saved is what was shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from terms.core.event import KEY_ORDER, LAST_KEYS, Event
from terms.core.history import History
from terms.ground.diagnostics import Diagnostic, Severity
from terms.ground.errors import TermsError
from terms.ground.nodes import ListNode, MapNode, Node
from terms.ground.patterns import late
from terms.ground.tree import read_tree
from terms.ground.words import Plain, thaw
from terms.records.layout import entry
from terms.records.names import Declared
from terms.records.shapes import words_of
from terms.records.writing import write_spelled
from terms.scenarios.branching import Branch, branch_of, trunk_of
from terms.scenarios.grounds import Ground, with_supposed
from terms.scenarios.reading import read_scenario_text
from terms.scenarios.scenario import FORMAT

Action = Literal["skip", "edit", "add"]
CRAMPED = late(r"(^\s*|[,{]\s*)([a-z][a-z.-]*):(?=\S)")
"""A key with no blank behind its colon: no key to YAML, and a slip of the finger at a prompt."""

MISSING = "E103"
"""The code of a key that is not there."""

SAME_DAY = "+0d"
"""The date of an added event that says none: the day of the event before it."""


class BadWords(TermsError):
    """What was typed cannot be read, or nothing can be made of it; the message says why and what to do."""


class Change(Struct, frozen=True):
    """One change. `event` is the one skipped or edited, or the one that an added event goes behind (empty: none).

    `words` are the fields as a file spells them, of an added event with its id. `why`: None until it was asked.
    """

    action: Action
    event: str
    words: Mapping[str, Plain] = {}
    why: str | None = None

    @property
    def id(self) -> str:
        """The event that it changes or makes."""
        return str(self.words["id"]) if self.action == "add" else self.event


class Replayed(Struct, frozen=True):
    """A branch as a screen shows it, on its base: `shared` leading steps are the base's own.

    `skipped` are events of the base that do not happen, each with the number of steps it would stand behind.
    """

    history: History
    base: History
    shared: int
    skipped: tuple[tuple[int, Event], ...] = ()
    added: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()


# ---- what is typed ---------------------------------------------------------------------------------


def read_words(text: str) -> dict[str, Plain]:
    """The fields that `kind: accept, only: [roads]` spells: what would stand in braces in a file.

    Raises:
        BadWords: it cannot be read.
    """
    tree = read_tree("{" + text + "}", "")
    if tree.faults or (tree.root is not None and _is_cramped(tree.root)):
        spaced = read_tree("{" + CRAMPED.sub(r"\1\2: ", text) + "}", "")
        tree = spaced if not spaced.faults else tree
    if tree.faults:
        raise BadWords(_told(tree.faults[0]))
    if not isinstance(tree.root, MapNode) or not tree.root.entries:
        raise BadWords("write fields with commas between them, as kind: accept, by: PARTY")
    return {one.key.text: thaw(words_of(one.value)) for one in tree.root.entries}


def _is_cramped(node: Node) -> bool:
    """Whether a key has a colon in it, as one with no blank behind its own."""
    if isinstance(node, MapNode):
        return any(":" in one.key.text or _is_cramped(one.value) for one in node.entries)
    return isinstance(node, ListNode) and any(_is_cramped(one) for one in node.children)


def added_words(words: Mapping[str, Plain], taken: Iterable[str]) -> dict[str, Plain]:
    """The fields of an added event with an id and a date of its own where it has none, in the order of a file."""
    by = words.get("by", "record")
    actor = by if isinstance(by, str) else next((str(one) for one in by), "record")
    kind = words.get("kind", "event")
    stem = f"{actor.replace('.', '-')}-{kind}" if isinstance(kind, str) else actor
    names = {*taken}
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in names:
        number += 1
    return _in_order({"id": name, "date": SAME_DAY, **words})


def _in_order(words: Mapping[str, Plain]) -> dict[str, Plain]:
    head = [key for key in KEY_ORDER if key in words]
    tail = [key for key in LAST_KEYS if key in words]
    middle = [key for key in words if key not in head and key not in tail]
    return {key: words[key] for key in (*head, *middle, *tail)}


def changed(changes: Sequence[Change], new: Change) -> tuple[Change, ...]:
    """The changes with one more: one of an added event is made in it, and nothing is left of one that is skipped."""
    added = {one.id: place for place, one in enumerate(changes) if one.action == "add"}
    if new.action == "edit" and new.event in added:
        at = added[new.event]
        old = changes[at]
        made = Change("add", old.event, _in_order({**_merged(old.words, new.words), "id": old.id}))
        return (*changes[:at], made, *changes[at + 1 :])
    if new.action == "skip" and new.event in added:
        anchor = changes[added[new.event]].event
        rest = (one for one in changes if one.id != new.event)
        return tuple(
            Change(one.action, anchor, one.words, one.why)
            if one.action == "add" and one.event == new.event
            else one
            for one in rest
        )
    if new.action == "skip":
        return (*(one for one in changes if one.action == "add" or one.event != new.event), new)
    return (*changes, new)


def _merged(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> dict[str, Plain]:
    made = dict(old)
    for key, value in new.items():
        inner = made.get(key)
        both = isinstance(inner, dict) and isinstance(value, dict)
        made[key] = {**inner, **value} if both else value  # type: ignore[dict-item]
    return made


# ---- the scenario ----------------------------------------------------------------------------------


def scenario_text(
    base: Mapping[str, Plain],
    place: Callable[[str], int | None],
    first: str,
    changes: Sequence[Change],
    title: str,
) -> str:
    """The scenario file of some changes, on a base named as a file names it (`record: PATH`).

    `place` is the place of an event in the base, `first` its first event. The branch point is the last event that
    is touched; what the base tells behind it goes on, over the changed past.
    """
    anchors = {one.id: one.event for one in changes if one.action == "add"}
    roots = {one.id: _root(one.event, anchors) or first for one in changes}
    after = max(roots.values(), key=lambda event: -1 if (at := place(event)) is None else at)
    behind: list[str] = []
    bodies = {one.id: one for one in changes if one.action == "add"}
    edits: list[dict[str, Plain]] = []
    for one in changes:
        if one.action == "edit":
            edits.append(_with_why({"replace": one.event, "with": dict(one.words)}, one))
        elif one.action == "add" and roots[one.id] == after and (one.event in (after, *behind)):
            behind.insert(behind.index(one.event) + 1 if one.event in behind else 0, one.id)
        elif one.action == "add":
            where = ("insert-after", one.event) if one.event else ("insert-before", first)
            edits.append(_with_why({where[0]: where[1], "event": dict(one.words)}, one))
    edits += [_with_why({"drop": one.event}, one) for one in changes if one.action == "skip"]
    lines = [f"format: {FORMAT}", *entry("title", title, 0), "base:"]
    for key, words in {**base, "after": after}.items():
        lines += entry(key, words, 2)
    lines += ["replay: continue"]
    text = "\n".join([*lines, ""])
    if edits:
        text += "\nedit:\n" + "".join(write_spelled(one) for one in edits)
    if behind:
        text += "\nsuppose:\n" + "\n".join(write_spelled(bodies[name].words) for name in behind)
    return text


def _root(event: str, anchors: Mapping[str, str]) -> str:
    """The event of the base behind which an added event stands in the end."""
    while event in anchors:
        event = anchors[event]
    return event


def _with_why(edit: dict[str, Plain], change: Change) -> dict[str, Plain]:
    return {**edit, "why": change.why} if change.why else edit


# ---- replaying -------------------------------------------------------------------------------------


def replayed(base: History, text: str) -> Replayed:
    """What comes of the text of a scenario on this base.

    Raises:
        BadWords: it cannot be built.
    """
    scenario = read_scenario_text(text, "what-if.scenario.yaml")
    ground = Ground(base, Declared(with_supposed(base.header)), lambda event: None)
    branch = branch_of(scenario, ground, trunk_of(scenario, ground), {})
    faults = [one for one in (*scenario.diagnostics, *branch.diagnostics) if one.severity is Severity.ERROR]
    if faults:  # what is written wrong comes before what is missing, which may follow from it
        raise BadWords(_told(min(faults, key=lambda one: one.code == MISSING)))
    return shown(branch)


def shown(branch: Branch) -> Replayed:
    """A branch as a screen shows it."""
    base, history = branch.base.history, branch.ground.history
    steps = branch.first
    skipped: list[tuple[int, Event]] = []
    for event in base.events[branch.first : branch.against]:
        if event.id in history.names:
            steps = history.index(event.id) + 1
        else:
            skipped.append((steps, event))
    new = frozenset(branch.new)
    known = frozenset(name for name in new if name in base.names)
    return Replayed(history, base, branch.first, tuple(skipped), new - known, known)


def _told(fault: Diagnostic) -> str:
    """A fault on one line: what is wrong, then the ways out."""
    return "; ".join((fault.message, *fault.help))


__all__ = [
    "BadWords",
    "Change",
    "Replayed",
    "added_words",
    "changed",
    "read_words",
    "replayed",
    "scenario_text",
    "shown",
]
