"""How a list of diagnostics looks: to a person with excerpts and carets, to other programs as they wish.

The full form follows the Rust compiler, which people already read: code and sentence, place, the
user's own text with carets under the fault, dashes under an earlier place, then the way out. All
text goes through `clean`, so that a record cannot paint a reader's terminal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pkgutil import get_data
from typing import Literal, assert_never

from terms.ground.diagnostics import Diagnostic, Severity, in_order
from terms.ground.excerpts import Mark, excerpt
from terms.ground.places import Place
from terms.ground.widths import clean

Form = Literal["full", "concise", "json", "github", "junit"]
FORMS: tuple[Form, ...] = ("full", "concise", "json", "github", "junit")

_PAINT = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_GITHUB_WORD = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, str],
    *,
    form: Form = "full",
    color: bool = False,
) -> str:
    """All `diagnostics` in reading order, ending in a line end unless there is nothing to show.

    `texts` maps each path to the text of that file, for excerpts; a path that is missing there is
    shown without its excerpt. `color` concerns the full and the concise form alone.
    """
    ordered = in_order(diagnostics)
    match form:
        case "full":
            return "\n".join(_full(diagnostic, texts, color=color) for diagnostic in ordered)
        case "concise":
            return "".join(_concise(diagnostic, color=color) for diagnostic in ordered)
        case "json":
            return _json(ordered)
        case "github":
            return "".join(_github(diagnostic) for diagnostic in ordered)
        case "junit":
            return _junit(ordered, texts)
        case _:
            assert_never(form)


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """One diagnostic as version 1 of the published schema has it; places that do not exist are null."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place_as_json(diagnostic.place),
        "label": diagnostic.label,
        "help": list(diagnostic.help),
        "related": [
            {**_place_as_json(related.place), "label": related.label} for related in diagnostic.related
        ],
        "trail": [_place_as_json(place) for place in diagnostic.trail],
        "because": list(diagnostic.because),
    }


def json_schema() -> str:
    """The JSON Schema (draft 2020-12) of what the JSON form writes; its `$id` ends in its version."""
    return (get_data("terms.ground", "diagnostics.schema.json") or b"").decode("utf-8")


def _json(ordered: Sequence[Diagnostic]) -> str:
    """ASCII alone, so that neither a terminal nor a pipe with another encoding can stumble over a record."""
    text = json.dumps([as_json(diagnostic) for diagnostic in ordered], indent=2)
    return text.replace("\x7f", "\\u007f") + "\n"


def _place_as_json(place: Place | None) -> dict[str, object]:
    keys = ("path", "line", "column", "end_line", "end_column")
    return {key: getattr(place, key) if place else None for key in keys}


def _full(diagnostic: Diagnostic, texts: Mapping[str, str], *, color: bool) -> str:
    paint = _PAINT[diagnostic.severity] if color else ""
    lines = [f"{_head(diagnostic, paint)}: {clean(diagnostic.message)}"]
    gutter = _gutter(diagnostic)
    if diagnostic.place is not None:
        lines.append(" " * gutter + f"--> {clean(str(diagnostic.place))}")
        marks = _marks(diagnostic, diagnostic.place.path, paint)
        lines += excerpt(texts.get(diagnostic.place.path), marks, gutter)
    for path in _other_paths(diagnostic):
        places = [related.place for related in diagnostic.related if related.place.path == path]
        lines.append(" " * gutter + f"::: {clean(str(min(places)))}")
        lines += excerpt(texts.get(path), _marks(diagnostic, path, paint), gutter)
    lines += [" " * (gutter + 1) + f"= included from {clean(str(place))}" for place in diagnostic.trail]
    lines += [" " * (gutter + 1) + f"= because: {clean(line)}" for line in diagnostic.because]
    lines += [" " * (gutter + 1) + f"= help: {clean(line)}" for line in diagnostic.help]
    return "\n".join(lines) + "\n"


def _head(diagnostic: Diagnostic, paint: str) -> str:
    head = f"{diagnostic.severity.value}[{diagnostic.code}]"
    return f"\x1b[{paint}m{head}\x1b[0m" if paint else head


def _gutter(diagnostic: Diagnostic) -> int:
    """How many cells the greatest line number shown takes."""
    places = [related.place for related in diagnostic.related]
    places += [diagnostic.place] if diagnostic.place else []
    return max((len(str(place.line)) for place in places), default=1)


def _marks(diagnostic: Diagnostic, path: str, paint: str) -> Sequence[Mark]:
    related = [Mark(each.place, "-", each.label) for each in diagnostic.related if each.place.path == path]
    if diagnostic.place is not None and diagnostic.place.path == path:
        related.append(Mark(diagnostic.place, "^", diagnostic.label, paint))
    return related


def _other_paths(diagnostic: Diagnostic) -> list[str]:
    """The files of the related places beside the diagnostic's own, in the order they are named."""
    own = diagnostic.place.path if diagnostic.place else None
    return [path for path in dict.fromkeys(each.place.path for each in diagnostic.related) if path != own]


def _concise(diagnostic: Diagnostic, *, color: bool) -> str:
    where = f"{clean(str(diagnostic.place))}: " if diagnostic.place else ""
    head = _head(diagnostic, _PAINT[diagnostic.severity] if color else "")
    return f"{where}{head}: {clean(diagnostic.message)}\n"


def _github(diagnostic: Diagnostic) -> str:
    """A workflow command, as GitHub Actions reads it from the output of a job."""
    place = diagnostic.place
    properties = {"title": diagnostic.code}
    if place is not None:
        properties = {
            "file": clean(place.path),
            "line": str(place.line),
            "col": str(place.column),
            "endLine": str(place.end_line),
            "endColumn": str(place.end_column),
            **properties,
        }
    listed = ",".join(f"{key}={_github_escape(value, ':,')}" for key, value in properties.items())
    body = "\n".join(map(clean, [diagnostic.message, *diagnostic.because, *diagnostic.help]))
    return f"::{_GITHUB_WORD[diagnostic.severity]} {listed}::{_github_escape(body)}\n"


def _github_escape(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _junit(ordered: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
    """One test case a diagnostic, or one that passed: readers refuse empty suites."""
    failures = sum(diagnostic.severity is not Severity.NOTE for diagnostic in ordered)
    cases = [_junit_case(diagnostic, texts) for diagnostic in ordered]
    cases = cases or ['  <testcase classname="terms" name="check"/>']
    head = f'<testsuite name="terms" tests="{len(cases)}" failures="{failures}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', head, *cases, "</testsuite>"]) + "\n"


_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_XML_QUOTED = str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _attribute(text: str) -> str:
    """A text in quotes, as the value of an attribute. The standard library's own comes with its web client."""
    return f'"{text.translate(_XML).translate(_XML_QUOTED)}"'


def _junit_case(diagnostic: Diagnostic, texts: Mapping[str, str]) -> str:
    where = diagnostic.place.path if diagnostic.place else "terms"
    name = f"{diagnostic.code} {clean(str(diagnostic.place))}" if diagnostic.place else diagnostic.code
    opening = f"  <testcase classname={_attribute(clean(where))} name={_attribute(name)}>"
    body = _full(diagnostic, texts, color=False).translate(_XML)
    if diagnostic.severity is Severity.NOTE:
        return f"{opening}<system-out>{body}</system-out></testcase>"
    message = _attribute(clean(diagnostic.message))
    return f'{opening}<failure type="{diagnostic.code}" message={message}>{body}</failure></testcase>'
