"""What is told as one party saw it holds nothing that only hidden papers speak of, and without a leak it still answers."""

import pytest

from tests.golden import told

RECORD = """format: terms/1
title: Talks at the pier
parties:
  north: {name: North, role: belligerent}
  south: {name: South, role: belligerent}
  league: {name: The League, role: mediator}
  watcher: {name: Watchers, role: observer}
terms:
  pullback: {type: quantity, unit: km}
  tunnel: {type: yes-no}
sources:
  M1: {title: Minutes}
  M9: {title: Papers of the tunnel}
events:
  - {id: n-open, date: 2031-03-04, kind: propose, by: north, terms: {pullback: 30 km}, source: M1}
  - {id: paper, date: 2031-03-05, kind: propose, by: north, to: league, via: watcher, channel: private,
     terms: {pullback: 22 km, tunnel: yes}, source: M9}
  - {id: s-no, date: 2031-03-06, kind: reject, by: south, of: n-open, source: M1}
  - {id: out, date: 2031-03-12, kind: leak, of: paper, only: pullback, source: M1}
"""


@pytest.fixture(autouse=True)
def record(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pier.record.yaml").write_text(RECORD, encoding="utf-8")


@pytest.mark.parametrize("asked", [
    ["log"], ["show"], ["show", "--agreed"], ["ask", "all"], ["ask", "compatibility", "--json"], ["frame"],
    ["why", "tunel"], ["why", "tunnel"], ["show", "--lens", "M8"], ["show", "--agreed", "--json"],
], ids=" ".join)  # fmt: skip
def test_what_is_declared_for_a_hidden_paper_alone_is_not_told(asked):
    said = told([*asked, "--seen-by", "south", "pier.record.yaml"])
    hidden = [word for word in ("tunnel", "M9", "atcher") if word in said.replace("".join(asked[1:2]), "")]
    assert hidden == []


def test_it_is_told_to_whoever_knows_the_paper():
    assert "tunnel" in told(["show", "--seen-by", "north", "pier.record.yaml"])


def test_without_a_leak_the_party_does_not_know_of_the_paper_either():
    said = told(["diff", "--without", "out", "--seen-by", "south", "pier.record.yaml"])
    assert "22 km (offer) -> 30 km (offer)" in said


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_line_of_the_file_tells_how_much_is_hidden(form):
    assert "yaml:" in told(["why", "out", *form, "pier.record.yaml"])
    assert "yaml:" not in told(["why", "out", *form, "--seen-by", "south", "pier.record.yaml"])
