"""What answers of the analyses tell in sentences, as graphs and as plots."""

import itertools
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from terms.analyses import (
    clauses,
    compatibility,
    deadlines,
    deadlock,
    exposure,
    lasting,
    linkage,
    movement,
    partial,
    robust,
    sources,
    unlock,
    why_not,
    zone,
)
from terms.analyses.engine.heading import heading
from terms.analyses.engine.modelling import model
from terms.analyses.engine.positions import Edits
from terms.core.situation import Situation, situation
from terms.views import gap_plot, graphs
from terms.views.finding_words import number_words
from terms.views.findings import Answer, lines
from tests.core.talk import talk
from tests.corpus.stage import after, opened
from tests.told import told

WAYS_OUT = frozenset({"e17", "e9/o1", "e12/o1", "e6"})


@pytest.fixture(scope="module")
def at() -> Situation:
    return after(opened("analyses/worked-example"), "e19")


def told_of(at: Situation, answer: Answer) -> str:
    """Everything that an answer tells, on one line for each line."""
    return "\n".join(line.text for line in lines(at.header, answer))


def test_every_answer_begins_with_what_went_into_it(at):
    head = heading(model(at))
    first = "Positions: auria 8 and borva 7; no text left out; 3 silent cells, silence open; 1 reading."
    for ask in (compatibility, zone, partial, deadlines, why_not, unlock, linkage, robust, sources, exposure):
        assert lines(at.header, ask.find(at))[0].text == first
    for ask in (deadlock, movement):
        assert lines(at.header, ask.find(at), head)[0].text == first


def test_a_heading_names_who_answered_without_a_stance():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day, truce: in force}}
    - {id: later, kind: defer, by: south, of: v1, only: [truce], until: vote}
    - {id: no-1, kind: reject, by: south, of: v1, only: [roads, aid]}
    """)
    at = situation(history)
    assert lines(at.header, zone.find(at))[1].text == (
        "Of the silent cells, answered without a stance: south (deferred until vote): truce;"
        " south (rejected): aid, roads."
    )


def test_a_heading_counts_rival_accounts_and_readings():
    end = situation(opened("analyses/worked-example"))
    assert "the default reading, 1 rival account." in told_of(end, why_not.find(end))
    assert "2 readings." in told_of(end, compatibility.find(end))


def test_compatible_is_never_told_as_agreed(at):
    said = told_of(at, compatibility.find(at))
    assert "force-cap: COMPATIBLE, 80000 to 85000 persons" in said
    assert "monitor: GAP, gap of 1 step" in said
    assert said.endswith(
        "Compatible is not agreed: agreement takes an act of everybody whose consent is needed; "
        "who has said nothing has neither consented nor refused."
    )
    early = after(at.history, "e4")
    assert "Unraised (4): recognition, withdraw, observers, reparations" in told_of(
        early, compatibility.find(early)
    )


def test_no_deal_is_told_with_its_smallest_conflict_and_each_alternative(at):
    said = told_of(at, zone.find(at))
    assert "No deal satisfies every position in force." in said
    assert (
        "The smallest conflict: e8/o1 (auria, 11 days old): ceasefire before talks; "
        "e9/o1 (borva, 10 days old): parameters before ceasefire" in said
    )
    assert "With e7 opt1: at least 4 changes; " in said
    assert (
        "Open questions to borva (2): recognition (outside its options), withdraw (outside its options)"
        in said
    )
    assert said.endswith("Confirmed without the solver.")


def test_a_deal_is_told_with_its_values_and_a_schedule(at):
    said = told_of(at, zone.find(at, edits=Edits(WAYS_OUT)))
    assert "Some deals satisfy every position in force, over 6 terms." in said
    assert "recognition: no (one value left)" in said
    assert "With e7 opt1: possible as things stand." in said
    assert "A schedule, in ticks: " in said


def test_what_can_be_settled_as_things_stand_is_told_with_what_bars_it(at):
    said = told_of(at, partial.find(at))
    assert "Whatever is settled, some positions contradict each other." in said
    assert said.endswith("Early harvest: observers")
    apart = situation(
        told(
            "id: n1, kind: propose, by: north, terms: {roads: {is: open, as: limit}, pullback: 5 km}",
            "id: s1, kind: propose, by: south, terms: {roads: {is: closed, as: limit}, pullback: 5 km}",
            "id: whole, kind: bind-package, by: [north, south]",
            logic=False,
        )
    )
    said = told_of(apart, partial.find(apart))
    assert "Can be settled together (1): pullback" in said
    assert "No early harvest: nothing is agreed until everything is [whole]." in said


def test_conflicts_are_told_with_how_many_have_to_change_and_what_is_in_none(at):
    said = told_of(at, why_not.find(at))
    assert "5 conflicts; at least 4 positions must change." in said
    assert "Said longest ago: e5, 14 days before." in said
    assert "In no conflict: e13, e14, e15, e18" in said
    assert "rule h1: talks not after parameters (S1)" in said
    free = told_of(at, why_not.find(at, edits=Edits(WAYS_OUT)))
    assert free.endswith("No conflict: there is a deal that satisfies every position.")
    calm = told_of(at, why_not.find(at, terms=["observers"]))
    assert calm.endswith("No conflict touches observers; 5 conflicts elsewhere.")
    assert "position must change" in told_of(at, why_not.find(at, terms=["monitor"]))


def test_a_party_in_conflict_with_itself_is_told_to_check_the_coding():
    own = situation(
        told(
            "id: n1, kind: propose, form: demand, by: north, terms: {roads: open}",
            "id: n2, kind: reject, by: north, of: n1",
            logic=False,
        )
    )
    assert "In conflict with themselves: north. Check the coding." in told_of(own, why_not.find(own))


def test_ways_out_are_told_by_groups_and_for_every_party_alone(at):
    said = told_of(at, unlock.find(at))
    assert "4 independent groups, 36 smallest ways, fewest changes 4." in said
    assert "Group 2, 2 positions, 2 ways" in said
    assert "or together: e8/o1, e9/o1 (each admits the same moment)" in said
    assert "or together: e10/o1, e11/o1, e12/o1 (20 days in all, shared)" in said
    assert "With the fewest changes: 9 x (auria 2, borva 2)" in said
    assert "borva alone: 1 way, fewest 4: e7, e9/o1, e12/o1, e19" in said
    assert "\nThis is arithmetic about stated positions, not a recommendation.\n" in said


def test_no_way_out_is_needed_or_possible_is_told_as_such(at):
    free = told_of(at, unlock.find(at, edits=Edits(WAYS_OUT)))
    assert free.endswith("Nothing has to change: there is a deal that satisfies every position.")
    calm = told_of(at, unlock.find(at, terms=["observers"]))
    assert calm.endswith(
        "touches observers, so nothing has to change; 4 independent groups of conflicts elsewhere."
    )
    fixed = frozenset(model(at).names)
    barred = told_of(at, unlock.find(at, immovable=fixed))
    assert "No change of positions is enough: what is held as it stands allows no deal." in barred
    assert barred.endswith("auria alone: not possible\nborva alone: not possible")
    one = told_of(at, unlock.find(at, terms=["recognition"], immovable=frozenset({"e6", "e5"})))
    assert "auria alone: not possible\nborva alone: 1 way, fewest 1: e7" in one


def test_what_nobody_can_do_alone_is_told_for_everybody():
    at = situation(
        told(
            "id: n1, kind: propose, by: north, terms: {roads: open, pullback: 5 km}",
            "id: s1, kind: propose, by: south, terms: {roads: closed, pullback: 9 km}",
            logic=False,
        )
    )
    said = told_of(at, unlock.find(at, immovable=frozenset({"n1/roads", "s1/pullback"})))
    assert "north alone: not possible" in said
    assert "south alone: not possible" in said


def test_an_offer_is_told_clause_by_clause(at):
    said = told_of(at, clauses.find(at, "e7/opt2"))
    assert "e7/opt2 (borva): 2 collisions." in said
    assert (
        "force-cap: at most 60000 persons; auria says at least 80000 persons (gap of 20000 persons)" in said
    )
    assert "recognition: yes; auria says no (no / yes)" in said
    assert "Compatible with what auria says: withdraw" in said
    with pytest.raises(clauses.NoSuchOffer, match="'e8' names no offer"):
        clauses.find(at, "e8")


def test_what_nobody_answered_and_what_a_person_has_to_judge_is_told_apart():
    at = situation(
        told(
            "id: s1, kind: propose, by: south, terms: {charter: two states, roads: open, truce: {as: defer, until: settlement}}",
            "id: n1, kind: propose, by: north, terms: {charter: one union}",
            logic=False,
        )
    )
    said = told_of(at, clauses.find(at, "s1"))
    assert "charter: two states; north says one union: a person has to judge" in said
    assert "Nothing said by north (2): " in said


def test_conflicts_over_time_are_told_with_when_they_began_and_went(at):
    said = told_of(at, lasting.find(at, 4, terms=["force-cap", "monitor"]))
    assert "From e4 to e19: " in said
    assert "stood already at e4, until e16: e1 (borva): force-cap: at most 60000 persons; e2 (auria)" in said
    assert "since e16, until e18: e1 (borva)" in said
    assert "since e19: e17 (auria): monitor: at least patrol; e19 (borva)" in said
    assert lasting.find(at, 19).whole == lasting.find(at, 19).stood


def test_deadlines_are_told_with_loops_windows_and_clocks(at):
    said = told_of(at, deadlines.find(at))
    assert "Cannot all be kept: 180 needed, 160 allowed, 20 days over" in said
    assert "Clock e10/o1: not started; runs from ceasefire" in said
    free = deadlines.find(at, edits=Edits(frozenset({"e9/o1", "e12/o1"})), anchor="ceasefire")
    said = told_of(at, free)
    assert "All can be kept. Windows in days after ceasefire:" in said
    assert "elections: [180, no end], held by e11/o1" in said
    assert "martial-law-lifted: [0, 60], slack 60" in said
    assert free.brittle == ()


def test_opposite_orders_without_a_length_are_told_as_a_cycle_and_not_in_days():
    at = situation(
        told(
            "id: n, kind: condition, by: north, order: {o1: vote.held before talks.begins}",
            "id: s, kind: condition, by: south, order: {o1: talks.begins before vote.held}",
        )
    )
    said = told_of(at, deadlines.find(at))
    assert "Cannot all be kept, a cycle: talks.begins -> vote.held -> talks.begins" in said
    assert "needed" not in said
    assert "over" not in said
    assert "change n/o1 (to admit the other order)" in told_of(at, unlock.find(at))


def test_a_party_that_answered_without_a_stance_is_told_by_its_answer_and_not_as_silent():
    said = (
        "id: m, kind: propose, form: bridging, by: mediator, terms: {roads: open, pullback: 5 km, captives: 5 persons, ports: [east]}",
        "id: n-yes, kind: accept, by: north, of: m",
        "id: s-later, kind: defer, by: south, of: m, only: [roads], until: talks.begins",
        "id: s-yes, kind: accept, by: south, of: m, only: [pullback]",
        "id: s-back, kind: recant, by: south, of: s-yes",
        "id: s-ask, kind: refer, by: south, of: m, only: [captives]",
        "id: s-no, kind: reject, by: south, of: m, only: [ports]",
    )
    at = situation(told(*said))
    words = {
        one.term: (one.words, one.events)
        for one in compatibility.find(at).terms
        if one.status == "unanswered"
    }
    assert words == {
        "roads": ("south: deferred until talks.begins, no stance", ("n-yes", "s-later")),
        "pullback": ("south: recanted m, no stance", ("n-yes", "s-back")),
        "captives": ("south: referred, no stance", ("n-yes", "s-ask")),
        "ports": ("south: rejected, no stance", ("n-yes", "s-no")),
    }
    held = told_of(at, clauses.find(at, "m"))
    assert "roads: open; south: deferred until talks.begins, no stance" in held
    assert "pullback: 5 km; south: recanted m, no stance" in held
    assert "Nothing said by" not in held
    assert "Nothing said by south (4): captives, ports, pullback, roads" in told_of(
        situation(told(*said), 2), clauses.find(situation(told(*said), 2), "m")
    )


def test_no_label_of_the_drawing_lies_on_another():
    names = ("b", "c", "d", "e")
    arrows = [graphs.Arrow("a", end, f"{end} after a") for end in names]
    arrows += [graphs.Arrow(end, "f", f"f after {end}") for end in names] + [
        graphs.Arrow("c", "d", "d after c")
    ]
    root = ElementTree.fromstring(graphs.as_svg(arrows))
    texts = [one for one in root.iter("{http://www.w3.org/2000/svg}text") if one.get("font-size") == "10"]
    heights = sorted(int(one.attrib["y"]) for one in texts)
    assert len({one.text for one in texts}) == len(arrows)
    assert min(below - above for above, below in itertools.pairwise(heights)) >= graphs.LINE
    assert heights[-1] < int(root.attrib["viewBox"].split()[3])
    assert "<path d" not in graphs.as_svg([]).split("</defs>")[1]


def test_running_and_missed_clocks_are_told_in_days():
    history = told(
        "id: o, kind: condition, by: north, order: {o1: vote.held within 10 days after talks.begins}",
        "id: begun, kind: occur, of: talks.begins",
        "id: later, date: 2031-03-20, kind: state, by: south, terms: {roads: open}",
        "id: held, date: 2031-03-21, kind: occur, of: vote.held",
    )
    told_at = [
        told_of(situation(history, steps), deadlines.find(situation(history, steps))) for steps in (2, 3, 4)
    ]
    words = [next(line for line in said.split("\n") if line.startswith("Clock")) for said in told_at]
    assert words == [
        "Clock o/o1: running, 10 days; runs from talks.begins",
        "Clock o/o1: overdue, 8 days; runs from talks.begins",
        "Clock o/o1: met late, 9 days; runs from talks.begins",
    ]


def test_a_deadlock_is_told_by_its_cycle_and_what_waits_in_vain(at):
    said = told_of(at, deadlock.find(at))
    assert "5 ordering statements in force." in said or "6 ordering statements in force." in said
    assert "Contradiction: ceasefire => talks" in said
    assert "each waits for the other" in said
    free = situation(told("id: n1, kind: condition, by: north, order: {o1: vote.held before talks.begins}",
                          "id: off, kind: call-off, of: vote.held"))  # fmt: skip
    said = told_of(free, deadlock.find(free))
    assert "No cycle: some order satisfies all of them." in said
    assert "n1/o1 waits for vote.held: called off" in said


def test_a_pace_is_told_from_the_first_move_on_and_never_as_a_fraction_of_a_day():
    history = told(
        "id: n-0, kind: propose, by: north, terms: {pullback: 10 km}",
        "id: s-0, kind: propose, by: south, terms: {pullback: 0 km}",
        "id: s-1, kind: propose, by: south, terms: {pullback: 5 km}",
        "id: s-2, date: 2031-03-05, kind: propose, by: south, terms: {pullback: 8 km}",
        "id: s-3, date: 2031-03-05, kind: propose, by: south, terms: {pullback: 8 km}",
    )
    at = situation(history)
    said = told_of(at, movement.find(at, terms=["pullback"]))
    assert "4/5 of it closed, 3 km in 2 days after the first move" in said
    early = situation(history, 3)
    assert "1/2 of it closed; 3 positions coded" in told_of(early, movement.find(early, terms=["pullback"]))


def test_movement_is_told_with_opening_closure_and_travel(at):
    said = told_of(at, movement.find(at))
    assert (
        "force-cap: opening 40000 persons [e2], now 0 persons, all of it closed, 10000 persons a day after the first move; 4 positions coded"
        in said
    )
    assert "borva: 1 move, closed 20000, travel 25000" in said
    assert "monitor: opening 3 step [e4], now 1 step, 2/3 of it closed" in said.replace("steps", "step")
    early = after(at.history, "e1")
    assert "no opening gap, now -" in told_of(early, movement.find(early, terms=["force-cap"]))


def test_linkage_robustness_and_sources_are_told(at):
    assert "force-cap - withdraw: either/or e7 (borva)" in told_of(at, linkage.find(at))
    assert "talks - parameters: not after rule/h1 (agenda)" in told_of(at, linkage.find(at))
    assert "Trades: not determinable, no priorities are declared." in told_of(at, linkage.find(at))
    toggles = [robust.Toggle("wide", "e17", "at least remote"), robust.Toggle("drop", "e19")]
    said = told_of(at, robust.find(at, toggles))
    assert "A deal in 0 of 4 combinations of 2 changes." in said
    assert "wide: e17 says at least remote (relaxes)" in said
    assert "drop: without e19 (relaxes)" in said
    assert "not enough: wide, drop" in said
    assert "one source alone: S1" in told_of(at, sources.find(at))
    assert "Without S1 5 conflicts would disappear." in told_of(at, sources.find(at))


def test_what_cannot_be_undone_is_told_only_where_it_is_declared(at):
    assert "No happening is declared irreversible, so nobody can tell." in told_of(at, exposure.find(at))
    assert "Order and deadlines leave no schedule." in told_of(at, exposure.find(at))


def test_numbers_are_written_whole_or_as_fractions():
    assert [number_words(one) for one in (None, *movement_numbers())] == ["-", "3", "2/3"]


def movement_numbers():
    from fractions import Fraction

    return Fraction(3), Fraction(2, 3)


# ---- graphs and plots --------------------------------------------------------------------------------


def test_the_graph_of_order_marks_the_cycle(at):
    rows = graphs.as_text(graphs.waiting_arrows(deadlock.find(at)))
    assert "* ceasefire => talks  [e8/o1]" in rows
    assert "* talks -> parameters  [h1]" in rows
    assert any(row.startswith("  ceasefire") and row.endswith("[e11/o1]") for row in rows)


def test_the_graph_of_ties_has_direction_only_where_there_is_order(at):
    rows = graphs.as_text(graphs.linkage_arrows(linkage.find(at)))
    assert "  force-cap -- withdraw  [e7]" in rows
    assert "  ceasefire => talks  [e8/o1]" in rows


def test_a_graph_in_the_language_of_graphviz_quotes_what_it_has_to(at):
    dot = graphs.as_dot(graphs.waiting_arrows(deadlock.find(at)))
    assert dot.startswith("digraph terms {\n")
    assert '  "ceasefire" -> "talks" [label="e8/o1", penwidth=3];' in dot
    assert '  "talks" -> "parameters" [label="h1", style=dashed, penwidth=3];' in dot
    odd = graphs.as_dot([graphs.Arrow('a"b', "c\\d", "tie", directed=False)])
    assert '"a\\"b" -> "c\\\\d" [label="tie", dir=none];' in odd


def test_a_drawing_is_well_formed_and_shows_every_happening_and_arrow(at):
    arrows = graphs.waiting_arrows(deadlock.find(at))
    root = ElementTree.fromstring(graphs.as_svg(arrows))
    words = {one.text for one in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"ceasefire", "talks", "parameters", "e8/o1", "h1"} <= words
    drawn = [one for one in root.iter("{http://www.w3.org/2000/svg}path") if one.get("stroke") == "black"]
    assert len(drawn) == len(arrows)
    assert sum(1 for one in drawn if one.get("stroke-dasharray")) == sum(
        1 for one in arrows if not one.strict
    )
    hostile = graphs.as_svg([graphs.Arrow("<script>", "b&c", "]]>", directed=False)])
    assert ElementTree.fromstring(hostile) is not None


def test_a_plot_has_a_step_for_each_move_and_a_bar_to_scale(at):
    cap = next(one for one in movement.find(at) if one.term == "force-cap")
    assert gap_plot.points(cap) == (("e2", "auria", 40000), ("e16", "auria", 20000), ("e18", "borva", 0))
    bars = gap_plot.as_bars(cap)
    assert [bar.count("#") for bar in bars] == [40, 20, 0]
    assert bars[0].endswith("40000 persons  auria [e2]")
    root = ElementTree.fromstring(gap_plot.as_svg(cap))
    [stairs] = root.iter("{http://www.w3.org/2000/svg}path")
    assert stairs.get("d").count("L") == 5
    assert "force-cap, persons" in {one.text for one in root.iter("{http://www.w3.org/2000/svg}text")}


def test_a_term_without_a_gap_has_an_empty_plot(at):
    flat = movement.find(after(at.history, "e1"), terms=["force-cap"])[0]
    assert gap_plot.as_bars(flat) == ()
    assert "<path" not in gap_plot.as_svg(flat)


def test_drawings_are_the_same_bytes_whatever_the_seed_of_hashes(at):
    code = (
        "from tests.corpus.stage import after, opened\n"
        "from terms.analyses import deadlock, movement, unlock\nfrom terms.views import gap_plot, graphs\n"
        "at = after(opened('analyses/worked-example'), 'e19')\n"
        "print(graphs.as_svg(graphs.waiting_arrows(deadlock.find(at))), unlock.find(at).listed,\n"
        "      *map(gap_plot.as_svg, movement.find(at)))"
    )
    told_twice = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True,
                       env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told_twice) == 1


def test_an_answer_with_nothing_in_it_says_what_there_is_not():
    at = situation(told(logic=False))
    assert told_of(at, zone.find(at)).splitlines()[1] == (
        "Some deals satisfy every position in force: no term has to be settled."
    )
    assert "All can be kept: no order and no deadline is stated." in told_of(at, deadlines.find(at))
    assert told_of(at, movement.find(at)).startswith("No term on which anybody has moved")
    assert "Nobody has declared that anything hangs on anything else." in told_of(at, linkage.find(at))
    assert told_of(at, sources.find(at)).endswith("No conflict, so none that rests on a source.")


def test_who_holds_no_position_is_shown_alone_as_well():
    at = situation(
        told(
            "id: n1, kind: propose, form: demand, by: north, terms: {roads: open}",
            "id: n2, kind: reject, by: north, of: n1",
            logic=False,
        )
    )
    said = told_of(at, unlock.find(at))
    assert "north alone: 2 ways, fewest 1: n1; n2" in said
    assert "south alone: not possible" in said


def test_an_unknown_offer_is_told_with_those_there_are(at):
    with pytest.raises(clauses.NoSuchOffer) as refused:
        clauses.find(at, "e22")
    assert refused.value.help[0].startswith("did you mean 'e")
    assert refused.value.help[-1].startswith("there are e")
    assert clauses.NoSuchOffer("e2", ()).help == ("nobody has offered anything by now",)
    many = [f"e{number}" for number in range(20)]
    assert clauses.NoSuchOffer("zzz", many).help[-1].endswith(", and 8 more")
