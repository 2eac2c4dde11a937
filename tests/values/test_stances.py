"""Stances in words: every key is read and shown again, and what nothing would read is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.words import FrozenWords, freeze, thaw
from terms.values.conditions import Occurs
from terms.values.declaration import Declaration
from terms.values.misworded import EmptyKey, Misworded, UnknownKey
from terms.values.provisos import Provisos
from terms.values.registry import read_value
from terms.values.stance_keys import by_name
from terms.values.stances import Stance, Step, read_stance, show_stance
from terms.values.times import DayOf, Happens, read_time
from terms.values.unreadable import Unreadable

PERSONS = Declaration("quantity", "persons")
ROADS = Declaration("choice", None, ("open", "escorted", "closed"))
FORMS = st.sampled_from(["offer", "demand", "ultimatum", "bridging", "float", ""])

AMOUNTS = st.builds(
    "{}{} persons".format, st.sampled_from(["", "at most ", "at least ", "more than "]), st.integers(0, 99)
)
VALUES = AMOUNTS | st.sampled_from(["no limit", "not stated", "2 to 3 persons"])
TIMES = st.sampled_from(["2031-03-01", "day 10 of accord.signed", {"earliest-of": ["2031", "talks.ends"]}])
NAMES = st.sampled_from(["s1", "s2", "s10", "living", "dead"])
PARTIES = st.sampled_from(["north", ["north", "south"]])
TEXT = st.sampled_from(["in the valley", "on foot, by day"])
KEYS = {
    "as": st.sampled_from(["demand", "limit", "offer", "refuse", "defer", "open"]),
    "stage": st.just("ceasefire"),
    "scope": TEXT | st.fixed_dictionaries({"where": TEXT, "when": st.just("by day")}),
    "as-at": st.just("2030-01-01"),
    "except": TEXT | st.lists(TEXT, min_size=1, max_size=2),
    "partition": st.sampled_from(["yes", "no"]),
    "who": PARTIES,
    "toward": PARTIES,
    "strength": st.sampled_from(["shall", "will", "intends", "works-to-ensure", "works to ensure", "urges"]),
    "from": TIMES,
    "effective": TIMES,
    "due": TIMES,
    "until": TIMES,
    "lasts": st.sampled_from(["30 days", "2 to 3 weeks", "not stated"]),
    "only-if": st.sampled_from(["vote", {"all-of": ["vote", "quiet for 5 days"]}]),
    "unless": st.just("vote"),
    "while": st.just("south complies with accord"),
    "otherwise": st.just("accord.void"),
    "judged-by": PARTIES,
    "brackets": st.lists(st.fixed_dictionaries({"is": VALUES, "by": PARTIES}), min_size=1, max_size=2),
    "each": st.dictionaries(NAMES, VALUES, min_size=1, max_size=2),
    "meanings": st.dictionaries(NAMES, VALUES, min_size=1, max_size=2),
    "in-return": TEXT,
    "note": TEXT,
    "purpose": TEXT,
    "place": TEXT,
    "guarantee": TEXT,
    "as-worded": st.just("twenty  or so"),
    "x-row": st.just("12"),
}


def long_forms(inner):
    """Maps with a value and any of the keys, whose categories, parts and steps are stances again."""
    named = st.dictionaries(NAMES, inner, min_size=1, max_size=3)
    step = st.fixed_dictionaries({"at": TIMES}, optional={"is": VALUES}) | inner
    steps = st.dictionaries(NAMES, step, min_size=1, max_size=3)
    composite = {"per": named, "of-which": named, "steps": steps}
    some_keys = st.lists(st.sampled_from(sorted(KEYS)), unique=True, max_size=5)
    plain = some_keys.flatmap(
        lambda keys: st.fixed_dictionaries({"is": VALUES, **{key: KEYS[key] for key in keys}})
    )
    return st.builds(
        lambda one, other: {**one, **other}, plain, st.fixed_dictionaries({}, optional=composite)
    )


WORDS = st.recursive(VALUES, long_forms, max_leaves=4).map(freeze)


def stance(words, declaration=PERSONS, form="offer"):
    return read_stance(freeze(words), declaration, form=form)


def value(words, declaration=PERSONS):
    return read_value(words, declaration)


@given(words=WORDS, form=FORMS)
def test_a_stance_shown_in_words_reads_back_equal(words, form):
    one = read_stance(words, PERSONS, form=form)
    assert read_stance(show_stance(one, form=form), PERSONS, form=form) == one


@given(words=WORDS, form=FORMS)
def test_a_stance_can_be_shown_in_the_words_of_any_form_but_a_float(words, form):
    one = read_stance(words, PERSONS, form=form)
    if one.modality != "float":
        assert read_stance(show_stance(one), PERSONS) == one


@given(words=WORDS)
def test_a_float_is_never_a_stance(words):
    assert read_stance(words, PERSONS, form="float").modality == "float"


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4))
def test_no_map_whatever_breaks_the_reader_of_stances(words):
    with suppress(Unreadable):
        assert isinstance(stance(words), Stance)


@pytest.mark.parametrize(
    ("form", "modality"),
    [
        ("demand", "demand"),
        ("ultimatum", "demand"),
        ("offer", "offer"),
        ("bridging", "offer"),
        ("", "offer"),
        ("float", "float"),
    ],
)
def test_a_plain_value_takes_its_modality_from_the_move(form, modality):
    assert stance("30 persons", form=form) == Stance(modality, value("30 persons"), "quantity")


def test_a_long_form_may_name_its_modality():
    assert stance({"is": "30 persons", "as": "limit"}, form="demand").modality == "limit"


@pytest.mark.parametrize("modality", ["refuse", "defer", "open"])
def test_refusing_deferring_and_openness_need_no_value(modality):
    assert stance({"as": modality}) == Stance(modality, None, "quantity")


def test_a_choice_named_like_a_modality_is_a_value():
    assert stance("open", ROADS) == Stance("offer", value("open", ROADS), "choice")


def test_a_map_of_one_form_is_a_value():
    assert stance({"any-of": ["open", "closed"]}, ROADS).value == value(
        freeze({"any-of": ["open", "closed"]}), ROADS
    )


def test_a_deferral_waits_and_does_not_end():
    one = stance({"is": "30 persons", "as": "defer", "until": "politics"})
    assert (one.until_words, one.until_time, one.end) == ("politics", None, None)


def test_any_other_stance_ends():
    one = stance({"is": "30 persons", "until": {"earliest-of": ["2031", "talks.ends"]}})
    assert (one.until_words, one.end) == ("earliest of [2031, talks.ends]", read_time(one.until))


def test_a_stance_that_says_no_times_has_none():
    one = stance("30 persons")
    assert (one.until_words, one.end, one.start, one.deadline, one.lasts) == ("", None, None, None, "")


def test_times_are_read_when_asked_for():
    one = stance({"is": "30 persons", "from": "vote", "due": "day  10 of vote", "lasts": "30 days"})
    assert (one.start, one.deadline, one.due, one.lasts) == (
        Happens("vote"),
        DayOf(10, Happens("vote")),
        "day 10 of vote",
        "30 days",
    )


def test_categories_and_parts_are_stances_of_their_own():
    one = stance(
        {
            "is": "24 persons",
            "of-which": {"living": "15 persons", "dead": {"is": "not stated", "who": "south"}},
        }
    )
    assert one.parts == {"living": value("15 persons"), "dead": value("not stated")}
    assert dict(one.of_which)["dead"].who == ("south",)


def test_a_category_takes_the_modality_of_the_whole():
    one = stance({"as": "limit", "per": {"soldier": "9 persons"}})
    assert dict(one.per)["soldier"].modality == "limit"


def test_the_parts_of_a_ratio_are_counts():
    """Nine released for one held, five of the nine serving life."""
    ratio = Declaration("ratio")
    one = stance({"is": "9 for 1", "of-which": {"life": "5", "other": "1 for 1"}}, ratio)
    assert one.parts == {"life": value("5 persons"), "other": value("1 for 1", ratio)}
    assert read_stance(show_stance(one), ratio) == one


def test_names_are_kept_in_the_order_of_their_numbers():
    one = stance({"is": "24 persons", "steps": {"s10": "rest", "s2": "12 persons", "s1": "2 persons"}})
    assert [name for name, _ in one.steps] == ["s1", "s2", "s10"]


def test_a_step_may_say_nothing_but_when():
    one = stance({"is": "24 persons", "steps": {"s1": {"at": "day 1 of truce"}}})
    assert dict(one.steps) == {"s1": Step(Stance("offer", None, "quantity"), "day 1 of truce")}


def test_conditions_of_a_stance_are_read():
    one = stance({"is": "30 persons", "only-if": "vote", "judged-by": "monitors"})
    assert one.provisos == Provisos(only_if=Occurs("vote"), judged_by=("monitors",))


def test_the_order_of_keys_does_not_matter():
    assert stance({"is": "30 persons", "who": "south"}) == stance({"who": "south", "is": "30 persons"})


def test_a_source_is_quoted_as_it_is_garbled():
    assert stance({"is": "30 persons", "as-worded": "thirty  or  so"}).as_worded == "thirty  or  so"


def test_a_table_is_a_map_and_not_a_long_form():
    table = Declaration("table", "km")
    words = freeze({"field guns": "15 km", "rockets": "30 km"})
    assert read_stance(words, table).value == read_value(words, table)
    assert read_stance(freeze({"is": words, "who": "south"}), table).who == ("south",)


def test_a_long_form_is_shown_whole():
    words = {
        "is": "24 persons",
        "as": "limit",
        "of-which": {"dead": "9 persons", "living": {"is": "15 persons", "who": ["north", "south"]}},
        "partition": "yes",
        "steps": {"s1": "2 persons", "s2": {"is": "rest", "at": "day 20 of truce"}},
        "brackets": [{"is": "3 persons", "by": "north"}, {"is": "4 persons", "by": ["east", "south"]}],
        "strength": "will",
        "lasts": "not stated",
        "only-if": "vote",
        "note": "on foot, by day",
    }
    assert thaw(show_stance(stance(words))) == words


def test_a_long_form_is_shown_in_one_order_of_keys():
    shown = show_stance(stance({"note": "x", "who": "south", "is": "30 persons", "as": "limit"}))
    assert isinstance(shown, FrozenWords)
    assert list(shown) == ["is", "as", "who", "note"]


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        ({"is": "30 persons", "sope": "valley"}, UnknownKey, "did you mean 'scope'"),
        ({"is": "1", "968 persons": ""}, UnknownKey, "comma"),
        ({"is": "30 persons", "note": ""}, EmptyKey, "comma"),
        ({"is": "30 persons", "steps": {"s1": {"at": ""}}}, EmptyKey, "at"),
        ({"is": "30 persons", "per": {"soldier": ""}}, EmptyKey, "soldier"),
        ({"who": "south"}, Misworded, "without a value"),
        ({"is": "30 persons", "as": "wish"}, Misworded, "demand, limit"),
        ({"is": "30 persons", "strength": "must"}, Misworded, "works-to-ensure"),
        ({"is": "30 persons", "note": ["x"]}, Misworded, "takes text"),
        ({"is": "30 persons", "stage": ["x"]}, Misworded, "takes one text"),
        ({"is": "30 persons", "who": {"x": "y"}}, Misworded, "a list of texts"),
        ({"is": "30 persons", "who": ["south", ["x"]]}, Misworded, "a list of texts"),
        ({"is": "30 persons", "per": "soldier"}, Misworded, "takes names"),
        ({"is": "30 persons", "brackets": ["moor"]}, Misworded, "bracket"),
        ({"is": "30 persons", "brackets": {"is": "1 persons"}}, Misworded, "bracket"),
        ({"is": "30 persons", "lasts": "until noon"}, Misworded, "length"),
        ({"is": "30 persons", "due": "Soon"}, Misworded, "not a time"),
        ({"is": "30 persons", "per": {"soldier": "30 furlongs"}}, Unreadable, "does not fit"),
        ({"is": "30 furlongs"}, Unreadable, "does not fit"),
    ],
)
def test_what_nothing_would_read_is_refused_with_a_way_out(words, error, said):
    with pytest.raises(error, match=said):
        stance(words)


def test_names_stand_as_people_would_sort_them():
    names = ["b", "s10", "aaa", "s2", "s", "s02", "s2b", "10", "9"]
    sorted_names = [name for name, _ in by_name([(name, None) for name in names])]
    assert sorted_names == ["9", "10", "aaa", "b", "s", "s02", "s2", "s2b", "s10"]
