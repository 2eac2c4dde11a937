"""Deadlines as they stand on a day: worked out anew each time, never guessed where dates are vague."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.dates import read_date
from terms.ground.words import freeze
from terms.values.clocks import ClockState, clock, contest, subject_to
from terms.values.outcomes import Outcome
from terms.values.times import read_time

DATES = st.sampled_from(["2031-03-01", "2031-03-01T12:00Z", "2031-03", "2031-02-25/2031-03-04", "2031-03-07"])
TIMES = st.sampled_from(
    [
        "2031-03-10",
        "2031-03",
        "day 10 of vote",
        "72 hours after vote",
        "within 5 days after vote",
        "1 month after vote",
    ]
)
MOMENTS = st.integers(0, 2_000).map(lambda hours: datetime(2031, 2, 20, tzinfo=UTC) + timedelta(hours=hours))


def standing(words, at, *, done=None, off=(), **dates):
    """How the deadline stands at `at`, a date whose first moment counts."""
    known = {name.replace("_", "."): read_date(spelled) for name, spelled in dates.items()}
    return clock(
        read_time(freeze(words)),
        at=read_date(at).earliest,
        happened=known.get,
        called_off=set(off).__contains__,
        done=read_date(done) if done else None,
    )


def run(time, at, vote, done):
    return clock(
        read_time(time),
        at=at,
        happened={"vote": read_date(vote)}.get,
        called_off=lambda name: False,
        done=read_date(done) if done else None,
    )


@given(time=TIMES, at=MOMENTS, vote=DATES, later=st.integers(0, 2_000))
def test_a_deadline_once_missed_stays_missed_by_no_less(time, at, vote, later):
    first, second = run(time, at, vote, None), run(time, at + timedelta(hours=later), vote, None)
    if first.state == "missed":
        assert second.state == "missed"
        assert second.low >= first.low


@given(time=TIMES, at=MOMENTS, vote=DATES, done=DATES, later=st.integers(0, 2_000))
def test_what_was_met_stays_met(time, at, vote, done, later):
    first, second = run(time, at, vote, done), run(time, at + timedelta(hours=later), vote, done)
    if first.state in ("met", "met late"):
        assert second == first


@given(time=TIMES, at=MOMENTS, vote=DATES, later=st.integers(0, 2_000))
def test_the_days_left_never_grow(time, at, vote, later):
    first, second = run(time, at, vote, None), run(time, at + timedelta(hours=later), vote, None)
    if first.state == second.state == "running":
        assert second.low <= first.low
        assert second.high <= first.high


@given(time=TIMES, at=MOMENTS, vote=DATES, done=st.none() | DATES)
def test_days_are_exact_and_never_negative(time, at, vote, done):
    found = run(time, at, vote, done)
    if found.low is not None:
        assert isinstance(found.low, Fraction)
        assert 0 <= found.low <= found.high


@given(time=TIMES, at=MOMENTS, vote=DATES, done=st.none() | DATES)
def test_an_unclear_clock_names_more_than_one_state(time, at, vote, done):
    found = run(time, at, vote, done)
    assert (found.state == "unclear") == (len(found.possible) > 1)


def test_a_clock_does_not_start_before_its_trigger():
    assert standing("day 10 of vote", "2031-03-05") == ClockState("not started", waits_for=("vote",))


def test_a_clock_is_void_when_its_trigger_was_called_off():
    assert standing("day 10 of vote", "2031-03-05", off=["vote"]).state == "void"


def test_a_running_clock_counts_whole_days_to_a_day():
    assert standing("day 10 of vote", "2031-03-05T09:00Z", vote="2031-03-01") == ClockState(
        "running", Fraction(5), Fraction(5)
    )


def test_a_running_clock_counts_exactly_to_a_moment():
    found = standing("72 hours after vote", "2031-03-03T00:00Z", vote="2031-03-01T12:00Z")
    assert (found.state, found.days) == ("running", Fraction(3, 2))


def test_on_its_last_day_nothing_is_missed():
    assert standing("day 10 of vote", "2031-03-10T23:59Z", vote="2031-03-01").days == 0
    assert standing("day 10 of vote", "2031-03-11", vote="2031-03-01") == ClockState(
        "missed", Fraction(1), Fraction(1)
    )


def test_what_is_done_at_the_very_moment_is_in_time():
    found = standing("72 hours after vote", "2031-03-05", vote="2031-03-01T12:00Z", done="2031-03-04T12:00Z")
    assert found == ClockState("met")


def test_what_is_done_later_is_met_late():
    found = standing("day 10 of vote", "2031-03-20", vote="2031-03-01", done="2031-03-12T08:00Z")
    assert (found.state, found.days) == ("met late", 2)


def test_what_will_be_done_does_not_count_yet():
    assert standing("2031-03-10", "2031-03-05", done="2031-03-08").state == "running"


def test_what_was_done_before_its_clock_started_is_met():
    assert standing("day 10 of vote", "2031-03-05", done="2031-03-02").state == "met"


def test_what_may_have_been_done_before_its_clock_started_is_unclear():
    found = standing("day 10 of vote", "2031-03-05", done="2031-03")
    assert (found.state, found.possible) == ("unclear", ("met", "not started"))


def test_a_vague_trigger_leaves_the_days_within_bounds():
    found = standing("day 10 of vote", "2031-03-05", vote="2031-03")
    assert (found.state, found.low, found.high, found.days) == ("running", 5, 35, None)


def test_a_deadline_that_may_have_passed_is_unclear():
    found = standing("day 10 of vote", "2031-03-20", vote="2031-03")
    assert (found.state, found.possible) == ("unclear", ("missed", "running"))


def test_what_was_done_at_a_vague_date_may_be_met_or_met_late():
    found = standing("2031-03-10", "2031-06-01", done="2031-03")
    assert found.possible == ("met", "met late")


def test_what_may_not_have_been_done_yet_may_be_missed():
    found = standing("2031-03-10", "2031-03-20", done="2031-03")
    assert found.possible == ("met", "met late", "missed")


def test_a_deadline_with_an_open_end_is_never_missed():
    assert standing("2031-03-01/..", "2999-01-01") == ClockState("running")


def test_a_deadline_that_is_not_stated_never_starts():
    assert standing("not stated", "2031-03-05") == ClockState("not started")


def test_a_clock_that_may_end_sooner_says_what_it_waits_for():
    found = standing({"earliest-of": ["day 10 of vote", "talks.ends"]}, "2031-03-05", vote="2031-03-01")
    assert (found.state, found.waits_for) == ("running", ("talks.ends",))


def test_readings_that_agree_are_one_clock():
    state = ClockState("running", Fraction(5), Fraction(5))
    assert contest([("m1", state), ("m2", state)]) == state


def test_readings_that_differ_are_contested_with_a_line_each():
    lines = (("m1", ClockState("met")), ("m2", ClockState("missed", Fraction(1), Fraction(1))))
    assert contest(lines) == ClockState("contested", readings=lines)


MISSED = ClockState("missed", Fraction(1), Fraction(1))


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.MET, "missed"),
        (Outcome.NOT_YET, "not started"),
        (Outcome.FAILED, "void"),
        (Outcome.DISPUTED, "contested"),
    ],
)
def test_nothing_is_overdue_while_its_proviso_is_unmet(outcome, state):
    assert subject_to(MISSED, outcome).state == state


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_was_done_stays_done_whatever_became_of_its_proviso(outcome):
    assert subject_to(ClockState("met"), outcome) == ClockState("met")
