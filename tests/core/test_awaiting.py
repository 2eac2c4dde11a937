"""Whose act is still needed, and who holds to which of the versions on the table."""

from terms.core.awaiting import accepted_by, missing_consent
from tests.core.talk import after, consent, talk

RIVALS = """
- {id: n-1, kind: propose, by: north, terms: {roads: open}}
- {id: s-1, kind: propose, by: south, terms: {roads: closed}}
"""


def test_of_two_versions_neither_side_is_the_one_that_is_missing():
    history = talk(RIVALS)
    found = consent(history, "roads")
    assert missing_consent(after(history), found) == ("north", "south")
    assert accepted_by(after(history), found) == (("n-1", ("north",)), ("s-1", ("south",)))


def test_a_live_reservation_waits_for_the_others_and_leaves_the_acceptance():
    kept = "- {id: s-yes, kind: accept, by: south, of: n-1, reservations: {r1: {note: not at night}}}"
    history = talk(RIVALS.splitlines()[1] + f"\n{kept}")
    found = consent(history, "roads")
    assert missing_consent(after(history), found) == ("north",)
    assert accepted_by(after(history), found) == (("n-1", ("north", "south")),)


def test_what_was_taken_back_is_held_by_nobody():
    history = talk(RIVALS + "- {id: back, kind: withdraw, by: north, of: n-1}")
    assert accepted_by(after(history), consent(history, "roads")) == (("s-1", ("south",)),)


def test_an_acceptance_under_a_condition_that_its_author_spoke_against_before_it_held_is_held_by_nobody():
    history = talk(RIVALS.splitlines()[1] + """
    - {id: yes, kind: accept, by: south, of: n-1, only-if: vote}
    - {id: s-2, kind: propose, by: south, terms: {roads: closed}}
    """)  # fmt: skip
    found = consent(history, "roads")
    assert accepted_by(after(history), found) == (("n-1", ("north",)), ("s-2", ("south",)))


def test_once_it_is_agreed_nobody_is_missing():
    history = talk(RIVALS + "- {id: yes, kind: accept, by: south, of: n-1}")
    found = consent(history, "roads")
    assert (found.state, found.between) == ("agreed", ("north", "south"))
    assert (missing_consent(after(history), found), accepted_by(after(history), found)) == ((), ())


def test_the_word_of_others_is_asked_where_others_are_named():
    history = talk(RIVALS)
    found = consent(history, "roads")
    assert missing_consent(after(history), found, parties=["league", "north"]) == ("league",)


def test_the_word_of_others_is_asked_too_where_nobody_offered_anything():
    history = talk("""
    - {id: memo, kind: propose, by: mediator, form: bridging, terms: {roads: open}}
    - {id: read, kind: study, by: south, of: memo}
    """)
    found = consent(history, "roads")
    assert missing_consent(after(history), found) == ("north", "south")
    assert missing_consent(after(history), found, parties=["league", "north"]) == ("league", "north")
