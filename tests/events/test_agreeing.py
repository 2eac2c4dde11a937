"""Parties bind themselves: the ladder, capacities, arbiters, and what is agreed again."""

from terms.core.header import Text
from terms.ground.words import FrozenWords
from tests.core.talk import after, codes, consent, found, state, status, talk

ACCORD = Text("accord", parties=("north", "south"), binds_by="signature")
TABLED = "- {id: v1, kind: propose, by: mediator, form: bridging, text: accord, terms: {roads: open}}"


def test_all_who_agree_are_bound_to_one_version():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: open}, order: [vote before harvest]}
    """)
    assert (state(history, "roads"), consent(history, "roads").version) == ("agreed", "deal")
    assert after(history).talks.orders["deal/o1"].agreed


def test_agreeing_by_name_binds_to_what_was_tabled_and_picks_an_option():
    history = talk("""
    - {id: memo, kind: propose, by: mediator, form: bridging, one-of: {a: {roads: open}, b: {roads: closed}}}
    - {id: no-1, kind: reject, by: south, of: memo/a}
    - {id: deal, kind: agree, by: [north, south], of: [memo/a, lost]}
    """)
    assert consent(history, "roads").version == "memo/a"
    assert after(history).talks.versions["memo"].chosen == "a"
    assert set(after(history).talks.refusals) == set()
    assert codes(history, "deal") == ("N601",)


def test_agreed_in_principle_is_not_agreed():
    history = talk("""
    - {id: memo, kind: propose, by: mediator, form: bridging, terms: {aid: 3 trucks/day}}
    - {id: deal, kind: agree, by: [north, south], terms: {roads: open}, of: memo, in-principle: yes}
    """)
    assert (state(history, "roads"), state(history, "aid")) == ("agreed in principle", "agreed in principle")


def test_ad_referendum_settles_the_text_and_acceptance_binds():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: open}, ad-referendum: yes}
    - {id: yes-1, kind: accept, by: north, of: deal}
    - {id: yes-2, kind: accept, by: south, of: deal}
    """)
    settled = consent(history, "roads", "yes-1")
    assert (settled.state, settled.reason) == (
        "agreed in principle",
        "the text is settled; the act that binds is missing",
    )
    assert state(history, "roads") == "agreed"


def test_the_act_that_binds_may_differ_by_party():
    text = Text("accord", parties=("north", "south"), binds_by=FrozenWords({"south": "ratification"}))
    history = talk(f"""
    {TABLED}
    - {{id: yes-n, kind: accept, by: north, of: accord}}
    - {{id: sig-s, kind: sign, by: south, of: accord}}
    - {{id: rat-s, kind: ratify, by: south, of: accord}}
    """, texts=(text,))  # fmt: skip
    early = consent(history, "roads", "sig-s")
    assert (early.missing, early.reason[:14]) == (("south",), "the text is se")
    assert state(history, "roads") == "agreed"


def test_an_unknown_act_in_binds_by_asks_for_acceptance():
    history = talk(f"""
    {TABLED}
    - {{id: yes-n, kind: accept, by: [north, south], of: accord}}
    """, texts=(Text("accord", parties=("north", "south"), binds_by="handshake"),))  # fmt: skip
    assert state(history, "roads") == "agreed"
    settled = talk(f"""
    {TABLED}
    - {{id: seal-n, kind: initial, by: [north, south], of: accord}}
    """, texts=(Text("accord", parties=("north", "south"), binds_by="handshake"),))  # fmt: skip
    assert state(settled, "roads") == "agreed in principle"


def test_what_is_agreed_in_one_text_leaves_what_is_agreed_in_another():
    """A term may stand in several; the end of the later one leaves the earlier one as it was."""
    history = talk("""
    - {id: a1, kind: agree, by: [north, south], text: accord, terms: {roads: open}}
    - {id: a2, kind: agree, by: [north, south], text: annex, terms: {roads: closed}}
    - {id: end, kind: terminate, by: north, of: annex}
    """, texts=tuple(Text(name, parties=("north", "south")) for name in ("accord", "annex")))  # fmt: skip
    assert consent(history, "roads", "a2").version == "a2"
    assert (state(history, "roads"), consent(history, "roads").version) == ("agreed", "a1")


def test_witnesses_and_observers_bind_nobody_and_refusing_frees_nobody():
    history = talk(f"""
    {TABLED}
    - {{id: sig-n, kind: sign, by: north, of: accord}}
    - {{id: sig-s, kind: sign, by: south, of: accord, capacity: takes-note}}
    - {{id: seen, kind: witness, by: league, of: accord}}
    - {{id: surety, kind: guarantee, by: east, of: accord}}
    - {{id: never, kind: refuse-to-sign, by: north, of: accord}}
    """, texts=(ACCORD,))  # fmt: skip
    assert consent(history, "roads").between == ("north",)
    assert [mark.kind for mark in after(history).talks.lives["accord"]] == [
        "sign", "sign as takes-note", "witness", "guarantee", "refuse-to-sign",
    ]  # fmt: skip


def test_part_of_a_delegation_binds_the_signers_alone():
    history = talk(f"""
    {TABLED}
    - {{id: sig-s, kind: sign, by: south, of: accord, capacity: part-of-delegation, signers: [league, colonel]}}
    """, texts=(ACCORD,))  # fmt: skip
    assert (status(history, "south", "roads"), status(history, "league", "roads")) == ("silent", "accepted")


def test_a_text_counts_as_signed_when_its_parties_signed_as_parties():
    history = talk(f"""
    {TABLED}
    - {{id: sig-n, kind: sign, by: north, of: accord}}
    - {{id: part, kind: sign, by: south, of: accord, capacity: part-of-delegation}}
    - {{id: sig-s, kind: sign, by: south, of: accord}}
    """, texts=(ACCORD,))  # fmt: skip
    assert after(history, "part").happened("accord.signed") is None
    assert str(after(history).happened("accord.signed")) == "2031-03-04"


def test_joining_a_text_binds_whatever_the_text_asks_for():
    history = talk(f"""
    {TABLED}
    - {{id: join, kind: accede, by: league, of: accord, only: [roads]}}
    - {{id: ini-n, kind: initial, by: north, of: accord}}
    """, texts=(ACCORD,))  # fmt: skip
    assert after(history).talks.cell("league", "roads").bound[0].rung == 2
    assert after(history).talks.cell("north", "roads").bound[0].rung == 1


def test_an_arbiter_binds_whoever_agreed_to_the_arbitration():
    history = talk("""
    - {id: submit, kind: agree, by: [north, south], terms: {border: to be ruled}, judged-by: monitors}
    - {id: award, kind: propose, by: monitors, form: bridging, terms: {roads: open}}
    - {id: ruled, kind: sign, by: monitors, of: award, capacity: arbiter}
    """)
    assert consent(history, "roads").between == ("north", "south")


def test_a_clause_or_a_condition_may_name_the_arbiter():
    clause = talk("""
    - {id: submit, kind: agree, by: [north, south], terms: {border: {is: to be ruled, judged-by: monitors}}}
    - {id: award, kind: propose, by: monitors, form: bridging, terms: {roads: open}}
    - {id: ruled, kind: decide, body: monitors, of: award, outcome: approve}
    """)
    condition = talk("""
    - {id: v1, kind: propose, by: north, terms: {border: as ruled}}
    - {id: yes-1, kind: accept, by: south, of: v1, only-if: vote, judged-by: [monitors, league]}
    - {id: award, kind: propose, by: monitors, form: bridging, terms: {roads: open}}
    - {id: ruled, kind: decide, body: monitors, of: award, outcome: approve}
    """)
    assert state(clause, "roads") == "agreed"
    assert consent(condition, "roads").between == ("south",)


def test_agreeing_again_keeps_the_first_date_and_counts():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: open}}
    - {id: again, kind: agree, by: [north, south], terms: {roads: open}}
    - {id: more, kind: agree, by: [north, south], terms: {roads: open, aid: 3 trucks/day}}
    """)
    assert (consent(history, "roads").version, consent(history, "aid").version) == ("deal", "more")
    assert found(history, "roads").life.reaffirmed == 2


def test_agreeing_the_same_amount_in_another_unit_is_agreeing_again():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {aid: 3 trucks/day}}
    - {id: again, kind: agree, by: [north, south], terms: {aid: 21 trucks/week}}
    """)
    assert (consent(history, "aid").version, found(history, "aid").life.reaffirmed) == ("deal", 1)


def test_agreed_in_other_words_is_a_new_agreement():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {roads: open}}
    - {id: other, kind: agree, by: [north, south], terms: {roads: closed}}
    """)
    assert consent(history, "roads").version == "other"


def test_agreed_that_each_keeps_its_own_is_agreed_to_differ():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], terms: {border: {each: {north: ridge, south: river}}}}
    """)
    assert state(history, "border") == "agreed to differ"


def test_a_formal_act_needs_something_to_stand_on_that_is_still_there():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: v2, kind: propose, by: north, terms: {aid: 3 trucks/day}, expires: 2031-03-02}
    - {id: back, kind: withdraw, by: north, of: v1}
    - {id: sig-0, kind: sign, by: south, of: [lost, letter]}
    - {id: sig-1, kind: sign, by: south, of: v1}
    - {id: sig-2, kind: sign, by: south, of: v2}
    """, texts=(Text("letter"),))  # fmt: skip
    assert [codes(history, name) for name in ("sig-0", "sig-1", "sig-2")] == [("N601",), ("N602",), ("N613",)]
    assert status(history, "south", "roads") == "silent"


def test_what_is_off_the_table_does_not_keep_the_rest_from_being_signed():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: v2, kind: propose, by: north, terms: {aid: 3 trucks/day}}
    - {id: back, kind: withdraw, by: north, of: v1}
    - {id: sig-1, kind: sign, by: south, of: [v1, v2]}
    """)
    assert (status(history, "south", "roads"), status(history, "south", "aid")) == ("silent", "accepted")


def test_accepting_again_what_one_signed_leaves_the_stronger_act():
    history = talk(f"""
    {TABLED}
    - {{id: sig-n, kind: sign, by: north, of: accord}}
    - {{id: yes-n, kind: accept, by: north, of: v1}}
    - {{id: sig-s, kind: sign, by: south, of: accord}}
    """, texts=(ACCORD,))  # fmt: skip
    [bound] = after(history).talks.cells["north", "roads", ""].bound
    assert (bound.event, state(history, "roads")) == ("sig-n", "agreed")


def test_packages_may_be_agreed_jointly():
    history = talk("""
    - {id: deal, kind: agree, by: [north, south], all-of: {roads: open, aid: 3 trucks/day}}
    """)
    assert (state(history, "roads"), state(history, "aid")) == ("agreed", "agreed")


def test_what_is_agreed_together_takes_the_place_of_what_was_agreed_before():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: yes-1, kind: accept, by: south, of: v1}
    - {id: anew, kind: agree, by: [north, south], terms: {roads: escorted}}
    """)
    talks = after(history).talks
    assert [[one.version for one in talks.cell(party, "roads").bound] for party in ("north", "south")] == [
        ["anew"], ["anew"],
    ]  # fmt: skip


def test_an_arbiter_that_signs_as_a_witness_binds_nobody():
    history = talk("""
    - {id: submit, kind: agree, by: [north, south], terms: {border: to be ruled}, judged-by: monitors}
    - {id: award, kind: propose, by: monitors, form: bridging, terms: {roads: open}}
    - {id: seen, kind: sign, by: monitors, of: award, capacity: witness}
    """)
    assert consent(history, "roads").between == ()


def test_an_arbiter_may_be_named_in_the_offer_and_in_the_acceptance():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {border: to be ruled}, judged-by: monitors}
    - {id: yes-1, kind: accept, by: south, of: v1, only-if: vote, judged-by: monitors}
    - {id: award, kind: propose, by: monitors, form: bridging, terms: {roads: open}}
    - {id: ruled, kind: sign, by: monitors, of: award, capacity: arbiter}
    """)
    assert consent(history, "roads").between == ("north", "south")


def test_a_package_of_which_a_part_is_only_settled_is_not_agreed():
    history = talk("""
    - {id: v1, kind: propose, by: mediator, form: bridging, text: accord, all-of: {roads: open, aid: 3 trucks/day}}
    - {id: yes, kind: accept, by: [north, south], of: v1}
    - {id: sig-1, kind: sign, by: [north, south], of: v1, only: [roads]}
    - {id: sig-2, kind: sign, by: [north, south], of: v1}
    """, texts=(ACCORD,))  # fmt: skip
    assert [state(history, "roads", name) for name in ("yes", "sig-1", "sig-2")] == [
        "agreed in principle", "agreed inside an unagreed package", "agreed",
    ]  # fmt: skip
