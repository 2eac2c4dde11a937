"""What the record says about itself: corrected, taken out, judged."""

from tests.core.talk import after, codes, state, status, talk

OFFER = "- {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}"


def test_a_correction_counts_from_its_step_on():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    - {{id: fix, kind: correct, of: yes-1, with: {{by: league}}, why: misheard}}
    """)
    assert (state(history, "roads", "yes-1"), state(history, "roads")) == ("agreed", "one-sided")
    assert (history.as_read("yes-1", 2).by, history.as_read("yes-1").by) == (("south",), ("league",))


def test_a_correction_merges_terms_and_may_change_the_kind():
    history = talk(f"""
    {OFFER}
    - {{id: fix, kind: correct, of: v1, with: {{terms: {{aid: 5 trucks/day}}}}}}
    - {{id: yes-1, kind: accept, by: south, of: v1, reservations: {{r1: by day}}}}
    - {{id: fix-2, kind: correct, of: yes-1, with: {{kind: reject}}}}
    """)
    assert after(history).talks.cell("north", "aid").stance.value.words == "5 trucks/day"
    assert status(history, "south", "roads") == "rejected"


def test_a_retraction_takes_the_entry_out():
    history = talk(f"""
    {OFFER}
    - {{id: out, kind: retract, of: v1}}
    """)
    assert status(history, "north", "roads") == "silent"
    assert history.as_read("v1") is None


def test_a_corrected_correction_reads_as_the_last_one_says():
    history = talk(f"""
    {OFFER}
    - {{id: fix, kind: correct, of: v1, with: {{by: south}}}}
    - {{id: fix-2, kind: correct, of: fix, with: {{with: {{by: league}}}}}}
    """)
    assert (status(history, "south", "roads", "fix"), status(history, "south", "roads")) == (
        "proposed",
        "silent",
    )
    assert status(history, "league", "roads") == "proposed"


def test_a_retracted_correction_changes_nothing_any_more():
    history = talk(f"""
    {OFFER}
    - {{id: fix, kind: correct, of: v1, with: {{by: south}}}}
    - {{id: out, kind: retract, of: fix}}
    """)
    assert (status(history, "north", "roads"), status(history, "south", "roads")) == ("proposed", "silent")


def test_a_retracted_retraction_puts_the_entry_back_in_its_place():
    history = talk(f"""
    {OFFER}
    - {{id: out, kind: retract, of: v1}}
    - {{id: v2, kind: propose, by: north, terms: {{roads: closed}}}}
    - {{id: back, kind: retract, of: out}}
    """)
    assert after(history).talks.cell("north", "roads").stance_event == "v2"
    assert "v1" in after(history).talks.versions


def test_a_correction_that_fits_no_event_leaves_the_entry_as_it_was():
    history = talk(f"""
    {OFFER}
    - {{id: fix, kind: correct, of: [v1, lost], with: {{colour: blue}}}}
    - {{id: fix-2, kind: correct, of: v1, with: {{kind: dance}}}}
    """)
    assert history.as_read("v1") == history.event("v1")


def test_a_judgement_compares_two_wordings():
    history = talk("""
    - {id: j1, kind: judge, relation: same-as, a: at once, b: immediately}
    - {id: j2, kind: judge, relation: contradicts, of: [roads, aid]}
    - {id: j3, kind: judge, relation: entails, a: at once}
    - {id: j4, kind: judge, relation: same-as, of: [roads, aid, truce]}
    """)
    assert [one[:3] for one in after(history).talks.judgements] == [
        ("same-as", "at once", "immediately"), ("contradicts", "roads", "aid"),
    ]  # fmt: skip
    assert [codes(history, name) for name in ("j1", "j2", "j3", "j4")] == [(), (), ("N610",), ("N610",)]
