"""The laws that values of every type obey: they read back, and their algebra is that of sets."""

from itertools import permutations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from terms.values import (
    TYPES,
    Unreadable,
    Value,
    compatible,
    direction,
    distance,
    gap,
    intersection,
    read_value,
)
from tests.values.spelled import readable, spellings, values

NAMES = sorted(TYPES)
every_type = pytest.mark.parametrize("name", NAMES)
fewer = settings(max_examples=settings().max_examples // 2)
"""Each law is drawn for each of the types: half as many of each are still many."""

PIECES = (
    'any of|all of|within|[|]|{|}|,|:|"|at most|about|30 km|3|to|-|months|days|after|x.y|day 0 of|of|for|1'
    "|daily|12:30|2031-03-01|/|..|corridor|width|give or take|same as|until|and|or|€|EUR|per|rest|T07:00Z"
)
any_text = st.text(max_size=40) | st.lists(
    st.sampled_from(PIECES.split("|")),
    max_size=8,
).map(" ".join)


def both(a: Value | None, b: Value | None) -> Value | None:
    """The intersection, of nothing too."""
    return intersection(a, b) if a is not None and b is not None else None


@every_type
def test_every_form_a_type_lists_is_read(name):
    kind = TYPES[name]
    assert [words for words in kind.examples() if not readable(words, kind.sample)] == []


@every_type
@fewer
@given(data=st.data())
def test_what_is_shown_reads_back_to_an_equal_value(name, data):
    value = data.draw(values(name))
    again = read_value(value.words, TYPES[name].sample)
    assert (again, again.parts, again.form) == (value, value.parts, value.form)


@every_type
@fewer
@given(data=st.data())
def test_values_are_equal_exactly_if_they_mean_the_same(name, data):
    one, other = data.draw(values(name)), data.draw(values(name))
    assert (one == other) == (one.parts == other.parts)


@every_type
@fewer
@given(text=any_text)
@example(text="[" * 200)
@example(text='"')
@example(text="1 " + "month" * 50)
def test_no_text_does_anything_but_read_or_be_refused_with_a_way_out(name, text):
    declaration = TYPES[name].sample
    if readable(text, declaration):
        value = read_value(text, declaration)
        assert read_value(value.words, declaration) == value
    else:
        with pytest.raises(Unreadable) as refusal:
            read_value(text, declaration)
        assert refusal.value.help


@every_type
@fewer
@given(data=st.data())
def test_intersection_is_that_of_sets(name, data):
    a, b, c = (data.draw(values(name)) for _ in range(3))
    assert both(a, a) == a
    assert both(a, b) == both(b, a)
    assert both(both(a, b), c) == both(a, both(b, c))


@every_type
@fewer
@given(data=st.data())
def test_an_intersection_reads_back(name, data):
    common = both(data.draw(values(name)), data.draw(values(name)))
    assume(common is not None)
    assert read_value(common.words, TYPES[name].sample).parts == common.parts


@every_type
@fewer
@given(data=st.data())
def test_values_are_incompatible_exactly_if_they_have_nothing_in_common(name, data):
    a, b = data.draw(values(name)), data.draw(values(name))
    assert (compatible([a, b]) is False) == (intersection(a, b) is None)


@every_type
@fewer
@given(data=st.data())
def test_a_further_party_never_makes_it_surer_that_all_can_be_satisfied(name, data):
    one, other, further = (data.draw(values(name)) for _ in range(3))
    assert compatible([one, other, further]) is not True or compatible([one, other]) is True


@every_type
@fewer
@given(data=st.data())
def test_there_is_a_gap_only_between_values_that_are_not_compatible(name, data):
    found = data.draw(st.lists(values(name), min_size=2, max_size=3))
    measured = gap(found)
    assert measured is None or compatible(found) is False or measured.contested
    assert (
        measured is None
        or measured.amount is None
        or measured.amount > 0
        or measured.touching
        or measured.contested
    )


@every_type
@fewer
@given(data=st.data())
def test_no_answer_depends_on_the_order_of_the_parties(name, data):
    found = data.draw(st.lists(values(name), min_size=2, max_size=3))
    orders = [list(order) for order in permutations(found)]
    assert len({compatible(order) for order in orders}) == 1
    gaps = [gap(order) for order in orders]
    assert len({(one.amount, one.unit, one.names) if one else None for one in gaps}) == 1


@every_type
@fewer
@given(data=st.data())
def test_accepting_more_never_raises_a_gap_and_never_ends_compatibility(name, data):
    words, more = data.draw(spellings(name)), data.draw(spellings(name))
    other = data.draw(values(name))
    enlarged = f"any of [{words}, {more}]"
    assume(readable(enlarged, TYPES[name].sample))
    before, after = (read_value(said, TYPES[name].sample) for said in (words, enlarged))
    assert not (compatible([before, other]) is True and compatible([after, other]) is False)
    old, new = gap([before, other]), gap([after, other])
    if old is not None and new is not None and old.unit == new.unit and None not in (old.amount, new.amount):
        assert new.amount <= old.amount


@every_type
@fewer
@given(data=st.data())
def test_a_stance_that_did_not_move_has_no_travel_and_no_direction(name, data):
    value = data.draw(values(name))
    way = direction(value, value)
    assert distance(value, value) is None
    assert way is None or way.way == "neither"


@every_type
@fewer
@given(data=st.data())
def test_moving_there_is_the_opposite_of_moving_back(name, data):
    a, b = data.draw(values(name)), data.draw(values(name))
    there, back = direction(a, b), direction(b, a)
    opposite = {"up": "down", "down": "up", "neither": "neither"}
    assert distance(a, b) == distance(b, a)
    assert (there is None and back is None) or opposite[there.way] == back.way
