"""Durations: lengths that are compared, and what bounds a truce when no number does."""

import pytest

from terms.values import Declaration, Unreadable, compatible, gap, intersection, read_value
from terms.values.value import Gap

DURATION = Declaration("duration")


def duration(words):
    return read_value(words, DURATION)


@pytest.mark.parametrize(
    ("words", "shown", "form"),
    [
        (
            "60 or for the duration of the peace talks",
            "any of [60 days, for the duration of the peace talks]",
            "any-of",
        ),
        (
            "Fixed until the captives are released. Between 3-5 days",
            "all of [3 to 5 days, Fixed until the captives are released]",
            "all-of",
        ),
        (
            "Until mutual agreement enters into force",
            "Until mutual agreement enters into force",
            "until-event",
        ),
        ("as long as the U.N. is in the Ogaden", "as long as the U.N. is in the Ogaden", "until-event"),
        ("daily 5-hour ceasefires and 72 hour ceasefires", "all of [3 days, daily 5 hours]", "all-of"),
        ("72 hours", "3 days", "exact"),
        ("Coffee Harvest", "Coffee Harvest", "until-event"),
        (
            "Cessation of hostilities until a formal ceasefire is signed",
            "Cessation of hostilities until a formal ceasefire is signed",
            "until-event",
        ),
    ],
)
def test_the_hard_cases_of_public_ceasefire_records_are_durations(words, shown, form):
    assert (duration(words).words, duration(words).form) == (shown, form)


@pytest.mark.parametrize("words", ["60", "at least 60", "2 to 3", "any of [60, 90 days]", "about 60"])
def test_a_number_without_a_unit_is_refused_where_none_is_declared(words):
    with pytest.raises(Unreadable) as refused:
        duration(words)
    assert "of what is not said" in str(refused.value)
    assert read_value(words, Declaration("duration", unit="days")).words.endswith(("days", "days]"))


@pytest.mark.parametrize("words", ["indefinite", "indefinitely", "for an indefinite period", "permanent"])
def test_without_an_end_is_a_form_of_its_own(words):
    assert duration(words).form == "indefinite"


def test_two_parties_bounded_by_the_same_event_agree():
    stance = duration("until the captives are released")
    assert compatible([stance, stance]) is True


def test_a_number_beside_an_event_is_for_somebody_to_judge():
    assert compatible([duration("30 days"), duration("until the captives are released")]) is None


def test_the_number_inside_a_bounded_stance_still_counts():
    assert gap([duration("Fixed until dawn. Between 3-5 days"), duration("at least 9 days")]) == Gap(
        4, "days"
    )


def test_months_that_may_be_90_days_are_contested_with_90_days():
    stances = [duration("3 months"), duration("90 days")]
    found = gap(stances)
    assert compatible(stances) is None
    assert (found.amount, found.contested) == (0, True)
    assert found.parts == (("shortest", Gap(1, "days")), ("longest", Gap(2, "days")))


def test_months_that_are_longer_in_every_calendar_are_not_contested():
    assert compatible([duration("at most 2 months"), duration("at least 62 days")]) is None
    assert compatible([duration("at most 2 months"), duration("at least 63 days")]) is False
    assert compatible([duration("at most 2 months"), duration("59 days")]) is True


def test_a_gap_that_depends_on_the_months_gives_the_smaller_number():
    found = gap([duration("at most 1 month"), duration("at least 40 days")])
    assert (found.amount, found.unit, found.contested) == (9, "days", True)


def test_the_same_months_on_both_sides_are_compared_as_months():
    touching = gap([duration("less than 3 months"), duration("at least 3 months")])
    assert (touching.amount, touching.touching, touching.contested) == (0, True, False)
    assert compatible([duration("at most 3 months"), duration("at least 3 months")]) is True


def test_months_beside_days_are_kept_as_both():
    both = intersection(duration("at most 3 months"), duration("at least 80 days"))
    assert both.words == "all of [at least 80 days, at most 3 months]"


def test_alternatives_of_months_and_days_read_back():
    either = duration("any of [3 months, 10 days]")
    assert duration(either.words) == either
    assert compatible([either, duration("10 days")]) is True


def test_between_several_with_months_and_alternatives_no_number_is_made_up():
    stances = [
        duration("any of [1 month, 400 days]"),
        duration("200 days"),
        duration("any of [3 months, 300 days]"),
    ]
    found = gap(stances)
    assert (found.amount, found.contested) == (None, True)


def test_a_stance_that_some_calendars_leave_empty_is_contested():
    odd = duration("2 months to 60 days")
    assert gap([odd, duration("at least 90 days")]).contested
    assert compatible([odd]) is True


def test_an_amount_of_every_day_is_not_compared_with_a_length():
    assert compatible([duration("daily 5 hours"), duration("5 hours")]) is None
    assert gap([duration("daily 5 hours"), duration("daily at least 6 hours")]) == Gap(1, "hours")
    open_ends = "all of [daily more than 2 hours, daily less than 3 hours]"
    assert duration(open_ends).words == "all of [daily more than 2 hours, daily less than 3 hours]"


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        ("3 dayz", "did you mean 'days'"),
        ("prohibited", "is no length of time"),
        ("Thirty Days", "is no length of time"),
        ("daily nonsense", "is no length of time"),
        ("30 days or nonsense", "is no length of time"),
        ("3 days and nonsense", "is no length of time"),
        ("about 3 months give or take 2 days", "a tolerance goes with one exact amount"),
        ("[3 days]", "a list needs a word before it"),
    ],
)
def test_a_slip_of_the_pen_never_becomes_a_silent_text(words, slip):
    with pytest.raises(Unreadable, match=slip):
        duration(words)


def test_months_beside_days_are_both_kept():
    both = intersection(duration("at most 2 months"), duration("at least 10 days"))
    assert (both.words, both.form) == ("all of [at least 10 days, at most 2 months]", "all-of")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("6 hours", "6 hours"),
        ("30 hours", "30 hours"),
        ("48 hours", "2 days"),
        ("90 minutes", "90 minutes"),
        ("5 days", "5 days"),
        ("2 to 36 hours", "2 to 36 hours"),
    ],
)
def test_without_a_declared_unit_a_length_is_shown_in_whole_numbers(words, shown):
    assert read_value(words, Declaration("duration")).words == shown


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("1 month", "exact"),
        ("at most 1 month", "cap"),
        ("at least 1 month", "floor"),
        ("2 to 3 months", "interval"),
        ("28 days to 1 month", "interval"),
        ("60 days to 2 months", "interval"),
        ("2 months to 60 days", "interval"),
        ("any of [1 month, 30 days]", "any-of"),
        ("any of [1 month, 31 days]", "any-of"),
        ("any of [1 month, 28 to 40 days]", "interval"),
        ("any of [at most 1 month, at least 30 days]", "any-of"),
        ("about 2 to 3 months", "about"),
    ],
)
def test_the_form_of_a_stance_in_months_is_no_matter_of_how_long_they_are(words, form):
    """Some months leave nothing of 60 days to 2 months, and one month is 28 days: it is an interval all the same."""
    assert duration(words).form == form
