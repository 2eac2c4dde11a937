"""How a party's own stance moved: travel and direction, without a word about who it moved towards."""

import pytest

from terms.values import TYPES, Declaration, Direction, direction, distance, read_value
from terms.values.value import Gap

CAP = Declaration("quantity", "persons")
LENGTH = Declaration("duration")
REGIONS = Declaration("set")
WINDOW = Declaration("window")


def cap(words):
    return read_value(words, CAP)


@pytest.mark.parametrize(
    ("old", "new", "way", "by"),
    [
        ("at most 60000", "at most 85000", "up", 25_000),
        ("at least 100000", "at least 80000", "down", 20_000),
        ("20 to 30", "25 to 50", "up", 20),
        ("20 to 30", "10 to 40", "neither", None),
        ("20 to 30", "22 to 28", "neither", None),
        ("20 to 30", "at least 20", "up", None),
        ("at most 60", "20 to 60", "up", None),
        ("20 to 30", "at most 30", "down", None),
        ("30", "30", "neither", None),
        ("at most 30", "at least 30", "up", None),
    ],
)
def test_the_direction_is_that_of_both_ends(old, new, way, by):
    assert direction(cap(old), cap(new)) == Direction(way, by, "persons")


def test_the_travel_is_that_of_the_end_that_moved_farther():
    assert distance(cap("20 to 30"), cap("25 to 50")) == Gap(20, "persons")


def test_a_stance_that_stayed_has_no_travel():
    assert distance(cap("30"), cap("30")) is None


def test_travel_in_months_is_contested_where_their_lengths_differ():
    old, new = read_value("at most 1 month", LENGTH), read_value("at most 40 days", LENGTH)
    assert distance(old, new) == Gap(9, "days", contested=True)
    assert direction(old, new) == Direction("up", None, "days")


def test_a_direction_on_which_the_months_disagree_is_none():
    old, new = read_value("3 months", LENGTH), read_value("90 days", LENGTH)
    assert direction(old, new) == Direction("neither", None, "days")


def test_a_stance_that_only_some_calendars_allow_can_still_be_asked():
    old, new = read_value("2 months to 60 days", LENGTH), read_value("70 days", LENGTH)
    assert direction(old, new).by is None


def test_of_a_set_the_names_that_changed_are_named():
    old, new = read_value("within [r1, r2]", REGIONS), read_value("within [r1, r3]", REGIONS)
    assert distance(old, new) == Gap(2, "names", ("r2", "r3"))
    assert distance(old, old) is None
    assert distance(read_value("r1", REGIONS), read_value("none", REGIONS)) == Gap(1, "name", ("r1",))


def test_what_has_no_scale_has_no_travel_and_no_direction():
    old, new = read_value("08:00-12:00", WINDOW), read_value("09:00-12:00", WINDOW)
    assert distance(old, new) is None
    assert direction(old, new) is None
    assert direction(cap("30"), cap("not stated")) is None


def test_every_form_can_be_asked_how_it_moved_to_every_other():
    for kind in TYPES.values():
        found = [read_value(words, kind.sample) for words in kind.examples()]
        assert all(direction(a, b) is None or direction(a, b).unit for a in found for b in found)
