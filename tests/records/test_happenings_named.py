"""What may stand in an ordering statement, and what is offered for a happening that nobody declared."""

import pytest

from terms.records import read_text

RECORD = """format: terms/1
title: Talks at the pier (invented)
parties: {north: {role: belligerent}, south: {role: belligerent}}
stages: {ceasefire: {}}
terms:
  corridor: {type: choice, of: [open, closed at night]}
  army.size: {type: quantity, unit: persons}
texts: {accord: {parties: [north, south]}}
happenings: {vote: point, martial-law.lifted: point}
sources: {M1: {title: Minutes}}
events:
  - {id: n-open, date: 2031-01-01, kind: propose, by: north, terms: {corridor: open}, source: M1}
  - id: n-order
    date: 2031-01-02
    kind: state
    by: north
    source: M1
    order: ["%s before vote"]
"""


@pytest.mark.parametrize(
    ("name", "help_line"),
    [
        ("corridr.begins", "did you mean 'corridor.begins'?"),
        ("corridor.closed-at-nigth", "did you mean 'corridor.closed-at-night'?"),
        (
            "corridor.finished",
            "write corridor.begins, corridor.done, corridor.open or corridor.closed-at-night",
        ),
        ("army.done", "did you mean 'army.size.done'?"),
        ("accord.signd", "did you mean 'accord.signed'?"),
        ("acord.signed", "did you mean 'accord.signed'?"),
        ("vot", "did you mean 'vote'?"),
        ("martial-law", "did you mean 'martial-law.lifted'?"),
        ("ceasfire", "did you mean 'ceasefire'?"),
        ("n-opn", "did you mean 'n-open'?"),
    ],
)
def test_a_happening_that_nobody_declared_is_told_with_the_nearest(name, help_line):
    [fault] = read_text(RECORD % name).diagnostics
    assert (fault.code, fault.help) == ("E208", (help_line,))


@pytest.mark.parametrize("name", ["corridor", "army.size"])
def test_a_term_alone_does_not_happen_and_so_has_no_place_in_an_order(name):
    [fault] = read_text(RECORD % name).diagnostics
    assert fault.code == "E208"
    assert fault.help[0].startswith(f"a term alone does not happen: write {name}.begins")


@pytest.mark.parametrize(
    "name",
    ["corridor.open", "army.size.done", "accord.signed", "ceasefire", "n-open", "south accepts corridor"],
)
def test_what_can_happen_has_a_place_in_an_order(name):
    assert read_text(RECORD % name).diagnostics == ()


def test_a_term_may_still_be_what_an_event_is_about():
    about = RECORD % "vote" + "    about: [corridor]\n"
    assert read_text(about).diagnostics == ()
