"""The plugin of pytest, seen from inside: what is collected, under which name, and how a failure is told."""

import pytest

from terms.records import read_text
from terms.scenarios import file_library, read_scenario_text
from tests.testing.test_plugin import KNOWN, RECORD, SWEEP

pytest_plugins = ["pytester"]
LOADED = (read_text, file_library, read_scenario_text)
"""Loaded before the first run in this process: what a run loads by itself is forgotten after it."""

LINKED = """\
format: terms-scenario/1
title: A fare for each day
base: {record: ferry.record.yaml}
tags: [dear, by-hand]
edit:
  - replace: v-offer
    with: {terms: {ferry.fare: $fare}, date: $day}
sweep-mode: zip
sweep: {fare: [4 USD, 4 USD, 6 USD], day: [2031-02-28, 2031-03-01, 2031-03-01]}
expect:
  - term: ferry.fare
    status: agreed
    at-most: 5 USD
"""
FAILED = """\
error[F501]: ferry.fare = 6 USD, expected at most 5 USD
  --> linked.scenario.yaml:13:14
"""


@pytest.fixture
def talks(pytester):
    """A folder with a record and three scenarios; returns how pytest is run in it."""
    pytester.makeini("[pytest]\naddopts = --strict-markers -p no:asyncio -p no:xdist\n")
    for name, text in (("ferry.record", RECORD), ("fare.scenario", SWEEP), ("known.scenario", KNOWN), ("linked.scenario", LINKED)):  # fmt: skip
        (pytester.path / f"{name}.yaml").write_text(text, "utf-8")
    return lambda *words: pytester.runpytest_inprocess(*words)


def collected(result):
    return [line for line in result.outlines if "::" in line]


def test_files_are_collected_where_one_asks_and_nowhere_else(talks, pytester):
    assert talks("--co", "-q").ret == pytest.ExitCode.NO_TESTS_COLLECTED
    asked = collected(talks("--co", "-q", "--terms"))
    assert asked == collected(talks("--co", "-q", "-o", f"terms_paths='{pytester.path}'"))
    assert asked == [
        "fare.scenario.yaml::fare=4USD",
        "fare.scenario.yaml::fare=5USD",
        "fare.scenario.yaml::fare=6USD",
        "ferry.record.yaml::check",
        "known.scenario.yaml::holds",
        "linked.scenario.yaml::fare=4USD,day=2031-02-28",
        "linked.scenario.yaml::fare=4USD,day=2031-03-01",
        "linked.scenario.yaml::fare=6USD,day=2031-03-01",
    ]


def test_a_point_is_chosen_by_its_words_its_name_and_the_tags_of_its_scenario(talks):
    talks("--terms", "-k", "4USD").assert_outcomes(passed=3, deselected=5)
    talks("--terms", "-k", "linked and not 6USD").assert_outcomes(passed=2, deselected=6)
    talks("--terms", "-m", "by_hand").assert_outcomes(passed=2, failed=1, deselected=5)
    talks("--terms", "linked.scenario.yaml::fare=4USD,day=2031-03-01").assert_outcomes(passed=1)


def test_what_failed_is_run_again_first_or_alone(talks):
    talks("--terms").assert_outcomes(passed=5, failed=2, xfailed=1)
    talks("--terms", "--lf").assert_outcomes(failed=2)
    first = talks("--terms", "--ff", "-v").outlines
    told = [line.partition(" ")[0] for line in first if "::" in line and "%]" in line]
    assert told[:2] == ["fare.scenario.yaml::fare=6USD", "linked.scenario.yaml::fare=6USD,day=2031-03-01"]


def test_points_are_spread_over_workers_under_the_same_names(talks, pytester):
    result = pytester.runpytest_subprocess("--terms", "-v", "-p", "xdist", "-n", "2")
    result.assert_outcomes(passed=5, failed=2, xfailed=1)
    result.stdout.fnmatch_lines_random(["*PASSED linked.scenario.yaml::fare=4USD,day=2031-02-28*"])


def test_a_failure_is_told_with_caret_and_causes_and_nothing_of_the_program(talks):
    result = talks("--terms", "linked.scenario.yaml")
    text = result.stdout.str()
    told = text[text.index("error[F5") : text.index("short test summary")]
    assert FAILED in told
    assert "   ^^^^^" in told
    assert "because: " in told
    assert "ferry.record.yaml:" in told
    for word in ("Traceback", ".py", "def ", ">  ", "Unmet"):
        assert word not in told


def test_a_scenario_known_not_to_hold_fails_once_it_holds(talks, pytester):
    held = KNOWN.replace("status: open", "status: agreed")
    (pytester.path / "known.scenario.yaml").write_text(held, "utf-8")
    result = talks("--terms", "known.scenario.yaml")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*XPASS(strict)*nobody has asked for it yet*"])


def test_a_faulty_scenario_fails_at_each_point_and_the_others_run(talks, pytester):
    (pytester.path / "linked.scenario.yaml").write_text(LINKED.replace("$fare", "$fair"), "utf-8")
    result = talks("--terms")
    result.assert_outcomes(passed=3, failed=4, xfailed=1, errors=0)
    result.stdout.fnmatch_lines(["*E505*: nothing says what '$fair' stands for", "*did you mean '$fare'?"])


def test_a_record_fails_by_a_warning_and_parts_are_no_records_of_their_own(talks, pytester):
    (pytester.path / "parts").mkdir()
    head, events = RECORD.partition("events:")[::2]
    (pytester.path / "ferry.record.yaml").write_text(f"{head}include: [parts/*.record.yaml]\n", "utf-8")
    part = pytester.path / "parts" / "one.record.yaml"
    part.write_text(f"format: terms/1\nevents:{events}", "utf-8")
    assert "parts/" not in "".join(collected(talks("--co", "-q", "--terms")))
    talks("--terms", "--ignore=linked.scenario.yaml").assert_outcomes(passed=3, failed=1, xfailed=1)
    part.write_text(f"format: terms/1\nevents:{events}".replace("2031-03-02", "2031-02-02"), "utf-8")
    again = talks("--terms", "ferry.record.yaml")
    again.assert_outcomes(failed=1)
    again.stdout.fnmatch_lines(["warning[[]W401]*", "*parts/one.record.yaml:*"])
