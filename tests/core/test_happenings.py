"""When what order and deadlines refer to occurred, recorded or derived."""

import pytest

from terms.core.header import Text
from tests.core.talk import after, talk


def when(history, name, event=None):
    moment = after(history, event).happened(name)
    return str(moment) if moment is not None else None


def test_an_act_is_a_happening_once_it_is_done_as_the_record_reads_it():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: fix, kind: correct, of: v1, with: {date: 2031-02-20}}
    - {id: out, kind: retract, of: v1}
    """)
    assert [when(history, "v1", name) for name in ("v1", "fix", "out")] == ["2031-03-01", "2031-02-20", None]
    assert when(history, "out", "v1") is None


def test_planned_is_expected_and_has_not_happened():
    history = talk("""
    - {id: set-1, kind: plan, of: vote, planned: 2031-09-01}
    - {id: set-2, kind: plan, of: harvest, planned: 5 days after vote}
    - {id: off, kind: call-off, of: vote}
    - {id: done, kind: occur, of: harvest}
    - {id: late, kind: plan, of: harvest, planned: 2031-12-01}
    """)
    assert (when(history, "vote", "set-2"), str(after(history, "set-2").expected("vote").first_day)) == (
        None,
        "2031-09-01",
    )
    assert str(after(history, "set-2").expected("harvest").first_day) == "2031-09-06"
    assert after(history).called_off("vote")
    assert (after(history).expected("vote"), when(history, "harvest")) == (None, "2031-03-04")


def test_what_hangs_on_itself_has_no_date():
    history = talk("""
    - {id: set-1, kind: plan, of: vote, planned: 5 days after harvest}
    - {id: set-2, kind: plan, of: harvest, planned: 5 days after vote}
    - {id: deal, kind: agree, by: [north, south], terms: {truce: {is: in force, from: 2 days after truce.begins}}}
    """)
    assert (after(history).expected("vote"), when(history, "truce.begins")) == (None, None)


def test_a_condition_may_ask_for_what_hangs_on_it():
    history = talk("""
    - {id: v1, kind: propose, by: north, only-if: roads.open, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert when(history, "roads.open") is None


def test_a_term_has_its_value_once_everybody_is_bound_to_it():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1, only-if: vote, reservations: {r1: by day}}
    - {id: voted, kind: occur, of: vote}
    - {id: fine, kind: accept, by: north, of: yes-1/r1}
    """)
    assert [when(history, "roads.open", name) for name in ("v1", "yes-1", "voted", "fine")] == [
        None,
        None,
        None,
        "2031-03-02",
    ]
    assert when(history, "roads.closed") is None


def test_a_term_begins_when_it_says_or_when_it_enters_into_force():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], text: accord, terms: {truce: {is: in force, from: 2031-03-09}, roads: open, aid: 3 trucks/day}}
    - {id: begun, kind: enter-into-force, of: accord, effective: 2031-03-05}
    - {id: other, kind: agree, by: [north, south], terms: {border: quiet}}
    """, texts=(Text("accord", parties=("north", "south")),))  # fmt: skip
    begins = [when(history, f"{term}.begins") for term in ("truce", "roads", "border")]
    assert [moment and moment[:10] for moment in begins] == ["2031-03-09", "2031-03-05", None]


def test_it_is_done_by_an_undisputed_claim():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {pullback: complete, roads: open}}
    - {id: done, kind: implement, by: north, of: deal/pullback}
    - {id: done-2, kind: implement, by: north, of: roads}
    - {id: no, kind: deny, by: south, of: done-2}
    """)
    assert (when(history, "pullback.done"), when(history, "roads.done")) == ("2031-03-02", None)


def test_accepting_and_certifying_are_happenings():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [roads]}
    - {id: yes-2, kind: accept, by: south, of: v1, only: [aid]}
    - {id: voted, kind: occur, of: vote}
    - {id: seen, kind: certify, by: monitors, of: voted}
    - {id: seen-2, kind: certify, by: monitors, of: harvest}
    """)
    assert [when(history, "south accepts v1", name) for name in ("yes-1", "yes-2")] == [None, "2031-03-03"]
    assert when(history, "south accepts roads") == "2031-03-02"
    certified = [
        when(history, f"{name} certifies {what}")
        for name, what in (
            ("monitors", "vote"),
            ("monitors", "harvest"),
            ("league", "vote"),
            ("monitors", "rain"),
        )
    ]
    assert certified == ["2031-03-05", "2031-03-06", None, None]


def test_conditions_ask_who_certified_who_accepted_and_who_refused():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {pullback: complete}}
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: no-1, kind: reject, by: south, of: v1}
    - {id: done, kind: implement, by: north, of: deal/pullback}
    - {id: seen, kind: certify, by: monitors, of: done}
    - {id: voted, kind: occur, of: vote}
    - {id: seen-2, kind: certify, by: monitors, of: voted}
    """)
    at = after(history)
    assert [
        at.certifies("monitors", "pullback.done"),
        at.certifies("monitors", "vote"),
        at.certifies("league", "vote"),
    ] == [True, True, None]
    assert [at.accepts("north", "v1"), at.accepts("south", "v1"), at.accepts("league", "v1")] == [
        True,
        False,
        None,
    ]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("certify, by: monitors, of: voted", True),
        ("announce, by: monitors, of: voted", None),
        ("attribute, by: monitors, of: voted, to-whom: [south]", None),
        ("clarify, by: monitors, of: voted", None),
        ("deny, by: monitors, of: voted", None),
        ("object, by: monitors, of: voted", None),
    ],
)
def test_only_who_certifies_certifies(said, answer):
    """Whatever else somebody says of a happening is no certificate."""
    history = talk(f"""
    - {{id: voted, kind: occur, of: vote}}
    - {{id: said, kind: {said}}}
    """)
    assert after(history).talks.reactions["voted"]
    assert after(history).certifies("monitors", "vote") is answer
    assert when(history, "monitors certifies vote") == ("2031-03-02" if answer else None)


def test_a_denied_happening_is_disputed():
    history = talk("""
    - {id: voted, kind: occur, of: vote}
    - {id: no-1, kind: deny, by: south, of: voted}
    - {id: no-2, kind: deny, by: south, of: harvest}
    """)
    at = after(history)
    assert (at.disputed("vote"), at.disputed("harvest"), after(history, "voted").disputed("vote")) == (
        True,
        True,
        False,
    )


def test_what_happens_later_than_the_moment_asked_has_not_occurred_yet():
    history = talk("""
    - {id: voted, kind: occur, of: vote, date: 2031-06-01}
    """)
    assert (after(history, None, "2031-05-01").occurred("vote"), str(after(history).occurred("vote"))) == (
        None,
        "2031-06-01",
    )


def test_a_text_nobody_signed_has_not_been_signed():
    history = talk("[]", texts=(Text("letter"),))
    assert (when(history, "letter.signed"), when(history, "vote"), after(history).moment.year) == (
        None,
        None,
        9999,
    )
