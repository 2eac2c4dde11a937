"""What is read quickly is what pydantic reads, and what pydantic refuses is refused in its words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError

from terms.core.event import KINDS, Event, gathered, read_event
from terms.core.quick_reading import quickly
from terms.ground.errors import TermsError
from terms.testing.strategies import histories

MEET = {"id": "m1", "date": "2031-03-01", "kind": "meet"}
WORDS = st.sampled_from(["", "yes", "no", "private", "head", "north", "2031-03-01", "M1 p.2", "30 km"])
SPELLED = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    max_leaves=4,
)


def by_pydantic(spelled) -> Event:
    return KINDS[spelled["kind"]].__pydantic_validator__.validate_python(gathered(spelled))


def same(one: Event, other: Event) -> bool:
    """Equal, made of the same fields in the same order, with the same of them given."""
    return (
        one == other
        and [*one.__dict__] == [*other.__dict__]
        and one.model_fields_set == other.model_fields_set
        and all(type(value) is type(other.__dict__[name]) for name, value in one.__dict__.items())
    )


@given(history=histories())
def test_every_event_that_is_written_is_read_quickly_and_as_by_pydantic(history):
    for event in history.events:
        spelled = event.words()
        made = quickly(type(event), spelled)
        assert made is not None or any(key.startswith("x-") for key in spelled)
        assert made is None or same(made, by_pydantic(spelled))


@given(history=histories())
def test_fields_that_were_read_before_are_taken_as_by_pydantic(history):
    """A reader of files looks at each field itself and hands on dates, tuples and frozen words."""
    for event in history.events:
        kind = type(event)
        fields = {str(kind.model_fields[name].alias): value for name, value in event.__dict__.items()
                  if name in event.model_fields_set and not isinstance(value, bool)}  # fmt: skip
        made = quickly(kind, fields)
        assert made is not None
        assert same(made, kind.model_validate(fields))


@given(history=histories(), data=st.data())
def test_what_is_put_in_place_of_a_value_is_read_or_refused_as_by_pydantic(history, data):
    event = data.draw(st.sampled_from(history.events)) if history.events else read_event(MEET)
    spelled = event.words()
    keys = sorted({*type(event).keys(), "x-own", "colour", "on_behalf_of"} - {"kind"})
    for key in data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=2)):
        spelled[key] = data.draw(SPELLED)
    for key in data.draw(st.lists(st.sampled_from(["id", "date", "by"]), max_size=1)):
        spelled.pop(key, None)
    expected, found = outcome(by_pydantic, spelled), outcome(read_event, spelled)
    if isinstance(expected, Event):
        assert same(found, expected)
        assert same(read_event(json.loads(json.dumps(spelled))), expected)
    else:
        assert found == expected


def outcome(read, spelled):
    """The event, or what is said instead of one."""
    try:
        return read(spelled)
    except (ValidationError, TermsError) as fault:
        return type(fault), str(fault)


@pytest.mark.parametrize(
    "spelled",
    [
        {**MEET, "channel": "secret"},
        {**MEET, "channel": ["private"]},
        {**MEET, "by": ["north", 3]},
        {**MEET, "place": 7},
        {**MEET, "colour": "blue"},
        {"id": "m1", "kind": "meet"},
        {
            "id": "a",
            "date": "2031-03-01",
            "kind": "accept",
            "by": "north",
            "of": "m1",
            "in-principle": "perhaps",
        },
    ],
)
def test_what_is_not_plainly_right_is_left_to_pydantic(spelled):
    assert quickly(KINDS[spelled["kind"]], spelled) is None
    with pytest.raises(ValidationError):
        read_event(spelled)


def test_what_only_pydantic_reads_is_read_all_the_same():
    assert quickly(KINDS["accept"], accepted := {
        "id": "a", "date": "2031-03-01", "kind": "accept", "by": "north", "of": "m1", "in-principle": "true",
    }) is None  # fmt: skip
    assert read_event(accepted).in_principle is True


def test_a_field_of_a_type_that_nothing_here_reads_is_left_to_pydantic():
    class Counted(BaseModel):
        number: int = Field(alias="number")

    assert quickly(Counted, {"number": 3}) is None
