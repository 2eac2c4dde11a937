"""What was found out of rival accounts comes back as it was found out."""

from pathlib import Path

import pytest

from terms.cellar.folder import cellar, mark_of, put_by
from terms.core.history import History
from terms.core.lens import View
from terms.records import read_record
from terms.tui.recalling import Disputes
from terms.views.contested import Readings


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_what_was_found_out_of_rival_accounts_comes_back(talks: Path, environment: dict[str, str]) -> None:
    record = read_record(str(talks))
    history = History(record.header, record.events)
    readings = Readings(history)
    disputes = Disputes(str(talks), mark_of(str(talks)), environment)
    assert len(history.rivals) == 1
    disputes.keep(readings)
    assert disputes.recalled(history) is None, "there is nothing to keep before it is surveyed"
    readings.survey(0)
    disputes.keep(readings)
    found = disputes.recalled(history)
    assert found is not None
    assert found.spans == readings.spans
    assert found.changed_by(0, len(history)) == {("north", "distance", "")}
    assert disputes.recalled(History(record.header, record.events, View(party="north"))) is None
    put_by(cellar(environment), disputes.name, disputes.mark, b"[[]]")
    assert disputes.recalled(history) is None
    put_by(cellar(environment), disputes.name, disputes.mark, b"{")
    assert disputes.recalled(history) is None


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "talks.record.yaml").write_text(DISPUTED, "utf-8")
    return tmp_path / "talks"


DISPUTED = """format: terms/1
title: Talks
parties: {north: {name: North, role: belligerent}, south: {name: South, role: belligerent}}
terms: {distance: {type: quantity, unit: km}}
sources: {N1: {title: Notes}, S1: {title: Minutes}}
events:
  - id: n-1
    date: 2031-03-04
    kind: propose
    by: north
    terms: {distance: 30 km}
    source: N1
    accounts:
      - {source: S1, with: {terms: {distance: 20 km}}}
"""
