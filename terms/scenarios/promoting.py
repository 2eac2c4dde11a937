"""Promoting a supposed event that came true: how it reads in the record, and the scenario without it.

The scenario's file is spliced, never written anew: what it says besides stays as it is, byte for byte.
"""

from collections.abc import Sequence

from terms.core.event import Event
from terms.ground.errors import TermsError
from terms.ground.nodes import ListNode, MapNode, TextNode
from terms.ground.tree import read_tree
from terms.ground.words import Plain, thaw
from terms.records.shapes import words_of
from terms.records.splice import replace_spans
from terms.scenarios.scenario import Scenario


class CannotPromote(TermsError):
    """A supposed event cannot become one of the record, or its scenario cannot be spliced."""


def spelled(
    event: Event, node: MapNode, *, sources: Sequence[str] = (), date: str | None = None
) -> dict[str, Plain]:
    """The event as the record is to spell it: as `node` does, with a date of its own and citing `sources` too.

    Raises:
        CannotPromote: it would cite nothing, and a fact needs a source.
    """
    words: dict[str, Plain] = {entry.key.text: thaw(words_of(entry.value)) for entry in node.entries}
    cited = [*_listed(words.pop("source", [])), *sources]
    if not cited:
        raise CannotPromote(f"'{event.id}' is only supposed: say on whose word it is a fact")
    last = ("quote", "lang", "tags", "note")
    made = {key: value for key, value in words.items() if key not in last}
    made["date"] = date if date is not None else event.date.text
    made["source"] = cited[0] if len(cited) == 1 else cited
    return {**made, **{key: words[key] for key in last if key in words}}


def _listed(words: Plain) -> list[Plain]:
    return list(words) if isinstance(words, list) else [words]


def without_supposed(scenario: Scenario, event: str) -> str:
    """The text of the scenario without its first supposed event, branching after it instead. Comments stay.

    Raises:
        CannotPromote: the event is not the first of those supposed, or they stand in brackets.
    """
    tree = read_tree(scenario.text, scenario.path)
    root = tree.root
    entry = root.entry("suppose") if isinstance(root, MapNode) else None
    children = entry.value.children if entry is not None and isinstance(entry.value, ListNode) else ()
    if entry is None or not children or _id(children[0]) != event:
        first = next((_id(child) for child in children), "")
        raise CannotPromote(
            f"'{event}' is not the first that is supposed" + (f": '{first}' is" if first else "")
        )
    text = tree.text
    if text[entry.value.start] == "[":
        raise CannotPromote("its supposed events stand in brackets: write them with dashes")
    start, end = _line(text, children[0].start), _next_line(text, children[0].end)
    edits = [(start, _behind_blanks(text, end) if len(children) > 1 else end, "")]
    if len(children) == 1:
        edits.insert(0, (_line(text, entry.key.start), _next_line(text, entry.key.start), ""))
    after = scenario.base.after if scenario.base is not None else None
    if after is not None:
        edits.append((after.start, after.end, event))
    lead = scenario.text[: len(scenario.text) - len(text)]
    return lead + replace_spans(text, edits)


def _id(node: object) -> str:
    found = node.get("id") if isinstance(node, MapNode) else None
    return found.text if isinstance(found, TextNode) else ""


def _line(text: str, at: int) -> int:
    """Where the line of `at` begins."""
    return text.rfind("\n", 0, at) + 1


def _next_line(text: str, at: int) -> int:
    """Where the line behind that of `at` begins; the end of the text on its last."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _behind_blanks(text: str, at: int) -> int:
    """Where the first line from `at` on begins that is not blank."""
    while at < len(text) and not text[at : _next_line(text, at)].strip():
        at = _next_line(text, at)
    return at


__all__ = ["CannotPromote", "spelled", "without_supposed"]
