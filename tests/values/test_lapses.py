"""Lengths of time, and the fact that three months are not a number of days."""

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.values.lapses import LapseScale, month_days, read_lapse
from terms.values.measured import READINGS
from terms.values.unreadable import Misread

DAY = 86_400


@pytest.mark.parametrize(
    ("months", "days"),
    [
        (1, (28, 31)),
        (3, (89, 92)),
        (6, (181, 184)),
        (12, (365, 366)),
        (4_800, (146_097, 146_097)),
        (4_803, (146_186, 146_189)),
    ],
)
def test_months_last_as_long_as_the_shortest_and_the_longest_run_of_them(months, days):
    assert month_days(months) == days


@given(start=st.integers(0, 4_799), months=st.integers(1, 60))
def test_every_run_of_months_lies_between_the_two(start, months):
    run = (calendar.monthrange(2000 + n // 12, n % 12 + 1)[1] for n in range(start, start + months))
    short, long = month_days(months)
    assert short <= sum(run) <= long < short + READINGS


@pytest.mark.parametrize(
    ("words", "seconds", "shown"),
    [
        ("72 hours", 3 * DAY, "3 days"),
        ("5-hour", 5 * 3_600, "5 hours"),
        ("1 day 12 hours", 36 * 3_600, "36 hours"),
        ("2 weeks", 14 * DAY, "14 days"),
        ("90 seconds", 90, "90 seconds"),
        ("0 months", 0, "0 days"),
    ],
)
def test_lengths_are_exact_seconds_shown_in_the_largest_whole_unit(words, seconds, shown):
    lapse = read_lapse(words)
    assert (set(lapse.seconds), lapse.words) == ({seconds}, shown)


def test_a_year_is_twelve_months():
    assert read_lapse("1 year") == read_lapse("12 calendar months")


def test_a_bare_number_counts_in_the_unit_given():
    assert read_lapse("36", "hours").words == "36 hours"
    assert read_lapse("3", "months").words == "3 months"


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        ("3 dayz", "did you mean 'days'"),
        ("soon", "is no length of time"),
        ("-3 days", "is no length of time"),
        ("1 month 3 days", "do not add up"),
        ("1.5 months", "a part of a month has no length"),
    ],
)
def test_what_is_no_length_is_refused(words, slip):
    with pytest.raises(Misread, match=slip):
        read_lapse(words)


def test_a_declared_unit_is_used_where_two_decimals_will_do():
    assert LapseScale("days").show(read_lapse("36 hours").seconds[0]) == "1.5 days"
    assert LapseScale("days").show(read_lapse("5 hours").seconds[0]) == "5 hours"


def test_a_bare_number_counts_in_the_unit_of_its_term_and_is_shown_in_it():
    told = [read_lapse("48", unit).words for unit in ("hours", "days")]
    assert (told, read_lapse("48 hours").words) == (["48 hours", "48 days"], "2 days")
