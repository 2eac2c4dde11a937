"""What somebody says is told as a sentence: whose words, what was done, left undone, read or denied."""

import pytest

from terms.core.history import History
from terms.views.sentence import sentence
from tests.told import told

OPEN = "id: n-open, kind: propose, by: north, terms: {pullback: 30 km, roads: open}"


def sentences(history: History) -> list[str]:
    return [sentence(history, index) for index in range(len(history))]


@pytest.mark.parametrize(
    ("that", "said"),
    [
        ("the roads are bad.", "the roads are bad"),
        ("{did: south, of: n-open}", "South carried out n-open"),
        ("{did: south, of: n-open, arrived: late}", "South carried out n-open (arrived: late)"),
        ("{did: south, arrived: late}", "South did so (arrived: late)"),
        ("{did: south}", "South did so"),
        (
            "[{kind: accept, by: south, of: n-open}, {kind: reject, by: league, of: n-open}]",
            "South accepts n-open and League rejects n-open",
        ),
        ("{kind: propose, by: [north, south], terms: {roads: open}}", "North and South propose roads"),
        ("{kind: propose, by: south, form: demand, terms: {roads: open}}", "South demands roads"),
        ("{kind: propose, by: south, form: ultimatum, text: accord}", "South demands as an ultimatum accord"),
        ("{kind: agree, by: [north, south], in-principle: yes, of: n-open}", "North and South agree on n-open in principle"),
        ("{kind: agree, by: [north, south]}", "North and South agree"),
        ("{kind: study, by: south, of: n-open}", "South takes n-open under study"),
        ("{kind: occur, of: vote.held}", "vote.held has occurred"),
        ("{kind: plan, of: vote.held, planned: 2031-09-01}", "vote.held is planned for 2031-09-01"),
        ("{kind: leak, of: n-open}", "n-open is leaked"),
        ("{kind: walk-out}", "somebody walks out"),
        ("{not-done: accept, by: south, of: n-open}", "South did not accept n-open"),
        ("{not-done: agree, by: [north, south]}", "North and South did not agree"),
        ("{not-done: plan, of: vote.held}", "vote.held is not planned"),
        ("{not-done: occur, of: vote.held}", "vote.held has not occurred"),
        ("{not-done: publish}", "it is not published"),
        ("{not-done: accept, of: n-open}", "nobody accepts n-open"),
        ("{not-done: agree}", "nobody agrees"),
        ("{not-done: south, of: n-open}", "South did not carry out n-open"),
        ("{not-done: south}", "South did not"),
        ("{not-done: raids, by: south}", "South did not carry out raids"),
        ("{not-done: raids, of: n-open}", "raids was not carried out of n-open"),
        ("{figures: {hurt: 3}}", "hurt: 3"),
        ("{relation: contradicts, a: roads, b: pullback}", "roads contradicts pullback"),
        ("{roads: open}", "roads: open"),
    ],
)  # fmt: skip
def test_a_claim_is_told_with_its_content(that, said):
    claimed = sentences(told(OPEN, f"id: c1, kind: claim, by: north, that: {that}"))[1]
    assert claimed == f"North claims that {said}; nothing changed."


def test_a_statement_without_words_is_told_by_what_it_is_about():
    said = sentences(told(
        OPEN,
        "id: c3, kind: claim, that: the roads are bad",
        "id: c4, kind: state, by: north, speaker: unnamed, standing: unnamed, about: n-open",
        "id: c5, kind: state, by: [north, south], of: n-open",
        "id: c6, kind: state, by: north, channel: internal",
        "id: c7, kind: claim, by: north, of: n-open",
        "id: c8, kind: claim, by: north",
    ))  # fmt: skip
    assert [one.partition(";")[0] for one in said[1:]] == [
        "Source M1 claims that the roads are bad",
        "North speaks of n-open",
        "North and South speak of n-open",
        "North speaks, internally",
        "North claims n-open",
        "North claims",
    ]


def test_an_order_is_told_whatever_the_statement_answers():
    order = "order: {o1: vote.held before roads.begins}"
    said = sentences(
        told(
            OPEN,
            f"id: c1, kind: state, by: north, of: n-open, {order}",
            f"id: c2, kind: state, by: north, {order}",
        )
    )
    assert [one.partition(";")[0] for one in said[1:]] == [
        "North states the order vote.held before roads.begins on n-open",
        "North states the order vote.held before roads.begins",
    ]


def test_a_denial_and_a_reading_are_told_with_what_they_say():
    said = sentences(told(
        OPEN,
        "id: d1, kind: deny, by: south, of: n-open",
        "id: d2, kind: deny, by: south, of: n-open, that: nobody offered it",
        "id: j1, kind: judge, relation: contradicts, a: n-open/roads, b: n-open/pullback",
        "id: j2, kind: judge, relation: same-as, of: n-open",
        "id: j3, kind: judge, by: mediator, relation: entails, a: n-open/roads",
        "id: j4, kind: judge, relation: entails",
    ))  # fmt: skip
    assert [one.partition(";")[0] for one in said[1:]] == [
        "South denies n-open",
        "South denies n-open, saying that nobody offered it",
        "The record judges that n-open/roads contradicts n-open/pullback",
        "The record judges n-open: the one means the same as the other",
        "Mediator judges n-open/roads: the one entails the other",
        "The record judges two wordings: the one entails the other",
    ]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("kind: attribute, by: north, of: n-open, to-whom: south", "North attributes n-open to South"),
        ("kind: represent, by: north, through: south", "North is represented by South"),
        ("kind: split, by: north, into: [south, league]", "North splits into South and League"),
        ("kind: merge, by: [north, south], into: league", "North and South merge into League"),
        ("kind: rename, by: north, name: Northland", "North takes another name, Northland"),
        ("kind: refer, by: south, of: n-open, to-body: council", "South refers n-open to council"),
        ("kind: refer, by: south, of: n-open", "South refers n-open"),
        ("kind: supersede, by: north, of: n-open, with: accord", "North supersedes n-open with accord"),
        ("kind: supersede, by: north, of: n-open", "North supersedes n-open"),
        ("kind: extend, by: north, of: accord, lasts: +5 days", "North extends accord by 5 days"),
        ("kind: renew, by: north, of: accord, lasts: 5 days", "North renews accord for 5 days"),
        ("kind: extend, by: north, of: accord, until: vote.held", "North extends accord until vote.held"),
        ("kind: enter-into-force, of: accord, effective: 2031-05-01", "accord is put in force from 2031-05-01"),
        ("kind: sign, by: north, of: accord, capacity: observer", "North signs accord as observer"),
        ("kind: sign, by: north, of: accord", "North signs accord"),
        ("kind: accept, by: league, of: n-open, capacity: observer", "League accepts n-open as observer"),
        ("kind: link, by: north, terms: [roads, ports], if: roads, then: ports", "North links roads and ports, if roads, then ports"),
        ("kind: link, by: north, terms: [roads, ports]", "North links roads and ports"),
        ("kind: decide, body: council, of: n-open, outcome: approve", "council approves n-open"),
        ("kind: decide, by: north, body: council, of: n-open", "council of North decides on n-open"),
        ("kind: decide, body: council, that: the roads stay open", "council decides that the roads stay open"),
        ("kind: decide, body: council, outcome: block", "council decides"),
        ("kind: incident, place: the pier", "Incident at the pier"),
        ("kind: incident, by: north", "Incident, attributed by the source to North"),
        ("kind: incident, by: north, claimed-by: north", "Incident, claimed by North"),
        ("kind: incident, by: north, claimed-by: south", "Incident, attributed by South to North"),
    ],
)  # fmt: skip
def test_a_sentence_ends_with_what_the_kind_of_event_adds(event, words):
    assert sentences(told(OPEN, f"id: e1, {event}"))[1].partition(";")[0] == words
