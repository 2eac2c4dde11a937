"""Who learns of what, and that no position moves by it."""

from tests.core.talk import after, state, talk

SECRET = "- {id: v1, kind: propose, by: north, to: south, channel: private, terms: {roads: open, aid: 3 trucks/day}}"


def test_a_hand_over_shares_what_was_hidden_with_those_who_get_it():
    history = talk(f"""
    {SECRET}
    - {{id: passed, kind: hand-over, by: south, to: [league], of: [v1, lost], channel: private}}
    - {{id: public, kind: propose, by: south, terms: {{roads: closed}}}}
    - {{id: copied, kind: hand-over, by: south, to: east, of: public, text: accord}}
    """)
    assert after(history).talks.hidden["v1"].knowers == {"north", "south", "league"}
    assert "v1" in history.seen_by("league")
    assert "v1" not in history.seen_by("east")


def test_a_leak_to_some_tells_those_and_nobody_else():
    history = talk(f"""
    {SECRET}
    - {{id: out, kind: leak, of: v1, to: league}}
    """)
    assert ("v1" in history.seen_by("league"), "v1" in history.seen_by("east")) == (True, False)


def test_a_leak_of_a_part_opens_that_part_however_it_is_named():
    for leak in ("of: v1, only: [roads]", "of: v1/roads"):
        history = talk(f"""
        {SECRET}
        - {{id: out, kind: leak, {leak}}}
        """)
        assert set(history.seen_by("east").event("v1").terms) == {"roads"}


def test_an_unknown_part_opens_no_terms():
    history = talk(f"""
    {SECRET}
    - {{id: out, kind: leak, of: v1/rumour}}
    """)
    assert set(history.seen_by("east").event("v1").terms) == set()


def test_parts_add_up_and_the_whole_comes_with_publication():
    history = talk(f"""
    {SECRET}
    - {{id: out-1, kind: leak, of: v1, only: [roads], to: league}}
    - {{id: out-2, kind: leak, of: v1, only: [aid]}}
    - {{id: out-3, kind: publish, of: [v1, lost]}}
    """)
    seen = history.seen_by("league")
    assert [sorted(event.terms) for event in seen.events if event.id == "v1"] == [
        ["roads"],
        ["aid", "roads"],
        ["aid", "roads"],
    ]
    assert set(seen.last.versions["v1"].clauses) == {"roads", "aid"}


def test_an_announcement_is_noted_and_is_no_acceptance():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: said, kind: announce, by: mediator, of: v1, that: {kind: accept, by: south, of: v1}}
    """)
    assert state(history, "roads") == "one-sided"
    assert after(history).talks.reactions["v1"][0].kind == "announce"


def test_a_leak_to_who_knew_already_changes_nothing():
    history = talk(f"""
    {SECRET}
    - {{id: out, kind: leak, of: v1, to: south}}
    """)
    assert history[1].after is history[1].before
