"""What people write first is answered with what the format calls it, at its place."""

import pytest

from terms.ground.suggest import did_you_mean
from terms.records import read_text
from terms.records.guesses import CALLED, amount_ways, called, date_ways, happening_ways, id_ways, list_ways

HEAD = """\
format: terms/1
parties: {north: {role: belligerent}, south: {role: belligerent}}
terms: {truce: {type: duration}, pullback: {type: quantity, unit: km}}
texts: {accord: {parties: [north, south], binds-by: signature}}
sources: {M1: Minutes}
events:
  - {id: n-1, date: 2031-03-01, kind: propose, by: north, source: M1, text: accord, terms: {truce: 30 days}}
"""


def help_of(event: str) -> list[str]:
    """The ways out of the one fault of an event."""
    [found] = read_text(
        f"{HEAD}  - {{id: s-1, date: 2031-03-02, by: south, source: M1, {event}}}\n"
    ).diagnostics
    return list(found.help)


@pytest.mark.parametrize(
    ("event", "way"),
    [
        ("kind: accept, of: n-1, conditional-on: accord.signed", "did you mean 'only-if'?"),
        ("kind: leak, of: n-1, terms: [truce]", "did you mean 'only'?"),
        ("kind: accept, of: n-1, reservations: truce",
         "write reservations: {r1: {only: [TERM], note: what is reserved}}"),
        ("kind: propose, terms: {truce: three months}", "did you mean '3 months'?"),
        ("kind: propose, terms: {pullback: {is: 5 km, by: north}}", "did you mean 'who'?"),
        ("kind: propose, terms: {pullback: {is: 5 km, due: within 10 days of signature}}",
         "did you mean 'accord.signed'?"),
        ("kind: propose, terms: {pullback: {is: 5 km, zzz: 1}}", "keys: "),
        ("kind: propose, terms: {pullback: {is: 5 km, zz zz: 1}}", "a comma inside { }"),
        ("kind: reject, of: n 1", "did you mean 'n-1'?"),
        ("kind: reject, in-reply-to: n-1", "did you mean 'of'?"),
        ("kind: reject, of: n-1, only: 'truce, pullback'", "several are a list: write [truce, pullback]"),
        ("kind: propose, truce: 30 days", "'truce' is a term: it stands under terms:"),
        ("Kind: reject, of: n-1", "did you mean 'kind'?"),
        ("of: n-1", "write kind: propose"),
        ("kind: propose, terms: {pullback: max 10 km}", "did you mean 'at most 10 km'?"),
        ("kind: propose, terms: {pullback: 10+ km}", "did you mean 'at least 10 km'?"),
        ("kind: propose, terms: {pullback: 5 mi}",
         "convert it and keep the source's words: {is: 8.04672 km, as-worded: 5 mi}"),
        ("kind: propose, terms: {pullback: about 20 miles}",
         "convert it and keep the source's words: {is: about 32.18688 km, as-worded: about 20 miles}"),
    ],
)  # fmt: skip
def test_a_key_or_word_that_people_use_is_answered_with_the_one_that_is_read(event, way):
    assert any(one.startswith(way) for one in help_of(event)), help_of(event)


def test_the_header_says_what_it_calls_a_currency_and_the_date_of_a_source():
    text = HEAD.replace("unit: km}", "unit: km}, toll: {type: money, currency: USD}").replace(
        "M1: Minutes", "M1: {title: Minutes, date: 2031-03-01}"
    )
    found = [one.help for one in read_text(text).diagnostics]
    assert found == [("did you mean 'unit'?",), ("did you mean 'published' or 'dated'?",)]


@pytest.mark.parametrize(
    ("date", "way"),
    [
        ("1/6/2031", ("write '2031-06-01' if the day comes first, '2031-01-06' if the month does",)),
        ("early June 2031", ("did you mean '2031-06~' (about)?",)),
        ("mid-2031-06", ("did you mean '2031-06~' (about)?",)),
        ("around the feast", ()),
        ("yesterday", ()),
    ],
)
def test_a_date_in_two_ways_or_vague_in_words_is_offered_as_the_format_spells_it(date, way):
    assert date_ways(date) == way


def test_a_key_that_no_sense_explains_is_looked_up_by_its_spelling():
    assert called("onyl", ["only", "of"]) == did_you_mean("onyl", ["only", "of"]) == ("did you mean 'only'?",)
    assert called("In_Reply_To", ["only", "of"]) == ("did you mean 'of'?",)
    assert called("ratification", ["only", "of"]) == ()


def test_no_guess_is_made_where_nothing_is_known():
    assert (amount_ways("months"), amount_ways("three"), amount_ways("3 cubits")) == ((), (), ())
    assert (list_ways("north", {"north"}), list_ways("north, nrth", {"north"})) == ((), ())
    assert (id_ways("n-1"), id_ways("...")) == ((), ())
    assert happening_ways("harvest", {"accord": None}) == happening_ways("signature", {}) == ()


def test_no_word_is_offered_for_itself():
    assert [key for key, words in CALLED.items() if key in words] == []
