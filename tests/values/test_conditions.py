"""Conditions in words: every combination reads back equal, and what is none says how to write one."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.words import freeze, thaw
from terms.values.conditions import (
    Accepts,
    AllOf,
    AnyOf,
    Certifies,
    Complies,
    Not,
    Occurs,
    Prose,
    Quiet,
    happenings_of,
    read_condition,
    say_condition,
    show_condition,
)
from terms.values.misworded import Misworded
from terms.values.times import Length, read_time
from terms.values.unreadable import Unreadable

ATOMS = st.sampled_from(
    [
        "north.withdrawn",
        "not north.withdrawn",
        "fire.north.stopped by 2031-03-01T04:00+02:00",
        "vote by day 3 of truce.begins",
        {"happening": "vote", "by": {"earliest-of": ["2031", "talks.ends"]}},
        "south accepts accord",
        "monitors certify north.withdrawn",
        "south complies with accord",
        "quiet for 5 days",
        {"text": "the road is passable"},
        "any of [vote, quiet for 2 weeks]",
    ]
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(lambda one: {"not": one}, inner),
        st.builds(
            lambda key, some: {key: some},
            st.sampled_from(["all-of", "any-of"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
).map(freeze)


@given(CONDITIONS)
def test_a_condition_shown_in_words_reads_back_equal(words):
    condition = read_condition(words)
    assert read_condition(show_condition(condition)) == condition


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reader_of_conditions(text):
    with suppress(Unreadable):
        read_condition(text)


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("vote", Occurs("vote")),
        ("vote by 2031-03-01", Occurs("vote", read_time("2031-03-01"))),
        ("south  accepts accord/roads", Accepts("south", "accord/roads")),
        ("monitors certify vote", Certifies("monitors", "vote")),
        ("south and north", None),
        ("south complies with accord", Complies("south", "accord")),
        ("quiet for 5 days", Quiet(Length(5, 5, "day"))),
        ("not vote", Not(Occurs("vote"))),
        ({"not": "vote"}, Not(Occurs("vote"))),
        ({"text": "the road is passable"}, Prose("the road is passable")),
        (["vote", "truce"], AllOf((Occurs("vote"), Occurs("truce")))),
        ("any of [vote, truce]", AnyOf((Occurs("vote"), Occurs("truce")))),
    ],
)
def test_the_spellings_of_a_condition(words, condition):
    if condition is not None:
        assert read_condition(freeze(words)) == condition
        return
    with pytest.raises(Misworded):
        read_condition(words)


@pytest.mark.parametrize(
    "words",
    [
        {"all-of": ["vote", {"any-of": ["south accepts accord", "quiet for 5 days"]}]},
        {"not": "monitors certifies vote"},
        {"text": "the road is passable"},
        {"happening": "vote", "by": {"earliest-of": ["2031", "talks.ends"]}},
        "vote by 2031-03-01",
        "south complies with accord",
    ],
)
def test_the_one_spelling_of_a_condition_is_shown_as_it_is(words):
    assert thaw(show_condition(read_condition(freeze(words)))) == words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "is not a condition"),
        ("quiet for not stated", "is not a condition"),
        ("not not vote", "is not a condition"),
        ("The war ends by 2031", "is not a condition"),
        ({}, "the keys none"),
        ({"all-of": [], "not": "vote"}, "the keys all-of, not"),
        ({"all-of": []}, "needs a list"),
        ({"any-of": "vote"}, "needs a list"),
        ({"none-of": ["vote"]}, "does not combine"),
        ({"text": ["vote"]}, "does not combine"),
        ({"happening": "A", "by": "2031"}, "is not a name"),
        ({"happening": ["vote"], "by": "2031"}, "is not a name"),
        ([], "needs a list"),
    ],
)
def test_what_is_no_condition_is_refused_with_a_way_out(words, said):
    with pytest.raises(Misworded, match=said):
        read_condition(freeze(words))


def test_the_happenings_of_a_condition_include_those_of_its_times():
    words = {
        "all-of": [
            "vote by day 3 of truce.begins",
            {"not": "monitors certify pullback.done"},
            "quiet for 1 day",
        ]
    }
    assert happenings_of(read_condition(freeze(words))) == ("pullback.done", "truce.begins", "vote")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            {"all-of": ["vote", {"any-of": ["quiet for 1 day", "not vote"]}]},
            "all of [vote, any of [quiet for 1 day, not vote]]",
        ),
        ({"text": "the road is passable"}, "the road is passable"),
        ("vote by  2031", "vote by 2031"),
    ],
)
def test_a_condition_is_said_on_one_line(words, said):
    assert say_condition(read_condition(freeze(words))) == said
