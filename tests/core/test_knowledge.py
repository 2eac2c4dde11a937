"""What one party has seen, and what it never sees."""

from terms.core.knowledge import in_part
from terms.core.spelling import NOTHING
from tests.core.talk import day, status, talk, told

SECRET = """
    - {id: v1, kind: propose, by: north, to: south, via: mediator, present: [envoy], channel: private, terms: {roads: open}, quote: for your eyes, note: a secret, only-if: vote}
"""


def test_a_correction_of_a_secret_is_as_secret():
    history = talk(
        SECRET
        + """
    - {id: fix, kind: correct, of: v1, with: {terms: {roads: closed}}}
    - {id: out, kind: publish, of: v1}
    """
    )
    seen = history.seen_by("east")
    assert [event.id for event in seen.events] == ["v1", "out"]
    assert seen.last.cell("north", "roads").stance.value.words == "closed"
    assert [event.id for event in history.seen_by("south").events] == ["v1", "fix", "out"]


def test_a_secret_that_was_taken_out_is_opened_to_nobody():
    history = talk(
        SECRET
        + """
    - {id: wrong, kind: retract, of: v1}
    - {id: out, kind: publish, of: v1}
    """
    )
    assert [event.id for event in history.seen_by("east").events] == ["out"]


def test_knowledge_comes_at_the_step_and_not_before():
    history = talk(
        SECRET
        + """
    - {id: walk, kind: meet}
    - {id: out, kind: publish, of: v1}
    """
    )
    seen = history.seen_by("east")
    assert [event.id for event in seen.events] == ["walk", "v1", "out"]
    assert (status(seen, "north", "roads", "walk"), status(seen, "north", "roads")) == ("silent", "proposed")


def test_an_event_opened_in_part_shows_only_that_part():
    (event,) = told(SECRET)
    part = in_part(event, ("roads", "aid"))
    assert set(part.words()) == {"id", "date", "kind", "by", "channel", "form", "terms"} | {
        "whole",
        "severally",
    }
    assert dict(part.terms) == {"roads": "open"}


def test_an_answer_opened_in_part_answers_those_terms_alone():
    whole, some = told("""
    - {id: a1, kind: accept, by: south, of: v1}
    - {id: a2, kind: accept, by: south, of: v1, only: [aid, roads]}
    """)
    assert (in_part(whole, ("aid",)).only, in_part(some, ("aid", "truce")).only) == (("aid",), ("aid",))


def test_what_an_event_cannot_be_without_is_blank_in_part():
    passed, fixed, named = told("""
    - {id: h1, kind: hand-over, by: north, to: south}
    - {id: c1, kind: correct, of: v1, with: {note: secret}}
    - {id: r1, kind: rename, by: north, name: The Union}
    """)
    assert (in_part(passed, ()).to, in_part(fixed, ()).with_, in_part(named, ()).name) == (
        (),
        NOTHING,
        "The Union",
    )


def test_persons_count_for_their_party():
    history = talk("""
    - {id: v1, kind: propose, by: league, to: envoy, channel: private, terms: {roads: open}}
    - {id: v2, kind: propose, by: league, speaker: president, channel: private, terms: {roads: open}}
    """)
    assert history.last.hidden["v1"].knowers == {"league", "north"}
    assert history.last.hidden["v2"].knowers == {"league", "north"}


RIVALS = """
    - {id: v1, kind: propose, by: north, to: south, channel: private, account-of: talk, account: one, terms: {roads: open}}
    - {id: v2, kind: propose, by: north, to: mediator, channel: private, account-of: talk, account: two, terms: {roads: closed}}
"""


def test_a_secret_account_that_is_not_in_use_is_a_secret_too():
    history = talk(RIVALS)
    assert history[1].after.cell("north", "roads") == history[0].after.cell("north", "roads")
    assert {
        party: [event.id for event in history.seen_by(party).events]
        for party in ("east", "mediator", "north", "south")
    } == {"east": [], "mediator": ["v2"], "north": ["v1", "v2"], "south": ["v1"]}


def test_a_secret_account_that_is_not_in_use_joins_when_it_is_opened():
    history = talk(
        RIVALS
        + """
    - {id: out, kind: publish, of: v2}
    """
    )
    seen = history.seen_by("east")
    assert [event.id for event in seen.events] == ["v2", "out"]
    assert seen.last.cell("north", "roads").stance.value.words == "closed"


def test_a_secret_account_that_is_not_in_use_cannot_be_corrected_into_use():
    history = talk(
        RIVALS
        + """
    - {id: fix, kind: correct, of: v2, with: {terms: {aid: 3 trucks/day}}}
    - {id: wrong, kind: retract, of: v2}
    """
    )
    assert [event.id for event in history.seen_by("east").events] == []
    assert status(history, "north", "aid") == "silent"


PAPER = """
    - {id: v1, date: 2031-03~, kind: propose, by: north, to: mediator, channel: private, terms: {roads: open}}
    - {id: out, date: 2031-03-10, kind: leak, of: v1, to: [south]%s}
    - {id: late, date: 2031-04-20, kind: state, by: league}
"""


def seen(events: str, party: str) -> list[str]:
    """The events that a party had seen by the middle of March."""
    return [event.id for event in talk(events).seen(party=party, at=day("2031-03-15")).events]


def test_a_paper_of_a_vague_day_had_been_written_by_the_day_it_leaked():
    told_openly = PAPER % ""
    assert {party: seen(told_openly, party) for party in ("north", "mediator", "south", "league")} == {
        "north": ["v1", "out"], "mediator": ["v1", "out"], "south": ["v1", "out"], "league": ["out"],
    }  # fmt: skip
    assert [event.id for event in talk(told_openly).seen(at=day("2031-03-15")).events] == ["v1", "out"]


def test_a_leak_that_a_party_does_not_know_of_changes_nothing_of_what_it_sees():
    secret = PAPER % ", by: north, channel: private"
    assert (seen(secret, "mediator"), seen(secret, "league")) == ([], [])
    assert seen(secret, "south") == ["v1", "out"]
    gone = "\n".join(line for line in secret.splitlines() if "id: out" not in line)
    for party in ("mediator", "league"):
        assert seen(secret, party) == seen(gone, party)


def test_a_disclosure_dates_no_public_event_none_that_lies_ahead_and_none_after_the_day_asked():
    public = (PAPER % "").replace(", channel: private", "")
    ahead = (PAPER % "").replace("2031-03~", "2031-05~")
    late = (PAPER % "").replace("2031-03-10", "2031-03-20")
    assert [seen(events, "south") for events in (public, ahead, late)] == [["out"], ["out"], []]
    assert seen((PAPER % "").replace("2031-03~", "../2031-04-02"), "south") == ["v1", "out"]


def test_every_paper_that_is_published_opens_whichever_of_them_was_known():
    papers = "".join(
        f"""
    - {{id: v{number}, kind: propose, by: north, to: {to}, channel: private, terms: {{{term}: {words}}}}}"""
        for number, (to, term, words) in enumerate(
            [("south", "roads", "open"), ("league", "aid", "3 trucks/day"), ("south", "truce", "in force")]
        )
    )
    history = talk(papers + "\n    - {id: out, kind: publish, of: [v0, v1, v2]}\n")
    for party in ("east", "league", "south"):
        assert {event.id for event in history.seen_by(party).events} == {"v0", "v1", "v2", "out"}


TWICE_SEEN = """
    - {id: p1, account-of: pier, kind: propose, by: north, to: south, channel: private, terms: {roads: open, aid: 80 trucks/day}}
    - {id: bit, kind: leak, of: p1, only: [roads]}
    - {id: p2, account-of: pier, kind: propose, by: south, differs: {by: south, channel: public}, source: R2}
    - {id: out, kind: publish, of: p1}
    """


def cells_of(history, party):
    """The terms on which a party stands anywhere, by the last event folded."""
    return {
        event.id: sorted(term for who, term, _ in history.state(steps).cells if who == party)
        for steps, event in enumerate(history.events, 1)
    }


def test_an_account_opened_in_part_shows_only_that_part_until_the_rest_is_opened():
    seen = talk(TWICE_SEEN).seen_by("east")
    assert [sorted(event.terms) for event in seen.events if event.id == "p1"] == [["roads"], ["aid", "roads"]]
    known = cells_of(seen, "north")
    assert (known["bit"], known["p2"], known["out"]) == (["roads"], ["roads"], ["aid", "roads"])


def test_a_rival_that_gives_only_what_differs_says_no_more_than_what_is_known_of_the_first_account():
    known = cells_of(talk(TWICE_SEEN).seen(party="east", prefer=("R2",)), "south")
    assert (known["p2"], known["out"]) == (["roads"], ["aid", "roads"])
