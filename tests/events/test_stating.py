"""Words that move no position, and the one kind that does."""

from tests.core.talk import after, consent, state, status, talk


def test_a_statement_takes_a_stance_and_tables_nothing():
    history = talk("""
    - {id: said, kind: state, by: north, terms: {roads: open, border: {as: defer, until: settlement}}, order: [vote before harvest]}
    - {id: yes-1, kind: accept, by: south, of: said}
    """)
    assert (status(history, "north", "roads"), status(history, "north", "border")) == ("proposed", "deferred")
    assert consent(history, "roads").between == ()
    assert "said/o1" in after(history).talks.orders


def test_internal_instructions_move_nothing_and_stay_inside():
    history = talk("""
    - {id: paper, kind: state, by: north, to: south, channel: internal, terms: {roads: open}}
    """)
    assert status(history, "north", "roads") == "silent"
    assert after(history).talks.hidden["paper"].knowers == {"north"}


def test_an_unmatched_acceptance_is_overtaken_by_a_later_statement():
    history = talk("""
    - {id: v1, kind: propose, by: mediator, form: bridging, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: north, of: v1}
    - {id: said, kind: state, by: north, terms: {roads: closed}}
    - {id: yes-2, kind: accept, by: south, of: v1}
    """)
    assert consent(history, "roads").missing == ("north",)


def test_a_compatible_statement_overtakes_nothing():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {aid: 3 trucks/day}}
    - {id: said, kind: state, by: north, terms: {aid: at least 2 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert state(history, "aid") == "agreed"


def test_a_stance_of_another_scope_overtakes_nothing():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: {is: open, scope: by day}}}
    - {id: said, kind: state, by: north, terms: {roads: {is: closed, scope: by night}}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert state(history, "roads") == "agreed"


def test_a_refusal_overtakes_and_the_same_stance_again_does_not():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open, border: {as: refuse}, captives: {per: {women: 2 persons}}}}
    - {id: said, kind: state, by: north, terms: {roads: {as: refuse}}}
    - {id: again, kind: propose, by: north, terms: {border: {as: refuse}}}
    - {id: total, kind: state, by: north, terms: {captives: 5 persons}}
    """)
    bonds = {term: after(history).talks.cell("north", term).bound for term in ("roads", "border", "captives")}
    assert [one.version for one in bonds["border"]] == ["again", "v1"]
    assert (bonds["roads"], bonds["captives"]) == ((), ())


def test_claims_endorsements_and_opposition_are_noted_where_they_belong():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: c1, kind: claim, by: south, of: v1, that: they never meant it}
    - {id: e1, kind: endorse, by: league, of: v1}
    - {id: o1, kind: oppose, by: east, of: v1}
    - {id: d1, kind: deny, by: north, of: c1}
    """)
    reactions = after(history).talks.reactions
    assert [(one.kind, one.by) for one in reactions["v1"]] == [
        ("claim", ("south",)), ("endorse", ("league",)), ("oppose", ("east",)),
    ]  # fmt: skip
    assert [one.kind for one in reactions["c1"]] == ["deny"]


def test_explaining_and_objecting_change_no_stance():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: c1, kind: clarify, by: north, of: v1, terms: {roads: open by day}}
    - {id: o1, kind: object, by: south, of: v1}
    """)
    assert all(step.after.cells == history[0].after.cells for step in history)
    assert [one.kind for one in after(history).talks.reactions["v1"]] == ["clarify", "object"]
