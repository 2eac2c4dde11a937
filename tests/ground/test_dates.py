"""Dates say as little as their source does, and never more."""

from datetime import UTC, date, datetime, timedelta

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.dates import lacks_zone, precedes, read_date, same_instant
from terms.ground.errors import BadDate

SEASONS = ("-21", "-22", "-23")
QUALIFIERS = st.sampled_from(["", "~", "?", "%"])


@st.composite
def plain_dates(draw):
    """Level 0 and 1 without times: what the library that serves as oracle reads as well."""
    day = draw(st.dates(date(1000, 1, 1)))
    text = draw(
        st.sampled_from(
            [
                f"{day:%Y-%m-%d}",
                f"{day:%Y-%m}",
                f"{day:%Y}",
                f"{day:%Y-%m}-XX",
                f"{day:%Y}-XX-XX",
                f"{day:%Y}-XX",
                f"{day:%Y}"[:3] + "X",
                f"{day:%Y}"[:2] + "XX",
                f"{day:%Y}" + draw(st.sampled_from(SEASONS)),
            ]
        )
    )
    return text if text[4:] in SEASONS else text + draw(QUALIFIERS)  # the oracle refuses a season with one


@st.composite
def times(draw):
    moment = draw(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)))
    clock = moment.isoformat(timespec=draw(st.sampled_from(["minutes", "seconds"])))
    zone = draw(st.sampled_from(["", "Z", "+03:00", "-11:30", "+14:00", "+03"]))
    return clock + zone + draw(QUALIFIERS)


far_years = st.integers(10_000, 10**12 - 1).map("Y{}".format) | st.integers(-(10**12) + 1, -10_000).map(
    "Y{}".format
)
early_years = st.integers(1, 9999).map("-{:04}".format)
singles = plain_dates() | times() | far_years | early_years | st.just("0000")
ends = st.sampled_from(["", ".."])


@st.composite
def intervals(draw):
    first, second = sorted((draw(singles), draw(singles)), key=lambda text: read_date(text).low)
    return draw(
        st.sampled_from([f"{first}/{second}", f"{first}/..", f"{first}/", f"../{second}", f"/{second}"])
    )


dates = singles | intervals()


@given(dates)
def test_the_canonical_spelling_reads_back_as_the_same_date(text):
    once = read_date(text)
    assert read_date(once.text) == once


@given(dates)
def test_a_date_begins_before_it_ends(text):
    found = read_date(text)
    assert found.low is None or found.high is None or found.low <= found.high


@given(plain_dates())
def test_the_bounds_are_those_of_the_reference_library(text):
    found, expected = read_date(text), edtf.parse_edtf(text)
    low, high = expected.lower_strict(), expected.upper_strict()
    assert (found.first_day, found.last_day) == (date(*low[:3]), date(*high[:3]))


@given(plain_dates())
def test_the_qualifiers_are_those_of_the_reference_library(text):
    found, expected = read_date(text), edtf.parse_edtf(text)
    assert (found.approximate or found.uncertain) == (
        expected.is_approximate or expected.is_uncertain or expected.is_uncertain_and_approximate
    )


@given(dates, dates)
def test_what_precedes_is_not_preceded(one, other):
    a, b = read_date(one), read_date(other)
    assert not (precedes(a, b) and precedes(b, a))


@given(dates, dates, dates)
def test_before_is_handed_on(one, two, three):
    a, b, c = read_date(one), read_date(two), read_date(three)
    assert not (precedes(a, b) and precedes(b, c)) or precedes(a, c)


@given(dates)
def test_nothing_precedes_itself(text):
    assert precedes(read_date(text), read_date(text)) is not True


@given(st.text(max_size=24) | st.text(st.sampled_from("0123456789-/:.TXYZ~?%+ "), max_size=24))
def test_any_text_is_a_date_or_is_refused(text):
    try:
        found = read_date(text)
    except BadDate as refusal:
        found = read_date(refusal.suggestion or "2025")
    assert read_date(found.text) == found


@given(st.datetimes(datetime(1000, 1, 2), datetime(9998, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_a_time_with_a_zone_is_the_instant_it_names(moment, ahead):
    moment = moment.replace(second=0, microsecond=0)
    sign, (hours, minutes) = "-" if ahead < 0 else "+", divmod(abs(ahead), 60)
    found = read_date(f"{moment:%Y-%m-%dT%H:%M}{sign}{hours:02}:{minutes:02}")
    assert found.earliest == found.latest == moment.replace(tzinfo=UTC) - timedelta(minutes=ahead)


def test_one_instant_in_two_zones_is_one_instant():
    assert same_instant(read_date("2025-06-02T13:00+03:00"), read_date("2025-06-02T10:00Z"))
    assert not same_instant(read_date("2025-06-02T13:00+03:00"), read_date("2025-06-02T13:00Z"))


def test_a_time_without_a_zone_counts_as_utc():
    assert read_date("2025-06-02T13:00").earliest == datetime(2025, 6, 2, 13, tzinfo=UTC)


def test_a_time_is_filed_under_the_day_it_was_written_with():
    found = read_date("2025-06-02T01:00+03:00")
    assert (found.earliest.date(), found.first_day) == (date(2025, 6, 1), date(2025, 6, 2))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-06-02", date(2025, 6, 2), date(2025, 6, 2)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("201X-XX", date(2010, 1, 1), date(2019, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        ("2025-06-XX", date(2025, 6, 1), date(2025, 6, 30)),
        ("2025-24", date(2025, 12, 1), date(2026, 2, 28)),
        ("2025-06-01/2025-06-02", date(2025, 6, 1), date(2025, 6, 2)),
        ("2025-06-01/..", date(2025, 6, 1), None),
        ("2025-06-01/", date(2025, 6, 1), None),
        ("../2025-06", None, date(2025, 6, 30)),
        ("/2025-06", None, date(2025, 6, 30)),
        ("-0044-03-15", None, None),
        ("Y170000002", None, None),
        ("0000", None, None),
    ],
)
def test_a_date_covers_the_days_it_can_mean(text, first, last):
    found = read_date(text)
    assert (found.first_day, found.last_day) == (first, last)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2025-06", False, False),
        ("2025-06~", True, False),
        ("2025-06?", False, True),
        ("2025-06%", True, True),
        ("2025-06-01~/2025-06-02?", True, True),
    ],
)
def test_a_qualifier_marks_the_date(text, approximate, uncertain):
    found = read_date(text)
    assert (found.approximate, found.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "is_day", "is_instant"),
    [
        ("2025-06-02?", True, False),
        ("2025-06-02T13:00", False, True),
        ("2025-06-XX", False, False),
        ("2025", False, False),
        ("2025-06-02/2025-06-02", False, False),
    ],
)
def test_a_day_and_an_instant_are_told_from_wider_dates(text, is_day, is_instant):
    found = read_date(text)
    assert (found.is_day, found.is_instant) == (is_day, is_instant)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2025-06-02T13:00+03", "2025-06-02T13:00+03:00"),
        ("2025-06-02T13:00-00:00~", "2025-06-02T13:00Z~"),
        ("2025-06-02T13:00:00+00:00", "2025-06-02T13:00:00Z"),
        ("2025-06-02T13:00+00/..", "2025-06-02T13:00Z/.."),
    ],
)
def test_a_zone_has_one_spelling(text, canonical):
    assert str(read_date(text)) == canonical


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2025-06-01", "2025-06-02", True),
        ("2025-06-02", "2025-06-01", False),
        ("2025-06", "2025-06-02", None),
        ("2025-06-02T13:00Z", "2025-06-02T16:00+03:00", False),
        ("2025-06-01/..", "2030", None),
        ("../2025-06-01", "2025-06-02", True),
        ("2025-06-02/..", "../2025-06-01", False),
        ("-0044", "Y170000002", True),
        ("9999-12-31T23:00-05:00", "Y10000", None),
    ],
)
def test_before_is_said_only_where_it_is_certain(one, other, before):
    assert precedes(read_date(one), read_date(other)) is before


def test_an_instant_beyond_the_calendar_of_datetime_is_still_compared():
    late = read_date("9999-12-31T23:00-05:00")
    assert late.earliest is None
    assert precedes(read_date("9999-12-31"), late) is True


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("2025-6-2", "2025-06-02"),
        ("2025/06/02", "2025-06-02"),
        ("2025.06.02", "2025-06-02"),
        ("20250602", "2025-06-02"),
        ("2.6.2025", "2025-06-02"),
        ("13/6/2025", "2025-06-13"),
        ("6/13/2025", "2025-06-13"),
        ("6/6/2025", "2025-06-06"),
        ("2/6/2025", None),
        ("31.2.2025", None),
        ("2 June 2025", "2025-06-02"),
        ("June 2nd, 2025", "2025-06-02"),
        ("June 2025", "2025-06"),
        ("2 June 3, 2025", None),
        ("2 Juny 2025", "2025-06-02"),
        ("Smarch 2025", None),
        ("2025-6", "2025-06"),
        ("2025-13", None),
        ("2025-06-02 9:00", "2025-06-02T09:00"),
        ("2025-06-02 13:00 +03:00", "2025-06-02T13:00+03:00"),
        ("Y2025", "2025"),
        ("-0000", "0000"),
        ("2025-06-03/2025-06-01", "2025-06-01/2025-06-03"),
        ("2025/2024", "2024/2025"),
        ("soon", None),
        ("1/2/3", None),
    ],
)
def test_a_slip_is_repaired_only_where_it_can_mean_one_thing(text, suggestion):
    with pytest.raises(BadDate) as refusal:
        read_date(text)
    assert refusal.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025-06-31", "month 06 of 2025 has 30 days"),
        ("2025-06-00", "month 06 of 2025 has 30 days"),
        ("2025-25", "there is no month 25"),
        ("2025-21-03", "a season has no days"),
        ("2025-21-XX", "a season has no days"),
        ("201X-06", "what stands behind XX must be unknown too"),
        ("2025-XX-03", "what stands behind XX must be unknown too"),
        ("2025-06-XXT13:00", "what stands behind XX must be unknown too"),
        ("Y170000002-06", "a year of more than four digits stands alone"),
        ("-0000", "there is no year -0000"),
        ("2025-06-02T24:00", "a time lies between 00:00 and 23:59:59"),
        ("2025-06-02T13:60", "a time lies between 00:00 and 23:59:59"),
        ("2025-06-02T13:00:60", "a time lies between 00:00 and 23:59:59"),
        ("2025-06-02T13:00+14:01", "a zone lies between -14:00 and +14:00"),
        ("2025-06-02T13:00+03:60", "a zone lies between -14:00 and +14:00"),
        ("../..", "an interval needs at least one date"),
        ("/", "an interval needs at least one date"),
        ("2025-06-03/2025-06-01", "it ends before it begins"),
    ],
)
def test_what_no_calendar_has_is_refused_with_the_reason(text, reason):
    with pytest.raises(BadDate) as refusal:
        read_date(text)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("2031-03-01T13:00", True),
        ("2031-03-01T13:00:05", True),
        ("2031-03-01T13:00~", True),
        ("2031-03-01T13:00/2031-03-02T13:00Z", True),
        ("2031-03-01T13:00Z", False),
        ("2031-03-01T13:00+03:00", False),
        ("2031-03-01T13:00:05-0300", False),
        ("2031-03-01", False),
    ],
)
def test_a_time_of_day_without_a_zone_is_recognised(text, bare):
    assert lacks_zone(text) is bare
