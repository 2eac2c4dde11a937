"""Talks with little in them, or too much: every question has a sensible answer, and none breaks."""

import pytest

from terms.analyses import (
    compatibility,
    deadlines,
    deadlock,
    exposure,
    linkage,
    movement,
    partial,
    robust,
    sources,
    unlock,
    why_not,
    zone,
)
from terms.analyses.engine.conflicts import hitting_sets
from terms.core.header import Header
from terms.core.history import History
from terms.core.situation import Situation, situation
from terms.records import read_text
from terms.views.findings import lines
from tests.told import told

EVERY = (
    compatibility, zone, partial, deadlock, deadlines, why_not, unlock, movement, linkage, robust, sources,
    exposure,
)  # fmt: skip

SILENT = told(logic=False)
ONE_PARTY = told("id: n1, kind: propose, by: north, terms: {roads: open, pullback: 20 km}", logic=False)
AGAINST_ITSELF = told(
    "id: n1, kind: propose, form: demand, by: north, terms: {roads: open}",
    "id: n2, kind: reject, by: north, of: n1",
    "id: n3, kind: condition, by: north, order: {o1: vote.held before truce.begins}",
    "id: n4, kind: condition, by: north, order: {o1: truce.begins before talks.begins}",
    "id: n5, kind: condition, by: north, order: {o1: talks.begins before vote.held}",
    logic=False,
)
FREE_TEXT = told(
    "id: n1, kind: propose, by: north, terms: {charter: a union of equals}",
    "id: s1, kind: propose, by: south, terms: {charter: two states}",
    logic=False,
)
ON_ITSELF = told(
    "id: n1, kind: condition, by: north, order: {o1: vote.held at least 10 days after vote.held}", logic=False
)
ON_EACH_OTHER = told(
    "id: n1, kind: condition, by: north, order: {o1: vote.held at least 5 days after talks.begins}",
    "id: s1, kind: condition, by: south, order: {o1: talks.begins at least 1 day after vote.held}",
    logic=False,
)


def asked(history: History) -> list[tuple[str, ...]]:
    """Every question asked, its answer in sentences."""
    at = situation(history)
    return [tuple(line.text for line in lines(history.header, ask.find(at))) for ask in EVERY]


@pytest.mark.parametrize(
    "history", [SILENT, ONE_PARTY, AGAINST_ITSELF, FREE_TEXT, ON_ITSELF, ON_EACH_OTHER, History(Header(), ())]
)
def test_every_question_has_an_answer(history):
    assert all(isinstance(line, str) and line for answer in asked(history) for line in answer)


def test_where_nobody_has_said_anything_nothing_stands_in_the_way_and_nothing_is_settled():
    at = situation(SILENT)
    found = zone.find(at)
    assert (found.feasible, found.scope, found.values) == (True, (), ())
    assert {one.status for one in compatibility.find(at).terms} == {"unraised"}
    assert (unlock.find(at).total, why_not.find(at).conflicts) == (0, ())


def test_one_partys_words_are_a_question_to_the_other_and_block_only_where_silence_does():
    at = situation(ONE_PARTY)
    assert zone.find(at).feasible
    assert [(one.party, one.term) for one in zone.find(at).questions] == [
        ("south", "pullback"),
        ("south", "roads"),
    ]
    assert not zone.find(at, silence="blocks").feasible
    assert {one.by for one in _blockers(at)} == {("south",)}


def _blockers(at: Situation):
    return [position for one in why_not.find(at, silence="blocks").conflicts for position in one.positions]


def test_a_party_against_itself_is_told_as_a_matter_of_the_record():
    at = situation(AGAINST_ITSELF)
    [knot] = deadlock.find(at).findings
    assert (knot.mutual, knot.parties) == (False, ("north",))
    assert why_not.find(at).self_contradicting == ("north",)


def test_words_only_a_person_can_judge_are_counted_and_decide_nothing():
    at = situation(FREE_TEXT)
    found = zone.find(at)
    assert found.feasible
    assert [(term, party) for term, party, _ in found.heading.text] == [
        ("charter", "north"),
        ("charter", "south"),
    ]
    assert [one.status for one in compatibility.find(at, terms=["charter"]).terms] == ["text review"]


def test_a_deadline_that_refers_to_itself_cannot_be_kept():
    [loop] = deadlines.find(situation(ON_ITSELF)).loops
    assert (loop.conflict.names, loop.excess) == (("n1/o1",), 10)


def test_deadlines_that_refer_to_each_other_cannot_be_kept_either():
    [loop] = deadlines.find(situation(ON_EACH_OTHER)).loops
    assert (loop.conflict.names, loop.excess) == (("n1/o1", "s1/o1"), 6)


def of_ten(*, terms: int = 1) -> Situation:
    """Ten parties, every second one for open roads and the others for closed ones."""
    names = [f"p{place}" for place in range(10)]
    head = "format: terms/1\ntitle: Ten\nparties:\n"
    head += "".join(f"  {name}: {{role: belligerent}}\n" for name in names)
    head += "terms:\n" + "".join(
        f"  roads{place}: {{type: choice, of: [open, closed]}}\n" for place in range(terms)
    )
    head += "sources:\n  M1: {title: Minutes}\nevents:\n"
    rows = [
        f"  - {{id: e{place}x{term}, date: 2031-03-01, kind: propose, by: {name}, source: M1, "
        f"terms: {{roads{term}: {('open', 'closed')[place % 2]}}}}}\n"
        for term in range(terms)
        for place, name in enumerate(names)
    ]
    record = read_text(head + "".join(rows))
    assert not record.has_errors
    return situation(History(record.header, record.events))


def test_ten_parties_are_all_shown_alone_and_together():
    found = unlock.find(of_ten())
    assert (len(found.groups), found.total, found.fewest) == (1, 2, 5)
    assert [one.party for one in found.alone] == [f"p{place}" for place in range(10)]
    assert {one.fewest for one in found.alone} == {None}
    assert found.least_per_party == 1


def test_an_answer_that_is_cut_short_says_so():
    sweep = robust.find(
        of_ten(terms=2), [robust.Toggle(f"e{n % 10}x{n // 10}", f"e{n % 10}x{n // 10}") for n in range(13)]
    )
    assert (sweep.sweep.sampled, sweep.sweep.of, sweep.truncated) == (True, robust.SAMPLE, True)
    header = of_ten().header
    assert any("a sample" in line.text for line in lines(header, sweep))
    assert lines(header, sweep)[-1].text == "Truncated: there is more than is listed here."


def test_a_group_with_more_ways_out_than_are_listed_says_so():
    order = {f"{side}{place}": place for place in range(9) for side in "ab"}
    cores = [(f"a{place}", f"b{place}") for place in range(9)]
    sets, cut = hitting_sets(cores, order)
    assert cut
    assert len(sets) == 512  # the smallest size is never split
    sets, cut = hitting_sets([*cores, *((f"a{n}", f"b{n}") for n in range(9, 12))], {
        f"{side}{n}": n for n in range(12) for side in "ab"
    })  # fmt: skip
    assert cut
    assert {len(one) for one in sets} == {12}


def test_more_ties_than_anybody_reads_are_counted_and_left_to_their_groups():
    at = situation(
        told(
            *(
                f"id: {by[0]}{term[0]}{place}, kind: propose, by: {by}, terms: {{{term}: {words}}}"
                for place, (by, term, words) in enumerate(
                    (by, term, words)
                    for term, pair in (
                        ("roads", ("open", "closed")),
                        ("pullback", ("5 km", "9 km")),
                        ("captives", ("5 persons", "9 persons")),
                    )
                    for by, words in zip(("north", "south"), pair, strict=True)
                )
            ),
            logic=False,
        )
    )
    found = unlock.find(at)
    assert (found.total, len(found.listed), found.truncated) == (8, 8, False)
    many = of_ten(terms=8)
    assert unlock.find(many).listed == ()
    assert (unlock.find(many).total, unlock.find(many).fewest) == (2**8, 40)


def test_a_deal_is_shown_with_a_value_for_each_term_and_under_both_policies_of_silence():
    found = zone.find(situation(ONE_PARTY))
    assert [(one.term, one.words) for one in found.deal] == [
        ("pullback", (("", "20 km"),)),
        ("roads", (("", "open"),)),
    ]
    assert found.under == (("open", True), ("blocks", False))
    blocked = zone.find(situation(ONE_PARTY), silence="blocks")
    assert (blocked.deal, blocked.under) == ((), (("open", True), ("blocks", False)))
    header = situation(ONE_PARTY).header
    assert "Where silence blocks, there is none." in [line.text for line in lines(header, found)]
    assert "Where silence is open to anything, there is one." in [
        line.text for line in lines(header, blocked)
    ]


@pytest.mark.parametrize(("effect", "more"), [("relaxes", ""), ("tightens", "at least 30 km")])
def test_the_border_of_more_changes_than_can_be_tried_is_whole(effect, more):
    """Thirteen terms each of whose conflicts one change of north ends, or of whose peace one ends."""
    north, south = (
        ("at least 30 km", "at most 20 km") if effect == "relaxes" else ("at least 10 km", "at most 20 km")
    )
    terms = [f"t{place}" for place in range(13)]
    head = "format: terms/1\ntitle: Many\nparties: {north: {role: belligerent}, south: {role: belligerent}}\nterms:\n"
    head += "".join(f"  {term}: {{type: quantity, unit: km}}\n" for term in terms)
    head += "sources: {M1: {title: Minutes}}\nevents:\n"
    for term in terms:
        for by, words in (("north", north), ("south", south)):
            head += f"  - {{id: {by}-{term}, date: 2031-03-01, kind: propose, by: {by}, source: M1, terms: {{{term}: {words}}}}}\n"
    record = read_text(head)
    assert not record.has_errors
    at = situation(History(record.header, record.events))
    found = robust.find(at, [robust.Toggle(f"north-{term}", f"north-{term}", more or None) for term in terms])
    swept, every = found.sweep, tuple(f"north-{term}" for term in terms)
    assert (swept.border, swept.sampled, swept.cut) == (effect, True, False)
    if effect == "relaxes":
        assert swept.sufficient == (every,)
        assert {len(one) for one in swept.insufficient} == {12}
        assert len(swept.insufficient) == 13
    else:
        assert swept.sufficient == tuple((name,) for name in sorted(every))
        assert swept.insufficient == ((),)
        assert any(line.text == f"leaves no deal: {every[0]}" for line in lines(at.header, found))


def test_a_change_that_makes_some_deals_possible_and_others_not_has_no_border():
    at = situation(
        told(
            "id: n1, kind: propose, by: north, terms: {pullback: 5 km}",
            "id: s1, kind: propose, by: south, terms: {pullback: at least 9 km}",
            logic=False,
        )
    )
    swept = robust.find(at, [robust.Toggle("c", "n1", "at least 9 km")]).sweep
    assert (swept.border, swept.toggles[0][1], swept.feasible) == ("both", "both", 1)
    assert (swept.sufficient, swept.insufficient) == ((), ())


def test_a_declared_rule_may_be_supposed_away():
    at = situation(
        told(
            "id: n1, kind: state, by: north, order: {o1: truce.begins before talks.begins}",
            "id: s1, kind: state, by: south, order: {o1: parameters.settled before truce.begins}",
        )
    )
    swept = robust.find(at, [robust.Toggle("no rule", "rule/h1"), robust.Toggle("n1", "n1/o1")]).sweep
    assert swept.sufficient == (("n1",), ("no rule",))


def said(ask, history: History, **options: str) -> str:
    """One answer in sentences, as one text."""
    answer = ask.find(situation(history), **options)
    return "\n".join(line.text for line in lines(history.header, answer))


@pytest.mark.parametrize("ask", [zone, partial, why_not, unlock])
def test_what_only_a_person_can_judge_is_named_beside_every_deal(ask):
    assert "for a person has to judge what was said of them: charter" in said(ask, FREE_TEXT)
    assert "judge" not in said(ask, ONE_PARTY).replace("judgement", "")


RULES = read_text(
    "format: terms/1\ntitle: Rules\nparties: {north: {role: belligerent}, south: {role: belligerent}}\n"
    "terms: {roads: {type: yes-no}}\nhappenings: {a: point, b: point}\n"
    "logic:\n  r1: {is: a before b, source: M1}\n  r2: {is: b before a, source: M1}\n"
    "sources: {M1: {title: Minutes}}\n"
    "events: [{id: n1, date: 2031-03-01, kind: propose, by: north, terms: {roads: yes}, source: M1}]\n"
)


def test_rules_that_contradict_each_other_are_nobodys_to_change():
    history = History(RULES.header, RULES.events)
    answer = why_not.find(situation(history))
    assert (answer.at_least, answer.disjoint) == (0, ())
    assert "1 conflict of the declared structure alone: no change of positions is enough." in said(
        why_not, history
    )
    barred = unlock.find(situation(history)).barred
    assert barred is not None
    assert [ground.name for ground in barred.grounds] == ["rule/r1", "rule/r2"]
    assert "the declared structure allows no deal.\nrule r1: a before b (M1); rule r2" in said(
        unlock, history
    )
    assert "rule r1, rule r2: one source alone: M1" in said(sources, history)


def test_a_party_that_answered_without_a_stance_is_not_said_to_have_said_nothing():
    history = told(
        "id: n1, kind: propose, by: north, terms: {roads: open, pullback: 20 km}",
        "id: s1, kind: study, by: south, of: n1/roads",
        logic=False,
    )
    text = said(why_not, history, silence="blocks")
    assert "at least 2 positions must change, answers to open questions among them." in text
    assert "silence/south/roads (south): roads: under study, no stance" in text
    assert "silence/south/pullback (south): pullback: nothing said" in text


def test_words_inside_an_either_or_are_cited_where_they_are_all_that_was_said():
    history = told(
        "id: n1, kind: propose, by: north, one-of: {a: {roads: open}, b: {pullback: 20 km}}",
        "id: s1, kind: propose, by: south, terms: {roads: closed}",
        logic=False,
    )
    [roads] = compatibility.find(situation(history), terms=["roads"]).terms[:1]
    assert (roads.package_only, roads.events) == (("north",), ("n1", "s1"))


def test_a_happening_that_may_not_come_after_itself_waits_for_nothing():
    history = told("id: n1, kind: state, by: north, order: {o1: vote.held not after vote.held}", logic=False)
    assert deadlock.find(situation(history)).findings == ()


def test_an_agreed_term_of_which_somebody_says_something_else_now_is_told_beside_the_deals():
    history = told(
        "id: n1, kind: propose, by: north, terms: {roads: open}",
        "id: s1, kind: accept, by: south, of: n1",
        "id: s2, kind: propose, by: south, terms: {roads: closed}",
        logic=False,
    )
    assert zone.find(situation(history)).reopened == (("roads", ("south",)),)
    assert "Agreed already: roads; looked at is what south says of it now." in said(zone, history)


def test_a_term_is_put_off_only_where_all_put_it_off():
    north = "id: n1, kind: propose, by: north, terms: {roads: {as: defer, until: vote.held}}"
    alone = told(north, logic=False)
    [roads] = compatibility.find(situation(alone), terms=["roads"]).terms[:1]
    assert (roads.status, roads.words) == ("unanswered", "north: defer; nothing said by south")
    both = told(north, "id: s1, kind: propose, by: south, terms: {roads: {as: refuse}}", logic=False)
    assert compatibility.find(situation(both), terms=["roads"]).terms[0].status == "deferred"
