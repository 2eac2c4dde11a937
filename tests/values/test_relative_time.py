"""Times counted from a happening."""

import pytest

from terms.values import Declaration, Unreadable, compatible, gap, read_value
from terms.values.value import Gap

AFTER = Declaration("relative-time")


def time(words):
    return read_value(words, AFTER)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("no later than 100 days after vote.held", "within 100 days after vote.held"),
        ("day 10 of accord.signed", "9 days after accord.signed"),
        ("day 1 of accord.signed", "at accord.signed"),
        ("accord.signed", "at accord.signed"),
        ("before accord.signed", "earlier than accord.signed"),
        ("not after accord.signed", "by accord.signed"),
        ("at most 30 days before vote", "within 30 days before vote"),
        ("at least 30 days before vote", "by 30 days before vote"),
        ("48 hours after vote", "2 days after vote"),
        ("about 3 days before vote", "about 3 days before vote"),
        ("between 2 and 3 days before vote", "2 to 3 days before vote"),
        (
            "all of [from 1 days before vote, by 2 days after vote]",
            "all of [by 2 days after vote, from 1 days before vote]",
        ),
        ("less than 3 days before vote", "all of [by vote, later than 3 days before vote]"),
    ],
)
def test_times_are_shown_by_their_distance_from_the_anchor(words, shown):
    assert time(words).words == shown


def test_within_a_time_after_does_not_mean_before():
    assert compatible([time("within 3 days after vote"), time("1 days before vote")]) is False


def test_the_gap_is_in_time():
    assert gap([time("within 60 days after vote"), time("at least 100 days after vote")]) == Gap(40, "days")


def test_times_after_different_happenings_are_for_the_analysis_of_deadlines():
    assert compatible([time("3 days after vote"), time("3 days after truce.begins")]) is None


def test_months_after_a_happening_are_contested_with_days():
    assert compatible([time("3 months after vote"), time("90 days after vote")]) is None
    assert time("2 to 3 months before vote").words == "2 to 3 months before vote"


def test_a_bare_number_counts_in_the_declared_unit():
    hours = Declaration("relative-time", "hours")
    assert read_value("within 24 after vote", hours) == read_value("within 1 days after vote", hours)


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        ("in due course", "name what the time is counted from"),
        ("day 0 of vote", "days are counted from 1"),
        ("within day 3 of vote", "does not go with a day"),
        ("3 to 2 days after vote", "the shorter length first"),
        ("about 3 days after vote give or take 1 day", "write the range"),
        ("[vote]", "a list needs a word before it"),
        ("3 dayz after vote", "did you mean 'days'"),
    ],
)
def test_what_cannot_be_placed_is_refused(words, slip):
    with pytest.raises(Unreadable, match=slip):
        time(words)
