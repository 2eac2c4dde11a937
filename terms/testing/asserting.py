"""One assertion on a record in Python, with the message that a scenario's `expect` would give."""

import os

from terms.records import read_record
from terms.records.layout import flow
from terms.scenarios import read_scenario_text, try_opened
from terms.scenarios.grounds import Library
from terms.scenarios.opening import opened


def assert_state(record: str | os.PathLike[str], *, at: str | None = None, **expected: str) -> None:
    """Assert what a scenario may expect, after the event `at` (None: the last), on the record at a path.

    `expected` are the words of an expectation, with underscores for hyphens: `term="truce", status="agreed"`,
    `at_most="25 km"`.

    Raises:
        AssertionError: it is not so, with the events that made it otherwise; or the record has errors.
    """
    path = os.fspath(record)
    after = f", after: {at}" if at is not None else ""
    wanted = flow({name.rstrip("_").replace("_", "-"): words for name, words in expected.items()})
    text = f"format: terms-scenario/1\nbase: {{record: {flow(path)}{after}}}\nexpect:\n  - {wanted}\n"
    scenario = read_scenario_text(text, "assert_state")
    library = Library(lambda named: read_record(path), lambda named: read_scenario_text("", named))
    reports = [tried.report() for tried in try_opened(opened(scenario, library)) if not tried.passed]
    assert not reports, "\n" + "\n".join(reports)
