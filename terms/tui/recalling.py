"""A record as it was read before, so that opening it again need not read its files word by word.

Kept are the declarations and the events, field by field. Only a record without faults is kept, and only if
what comes back is equal to it, so that nothing need be validated again; the places in its files are not kept,
since the screen asks for none.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec
from msgspec import Struct

import terms.events  # noqa: F401 - makes the kinds known
from terms.core import header as declared
from terms.core.citation import Citation
from terms.core.event import KINDS, Event
from terms.core.header import Header
from terms.core.history import History
from terms.core.lens import View
from terms.ground.dates import Edtf, read_date
from terms.ground.errors import TermsError
from terms.ground.words import FrozenWords, freeze, thaw
from terms.tui.cellar import cellar, fetched, hash_of, mark_of, put_by
from terms.values import Declaration
from terms.views.contested import Readings, Span

PARTS: Mapping[str, type[Struct]] = {
    part.__name__: part
    for part in (
        Header, Declaration, declared.Party, declared.Person, declared.Stage, declared.Term, declared.Text,
        declared.Happening, declared.Rule, declared.Source, Citation,
    )
}  # fmt: skip
"""What a header and the fields of events are made of, by name; nothing else is made from what is kept."""


class Disputes:
    """What rival accounts of one record change, as it was found out before; the record as `Memory` has it."""

    def __init__(self, path: str, mark: str | None, environment: Mapping[str, str]) -> None:
        self.path, self.mark = path, mark
        self.folder = cellar(environment)
        self.name = f"{hash_of(path)}.disputes"

    def recalled(self, history: History) -> Readings | None:
        """The readings of the history of this record, as recorded; None: what they change is to be found out."""
        content = fetched(self.folder, self.name, self.mark) if history.view == View() else None
        try:
            told = msgspec.json.decode(content, type=list[list[Span]]) if content is not None else []
        except msgspec.DecodeError:
            return None
        readings = Readings(history, dict(enumerate(told)))
        return readings if told and all(told) and readings.is_surveyed else None

    def keep(self, readings: Readings) -> None:
        """Keep what was found out of the record as recorded, if its files are still what they were."""
        if self.mark is None or readings.history.view != View() or not readings.is_surveyed:
            return
        if readings.spans and mark_of(self.path) == self.mark:
            told = [readings.spans[place] for place in sorted(readings.spans)]
            put_by(self.folder, self.name, self.mark, msgspec.json.encode(told))


_OUTSIDE = re.compile(r"\.\.[/\\](?!\d{4}(?:-\d\d)*[~?%]?(?:[\"'\s,\]})]|$))")
"""A way out of a folder; a date without a beginning (`../2031-06-01`) looks like one and is none."""


class Recalled(Struct, frozen=True):
    """A record without faults as the screen needs it. `path` is its head file, `texts` the files it is made of."""

    header: Header
    events: tuple[Event, ...]
    path: str
    texts: tuple[str, ...]


class Memory:
    """What may be known of one record; `path` as it is given, which may be the folder, `mark` what it is now.

    Raises nothing.
    """

    def __init__(self, path: str, mark: str | None, environment: Mapping[str, str]) -> None:
        self.path, self.mark = path, mark
        self.folder = cellar(environment)
        self.name = f"{hash_of(path)}.record"

    def recalled(self) -> Recalled | None:
        """The record; None: it was never read, has changed since, or nothing is to be kept."""
        content = fetched(self.folder, self.name, self.mark)
        return _recalled(content) if content is not None else None

    def keep(self, header: Header, events: tuple[Event, ...], path: str, texts: Mapping[str, str]) -> None:
        """Keep a record that was read from `texts`, if its files are still what they were when this was made.

        A record that may include what lies outside its folder is not kept: the mark says nothing of that.
        """
        if self.mark is None or any(_OUTSIDE.search(text) for text in texts.values()):
            return
        if mark_of(self.path) != self.mark:
            return
        made = Recalled(header, events, path, tuple(texts))
        content = _content(made)
        if content is not None and _recalled(content) == made:
            put_by(self.folder, self.name, self.mark, content)


def _content(made: Recalled) -> bytes | None:
    try:
        told = {
            "header": _told(made.header),
            "events": [_event_told(event) for event in made.events],
            "path": made.path,
            "texts": made.texts,
        }
        return msgspec.json.encode(told)
    except (TypeError, UnicodeEncodeError):
        return None  # something that these words cannot say: then it is read anew each time


def _recalled(content: bytes) -> Recalled | None:
    try:
        told = msgspec.json.decode(content)
        header = _made(told["header"])
        events = tuple(_event_made(fields) for fields in told["events"])
        texts = tuple(str(path) for path in told["texts"])
        return Recalled(header, events, str(told["path"]), texts) if isinstance(header, Header) else None
    except (msgspec.DecodeError, TermsError, KeyError, TypeError, ValueError):
        return None


def _event_told(event: Event) -> dict[str, object]:
    """The fields that were given; the others are those of the kind."""
    given = {name: _told(getattr(event, name)) for name in sorted(event.model_fields_set)}
    return {**given, "kind": event.kind, "given": sorted(event.model_fields_set)}


def _event_made(told: dict[str, object]) -> Event:
    """The event with these fields, made as pydantic makes one from fields that are valid.

    Raises:
        KeyError, TypeError, ValueError, TermsError: there is no such kind, or these are no fields.
    """
    kind = KINDS[str(told["kind"])]
    given = told.pop("given")
    names = _given(tuple(given)) if isinstance(given, list) else set()
    made = kind.__new__(kind)
    fields = {**_usual(kind), **{name: _made(value) for name, value in told.items()}}
    object.__setattr__(made, "__dict__", fields)
    object.__setattr__(made, "__pydantic_fields_set__", names)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


@lru_cache(maxsize=64)
def _usual(kind: type[Event]) -> dict[str, object]:
    """The fields of a kind that nothing was said about. Shared: not to be changed."""
    return {name: field.default for name, field in kind.model_fields.items() if not field.is_required()}


@lru_cache(maxsize=4096)
def _given(names: tuple[str, ...]) -> set[str]:
    """One set for all events that were given the same fields, a quarter of what each would take."""
    return set(names)


def _told(value: object) -> object:
    """A part of a header as JSON: what is no text, list, yes, no or nothing is a map that begins with what it is.

    Raises:
        TypeError: it is something else.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, tuple):
        return [_told(one) for one in value]
    if isinstance(value, FrozenWords):
        return {"words": thaw(value)}
    if isinstance(value, Edtf):
        return {"date": value.text}
    if isinstance(value, Struct) and type(value).__name__ in PARTS:
        named = {name: _told(getattr(value, name)) for name in value.__struct_fields__}
        return {"part": type(value).__name__, **named}
    raise TypeError(f"no part of a header: {value!r}")


def _made(told: object) -> object:
    """The part of a header that was told.

    Raises:
        KeyError, TypeError, ValueError, TermsError: nothing of the sort was.
    """
    if isinstance(told, list):
        return tuple(_made(one) for one in told)
    if not isinstance(told, dict):
        return told
    if "words" in told:
        return freeze(told["words"])
    if "date" in told:
        return read_date(told["date"])
    return PARTS[told["part"]](**{name: _made(value) for name, value in told.items() if name != "part"})
