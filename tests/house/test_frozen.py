"""Events and state are frozen to the bottom: nothing that holds them can change them."""

import enum
import importlib
import re
import typing
from collections.abc import Iterator

import pytest
from msgspec import Struct
from pydantic import BaseModel

from tests.house.source import dotted, modules

CAN_CHANGE = (list, dict, set, bytearray)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")  # the words of a Literal are not types
CHANGEABLE_WORD = re.compile(r"\b(?:list|dict|set|bytearray|float)\b")


def classes(*rooms: str) -> list[type]:
    """Every class that the modules of these rooms define."""
    found = [
        member
        for path in modules(*rooms)
        if path.name != "__main__.py"
        for member in vars(importlib.import_module(dotted(path))).values()
        if isinstance(member, type) and member.__module__ == dotted(path)
    ]
    return list(dict.fromkeys(found))


def inside(annotation: object) -> Iterator[object]:
    """An annotation and all that it is made of; notes in `Annotated` and the values of `Literal` aside."""
    origin = typing.get_origin(annotation)
    if origin is typing.Literal:
        return
    parts = typing.get_args(annotation)
    yield origin or annotation
    for part in parts[:1] if origin is typing.Annotated else parts:
        yield from inside(part)


MODELS = [found for found in classes() if issubclass(found, BaseModel)]
RECORDS = [found for found in classes("values", "core", "events") if issubclass(found, Struct)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__qualname__)
def test_a_model_is_frozen(model):
    assert model.model_config.get("frozen"), f"{model.__qualname__} needs frozen=True"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__qualname__)
def test_a_model_holds_nothing_that_can_change_and_no_float(model):
    held = {name: set(inside(field.annotation)) for name, field in model.model_fields.items()}
    wrong = {name for name, parts in held.items() if parts & {*CAN_CHANGE, float, typing.Any}}
    assert not wrong, "use tuple, frozenset, Map or Decimal"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__qualname__)
def test_a_record_below_the_fourth_floor_is_frozen(record):
    assert record.__struct_config__.frozen, f"{record.__qualname__} needs frozen=True"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__qualname__)
def test_a_record_below_the_fourth_floor_holds_nothing_that_can_change(record):
    """Read from the text of the annotations, some of which name what is imported for types alone."""
    wrong = [
        name
        for declared in record.__mro__
        for name, annotation in vars(declared).get("__annotations__", {}).items()
        if CHANGEABLE_WORD.search(QUOTED.sub("", str(annotation)))
    ]
    assert not wrong, "use tuple, frozenset, Map or Decimal"


def test_there_are_models_and_records_to_look_at():
    assert MODELS
    assert RECORDS
    assert not [found for found in MODELS if issubclass(found, enum.Enum)]
