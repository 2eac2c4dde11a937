"""What the verbs on scenarios do besides printing: records and scenarios they write, sweeps that go on, git."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from terms.cli.refusal import Refused
from terms.cli.sweep_points import picked
from terms.cli.sweeps import run_sweep
from terms.scenarios import open_scenario
from tests.golden import told

PIER = Path(__file__).parent / "pier.scenario.yaml"
BASE = Path(__file__).parents[1] / "scenarios" / "base.record.yaml"
BOTH = """format: terms-scenario/1
title: Both take it
base: {record: base.record.yaml, after: n-yes}

suppose:
  # south first
  - id: s-yes
    date: +2d
    kind: accept
    by: south
    of: med-25
    note: at last

  - {id: s-back, date: +1d, kind: return, by: south}

expect:
  - agreed: [distance]
"""


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """A scenario beside its record, both of which may be written to."""
    shutil.copy(BASE, tmp_path)
    made = tmp_path / "both.scenario.yaml"
    made.write_text(BOTH)
    return made


# ---- promote ---------------------------------------------------------------------------------------


def test_a_supposed_event_that_came_true_becomes_one_of_the_record(both):
    said = told(["promote", str(both), "s-yes", "--source", "M1 p.9"])
    assert said == f"s-yes added to {both.parent}/base.record.yaml\n{both} branches after it now\n"
    record = (both.parent / "base.record.yaml").read_text()
    assert record.startswith(BASE.read_text())
    added = "  - id: s-yes\n    date: 2031-03-08\n    kind: accept\n    by: south\n    of: med-25\n"
    assert record.endswith(f"{added}    source: M1 p.9\n    note: at last\n")


def test_the_scenario_branches_after_what_came_true_and_expects_the_same(both):
    told(["promote", str(both), "s-yes", "--source", "M1"])
    assert both.read_text() == (
        BOTH.replace("after: n-yes", "after: s-yes").replace(
            BOTH[BOTH.index("  - id: s-yes") : BOTH.index("  - {id: s-back")], ""
        )
    )
    told(["promote", str(both), "s-back", "--source", "R1", "--date", "2031-03-20"])
    assert "suppose" not in both.read_text()
    assert told(["test", str(both)]).startswith("ok ")


def test_nothing_is_promoted_without_a_source_and_nothing_written_on_a_dry_run(both):
    was = (both.parent / "base.record.yaml").read_text()
    assert "say on whose word" in told(["promote", str(both), "s-yes"])
    assert "source: M1" in told(["promote", str(both), "s-yes", "--source", "M1", "--dry-run"])
    assert "E210" in told(["promote", str(both), "s-yes", "--source", "M2"])
    assert (both.read_text(), (both.parent / "base.record.yaml").read_text()) == (BOTH, was)


def test_a_sweep_is_promoted_at_the_point_that_came_true(both):
    text = BOTH.replace("note: at last", "note: $why") + "sweep: {why: [late, early]}\n"
    both.write_text(text)
    said = told(["promote", str(both), "s-yes", "--source", "M1", "--point", "why=early", "--dry-run"])
    assert said.endswith("note: early\n")


def test_who_promotes_is_told_what_was_recorded_since_and_where_the_event_goes(both):
    both.write_text(BOTH.replace("after: n-yes", "after: med-25"))
    said = told(["promote", str(both), "s-yes", "--source", "M1", "--date", "2031-03-08"])
    assert said.startswith(f"1 event was recorded after med-25, which {both} did not reckon with:\n  n-yes\n")
    assert "s-yes goes behind n-yes, at the end of the record" in said


# ---- sweeps ----------------------------------------------------------------------------------------


def test_a_sweep_takes_what_is_kept_and_runs_the_rest(tmp_path):
    kept = tmp_path / "kept.jsonl"
    first = told(["run", str(PIER), "--keep", str(kept)])
    rows = kept.read_text().splitlines()
    assert len(rows) == 3
    kept.write_text("\n".join([rows[0], rows[1][:40]]))
    assert told(["run", str(PIER), "--keep", str(kept)]) == first
    points = [
        dict(json.loads(row)["point"])["count"] for row in kept.read_text().splitlines() if row.endswith("}")
    ]
    assert points == ["20 persons", "30 persons", "40 persons"]


def test_results_of_another_sweep_are_not_taken(tmp_path):
    kept = tmp_path / "kept.jsonl"
    kept.write_text(
        '{"job": "another", "point": [], "without": [], "terms": [], "talks": "", "failed": [], "broken": ""}\n'
    )
    opened = open_scenario(str(PIER))
    found, whole = run_sweep(opened, opened.points, keep=str(kept))
    assert whole
    assert len(found) == 3
    kept.write_text("a letter\n")
    with pytest.raises(Refused):
        run_sweep(opened, opened.points, keep=str(kept))


def test_an_interrupted_sweep_keeps_what_was_done(tmp_path):
    opened = open_scenario(str(PIER))

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    kept = str(tmp_path / "kept.jsonl")
    found, whole = run_sweep(opened, opened.points, keep=kept, progress=interrupt)
    assert (len(found), whole) == (2, False)
    seen: list[int] = []
    again, whole = run_sweep(opened, opened.points, keep=kept, progress=lambda done, total: seen.append(done))
    assert (len(again), whole, seen) == (3, True, [3])


def test_a_point_may_be_named_without_its_blanks():
    opened = open_scenario(str(PIER))
    assert [point.name for point in picked(opened.scenario, opened.points, ["count=20 persons"])] == [
        "count=20persons"
    ]
    assert len(picked(opened.scenario, opened.points, [])) == 3


# ---- git -------------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    """One git command, signed by nobody in particular."""
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def test_a_record_is_compared_with_what_it_was_in_git(both):
    record = both.parent / "base.record.yaml"
    git(both.parent, "init")
    git(both.parent, "add", "base.record.yaml")
    git(both.parent, "commit", "-m", "first")
    told(["promote", str(both), "s-yes", "--source", "M1"])
    for revision in ("HEAD", "git:HEAD"):
        said = told(["diff", f"{record}@{revision}", str(record)])
        assert "distance: open -> agreed" in said
        assert "s-yes" in said
    assert "git knows no revision" in told(["diff", f"{record}@git:nothing", str(record)])


# ---- test ------------------------------------------------------------------------------------------


def test_a_past_that_changed_under_its_pin_is_told_by_the_tests_too(both):
    pin = told(["run", str(both), "--pin"])
    both.write_text(both.read_text() + pin)
    assert told(["test", str(both)]).endswith("1 point of 1 scenario: 1 as expected, 0 not\n")
    record = both.parent / "base.record.yaml"
    record.write_text(record.read_text().replace("25 km", "26 km", 1))
    said = told(["test", str(both)])
    assert said.startswith("ok ")
    assert "warning[W501]: the past changed under this scenario\n" in said


def test_a_tag_that_no_scenario_bears_is_refused_with_the_nearest(both):
    both.write_text(both.read_text().replace("base:", "tags: [bridge, roads]\nbase:"))
    assert told(["test", str(both), "--tag", "roads"]).startswith("ok ")
    said = told(["test", str(both), "--tag", "rods"])
    assert "no scenario here bears the tag 'rods'\n  help: did you mean 'roads'?\n[exit 2]\n" in said
    assert "help: tags: bridge, roads" in told(["test", str(both), "--tag", "winter"])


# ---- what is left out of a scenario below ----------------------------------------------------------

LOWER = """format: terms-scenario/1
title: South comes round
base: {record: base.record.yaml, after: n-yes}
assume: [{id: calm, text: The pier stays calm}]
suppose:
  - {id: s-yes, date: +2d, kind: accept, by: south, of: med-25, needs: [calm]}
expect: [{agreed: [distance], unless: {}}]
"""
UPPER = """format: terms-scenario/1
title: And more monitors
base: {scenario: lower.scenario.yaml}
assume: [{id: money, text: Somebody pays}]
suppose:
  - {id: u-20, date: +1d, kind: propose, by: north, terms: {monitors: $many}, needs: [money]}
sweep: {many: [20 persons, 30 persons]}
expect: [{agreed: [distance]}]
"""


@pytest.fixture
def upper(tmp_path: Path) -> Path:
    """A scenario on a scenario on a record."""
    shutil.copy(BASE, tmp_path)
    (tmp_path / "lower.scenario.yaml").write_text(LOWER.replace(", unless: {}", ""))
    made = tmp_path / "upper.scenario.yaml"
    made.write_text(UPPER)
    return made


def test_an_assumption_of_a_scenario_below_is_left_out_there(upper):
    asked = ["run", str(upper), "--point", "many=20 persons"]
    assert "and it holds" in told(asked)
    said = " ".join(told([*asked, "--without", "calm"]).split())
    assert "assumes calm (left out of" in said
    assert "with it fell s-yes" in said
    assert "distance is" in said
    assert "expected agreed" in said


def test_an_unknown_assumption_is_told_with_those_of_all_scenarios_below(upper):
    said = told(["run", str(upper), "--without", "calmm"])
    assert "does not assume 'calmm'" in said
    assert "assumed: money, calm" in said


def test_the_table_of_a_sweep_has_a_column_for_an_assumption_below(upper):
    said = told(["run", str(upper)])
    assert "calm" in said
    assert "money" in said


def test_what_was_left_out_below_is_there_again_when_it_is_no_longer_left_out(upper):
    opened = open_scenario(str(upper))
    less = opened.but(without=frozenset({"calm"}))
    assert less.ground is not None
    assert "s-yes" not in less.ground.ids
    again = less.but()
    assert again.ground is not None
    assert "s-yes" in again.ground.ids


def test_a_scenario_that_hangs_on_an_event_that_fell_below_says_so(upper):
    upper.write_text(UPPER.replace("lower.scenario.yaml}", "lower.scenario.yaml, after: s-yes}"))
    said = told(["run", str(upper), "--point", "many=20 persons", "--without", "calm"])
    assert "after s-yes, which fell; nothing recorded follows" in " ".join(said.split())
    assert "E501" not in said
    assert "^" in said


def test_a_circle_of_scenarios_is_shown_where_it_is_written(upper):
    (upper.parent / "lower.scenario.yaml").write_text(
        LOWER.replace("record: base.record", "scenario: upper.scenario").replace(", after: n-yes", "")
    )
    said = told(["run", str(upper)])
    assert "E503" in said
    assert "^^^" in said


def test_the_difference_tells_which_events_fit_no_more():
    said = " ".join(told(["diff", "--without", "med-25", str(BASE)]).split())
    assert "2 cells, 0 headlines and 1 objection differ" in said
    assert "Objections + N601 'med-25' tabled no terms to answer [n-yes]" in said
    found = json.loads(told(["diff", "--without", "med-25", "--json", str(BASE)]))
    assert found["comparison"]["objections"] == [
        {"sign": "+", "code": "N601", "event": "n-yes", "sentence": "'med-25' tabled no terms to answer"}
    ]
    assert "Objections" not in told(["diff", "n-open", "n-yes", str(BASE)])
    assert "Objections" not in told(["diff", "--without", "med-25", "--term", "distance", str(BASE)])


def test_an_event_that_fits_again_on_a_branch_is_told_once_and_in_the_difference(both):
    base = both.parent / BASE.name
    back = "  - {id: m-back, date: 2031-03-05, kind: withdraw, by: mediator, of: med-25, source: M1 p.3}\n\n"
    base.write_text(base.read_text().replace("  - id: n-yes\n", f"{back}  - id: n-yes\n"))
    both.write_text(
        "format: terms-scenario/1\ntitle: The offer stood\nbase: {record: base.record.yaml, after: m-back}\n"
        "replay: continue\nedit:\n  - {drop: m-back, why: to see}\n"
    )
    said = " ".join(told(["run", str(both)]).split())
    assert "no longer: N602" in said
    assert said.count("N602") == 1
    said = " ".join(told(["diff", str(base), str(both)]).split())
    assert "1 objection differ" in said
    assert " - N602" in said
    assert "base.record.yaml:" in said.partition("where: ")[2]


# ---- promoting one after the other -----------------------------------------------------------------

THREE = """format: terms-scenario/1
base: {record: base.record.yaml, after: n-yes}
suppose:
  # the first
  - {id: s-ask, date: +1d, kind: propose, by: south, terms: {monitors: $many}}

  # the second
  - {id: s-yes, date: +2d, kind: accept, by: south, of: med-25}
  # after all
sweep: {many: [20 persons, 30 persons]}
"""


def test_comments_stay_when_what_stands_beside_them_is_promoted(both):
    both.write_text(THREE)
    told(["promote", str(both), "s-ask", "--source", "M1", "--point", "many=30 persons"])
    kept = THREE.replace("after: n-yes", "after: s-ask")
    kept = kept.replace(
        "  - {id: s-ask, date: +1d, kind: propose, by: south, terms: {monitors: $many}}\n\n", ""
    )
    assert both.read_text() == kept
    told(["promote", str(both), "s-yes", "--source", "M1"])
    kept = kept.replace("suppose:\n", "").replace("after: s-ask", "after: s-yes")
    kept = kept.replace("  - {id: s-yes, date: +2d, kind: accept, by: south, of: med-25}\n", "")
    assert both.read_text() == kept


def test_an_event_that_is_alike_at_every_point_is_promoted_without_naming_one(both):
    both.write_text(THREE)
    said = told(["promote", str(both), "s-ask", "--source", "M1"])
    assert "say which point came true: --point many=20persons" in said
    told(["promote", str(both), "s-ask", "--source", "M1", "--point", "many=30 persons"])
    assert told(["promote", str(both), "s-yes", "--source", "M1"]).startswith("s-yes added to ")
