"""The common forms, as words and as maps, and what a broken list is told."""

import pytest

from terms.values import Declaration, Unreadable, read_value

KM = Declaration("quantity", "km")
TEXT = Declaration("text")


@pytest.mark.parametrize(
    ("spelled", "words"),
    [
        ({"any-of": ["10 km", "20 km"]}, "any of [10 km, 20 km]"),
        ({"any-of": "10 km"}, "10 km"),
        ({"at-most": "30 km"}, "at most 30 km"),
        ({"about": "30 km"}, "about 30 km"),
        ({"same-as": "cap.south"}, "same as cap.south"),
        ({"within": ["10 km", "20 km"]}, "10 to 20 km"),
        ({"all-of": [{"at-least": "10 km"}, {"at-most": "20 km"}]}, "10 to 20 km"),
        ("One of [10 km, 20 km]", "any of [10 km, 20 km]"),
        ("  at   most 30 km ", "at most 30 km"),
        ("unlimited", "no limit"),
        ("the rest", "rest"),
        ("Same as cap.south", "same as cap.south"),
        ("half of cap.south", "half of cap.south"),
    ],
)
def test_a_form_is_the_same_as_words_and_as_a_map(spelled, words):
    assert read_value(spelled, KM) == read_value(words, KM)
    assert read_value(spelled, KM).words == words


@pytest.mark.parametrize(
    ("spelled", "slip"),
    [
        ("", "nothing is written here"),
        ("any of [1 km, , 2 km]", "the list has an empty entry"),
        ("any of [1 km, [2 km]", "not closed"),
        ('any of [1 km, "2 km]', "not closed"),
        ("[" * 20 + "]" * 20, "at most 8 deep"),
        ("1" * 30_000, "at most 20000 characters"),
        ({"any-of": []}, "the list is empty"),
        ({"any-off": ["1 km"]}, "did you mean 'any-of'"),
        ({"at-most": ["1 km"]}, "forms: any-of"),
        ({"at-most": "1 km", "at-least": "1 km"}, "one form at a time"),
    ],
)
def test_a_broken_form_is_refused_with_a_way_out(spelled, slip):
    with pytest.raises(Unreadable, match=slip):
        read_value(spelled, KM)


def test_maps_and_lists_nest_as_deep_as_words_do():
    spelled = "2 km"
    for _ in range(8):
        spelled = {"any-of": [spelled, "1 km"]}
    assert read_value(spelled, KM).words == "any of [1 km, 2 km]"
    listed = "2 km"
    for _ in range(9):
        listed = [listed]
    for deeper in ({"any-of": [spelled]}, listed):
        with pytest.raises(Unreadable, match="at most 8 deep"):
            read_value(deeper, KM)


def test_a_map_without_keys_is_refused():
    with pytest.raises(Unreadable, match="one form at a time"):
        read_value({}, KM)


def test_an_entry_with_a_comma_stands_in_quotation_marks_and_doubles_its_own():
    value = read_value({"all-of": ['the "old" road, open', "the pier"]}, TEXT)
    assert value.words == 'all of ["the ""old"" road, open", the pier]'
    assert read_value(value.words, TEXT) == value
