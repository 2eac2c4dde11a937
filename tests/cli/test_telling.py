"""`terms why` of an event and of an occurrence: what was told, by which account, where it can be read."""

import json
from pathlib import Path

import pytest

from tests.golden import told
from tests.told import HEAD

EVENTS = """\
  - {id: by-n, date: 2031-03-02, kind: propose, by: south, account-of: talk, account: n, source: N1 p.3, note: In the hall., terms: {roads: open}}
  - {id: by-s, date: 2031-03-02, kind: propose, by: north, account-of: talk, account: s, source: S1, terms: {roads: open}}
  - {id: later, date: 2031-03-09, kind: propose, by: north, account-of: walk, account: n, source: N1, terms: {roads: closed}}
"""


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = tmp_path / "talk.record.yaml"
    head = HEAD.replace("side: north}", 'side: north, url: "https://example.org/n/7"}')
    path.write_text(head + EVENTS, "utf-8")
    return str(path)


def test_an_occurrence_is_told_by_each_of_its_accounts_with_sources(record):
    said = told(["why", "talk", record])
    assert "talk: 2 accounts\n" in said
    assert (
        "\nn (in use)\n  2031-03-02  South proposes roads; 1 cell changed. [by-n]\n  note: In the hall.\n"
        in said
    )
    assert "\ns (not in use)\n" in said
    assert "N1 p.3: Northern bulletin, published 2031-03-05, https://example.org/n/7" in said


def test_which_account_is_in_use_is_said_under_a_lens(record):
    said = told(["why", "talk", record, "--lens", "S1"])
    assert "\nn (not in use)\n" in said
    assert "\ns (in use)\n" in said


def test_an_occurrence_is_not_told_before_its_time(record):
    assert "there is no term and no event 'walk'" in told(["why", "walk", record, "--at", "2031-03-03"])
    assert "walk: 1 account\n" in told(["why", "walk", record])


def test_an_occurrence_can_be_had_as_json(record):
    said = json.loads(told(["why", "talk", record, "--json"]))
    assert (said["schema"], said["occurrence"]) == ("terms/occurrence/1", "talk")
    assert [(one["account"], one["in_use"]) for one in said["tellings"]] == [("n", True), ("s", False)]


def test_the_sources_of_an_event_say_where_they_can_be_read(record):
    assert "  N1 p.3: Northern bulletin, published 2031-03-05, https://example.org/n/7\n" in told(
        ["why", "by-n", record]
    )


def test_a_name_of_the_header_is_led_to_refs_and_a_slip_to_the_occurrence(record):
    assert "'accord' is a text: `terms refs accord` lists where it is named" in told(
        ["why", "accord", record]
    )
    assert "did you mean 'talk'?" in told(["why", "talkk", record])
