"""Only-if, unless, while and otherwise taken together."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.dates import read_date
from terms.ground.words import freeze
from terms.values.misworded import EmptyKey, UnknownKey
from terms.values.provisos import (
    UNCONDITIONAL,
    Provisos,
    happenings_of_provisos,
    outcome_of,
    read_provisos,
    show_provisos,
)

AT = datetime(2031, 3, 10, tzinfo=UTC)
CONDITION = st.sampled_from(["vote", "quiet for 5 days", {"all-of": ["vote", "truce"]}])
WORDS = st.fixed_dictionaries(
    {},
    optional={
        "only-if": CONDITION,
        "unless": CONDITION,
        "while": CONDITION,
        "otherwise": st.sampled_from(["accord.void", {"is": "closed"}]),
        "judged-by": st.sampled_from(["monitors", ["monitors", "mediator"]]),
    },
).map(freeze)


class Told:
    """A record in which the vote occurred on 5 March and nothing else."""

    def occurred(self, happening, /):
        return read_date("2031-03-05") if happening == "vote" else None

    def called_off(self, happening, /):
        return False

    def disputed(self, happening, /):
        return False


@given(WORDS)
def test_provisos_shown_in_words_read_back_equal(words):
    provisos = read_provisos(words)
    assert read_provisos(freeze(show_provisos(provisos))) == provisos


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ({}, "met"),
        ({"judged-by": "monitors"}, "met"),
        ({"only-if": "vote"}, "met"),
        ({"only-if": "truce"}, "not-yet"),
        ({"unless": "truce"}, "met"),
        ({"unless": "vote"}, "failed"),
        ({"while": "vote"}, "met"),
        ({"only-if": "vote", "unless": "truce", "while": "truce"}, "not-yet"),
    ],
)
def test_all_that_is_said_has_to_hold(words, outcome):
    assert outcome_of(read_provisos(freeze(words)), Told(), AT) == outcome


def test_provisos_are_shown_in_one_order():
    words = {
        "only-if": "vote",
        "unless": "truce",
        "otherwise": "accord.void",
        "judged-by": ["monitors", "mediator"],
    }
    shown = show_provisos(read_provisos(freeze(dict(reversed(words.items())))))
    assert list(shown.items()) == list(freeze(words).items())


def test_an_act_without_conditions_hangs_on_nothing():
    assert not UNCONDITIONAL
    assert not read_provisos(freeze({"judged-by": "monitors"}))


def test_an_act_with_a_condition_hangs_on_it():
    assert read_provisos(freeze({"unless": "vote"}))


def test_who_judges_may_be_several():
    assert read_provisos(freeze({"judged-by": ["monitors", "mediator"]})) == Provisos(
        judged_by=("monitors", "mediator")
    )


def test_the_happenings_of_provisos_are_those_of_their_conditions():
    words = {"only-if": "vote", "unless": {"any-of": ["truce", "quiet for 5 days"]}}
    assert happenings_of_provisos(read_provisos(freeze(words))) == ("truce", "vote")


def test_a_key_that_nothing_reads_is_refused():
    with pytest.raises(UnknownKey, match="did you mean 'only-if'"):
        read_provisos(freeze({"only-of": "vote"}))


def test_a_key_without_words_is_refused():
    with pytest.raises(EmptyKey, match="comma"):
        read_provisos(freeze({"only-if": ""}))
