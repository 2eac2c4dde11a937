"""A pytest plugin that writes how long each test took, in seconds, to the file named by TERMS_CLOCK."""

import json
import os
from pathlib import Path

import pytest

from tests.mutants import trial

assert trial.SUITE  # registers the profile that the suite is run under
TAKEN: dict[str, float] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up the parts of one test."""
    TAKEN[report.nodeid] = TAKEN.get(report.nodeid, 0.0) + report.duration


def pytest_sessionfinish() -> None:
    """Write the times down."""
    Path(os.environ["TERMS_CLOCK"]).write_text(json.dumps(TAKEN), "utf-8")
