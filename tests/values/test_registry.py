"""Reading by declaration: once for each spelling, and with the nearest known name when it fails."""

import pytest

from terms.ground.errors import TermsError
from terms.ground.words import freeze
from terms.values import TYPES, Declaration, Unreadable, gap, read_value

DECLARED = (
    "yes-no", "choice", "level", "quantity", "money", "ratio", "date", "duration", "relative-time", "window",
    "set", "parties", "area", "table", "text",
)  # fmt: skip


def test_the_types_are_those_a_header_may_declare():
    assert tuple(TYPES) == DECLARED


def test_a_type_is_registered_under_its_own_name_and_samples_itself():
    assert [(kind.name, kind.sample.type) for kind in TYPES.values()] == [(name, name) for name in DECLARED]


def test_the_same_words_give_the_very_same_value():
    declaration = Declaration("quantity", "km")
    assert read_value("31 km", declaration) is read_value("31 km", Declaration("quantity", "km"))
    assert read_value(freeze({"at-most": "31 km"}), declaration) is read_value(
        {"at-most": "31 km"}, declaration
    )


def test_an_unknown_type_is_refused_with_the_nearest_one():
    with pytest.raises(Unreadable, match="did you mean 'quantity'"):
        read_value("30 km", Declaration("quantty", "km"))


def test_words_that_are_no_words_are_refused():
    with pytest.raises(Unreadable, match="put it in quotes"):
        read_value({"at-most": 30}, Declaration("quantity", "km"))


def test_a_refusal_shows_the_words_as_they_stand_in_the_file():
    with pytest.raises(TermsError) as refusal:
        read_value({"any-of": ["30 km", "far"]}, Declaration("quantity", "km"))
    assert refusal.value.message == "'{any-of: [30 km, far]}' does not fit a term of type quantity"


def test_long_words_are_shortened_in_the_message():
    with pytest.raises(Unreadable) as refusal:
        read_value("far " * 50, Declaration("quantity", "km"))
    assert "..." in refusal.value.message


def test_declarations_are_equal_by_what_they_declare():
    assert Declaration("set", of=("a",)) == Declaration("set", None, ("a",))
    assert Declaration("set", of=("a",)) != Declaration("set", of=("b",))


def test_what_nobody_knows_has_no_gap_and_a_value_shows_itself():
    secret = read_value("unpublished", Declaration("quantity", "km"))
    assert gap([secret, secret]) is None
    assert repr(secret) == "Value('quantity', 'unpublished')"
