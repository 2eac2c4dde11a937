"""One assertion on a record in Python, with the message that a scenario's `expect` would give."""

import os
from collections.abc import Sequence

from terms.ground.words import Plain
from terms.records import read_record
from terms.records.layout import flow
from terms.scenarios import read_scenario_text, try_opened
from terms.scenarios.grounds import Library
from terms.scenarios.opening import opened


def assert_state(
    record: str | os.PathLike[str], *, at: str | None = None, **expected: str | Sequence[str]
) -> None:
    """Assert what a scenario may expect, after the event or on the date `at` (None: the end), of a record's file.

    `expected` are the words of an expectation, with underscores for hyphens: `term="truce", status="agreed"`,
    `at_most="25 km"`, `agreed=["truce", "roads"]`.

    Raises:
        AssertionError: it is not so, with the events that made it otherwise; or the record has errors.
    """
    __tracebackhide__ = True
    path = os.fspath(record)
    words: dict[str, Plain] = {} if at is None else {"at": at}
    for name, said in expected.items():
        words[name.rstrip("_").replace("_", "-")] = said if isinstance(said, str) else [*said]
    wanted = flow(words)
    text = f"format: terms-scenario/1\nbase: {{record: {flow(path)}}}\nexpect:\n  - {wanted}\n"
    scenario = read_scenario_text(text, "assert_state")
    library = Library(lambda named: read_record(path), lambda named: read_scenario_text("", named))
    reports = [tried.report() for tried in try_opened(opened(scenario, library)) if not tried.passed]
    if reports:
        raise AssertionError("\n" + "\n".join(reports))
