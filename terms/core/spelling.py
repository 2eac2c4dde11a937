"""How the fields of an event are spelled and read: one word or many, dates, maps, sources, yes and no."""

from collections.abc import Callable
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import BeforeValidator, GetCoreSchemaHandler, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core.core_schema import (
    CoreSchema,
    ModelField,
    model_field,
    no_info_plain_validator_function,
    with_default_schema,
)

from terms.core.citation import Citation, citations
from terms.ground.dates import Edtf, read_date
from terms.ground.words import FrozenWords, Words, freeze

Channel = Literal["public", "private", "internal"]
Standing = Literal["head", "delegate", "unnamed", "personal"]
Capacity = Literal["party", "part-of-delegation", "personal", "witness", "observer", "takes-note", "arbiter"]


def _many(spelled: object) -> object:
    return (spelled,) if isinstance(spelled, str) else spelled


def _date(spelled: object) -> Edtf:
    if isinstance(spelled, str):
        return read_date(spelled)
    if isinstance(spelled, Edtf):
        return spelled
    raise ValueError("a date is text such as 2031-03-04")


def _map(spelled: object) -> FrozenWords:
    words = freeze(spelled)
    if type(words) is FrozenWords:
        return words
    raise ValueError("this is a map of names to words")


class Reader(Struct, frozen=True):
    """Reads a field by one function, and does nothing else.

    A `PlainValidator` would also work out how pydantic writes the field again, which nobody asks for and
    which took half of the time in which the kinds of event are made ready.
    """

    read: Callable[[object], object]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(self.read)


JsonWords = dict[str, object]
_ANY: JsonWords = {"type": ["string", "number", "boolean", "array", "object"]}
Many = Annotated[tuple[str, ...], BeforeValidator(_many, json_schema_input_type=str | list[str])]
When = Annotated[Edtf, Reader(_date), WithJsonSchema({"type": "string"})]
WordMap = Annotated[FrozenWords, Reader(_map), WithJsonSchema({"type": "object"})]
AnyWords = Annotated[Words, Reader(freeze), WithJsonSchema(_ANY)]
Sources = Annotated[tuple[Citation, ...], Reader(citations), WithJsonSchema(_ANY)]
Flag = bool
"""Spelled `yes` or `no`, which pydantic reads by itself."""

NOTHING: FrozenWords = _map({})

_FIELDS: dict[tuple[object, ...], ModelField] = {}


def field_schema(name: str, found: FieldInfo, handler: GetCoreSchemaHandler) -> ModelField:
    """How pydantic checks a field; worked out once for all kinds of event that have the very same."""
    notes = tuple(found.metadata)
    key = (name, found.annotation, repr(found.default), *map(id, notes))
    if key not in _FIELDS:
        annotation = Annotated[(found.annotation, *notes)] if notes else found.annotation
        schema = handler.generate_schema(annotation)
        if not found.is_required():
            schema = with_default_schema(schema, default=found.default)
        _FIELDS[key] = model_field(schema, validation_alias=found.alias)
    return _FIELDS[key]
