"""Tables are compared key by key, and no key is zero for not being named."""

from itertools import product

import pytest

from terms.values import Declaration, MixedScales, Unreadable, compatible, gap, read_value
from terms.values.value import Gap

TABLE = Declaration("table", "km", ("50 mm", "70 mm", "140 mm"))


def table(words):
    return read_value(words, TABLE)


def test_a_map_and_its_words_are_one_value():
    assert table({"70 mm": "25 km", "50 mm": "15000 m"}) == table("{50 mm: 15 km, 70 mm: 25 km}")


def test_a_key_without_a_limit_has_nothing_said_about_it():
    assert table({"50 mm": "15 km", "70 mm": "no limit"}) == table({"50 mm": "15 km"})


def test_the_gap_is_told_key_by_key_and_never_added():
    one, other = table("{50 mm: 15 km, 70 mm: 25 km}"), table("{50 mm: 20 km, 70 mm: at least 26 km}")
    found = gap([one, other])
    assert (found.amount, found.names) == (None, ("50 mm", "70 mm"))
    assert dict(found.parts) == {"50 mm": Gap(5, "km"), "70 mm": Gap(1, "km")}


def test_the_gap_at_a_single_key_is_a_number():
    found = gap([table("{50 mm: 15 km, 70 mm: 25 km}"), table("{50 mm: 15 km, 70 mm: 20 km}")])
    assert (found.amount, found.unit, found.names) == (5, "km", ("70 mm",))


def test_tables_without_a_common_key_are_for_somebody_to_judge():
    assert compatible([table("{50 mm: 15 km}"), table("{70 mm: 15 km}")]) is None
    assert compatible([table("{50 mm: 15 km}"), table("{50 mm: not stated}")]) is None


AMOUNTS = (
    "15 km", "20 km", "at least 15 km", "at most 30 km", "more than 15 km", "about 20 km", "15 km to 30 km", "no limit",
    "any of [15 km, 20 km]", "any of [about 15 km, 20 km]", "all of [at most 30 km, not stated]", "not stated",
    "unpublished", "12 of 24 km", "15 of 24 km", "same as cap.north", "all of [same as cap.north, at most 30 km]",
)  # fmt: skip


def test_a_table_of_one_key_answers_as_the_amount_itself_does():
    for one, other in product(AMOUNTS, repeat=2):
        amounts = [read_value(words, Declaration("quantity", "km")) for words in (one, other)]
        tables = [table({"50 mm": words}) for words in (one, other)]
        assert compatible(tables) == compatible(amounts), (one, other)


def test_words_of_a_fixed_meaning_settle_a_key_only_where_nothing_else_is_said():
    same, amount = table("{50 mm: same as cap.north}"), table("{50 mm: 15 km}")
    assert (compatible([same, same]), compatible([same, amount])) == (True, None)


def test_alternatives_at_one_key_are_one_table():
    either = table({"any-of": [{"50 mm": "15 km"}, {"50 mm": {"at-least": "20 km"}}]})
    assert either == table("{50 mm: any of [15 km, at least 20 km]}")
    assert table({"any-of": [{"50 mm": "at most 9 km"}, {"50 mm": "at least 2 km"}]}).words == "no limit"


def test_tables_that_all_hold_are_put_together():
    assert (
        table({"all-of": [{"50 mm": "15 km"}, "not stated"]}).words == "all of [not stated, {50 mm: 15 km}]"
    )


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        ("{50 mm}", "parted by a colon"),
        ("{50 mm: 1 km, 50 mm: 2 km}", "stands twice"),
        ("{}", "is no table"),
        ("15 km", "is no table"),
        ("{50mm: 15 km}", "did you mean '50 mm'"),
        ("{50 mm: 15 persons}", "this term is a table"),
        ("about {50 mm: 15 km}", "before the amount"),
        ("at most {50 mm: 15 km}", "write 'at most' before the amount"),
        ("within [{50 mm: 15 km}]", "a table is written"),
        ({"within": [{"50 mm": "15 km"}]}, "a table is written"),
        ({"any-of": []}, "a table is written"),
        ({"all-of": [{"50 mm": "1 km"}, {"50 mm": "2 km"}]}, "no value satisfies all of these"),
        ({"all-of": "nothing"}, "is no table"),
    ],
)
def test_what_is_no_table_is_refused(words, slip):
    with pytest.raises(Unreadable, match=slip):
        table(words)


def test_a_key_that_would_not_read_back_is_refused():
    with pytest.raises(Unreadable, match="cannot be a key"):
        read_value({"a:b": "1 km"}, Declaration("table"))


def test_cells_are_compared_only_with_cells():
    [cell], [words] = table("{50 mm: 15 km}").parts, table("not stated").parts
    with pytest.raises(MixedScales):
        cell.meet(words)
