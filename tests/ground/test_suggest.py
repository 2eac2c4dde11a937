"""An unknown word is answered with the known one that was probably meant, or with silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.suggest import MANY, did_you_mean, nearest

KINDS = ["propose", "accept", "reject", "withdraw", "suspend", "resume", "note"]
TERMS = ["pullback.distance", "quiet.hours", "corridor.halden", "monitors.count", "monitoring"]

words = st.text(st.sampled_from("abcde.-"), max_size=8)


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("rejct", KINDS, "reject"),
        ("Accept", KINDS, "accept"),
        ("distance", TERMS, "pullback.distance"),
        ("quiet", TERMS, "quiet.hours"),
        ("monitors", ["monitoring", "quiet.hours"], "monitoring"),
        ("susp", KINDS, "suspend"),
        ("draw", KINDS, "withdraw"),
    ],
)
def test_the_word_meant_is_found(word, known, meant):
    assert nearest(word, known) == meant


@pytest.mark.parametrize("word", ["zebra", "", "xy", "1975"])
def test_unrelated_words_are_met_with_silence(word):
    assert nearest(word, KINDS) is None
    assert did_you_mean(word, KINDS) == ()


@given(words, st.lists(words, max_size=6))
def test_a_suggestion_is_always_a_known_word(word, known):
    assert nearest(word, known) in {None, *known}


@given(words, st.permutations(["bad", "bed", "dab", "a.bad", "bad.a"]))
def test_the_order_in_which_words_are_known_does_not_matter(word, known):
    assert nearest(word, known) == nearest(word, sorted(known))


def test_among_thousands_of_names_the_nearest_is_still_found():
    known = [f"velm-{number}" for number in range(MANY + 1)] + ["mediator-text"]
    assert nearest("mediator-texd", known) == "mediator-text"


def test_the_help_line_asks():
    assert did_you_mean("rejct", KINDS) == ("did you mean 'reject'?",)
