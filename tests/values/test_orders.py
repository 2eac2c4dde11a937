"""Ordering statements: one meaning a sentence, equal when said the other way round, with edges and lags."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.words import freeze
from terms.values.misworded import Misworded
from terms.values.orders import Order, alternatives, edges, happenings_in_order, lags, read_order, show_order
from terms.values.times import Length
from terms.values.unreadable import Unreadable

NAMES = st.sampled_from(
    ["talks.begins", "truce", "martial-law.lifted", "south accepts accord", "vote.campaign", "2031-03-01"]
)
HAPPENINGS = st.sampled_from(["talks.begins", "truce", "martial-law.lifted"])
LENGTHS = st.builds("{} {}s".format, st.integers(0, 400), st.sampled_from(["hour", "day", "week", "month"]))
STATEMENTS = st.one_of(
    st.builds(
        "{} {} {}".format,
        NAMES,
        st.sampled_from(
            [
                "before",
                "after",
                "not after",
                "not before",
                "together with",
                "only after",
                "not-during",
                "at the same time as",
            ]
        ),
        NAMES,
    ),
    st.builds(
        "{} {}{} {} {}".format,
        NAMES,
        st.sampled_from(["within ", "at least ", "at most ", "no later than ", ""]),
        LENGTHS,
        st.sampled_from(["after", "before", "of"]),
        NAMES,
    ),
    st.builds("{} after {} or {}".format, NAMES, NAMES, NAMES),
    st.builds("{} only after {} certified by monitors".format, HAPPENINGS, HAPPENINGS),
    st.builds("{} only-after certified by monitors".format, HAPPENINGS),
    st.builds("{} by day {} of {}".format, HAPPENINGS, st.integers(1, 99), HAPPENINGS),
)


@given(STATEMENTS)
def test_a_statement_shown_in_words_reads_back_equal(words):
    order = read_order(words)
    assert read_order(show_order(order)) == order


@given(STATEMENTS)
def test_every_edge_agrees_with_a_lag_of_a_tick_or_none(words):
    order = read_order(words)
    if order.length is None:
        assert lags(order) == tuple((x, y, 1 if strict else 0, None) for x, y, strict in edges(order))


@given(STATEMENTS, st.sampled_from(["hour", "day"]))
def test_a_lag_never_ends_before_it_begins(words, tick):
    assert all(high is None or low <= high for _, _, low, high in lags(read_order(words), tick=tick))


@given(one=HAPPENINGS, other=HAPPENINGS, length=LENGTHS)
def test_a_statement_means_the_same_said_the_other_way_round(one, other, length):
    assert read_order(f"{one} before {other}") == read_order(f"{other} after {one}")
    assert read_order(f"{one} not before {other}") == read_order(f"{other} not after {one}")
    assert read_order(f"{one} within {length} before {other}") == read_order(
        f"{other} within {length} after {one}"
    )


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reader_of_orders(text):
    with suppress(Unreadable):
        read_order(text)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("a before b", (("a", "b", True),)),
        ("a only after b", (("b", "a", True),)),
        ("a not after b", (("a", "b", False),)),
        ("a not before b", (("b", "a", False),)),
        ("a together with b", (("a", "b", False), ("b", "a", False))),
        ("a within 5 days after b", (("b", "a", False),)),
        ("a at least 5 days after b", (("b", "a", True),)),
        ("a at least 0 days after b", (("b", "a", False),)),
        ("a 5 days after b", (("b", "a", True),)),
        ("a not-during s", ()),
        ("a after b or c", ()),
        ("a after b or b", (("b", "a", True),)),
        ("a only after certified by m", (("m certifies a", "a", True),)),
        ("a only after b certified by m", (("b", "m certifies b", False), ("m certifies b", "a", True))),
    ],
)
def test_the_edges_of_a_statement(words, found):
    assert edges(read_order(words)) == found


@pytest.mark.parametrize(
    ("words", "tick", "found"),
    [
        ("a before b", "day", (("a", "b", 1, None),)),
        ("a not after b", "day", (("a", "b", 0, None),)),
        ("a within 5 days after b", "day", (("b", "a", 0, 5),)),
        ("a within 5 days of b", "hour", (("b", "a", 0, 120),)),
        ("a no later than 100 days after b", "day", (("b", "a", 0, 100),)),
        ("a at least 180 days after b", "day", (("b", "a", 180, None),)),
        ("a 2 to 3 days after b", "day", (("b", "a", 2, 3),)),
        ("a within 36 hours after b", "day", (("b", "a", 0, 2),)),
        ("a within 36 hours after b", "hour", (("b", "a", 0, 36),)),
        ("a within 90 minutes after b", "hour", (("b", "a", 0, 2),)),
        ("a at least 90 minutes after b", "hour", (("b", "a", 1, None),)),
        ("a at least 36 hours after b", "hour", (("b", "a", 36, None),)),
        ("a at least 2 days after b", "hour", (("b", "a", 48, None),)),
        ("a within 3 months after b", "day", (("b", "a", 0, 92),)),
        ("a at least 3 months after b", "day", (("b", "a", 89, None),)),
    ],
)
def test_the_lags_of_a_statement(words, tick, found):
    assert lags(read_order(words), tick=tick) == found


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("a before b", None, None),
        ("a within 5 days after b", 0, 5),
        ("a at least 3 months after b", 89, None),
        ("a 2 weeks after b", 14, 14),
    ],
)
def test_the_days_a_statement_counts(words, low, high):
    order = read_order(words)
    assert (order.low, order.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("a by 2031-03-01", "a not after 2031-03-01"),
        ("a due vote", "a not after vote"),
        ("a by 100 days after b", "a within 100 days after b"),
        ("a by within 2 to 5 days after b", "a within 5 days after b"),
        ("a by day 10 of b", "a within 9 days after b"),
    ],
)
def test_a_deadline_is_an_order_too(words, same):
    assert read_order(words) == read_order(same)


@pytest.mark.parametrize(
    "words",
    [
        "a before b",
        "a not after b",
        "a together with b",
        "a within 5 days after b",
        "a at least 1 day after b",
        "a 2 to 3 weeks after b",
        "a only after b certified by m",
        "a only after certified by m",
        "a not-during s",
        "a after b or c or d",
    ],
)
def test_the_one_spelling_of_a_statement_is_shown_as_it_is(words):
    assert show_order(read_order(words)) == words


def test_not_during_leaves_a_choice_of_before_and_after():
    order = read_order("amnesty.adopted not-during vote.campaign")
    assert alternatives(order) == (
        (("amnesty.adopted", "vote.campaign.begins", True),),
        (("vote.campaign.ends", "amnesty.adopted", True),),
    )


def test_after_one_or_another_leaves_the_choice_of_which():
    order = read_order("vote.held only after truce.begins or amnesty.adopted")
    assert alternatives(order) == (
        (("amnesty.adopted", "vote.held", True),),
        (("truce.begins", "vote.held", True),),
    )
    assert happenings_in_order(order) == ("amnesty.adopted", "truce.begins", "vote.held")


def test_every_other_statement_leaves_no_choice():
    order = read_order("a before b")
    assert alternatives(order) == (edges(order),)


def test_a_statement_may_stand_in_a_map_with_its_source():
    assert read_order(freeze({"is": "a before b", "source": "H1"})) == Order("a", "before", "b")


def test_the_happenings_of_a_statement_leave_out_dates():
    assert happenings_in_order(read_order("b by 2031-03-01")) == ("b",)
    assert happenings_in_order(read_order("b before a")) == ("a", "b")


def test_a_length_belongs_to_the_statement():
    assert read_order("a within 5 days after b") == Order("a", "within", "b", Length(5, 5, "day"))


@pytest.mark.parametrize(
    "words",
    [
        "a whenever b",
        "a before",
        "",
        ["a before b"],
        {"note": "a before b"},
        "a before 2031-13-01",
        "a by not stated",
        "a within 3 to 2 days after b",
        "a by WHEN",
    ],
)
def test_what_is_no_statement_is_refused(words):
    with pytest.raises(Misworded):
        read_order(freeze(words))
