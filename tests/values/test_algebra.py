"""What holds for values whatever their type, told in stories; the laws stand in `test_laws.py`."""

import pytest

from terms.values import TYPES, Declaration, MixedTypes, compatible, gap, intersection, read_value
from terms.values.measured import plainly

CAP = Declaration("quantity", "persons")
MONITOR = Declaration("level", of=("none", "remote", "patrol", "base"))
PARTS = [
    pytest.param(part, id=f"{name}: {part.words}")
    for name, kind in TYPES.items()
    for part in dict.fromkeys(
        part for words in kind.examples() for part in read_value(words, kind.sample).parts
    )
]


def cap(words):
    return read_value(words, CAP)


def test_the_worked_example_of_a_cap_closes_in_two_moves():
    """60,000 against 100,000; then 80,000; then 85,000: open, half closed, closed."""
    assert gap([cap("at most 60000"), cap("at least 100000")]).amount == 40_000
    assert gap([cap("at most 60000"), cap("at least 80000")]).amount == 20_000
    common = intersection(cap("at most 85000"), cap("at least 80000"))
    assert common.words == "80000 to 85000 persons"


def test_the_worked_example_of_monitoring_stays_one_level_apart():
    stances = [read_value(words, MONITOR) for words in ("at least patrol", "at most remote")]
    assert (gap(stances).amount, gap(stances).unit) == (1, "step")


def test_no_limit_is_satisfied_by_anything_even_by_what_is_not_stated():
    assert compatible([cap("no limit"), cap("not stated")]) is True
    assert intersection(cap("no limit"), cap("3")) == cap("3")


def test_a_limit_without_a_number_has_to_be_judged_even_beside_itself():
    assert compatible([cap("not stated"), cap("not stated")]) is None
    assert compatible([cap("not stated"), cap("30")]) is None


def test_the_same_reference_is_the_same_number():
    assert compatible([cap("same as cap.north"), cap("same as cap.north")]) is True
    assert compatible([cap("same as cap.north"), cap("same as cap.south")]) is None


def test_what_cannot_be_computed_is_kept_in_the_intersection():
    both = intersection(cap("at most 30"), cap("not stated"))
    assert both.words == "all of [at most 30 persons, not stated]"
    assert compatible([both, cap("at least 40")]) is False


def test_a_reference_both_make_beside_a_number_does_not_hinder_the_comparison():
    one, other = cap("all of [at most 30, same as cap.north]"), cap("all of [at least 20, same as cap.north]")
    assert compatible([one, other]) is True


def test_values_of_different_types_are_never_compared():
    with pytest.raises(MixedTypes, match="level, quantity"):
        compatible([cap("30"), read_value("patrol", MONITOR)])


def test_one_value_alone_is_compatible():
    assert compatible([cap("not stated")]) is True
    assert compatible([]) is True


def test_a_value_is_shown_by_its_words():
    assert str(cap("30")) == "30 persons"


@pytest.mark.parametrize("part", PARTS)
def test_a_part_joined_or_met_with_itself_is_itself(part):
    assert part.meet(part) == part
    assert part.join(part) == part


def test_a_stance_without_ends_is_worded_as_no_limit():
    assert plainly(None, None, False) == "no limit"
