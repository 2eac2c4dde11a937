"""Sets of names, parties and places: what must be in, what may be in, and which names are contested."""

import pytest

from terms.values import Declaration, MixedScales, Unreadable, compatible, gap, intersection, read_value
from terms.values.value import Gap

REGIONS = Declaration("set", of=("r1", "r2", "r3", "r4"))
PARTIES = Declaration("parties")
AREA = Declaration("area")


def regions(words):
    return read_value(words, REGIONS)


@pytest.mark.parametrize(
    ("words", "shown", "form"),
    [
        ("[r2, r1]", "[r1, r2]", "exact"),
        ("[r1]", "r1", "exact"),
        ("within [none]", "none", "exact"),
        ("all of [r1]", "all of [r1]", "all-of"),
        ("within [all]", "no limit", "no-limit"),
        ("within [r1, r2]", "within [r1, r2]", "within"),
        ("all of [none]", "no limit", "no-limit"),
        ("all of [all]", "all", "exact"),
        ("any of [r1, [r1, r2], within [r1]]", "any of [[r1, r2], within [r1]]", "any-of"),
        ("all of [all of [r1], within [r1, r2]]", "all of [all of [r1], within [r1, r2]]", "all-of"),
        ("2 of [r2, r1, r3]", "2 of [r1, r2, r3]", "some-of"),
        ("at least 2 of [r2, r1, r3]", "at least 2 of [r1, r2, r3]", "some-of"),
    ],
)
def test_sets_are_shown_by_what_must_and_what_may_be_in_them(words, shown, form):
    assert (regions(words).words, regions(words).form) == (shown, form)


def test_the_gap_names_what_is_demanded_and_not_admitted():
    found = gap([regions("all of [r1, r2, r3, r4]"), regions("within [r1, r2]")])
    assert found == Gap(2, "names", ("r3", "r4"))


def test_all_means_also_what_is_added_later():
    assert gap([regions("all"), regions("within [r1, r2]")]) == Gap(2, "names", ("r3", "r4"))
    assert gap([regions("all"), regions("within [r1, r2, r3, r4]")]) == Gap(1, "name", ("all",))
    assert compatible([regions("all"), regions("all of [r1]")]) is True
    assert gap([regions("all"), regions("all")]) is None


def test_of_alternatives_the_nearest_count():
    assert gap([regions("any of [r1, [r2, r3]]"), regions("within [r2]")]) == Gap(1, "name", ("r1",))


def test_between_three_with_alternatives_the_pairs_are_named():
    found = gap([regions("any of [r1, r2]"), regions("r3"), regions("within [r1]")])
    assert found.amount is None
    assert dict(found.parts) == {
        "1 and 2": Gap(2, "names", ("r1", "r3")),
        "2 and 3": Gap(1, "name", ("r3",)),
    }
    assert gap([regions("any of [r1, r2]"), regions("r1"), regions("within [r1]")]) is None


def test_alternatives_leave_those_that_both_admit():
    common = intersection(regions("any of [r1, r2, [r3, r4]]"), regions("within [r2, r3, r4]"))
    assert common == regions("any of [r2, [r3, r4]]")


def test_parties_need_not_be_declared():
    assert read_value("[north, league]", PARTIES).words == "[league, north]"


def test_a_corridor_has_one_width_in_whatever_unit():
    assert read_value("corridor halden width 0.4 km", AREA).words == "corridor halden width 400 m"
    assert read_value("corridor halden width 400", AREA) == read_value("corridor halden width 400 m", AREA)


@pytest.mark.parametrize(
    ("words", "declaration", "slip"),
    [
        ("r5x", REGIONS, "the names are r1, r2, r3, r4"),
        ("R1", REGIONS, "did you mean 'r1'"),
        ("at least r1", REGIONS, "names have no order"),
        ("about r1", REGIONS, "a name is never approximate"),
        ("[r1, not stated]", REGIONS, "this list holds names only"),
        ("within [all, r1]", REGIONS, "'all' is no name"),
        ("a{b", PARTIES, "is no name"),
        ("a{b", PARTIES, "a set of parties"),
        ("corridor halden width some", AREA, "a width is a distance"),
        ("corridor halden width 4 persons", AREA, "this term is a distance"),
        ("at least valley", AREA, "this term is an area"),
    ],
)
def test_what_is_no_set_is_refused_with_a_way_out(words, declaration, slip):
    with pytest.raises(Unreadable, match=slip):
        read_value(words, declaration)


def test_sets_are_compared_only_with_sets():
    [names], [words] = regions("r1").parts, regions("not stated").parts
    with pytest.raises(MixedScales):
        names.meet(words)


def test_what_one_names_and_another_wants_with_all_the_rest_is_contested_too():
    found = gap([regions("all"), regions("all of [r1]"), regions("within [r2]")])
    assert found == Gap(3, "names", ("r1", "r3", "r4"))
