"""Levels: the gap is a number of steps."""

import pytest

from terms.values import Declaration, Unreadable, gap, read_value
from terms.values.value import Gap

MONITOR = Declaration("level", of=("none", "remote", "patrol", "base"))


def level(words):
    return read_value(words, MONITOR)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("more than patrol", "base"),
        ("less than remote", "none"),
        ("at least none", "no limit"),
        ("any of [none, remote, base]", "any of [at most remote, base]"),
        ("none to base", "no limit"),
    ],
)
def test_levels_are_shown_in_their_shortest_form(words, shown):
    assert level(words).words == shown


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("at least base", "none", Gap(3, "steps")),
        ("at least patrol", "at most remote", Gap(1, "step")),
        ("at least patrol", "at most patrol", None),
    ],
)
def test_the_gap_is_counted_in_steps(one, other, steps):
    assert gap([level(one), level(other)]) == steps


def test_a_ladder_of_one_rung_limits_nothing():
    assert read_value("only", Declaration("level", of=("only",))).words == "no limit"


@pytest.mark.parametrize(
    ("words", "way_out"),
    [
        ("patrl", "did you mean 'patrol'?"),
        ("more than base", "this term is a level: write one of none < remote"),
    ],
)
def test_what_is_no_level_is_refused_with_the_ladder(words, way_out):
    with pytest.raises(Unreadable, match=way_out.replace("?", r"\?")):
        level(words)


def test_a_level_that_declares_nothing_says_where_to():
    with pytest.raises(Unreadable, match="under of:"):
        read_value("high", Declaration("level"))
