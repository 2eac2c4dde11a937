"""Reading events that are spelled as we spell them, or read field by field, without asking pydantic about each.

A replay reads every line of a store. pydantic looks up each of some thirty fields in each line, under two
names; what stands in the line is eight of them. Here a spelling is gone through once, and what it says goes
into a copy of what its kind says unasked. Whatever is not plainly well-formed is left to pydantic, which
reads it or says in its own words what is wrong: so nothing is accepted here that it would refuse.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel

from terms.core.spelling import Many, Reader

Kind = TypeVar("Kind", bound=BaseModel)
Read = Callable[[object], object]


class Plan(NamedTuple):
    """How a kind is read from a spelling with these keys: what else it says, and each key's field and reader.

    None for a reader: the field takes any text as it stands.
    """

    unasked: dict[str, object]
    fields: tuple[tuple[str, Read | None], ...]
    given: set[str]


def quickly(kind: type[Kind], spelled: Mapping[str, object]) -> Kind | None:
    """The event of this kind that a map spells; None: it may be one, or none, and pydantic should say so."""
    plan = _plan(kind, tuple(spelled))
    if plan is None:
        return None
    unasked, fields, given = plan
    held = unasked.copy()
    try:
        for (name, read), value in zip(fields, spelled.values(), strict=True):
            if read is not None:
                held[name] = read(value)
            elif type(value) is str:
                held[name] = value
            else:
                return None
    except (LookupError, TypeError, ValueError):
        return None
    event = kind.__new__(kind)  # as `model_construct` makes one, which looks at each field once more
    _put(event, "__dict__", held)
    _put(event, "__pydantic_fields_set__", given)
    _put(event, "__pydantic_extra__", None)
    _put(event, "__pydantic_private__", None)
    return event


_put = object.__setattr__


@lru_cache(maxsize=4096)
def _plan(kind: type[BaseModel], keys: tuple[str, ...]) -> Plan | None:
    """None where a key is no field's, a field is missing, or one is of a type that only pydantic reads."""
    shape = _shape(kind)
    given = {shape.names[key] for key in keys if key in shape.names}
    if len(given) < len(keys) or not shape.needed <= given:
        return None
    try:
        fields = tuple([(shape.names[key], _reader(kind, shape.names[key])) for key in keys])
    except LookupError:
        return None
    return Plan(shape.unasked, fields, given)


class Shape(NamedTuple):
    """The fields of a kind: by their keys in a file, what each says unasked, and which must be given."""

    names: dict[str, str]
    unasked: dict[str, object]
    needed: set[str]


@lru_cache(maxsize=256)
def _shape(kind: type[BaseModel]) -> Shape:
    fields = kind.model_fields
    return Shape(
        {str(field.alias): name for name, field in fields.items()},
        {name: field.default for name, field in fields.items()},
        {name for name, field in fields.items() if field.is_required()},
    )


@lru_cache(maxsize=4096)
def _reader(kind: type[BaseModel], name: str) -> Read | None:
    """What reads the words of a field.

    Raises:
        LookupError: nothing here does.
    """
    field = kind.model_fields[name]
    told = get_args(field.annotation)
    kinds = (field.annotation, *told)
    marks = (*field.metadata, *(mark for one in told for mark in getattr(one, "__metadata__", ())))
    if (found := next((mark.read for mark in marks if isinstance(mark, Reader)), None)) is not None:
        return found
    if field.annotation == get_args(Many)[0]:
        return _many
    if field.annotation in (str, str | None):
        return None
    if field.annotation is bool:
        return _FLAGS.__getitem__
    if (chosen := next((one for one in kinds if get_origin(one) is Literal), None)) is not None:
        return {word: word for word in get_args(chosen)}.__getitem__
    raise LookupError(field.annotation)


def _many(spelled: object) -> tuple[str, ...]:
    if type(spelled) is str:
        return (spelled,)
    if isinstance(spelled, list | tuple) and all(type(one) is str for one in spelled):
        return tuple(spelled)
    raise TypeError


_FLAGS: dict[object, object] = {"yes": True, "no": False}
