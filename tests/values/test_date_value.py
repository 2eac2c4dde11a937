"""Dates as values: days with days, instants with instants."""

import pytest

from terms.values import Declaration, Unreadable, compatible, gap, read_value
from terms.values.date_value import DayScale, InstantScale
from terms.values.value import Gap

DATE = Declaration("date")


def date(words):
    return read_value(words, DATE)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("2031-02", "2031-02"),
        ("2032-02", "2032-02"),
        ("2032-02-01/2032-02-28", "2032-02-01/2032-02-28"),
        ("2031-02-01/2031-03-31", "2031-02-01/2031-03-31"),
        ("2031-02-02/2031-02-28", "2031-02-02/2031-02-28"),
        ("2031-02~", "about 2031-02"),
        ("2031", "2031"),
        ("before 2031-03-01", "by 2031-02-28"),
        ("after 2031-02", "from 2031-03-01"),
        ("2031-03-01?", "about 2031-03-01"),
        ("from 2031-03-01 to 2031-03-05", "2031-03-01/2031-03-05"),
        ("../2031-03-01", "by 2031-03-01"),
        ("2031-03-01/..", "from 2031-03-01"),
        ("by about 2031-03-01", "by about 2031-03-01"),
        ("on about 2031-03-01", "about 2031-03-01"),
        ("on 2031-03-01", "2031-03-01"),
        ("in 2031-03", "2031-03"),
        ("at 2031-03-01T07:00Z", "2031-03-01T07:00Z"),
        ("2031-03-01T07:00+02:00", "2031-03-01T05:00Z"),
        ("2031-03-01T07:00:05Z", "2031-03-01T07:00:05Z"),
        (
            "all of [after 2031-03-01T07:00Z, before 2031-03-01T09:00Z]",
            "all of [before 2031-03-01T09:00Z, after 2031-03-01T07:00Z]",
        ),
        (
            "all of [after 2031-03-01T07:00Z, by 2031-03-01T09:00Z]",
            "all of [by 2031-03-01T09:00Z, after 2031-03-01T07:00Z]",
        ),
    ],
)
def test_dates_are_shown_as_days_intervals_or_bounds(words, shown):
    assert date(words).words == shown


def test_the_gap_is_in_days_and_between_instants_in_the_largest_whole_unit():
    assert gap([date("2031-03-01"), date("2031-03-05")]) == Gap(4, "days")
    assert gap([date("by 2031-03-01T07:00Z"), date("from 2031-03-01T09:00Z")]) == Gap(2, "hours")


def test_one_instant_in_two_zones_is_one_value():
    assert date("2031-03-01T13:00Z") == date("2031-03-01T16:00+03:00")


def test_whether_an_instant_lies_on_a_day_is_left_to_whoever_knows_whose_day():
    assert compatible([date("2031-03-01"), date("2031-03-01T07:00Z")]) is None


def test_a_date_that_is_none_says_which_was_probably_meant():
    with pytest.raises(Unreadable) as refusal:
        date("2031-3-7")
    assert refusal.value.code == "E301"
    assert refusal.value.help[0] == "did you mean '2031-03-07'?"


@pytest.mark.parametrize("words", ["nonsense", "-0044", "by 2031-03-01/..", "../.."])
def test_what_cannot_be_compared_is_refused(words):
    with pytest.raises(Unreadable, match="this term is a date"):
        date(words)


@pytest.mark.parametrize("scale", [DayScale(), InstantScale()])
def test_a_stance_without_ends_is_worded_as_no_limit(scale):
    assert scale.wording(None, None, False) == "no limit"
