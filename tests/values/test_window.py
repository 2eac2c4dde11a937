"""Windows: hours as a set of minutes, times on the clock, so long on each day."""

import pytest

from terms.values import Declaration, MixedScales, Unreadable, compatible, gap, intersection, read_value
from terms.values.value import Gap

WINDOW = Declaration("window")


def window(words):
    return read_value(words, WINDOW)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("8:00-12:00", "08:00-12:00"),
        ("22:00 - 06:00", "22:00-06:00"),
        ("[08:00-10:00, 09:00-12:00]", "08:00-12:00"),
        ("[08:00-10:00, 14:00-16:00, 23:00-01:00]", "[08:00-10:00, 14:00-16:00, 23:00-01:00]"),
        ("01:00-05:00+02:00", "23:00-03:00 Z"),
        ("01:00-05:00-02:00", "03:00-07:00 Z"),
        ("00:00-24:00 +02:00", "00:00-24:00 Z"),
        ("12:30 UTC", "12:30 Z"),
        ("08:00-12:00 Europe/Kyiv", "08:00-12:00 Europe/Kyiv"),
    ],
)
def test_hours_are_shown_on_the_24_hour_clock(words, shown):
    assert window(words).words == shown


def test_times_of_day_are_apart_by_minutes():
    assert gap([window("12:30"), window("13:00")]) == Gap(30, "minutes")


def test_hours_are_apart_by_the_minutes_one_needs_and_the_other_does_not_admit():
    found = gap([window("all of [08:00-12:00]"), window("within [09:00-11:00]")])
    assert found == Gap(120, "minutes", ("08:00-09:00", "11:00-12:00"))


def test_hours_that_fit_inside_are_compatible():
    assert intersection(window("all of [08:00-10:00]"), window("within [06:00-12:00]")).form == "all-of"
    assert compatible([window("08:00-10:00"), window("within [06:00-12:00]")]) is True
    assert compatible([window("08:00-10:00"), window("09:00-11:00")]) is False


def test_hours_within_which_nothing_is_left_are_incompatible():
    assert compatible([window("within [06:00-08:00]"), window("within [09:00-11:00]")]) is False
    assert gap([window("within [06:00-08:00]"), window("within [09:00-11:00]")]) is None


def test_local_time_is_not_compared_with_a_zone():
    assert compatible([window("12:30"), window("12:30 Z")]) is None


def test_a_window_a_time_and_a_length_are_three_things():
    assert compatible([window("12:30"), window("08:00-12:00")]) is None
    assert compatible([window("daily 5 hours"), window("08:00-12:00")]) is None


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        ("25:00", "is no time of day"),
        ("12:61-13:00", "is no time of day"),
        ("12:60-13:00", "is no time of day"),
        ("noon", "is no time of day"),
        ("08:00-08:00", "longer than nothing"),
        ("all of [08:00-12:00 Z, 14:00-16:00]", "in one zone"),
        ("[12:30, 13:00]", "a list needs a word before it"),
    ],
)
def test_what_is_no_window_is_refused(words, slip):
    with pytest.raises(Unreadable, match=slip):
        window(words)


def test_hours_are_compared_only_with_hours_of_their_zone():
    [local], [utc] = window("08:00-12:00").parts, window("08:00-12:00 Z").parts
    with pytest.raises(MixedScales):
        local.gap([utc])
