"""Acts in the life of what was agreed, and what they free the parties from."""

from terms.core.header import Text
from tests.core.talk import after, codes, consent, found, state, talk

DEAL = "- {id: deal, kind: agree, by: [north, south], text: accord, terms: {roads: open, aid: 3 trucks/day}}"
ACCORD = (Text("accord", parties=("north", "south")),)


def test_terminating_a_text_frees_everybody_from_its_terms():
    history = talk(f"""
    {DEAL}
    - {{id: end, kind: terminate, by: north, of: accord}}
    """, texts=ACCORD)  # fmt: skip
    assert consent(history, "roads").between == ()
    assert found(history, "roads").headline == "terminated"


def test_terminating_one_clause_leaves_the_rest():
    for reference in ("accord/roads", "deal/roads", "roads"):
        history = talk(f"""
        {DEAL}
        - {{id: end, kind: terminate, by: north, of: {reference}}}
        """, texts=ACCORD)  # fmt: skip
        assert (state(history, "aid"), consent(history, "roads").between) == ("agreed", ())


def test_terminating_an_amended_text_frees_from_clauses_it_kept():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}
    - {id: v2, kind: amend, by: north, of: v1, terms: {aid: 5 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v2}
    - {id: end, kind: terminate, by: south, of: v2}
    """)
    assert (consent(history, "roads").between, consent(history, "aid").between) == ((), ())


def test_an_ended_agreement_may_be_named_by_the_act_that_made_it():
    history = talk("""
    - {id: v1, kind: propose, by: mediator, form: bridging, terms: {roads: open}}
    - {id: deal, kind: agree, by: [north, south], of: v1}
    - {id: end, kind: terminate, by: south, of: deal}
    """)
    assert consent(history, "roads").between == ()


def test_superseding_ends_it_unless_the_later_text_has_the_term():
    history = talk(f"""
    {DEAL}
    - {{id: new, kind: agree, by: [north, south], text: treaty, terms: {{roads: closed}}}}
    - {{id: over, kind: supersede, by: [north, south], of: accord, with: treaty}}
    """, texts=(*ACCORD, Text("treaty", parties=("north", "south"))))  # fmt: skip
    assert found(history, "aid").headline == "superseded"
    assert (state(history, "roads"), consent(history, "roads").version) == ("agreed", "new")


def test_talking_again_after_the_end_is_a_new_negotiation():
    history = talk(f"""
    {DEAL}
    - {{id: end, kind: terminate, by: north, of: accord}}
    - {{id: fresh, kind: propose, by: south, text: accord, terms: {{roads: escorted}}}}
    - {{id: yes-1, kind: accept, by: north, of: fresh}}
    """, texts=ACCORD)  # fmt: skip
    assert found(history, "roads", event="fresh").headline == "open"
    assert found(history, "roads").headline == "agreed"


def test_what_an_act_of_life_names_must_have_been_agreed_or_declared():
    history = talk(f"""
    {DEAL}
    - {{id: walk, kind: meet, by: mediator}}
    - {{id: more, kind: extend, by: north, of: walk, lasts: +5 days}}
    - {{id: again, kind: resume, by: north, of: accord}}
    - {{id: stop, kind: suspend, by: north, of: accord}}
    - {{id: go, kind: resume, by: north, of: accord}}
    """, texts=ACCORD)  # fmt: skip
    assert [codes(history, name) for name in ("more", "again", "stop", "go")] == [
        ("N606",),
        ("N607",),
        (),
        (),
    ]


def test_an_expiry_somebody_states_is_a_statement():
    history = talk(f"""
    {DEAL}
    - {{id: begun, kind: enter-into-force, of: accord}}
    - {{id: over, kind: expire, by: south, of: accord}}
    """, texts=ACCORD)  # fmt: skip
    assert found(history, "roads").life.state == "in force"
    assert after(history).talks.lives["accord"][-1].kind == "expire"


def test_an_act_upon_what_was_never_agreed_needs_at_least_a_declared_name():
    names = ("accord", "roads", "vote", "nothing")
    acts = "".join(
        f"    - {{id: end-{place}, kind: terminate, by: north, of: {name}}}\n"
        for place, name in enumerate(names)
    )
    history = talk(acts, texts=ACCORD)
    assert [codes(history, f"end-{place}") for place in range(4)] == [(), (), (), ("N606",)]


def test_what_was_suspended_is_resumed_once_for_each_suspension():
    history = talk(f"""
    {DEAL}
    - {{id: pause-1, kind: suspend, by: north, of: accord}}
    - {{id: go-1, kind: resume, by: north, of: accord}}
    - {{id: pause-2, kind: suspend, by: south, of: accord}}
    - {{id: go-2, kind: resume, by: south, of: accord}}
    - {{id: go-3, kind: resume, by: south, of: accord}}
    """, texts=ACCORD)  # fmt: skip
    assert [codes(history, f"go-{number}") for number in (1, 2, 3)] == [(), (), ("N607",)]
