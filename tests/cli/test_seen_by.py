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


SCENARIO = """format: terms-scenario/1
title: South accepts
base: {record: pier.record.yaml}
pin: {meaning: 0123456789abcdef}
suppose:
  - {id: s-yes, kind: accept, by: south, of: n-open, date: 2031-04-01}
expect:
  - {term: pullback, status: agreed}
  - {term: tunnel, status: open}
"""


@pytest.fixture
def scenario(tmp_path):
    (tmp_path / "yes.scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "early.record.yaml").write_text(
        RECORD.replace(", kind: reject, by: south, of: n-open", ", kind: reject, by: league, of: paper"),
        encoding="utf-8",
    )
    (tmp_path / "pier.record.yaml").write_text(
        RECORD + "  - {id: l-no, date: 2031-03-13, kind: reject, by: league, of: paper, source: M1}\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize("asked", [
    ["run", "yes.scenario.yaml"],
    ["run", "yes.scenario.yaml", "--json"],
    ["test", "yes.scenario.yaml"],
    ["diff", "pier.record.yaml", "yes.scenario.yaml"],
    ["diff", "pier.record.yaml@n-open", "pier.record.yaml"],
    ["frame", "yes.scenario.yaml"],
    ["frame", "pier.record.yaml", "--over", "pier.record.yaml"],
    ["log", "pier.record.yaml"],
    ["why", "l-no", "--json", "pier.record.yaml"],
], ids=" ".join)  # fmt: skip
def test_a_scenario_and_what_is_laid_over_tell_no_more_than_the_record(scenario, asked):
    said = told([*asked, "--seen-by", "south"])
    assert [word for word in ("M9", "atcher", "record.yaml:") if word in said] == []
    assert "W501" not in said  # of the past that was pinned the party does not know all


def test_what_is_expected_of_a_hidden_term_cannot_be_asked(scenario):
    said = told(["test", "yes.scenario.yaml", "--seen-by", "south"])
    assert "term 'tunnel' is not declared" in said
    assert "W501" in told(["test", "yes.scenario.yaml"])


def test_a_reference_to_a_hidden_paper_reads_undisclosed(scenario):
    assert "The League rejects undisclosed" in told(["log", "--seen-by", "south", "early.record.yaml"])
    assert "The League rejects paper" in told(
        ["log", "--seen-by", "south", "pier.record.yaml"]
    )  # part of it leaked


@pytest.mark.parametrize(
    ("option", "value"), [("--pin", ()), ("--keep", ("x",)), ("--executor", ("processes",))]
)
def test_what_is_of_all_that_is_recorded_is_not_asked_for_a_party(scenario, option, value):
    said = told(["run", "yes.scenario.yaml", "--seen-by", "south", option, *value])
    assert f"{option} is of all that is recorded: leave it or --seen-by out" in said
    assert "south" in told(["run", "yes.scenario.yaml", "--seen-by", "south", "--executor", "here"])


def test_a_scenario_on_a_record_without_that_party_is_refused(scenario):
    assert "there is no party 'soth' in this record" in told(
        ["run", "yes.scenario.yaml", "--seen-by", "soth"]
    )


def test_a_scenario_on_nothing_that_can_be_read_says_so_and_no_more(tmp_path, scenario):
    """What is wrong with the record may be wrong with what is hidden from the party."""
    asked = ["run", "yes.scenario.yaml", "--seen-by", "south"]
    (tmp_path / "pier.record.yaml").write_text("]", encoding="utf-8")
    assert told(asked) == "[stderr]\nterms: there is no party 'south' in this record\n[exit 2]\n"
    (tmp_path / "pier.record.yaml").write_bytes(b"\xff")
    said = "pier.record.yaml cannot be read; `terms check pier.record.yaml` shows why to whoever keeps it"
    assert " ".join(told(asked).split()) == f"[stderr] terms: {said.replace('; ', ' help: ')} [exit 2]"


@pytest.mark.parametrize("view", [["--lens", "M9"], ["--only-sources", "M9"], ["--lens", "watcher"]])
def test_whoever_names_a_source_that_the_party_does_not_know_is_told_of_none(view):
    said = told(["show", *view, "--seen-by", "south", "pier.record.yaml"])
    assert said == f"[stderr]\nterms: there is no source '{view[1]}' in this record\n[exit 2]\n"
    assert f"{view[1]}" in told(["show", *view, "--seen-by", "north", "pier.record.yaml"])
