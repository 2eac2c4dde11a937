"""Rival accounts of one occurrence or one declared fact: one is read, the others stay answerable."""

from hypothesis import given
from msgspec.structs import replace

from terms.core.accounts import Choice
from terms.core.header import Party
from terms.ground.words import freeze
from terms.testing.laws import correction_is_as_if_written_so
from terms.testing.strategies import histories
from tests.core.talk import HEADER, after, codes, consent, state, status, talk

PIER = """
    - {id: pier-1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}, account-of: pier, quote: as heard}
    - {id: pier-2, kind: propose, by: south, account-of: pier, differs: {by: south, roads: closed}, source: R2}
"""


def test_a_rival_account_gives_only_what_differs():
    history = talk(PIER).seen(prefer=("R2",))
    cell = after(history).talks.cell("south", "roads")
    assert (cell.stance.value.words, status(history, "south", "aid")) == ("closed", "proposed")
    assert status(history, "north", "roads") == "silent"


def test_what_belongs_to_the_telling_is_not_taken_from_the_first_account():
    history = talk(PIER)
    read = history.under(history.rivals[0])
    folded = [event for event in read.events if event.id == "pier-2"]
    assert (folded[0].quote, str(folded[0].date)) == (None, "2031-03-02")


def test_a_rival_may_differ_in_kind_and_in_several_terms():
    history = talk("""
    - {id: pier-1, kind: propose, by: north, terms: {roads: open}, form: demand, account-of: pier}
    - {id: pier-2, kind: state, by: north, account-of: pier, differs: {kind: state, terms: {aid: 3 trucks/day}}, source: R2}
    """).seen(prefer=("R2",))
    assert (status(history, "north", "roads"), status(history, "north", "aid")) == ("proposed", "proposed")
    assert consent(history, "roads").between == ()


def test_an_account_may_say_that_it_did_not_happen():
    history = talk("""
    - {id: pier-1, kind: propose, by: north, terms: {roads: open}, account-of: pier}
    - {id: never, kind: claim, by: south, that: {not-done: north, of: pier}, account-of: pier, account: did not happen}
    - {id: yes-1, kind: accept, by: south, of: pier}
    """)
    rival = history.under(history.rivals[0])
    assert (state(history, "roads"), state(rival, "roads")) == ("agreed", "not raised")
    assert codes(rival, "yes-1") == ("N601",)


def test_events_of_one_account_stand_or_fall_together():
    history = talk("""
    - {id: a1, kind: propose, by: north, terms: {roads: open}, account-of: pier, account: a}
    - {id: b1, kind: propose, by: south, terms: {roads: closed}, account-of: pier, account: b, source: R2}
    - {id: a2, kind: propose, by: north, terms: {aid: 3 trucks/day}, account-of: pier, account: a}
    """)
    rival = history.under(Choice("pier", "b"))
    assert (status(history, "north", "aid"), status(history, "south", "roads")) == ("proposed", "silent")
    assert (status(rival, "north", "aid"), status(rival, "south", "roads")) == ("silent", "proposed")
    assert history.rivals == (Choice("pier", "b", ("R2",)),)


def test_an_unknown_preference_leaves_the_first_account_in_use():
    history = talk(PIER).seen(prefer=("R9",), choices=(Choice("pier", "lost"), Choice("other", "1")))
    assert status(history, "north", "roads") == "proposed"


INNER = """
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}
    - {id: answer, kind: accept, by: south, of: v1, reservations: {r1: by day}, accounts: [
        {source: R2 p.3, with: {kind: reject, only: [roads]}}, {source: R9, with: {note: coldly}}, {source: R8}]}
"""


def test_an_inner_account_may_change_any_field_even_the_kind():
    history = talk(INNER)
    rival = history.under(history.rivals[0])
    assert history.rivals == (Choice("answer", "1", ("R2 p.3",)),)
    assert (status(history, "south", "roads"), status(rival, "south", "roads")) == ("reserved", "rejected")
    assert rival.rivals == (Choice("answer", "0", ("R1",)),)


def test_a_preferred_source_reads_its_own_inner_account():
    history = talk(INNER)
    assert status(history.seen(prefer=("R7", "R2")), "south", "roads") == "rejected"
    assert status(history.seen(prefer=("R1", "R2")), "south", "roads") == "reserved"
    assert status(history.seen(prefer=("R8",)), "south", "roads") == "reserved"


def test_a_source_s_own_account_is_read_even_where_the_event_cites_it_too():
    history = talk(INNER.replace("by: south, of: v1,", "by: south, of: v1, source: [R1, R2],"))
    assert status(history, "south", "roads") == "reserved"
    assert status(history.seen(prefer=("R2",)), "south", "roads") == "rejected"


def test_an_inner_account_that_makes_no_event_is_left_out():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}, accounts: {source: R2, with: {kind: dance}}}
    """)
    assert status(history.seen(prefer=("R2",)), "north", "roads") == "proposed"


def test_correcting_an_account_that_is_not_in_use_waits_for_its_use():
    history = talk(PIER + "    - {id: fix, kind: correct, of: pier-2, with: {terms: {roads: escorted}}}\n")
    rival = history.under(Choice("pier", "pier-2"))
    assert status(history, "south", "roads") == "silent"
    assert after(rival).talks.cell("south", "roads").stance.value.words == "escorted"


def test_each_account_of_a_consent_can_be_read():
    told = freeze([{"source": "R1", "consent": "league"}, {"source": "R2", "consent": ["league", "north"]}])
    terms = (replace(HEADER.terms[0], accounts=told), *HEADER.terms[1:])
    history = talk(
        "- {id: v1, kind: propose, by: south, terms: {roads: open}}", header=replace(HEADER, terms=terms)
    )
    needed = {
        place: history.under(Choice("term roads", str(place))).header.term["roads"].consent
        for place in (1, 2)
    }
    assert needed == {1: ("league",), 2: ("league", "north")}


def test_roles_and_consents_have_accounts_too():
    parties = (*HEADER.parties[:1], replace(HEADER.parties[1], accounts=freeze([{"source": "R2", "role": "belligerent"}])), *HEADER.parties[2:])  # fmt: skip
    terms = (*HEADER.terms[:1], replace(HEADER.terms[1], accounts=freeze({"source": "R2", "consent": "north"})), *HEADER.terms[2:])  # fmt: skip
    history = talk(
        """
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [roads]}
    """,
        header=replace(HEADER, parties=parties, terms=terms),
    )
    rivals = {choice.of: choice for choice in history.rivals}
    third = history.under(rivals["party league"])
    alone = history.under(rivals["term aid"])
    assert (state(history, "roads"), consent(third, "roads").missing) == ("agreed", ("league",))
    assert (state(history, "aid"), state(alone, "aid")) == ("one-sided", "agreed")
    assert state(third.under(Choice("party league", "0")), "roads") == "agreed"
    assert history.seen(prefer=("R2",)).header.party["league"].role == "belligerent"


def test_an_account_of_a_role_that_no_party_can_have_is_left_out():
    parties = (Party("north", "North", "belligerent", accounts=freeze([{"source": "R2", "role": "wizard"}])),)
    history = talk("[]", header=replace(HEADER, parties=parties)).seen(prefer=("R2",))
    assert history.header.party["north"].role == "belligerent"


@given(history=histories())
def test_a_reading_under_a_rival_account_is_the_history_folded_anew(history):
    for choice in history.rivals:
        quick, whole = history.under(choice), history.seen(choices=(choice,))
        assert [(step.after, step.objections) for step in quick] == [
            (step.after, step.objections) for step in whole
        ]


def test_a_rival_account_that_takes_something_back_does_so_once_it_is_in_use():
    history = talk("""
    - {id: offer, kind: propose, by: north, terms: {roads: open}}
    - {id: pier-1, kind: propose, by: south, terms: {roads: closed}, account-of: pier}
    - {id: pier-2, kind: retract, of: offer, why: never said, account-of: pier}
    - {id: later, kind: state, by: south, that: so}
    """)
    (choice,) = history.rivals
    quick, whole = history.under(choice), history.seen(choices=(choice,))
    assert [step.after for step in quick] == [step.after for step in whole]
    assert quick.as_read("offer") is None
    assert status(quick, "north", "roads") == "silent"


def test_once_the_account_in_use_is_retracted_its_rival_is_and_back_again():
    history = talk("""
    - {id: pier-1, kind: propose, by: north, terms: {roads: open}, account-of: pier}
    - {id: pier-2, kind: propose, by: south, to: [north], terms: {roads: closed}, account-of: pier, channel: private}
    - {id: other, kind: propose, by: south, terms: {aid: 3 trucks/day}, account-of: quay}
    - {id: out, kind: retract, of: pier-1}
    - {id: met, kind: meet}
    - {id: in-again, kind: retract, of: out}
    """)
    said = [
        (status(history, "north", "roads", name), status(history, "south", "roads", name))
        for name in ("other", "out", "met", "in-again")
    ]
    first, second = ("proposed", "silent"), ("silent", "proposed")
    assert said == [first, second, second, first]
    assert history[2].after.hidden["pier-2"].knowers == {"north", "south"}
    assert history.last.hidden["pier-2"].knowers == {"north", "south"}
    correction_is_as_if_written_so(history)


def test_an_account_told_after_the_one_in_use_was_retracted_is_the_one_in_use():
    history = talk("""
    - {id: pier-1, kind: propose, by: north, terms: {roads: open}, account-of: pier}
    - {id: out, kind: retract, of: pier-1}
    - {id: pier-2, kind: propose, by: south, terms: {roads: closed}, account-of: pier}
    """)
    assert status(history, "south", "roads") == "proposed"
    correction_is_as_if_written_so(history)


def test_a_correction_of_an_account_that_is_not_in_use_holds_once_it_is():
    history = talk("""
    - {id: pier-1, kind: propose, by: north, terms: {roads: open}, account-of: pier}
    - {id: pier-2, kind: propose, by: south, terms: {roads: closed}, account-of: pier}
    - {id: fix, kind: correct, of: pier-2, with: {terms: {roads: escorted}}}
    - {id: out, kind: retract, of: pier-1}
    - {id: in-again, kind: retract, of: out}
    - {id: fix-2, kind: correct, of: pier-2, with: {terms: {roads: open}}}
    - {id: out-again, kind: retract, of: pier-1}
    """)
    cells = [step.after.cell("south", "roads") for step in history]
    words = [cell and cell.stance and cell.stance.value.words for cell in cells]
    assert words == [None, None, None, "escorted", None, None, "open"]
    assert history.as_read("pier-2", 4).words()["terms"] == {"roads": "escorted"}
    correction_is_as_if_written_so(history)


def test_an_account_that_was_retracted_while_it_was_not_in_use_does_not_come_into_use():
    history = talk("""
    - {id: pier-1, kind: propose, by: north, terms: {roads: open}, account-of: pier}
    - {id: pier-2, kind: propose, by: south, terms: {roads: closed}, account-of: pier}
    - {id: pier-3, kind: propose, by: south, terms: {roads: escorted}, account-of: pier}
    - {id: gone, kind: retract, of: pier-2}
    - {id: out, kind: retract, of: pier-1}
    - {id: back, kind: retract, of: gone}
    - {id: met, kind: meet}
    """)
    cells = [step.after.cell("south", "roads") for step in history]
    assert [cell and cell.event for cell in cells] == [None, None, None, None, "pier-3", "pier-2", "pier-2"]
    assert [history.as_read("pier-2", steps) is None for steps in (3, 4, 5, 6)] == [False, True, True, False]
    correction_is_as_if_written_so(history)


def test_an_account_that_comes_back_while_another_is_in_use_is_not_folded_beside_it():
    history = talk("""
    - {id: pier-1, kind: propose, by: north, terms: {roads: open}, account-of: pier}
    - {id: pier-2, kind: propose, by: south, terms: {roads: closed}, account-of: pier}
    - {id: out, kind: retract, of: pier-1}
    - {id: out-2, kind: retract, of: pier-2}
    - {id: in-again, kind: retract, of: out}
    - {id: in-2, kind: retract, of: out-2}
    """)
    said = [
        (status(history, "north", "roads", one.id), status(history, "south", "roads", one.id))
        for one in history.events
    ]
    assert said[2:] == [
        ("silent", "proposed"),
        ("silent", "silent"),
        ("proposed", "silent"),
        ("proposed", "silent"),
    ]
    correction_is_as_if_written_so(history)
