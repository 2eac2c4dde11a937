"""An agreement under conditions rests on what met them, too: without those events it would not stand."""

import pytest

from terms.core.header import Text
from terms.core.history import History
from terms.core.situation import situation
from terms.core.witnesses import witnesses
from terms.ground.words import freeze
from tests.core.talk import consent, talk

ACCORD = (Text("accord", parties=("north", "south")),)
DEAL = """
    - {{id: v1, kind: propose, by: north, terms: {{roads: open}}}}
    - {{id: yes-1, kind: accept, by: south, of: v1, only-if: {condition}}}
"""


@pytest.mark.parametrize(
    ("condition", "more", "met_by"),
    [
        ("vote", ["{id: voted, kind: occur, of: vote}"], ("voted",)),
        ("not vote", [], ()),
        ("met", ["{id: met, kind: meet}"], ("met",)),
        ("quiet for 1 day", [], ()),
        ("north complies with accord", [], ()),
        (
            "accord.signed",
            [
                "{id: sign-n, kind: sign, by: north, of: accord}",
                "{id: sign-s, kind: sign, by: south, of: accord}",
            ],
            ("sign-n", "sign-s"),
        ),
        (
            "league accepts v2",
            [
                "{id: v2, kind: propose, by: north, terms: {valley: kept}}",
                "{id: yes-2, kind: accept, by: league, of: v2}",
            ],
            ("yes-2",),
        ),
        (
            "pullback.complete",
            [
                "{id: hold, kind: agree, by: [north, south], only-if: vote, terms: {pullback: complete}}",
                "{id: voted, kind: occur, of: vote}",
            ],
            ("hold", "voted"),
        ),
        (
            "truce.begins",
            [
                "{id: hold, kind: agree, by: [north, south], terms: {truce: in force}}",
                "{id: begun, kind: enter-into-force, of: truce}",
            ],
            ("hold", "begun"),
        ),
        (
            "captives.done",
            [
                "{id: owe, kind: agree, by: [north, south], terms: {captives: {is: 24 persons, who: south}}}",
                "{id: freed, kind: implement, by: south, of: owe/captives, done: yes}",
            ],
            ("freed",),
        ),
        (
            "monitors certify captives.done",
            [
                "{id: owe, kind: agree, by: [north, south], terms: {captives: {is: 24 persons, who: south}}}",
                "{id: freed, kind: implement, by: south, of: owe/captives, done: yes}",
                "{id: seen, kind: certify, by: monitors, of: freed}",
            ],
            ("freed", "seen"),
        ),
        (
            "monitors certify vote",
            ["{id: voted, kind: occur, of: vote}", "{id: seen, kind: certify, by: monitors, of: vote}"],
            ("voted", "seen"),
        ),
        (
            "{any-of: [vote, harvest]}",
            ["{id: cut, kind: occur, of: harvest}"],
            ("cut",),
        ),
    ],
)
def test_an_agreement_cites_what_met_its_conditions_and_stands_without_anything_else(condition, more, met_by):
    later = "".join(f"    - {one}\n" for one in more)
    history = talk(
        f"{DEAL.format(condition=condition)}{later}    - {{id: aside, kind: meet}}\n", texts=ACCORD
    )
    found = consent(history, "roads")
    assert (found.state, found.met_by) == ("agreed", met_by)
    assert found.rests_on == ("v1", "yes-1", *met_by)
    named = {*found.rests_on, "owe", "v2"}
    alone = History(history.declared, tuple(event for event in history.record if event.id in named))
    assert consent(alone, "roads").state == "agreed"
    if met_by:  # of what was certified the certificate alone is needed, so the last
        assert consent(history.without(met_by[-1]), "roads").state == "open"


def test_what_is_not_agreed_was_met_by_nothing():
    history = talk(DEAL.format(condition="vote"))
    assert (consent(history, "roads").state, consent(history, "roads").met_by) == ("open", ())


def test_what_is_called_off_is_known_by_the_event_that_called_it_off():
    history = talk("""
    - {id: off, kind: call-off, by: north, of: vote}
    """)
    words = freeze({"unless": "vote"})
    assert witnesses(situation(history), words) == {"off"}


def test_a_happening_that_hangs_on_a_certificate_or_an_acceptance_rests_on_its_parts():
    history = talk("""
    - {id: voted, kind: occur, of: vote}
    - {id: seen, kind: certify, by: monitors, of: vote}
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    """)
    at = situation(history)
    for words, events in (
        ("not monitors certifies vote", {"voted", "seen"}),
        ("monitors certify vote by 2031-04-01", {"voted", "seen"}),
        ("north accepts v1", {"v1"}),
        ("north accepts v1 by 2031-04-01", {"v1"}),
        ("league certifies vote", set()),
    ):
        assert witnesses(at, freeze({"only-if": words})) == events
