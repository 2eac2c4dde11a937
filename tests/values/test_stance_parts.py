"""Composite stances compared piece by piece: silence is not zero, and scopes keep stances apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.words import freeze
from terms.values.declaration import Declaration
from terms.values.registry import read_value
from terms.values.stance_parts import (
    Piece,
    acceptance,
    compatible_stances,
    same_scope,
    scope_differs,
    sum_fault,
)
from terms.values.stances import read_stance

PERSONS = Declaration("quantity", "persons")
AMOUNTS = st.builds("{}{} persons".format, st.sampled_from(["", "at most ", "at least "]), st.integers(0, 9))
NAMES = st.sampled_from(["a", "b", "c2", "c10"])
TIMES = st.sampled_from(["2031-03-01", "2031-03", "day 3 of vote"])
STEPS = st.dictionaries(
    NAMES, st.fixed_dictionaries({"is": AMOUNTS}, optional={"at": TIMES}), min_size=1, max_size=3
)
STANCES = st.one_of(
    AMOUNTS,
    st.fixed_dictionaries(
        {"is": AMOUNTS},
        optional={
            "as": st.sampled_from(["limit", "refuse", "defer", "open"]),
            "per": st.dictionaries(NAMES, AMOUNTS, min_size=1, max_size=3),
            "of-which": st.dictionaries(NAMES, AMOUNTS, min_size=1, max_size=3),
            "steps": STEPS,
            "scope": st.sampled_from(["valley", "coast"]),
        },
    ),
).map(lambda words: read_stance(freeze(words), PERSONS))


def stance(words, form="offer"):
    return read_stance(freeze(words), PERSONS, form=form)


def verdicts(one, other):
    return {
        "/".join(piece.path): piece.verdict for piece in compatible_stances(stance(one), stance(other)).pieces
    }


@given(one=STANCES, other=STANCES)
def test_swapping_the_sides_swaps_left_and_right_and_nothing_else(one, other):
    there, back = compatible_stances(one, other), compatible_stances(other, one)
    swapped = tuple(Piece(piece.path, piece.verdict, piece.right, piece.left) for piece in back.pieces)
    assert (there.pieces, there.scopes, there.is_compatible) == (swapped, back.scopes, back.is_compatible)


@given(one=STANCES)
def test_a_stance_never_opposes_itself(one):
    assert "opposed" not in {piece.verdict for piece in compatible_stances(one, one).pieces}


@given(one=STANCES, other=STANCES)
def test_stances_of_different_scope_neither_agree_nor_oppose(one, other):
    if not same_scope(one, other):
        assert compatible_stances(one, other).is_compatible is None


def test_a_comparison_goes_total_by_part_by_step():
    one = {
        "is": "24 persons",
        "of-which": {"living": "15 persons"},
        "steps": {"s1": {"is": "12 persons", "at": "2031-03-01"}},
    }
    other = {
        "is": "24 persons",
        "of-which": {"living": "16 persons"},
        "steps": {"s1": {"is": "12 persons", "at": "2031-03-02"}},
    }
    assert verdicts(one, other) == {
        "": "compatible",
        "of-which/living": "opposed",
        "steps/s1": "compatible",
        "steps/s1/at": "opposed",
    }


def test_what_one_side_does_not_name_is_silent_there():
    one = {"per": {"civilian": "4 persons", "soldier": "9 persons"}, "steps": {"s1": {"at": "2031"}}}
    assert verdicts(one, {"per": {"soldier": "9 persons"}}) == {
        "": "silent",
        "per/civilian": "silent",
        "per/soldier": "compatible",
        "steps/s1/at": "silent",
    }


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("3 persons", "at most 4 persons", True),
        ("5 persons", "at most 4 persons", False),
        ("5 persons", "not stated", None),
        ("5 persons", {"as": "refuse"}, None),
        ({"per": {"a": "5 persons"}}, {"per": {"b": "5 persons"}}, None),
        ({"is": "5 persons", "scope": "valley"}, "6 persons", None),
    ],
)
def test_the_answer_for_the_whole(one, other, answer):
    assert compatible_stances(stance(one), stance(other)).is_compatible is answer


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ({"as": "refuse"}, "5 persons", "refused"),
        ({"as": "defer", "until": "politics"}, "5 persons", "deferred"),
        ({"as": "open"}, "5 persons", "compatible"),
        ("5 persons", "not stated", "review"),
    ],
)
def test_what_a_side_would_not_have_is_said(one, other, verdict):
    assert verdicts(one, other) == {"": verdict}


def test_a_float_is_silent():
    [piece] = compatible_stances(stance("5 persons", form="float"), stance("5 persons")).pieces
    assert piece.verdict == "silent"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("2031-03-01", "2031-03", "compatible"),
        ("2031-03-01", "2031-04", "opposed"),
        ("2031-03-01/..", "2031-04", "compatible"),
        ("../2031-03-01", "2030/..", "compatible"),
        ("../2031-03-01", "../2030", "compatible"),
        ("day 3 of vote", "day 3 of vote", "compatible"),
        ("day 3 of vote", "2031-03-01", "review"),
        ("2031-03-01", "day 3 of vote", "review"),
    ],
)
def test_dates_of_steps_are_compared(one, other, verdict):
    left, right = ({"is": "5 persons", "steps": {"s1": {"at": at}}} for at in (one, other))
    assert verdicts(left, right)["steps/s1/at"] == verdict


def test_steps_without_dates_are_compared_by_what_they_say_alone():
    one, other = ({"is": "5 persons", "steps": {"s1": {"is": said}}} for said in ("2 persons", "3 persons"))
    assert set(verdicts(one, other)) == {"", "steps/s1"}


@pytest.mark.parametrize(
    ("one", "other", "same", "differs"),
    [
        ({}, {}, True, False),
        ({"scope": "valley"}, {"scope": "valley"}, True, False),
        ({"scope": "valley"}, {}, False, True),
        ({"as-at": "2030"}, {}, False, True),
        ({"scope": "valley"}, {"scope": "coast"}, False, False),
    ],
)
def test_scopes_are_the_same_or_differ_or_lie_apart(one, other, same, differs):
    left, right = (stance({"is": "5 persons", **keys}) for keys in (one, other))
    assert (same_scope(left, right), scope_differs(left, right)) == (same, differs)


@pytest.mark.parametrize(
    ("words", "accepted"),
    [
        ("5 persons", "5 persons"),
        ({"as": "open"}, "no limit"),
        ({"is": "5 persons", "as": "limit"}, "5 persons"),
        ({"is": "5 persons", "as": "refuse"}, None),
        ({"is": "5 persons", "as": "defer"}, None),
        ({"per": {"a": "5 persons"}}, None),
    ],
)
def test_what_a_party_accepts(words, accepted):
    assert acceptance(stance(words)) == (None if accepted is None else read_value(accepted, PERSONS))


def test_a_float_accepts_nothing():
    assert acceptance(stance("5 persons", form="float")) is None


def parted(total, parts, partition="yes"):
    return stance({"is": total, "of-which": parts, "partition": partition})


@pytest.mark.parametrize(
    ("total", "parts", "fault"),
    [
        ("24 persons", {"living": "15 persons", "dead": "9 persons"}, None),
        (
            "24 persons",
            {"living": "15 persons", "dead": "8 persons"},
            "the parts come to 23 persons, the total is 24 persons",
        ),
        (
            "24 persons",
            {"living": "15 persons", "dead": "12 persons"},
            "the parts come to 27 persons, the total is 24 persons",
        ),
        ("24 persons", {"living": "15 persons", "dead": "not stated"}, None),
        (
            "24 persons",
            {"living": "25 persons", "dead": "rest"},
            "the parts come to 25 persons, the total is 24 persons",
        ),
        ("24 persons", {"living": "at least 15 persons", "dead": "9 persons"}, None),
        ("at least 24 persons", {"living": "15 persons", "dead": "12 persons"}, None),
        ("at most 24 persons", {"living": "1 persons"}, None),
        ("not stated", {"living": "25 persons"}, None),
    ],
)
def test_parts_of_a_partition_have_to_add_up(total, parts, fault):
    assert sum_fault(parted(total, parts)) == fault


def test_parts_without_that_promise_need_not_add_up():
    assert sum_fault(parted("24 persons", {"living": "30 persons"}, partition="no")) is None


def test_a_fault_inside_a_category_is_found():
    inner = {"is": "9 persons", "of-which": {"life": "5 persons"}, "partition": "yes"}
    assert (
        sum_fault(stance({"per": {"soldier": inner}}))
        == "the parts come to 5 persons, the total is 9 persons"
    )
