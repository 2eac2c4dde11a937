"""Quantities: shown in the declared unit, compared in any unit of the dimension, refused in another."""

import pytest

from terms.values import Declaration, MixedScales, Unreadable, compatible, gap, intersection, read_value
from terms.values.quantity import Whole
from terms.values.value import Gap

KM = Declaration("quantity", "km")
PERSONS = Declaration("quantity", "persons")
TRUCKS = Declaration("quantity", "trucks/day")


def km(words):
    return read_value(words, KM)


def persons(words):
    return read_value(words, PERSONS)


@pytest.mark.parametrize("words", ["30 km", "30.0 km", "30000 m", "30 kilometres", "0.03 thousand km", "30"])
def test_one_distance_is_one_value_in_whatever_unit(words):
    assert km(words) == km("30 km")
    assert km(words).words == "30 km"


@pytest.mark.parametrize(
    ("words", "shown", "form"),
    [
        ("less than 85 persons", "at most 84 persons", "cap"),
        ("more than 84.5 people", "at least 85 persons", "floor"),
        ("1 person", "1 persons", "exact"),
        ("any of [1 persons, 2 persons, 3 persons]", "1 to 3 persons", "interval"),
        ("any of [1 persons, 7 persons]", "any of [1 persons, 7 persons]", "any-of"),
        ("12 of 24 persons", "12 of 24 persons", "share"),
        (
            "any of [12 of 24 persons, 14 of 24 persons]",
            "all of [any of [12 persons, 14 persons], out of 24 persons]",
            "all-of",
        ),
        ("about 30 persons give or take 2 persons", "about 28 to 32 persons", "about"),
        ("no more than 20 persons", "at most 20 persons", "cap"),
        ("between 2 and 3 million persons", "2000000 to 3000000 persons", "interval"),
        ("3-5 persons", "3 to 5 persons", "interval"),
    ],
)
def test_whole_counts_are_shown_in_their_shortest_form(words, shown, form):
    assert (persons(words).words, persons(words).form) == (shown, form)


def test_a_share_without_a_unit_counts_in_that_of_its_whole():
    area = Declaration("quantity", "km2")
    assert read_value("12 of 24 km2", area) == read_value("12 km2 of 24 km2", area)
    assert read_value("12 of 24 persons", PERSONS) == read_value("12 persons of 24 persons", PERSONS)


def test_a_rate_is_converted_exactly_or_shown_where_its_digits_end():
    hourly = Declaration("quantity", "trucks/hour")
    assert read_value("144 trucks per day", hourly).words == "6 trucks/hour"
    assert read_value("100 trucks a day", hourly).words == "700 trucks/week"


def test_a_month_is_no_number_of_weeks():
    with pytest.raises(Unreadable):
        read_value("3 trucks/month", TRUCKS)


def test_a_rate_may_be_written_in_the_singular():
    assert read_value("1 truck/day", TRUCKS) == read_value("1 trucks/day", TRUCKS)


def test_a_count_may_be_written_in_the_singular():
    trucks = Declaration("quantity", "trucks")
    assert read_value("1 truck", trucks).words == "1 trucks"


def test_an_amount_is_compared_only_on_its_scale():
    [length], [count] = km("30 km").parts, persons("30 persons").parts
    with pytest.raises(MixedScales, match="not on one scale"):
        length.meet(count)


def test_without_a_declared_unit_the_dimension_decides_what_can_be_compared():
    free = Declaration("quantity")
    assert read_value("2 km", free) == read_value("2000 m", free)
    assert compatible([read_value("2 km", free), read_value("2 persons", free)]) is None


def test_another_dimension_is_an_error_and_never_incompatible():
    with pytest.raises(Unreadable) as refusal:
        km("30 persons")
    assert refusal.value.code == "E302"
    assert refusal.value.help == ("this term is a distance: write a quantity such as '25 km' or '800 m'",)


@pytest.mark.parametrize(
    ("words", "declaration", "way_out"),
    [
        ("30 kilometrs", KM, "did you mean 'kilometres'?"),
        (
            "85,000 persons",
            PERSONS,
            "a comma is read two ways: write '85000' or '85 000', or a decimal point",
        ),
        ("thirty km", KM, "'thirty km' has no number to begin with"),
        ("30 !", KM, "'!' is no unit"),
        ("1.5 persons", PERSONS, "no amount fits: the range runs backwards, or falls between two whole ones"),
        ("3 to 2 km", KM, "no amount fits: the range runs backwards, or falls between two whole ones"),
        ("12 of 24.5 persons", PERSONS, "a total is a whole number here"),
        ("2 km to 3 persons", Declaration("quantity"), "the two ends of a range are of one kind"),
        (
            "about 2 to 3 km give or take 1 km",
            KM,
            "this term is a distance: write a quantity such as '25 km' or '800 m'",
        ),
        (
            "at most about 3 km give or take 1 km",
            KM,
            "a bound takes no tolerance: write the bound that is meant",
        ),
        ("[1 km, 2 km]", KM, "a list needs a word before it: any of [a, b], all of [a, b], within [a, b]"),
        (
            "within [1 km, any of [2 km]]",
            KM,
            "a list needs a word before it: any of [a, b], all of [a, b], within [a, b]",
        ),
        ("all of [1 km, 2 km]", KM, "no value satisfies all of these: 1 km, 2 km"),
        ("3", Declaration("quantity"), "write an amount with its unit, such as '30 km'"),
        ("3 km", Declaration("quantity", "%"), "this term is a share: write a quantity such as '40 %'"),
        (
            "3 km",
            Declaration("quantity", "km2"),
            "this term is an area: write a quantity such as '40 km2' or '12 ha'",
        ),
        ("3 km", TRUCKS, "this term is a rate in trucks/day: write an amount such as '40 trucks/day'"),
        ("3 km", PERSONS, "this term is a number of persons: write an amount such as '40 persons'"),
        ("3 km", Declaration("quantity", "!"), "the unit '!' of the term cannot be used: '!' is no unit"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_way_out(words, declaration, way_out):
    with pytest.raises(Unreadable) as refusal:
        read_value(words, declaration)
    assert way_out in refusal.value.help


@pytest.mark.parametrize(
    ("stances", "distance"),
    [
        (["at most 60 persons", "at least 100 persons"], Gap(40, "persons")),
        (["less than 5 persons", "at least 5 persons"], Gap(1, "persons")),
        (["at most 60 persons", "any of [10 persons, 70 persons]"], None),
        (["any of [1 persons, 9 persons]", "any of [4 persons, 20 persons]"], Gap(3, "persons")),
        (["at most 10 persons", "at least 15 persons", "12 to 30 persons"], Gap(5, "persons")),
    ],
)
def test_the_gap_is_the_distance_in_the_unit_of_the_term(stances, distance):
    assert gap([persons(words) for words in stances]) == distance


def test_stances_that_only_touch_have_a_gap_of_nothing():
    assert gap([km("less than 5 km"), km("at least 5 km")]) == Gap(0, "km", touching=True)


def test_between_three_with_alternatives_there_is_no_number_but_the_pairs_that_are_apart():
    found = gap([km("any of [1 km, 9 km]"), km("2 to 3 km"), km("at least 9 km")])
    assert found == Gap(None, "km", parts=(("1 and 2", Gap(1, "km")), ("2 and 3", Gap(6, "km"))))


def test_three_that_agree_in_pairs_only_have_no_number_and_no_pairs():
    found = gap([km("any of [1 km, 2 km]"), km("any of [2 km, 3 km]"), km("any of [1 km, 3 km]")])
    assert found == Gap(None, "km")


def test_shares_of_one_whole_are_compared_and_shares_of_another_are_not_the_same():
    assert gap([persons("12 of 24 persons"), persons("14 of 24 persons")]) == Gap(2, "persons")
    assert intersection(persons("12 of 24 persons"), persons("12 persons")).words == "12 of 24 persons"
    assert compatible([persons("12 of 24 persons"), persons("12 of 30 persons")]) is False
    assert gap([persons("12 of 24 persons"), persons("12 of 30 persons")]) is None


def test_a_whole_is_compared_only_with_a_whole():
    amount, whole = persons("12 of 24 persons").parts
    assert isinstance(whole, Whole)
    with pytest.raises(MixedScales):
        whole.meet(amount)


def test_a_qualifier_is_kept_and_widens_nothing():
    assert gap([km("about 30 km"), km("31 km")]) == Gap(1, "km")
    assert intersection(km("about 30 km"), km("at least 20 km")) == km("about 30 km")
    assert km("about 30 km") != km("30 km")


@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [
        ("3 trucks/days", "3 trucks/day", "trucks/day"),
        ("7 trucks/week", "1 trucks/day", "trucks/day"),
        ("12 trucks/year", "1 trucks/month", "trucks/month"),
    ],
)
def test_a_rate_is_the_same_however_its_period_is_named(one, other, unit):
    assert read_value(one, Declaration("quantity", unit)) == read_value(other, Declaration("quantity", unit))


def test_a_share_may_leave_its_amount_unsaid():
    assert read_value("out of 10", Declaration("quantity", "persons")).words == "out of 10 persons"
