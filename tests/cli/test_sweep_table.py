"""The table of a sweep: which points come out alike, which values tip the talks, what a stopped sweep shows."""

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from terms.cli.output import Output
from terms.cli.sweep_table import table
from terms.scenarios import sweeping
from terms.scenarios.sweeping import PointResult
from tests.golden import told

BASE = Path(__file__).parents[1] / "scenarios" / "base.record.yaml"
HEAD = f"""format: terms-scenario/1
base: {{record: {BASE}, after: med-25}}
assume:
  - {{id: mood, text: Nobody leaves}}
"""
COUNTED = (
    HEAD
    + """suppose:
  - {id: s-new, date: +1d, kind: counter, by: south, of: med-25, terms: {distance: $distance}}
  - {id: n-new, date: +1d, kind: $answer, by: north, of: s-new, needs: [mood]}
sweep:
  distance: [20 km, 30 km, 40 km, 50 km, 60 km]
  answer: [accept, reject]
"""
)


def ran(folder: Path, text: str, *options: str) -> str:
    """What `terms run` says of a scenario with this text, from the table on."""
    made = folder / "made.scenario.yaml"
    made.write_text(text)
    return told(["run", str(made), "--executor", "here", *options]).partition("  point ")[2]


def tips(said: str) -> list[str]:
    """The lines under the heading of what tips."""
    return [line.strip() for line in said.partition("Tipping points\n")[2].partition("\n\n")[0].splitlines()]


def test_what_tips_whatever_the_other_value_is_told_once(tmp_path):
    said = ran(tmp_path, COUNTED)
    assert tips(said) == [
        "answer accept -> reject (whatever distance): A -> B",
        "without mood: another outcome at 5 points",
    ]


def test_what_tips_beside_many_other_values_names_the_first_and_counts_the_rest(tmp_path):
    text = COUNTED.replace("answer: [accept, reject]", "answer: [accept, reject]\n  who: [north, league]")
    said = ran(tmp_path, text.replace("by: north, of: s-new", "by: $who, of: s-new"))
    assert " ".join(tips(said)).startswith(
        "answer accept -> reject (with distance 20 km, who north, and with 4 others of 10): A -> B"
    )


def test_values_side_by_side_tip_from_one_point_to_the_next(tmp_path):
    text = COUNTED.replace("sweep:", "sweep-mode: zip\nsweep:").replace(
        "20 km, 30 km, 40 km, 50 km, 60 km", "20 km, 30 km"
    )
    assert "distance 20 km -> 30 km, answer accept -> reject: A -> B" in tips(ran(tmp_path, text))


def test_a_point_that_says_what_the_base_says_is_no_other_outcome(tmp_path):
    text = (
        HEAD.replace(", after: med-25", "") + "edit:\n  - {replace: med-25, with: {terms: {distance: $d}}}\n"
    )
    said = ran(tmp_path, text + "sweep: {d: [20 km, 25 km, 30 km]}\n")
    assert "none: every point comes out alike" not in said
    assert tips(said) == ["without mood: changes no outcome"]
    assert "  B: " not in said


def test_what_is_wrong_at_every_point_is_told_once(tmp_path):
    said = ran(tmp_path, COUNTED + "expect:\n  - {term: distance, status: deferred}\n  - {zone: maybe}\n")
    assert said.count("'zone: maybe' is not known") == 2  # once for each way in which points fail
    said = ran(tmp_path, COUNTED + "expect:\n  - {zone: maybe}\n")
    assert said.count("'zone: maybe' is not known") == 1
    assert "every point: E107 'zone: maybe' is not known" in said


def test_a_sweep_that_is_stopped_in_a_later_column_shows_what_was_run(tmp_path, monkeypatch):
    kept = tmp_path / "kept.jsonl"
    run = sweeping.result_of

    def stopping(opened, point):
        if opened.without and dict(point.values)["distance"] == "30 km":
            raise KeyboardInterrupt
        return run(opened, point)

    monkeypatch.setattr(sweeping, "result_of", stopping)
    said = ran(tmp_path, COUNTED, "--keep", str(kept))
    assert "distance 20 km, answer accept  A           B\n" in said
    assert "distance 30 km, answer accept  A\n" in said
    assert "without mood: another outcome at 1 point of the 2 that were run" in said
    assert said.endswith(" to go on\n[exit 130]\n")
    assert "stopped after 12 of 20 points; run it again with --keep" in said
    monkeypatch.undo()
    assert ran(tmp_path, COUNTED, "--keep", str(kept)) == ran(tmp_path, COUNTED)


@pytest.mark.parametrize("many", [1, 26, 27])
def test_every_outcome_has_a_letter_of_its_own(many, capsys):
    rows = {
        (("d", str(number)),): {"": PointResult((("d", str(number)),), broken=f"why {number}")}
        for number in range(many)
    }
    table(rows, Output(width=80, color=False), base={})
    letters = [line.split()[2] for line in capsys.readouterr().out.splitlines() if line.startswith("  d ")]
    assert len({*letters[:many]}) == many


def test_one_point_of_each_line_tips_nothing_and_is_not_called_alike(capsys):
    rows = {
        (("a", "1"), ("b", "1")): {"": PointResult((("a", "1"), ("b", "1")), broken="this")},
        (("a", "2"), ("b", "2")): {"": PointResult((("a", "2"), ("b", "2")), broken="that")},
    }
    table(rows, Output(width=80, color=False), base={})
    assert "none: no two neighbours were run" in capsys.readouterr().out


def failing(count: str, *failed: str, broken: str = "") -> PointResult:
    return PointResult((("count", count),), failed=failed, broken=broken)


def table_of(*results: PointResult, xfail: str = "") -> str:
    """The table of these points, one under the other."""
    written = io.StringIO()
    with redirect_stdout(written):
        table(
            {one.point: {"": one} for one in results},
            Output(width=80, color=False),
            base={},
            xfail=xfail,
        )
    return written.getvalue()


def test_points_that_fail_alike_are_told_together():
    said = table_of(
        failing("1", "F501 no"), failing("2", "F501 no"), failing("3"), failing("4", "F502 never")
    )
    assert said.endswith("Not as expected (*)\n  count 1 and 1 other point: F501 no\n  count 4: F502 never\n")


def test_what_is_known_not_to_hold_is_not_told_as_unexpected():
    said = table_of(failing("1", "F501 no"), failing("2"), failing("3", broken="E301"), xfail="too early")
    assert said.endswith(
        "Not as expected (*)\n  count 3: E301\n\nKnown not to hold (*): too early\n  count 1: F501 no\n\n"
        "All holds, though xfail says: too early\n  count 2\n"
    )
