"""Reading records: everything wrong is told in one run, at its place, once; everything right is kept."""

import pytest

from terms.core.history import History
from terms.core.lens import View
from terms.ground.words import FrozenWords
from terms.records import read_text
from terms.records.names import Declared
from terms.records.reading import vocabulary_of
from terms.records.writing import write_record

HEAD = """format: terms/1
title: Pier talks
parties:
  north: {name: North, role: belligerent}
  south: {name: South, role: belligerent}
  mediator: {role: mediator}
persons:
  envoy: {of: north, standing: head}
  guest: The guest
stages: [truce, settlement]
terms:
  pullback: {type: quantity, unit: km, stage: truce}
  corridor: {type: choice, of: [open, closed, in use]}
  terms-of-trade: text
texts:
  accord: {parties: [north, south], binds-by: signature}
happenings: {vote: point, talks: {is: span, about: the talks}}
sources:
  M1: {title: Minutes, published: 2031-03-05}
  R1: Radio
events:
  - id: north-open
    date: 2031-03-04
    kind: propose
    by: north
    terms: {pullback: 30 km, corridor: open}
    source: M1 p.1
"""


def event(**fields):
    """One more event: an answer of the south, unless the fields say otherwise; None leaves a key out."""
    told = {
        "id": "south-yes",
        "date": "2031-03-05",
        "kind": "accept",
        "by": "south",
        "of": "north-open",
        "source": "M1 p.2",
    }
    told |= {key.rstrip("_").replace("_", "-"): value for key, value in fields.items()}
    lines = [f"    {key}: {value}" for key, value in told.items() if value is not None]
    return "\n  -" + "\n".join(lines)[3:] + "\n"


def read(*more):
    return read_text(HEAD + "".join(more))


def said(*more):
    """(code, message) of every error of the head with these events behind it."""
    return [(one.code, one.message) for one in read(*more).diagnostics if one.severity == "error"]


def codes(*more):
    return [one.code for one in read(*more).diagnostics]


def test_a_sound_record_is_read_without_a_word():
    record = read(event())
    assert record.diagnostics == ()
    assert [one.id for one in record.events] == ["north-open", "south-yes"]
    assert record.header.party["mediator"].name == "mediator"
    assert record.header.person["guest"].name == "The guest"
    assert [stage.id for stage in record.header.stages] == ["truce", "settlement"]


def test_every_event_knows_where_it_and_each_of_its_fields_stand():
    place = read(event(only="[pullback, corridor]")).places["south-yes"]
    assert (place.head.line, place.place.line, place.place.end_line) == (29, 29, 35)
    assert (place.of("only", 1).column, place.of("only", 1).end_column) == (22, 30)
    assert place.key("of").line == 33
    assert place.key("note") == place.head
    assert place.of("only", 7) == place.of("only")
    assert place.of("by", 0) == place.of("by")


def test_faults_of_many_kinds_are_all_told_in_one_run():
    found = codes(
        event(kind="acept"), event(id="two", by="nroth"), event(id="three", of="north-opne", date="2031-3-4")
    )
    assert found == ["E104", "E205", "E301", "E202"]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"kind": "acept", "by": "nroth", "of": "north-opne", "date": "2031-3-4"}, "E301 E104 E205 E202"),
        ({"kind": "acept", "of": None, "source": "M9 p.1"}, "E103 E104 E210"),
        ({"kind": "proposes", "of": None, "by": "east", "terms": "{corridor: ajar}"}, "E104 E205 E302"),
        ({"kind": "acept", "until": "some day", "form": "loud", "signers": "[nobody]"}, "E104 E107 E207"),
        ({"kind": "acept", "corridor": "open", "x-mine": "kept", "sorce": "M1"}, "E104 E102 E102"),
        ({"kind": "zzz", "by": "east", "of": "north-opne", "source": None}, "E103 E104 E205"),
        ({"kind": "zzz", "wherever": "here"}, "E104 E102"),
        ({"kind": None, "by": "east", "date": "soon"}, "E103 E301 E205"),
        ({"kind": None, "type": "accept", "by": "east"}, "E205 E102"),
        ({"kind": None, "type": "[accept]", "by": "east"}, "E205 E102"),
        ({"kind": "[accept]", "by": "east"}, "E105 E205"),
        ({"kind": "acept", "source": None, "cites": "M1"}, "E104 E102"),
    ],
)
def test_a_misspelt_kind_hides_no_other_fault_of_its_event(fields, found):
    assert codes(event(**fields)) == found.split()


def test_an_event_that_could_not_be_read_is_not_complained_of_by_what_refers_to_it():
    assert codes(event(kind="acept"), event(id="two", of="south-yes")) == ["E104"]


def test_an_event_in_broken_syntax_is_not_complained_of_by_what_refers_to_it():
    assert codes(event(terms="{corridor: open"), event(id="two", of="south-yes")) == ["E001"]


def test_a_term_with_a_fault_of_its_own_is_not_undeclared():
    text = HEAD.replace("unit: km", "unit: parsecs-of-old")
    assert [one.code for one in read_text(text).diagnostics] == ["E302"]


def test_a_declaration_that_fits_no_value_says_why_once():
    text = HEAD.replace("type: quantity, unit: km", "type: money, unit: Thaler")
    fault = read_text(text).diagnostics[0]
    assert fault.message == "no value fits this declaration"
    assert [help.count("is no currency") for help in fault.help] == [1]


def test_a_bad_field_costs_that_field_and_not_the_event():
    record = read(
        event(kind="propose", of=None, terms="{pullback: 3 hours, corridor: closed}", channel="hidden")
    )
    assert [one.code for one in record.diagnostics] == ["E302", "E107"]
    assert dict(record.events[1].terms) == {"corridor": "closed"}
    assert record.events[1].channel == "public"


def test_an_event_without_what_its_kind_needs_is_left_out_and_told():
    record = read(event(of=None), event(id="two", by=None, of="north-open"))
    assert [one.message for one in record.diagnostics] == [
        "this accept has no 'of'",
        "this accept has no 'by'",
    ]
    assert len(record.events) == 1


def test_a_misspelt_value_points_to_the_declaration_of_its_type():
    [fault] = read(event(kind="propose", of=None, terms="{corridor: opne}")).diagnostics
    assert fault.help[0] == "did you mean 'open'?"
    [related] = fault.related
    assert (related.label, related.place.line) == ("type declared here", 13)


def test_keys_that_begin_with_x_are_kept_wherever_they_stand():
    text = HEAD.replace("role: mediator}", "role: mediator, x-flag: blue}").replace(
        "tick: day\n", ""
    ) + event(x_page="12")
    record = read_text(text.replace("title: Pier talks\n", "title: Pier talks\nx-mine: {a: [b]}\n"))
    assert record.diagnostics == ()
    assert record.header.x == FrozenWords({"x-mine": FrozenWords({"a": ("b",)})})
    assert record.header.party["mediator"].x == FrozenWords({"x-flag": "blue"})
    assert record.events[1].x == FrozenWords({"x-page": "12"})
    again = read_text(write_record(record.header, record.events))
    assert (again.header, again.events) == (record.header, record.events)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "suoth"}, "E205"),
        ({"present": "[north, envy]"}, "E205"),
        ({"speaker": "envy"}, "E207"),
        ({"speaker": "unnamed"}, None),
        ({"only": "[corridr]"}, "E204"),
        ({"only": ""}, "E106"),
        ({"stage": "peace"}, "E209"),
        ({"source": "M9 p.1"}, "E210"),
        ({"source": "[]"}, "E106"),
        ({"source": "[[M1]]"}, "E105"),
        ({"source": "{at: p.2}"}, "E103"),
        ({"source": "{id: M1, page: 2}"}, "E102"),
        ({"source": "{id: M1, at: p.2, credibility: 9}"}, "E107"),
        ({"source": "[M1 p.2, {id: R1, at: 06:00, reliability: C}]"}, None),
        ({"of": "[north-open, accord/pullback]"}, None),
        ({"of": "North Open"}, "E108"),
        ({"of": "north-open/option-9"}, "E206"),
        ({"of": "south-yes"}, "E203"),
        ({"after": "later"}, "E202"),
        ({"about": "[M1, vote, pullback, accord, north-open]"}, None),
        ({"about": "[nothing-known]"}, "E202"),
        ({"only-if": "vote"}, None),
        ({"only-if": "vote.held"}, "E208"),
        ({"only-if": "south accepts accord"}, None),
        ({"only-if": "east accepts accord"}, "E205"),
        ({"only-if": "south complies with accrd"}, "E202"),
        ({"only-if": "{any-of: [north certifies vote, {not: corridor.open}, quiet for 5 days]}"}, None),
        ({"only-if": "corridor.ajar"}, "E208"),
        ({"only-if": "corridor.in-use by 2031-04-01"}, None),
        ({"unless": "whenever"}, "E208"),
        ({"while": "[]"}, "E106"),
        ({"in-principle": "maybe"}, "E107"),
        ({"in-principle": "yes"}, None),
        ({"capacity": "party"}, None),
        ({"place": "[pier]"}, "E105"),
        ({"place": "{a: b}"}, "E105"),
        ({"tags": "{a: b}"}, "E105"),
        ({"tags": "[a, [b]]"}, "E105"),
        ({"tags": "[a, '']"}, "E106"),
        ({"figures": "many"}, "E105"),
        ({"time": "{planned: 2031-03-04T10:00Z, actual: noon}"}, "E301"),
        ({"time": "{begun: 2031-03-04}"}, "E102"),
        ({"known": "1984?"}, None),
        ({"translation": "{text: yes, source: M1}"}, None),
        ({"translation": "{text: yes, fount: M1}"}, "E102"),
        ({"reservations": "{r1: {only: [corridor], note: not on feast days}}"}, None),
        ({"reservations": "{r1: {onyl: [corridor]}}"}, "E102"),
        ({"reservations": "{r1: {terms: {pullback: 3 hours}, only-if: vote}}"}, "E302"),
        ({"reservations": "{r1: [a]}"}, "E105"),
        ({"reservations": "{r1: not on feast days}"}, None),
        ({"accounts": "[{source: R1, with: {by: north}}]"}, None),
        ({"accounts": "[{source: R1, with: {by: nroth}}]"}, "E205"),
        ({"accounts": "[{source: R1, with: {kind: undertake}}]"}, "E109"),
        ({"accounts": "[{source: R1}]"}, "E105"),
        ({"accounts": "[{source: R1, with: {by: north}, mood: bad}]"}, "E102"),
        ({"x-own": "{a: }"}, None),
    ],
)  # fmt: skip
def test_a_field_of_an_answer_is_checked(fields, code):
    assert codes(event(**fields)) == ([code] if code else [])


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"terms": "{corridor: {is: open, who: north, toward: south, due: day 3 of vote, until: talks.ends}}"}, None),
        ({"terms": "{corridor: {is: open, who: nroth}}"}, "E205"),
        ({"terms": "{corridor: {is: open, due: 3 days after voting}}"}, "E208"),
        ({"terms": "{corridor: {is: open, stage: peace}}"}, "E209"),
        ({"terms": "{corridor: {as: defer, until: settlement}}"}, None),
        ({"terms": "{corridor: {as: defer, until: never-heard}}"}, "E208"),
        ({"terms": "{corridor: {each: {north: open, south: closed}}}"}, None),
        ({"terms": "{corridor: {each: {east: open}}}"}, "E205"),
        ({"terms": "{corridor: {is: open, mood: bad}}"}, "E102"),
        ({"terms": "{corridor: {is: , as: offer}}"}, "E106"),
        ({"terms": "{corridor: }"}, "E106"),
        ({"terms": "{pullback: {steps: {s1: {is: 10 km, at: vote}, s2: {is: 20 km, at: day 9 of vote}}}}"}, None),
        ({"terms": "{pullback: {is: 10 km, only-if: votes}}"}, "E208"),
        ({"terms": "{pullback: {per: {north: 10 km}, of-which: {east: 3 km}}}"}, None),
        ({"terms": "{corridor: {is: open, brackets: [{is: closed, by: east}]}}"}, "E205"),
        ({"terms": "open"}, "E105"),
        ({"all-of": "{pullback: 3 km, bundle: {corridor: open}}"}, None),
        ({"all-of": "{bundle: {corridor: ajar}}"}, "E302"),
        ({"all-of": "{coridor: {is: open}}"}, "E204"),
        ({"one-of": "{a: {all-of: {bundle: {corridor: open}}}, b: {all-of: {coridor: {as: open}}}}"}, "E204"),
        ({"all-of": "[corridor]"}, "E105"),
        ({"one-of": "{a: {corridor: open, note: quickly}, b: {all-of: {pullback: 3 km}, order: [vote before talks]}}"}, None),
        ({"one-of": "{a: {corridor: open, order: [vote before voting]}}"}, "E208"),
        ({"one-of": "{a: {note: }}"}, "E106"),
        ({"one-of": "{a: open}"}, "E105"),
        ({"one-of": "[a]"}, "E105"),
        ({"for": "{corridor: open}"}, None),
        ({"for": "vote"}, None),
        ({"for": "voting"}, "E208"),
        ({"order": "vote before talks"}, None),
        ({"order": "{o1: vote before talks, o2: talks not after vote}"}, None),
        ({"order": "{o1: {is: vote before talks}}"}, "E312"),
        ({"order": "[vote only after talks certified by east]"}, "E205"),
        ({"order": "[vote before talks, '']"}, "E106"),
        ({"expires": "7 days after north-open"}, None),
        ({"expires": "7 days after later"}, None),
        ({"expires": "{earliest-of: [2031-04-01, vote]}"}, None),
        ({"text": "accord"}, None),
        ({"text": "acord"}, "E211"),
        ({"form": "wish"}, "E107"),
    ],
)  # fmt: skip
def test_a_field_of_a_proposal_is_checked(fields, code):
    later = event(id="later", date="2031-03-06")
    assert codes(event(kind="propose", of=None, **fields), later) == ([code] if code else [])


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "defer", "of": None, "terms": "[corridor]", "until": "settlement"}, None),
        ({"kind": "defer", "of": None, "terms": "[corridor]", "until": "nowhere"}, "E208"),
        ({"kind": "link", "of": None, "terms": "[corridor, pullback]", "if": "corridor", "then": "pullback"}, None),
        ({"kind": "link", "of": None, "terms": "[corridor, trade]"}, "E204"),
        ({"kind": "hand-over", "of": None, "to": "north", "terms": "[corridor]"}, None),
        ({"kind": "hand-over", "of": None, "to": "north", "terms": "{corridor: ajar}"}, "E302"),
        ({"kind": "enter-into-force", "of": "accord", "for": "[north, east]"}, "E205"),
        ({"kind": "extend", "of": "accord", "lasts": "+5 days"}, None),
        ({"kind": "extend", "of": "accord", "lasts": "long"}, "E310"),
        ({"kind": "supersede", "of": "accord", "with": "north-open"}, None),
        ({"kind": "occur", "of": "vote"}, None),
        ({"kind": "occur", "of": "voting"}, "E208"),
        ({"kind": "occur", "of": "pullback.begins"}, None),
        ({"kind": "plan", "of": "vote", "planned": "some day"}, "E310"),
        ({"kind": "violate", "of": "accord/corridor", "alleged-by": "R1"}, None),
        ({"kind": "meet", "of": None, "present": "[north, guest]", "delegations": "{north: [envoy]}", "chair": "mediator"}, None),
        ({"kind": "meet", "of": None, "delegations": "{east: [envoy]}"}, "E205"),
        ({"kind": "meet", "of": None, "delegations": "[envoy]"}, "E105"),
        ({"kind": "claim", "of": None, "that": "the pier burned"}, None),
        ({"kind": "claim", "of": None, "that": "{did: south, of: north-open, corridor: open}"}, None),
        ({"kind": "claim", "of": None, "that": "{did: east}"}, "E205"),
        ({"kind": "claim", "of": None, "that": "{not-done: , did: south}"}, "E106"),
        ({"kind": "claim", "of": None, "that": "{did: south, of: north-opne}"}, "E202"),
        ({"kind": "claim", "of": None, "that": "{corridor: ajar}"}, "E302"),
        ({"kind": "announce", "of": None, "that": "{kind: accept, by: south, of: north-open}"}, None),
        ({"kind": "announce", "of": None, "that": "{kind: acept, by: south}"}, "E104"),
        ({"kind": "announce", "of": None, "that": "{kind: accept, bye: south}"}, "E102"),
        ({"kind": "judge", "by": None, "of": None, "relation": "same", "a": "x", "b": "y"}, "E107"),
        ({"kind": "condition", "of": None, "terms": "[corridor]", "only-if": "vote"}, None),
    ],
)  # fmt: skip
def test_keys_that_a_kind_reads_its_own_way_are_checked(fields, code):
    assert codes(event(**fields)) == ([code] if code else [])


def test_a_part_of_what_an_event_builds_on_can_be_answered():
    option = event(
        id="memo",
        kind="propose",
        of=None,
        one_of="{option-1: {pullback: 3 km}}",
        order="{o1: vote before talks}",
    )
    amended = event(id="memo-2", kind="amend", of="memo", terms="{corridor: open}")
    held = event(id="held", of="memo", reservations="{r1: {note: not yet}}")
    answers = [event(id=f"yes-{place}", of=part) for place, part in
               enumerate(["memo/option-1", "memo-2/option-1", "memo/o1", "held/r1", "memo/pullback"])]  # fmt: skip
    assert codes(option, amended, held, *answers) == []


def test_an_occurrence_told_by_rivals_can_be_answered():
    first = event(
        id="pier-n", kind="propose", of=None, account_of="pier", terms="{corridor: open}", source="M1"
    )
    second = event(
        id="pier-s",
        kind="propose",
        of=None,
        account_of="pier",
        differs="{by: north, corridor: closed}",
        source="R1",
    )
    assert codes(first, second, event(of="pier", only="[corridor]")) == []
    assert codes(first, second, event(of="pier/pullback")) == []
    assert codes(first, second, event(of="pier/nothing")) == ["E206"]
    assert codes(
        first, event(id="pier-x", kind="propose", of=None, account_of="pier", differs="{mood: bad}")
    ) == ["E102"]
    wrong = event(id="pier-x", kind="propose", of=None, account_of="pier", differs="{kind: accept}")
    assert codes(first, wrong) == ["E109"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("{by: south}", None),
        ("{terms: {corridor: closed}}", None),
        ("{terms: {corridor: ajar}}", "E302"),
        ("{mood: bad}", "E102"),
        ("{by: east}", "E205"),
        ("{kind: reject}", "E109"),
        ("{}", "E106"),
    ],
)
def test_a_correction_is_tried_on_what_it_corrects(change, code):
    record = read(event(id="fix", kind="correct", by=None, with_=change))
    assert [one.code for one in record.diagnostics] == ([code] if code else [])
    History(record.header, record.events)  # a history never fails on what was read


def test_a_correction_of_a_correction_is_tried_on_both():
    first = event(id="fix", kind="correct", by=None, with_="{terms: {corridor: closed}}")
    good = event(id="again", kind="correct", by=None, of="fix", with_="{with: {terms: {corridor: in use}}}")
    bad = event(id="again", kind="correct", by=None, of="fix", with_="{with: {terms: {corridor: ajar}}}")
    assert codes(first, good) == []
    assert codes(first, bad) == ["E302"]
    record = read(first, bad)
    assert History(record.header, record.events).last is not None


def test_a_report_too_vague_to_be_a_move_is_no_move_under_any_view():
    record = read(event(kind="announce", of=None, that="{kind: accept, by: south}"))
    assert record.diagnostics == ()
    assert len(History(record.header, record.events, View(admits=("south",)))) == 2


def test_an_id_is_used_once_by_events_and_terms_together():
    found = read(event(id="corridor"), event(id="north-open", kind="study")).diagnostics
    assert [(one.code, one.related[0].label) for one in found] == [("E201", "first used here")] * 2


def test_a_date_that_steps_back_is_a_hint_that_can_be_allowed():
    back = event(date="2031-03-02")
    assert codes(back) == ["W401"]
    assert codes(back.replace("id: south-yes", "id: south-yes   # terms: allow W401")) == []
    assert codes(event(date="2031-03-02", after="north-open")) == []


def test_an_allowance_must_allow_something_that_is_a_hint():
    allowing = event().replace("id: south-yes", "id: south-yes   # terms: allow W401, E104")
    assert [(one.code, one.message) for one in read(allowing).diagnostics] == [
        ("W499", "E104 cannot be allowed"),
        ("W499", "this allows W401 where there is none"),
    ]
    assert codes(event() + "    # terms: allow W403\n") == ["W499"]
    assert codes(event(quote="'say # terms: allow W401 and be done'")) == []


def test_hints_ask_for_review_and_for_one_deadline():
    twice = event(
        kind="propose",
        of=None,
        terms="{pullback: {is: 3 km, due: 2031-04-01}}",
        order="pullback.done within 5 days after vote",
    )
    assert codes(twice, event(id="new", date="2031-03-06", tags="[unreviewed]")) == ["W402", "W403"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("format: terms/1\n", "", "E101"),
        ("format: terms/1", "format: [terms/1]", "E101"),
        ("format: terms/1", "format: terms/9", "E115"),
        ("format: terms/1", "format: terms/0", "E101"),
        ("title: Pier talks", "titel: Pier talks", "E102"),
        ("title: Pier talks", "title: [Pier]", "E105"),
        ("title: Pier talks", "tick: month", "E107"),
        ("title: Pier talks", "tick: hour", None),
        ("title: Pier talks", "vocabulary: [default]", "E105"),
        ("title: Pier talks", "vocabulary: default", None),
        ("title: Pier talks", "include: a.yaml", "E110"),
        ("title: Pier talks", "logic: {l1: {is: vote before talks, source: M1}}", None),
        ("title: Pier talks", "logic: {l1: {is: vote before talks}}", "E103"),
        ("title: Pier talks", "logic: {l1: {is: vote before voting, source: M1}}", "E208"),
        ("title: Pier talks", "logic: {l1: {is: the vote first, source: M1}}", "E312"),
        ("title: Pier talks", "logic: {l1: vote before talks}", "E105"),
        ("title: Pier talks", "logic:", None),
        ("title: Pier talks", "logic: none", "E105"),
        ("stages: [truce, settlement]", "stages: [truce, [settlement]]", "E105"),
        ("stages: [truce, settlement]", "stages: {truce: , settlement: {after: truce}}", None),
        ("stages: [truce, settlement]", "stages: {truce: , settlement: {after: peace}}", "E209"),
        ("role: mediator}", "role: friend}", "E107"),
        ("{role: mediator}", "{note: a friend}", "E103"),
        ("{role: mediator}", "[mediator]", "E105"),
        ("{role: mediator}", "mediator", "E105"),
        ("  mediator:", "  north:", "E004"),
        ("  mediator:", "  Mediator:", "E108"),
        ("{role: mediator}", "{role: faction, faction-of: north, aliases: [Friends]}", None),
        ("{role: mediator}", "{role: faction, faction-of: west}", "E205"),
        ("{of: north, standing: head}", "{of: north, standing: boss}", "E107"),
        ("{of: north, standing: head}", "{of: , standing: head}", "E106"),
        ("  guest: The guest", "  guest: {name: [The guest]}", "E105"),
        ("type: quantity", "type: number", "E107"),
        ("  terms-of-trade: text", "  terms-of-trade: {about: trade}", "E103"),
        ("  terms-of-trade: text", "  terms-of-trade: {type: text, consent: []}", "E304"),
        ("  terms-of-trade: text", "  terms-of-trade: {type: text, consent: [north, west]}", "E205"),
        ("  terms-of-trade: text", "  terms-of-trade: {kind: duration}", None),
        ("  terms-of-trade: text", "  terms-of-trade: {kind: duratoin}", "E212"),
        ("  terms-of-trade: text", "  terms-of-trade: {type: level}", "E103"),
        ("  terms-of-trade: text", "  terms-of-trade: {type: text, accounts: [{source: R1, type: area}]}", None),
        ("binds-by: signature", "whole: perhaps", "E107"),
        ("binds-by: signature", "whole: yes, part-of: accord", None),
        ("binds-by: signature", "mirrors: treaty", "E211"),
        ("binds-by: signature", "names: {south: '\"they\"'}, renews: {for: 20 days, notice: 10 days}", None),
        ("published: 2031-03-05", "published: March", "E301"),
        ("published: 2031-03-05", "reliability: B, credibility: 2, side: north", None),
        ("  R1: Radio", "  R 1: Radio", "E108"),
        ("  R1: Radio", "  R1:", None),
    ],
)  # fmt: skip
def test_a_declaration_is_checked(old, new, code):
    assert old in HEAD
    found = [one.code for one in read_text(HEAD.replace(old, new)).diagnostics]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "# nothing\n", "[]", "- a\n", "a text", "format: terms/1\nevents: {}\n"]
)
def test_a_text_that_is_no_record_is_an_error(text):
    record = read_text(text)
    assert record.has_errors
    assert record.events == ()


def test_a_scenario_is_told_from_a_record():
    [fault] = read_text("format: terms-scenario/1\nbase: {}\n").diagnostics
    assert fault.help == ("a scenario is run, not checked as a record",)


def test_an_event_may_be_no_map_at_all():
    assert codes("\n  - just words\n") == ["E105"]


def test_a_record_without_events_is_a_record():
    assert read_text("format: terms/1\n").diagnostics == ()
    assert read_text("format: terms/1\nevents:\n").diagnostics == ()


def test_the_vocabulary_lends_its_terms_without_declaring_them():
    text = HEAD.replace("title: Pier talks", "vocabulary: default").replace(
        "corridor: open}", "corridor: open, movement.freeze: yes}"
    )
    record = read_text(text)
    assert record.diagnostics == ()
    assert record.header.term["movement.freeze"].declaration.type == "yes-no"
    assert "mines.clearance" not in record.header.term


def test_a_term_of_a_kind_takes_what_it_does_not_say_from_it():
    text = HEAD.replace(
        "  terms-of-trade: text",
        "  trucks: {kind: humanitarian.access}\n  troops: {kind: forces.limits, unit: people}",
    )
    header = read_text(text).header
    assert (header.term["trucks"].declaration.type, header.term["trucks"].declaration.unit) == (
        "quantity",
        "trucks/day",
    )
    assert header.term["trucks"].about == "what is let through"


def test_a_file_of_its_own_as_vocabulary_is_not_the_business_of_a_text():
    from terms.records.chunks import parse

    assert vocabulary_of(parse("vocabulary: mine.yaml\n", "a"), []) is None


def test_names_know_their_moments():
    header = read().header
    declared = Declared(header)
    good = ["vote", "talks.begins", "pullback.done", "corridor.in-use", "corridor.s1.done", "accord.signed", "accord",
            "north-open", "north-open.signed", "accord.corridor.open", "north accepts accord", "settlement"]  # fmt: skip
    bad = [
        "corridor.ajar",
        "accord.burned",
        "nothing",
        "nothing.done",
        "east accepts accord",
        "north sees accord",
    ]
    assert [name for name in good if not declared.is_happening(name, {"north-open"})] == []
    assert [name for name in bad if declared.is_happening(name, {"north-open"})] == []


def test_a_tab_before_the_first_event_costs_that_event_alone():
    record = read_text("format: terms/1\nevents:\n\t- id: a\n  - id: b\n    kind: propse\n")
    assert [(one.code, one.place.line) for one in record.diagnostics if one.place] == [
        ("E003", 3),
        *[("E103", 4)] * 3,
        ("E104", 5),
    ]


@pytest.mark.parametrize("text", [
    HEAD + "<<<<<<< ours\n" + event() + "=======\n" + event(id="e-2") + ">>>>>>> theirs\n",
    "<<<<<<< HEAD\nformat: terms/1\n=======\nformat: terms/1\n>>>>>>> b\n" + HEAD,
    (HEAD + "<<<<<<<\n=======\n>>>>>>>\n").replace("\n", "\r\n"),
])  # fmt: skip
def test_a_merge_that_is_not_settled_is_one_fault_and_nothing_is_guessed(text):
    record = read_text(text, "a.record.yaml")
    assert [(one.code, one.place.line) for one in record.diagnostics] == [
        ("E010", 1 + text[: text.index("<<<<<<<")].count("\n"))
    ]
    assert record.is_unreadable


def test_a_quotation_of_such_marks_is_a_quotation():
    quoted = event(quote="|\n      <<<<<<< ours\n      >>>>>>> theirs")
    assert not read_text(HEAD + quoted, "a.record.yaml").is_unreadable
