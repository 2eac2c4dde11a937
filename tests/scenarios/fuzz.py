"""Mutants of scenarios: whatever is done to a text, running it neither crashes nor loses a change in silence.

`python -m tests.scenarios.fuzz 5000 1` runs that many mutants from that seed and says what it found.
"""

import random
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from terms.ground.diagnostics import Severity
from terms.records import read_record
from terms.scenarios import Scenario, read_scenario_text, try_point
from terms.scenarios.grounds import Library
from terms.scenarios.opening import opened
from tests.records.fuzz import MUTATIONS, survey

HERE = Path(__file__).parent
RECORD = read_record(str(HERE / "base.record.yaml"))
CHANGE = re.compile(r"^ *- \{?(?:id|drop|replace|insert-after|insert-before): ([^\s,}]+)", re.MULTILINE)
FULL = """format: terms-scenario/1
title: Everything at once
base: {record: base.record.yaml, after: med-25}
replay: continue
tags: [all]
assume:
  - {id: mood, text: Nobody leaves again, confidence: likely, until: 2031-05-01}
edit:
  - drop: s-walkout
    why: A slip of the radio
  - replace: n-open
    with: {terms: {distance: $distance}}
    why: Read otherwise
  - insert-after: n-open
    event: {id: s-asks, date: 2031-03-01, kind: propose, by: south, terms: {monitors: 20 persons}}
    why: Left out
suppose:
  - id: n-yes2
    date: +1d
    kind: accept
    by: north
    of: med-25
    needs: [mood]
  - {id: s-yes, date: +6d, kind: accept, by: south, of: med-25}
sweep:
  distance: [22 km, 28 km]
  count: [1, 2]
expect:
  - {term: distance, status: agreed, value: 25 km, at: s-yes}
  - {term: distance, at-most: 26 km, unless: {distance: 28 km}}
  - {never: {talks: broken-off}, always: {term: roads, not: {status: agreed}}}
  - {open: [monitors], deadlock: no, zone: exists, talks: unopened}
  - {fails: E504, xfail: it stands}
"""


@lru_cache(maxsize=1)
def originals() -> tuple[str, ...]:
    """One scenario with everything in it, those of the gallery, and those of these tests."""
    paths = [*sorted((HERE / "gallery").glob("*.scenario.yaml")), *sorted(HERE.glob("*.scenario.yaml"))]
    texts = [path.read_text("utf-8") for path in paths if path.stem != "E506.scenario"]
    return (*[FULL] * 12, *texts)


def mutants(count: int, seed: int) -> Iterator[str]:
    """`count` mutants of the originals, the same for one seed; each has one to three changes."""
    chance = random.Random(seed)
    for _ in range(count):
        text = chance.choice(originals())
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            text = chance.choice(MUTATIONS)(text, chance)
        yield text


def verdict(text: str) -> str:
    """What is wrong with running this text; empty when nothing is."""
    library = Library(lambda path: RECORD, lambda path: read_scenario_text(FULL, path))
    scenario = read_scenario_text(text, "mutant.scenario.yaml")
    found = opened(scenario, library)
    faults = list(scenario.diagnostics)
    for point in found.points[:2]:
        tried = try_point(found, point)
        tried.report()
        faults += tried.faults
    if any(one.severity is Severity.ERROR and not one.code.startswith("F") for one in faults):
        return ""
    lost = sorted(set(CHANGE.findall(text)) - set(_read(scenario)))
    return f"lost in silence: {', '.join(lost)}" if lost else ""


def _read(scenario: Scenario) -> Iterator[str]:
    yield from (one.id.text for one in scenario.assumptions)
    yield from (one.event.text for one in scenario.edits)
    yield from (one.id for one in scenario.supposed)


if __name__ == "__main__":
    asked, start = ([int(word) for word in sys.argv[1:]] + [5_000, 1][len(sys.argv) - 1 :])[:2]
    sys.exit(survey(mutants(asked, start), verdict, start, "scenario.yaml"))
