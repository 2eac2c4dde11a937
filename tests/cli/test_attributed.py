"""What the verbs say of what is alleged, denied, corrected, leaked in part or told in two ways: on whose word."""

from pathlib import Path

import pytest

from tests.golden import told
from tests.told import HEAD

EVENTS = """\
  - {id: s-10, date: 2031-03-01, kind: propose, by: south, source: S1, terms: {pullback: 10 km}}
  - {id: memo, date: 2031-03, kind: propose, by: north, to: south, channel: private, source: M1, terms: {truce: in force, roads: closed}}
  - {id: out, date: 2031-03-03, kind: leak, of: memo, only: truce, source: S1}
  - {id: deal, date: 2031-03-04, kind: agree, by: [north, south], source: M1, terms: {pullback: 8 km}}
  - {id: by-n, date: 2031-03-05, kind: agree, by: [north, south], account-of: walk, account: n, source: N1, terms: {ports: [east]}}
  - {id: by-s, date: 2031-03-05, kind: agree, by: [north, south], account-of: walk, account: s, source: S1, terms: {ports: [west]}}
  - {id: v-1, date: 2031-03-06, kind: violate, of: deal/pullback, by: north, alleged-by: south, source: S1}
  - {id: n-den, date: 2031-03-07, kind: deny, by: north, of: v-1, source: N1}
  - {id: fix, date: 2031-03-08, kind: correct, of: s-10, with: {terms: {pullback: 12 km}}, source: M1}
"""


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = tmp_path / "talks.record.yaml"
    path.write_text(HEAD + EVENTS, "utf-8")
    return str(path)


def one_line(*arguments: str) -> str:
    return " ".join(told([*arguments, "--width", "200"]).split())


def test_an_alleged_breach_stands_beside_its_denial_wherever_the_term_is_asked_about(record: str) -> None:
    words = "alleged by south of north [v-1]; denied by north [n-den]"
    assert words in one_line("why", "pullback", record)
    assert "v-1: S1; one source alone; denied by north" in one_line("why", "pullback", record)
    assert words in one_line("obligations", record)


def test_before_the_denial_nobody_is_said_to_deny(record: str) -> None:
    early = one_line("why", "pullback", "--at", "v-1", record)
    assert "alleged by south of north [v-1]" in early
    assert "denied" not in early
    assert "denied" not in one_line("why", "v-1", "--at", "v-1", record)
    assert "denied by north [n-den]" in one_line("why", "v-1", record)


def test_an_agreement_told_in_two_ways_is_never_listed_as_simply_agreed(record: str) -> None:
    shown = one_line("show", "--term", "ports", record)
    assert "ports: contested" in shown
    assert "default reading -> agreed; east" in shown
    assert "walk as told by S1 (account s) -> agreed; west" in shown
    assert "[agreed, contested; between north, south" in one_line("show", "--agreed", record)


def test_who_learned_one_term_of_a_paper_is_not_said_to_know_the_others(record: str) -> None:
    known = one_line("who-knows", "--party", "league", record)
    assert "known in part memo through out, only truce: 2031-03, propose by north" in known
    assert "roads" not in known
    assert "everybody 2031-03-03 leak [out], only truce" in one_line("why", "memo", record)


def test_a_position_read_wrongly_at_first_is_marked_in_the_history_of_its_term(record: str) -> None:
    assert "10 km (offer) [s-10; corrected by fix]" in one_line("log", "pullback", record)


def test_a_vague_day_is_no_exact_age(record: str) -> None:
    assert "[memo, 1 to 31 days ago]" in one_line("show", "--at", "2031-04-01", "--term", "truce", record)
