"""What a party is shown of events that speak of things it does not know, and what of the header it can know of."""

import pytest

from terms.core.event import read_event
from terms.core.header import Header, Party
from terms.core.history import History
from terms.core.pruning import declared_to, named_by, names_in
from terms.core.undisclosed import UNDISCLOSED, Sight, names_in_logic
from terms.records import read_text
from terms.records.files import read_record
from tests.told import HEAD, told

PAPER = (
    "id: paper, kind: propose, by: north, to: mediator, channel: private, terms: {roads: open, captives: 5}"
)
OPEN = "id: n-open, kind: propose, by: north, terms: {pullback: 30 km}"


def seen(*events, party="south"):
    """What a party is shown of the last event of a record in which it does not know of `paper`."""
    return told(PAPER, OPEN, *events).seen_by(party).events[-1].words()


@pytest.mark.parametrize(("said", "shown"), [
    ("kind: reject, by: mediator, of: [paper, n-open]", {"of": [UNDISCLOSED, "n-open"]}),
    ("kind: accept, by: mediator, of: paper/roads", {"of": UNDISCLOSED}),
    ("kind: state, by: north, about: [paper, roads]", {"about": [UNDISCLOSED, "roads"]}),
    ("kind: claim, by: north, that: {kind: accept, by: mediator, of: paper}",
     {"that": {"kind": "accept", "by": "mediator", "of": UNDISCLOSED}}),
    ("kind: judge, relation: same-as, a: paper, b: n-open", {"a": UNDISCLOSED, "b": "n-open"}),
    ("kind: accept, by: south, of: n-open, only-if: {any-of: [mediator accepts paper, not paper, quiet for 5 days]}",
     {"only-if": {"any-of": ["mediator accepts undisclosed", "not undisclosed", "quiet for 5 days"]}}),
    ("kind: accept, by: south, of: n-open, only-if: 'any of [mediator complies with paper, mediator certifies paper]'",
     {"only-if": "any of [mediator complies with undisclosed, mediator certifies undisclosed]"}),
    ("kind: accept, by: south, of: n-open, only-if: {happening: paper, by: {earliest-of: [vote.held, 5 days after paper]}}",
     {"only-if": {"happening": UNDISCLOSED, "by": {"earliest-of": ["vote.held", "5 days after undisclosed"]}}}),
    ("kind: accept, by: south, of: n-open, only-if: {text: paper is burnt}", {"only-if": {"text": "paper is burnt"}}),
    ("kind: state, by: north, order: {o1: paper not-during talks, o2: vote.held before paper}",
     {"order": {"o1": "undisclosed not-during talks", "o2": "vote.held before undisclosed"}}),
    ("kind: plan, of: vote.held, planned: 5 days after paper", {"planned": "5 days after undisclosed"}),
    ("kind: propose, by: north, terms: {pullback: same as paper}", {"terms": {"pullback": "unpublished"}}),
    ("kind: propose, by: north, terms: {pullback: same as n-open}", {"terms": {"pullback": "same as n-open"}}),
    ("kind: propose, by: north, terms: {pullback: {same-as: paper}}", {"terms": {"pullback": {"same-as": UNDISCLOSED}}}),
    ("kind: propose, by: north, terms: {pullback: {is: 3 km, due: 5 days after paper, note: as in paper}}",
     {"terms": {"pullback": {"is": "3 km", "due": "5 days after undisclosed", "note": "as in paper"}}}),
    ("kind: propose, by: north, terms: {truce: {is: in force, otherwise: paper.void}}",
     {"terms": {"truce": {"is": "in force", "otherwise": "undisclosed"}}}),
    ("kind: propose, by: north, terms: {truce: {is: in force, otherwise: none}}",
     {"terms": {"truce": {"is": "in force", "otherwise": "none"}}}),
    ("kind: propose, by: north, terms: {handover: 5 days after paper}", {"terms": {"handover": "unpublished"}}),
    ("kind: propose, by: north, terms: {handover: 5 days after n-open}", {"terms": {"handover": "5 days after n-open"}}),
    ("kind: propose, by: north, one-of: {x: {handover: {is: 5 days after paper.done, note: so}}, y: {pullback: 3 km}}",
     {"one-of": {"x": {"handover": {"is": "unpublished", "note": "so"}}, "y": {"pullback": "3 km"}}}),
    ("kind: propose, by: north, terms: {pullback: 3 km}, for: {roads: open}", {"for": {"roads": "open"}}),
    ("kind: propose, by: north, terms: {handover: 5 days after last}", {"terms": {"handover": "5 days after last"}}),
    ("kind: propose, by: north, terms: {pullback: 3 km}, expires: 5 days after last", {"expires": "5 days after last"}),
    ("kind: propose, by: north, terms: {pullback: 3 km}, x-from: paper", {"x-from": "paper"}),
], ids=str)  # fmt: skip
def test_a_reference_that_leads_nowhere_is_undisclosed(said, shown):
    words = seen(f"id: last, {said}")
    assert {key: words[key] for key in shown} == shown


def test_whoever_knows_the_paper_reads_the_event_as_it_stands():
    history = told(PAPER, "id: no, kind: reject, by: mediator, of: paper")
    assert history.seen_by("mediator").events == history.events
    assert history.seen_by("mediator").events[1] is history.events[1]


def test_what_is_undisclosed_is_disclosed_from_the_step_on_at_which_it_is_known():
    answers = [f"id: no-{n}, kind: reject, by: mediator, of: paper" for n in (1, 2)]
    history = told(PAPER, answers[0], "id: out, kind: publish, of: paper", answers[1])
    view = history.seen_by("south")
    assert [(one.id, one.words().get("of")) for one in view.events] == [
        ("no-1", UNDISCLOSED), ("paper", None), ("out", "paper"), ("no-2", "paper"),
    ]  # fmt: skip
    first = told(PAPER, answers[0]).seen_by("south")
    assert first.events == view.events[:1]


def test_a_paper_of_a_later_day_is_undisclosed_in_a_view_by_date():
    """By a date the party does not see what had not happened yet, though it is written before."""
    history = told(
        "id: late, kind: propose, date: 2031-06-01, by: north, terms: {roads: open}",
        "id: say, kind: state, date: 2031-03-02, by: north, about: late",
    )
    when = history.events[1].date.latest
    assert [one.words().get("about") for one in history.at(when).seen_by("south").events] == [UNDISCLOSED]


def test_an_occurrence_is_known_from_whoever_told_of_it_openly():
    history = told(
        "id: n-tells, kind: incident, account-of: pier, by: north",
        PAPER,
        "id: about-it, kind: state, by: south, about: pier",
    )
    assert history.seen_by("south").events[-1].words()["about"] == "pier"


def test_an_event_behind_a_hidden_one_stands_where_it_was_written():
    """Where the hidden one stands in the story is nothing that the party could see."""
    behind = "id: s-2, kind: propose, by: south, terms: {pullback: 2 km}, after: {}"
    first = "id: s-1, kind: propose, by: south, terms: {pullback: 1 km}"
    view = told(PAPER, first, behind.replace("{}", "paper")).seen_by("south")
    assert view.events[-1].after is None
    assert view.last.cell("south", "pullback").event == "s-2"
    assert (
        told(PAPER, OPEN, first, behind.replace("{}", "n-open"))
        .seen_by("south")
        .last.cell("south", "pullback")
        .event
        == "s-1"
    )


def test_a_part_of_a_paper_speaks_of_nothing_that_is_hidden():
    """Fields that the part leaves out stay blank, though a kind of event cannot be without them."""
    part = told(
        PAPER,
        "id: no, kind: reject, by: north, to: mediator, channel: private, of: paper, only: [roads, captives]",
        "id: out, kind: leak, of: no, only: roads",
    )
    assert [one.words().get("of") for one in part.seen_by("south").events] == [UNDISCLOSED, "no"]


@pytest.mark.parametrize("path", ["seeds/istanbul-2025", "seeds/korea-1951", "seeds/example"])
def test_in_a_record_of_which_all_is_seen_nothing_is_undisclosed(path):
    record = read_record(path)
    sight = Sight(record.header)
    for event in record.events:
        sight.add(event)
    assert [one.id for one in record.events if sight.shows(one) is not one] == []


def test_a_term_may_be_called_like_a_field():
    record = read_text(HEAD.replace("  truce:", "  of: {type: yes-no}\n  due: {type: yes-no}\n  truce:"))
    terms = {"of": {"is": "yes"}, "due": "no"}
    event = read_event({"id": "e", "date": "2031-03-01", "kind": "propose", "by": "north", "terms": terms})
    assert Sight(record.header).shows(event) is event


def test_what_is_reported_may_be_spelled_in_any_depth():
    that = {"did": "south", "of": {"x": ["paper", "accord"]}}
    event = read_event({"id": "e", "date": "2031-03-01", "kind": "claim", "by": "north", "that": that})
    shown = Sight(read_text(HEAD).header).shows(event)
    assert shown.words()["that"] == {"did": "south", "of": {"x": [UNDISCLOSED, "accord"]}}


def test_words_that_are_neither_time_nor_condition_name_what_cannot_be_another_word():
    assert names_in_logic("once the north-paper, or memo/option-1, is burnt") == {
        "north-paper",
        "memo/option-1",
    }
    assert names_in_logic("2031-03-01") == frozenset()


# ---- the header --------------------------------------------------------------------------------------


def test_what_only_a_hidden_paper_names_is_not_declared():
    history = told(PAPER, OPEN)
    assert sorted(history.seen_by("south").header.term) == ["pullback"]
    assert sorted(history.seen_by("mediator").header.term) == ["captives", "pullback", "roads"]
    assert sorted(history.seen_by("south").header.party) == ["north", "south"]
    assert sorted(history.seen_by("league").header.party) == ["league", "north", "south"]


def test_without_a_party_all_that_is_declared_is_there_and_nothing_is_looked_through():
    history = told(PAPER, OPEN)
    assert history.header is history.ruling
    assert history.seen_by("south").ruling is history.ruling
    assert history.seen_by("south").through(history.view).header is history.header


def test_a_declaration_brings_along_what_it_names():
    head = """format: terms/1
parties:
  north: {name: North, role: belligerent}
  south: {name: South, role: belligerent}
  wing: {name: Wing, role: faction, faction-of: north}
  coast: {name: Coast, role: observer}
  hills: {name: Hills, role: observer}
persons: {col-a: {name: Colonel A, of: wing}, col-b: {name: Colonel B}}
stages: {first: {}, second: {after: first}, third: {}}
terms:
  roads: {type: yes-no, consent: [north, coast], stage: second}
  guests: {type: parties, of: [hills]}
  idle: {type: yes-no}
texts:
  accord: {parties: [north, hills], binds-by: {north: signature, coast: ratification}, part-of: frame}
  frame: {parties: [north, south]}
happenings: {vote: point}
logic: {l1: {is: vote before roads.done, source: M1}, l2: {is: vote before idle.done, source: M1}}
sources: {M1: {title: Minutes}, W1: {title: Of the wing, side: wing}, M9: {title: Unread}}
events: []
"""
    header = read_text(head).header

    def known(**words):
        event = read_event({"id": "e", "date": "2031-03-01", "kind": "state", "by": "north", **words})
        return declared_to("south", header, lambda _: [event.words()] * 2)

    assert sorted(known(about=["roads", "vote"], source="M1").party) == ["coast", "north", "south"]
    assert sorted(known(about=["roads", "vote"], source="M1").stage) == ["first", "second"]
    assert [one.id for one in known(about=["roads", "vote"], source="M1").logic] == ["l1"]
    assert known(about=["roads", "vote"]).logic == ()
    assert sorted(known(about="guests").party) == ["hills", "north", "south"]
    assert sorted(known(speaker="col-a").party) == ["north", "south", "wing"]
    assert sorted(known(speaker="col-b").person) == ["col-b"]
    assert sorted(known(source="W1").party) == ["north", "south", "wing"]
    assert sorted(known(about="accord").party) == ["coast", "hills", "north", "south"]
    assert (known(about="accord").text["accord"].links, [*known(about="accord").text]) == ((), ["accord"])
    assert known(about=["accord", "frame"]).text["accord"].links == header.text["accord"].links
    every = [
        *header.party,
        *header.person,
        *header.stage,
        *header.term,
        *header.text,
        *header.happening,
        *header.source,
    ]
    assert known(about=every, quote="and no more").term == header.term


def test_a_rival_account_of_a_declaration_that_is_not_seen_is_no_choice():
    text = HEAD.replace(
        "captives: {type: quantity", "captives: {accounts: [{source: N1, consent: [north]}], type: quantity"
    )
    record = read_text(f"{text}  - {{{PAPER}, date: 2031-03-01, source: M1}}\n")
    history = History(record.header, record.events)
    assert [one.of for one in history.rivals] == ["term captives"]
    assert history.seen_by("south").rivals == ()


def test_once_all_that_is_declared_is_named_no_further_event_is_looked_at():
    header = read_text(
        "format: terms/1\nparties:\n  north: {name: North, role: observer}\nevents: []\n"
    ).header
    shown = iter([{"by": "north"}, {"by": "south"}, {"by": "east"}])
    assert named_by(header, shown) == header
    assert [*shown] == [{"by": "east"}]


def test_names_in_words():
    assert names_in({"a.b": ["c", {"d": "e of f-g.h"}]}) == {"a", "a.b", "c", "d", "e", "of", "f-g", "f-g.h"}


def test_a_header_that_names_a_faction_names_whose_faction_it_is():
    parties = (Party("guard", "Guard", "faction", faction_of="north"), Party("north", "North", "belligerent"),
               Party("south", "South", "belligerent"))  # fmt: skip
    kept = named_by(Header(parties=parties), [{"kind": "meet", "by": "guard"}])
    assert [party.id for party in kept.parties] == ["guard", "north"]
