"""A record as it was read before, so that opening it again need not read its files word by word.

Kept are the declarations, the events field by field, where each stands in its file, and the hints. Only a
record without faults is kept, and only if what comes back is equal to it, so that nothing need be validated
again. Its files are looked into only where a line of one is to be shown.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from terms.cellar.folder import cellar, fetched, hash_of, mark_of, put_by
from terms.cellar.telling import event_made, event_told, part_made, part_told
from terms.core.header import Header
from terms.ground.diagnostics import Diagnostic
from terms.ground.errors import TermsError
from terms.ground.places import Place
from terms.records.record import Record

Span = tuple[int, int, int, int, int]
"""A place: the number of its file among those named, then line and column where it begins and ends."""

_OUT = re.compile(r"\.\.[/\\](?!\d{4}(?:-\d\d)*[~?%]?(?:[\"'\s,\]})]|$))")
"""A way out of a folder; a date without a beginning (`../2031-06-01`) looks like one and is none."""
_ROOTED = re.compile(r"\bvocabulary[\"']?\s*:(?![ \t]+[\"']?\w(?!:))")
"""A vocabulary whose path may be one from the root."""


class Told(Struct, frozen=True):
    """A record as it is kept. `heads` are in the order of the events; `files` are the paths that places name."""

    path: str
    texts: tuple[str, ...]
    files: tuple[str, ...]
    header: object
    events: list[dict[str, object]]
    heads: list[Span]
    declared: dict[str, Span]
    diagnostics: tuple[Diagnostic, ...]


class Texts(Mapping[str, str]):
    """The texts of files by their paths, each read when it is first looked at; one that has gone is empty."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self._texts: dict[str, str | None] = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> str:
        text = self._texts[path]
        if text is None:
            text = self._texts[path] = _text(path)
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return ""


class Memory:
    """What may be known of one record; `path` as it is given, which may be the folder, `mark` what it is now.

    Raises nothing.
    """

    def __init__(self, path: str, mark: str | None, environment: Mapping[str, str]) -> None:
        self.path, self.mark = path, mark
        self.folder = cellar(environment)
        self.name = f"{hash_of(path)}.record"

    def recalled(self) -> Record | None:
        """The record; None: it was never read, has changed since, or nothing is to be kept.

        Of the places of its events only the heads are known.
        """
        content = fetched(self.folder, self.name, self.mark)
        return _recalled(content) if content is not None else None

    def keep(self, record: Record) -> None:
        """Keep a record that was read, if it is whole and its files are still what they were when this was made.

        A record that may include what lies outside its folder is not kept: the mark says nothing of that.
        """
        if self.folder is None or self.mark is None or record.has_errors:
            return
        if any(map(_reaches_out, record.texts.values())) or mark_of(self.path) != self.mark:
            return
        content = _content(record)
        if content is not None and _is_of(record, _recalled(content)):
            put_by(self.folder, self.name, self.mark, content)


def _reaches_out(text: str) -> bool:
    """Whether a file may name another that lies outside the folder of its record."""
    return bool((".." in text and _OUT.search(text)) or ("vocabulary" in text and _ROOTED.search(text)))


def _is_of(record: Record, found: Record | None) -> bool:
    """Whether what comes back is the record that was read, but for what is not kept."""
    return (
        found is not None
        and (found.header, found.events, found.path) == (record.header, record.events, record.path)
        and (found.declared, found.diagnostics) == (record.declared, record.diagnostics)
        and tuple(found.texts) == tuple(record.texts)
        and all(found.head(event.id) == record.head(event.id) for event in record.events)
    )


def _content(record: Record) -> bytes | None:
    files: dict[str, int] = {}
    try:
        heads = [_span(record.head(event.id), files) for event in record.events]
        declared = {name: _span(place, files) for name, place in record.declared.items()}
        told = Told(
            record.path,
            tuple(record.texts),
            tuple(files),
            part_told(record.header),
            [event_told(event) for event in record.events],
            heads,
            declared,
            record.diagnostics,
        )
        return msgspec.json.encode(told)
    except (TypeError, UnicodeEncodeError):
        return None  # something that these words cannot say: then it is read anew each time


def _span(place: Place | None, files: dict[str, int]) -> Span:
    """The numbers of a place; its file joins `files` where it is new there.

    Raises:
        TypeError: there is no place.
    """
    if place is None:
        raise TypeError("no place is known")
    number = files.setdefault(place.path, len(files))
    return number, place.line, place.column, place.end_line, place.end_column


def _recalled(content: bytes) -> Record | None:
    try:
        told = msgspec.json.decode(content, type=Told)
        header = part_made(told.header)
        events = tuple(map(event_made, told.events))
        places = [_place(told.files, span) for span in told.heads]
        heads = {event.id: place for event, place in zip(events, places, strict=True)}
        declared = {name: _place(told.files, span) for name, span in told.declared.items()}
    except (msgspec.DecodeError, TermsError, LookupError, TypeError, ValueError):
        return None
    if not isinstance(header, Header):
        return None
    texts = Texts(told.texts)
    return Record(header, events, {}, declared, told.diagnostics, texts, told.path, heads)


def _place(files: tuple[str, ...], span: Span) -> Place:
    number, line, column, end_line, end_column = span
    return Place(files[number], line, column, end_line, end_column)
