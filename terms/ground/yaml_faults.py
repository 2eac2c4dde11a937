"""What is wrong with a text, in the words of its writer: libyaml's findings turned into diagnostics.

libyaml says where it noticed something and speaks of scalars and mappings; a person needs to hear
where it began and what to type. The words below never use the library's. A problem that is not in
the table keeps the library's sentence, since a clumsy message is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from terms.ground.diagnostics import Diagnostic, Related, Severity
from terms.ground.nodes import ListNode, Origin, TextNode
from terms.ground.patterns import late
from terms.ground.places import Place
from terms.ground.yaml_events import DEEPEST, Slip, Stop

_CLOSERS = {"{": "}", "[": "]"}
_QUOTED_OR_COMMENT = late(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'|(?<=\s)#[^\n]*", re.DOTALL)
_QUOTE_IT = "put quotes around text that begins with or contains signs"
_COMMA = "a comma inside { } starts a new key: put quotes around text that contains a comma"


ONLY_TABS = "this line holds nothing but a tab"


def only_tabs(stop: Stop, origin: Origin) -> tuple[int, int] | None:
    """The stretch of the line that stopped libyaml, where nothing but blanks and tabs stands on it; else None."""
    at = len(origin.text) if stop.at is None else stop.at - origin.offset
    start = origin.text.rfind("\n", 0, at) + 1
    end = origin.text.find("\n", at)
    line = origin.text[start : end if end >= 0 else None].rstrip("\r")
    return (start, start + len(line)) if "\t" in line and not line.strip(" \t") else None


def of_only_tabs(start: int, end: int, origin: Origin) -> Diagnostic:
    """A line that looks empty and is not; what stands around it is read as if it were."""
    place = origin.place(start + origin.offset, end + origin.offset)
    return _error("E003", ONLY_TABS, place, help=("leave the line empty",))


def too_large(path: str, largest: int) -> Diagnostic:
    """The file is over the limit and was not read."""
    place = Place(path, 1, 1, 1, 1)
    limit = f"larger than {largest // 1024 // 1024} MiB"
    return _error(
        "E009", f"the file is {limit}", place, help=("split it: one file a session, joined by include",)
    )


def forbidden_character(match: re.Match[str], origin: Origin) -> Diagnostic:
    """A character that editors, git and YAML treat in different ways, or that no text needs."""
    code = ord(match[0])
    place = origin.place(match.start() + origin.offset, match.start() + 1 + origin.offset)
    return _error("E002", f"the character U+{code:04X} is not allowed", place, help=(_advice(code),))


def marker_within(match: re.Match[str], origin: Origin) -> Diagnostic:
    """A line that ends or begins a document, in the midst of a list or map."""
    sign = match[0].rstrip()
    place = origin.place(match.start() + origin.offset, match.start() + len(sign) + origin.offset)
    return _error("E007", f"the line '{sign}' would end the document here", place, help=("delete it",))


def no_colon(node: TextNode) -> Diagnostic:
    """A line that should be `key: value` and has no colon."""
    shown = node.text if len(node.text) <= 40 else node.text[:37] + "..."
    return _error("E008", f"'{shown}' has no ':' behind it", node.place, help=("write it as key: value",))


def no_key(node: ListNode) -> Diagnostic:
    """A list with dashes that stands under no key."""
    help_line = "put the key above it: events:"
    first = node.origin.place(node.start, node.start + 1)
    return _error("E008", "this list belongs to no key", first, help=(help_line,))


def no_name(line: str, place: Place) -> Diagnostic:
    """A line over a list that should name it and is no key."""
    help_line = "write the key and nothing behind it, such as 'events:'"
    return _error("E008", "this line should be the key of the list below it", place, help=(help_line,))


def of_slip(slip: Slip, origin: Origin) -> Diagnostic:
    """The diagnostic of something that YAML allows and records do not."""
    code, message, help_line = _SLIPS[slip.rule]
    place = origin.place(slip.start, slip.end)
    related = [Related(origin.place(*slip.earlier), "first here")] if slip.earlier else []
    if slip.last is not None:
        related.append(Related(origin.place(slip.last - 1, slip.last), "nothing down to here is read"))
    return _error(
        code, message.format(slip.text), place, related=tuple(related), help=(help_line,) if help_line else ()
    )


def of_stop(stop: Stop, origin: Origin) -> Diagnostic:
    """The diagnostic of what stopped libyaml, placed where it began."""
    at = len(origin.text) if stop.at is None else stop.at - origin.offset
    since = at if stop.since is None else stop.since - origin.offset
    for needle, tell in _STOPS:
        if needle in stop.problem or needle in stop.context:
            return tell(origin, since, at)
    told = f"this cannot be read: {stop.problem}"
    return _error("E008", told, _spot(origin, at), help=(_QUOTE_IT,))


def _error(
    code: str,
    message: str,
    place: Place,
    *,
    label: str = "",
    related: tuple[Related, ...] = (),
    help: tuple[str, ...] = (),
) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, place, label, related, help)


def _spot(origin: Origin, index: int) -> Place:
    """The one character at `index`; at the end of the text, the last one that says something."""
    if index >= len(origin.text):
        index = max(0, len(origin.text.rstrip()) - 1)
    return origin.place(index + origin.offset, index + 1 + origin.offset)


def _rest_of_line(origin: Origin, index: int) -> Place:
    end = origin.text.find("\n", index)
    line = origin.text[index : end if end >= 0 else None].rstrip()
    return origin.place(index + origin.offset, index + max(1, len(line)) + origin.offset)


def _advice(code: int) -> str:
    if code in (0x85, 0x2028, 0x2029, 0x0D):
        return "some programs take it for the end of a line and some do not: use an ordinary line end"
    return "delete it; it is not seen in most editors"


def _bracket(origin: Origin, since: int, at: int) -> Diagnostic:
    """An opening bracket whose list went wrong: never closed, or closed but with something missing inside."""
    sign = origin.text[since : since + 1]
    opened = _spot(origin, since)
    noticed = _spot(origin, at)
    if _is_closed(origin.text, since):
        return _missing_comma(sign, opened, noticed)
    related = (Related(noticed, "noticed here"),) if noticed != opened else ()
    help_line = f"close it with '{_CLOSERS.get(sign, sign)}'"
    return _error("E001", f"this block '{sign}' is never closed", opened, related=related, help=(help_line,))


def _missing_comma(sign: str, opened: Place, noticed: Place) -> Diagnostic:
    related = (Related(opened, "opened here"),)
    return _error(
        "E001", f"inside '{sign}' a comma is missing before this", noticed, related=related, help=(_COMMA,)
    )


def _is_closed(text: str, since: int) -> bool:
    """Whether the bracket at `since` finds its partner, quotes and comments left aside."""
    waiting: list[str] = []
    bare = _QUOTED_OR_COMMENT.sub("", text[since:])
    for sign in bare:
        if sign in _CLOSERS:
            waiting.append(_CLOSERS[sign])
        elif sign in _CLOSERS.values():
            if not waiting or waiting.pop() != sign:
                return False
            if not waiting:
                return True
    return False


def _quote(origin: Origin, since: int, at: int) -> Diagnostic:
    related = (Related(_spot(origin, at), "noticed here"),)
    return _error("E001", "this quote is never closed", _spot(origin, since), related=related)


def _escape(origin: Origin, since: int, at: int) -> Diagnostic:
    begin = origin.text.rfind("\\", since, at + 1)
    end = min(at + 2, len(origin.text))
    place = origin.place(begin + origin.offset, end + origin.offset)
    help_line = "inside double quotes a backslash starts an escape: use single quotes, or write it twice"
    return _error("E008", f"'{origin.text[begin:end]}' is not an escape", place, help=(help_line,))


def _second_colon(origin: Origin, since: int, at: int) -> Diagnostic:
    help_line = "put quotes around text that contains ': ', and check the indent of this line"
    return _error("E008", "a second ': ' in one entry", _spot(origin, at), help=(help_line,))


def _tab(origin: Origin, since: int, at: int) -> Diagnostic:
    return _error("E003", "a tab is used for indenting", _spot(origin, at), help=("use spaces",))


def _question_mark(origin: Origin, since: int, at: int) -> Diagnostic:
    return _error("E008", "'? ' begins a key in YAML", _rest_of_line(origin, at), help=(_QUOTE_IT,))


def _first_sign(origin: Origin, since: int, at: int) -> Diagnostic:
    sign = origin.text[at : at + 1]
    if sign == "\t":
        return _tab(origin, since, at)
    help_line = f"put quotes around it: '{sign}...'"
    return _error("E008", f"text cannot begin with '{sign}'", _rest_of_line(origin, at), help=(help_line,))


def _block_text(origin: Origin, since: int, at: int) -> Diagnostic:
    sign = origin.text[since : since + 1]
    help_line = (
        "say it in words: 'at least', 'more than'" if sign == ">" else "begin the text on the next line"
    )
    message = f"'{sign}' opens a block of text, and nothing may follow it on its line"
    return _error("E008", message, _rest_of_line(origin, since), help=(help_line,))


def _key_without_colon(origin: Origin, since: int, at: int) -> Diagnostic:
    help_line = "write it as key: value; a text of several lines begins with |"
    return _error("E008", "this line has no ':'", _rest_of_line(origin, since), help=(help_line,))


def _misfit(origin: Origin, since: int, at: int) -> Diagnostic:
    sign = origin.text[at : at + 1]
    if sign and sign in _CLOSERS.values():
        return _stray_closer(origin, sign, at)
    related = (Related(_spot(origin, since), "it should go on with this"),) if since != at else ()
    help_line = "check its indent, and whether a bracket or quote is one too many"
    return _error(
        "E008",
        "this does not fit what stands above it",
        _rest_of_line(origin, at),
        related=related,
        help=(help_line,),
    )


def _dash(origin: Origin, since: int, at: int) -> Diagnostic:
    help_line = "begin the list on the next line, or write it as [a, b]"
    return _error("E008", "a list with dashes cannot begin here", _spot(origin, at), help=(help_line,))


def _stray_closer(origin: Origin, sign: str, at: int) -> Diagnostic:
    """A closing bracket without its partner: the last one opened before it was meant, or none was."""
    opened = _last_open(origin.text, at)
    if opened is not None:
        return _bracket(origin, opened, at)
    return _error("E001", f"this '{sign}' closes nothing", _spot(origin, at), help=("delete it",))


def _last_open(text: str, at: int) -> int | None:
    """Where the innermost bracket that is open at `at` stands; None when none is."""
    waiting: list[int] = []
    for index, found in enumerate(_QUOTED_OR_COMMENT.sub(_blanked, text[:at])):
        if found in _CLOSERS:
            waiting.append(index)
        elif found in _CLOSERS.values() and waiting:
            waiting.pop()
    return waiting[-1] if waiting else None


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _nothing(origin: Origin, since: int, at: int) -> Diagnostic:
    sign = origin.text[at : at + 1]
    if sign in _CLOSERS.values() or not sign:
        return _stray_closer(origin, sign, at)
    return _error("E008", f"a value was expected here, not {sign!r}", _spot(origin, at), help=(_QUOTE_IT,))


def _colon_in_braces(origin: Origin, since: int, at: int) -> Diagnostic:
    return _error("E008", "':' needs a space behind it", _spot(origin, at), help=("write key: value",))


def _depth(origin: Origin, since: int, at: int) -> Diagnostic:
    return _error("E005", f"lists and maps are nested more than {DEEPEST} deep", _spot(origin, at))


def _second_document(origin: Origin, since: int, at: int) -> Diagnostic:
    help_line = "check the indent of this line, and for a line '...' or '---' above it"
    return _error("E007", "the document has ended before this", _rest_of_line(origin, at), help=(help_line,))


def _decoration(origin: Origin, since: int, at: int) -> Diagnostic:
    message = f"'{origin.text[since : since + 1]}' at the start of a value means something else in YAML"
    return _error(
        "E006", message, _rest_of_line(origin, since), help=("put quotes around it, or say it in words",)
    )


def _directive(origin: Origin, since: int, at: int) -> Diagnostic:
    return _error("E006", "lines that begin with '%' are not used in records", _rest_of_line(origin, since))


_SLIPS = {
    "twice": ("E004", "key '{}' appears twice", ""),
    "key": ("E008", "a key is a short text, not a list or a map", "put quotes around it"),
    "merge": ("E006", "'{}' (a merge key) is not used in records", "write the entries out"),
    "alias": (
        "E006",
        "'{}' (an alias) is not used in records",
        "write the value out, or put quotes around it",
    ),
    "anchor": ("E006", "'{}' (an anchor) is not used in records", "leave it out, or put quotes around it"),
    "tag": ("E006", "'{}' (a tag) is not used in records", "put quotes around it, or say it in words"),
    "escape": ("E002", "an escape stands for the character {}, which is not allowed", "leave it out"),
    "documents": ("E007", "a file holds one document, and a second begins here", "leave out the line '---'"),
}

_STOPS: tuple[tuple[str, Callable[[Origin, int, int], Diagnostic]], ...] = (
    ("nested too deeply", _depth),
    ("maximum nesting depth", _depth),
    ("tab character", _tab),
    ("parsing a flow mapping", _bracket),
    ("parsing a flow sequence", _bracket),
    ("unexpected end of stream", _quote),
    ("unexpected document indicator", _quote),
    ("scanning a quoted scalar", _escape),
    ("parsing a quoted scalar", _escape),
    ("mapping values are not allowed", _second_colon),
    ("cannot start any token", _first_sign),
    ("scanning a block scalar", _block_text),
    ("could not find expected ':'", _key_without_colon),
    ("did not find expected key", _misfit),
    ("did not find expected '-' indicator", _misfit),
    ("block sequence entries are not allowed", _dash),
    ("did not find expected node content", _nothing),
    ("unexpected ':'", _colon_in_braces),
    ("expected <document start>", _second_document),
    ("mapping keys are not allowed", _question_mark),
    ("directive", _directive),
    ("YAML document", _directive),
    ("an anchor", _decoration),
    ("an alias", _decoration),
    ("a tag", _decoration),
    ("undefined tag handle", _decoration),
)
