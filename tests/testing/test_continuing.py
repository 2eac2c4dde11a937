"""A record that is valid is told on validly, whatever names it has for its parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.core.history import History
from terms.records import read_record, read_text
from terms.records.writing import write_record
from terms.testing.stories import Move, interpret
from terms.testing.strategies import records, stories
from tests.draws import draws
from tests.house.source import ROOT

NAMED = """\
format: terms/1
title: Parts with names of their own
parties: {kestria: {role: belligerent}, velm: {role: belligerent}}
terms:
  toll.rate: {type: money, unit: USD}
  patrol: {type: quantity, unit: km}
  harbour: {type: text}
sources: {N1: Notes}
events:
  - {id: k-open, date: 2031-05-01, kind: propose, by: kestria, terms: {toll.rate: 3 USD}, source: N1 p.1}
  - id: v-yes
    date: 2031-05-02
    kind: accept
    by: velm
    of: k-open
    reservations: {toll.rate: subject to a review}
    source: N1 p.2
  - id: k-ways
    date: 2031-05-03
    kind: propose
    by: kestria
    one-of:
      by-sea: {harbour: yes}
      by-land: {patrol: 3 km, toll.rate: 4 USD}
    all-of: {patrol: 5 km}
    order: {sea-first: v-yes before k-open}
    source: N1 p.3
  - id: v-maybe
    date: 2031-05-04
    kind: accept
    by: velm
    of: k-ways
    option: by-sea
    reservations: {winter: {note: not in winter}, summer: {note: nor in summer}}
    source: N1 p.4
  - id: k-steps
    date: 2031-05-05
    kind: counter
    by: kestria
    of: k-ways
    terms: {patrol: {steps: {near: 3 km, far: 5 km}}}
    source: N1 p.5
  - {id: v-steps, date: 2031-05-06, kind: accept, by: velm, of: k-steps/near, source: N1 p.6}
"""
CORPUS = sorted([*(ROOT / "tests" / "corpus").rglob("*.record.yaml"), *(ROOT / "seeds" / "example").glob("*.record.yaml")])  # fmt: skip


def faults(told):
    return [
        one.message for one in read_text(write_record(*told)).diagnostics if one.severity.value == "error"
    ]


def test_a_reservation_is_answered_by_its_own_name():
    read = read_text(NAMED)
    assert not read.has_errors, [one.message for one in read.diagnostics]
    for steps, name in ((2, "v-yes/toll.rate"), (4, "v-maybe/winter")):
        answer = Move("accept", flags=0b100000)
        header, told = interpret([answer], read.header, past=read.events[:steps])
        assert told[-1].of == (name,)
        assert not History(header, told)[-1].objections


def test_an_option_is_taken_by_its_own_name():
    read = read_text(NAMED)
    _, told = interpret([Move("accept", flags=1)], read.header, past=read.events[:3])
    assert told[-1].option == "by-sea"


@settings(max_examples=draws(40), deadline=None)
@given(data=st.data())
def test_a_record_whose_parts_have_names_of_their_own_is_told_on_validly(data):
    read = read_text(NAMED)
    past = read.events[: data.draw(st.integers(0, len(read.events)))]
    assert not faults(data.draw(records(header=read.header, past=past)))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name.removesuffix(".record.yaml"))
def test_every_record_of_the_corpus_is_told_on_validly(path):
    read = read_record(path)
    assert not read.has_errors

    @settings(max_examples=4, deadline=None)
    @given(moves=stories(max_size=8))
    def told_on(moves):
        assert not faults(interpret(moves, read.header, past=read.events))

    told_on()
