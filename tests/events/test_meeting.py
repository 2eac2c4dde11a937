"""Sessions, walk-outs, who became whom, and what bodies decide."""

from terms.core.header import Text
from tests.core.talk import after, codes, consent, state, talk


def test_the_talks_go_from_session_to_broken_off_and_back():
    history = talk("""
    - {id: first, kind: meet, by: mediator, present: [north, south], round: "1", place: the pier}
    - {id: gone, kind: walk-out, by: south}
    - {id: back, kind: return, by: south}
    - {id: pause, kind: adjourn}
    - {id: gone-2, kind: walk-out, by: [north, south]}
    - {id: back-2, kind: return, by: north}
    - {id: again, kind: meet, present: [south]}
    - {id: end, kind: adjourn, final: yes}
    """)
    assert [step.after.session.state for step in history] == [
        "in session", "broken off", "adjourned", "adjourned", "broken off", "broken off", "in session", "ended",
    ]  # fmt: skip
    assert after(history, "again").talks.session.walked_out == ()


def test_only_who_left_can_return():
    history = talk("""
    - {id: back, kind: return, by: south}
    """)
    assert codes(history, "back") == ("N609",)


def test_what_became_of_a_party_is_kept_together():
    history = talk("""
    - {id: voice, kind: represent, by: north, through: envoy}
    - {id: named, kind: rename, by: north, name: The Northern Union}
    - {id: apart, kind: split, by: north, into: [east, league]}
    """)
    known = after(history).talks.identities["north"]
    assert (known.represented_by, known.name, known.into) == (
        ("envoy",),
        "The Northern Union",
        ("east", "league"),
    )


def test_who_acts_after_splitting_or_merging_is_objected_to():
    history = talk("""
    - {id: apart, kind: split, by: north, into: [north, league]}
    - {id: one, kind: merge, by: south, into: east}
    - {id: still, kind: propose, by: north, terms: {roads: open}}
    - {id: ghost, kind: propose, by: south, terms: {roads: open}}
    - {id: blamed, kind: violate, by: south, of: still}
    """)
    assert [codes(history, name) for name in ("still", "ghost", "blamed")] == [(), ("N614",), ()]


def test_a_referendum_binds_the_party_whose_text_waits_for_it():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], text: accord, terms: {roads: open}}
    - {id: no-quorum, kind: decide, body: the voters, by: [north, south], of: accord, outcome: reject}
    - {id: voted, kind: decide, body: the voters, by: [north, south], of: [accord, lost], outcome: approve}
    """, texts=(Text("accord", parties=("north", "south"), binds_by="referendum"),))  # fmt: skip
    assert state(history, "roads", "no-quorum") == "agreed in principle"
    assert state(history, "roads") == "agreed"
    assert [one.kind for one in after(history).talks.reactions["lost"]] == ["decide: approve"]


def test_a_body_nobody_agreed_to_binds_nobody():
    history = talk("""
    - {id: v1, kind: propose, by: mediator, form: bridging, terms: {roads: open}}
    - {id: ruled, kind: decide, body: the council, by: [north, south], of: v1, outcome: approve}
    """)
    assert consent(history, "roads").between == ()
