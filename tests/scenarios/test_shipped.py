"""The scenarios that come with the records: each comes to what it says it comes to."""

from functools import cache
from pathlib import Path

import pytest

from terms.scenarios import file_library, open_scenario, try_opened

FOLDER = Path(__file__).parents[2] / "scenarios"
PATHS = sorted(FOLDER.rglob("*.scenario.yaml"))
LIBRARY = file_library()


@cache
def opened(path: Path):
    """A shipped scenario, its record read once for all."""
    return open_scenario(str(path), LIBRARY)


@pytest.mark.parametrize("path", PATHS, ids=[path.name.partition(".")[0] for path in PATHS])
def test_a_shipped_scenario_comes_to_what_it_expects(path):
    for tried in try_opened(opened(path)):
        assert tried.faults == (), tried.report()


@pytest.mark.parametrize("path", PATHS, ids=[path.name.partition(".")[0] for path in PATHS])
def test_a_shipped_scenario_says_what_it_is_and_expects_something(path):
    scenario = opened(path).scenario
    assert scenario.title
    assert scenario.expectations
    assert scenario.tags[0] == path.parent.name


def test_there_are_scenarios_enough_over_either_record():
    folders = [path.parent.name for path in PATHS]
    assert folders.count("istanbul-2025") >= 10
    assert folders.count("korea-1951") >= 4


def test_a_shipped_scenario_leaves_its_record_as_it_is():
    for path in PATHS:
        base = opened(path).ground.history
        before = [(step.event, step.after) for step in base]
        for _ in try_opened(opened(path)):
            assert [(step.event, step.after) for step in base] == before
            break
