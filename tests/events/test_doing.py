"""Claims of performance and breach, and who certifies, denies or attributes them."""

from tests.core.talk import after, codes, found, owed, talk

DEAL = "- {id: deal, kind: agree, by: [north, south], terms: {captives: {is: 24 persons, who: south}, roads: open}}"


def test_a_certified_performance_counts_whatever_is_denied():
    history = talk(f"""
    {DEAL}
    - {{id: done, kind: implement, by: south, of: [deal/captives, deal/roads], done: yes}}
    - {{id: no, kind: deny, by: north, of: done}}
    - {{id: seen, kind: certify, by: monitors, of: done}}
    """)
    before = [
        found(history, "captives", event=name).obligations[0].certainty for name in ("deal", "done", "no")
    ]
    assert before == ["", "claimed", "disputed"]
    assert (owed(history)["captives"].certainty, owed(history)["captives"].state) == ("certified", "met")


def test_a_breach_is_alleged_until_somebody_verifies_it_and_may_be_denied():
    history = talk(f"""
    {DEAL}
    - {{id: broken, kind: violate, by: south, of: [deal/captives], alleged-by: north}}
    - {{id: no, kind: deny, by: south, of: broken}}
    - {{id: seen, kind: certify, by: monitors, of: broken}}
    """)
    assert found(history, "captives", event="no").performance == "breach alleged"
    assert after(history, "no").talks.breaches["broken"].denied_by == ("south",)
    assert found(history, "captives").performance == "breach verified"


def test_compliance_is_undisputed_disputed_or_broken():
    history = talk(f"""
    {DEAL}
    - {{id: broken, kind: violate, by: south, of: deal/captives}}
    - {{id: seen, kind: certify, by: monitors, of: broken}}
    """)
    assert [after(history, name).complies("south", "deal") for name in ("deal", "broken", "seen")] == [
        True,
        None,
        False,
    ]


def test_an_attribution_is_noted_at_the_incident():
    history = talk("""
    - {id: blast, kind: incident, place: pier}
    - {id: blame, kind: attribute, by: north, of: blast, to-whom: south}
    """)
    assert after(history).talks.reactions["blast"][0].kind == "attribute to south"


def test_performing_needs_something_owed():
    history = talk(f"""
    {DEAL}
    - {{id: stop, kind: undertake, by: north, terms: {{truce: in force}}}}
    - {{id: walk, kind: meet}}
    - {{id: fine, kind: implement, by: south, of: [deal, captives, stop, stop/truce]}}
    - {{id: lost, kind: implement, by: south, of: walk}}
    """)
    assert (codes(history, "fine"), codes(history, "lost")) == ((), ("N608",))


def test_quiet_is_counted_from_the_last_trouble_on_record():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1, only-if: quiet for 5 days}
    - {id: blast, kind: incident, date: 2031-03-06}
    - {id: older, kind: incident, date: 2031-03-04}
    - {id: wrong, kind: retract, of: blast, date: 2031-03-10}
    """)
    assert found(history, "roads", "2031-03-10", "older").consent.state == "open"
    assert found(history, "roads", "2031-03-10").consent.state == "agreed"


def test_a_joint_undertaking_is_taken_back_by_all_who_gave_it():
    history = talk("""
    - {id: both, kind: undertake, by: [north, south], terms: {truce: in force}}
    - {id: alone, kind: undertake, by: north, terms: {roads: open}}
    - {id: one-less, kind: withdraw, by: north, of: both}
    - {id: with-another, kind: withdraw, by: [north, south], of: alone}
    - {id: all, kind: withdraw, by: [north, south], of: both}
    """)
    given = {
        event: {one.event: one.recanted_by for one in after(history, event).talks.undertakings.values()}
        for event in ("one-less", "with-another", "all")
    }
    assert given["one-less"] == {"both": None, "alone": None}
    assert given["with-another"] == {"both": None, "alone": "with-another"}
    assert given["all"] == {"both": "all", "alone": "with-another"}
