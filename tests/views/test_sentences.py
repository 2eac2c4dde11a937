"""Every event is told in a whole sentence: nothing dangles, nothing is empty."""

import re

import pytest
from hypothesis import given, settings

from terms.core.history import History
from terms.records import read_record, read_text
from terms.testing.stories import KIND_NAMES
from terms.testing.strategies import histories
from terms.views.sentence import sentence
from tests.draws import draws
from tests.house.source import ROOT

BROKEN = re.compile(
    r"\b(on|of|to|with|in|for|as|by|that)[;,.]|  |[;,]\s*[;,.]|\b(on|of|with|in) to\b|^\s|\s[;,.]|None"
)
EVERY_KIND = ROOT / "tests" / "corpus" / "formats" / "terms-1" / "every-kind.record.yaml"
HEAD = """\
format: terms/1
title: Talks
parties: {kestria: {role: belligerent}, velm: {role: belligerent}}
terms:
  toll.rate: {type: money, unit: USD}
  roads: {type: text}
happenings: {gate.opens: The gate opens}
sources: {N1: Notes}
events:
  - id: k-open
    date: 2031-05-01
    kind: propose
    by: kestria
    terms: {toll.rate: 3 USD, roads: open}
    source: N1
"""


def said(event):
    read = read_text(HEAD + f"  - {{id: v-said, date: 2031-05-02, source: N1, {event}}}\n")
    assert not read.has_errors, [one.message for one in read.diagnostics]
    return sentence(History(read.header, read.events), 1).partition(";")[0]


def test_every_kind_of_the_corpus_is_told_in_a_whole_sentence():
    read = read_record(EVERY_KIND)
    history = History(read.header, read.events)
    told = [sentence(history, place) for place in range(len(history))]
    assert {event.kind for event in read.events} >= set(KIND_NAMES)
    assert [one for one in told if BROKEN.search(one)] == []


@settings(max_examples=draws(60), deadline=None)
@given(history=histories())
def test_every_generated_event_is_told_in_a_whole_sentence(history):
    told = [sentence(history, place) for place in range(len(history))]
    assert [one for one in told if BROKEN.search(one)] == []


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("kind: condition, by: velm, only-if: gate.opens", "velm sets conditions"),
        ("kind: condition, by: velm, to: kestria, only-if: gate.opens", "velm sets conditions for kestria"),
        ("kind: condition, by: velm, of: k-open, only-if: gate.opens", "velm sets conditions on k-open"),
        ("kind: claim, by: velm, that: {kind: agree, by: [velm, kestria]}",
         "velm claims that velm and kestria agree"),
        ("kind: accept, by: velm, of: k-open, except: [roads]", "velm accepts k-open but roads"),
        ("kind: accept, by: velm, of: k-open, except: [roads], in-principle: yes",
         "velm accepts k-open but roads, in principle"),
        ("kind: propose, by: velm, one-of: {a: {roads: open}, b: {roads: shut}}",
         "velm proposes roads, either a or b"),
        ("kind: propose, by: velm, one-of: {a: {roads: open}}", "velm proposes roads, option a"),
        ("kind: propose, by: velm, one-of: {a: {roads: a}, b: {roads: b}, c: {roads: c}, d: {roads: d}}",
         "velm proposes roads, one of 4 options"),
        ("kind: counter, by: velm, of: k-open, whole: yes, terms: {roads: open}",
         "velm counters k-open with roads, all or nothing"),
        ("kind: propose, by: velm, form: ultimatum, terms: {roads: open}, expires: 2031-05-09",
         "velm demands as an ultimatum roads, expires 2031-05-09"),
        ("kind: adjourn, until: 2031-06-01", "The delegations adjourn until 2031-06-01"),
        ("kind: adjourn, by: velm", "velm adjourns"),
        ("kind: defer, by: velm, terms: [roads], until: gate.opens", "velm defers roads until gate.opens"),
        ("kind: study, by: velm, of: k-open", "velm takes k-open under study"),
        ("kind: waive, by: velm, of: k-open", "velm waives the conditions of k-open"),
        ("kind: implement, by: velm, of: toll.rate, done: 2 USD", "velm reports toll.rate done: 2 USD"),
        ("kind: implement, of: toll.rate, done: no", "toll.rate is reported not done"),
        ("kind: correct, of: k-open, with: {terms: {roads: shut}}", "k-open is corrected: roads: shut"),
        ("kind: condition, by: velm, order: {o1: gate.opens before roads.begins}",
         "velm requires the order gate.opens before roads.begins"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_said_and_what_is_missing_is_not(event, words):
    assert said(event) == words
