"""What a line of a long stream holds, where it is found again, and what folding it will look up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from terms.core.accounts import read_header
from terms.core.entries import Cell
from terms.core.event import Event, named_in, read_event_json
from terms.core.header import Header
from terms.core.lens import View
from terms.core.talks import Talks
from terms.ground.errors import TermsError
from terms.ground.maps import Map
from terms.ground.words import Plain
from terms.records.renewing import RENEWALS, renewed
from terms.stores.errors import NoHeader, StoreError
from terms.stores.frames import END, KIND, MAPS, NAMED, OPENED, PLACE, Entries
from terms.stores.layered import Layered
from terms.stores.lines import read_line
from terms.stores.store import HEADER, Kept, Store

FOUND_BY_KIND = frozenset({"announce", "claim"})
"""Kinds whose events are found by their kind: those that report moves of others."""


class DeclaredAnew(StoreError):
    """A stream in which a later line declares anew what all others are read by, so that it must be folded whole."""

    def __init__(self, stream: str, number: int) -> None:
        super().__init__(f"line {number} of '{stream}' declares anew how the others are read: fold it whole")
        self.stream, self.number = stream, number


_NO_WORDS = re.compile(rb'(?:":|\[)[tfn0-9-]')
"""A yes or no or a number of JSON in a line, which an event made of it would spell in words."""


def header_of(store: Store, stream: str, view: View | None = None) -> Header:
    """The header with which a stream begins, as a view reads it; None: as it is declared.

    Raises:
        NoHeader: it begins otherwise, or there is nothing.
    """
    first = next(iter(store.read(stream, limit=1)), None)
    found = None if first is None else read_line(first.content)
    if not isinstance(found, Header):
        raise NoHeader(stream)
    return found if view is None else read_header(found, view)


def event_in(kept: Kept, stream: str) -> Event:
    """The event in a line.

    Raises:
        DeclaredAnew: it is a header.
        NewerForm, NotALine: it cannot be read.
    """
    if kept.kind == HEADER:
        raise DeclaredAnew(stream, kept.number)
    try:
        return read_event_json(kept.content)
    except (KeyError, ValueError, TermsError):  # an old form, or none that anybody knows
        found = read_line(kept.content)
        if isinstance(found, Header):
            raise DeclaredAnew(stream, kept.number) from None
        return found


def events_in(lines: Iterable[Kept], stream: str) -> Iterator[tuple[Kept, Event]]:
    """Each of many lines with its event: a few are read before the first is folded, then the next few.

    Reading by turns with folding, each pushes what the other needs out of the caches of the processor: that
    took a fifth of a replay.

    Raises:
        DeclaredAnew, NewerForm, NotALine: as `event_in`, once all lines before have come.
    """
    left = iter(lines)
    while some := tuple(islice(left, READ_AHEAD)):
        read: list[tuple[Kept, Event]] = []
        fault: TermsError | None = None
        for kept in some:
            try:
                read.append((kept, event_in(kept, stream)))
            except TermsError as found:
                fault = found
                break
        yield from read
        if fault is not None:
            raise fault


READ_AHEAD = 64


def spelled_in(kept: Kept, stream: str) -> dict[str, Plain]:
    """The event in a line as a file spells it, without making an event of it: a tenth of the time.

    Raises:
        DeclaredAnew: it is a header.
        NewerForm, NotALine: it cannot be read.
    """
    if kept.kind == HEADER:
        raise DeclaredAnew(stream, kept.number)
    if _NO_WORDS.search(kept.content) is not None:
        return event_in(kept, stream).words()
    return renewed(msgspec.json.decode(kept.content), RENEWALS)


def leads(event: Event, number: int, *, opens: bool) -> Iterator[tuple[str, int, bytes]]:
    """The parts that lead to a line: from its name, from those it names, from its kind, and what it opened."""
    yield f"{PLACE}{event.id}", number, event.date.text.encode()
    for name in named_in(event):
        yield f"{NAMED}{name}{END}", number, event.id.encode()
    if event.kind in FOUND_BY_KIND:
        yield f"{KIND}{event.kind}{END}", number, b""
    if opens:
        yield OPENED, number, b""


NAMED_AFTER_EVENTS = ("versions",)
"""Maps of a state whose entries are named after the event that made them, so that none is there before it."""


def look_ahead(talks: Talks, events: Sequence[Event]) -> None:
    """Read what these events will look up in the large maps of a state, in one question a map and not one each."""
    heads = {one.partition("/")[0] for event in events for one in getattr(event, "of", ())}
    heads |= {held.version.partition("/")[0] for cell in few_cells(talks) for held in cell.bound}
    for field in MAPS:
        entries = getattr(talks, field)
        if isinstance(entries, Layered) and isinstance(entries.below, Entries):
            own = [event.id for event in events] if field in NAMED_AFTER_EVENTS else ()
            entries.below.look_up(heads.difference(own), missing=own)


def few_cells(talks: Talks) -> list[Cell]:
    """The cells of a state; none where they are too many to be held."""
    cells: object = talks.cells
    return list(cells.values()) if isinstance(cells, Map) else []


def set_by(talks: Talks) -> set[str]:
    """The events that made the cells of a state what they are, where those are held."""
    return {cell.event for cell in few_cells(talks)}
