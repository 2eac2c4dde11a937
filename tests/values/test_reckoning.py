"""What times come to: days and hours counted exactly, vague dates kept as bounds, never a guess."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.dates import read_date
from terms.ground.words import freeze
from terms.values.reckoning import (
    after,
    as_datetime,
    as_moment,
    bounds_of,
    days_in,
    deadline,
    is_void,
    resolve,
    span,
    waits_for,
)
from terms.values.times import read_length, read_time

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
LAST = timedelta(days=1) - timedelta(microseconds=1)


def happened(**dates):
    """The lookup of a record in which these happenings occurred, dots written as underscores."""
    return {name.replace("_", "."): read_date(spelled) for name, spelled in dates.items()}.get


def reached(words, **dates):
    """The bounds of `words` as texts, None when it has not started."""
    found = resolve(read_time(freeze(words)), happened(**dates))
    return found and tuple(moment.isoformat() for moment in found)


def last_moment(words, **dates):
    found = deadline(read_time(freeze(words)), happened(**dates))
    return found and tuple(moment.isoformat() for moment in found)


@given(day=DAYS, number=st.integers(1, 2_000))
def test_the_day_of_a_happening_is_its_day_one(day, number):
    low, high = resolve(read_time(f"day {number} of vote"), happened(vote=day.isoformat()))
    start = datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=number - 1)
    assert (low, high) == (start, start + LAST)


@given(day=DAYS, number=st.integers(0, 2_000))
def test_n_days_after_is_the_day_after_day_n(day, number):
    known = happened(vote=day.isoformat())
    assert resolve(read_time(f"{number} days after vote"), known) == resolve(
        read_time(f"day {number + 1} of vote"), known
    )


@given(day=DAYS, hour=st.integers(0, 23), hours=st.integers(0, 5_000))
def test_hours_are_hours(day, hour, hours):
    start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    end = start + timedelta(hours=hours)
    known = happened(vote=start.strftime("%Y-%m-%dT%H:%MZ"))
    assert resolve(read_time(f"{hours} hours after vote"), known) == (end, end)


@given(day=DAYS, hour=st.integers(0, 23), hours=st.integers(0, 500), zone=st.integers(-12, 14))
def test_one_instant_in_two_zones_is_one_instant(day, hour, hours, zone):
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    local = moment + timedelta(hours=zone)
    here = happened(vote=moment.strftime("%Y-%m-%dT%H:%MZ"))
    there = happened(vote=f"{local.strftime('%Y-%m-%dT%H:%M')}{zone:+03d}:00")
    time = read_time(f"{hours} hours before vote")
    assert resolve(time, here) == resolve(time, there)


@given(day=DAYS, months=st.integers(0, 300))
def test_months_after_keep_the_day_of_the_month(day, months):
    low, high = resolve(read_time(f"{months} months after vote"), happened(vote=day.isoformat()))
    assert (low.year * 12 + low.month) - (day.year * 12 + day.month) == months
    assert low.day == day.day or (day.day > low.day and high.day == 1)


@given(start=st.integers(1600, 2400), month=st.integers(1, 12), months=st.integers(0, 400))
def test_no_run_of_months_is_shorter_or_longer_than_its_bounds(start, month, months):
    more, last = divmod(month - 1 + months, 12)
    days = (date(start + more, last + 1, 1) - date(start, month, 1)).days
    (fewest, most), _ = days_in(read_length(f"{months} months"))
    assert fewest <= days <= most


def test_seventy_two_hours_from_noon_end_at_noon():
    assert last_moment("72 hours after vote", vote="2031-03-01T12:00Z") == ("2031-03-04T12:00:00+00:00",) * 2


def test_a_day_is_over_only_with_its_last_moment():
    assert (
        last_moment("day 10 of vote", vote="2031-03-01T23:30+02:00")
        == ("2031-03-10T23:59:59.999999+00:00",) * 2
    )


def test_the_day_of_a_happening_is_the_day_written_at_its_place():
    """At 01:00+03:00 on the second it was still the first in Greenwich."""
    assert reached("day 1 of vote", vote="2031-03-02T01:00+03:00")[0] == "2031-03-02T00:00:00+00:00"


def test_a_vague_happening_leaves_a_vague_deadline():
    assert last_moment("day 10 of vote", vote="2031-03") == (
        "2031-03-10T23:59:59.999999+00:00",
        "2031-04-09T23:59:59.999999+00:00",
    )


def test_hours_after_a_day_are_known_within_a_day():
    assert last_moment("24 hours after vote", vote="2031-03-01") == (
        "2031-03-02T00:00:00+00:00",
        "2031-03-02T23:59:59.999999+00:00",
    )


def test_a_stated_date_is_in_time_until_its_end():
    assert last_moment("2031-06") == ("2031-06-30T23:59:59.999999+00:00",) * 2


def test_a_happening_alone_is_its_moment():
    assert reached("vote", vote="2031-03-01T12:00Z") == ("2031-03-01T12:00:00+00:00",) * 2


def test_a_month_after_the_last_of_january_is_the_turn_of_february():
    assert reached("1 month after vote", vote="2031-01-31") == (
        "2031-02-28T00:00:00+00:00",
        "2031-03-01T23:59:59.999999+00:00",
    )


def test_weeks_and_years_are_counted_in_days_and_months():
    assert reached("2 weeks after vote", vote="2031-01-01")[0] == "2031-01-15T00:00:00+00:00"
    assert reached("1 year after vote", vote="2028-02-29")[0] == "2029-02-28T00:00:00+00:00"


def test_within_reaches_from_the_happening_to_the_end_of_the_last_day():
    assert reached("within 5 days after vote", vote="2031-03-01T12:00Z") == (
        "2031-03-01T12:00:00+00:00",
        "2031-03-06T23:59:59.999999+00:00",
    )


def test_within_before_reaches_from_the_first_day_to_the_happening():
    assert reached("within 5 days before vote", vote="2031-03-06T12:00Z") == (
        "2031-03-01T00:00:00+00:00",
        "2031-03-06T12:00:00+00:00",
    )


def test_hours_from_a_vague_day_begin_and_end_as_vaguely_as_it():
    found = span(read_time("3 to 5 hours after vote"), {"vote": read_date("2031-03-01")}.get)
    assert [tuple(str(as_datetime(at))[:16] for at in bounds) for bounds in (found.begins, found.ends)] == [
        ("2031-03-01 03:00", "2031-03-02 02:59"),
        ("2031-03-01 05:00", "2031-03-02 04:59"),
    ]


def test_a_range_of_days_reaches_from_the_nearer_to_the_farther():
    assert reached("2 to 3 days before vote", vote="2031-03-10") == (
        "2031-03-07T00:00:00+00:00",
        "2031-03-08T23:59:59.999999+00:00",
    )


def test_a_time_may_be_counted_from_a_date():
    assert reached("10 days after 2031-03-01")[0] == "2031-03-11T00:00:00+00:00"


@pytest.mark.parametrize(
    "words", ["vote", "day 2 of vote", "3 hours after vote", "within 2 days after vote", "not stated"]
)
def test_nothing_comes_of_a_time_whose_happening_has_not_occurred(words):
    assert reached(words) is None


def test_the_earliest_of_several_leaves_out_what_has_not_happened():
    words = {"earliest-of": ["35 days after truce.begins", "talks.ends"]}
    assert reached(words, truce_begins="2031-03-01")[0] == "2031-04-05T00:00:00+00:00"


def test_the_earliest_of_several_is_the_first_of_them():
    words = {"earliest-of": ["35 days after truce.begins", "talks.ends"]}
    assert (
        reached(words, truce_begins="2031-03-01", talks_ends="2031-03-09T12:00Z")
        == ("2031-03-09T12:00:00+00:00",) * 2
    )


def test_the_latest_of_several_waits_for_all_of_them():
    words = {"latest-of": ["vote", "talks.ends"]}
    assert reached(words, vote="2031-03-01") is None
    assert reached(words, vote="2031-03-01", talks_ends="2031-05-01T12:00Z")[1] == "2031-05-01T12:00:00+00:00"


def test_the_earliest_of_what_has_not_happened_is_not_known():
    assert reached({"earliest-of": ["vote", "talks.ends"]}) is None


def test_an_open_end_lies_beyond_every_date():
    assert reached("2031-03-01/..") == ("2031-03-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00")


@given(
    day=DAYS,
    number=st.integers(0, 2_000),
    unit=st.sampled_from(["hours", "days", "weeks", "months", "years"]),
)
def test_what_is_counted_from_a_stretch_without_an_end_begins_and_has_none(day, number, unit):
    words = f"{number} {unit} after vote"
    begins, ends = reached(words, vote=f"{day}/..")
    assert (begins, ends) == (reached(words, vote=f"{day}")[0], "9999-12-31T23:59:59.999999+00:00")


def test_an_unknown_beginning_lies_before_every_date():
    assert reached("day 2 of vote", vote="/2031-03-01")[0] == "0001-01-01T00:00:00+00:00"


def test_no_number_of_years_is_too_many():
    assert reached("999999 years after vote", vote="2031-03-01")[1] == "9999-12-31T23:59:59.999999+00:00"


@pytest.mark.parametrize(
    ("words", "void"),
    [
        ("day 2 of vote", True),
        ("day 2 of talks.ends", False),
        ({"earliest-of": ["vote", "talks.ends"]}, False),
        ({"latest-of": ["vote", "talks.ends"]}, True),
        ("2031-03-01", False),
    ],
)
def test_a_time_is_void_when_what_it_hangs_on_was_called_off(words, void):
    assert is_void(read_time(freeze(words)), happened(), {"vote"}.__contains__) is void


def test_what_happened_before_it_was_called_off_is_not_void():
    assert not is_void(read_time("day 2 of vote"), happened(vote="2031-03-01"), {"vote"}.__contains__)


def test_a_time_waits_for_what_has_not_happened():
    time = read_time(freeze({"latest-of": ["vote", "talks.ends"]}))
    assert waits_for(time, happened(vote="2031-03-01")) == ("talks.ends",)


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("3 days", ((3, 3), (3, 3))),
        ("2 to 3 weeks", ((14, 14), (21, 21))),
        ("36 hours", ((1, 1), (2, 2))),
        ("3 months", ((89, 92), (89, 92))),
        ("1 year", ((365, 366), (365, 366))),
    ],
)
def test_lengths_in_days(words, bounds):
    assert days_in(read_length(words)) == bounds


def test_what_lasts_some_days_ends_with_the_last_of_them():
    found = after(read_length("35 days"), read_date("2031-03-01T07:00Z"))
    assert as_datetime(found.ends[0]).isoformat() == "2031-04-05T23:59:59.999999+00:00"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no zone"):
        as_moment(datetime(2031, 3, 1))


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_and_datetimes_are_the_same_thing(at):
    assert as_datetime(as_moment(at)) == at


def test_the_bounds_of_a_date_are_its_first_and_last_microsecond():
    low, high = bounds_of(read_date("2031-03-01"))
    assert high - low == 86_400_000_000 - 1


def test_a_choice_ends_with_a_day_only_if_the_member_that_decides_does():
    time = read_time(freeze({"earliest-of": ["day 9 of vote", "12 hours after vote"]}))
    assert not span(time, happened(vote="2031-03-01T12:00Z")).days


def test_the_latest_of_several_is_over_when_each_of_them_can_be():
    words = {"latest-of": ["vote", "talks.ends"]}
    vague = {"vote": "2031-03-01/2031-03-05", "talks_ends": "2031-03-02/2031-03-04"}
    assert reached(words, **vague) == reached("vote", vote="2031-03-02/2031-03-05")
    assert last_moment(words, **vague) == last_moment("vote", vote="2031-03-02/2031-03-05")


def test_what_is_counted_from_an_open_end_has_none():
    assert reached("day 3 of vote", vote="2031-03-01/..") == (
        "2031-03-03T00:00:00+00:00",
        "9999-12-31T23:59:59.999999+00:00",
    )


@pytest.mark.parametrize(("year", "day"), [(2031, 28), (2032, 29)])
def test_a_month_after_the_thirtieth_of_january_depends_on_the_year(year, day):
    first, last = reached("1 month after vote", vote=f"{year}-01-30")
    assert (first[:10], last[:10]) == (f"{year}-02-{day}", f"{year}-03-01")
