"""Between records and lines: a header and its events as canonical JSON, and back, old forms included.

Bytes that are stored are never rewritten. A form that changed is brought up to date on reading, as in texts (see
`terms.records.renewing`). A form that nobody knows is refused as newer, and left where it is.
"""

import json
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct
from pydantic import ValidationError

import terms.events  # noqa: F401 - makes the kinds known
from terms.core.event import KINDS, Event, read_event
from terms.core.header import Header
from terms.ground.canonical import canonical_json
from terms.ground.errors import TermsError
from terms.ground.pause import collector_paused
from terms.ground.words import Plain
from terms.records.renewing import FORM, RENEWALS, UPGRADES, Renewal, Step, renewed, renewed_header
from terms.records.writing import from_json_lines, to_json_lines
from terms.stores.encoding import event_bytes
from terms.stores.errors import NewerForm, NotALine
from terms.stores.store import HEADER, Kept, Line


def line_of(event: Event) -> Line:
    """An event as a line.

    Raises:
        NotCanonical: a name in it is not ASCII.
    """
    return Line(event_bytes(event), event.kind, event.id)


def header_line(header: Header) -> Line:
    """A header as a line."""
    return Line(to_json_lines(header, ()).removesuffix("\n").encode(), HEADER)


def lines_of(header: Header, events: Iterable[Event]) -> tuple[Line, ...]:
    """A whole record as lines, the header first."""
    with collector_paused():
        return (header_line(header), *(line_of(event) for event in events))


def line_from(content: bytes) -> Line:
    """The line that these bytes are. They are kept as they are; only what they are is read.

    Raises:
        NotALine: they are no canonical JSON object, or neither a header nor an event.
    """
    spelled = _object(content)
    if canonical_json(spelled) != content:
        raise NotALine("it is not in canonical form")
    kind, name = spelled.get("kind"), spelled.get("id")
    if isinstance(kind, str) and isinstance(name, str) and kind != HEADER and name:
        return Line(content, kind, name)
    if "format" in spelled and kind is None:
        return Line(content, HEADER)
    raise NotALine("it has neither a kind and an id nor a format")


def read_line(
    content: bytes,
    upgrades: Mapping[str, Step] = UPGRADES,
    renewals: Mapping[str, tuple[Renewal, ...]] = RENEWALS,
) -> Event | Header:
    """The event or header that a line holds, brought up to date.

    Raises:
        NewerForm: a later version wrote it.
        NotALine: it is no line at all.
    """
    spelled = _object(content)
    if "kind" in spelled:
        return _event(renewed(spelled, renewals))
    return _header(spelled, upgrades)


def read_lines(contents: Iterable[bytes]) -> tuple[Header, tuple[Event, ...]]:
    """The header in force and all events of a stream.

    Raises:
        NewerForm, NotALine: as `read_line`.
    """
    header = Header()
    events: list[Event] = []
    for content in contents:
        found = read_line(content)
        if isinstance(found, Header):
            header = found
        else:
            events.append(found)
    return header, tuple(events)


def _object(content: bytes) -> dict[str, Plain]:
    try:
        spelled = json.loads(content)
    except ValueError as fault:
        raise NotALine(str(fault)) from fault
    if not isinstance(spelled, dict):
        raise NotALine("it is no JSON object")
    return spelled


def _event(spelled: dict[str, Plain]) -> Event:
    kind, name = str(spelled["kind"]), str(spelled.get("id", ""))
    if kind not in KINDS:
        raise NewerForm(name, f"the kind '{kind}' is unknown")
    try:
        return read_event(spelled)
    except (ValidationError, TermsError, ValueError) as fault:
        unknown = sorted(set(spelled) - {*KINDS[kind].keys()})
        reason = f"'{unknown[0]}' is no key of '{kind}'" if unknown else str(fault).splitlines()[0]
        raise NewerForm(name, reason) from fault


def _header(spelled: dict[str, Plain], upgrades: Mapping[str, Step]) -> Header:
    spelled = renewed_header(spelled, upgrades)
    if spelled.get("format") != FORM:
        raise NewerForm("header", f"its format is '{spelled.get('format', '')}'")
    try:
        return from_json_lines(canonical_json(spelled).decode())[0]
    except TermsError as fault:
        raise NewerForm("header", str(fault)) from fault


class _Named(Struct):
    """What is read of a line where its name is all that is asked for."""

    id: str


def name_in(kept: Kept) -> str:
    """The id of the event in a line, which is known to hold one."""
    return msgspec.json.decode(kept.content, type=_Named).id
