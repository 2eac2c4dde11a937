"""Hints that a writer has seen and allows: `# terms: allow W401` on the first line of an event.

Only hints can be allowed, never errors; an allowance that allows nothing is itself a hint, because it would
hide the next real one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from terms.ground.diagnostics import Diagnostic
from terms.ground.nodes import MapNode, TextNode
from terms.ground.patterns import late
from terms.ground.places import Place
from terms.records.chunks import Parsed
from terms.records.faults import warning
from terms.records.shapes import texts_in

_ALLOW = late(r"#[ \t]*terms:[ \t]*allow[ \t]+(?P<codes>[A-Z]\d{3}(?:[ ,\t]+[A-Z]\d{3})*)")


def allowed(found: Sequence[Diagnostic], files: Iterable[Parsed]) -> list[Diagnostic]:
    """The hints without those that were allowed, and one for each allowance that allowed nothing."""
    left = list(found)
    for parsed in files:
        if "terms:" not in parsed.text:
            continue
        for codes, comment, event in _allowances(parsed):
            for code in codes:
                suppressed = [one for one in left if one.code == code and _is_within(one, event)]
                left = [one for one in left if one not in suppressed]
                if not suppressed:
                    left.append(_unused(code, comment))
    return left


def _allowances(parsed: Parsed) -> Iterator[tuple[list[str], Place, Place | None]]:
    """(codes, the comment's place, the event's place or None where no event begins on that line)."""
    events = {event.node.place.moved(event.lines).line: event for event in parsed.events}
    for match in _ALLOW.finditer(parsed.text):
        line = parsed.text.count("\n", 0, match.start()) + 1
        column = match.start() - (parsed.text.rfind("\n", 0, match.start()) + 1) + 1
        comment = Place(parsed.path, line, column, line, column + match.end() - match.start())
        event = events.get(line)
        if event is None and _is_in_text(parsed, comment):
            continue
        yield (
            re.findall(r"[A-Z]\d{3}", match["codes"]),
            comment,
            event.node.place.moved(event.lines) if event else None,
        )


def _is_in_text(parsed: Parsed, comment: Place) -> bool:
    """Whether the words stand inside a text of an event and are no comment at all."""
    for event in parsed.events:
        place = event.node.place.moved(event.lines)
        if place.line <= comment.line <= place.end_line and isinstance(event.node, MapNode):
            return any(_holds(text, event.lines, comment) for text in texts_in(event.node))
    return False


def _holds(text: TextNode, lines: int, comment: Place) -> bool:
    place = text.place.moved(lines)
    return (place.line, place.column) <= (comment.line, comment.column) < (place.end_line, place.end_column)


def _is_within(one: Diagnostic, event: Place | None) -> bool:
    if event is None or one.place is None or one.place.path != event.path:
        return False
    return event.line <= one.place.line <= event.end_line


def _unused(code: str, comment: Place) -> Diagnostic:
    if not code.startswith("W"):
        return warning(
            "W499", f"{code} cannot be allowed", comment, "only hints (W...) can be: mend the error"
        )
    return warning(
        "W499",
        f"this allows {code} where there is none",
        comment,
        "delete it, or put it on the first line of the event",
    )
