"""Declarations and events as plain JSON and back, field by field: nothing is worked out, nothing is validated.

What is read back was checked when it was first read, and it is kept only if it came back equal.
"""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

import terms.events  # noqa: F401 - makes the kinds known
from terms.core import header as declared
from terms.core.citation import Citation
from terms.core.event import KINDS, Event
from terms.core.header import Header
from terms.ground.dates import Edtf, read_date
from terms.ground.words import FrozenWords, freeze, thaw
from terms.values import Declaration

PARTS: Mapping[str, type[Struct]] = {
    part.__name__: part
    for part in (
        Header, Declaration, declared.Party, declared.Person, declared.Stage, declared.Term, declared.Text,
        declared.Happening, declared.Rule, declared.Source,
    )
}  # fmt: skip
"""What a header is made of, by name; nothing else is made from what is kept."""

UNSAID = ""
"""The key that says that a kind was not given but is what its class is; no field has this name."""


def event_told(event: Event) -> dict[str, object]:
    """The fields that were given; the others are those of the kind.

    Raises:
        TypeError: a field holds what these words cannot say.
    """
    given, held = event.model_fields_set, event.__dict__
    told: dict[str, object] = {"kind": event.kind}
    for name in sorted(given):
        value = held[name]
        told[name] = value if type(value) is str else part_told(value)
    return told if "kind" in given else {**told, UNSAID: True}


def event_made(told: dict[str, object]) -> Event:
    """The event with these fields, made as pydantic makes one from fields that are valid.

    Raises:
        KeyError, TypeError, ValueError, TermsError: there is no such kind, or these are no fields.
    """
    kind = KINDS[str(told["kind"])]
    unsaid = told.pop(UNSAID, False)
    fields = _usual(kind).copy()
    for name, value in told.items():
        fields[name] = value if type(value) is str else part_made(value)
    made = kind.__new__(kind)
    object.__setattr__(made, "__dict__", fields)
    object.__setattr__(made, "__pydantic_fields_set__", _given(tuple(told), bool(unsaid)))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


@lru_cache(maxsize=128)
def _usual(kind: type[Event]) -> dict[str, object]:
    """The fields of a kind that nothing was said about. Shared: not to be changed."""
    return {name: field.default for name, field in kind.model_fields.items() if not field.is_required()}


@lru_cache(maxsize=4096)
def _given(names: tuple[str, ...], unsaid: bool) -> set[str]:
    """One set for all events that were given the same fields, a quarter of what each would take."""
    return set(names) - ({"kind"} if unsaid else set())


def part_told(value: object) -> object:
    """A part of a header or an event as JSON: what is no text, list, yes, no or nothing says what it is.

    Raises:
        TypeError: it is something else.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, tuple):
        return [one if type(one) is str else part_told(one) for one in value]
    if isinstance(value, FrozenWords):
        return {"words": thaw(value)}
    if isinstance(value, Edtf):
        return {"date": value.text}
    if isinstance(value, Citation):
        return {"cite": [value.id, value.at, value.reliability, value.credibility, value.note]}
    if isinstance(value, Struct) and type(value).__name__ in PARTS:
        return {type(value).__name__: [part_told(getattr(value, name)) for name in value.__struct_fields__]}
    raise TypeError(f"no part of a header or an event: {value!r}")


def part_made(told: object) -> object:
    """The part that was told.

    Raises:
        KeyError, TypeError, ValueError, TermsError: nothing of the sort was.
    """
    if type(told) is list:
        return tuple([one if type(one) is str else part_made(one) for one in told])
    if type(told) is not dict:
        return told
    ((name, inner),) = told.items()
    if name == "words":
        return freeze(inner)
    if name == "date":
        return read_date(inner)
    if name == "cite":
        return Citation(*inner)
    return PARTS[name](*[one if type(one) is str else part_made(one) for one in inner])
