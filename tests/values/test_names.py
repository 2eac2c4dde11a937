"""Yes or no, and choices: opposed or not, and never apart by a number."""

import pytest

from terms.values import (
    Declaration,
    MixedScales,
    Unreadable,
    compatible,
    direction,
    distance,
    gap,
    read_value,
)

ROADS = Declaration("choice", of=("open", "escorted", "closed"))
MOVES = Declaration("yes-no", of=("prohibited", "allowed"))
PLAIN = Declaration("yes-no")


def road(words):
    return read_value(words, ROADS)


def test_yes_is_the_first_word_of_the_pair():
    assert read_value("yes", MOVES) == read_value("prohibited", MOVES)
    assert read_value("no", MOVES).words == "allowed"


def test_without_a_pair_yes_is_yes():
    assert read_value("yes", PLAIN).words == "yes"


def test_opposed_names_have_no_distance():
    assert compatible([road("open"), road("closed")]) is False
    assert gap([road("open"), road("closed")]) is None
    assert distance(road("open"), road("closed")) is None
    assert direction(road("open"), road("closed")) is None


def test_choices_are_shown_in_declared_order():
    assert road("any of [closed, open]").words == "any of [open, closed]"
    assert road("within [closed, open]") == road("any of [open, closed]")


@pytest.mark.parametrize(
    ("words", "declaration", "way_out"),
    [
        ("opne", ROADS, "did you mean 'open'?"),
        ("about open", ROADS, "a name is never approximate"),
        ("at least open", ROADS, "these names have no order: write any of [a, b]"),
        ("[open, closed]", ROADS, "a list needs a word before it: any of [a, b]"),
        ("maybe", MOVES, "this term is a yes-no: write 'yes' or 'no', or 'prohibited' or 'allowed'"),
        ("maybe", PLAIN, "this term is a yes-no: write 'yes' or 'no'"),
        ("x", Declaration("choice"), "this term is a choice: write one of the names it declares under of:"),
    ],
)
def test_what_is_none_of_the_names_is_refused_with_a_way_out(words, declaration, way_out):
    with pytest.raises(Unreadable) as refusal:
        read_value(words, declaration)
    assert way_out in refusal.value.help


def test_names_are_compared_only_with_names():
    [name], [words] = road("open").parts, road("not stated").parts
    with pytest.raises(MixedScales):
        name.meet(words)


def test_one_name_is_exact_and_several_are_any_of():
    assert [read_value(words, ROADS).form for words in ("open", "any of [open, closed]")] == [
        "exact",
        "any-of",
    ]


@pytest.mark.parametrize(("words", "form"), [("open", "exact"), ("any of [open, closed]", "any-of")])
def test_one_name_is_exact_and_several_are_any_of_them(words, form):
    assert read_value(words, ROADS).form == form
