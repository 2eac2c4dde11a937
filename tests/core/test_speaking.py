"""Who may move a party's position, and what is objected to whoever speaks."""

import pytest
from hypothesis import given

from terms.core.history import History
from terms.core.speaking import given_by
from terms.testing.stories import KIND_NAMES, Move, interpret
from terms.testing.strategies import histories
from tests.core.talk import codes, status, talk

SETTING = ("propose", "agree", "link", "implement", "propose", "accept", "condition")
"""What is told first, so that each kind of event finds what it is about."""
POSITIONS = {"accede", "accept", "agree", "amend", "bind-package", "condition", "counter", "defer", "guarantee", "initial",
             "link", "propose", "ratify", "recant", "refer", "refuse-to-sign", "reject", "sign", "state", "study",
             "undertake", "unlink", "waive", "withdraw", "witness"}  # fmt: skip
"""The kinds of event by which a party binds itself, says where it stands, or takes either back."""


def test_only_a_head_or_a_delegate_moves_a_position():
    history = talk("""
    - {id: a, kind: propose, by: north, speaker: cousin, terms: {roads: open}}
    - {id: b, kind: propose, by: north, speaker: unnamed, terms: {roads: open}}
    - {id: c, kind: sign, by: south, standing: personal, of: b}
    - {id: d, kind: state, by: north, speaker: unnamed, about: a}
    - {id: e, kind: propose, speaker: envoy, by: north, terms: {aid: 3 trucks/day}}
    """)
    assert (status(history, "north", "roads"), status(history, "north", "aid")) == ("silent", "proposed")
    assert [codes(history, name) for name in "abcde"] == [("N615",), ("N615",), ("N601", "N615"), (), ()]


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_what_would_move_a_position_is_unheard_from_who_speaks_for_nobody_and_all_else_is_heard(kind):
    header, (*before, said) = interpret([Move(told) for told in (*SETTING, kind)])
    unheard = said.model_copy(update={"standing": "personal"})
    step, heard = (History(header, (*before, one))[-1] for one in (unheard, said))
    codes = [one.code for one in step.objections]
    assert said.kind == kind
    assert ("N615" in codes) is (kind in POSITIONS)
    assert step.after == (step.before if kind in POSITIONS else heard.after)
    assert kind not in POSITIONS or heard.after != heard.before


def test_head_and_delegate_who_differ_are_flagged():
    history = talk("""
    - {id: a, kind: propose, by: north, speaker: envoy, terms: {roads: open, aid: 3 trucks/day}}
    - {id: b, kind: propose, by: north, speaker: envoy, terms: {roads: closed}}
    - {id: c, kind: state, by: north, speaker: president, terms: {roads: open, aid: 3 trucks/day}}
    """)
    assert [codes(history, name) for name in "abc"] == [(), (), ("N611",)]
    turned = talk("""
    - {id: a, kind: propose, by: north, speaker: president, terms: {roads: open}}
    - {id: b, kind: state, by: north, speaker: envoy, terms: {roads: closed}}
    """)
    assert [codes(turned, name) for name in "ab"] == [(), ("N611",)]
    assert (
        history[2].objections[0].sentence == "the head of 'north' differs on 'roads' from its delegate ('b')"
    )


def test_a_position_that_is_no_longer_in_force_differs_from_nothing():
    history = talk("""
    - {id: a, kind: propose, by: north, speaker: envoy, terms: {roads: open, aid: 3 trucks/day}}
    - {id: b, kind: withdraw, by: north, of: a, only: [roads]}
    - {id: c, kind: propose, by: north, terms: {aid: 5 trucks/day}}
    - {id: d, kind: propose, by: north, speaker: president, terms: {roads: closed, aid: 9 trucks/day}}
    """)
    assert codes(history, "d") == ()


def test_sums_that_do_not_fit_are_kept_and_objected_to():
    wrong = "{is: 24 persons, partition: yes, of-which: {living: 15 persons, dead: 5 persons}}"
    history = talk(f"""
    - {{id: a, kind: propose, by: north, terms: {{captives: {wrong}, roads: open}}}}
    - {{id: b, kind: propose, by: north, all-of: {{captives: {wrong}}}}}
    - {{id: c, kind: propose, by: north, one-of: {{x: {{captives: {wrong}}}}}}}
    - {{id: d, kind: claim, by: north, terms: {{captives: {{is: many}}}}}}
    - {{id: e, kind: defer, by: north, terms: [captives]}}
    - {{id: f, kind: propose, by: north, terms: {{captives: {{is: 24 persons, of-which: {{living: 15 persons}}}}}}}}
    """)
    assert [codes(history, name) for name in "abcdef"] == [("N612",), ("N612",), ("N612",), (), (), ()]
    assert (
        history[0].objections[0].sentence
        == "'captives': the parts come to 20 persons, the total is 24 persons"
    )
    assert status(history, "north", "captives", "a") == "proposed"


def test_a_speaker_nobody_declared_speaks_as_a_delegate():
    history = talk("""
    - {id: a, kind: propose, by: north, terms: {roads: open}}
    - {id: b, kind: accept, by: south, speaker: stranger, of: a}
    """)
    assert status(history, "south", "roads") == "accepted"


@given(history=histories())
def test_the_cells_that_an_event_gave_are_found_among_its_own_terms(history):
    for step in history:
        scanned = tuple(
            sorted(
                key
                for key, cell in step.after.cells.items()
                if key[0] in step.event.by and cell.stance_event == step.event.id
            )
        )
        assert given_by(step.event, step.after) == scanned
