"""An offer clause by clause, an either/or refused whole, and what an either/or puts aside of its author's older words."""

from terms.analyses import clauses, compatibility, why_not, zone
from terms.core.situation import Situation, situation
from tests.told import told

PORTS = "id: s0, kind: propose, by: south, terms: {pullback: at least 20 km}"


def after(*events: str) -> Situation:
    return situation(told(*events, logic=False))


def test_a_clause_collides_with_another_term_where_a_judgement_holds_the_two_against_each_other():
    events = (
        "id: n1, kind: propose, by: north, one-of: {a: {roads: open}, b: {ports: {all-of: [east]}, captives: 5 persons}}",
        "id: s1, kind: propose, by: south, terms: {pullback: 20 km}",
        "id: j1, kind: judge, relation: contradicts, a: n1/ports, b: s1/pullback",
    )
    [silent_ports, silent_captives] = clauses.find(after(*events[:2]), "n1/b").with_verdict("silent")[::-1]
    assert (silent_ports.term, silent_captives.term) == ("ports", "captives")
    found = clauses.find(after(*events), "n1/b")
    [one] = found.with_verdict("collides")
    assert (one.term, one.said, one.why) == ("ports", "pullback: 20 km", "by the judgement j1")
    assert one.events == ("n1", "s1", "j1")
    assert [held.term for held in found.with_verdict("silent")] == ["captives"]
    assert clauses.find(after(*events), "n1/a").with_verdict("collides") == ()


def test_an_either_or_refused_whole_bars_each_of_its_alternatives():
    offer = (
        "id: s1, kind: propose, form: demand, by: south, one-of: {a: {pullback: 5 km}, b: {pullback: 9 km}}"
    )
    at = after(offer, "id: n1, kind: reject, by: north, of: s1")
    assert [one.names for one in why_not.find(at).conflicts] == [("s1", "n1")]
    only = after(offer, "id: n1, kind: reject, by: north, of: s1/a")
    assert zone.find(only).feasible
    assert dict(zone.find(only).values[0].words) == {"": "9 km"}


def test_older_words_stand_aside_for_a_newer_either_or_that_speaks_of_the_term_in_every_alternative():
    older = "id: s1, kind: propose, by: south, terms: {roads: open, ports: {all-of: [east]}}"
    newer = "id: s2, kind: propose, form: demand, by: south, one-of: {a: {roads: closed}, b: {roads: open, ports: {all-of: [west]}}}"
    at = after(older, newer, "id: n1, kind: propose, by: north, terms: {roads: closed}")
    assert zone.find(at).feasible  # not what `s1` said of the roads
    assert "s1/ports" in {
        one.name for one in zone.model(at).positions.values()
    }  # one alternative is silent on them
    assert "s1/roads" not in {one.name for one in zone.model(at).positions.values()}


TEXTS = (
    "id: n1, kind: propose, by: north, terms: {charter: a union of equals}",
    "id: s1, kind: propose, by: south, terms: {charter: two states}",
)


def charter(*judgements: str) -> tuple[str, str, int]:
    at = after(*TEXTS, *judgements)
    [one] = compatibility.find(at, terms=["charter"]).terms
    return one.status, one.words, len(why_not.find(at).heading.text)


def test_free_text_is_compared_by_the_judgements_on_record_and_by_nothing_else():
    assert charter()[0::2] == ("text review", 2)
    same = "id: j1, kind: judge, relation: same-as, a: n1/charter, b: s1/charter"
    assert charter(same) == ("compatible", "by the judgement j1", 0)
    assert charter(same.replace("same-as", "entails"))[0] == "compatible"
    apart = "id: j1, kind: judge, relation: contradicts, a: s1, b: n1"
    assert charter(apart) == ("opposed", "by the judgement j1", 0)
    assert charter("id: j1, kind: judge, relation: same-as, a: n1/roads, b: s1/charter")[0] == "text review"


def test_a_contested_answer_lists_the_readings_of_the_disputes_that_matter_to_it():
    at = after(
        "id: n1, kind: propose, by: north, terms: {roads: open, pullback: 5 km}",
        "id: s1, source: M1, kind: propose, by: south, terms: {roads: open}, accounts: [{source: S1, with: {terms: {roads: closed}}}]",
        "id: s2, source: M1, kind: propose, by: south, terms: {pullback: 9 km}, accounts: [{source: S1, with: {terms: {pullback: 5 km}}}]",
    )
    found = {one.term: one for one in compatibility.find(at).terms}
    roads, pullback = found["roads"], found["pullback"]
    assert [answer.partition(":")[0] for _, answer in roads.readings] == ["compatible", "opposed"]
    assert [answer for _, answer in pullback.readings] == ["gap: gap of 4 km", "compatible: 5 km"]
    assert all("s2" not in words for words, _ in roads.readings)


def test_rival_accounts_that_agree_different_values_make_a_term_contested_everywhere():
    history = told(
        "id: n1, source: M1, kind: propose, by: north, terms: {roads: open}, "
        "accounts: [{source: N1, with: {terms: {roads: closed}}}]",
        "id: s1, kind: accept, by: south, of: n1",
        logic=False,
    )
    [one] = compatibility.find(situation(history), terms=["roads"]).terms[:1]
    assert one.status == "contested"
    assert [said for _, said in one.readings] == ["agreed: open", "agreed: closed"]
