"""Times in words: every spelling reads back equal, and what is not a time says how to write one."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.ids import NAME_PATTERN, is_name
from terms.ground.words import freeze, thaw
from terms.values.misworded import Misworded
from terms.values.times import (
    TARGET,
    DayOf,
    EarliestOf,
    Happens,
    Instant,
    Length,
    Offset,
    Unstated,
    Within,
    happenings_in,
    read_happening,
    read_length,
    read_time,
    say_length,
    say_time,
    show_time,
)
from terms.values.unreadable import Unreadable

NAMES = st.sampled_from(
    [
        "truce.begins",
        "accord.signed",
        "vote",
        "letter/option-1",
        "south accepts accord",
        "monitors certify pullback.done",
    ]
)
DATES = st.sampled_from(["2031-03-01", "2031-03-01T07:00+02:00", "2031-06~", "2031-06-01/2031-06-05", "2031"])
ANCHORS = NAMES | DATES
AMOUNTS = st.integers(0, 400).map(str) | st.tuples(st.integers(0, 9), st.integers(9, 40)).map(
    "{0[0]} to {0[1]}".format
)
LENGTHS = st.builds(
    "{} {}s".format, AMOUNTS, st.sampled_from(["minute", "hour", "day", "week", "month", "year"])
)
SIMPLE = st.one_of(
    ANCHORS,
    st.builds("{} {} {}".format, LENGTHS, st.sampled_from(["after", "before"]), ANCHORS),
    st.builds("within {} {} {}".format, LENGTHS, st.sampled_from(["after", "before", "of"]), ANCHORS),
    st.builds("day {} of {}".format, st.integers(1, 400), ANCHORS),
    st.sampled_from(["not stated", "unpublished", "no limit"]),
)
TIMES = st.recursive(
    SIMPLE,
    lambda inner: st.builds(
        lambda key, members: {key: members},
        st.sampled_from(["earliest-of", "latest-of"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
).map(freeze)


@given(st.from_regex(NAME_PATTERN, fullmatch=True), st.text("az09-./A_", max_size=8))
def test_a_happening_is_called_by_what_is_a_name_everywhere(name, other):
    assert re.fullmatch(TARGET, name)
    assert bool(re.fullmatch(TARGET, other)) == all(map(is_name, other.split("/", 1)))


@given(TIMES)
def test_a_time_shown_in_words_reads_back_equal(words):
    time = read_time(words)
    assert read_time(show_time(time)) == time


@given(TIMES)
def test_a_time_shown_in_words_is_shown_the_same_again(words):
    shown = show_time(read_time(words))
    assert show_time(read_time(shown)) == shown


@given(LENGTHS)
def test_a_length_shown_in_words_reads_back_equal(words):
    length = read_length(words)
    assert read_length(say_length(length)) == length


@given(st.text(max_size=30))
def test_no_text_whatever_breaks_the_reader_of_times(text):
    with suppress(Unreadable):
        assert read_time(show_time(read_time(text))) == read_time(text)


def test_a_choice_written_as_text_is_the_same_as_one_written_as_a_map():
    one = read_time("earliest of [35 days after truce.begins, talks.ends]")
    assert one == read_time(freeze({"earliest-of": ["35 days after truce.begins", "talks.ends"]}))


def test_a_choice_is_said_on_one_line():
    words = freeze({"latest-of": ["day 3 of vote", {"earliest-of": ["2031", "within 1 day after vote"]}]})
    assert (
        say_time(read_time(words)) == "latest of [day 3 of vote, earliest of [2031, within 1 day after vote]]"
    )


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("24 hours after accord.signed", Offset(Length(24, 24, "hour"), "after", Happens("accord.signed"))),
        ("2-3 days  before vote", Offset(Length(2, 3, "day"), "before", Happens("vote"))),
        ("within 5 days of vote", Within(Length(5, 5, "day"), "after", Happens("vote"))),
        ("day 10 of accord.signed", DayOf(10, Happens("accord.signed"))),
        ("talks.ends", Happens("talks.ends")),
        ("not stated", Unstated("not stated")),
    ],
)
def test_the_spellings_of_a_time(words, time):
    assert read_time(words) == time


@pytest.mark.parametrize(
    "words",
    [
        "24 hours after accord.signed",
        "2 to 3 days before vote",
        "within 1 day after vote",
        "day 10 of accord.signed",
        "2031-06~",
        "not stated",
        {"latest-of": ["vote", {"earliest-of": ["2031", "talks.ends"]}]},
    ],
)
def test_the_one_spelling_of_a_time_is_shown_as_it_is(words):
    assert thaw(show_time(read_time(freeze(words)))) == words


def test_a_date_is_an_instant_as_vague_as_its_source():
    time = read_time("2031-06~")
    assert isinstance(time, Instant)
    assert time.date.approximate


def test_acceptance_and_certificates_are_happenings_in_one_spelling():
    assert read_happening("monitors  certify south.withdrawn") == "monitors certifies south.withdrawn"
    assert read_happening("south accept accord/roads") == "south accepts accord/roads"


@pytest.mark.parametrize("text", ["", "South", "a b", "a accepts", "2031-03-01"])
def test_what_cannot_be_a_happening_is_not_one(text):
    assert read_happening(text) is None


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("2031-03-01", ()),
        ("5 days after 2031-03-01", ()),
        ("day 2 of vote", ("vote",)),
        ("within 2 days after vote", ("vote",)),
        (
            {"latest-of": ["vote", {"earliest-of": ["talks.ends", "3 days after vote"]}]},
            ("talks.ends", "vote"),
        ),
    ],
)
def test_the_happenings_a_time_is_counted_from(words, names):
    assert happenings_in(read_time(freeze(words))) == names


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("day 0 of vote", "day 1"),
        ("3 to 2 days after vote", "write 2 to 3"),
        ("within 30 days", "'within 30 days after accord.signed'"),
        ("30 days", "'30 days after accord.signed'"),
        ("2031-13-01", "is not a time"),
        ("2031-6-1", "did you mean"),
        ("", "is not a time"),
        (["vote"], "a list is not a time"),
        ({"earliest-of": []}, "a map of these keys"),
        ({"soonest-of": ["vote"]}, "a map of these keys"),
        ({"earliest-of": ["vote"], "note": "x"}, "a map of these keys"),
        ("1234567 days after vote", "is not a time"),
    ],
)
def test_what_is_no_time_is_refused_with_a_way_out(words, said):
    with pytest.raises(Misworded, match=said):
        read_time(freeze(words))


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("+5 days", Length(5, 5, "day")),
        ("1 day", Length(1, 1, "day")),
        ("2 to 3 weeks", Length(2, 3, "week")),
        ("not stated", Unstated("not stated")),
    ],
)
def test_the_spellings_of_a_length(words, length):
    assert read_length(words) == length


@pytest.mark.parametrize("words", ["until the captives are released", "5", ("5 days",)])
def test_what_is_no_length_is_refused(words):
    with pytest.raises(Misworded, match="use until:"):
        read_length(words)


def test_a_choice_of_one_is_kept_as_a_choice():
    assert read_time("earliest of [vote]") == EarliestOf((Happens("vote"),))
