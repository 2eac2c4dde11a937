"""What a stranger writes into a scenario: keys and names in odd places, patches, what falls with what, refusals."""

import pytest

from terms.cli.main import main
from terms.scenarios import open_scenario, try_opened
from tests.scenarios.conftest import RECORD


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("base: {record: toll.record.yaml, pin: 12ab}\n", "'pin' stands at the top level, not here"),
        (
            "base: {record: toll.record.yaml, replay: continue}\n",
            "'replay' stands at the top level, not here",
        ),
        ("base: toll.record.yaml\nafter: k-open\n", "'after' stands under base:, not here"),
        (
            "base: toll.record.yaml\nedit: [{drop: k-open, why: so, expect: [{agreed: nothing}]}]\n",
            "'expect' stands at the top level, not here",
        ),
    ],
)
def test_a_key_in_the_wrong_place_is_told_where_it_belongs(told, head, said):
    code, out = told("test", f"format: terms-scenario/1\n{head}")
    assert code == 1
    assert [line for line in out.splitlines() if line.startswith("error")] == [f"error[E102]: {said}"]
    assert "did you mean" not in out


def test_a_recorded_event_that_answers_what_was_left_out_says_so(told, tmp_path):
    answer = "  - {id: v-yes, date: 2031-05-02, kind: accept, by: velm, of: k-open, source: N1 p.2}\n"
    (tmp_path / "toll.record.yaml").write_text(RECORD + answer, "utf-8")
    _, out = told(
        "run",
        "format: terms-scenario/1\nbase: {record: toll.record.yaml, after: k-open}\nreplay: continue\n"
        "edit: [{drop: k-open, why: never said}]\n",
    )
    assert "      it refers to k-open, left out of the past\n" in out


def test_a_value_in_parts_is_told_whole_on_both_sides(told):
    _, out = told(
        "test",
        """format: terms-scenario/1
base: {record: toll.record.yaml}
suppose:
  - {id: v-new, date: +1d, kind: propose, by: velm, terms: {toll.rate: {is: 5 USD, of-which: {port: 2 USD}}}}
expect:
  - {term: toll.rate, party: velm, value: {is: 5 USD, of-which: {port: 3 USD}}}
""",
    )
    assert (
        "toll.rate of velm = 5 USD; of-which: {port: 2 USD}, expected 5 USD; of-which: {port: 3 USD}\n" in out
    )


PATCHED = """format: terms-scenario/1
base: {record: toll.record.yaml}
edit:
  - {insert-before: k-open, event: {id: v-first, date: 2031-04-28, kind: meet, by: [velm, kestria]}, why: so}
  - {replace: k-open, with: %s, why: so}
expect:
  - %s
"""


def test_a_patch_may_change_the_kind_and_count_its_date_from_the_event_before(told):
    wanted = "{at: 2031-04-30, term: toll.rate, party: kestria, status: proposed}"
    assert told("test", PATCHED % ("{kind: counter, date: +2d, of: v-first}", wanted))[0] == 0


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ("{id: k-other}", "error[E102]: 'k-open' keeps its id"),
        ("{about: [k-late]}", "error[E202]: nothing here is called 'k-late'"),
        ("{kind: counter, of: k-open}", "error[E203]: 'k-open' comes later than this event"),
    ],
)
def test_a_patch_that_cannot_be_made_says_why(told, patch, said):
    code, out = told("test", PATCHED % (patch, "{open: [toll.rate]}"))
    assert code == 1
    assert [line for line in out.splitlines() if line.startswith("error")] == [said]


def test_nothing_can_be_counted_from_before_the_first_event(told):
    _, out = told(
        "test",
        "format: terms-scenario/1\nbase: {record: toll.record.yaml}\n"
        "edit: [{replace: k-open, with: {date: +1d}, why: so}]\n",
    )
    assert "'+1d' has nothing to count from: there is no event before\n" in out


NAMING = """format: terms-scenario/1
base: {record: toll.record.yaml}
assume: [{id: calm}]
suppose:
  - {id: v-ask, date: +1d, kind: propose, by: velm, terms: {toll.rate: 4 USD}, needs: [calm]}
  - {id: k-says, date: +1d, kind: state, by: kestria, %s}
"""


@pytest.mark.parametrize(
    "names",
    [
        "about: [v-ask]",
        "order: [v-ask before k-open]",
        "that: {kind: accept, by: velm, of: v-ask}, kind: claim",
    ],
)
def test_what_names_an_event_falls_with_it_and_may_not_be_left_behind(told, tmp_path, names):
    text = NAMING % names if "that" not in names else (NAMING % names).replace("kind: state, ", "")
    (tmp_path / "calm.scenario.yaml").write_text(text, "utf-8")
    assert main(["run", "calm.scenario.yaml", "--without", "calm"]) == 0
    dropped = text.replace("suppose:", "edit:\n  - {drop: v-ask, why: so}\nsuppose:", 1)
    lower = dropped.replace("assume: [{id: calm}]\n", "").partition("suppose:")[0]
    above = lower.replace("base: {record: toll.record.yaml}", "base: {scenario: calm.scenario.yaml}")
    code, out = told("test", above)
    assert code == 1
    assert "fell with an assumption: v-ask, k-says" in out
    assert "error[E504]: without 'v-ask' 1 event would refer to nothing" in out


def test_what_was_to_be_asked_after_an_event_that_fell_is_not_asked(told, tmp_path, capsys):
    text = (
        NAMING % "about: [v-ask]"
    ) + "expect:\n  - {at: v-ask, open: [toll.rate]}\n  - {agreed: nothing}\n"
    (tmp_path / "calm.scenario.yaml").write_text(text, "utf-8")
    assert main(["run", "calm.scenario.yaml", "--without", "calm"]) == 0
    assert "2 expectations asked: 1 holds, 1 cannot be asked, since v-ask fell\n" in capsys.readouterr().out


TAKEN = """format: terms-scenario/1
base: {record: toll.record.yaml, after: v-yes}
sweep: {gone: [v-yes, k-open]}
edit: [{drop: $gone, why: each in turn}]
expect:
  - {open: [toll.rate], unless: {gone: k-open}}
  - {fails: E504, unless: {gone: v-yes}}
"""


def test_a_point_that_is_refused_as_expected_is_an_outcome_and_no_failure(told, tmp_path):
    answer = "  - {id: v-yes, date: 2031-05-02, kind: accept, by: velm, of: k-open, source: N1 p.2}\n"
    (tmp_path / "toll.record.yaml").write_text(RECORD + answer, "utf-8")
    code, out = told("run", TAKEN)
    assert code == 0
    assert "  B: refused with E504, as expected\n" in out
    assert "*" not in out
    assert told("test", TAKEN)[0] == 0


def test_what_is_dropped_at_a_point_is_named_at_its_head(told, tmp_path, capsys):
    (tmp_path / "toll.record.yaml").write_text(RECORD, "utf-8")
    (tmp_path / "x.scenario.yaml").write_text(TAKEN.replace(", after: v-yes", ""), "utf-8")
    main(["run", "x.scenario.yaml", "--point", "gone=k-open"])
    assert "  drop k-open: each in turn\n" in capsys.readouterr().out


MISPLACED = """format: terms-scenario/1
base: {record: toll.record.yaml, after: $where}
sweep: {where: [k-open, k-late]}
suppose:
  - {id: $where, date: %s, kind: propose, by: velm, $what: 1}
expect:
  - {at: $where, open: [toll.rate], unless: {where: }}
  - {term: [toll.rate], status: open}
"""


def test_a_sweep_in_an_odd_place_is_told_there_and_not_once_more_elsewhere(told):
    _, out = told("test", MISPLACED % "+1d")
    assert [line for line in out.splitlines() if line.startswith("error")] == [
        "error[E505]: '$where' stands for nothing under base:",
        "error[E102]: unknown key '$what'",
        "error[E106]: nothing is written for 'where'",
        "error[E105]: 'term' takes one text, not a list",
    ]


def test_a_date_that_counts_backward_is_told_how_dates_count(told):
    _, out = told("test", (MISPLACED % "-1d").replace(", after: $where", "").replace(", $what: 1", ""))
    assert "'-1d' is no time after the event before" in out
    assert "dates count forward" in out


LOW = """format: terms-scenario/1
base: {record: toll.record.yaml, after: k-open}
assume: [{id: calm, text: The lake is calm}]
suppose:
  - {id: l-1, date: +1d, kind: propose, by: velm, terms: {toll.rate: 4 USD}, needs: [calm]}
  - {id: l-2, date: +1d, kind: state, by: velm}
"""
MIDDLE = """format: terms-scenario/1
base: {scenario: low.scenario.yaml, after: %s}
suppose:
  - {id: m-1, date: +1d, kind: accept, by: kestria, of: l-1}
"""
TOP = """format: terms-scenario/1
base: {scenario: middle.scenario.yaml, after: m-1}
edit: [{replace: m-1, with: {note: at last}, why: so}]
suppose:
  - {id: t-1, date: +1d, kind: propose, by: velm, terms: {toll.rate: 5 USD}}
expect:
  - {term: toll.rate, status: open}
  - {at: m-1, agreed: [toll.rate]}
"""


@pytest.mark.parametrize(("after", "left"), [("l-1", ["k-open", "t-1"]), ("l-2", ["k-open", "l-2", "t-1"])])
def test_an_assumption_falls_through_every_scenario_above_it(told, tmp_path, after, left):
    (tmp_path / "low.scenario.yaml").write_text(LOW, "utf-8")
    (tmp_path / "middle.scenario.yaml").write_text(MIDDLE % after, "utf-8")
    told("test", TOP)
    opened = open_scenario("toll.scenario.yaml").but(without=frozenset({"calm"}))
    [found] = try_opened(opened)
    assert found.passed, found.report()
    assert [event.id for event in found.branch.ground.events] == left
    assert (found.held, found.fallen) == (1, ("m-1",))


def test_what_fell_in_each_scenario_is_told_at_the_head(told, tmp_path, capsys):
    (tmp_path / "low.scenario.yaml").write_text(LOW, "utf-8")
    (tmp_path / "middle.scenario.yaml").write_text(MIDDLE % "l-1", "utf-8")
    told("test", TOP)
    assert main(["run", "toll.scenario.yaml", "--without", "calm"]) == 0
    out = capsys.readouterr().out
    assert "  fell in middle.scenario.yaml: m-1, with what fell below it\n" in out
    assert "The lake is calm; with it fell l-1 " in " ".join(out.split())
