"""Whatever a verb says of what a party sees, in words or as JSON: nothing in it changes with what is hidden from it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from terms.cli.main import build_parser
from terms.records.writing import write_record
from terms.stores.projecting import shown_to
from terms.testing.stories import PARTIES
from terms.testing.strategies import records
from tests.draws import draws
from tests.golden import told
from tests.hiding import hidden_from, others
from tests.stores.test_projecting import TELLING

SCENARIO = """format: terms-scenario/1
title: What if
base: {record: talks.record.yaml}
suppose:
  - {id: sup-1, kind: propose, by: north, terms: {t.yes-no: yes}, date: 2034-01-01}
  - {id: sup-2, kind: accept, by: $who, of: sup-1, date: 2034-01-02}
sweep: {who: [south, east]}
expect:
  - {term: t.yes-no, status: agreed}
"""
PLAIN = SCENARIO.replace("sweep: {who: [south, east]}\n", "").replace("$who", "south")

RECORD = "talks.record.yaml"
ASKED = (
    ("log", RECORD),
    ("log", "t.yes-no", RECORD),
    ("show", RECORD),
    *(("show", f"--{what}", RECORD) for what in ("agreed", "undecided", "offers", "deferred", "disputed", "sources")),
    ("show", "--at", "2031-03-02", "--known", "2031-03-04", RECORD),
    ("show", "--only-sources", "M1", RECORD),
    ("show", "--lens", "side:north", RECORD),
    ("why", "t.yes-no", RECORD),
    ("why", "EVENT", RECORD),
    ("why", "t.nothing", RECORD),
    ("diff", "2031-03-02", RECORD),
    ("diff", "--without", "EVENT", RECORD),
    ("diff", RECORD, "walk.scenario.yaml"),
    ("who-knows", "EVENT", RECORD),
    ("who-knows", "--party", "north", RECORD),
    ("who-knows", "secret-0", RECORD),
    ("waits", RECORD),
    *(("ask", what, RECORD) for what in ("compatibility", "why-not", "unlock", "all")),
    ("ask", "deadlock", "--as", "svg", RECORD),
    ("ask", "why-not", "--as", "gmcr", RECORD),
    ("obligations", RECORD),
    ("frame", RECORD),
    ("frame", RECORD, "--over", RECORD),
    ("frame", "walk.scenario.yaml"),
    ("peek", RECORD),
    ("run", "walk.scenario.yaml"),
    ("run", "sweep.scenario.yaml"),
    ("test", "walk.scenario.yaml", "sweep.scenario.yaml"),
    ("log", "--quotes", "--since", "2031-03-02", RECORD),
    ("log", "--party", "north", "--kind", "propose", RECORD),
    ("show", "--agreed", "--between", "north,south", RECORD),
    ("show", "--source", "M1", RECORD),
    ("show", "--lens", "north", "--at", "EVENT", RECORD),
    ("why", "EVENT", "--at", "2031-03-03", RECORD),
    ("diff", "--exit-code", "2031-03-02", RECORD),
    ("diff", "walk.scenario.yaml", "sweep.scenario.yaml@who=east"),
    ("who-knows", "EVENT", "--at", "2031-03-04", RECORD),
    ("who-knows", "--party", "public", RECORD),
    ("waits", "--at", "EVENT", RECORD),
    ("obligations", "--party", "north", "--state", "due", RECORD),
    ("ask", "all", "--known", "2031-03-03", RECORD),
    ("run", "walk.scenario.yaml", "--without-source", "M1"),
    ("run", "sweep.scenario.yaml", "--point", "who=east"),
    *(("test", "sweep.scenario.yaml", "--output-format", form) for form in ("concise", "json", "github", "junit")),
    ("frame", "sweep.scenario.yaml", "--point", "who=east", "--keys", "W"),
    ("frame", RECORD, "--keys", "w"),
    ("frame", RECORD, "--keys", "w s k i p enter enter"),
    ("frame", RECORD, "--at", "EVENT", "--keys", "?"),
    ("show", "--at", "nowhere", RECORD),
    ("show", "--term", "t.veiled", RECORD),
    ("show", "--only-sources", "V9", RECORD),
    ("log", "ghost", RECORD),
)  # fmt: skip
"""What is asked of a record; `EVENT` stands for the last that the party sees."""

AS_JSON = ("log", "show", "why", "diff", "who-knows", "waits", "ask", "obligations", "run")
DRAWN = ("step", "serve")
"""Verbs that go on until somebody ends them; `frame` draws what they draw."""


FAULTY = (
    "",
    "{id: faulty-1, date: 2031-03-01, kind: dance, by: first, to: second, channel: private, source: M1}",
    "{id: faulty-1, date: 2031-03-01, kind: state, by: first, to: second, channel: private, about: nothing, source: M1}",
    "{id: faulty-1, date: 2031-03-41, kind: propose, by: first, to: second, channel: private, terms: {t.nothing: yes}}",
    "{id: faulty-1, kind: [}",
)  # fmt: skip
"""Nothing, and hidden entries with something wrong in them."""


def said(folder: Path, header, events, words, party, faulty=""):
    """What a verb tells, of a record in a folder that has a faulty entry, too."""
    first, second = [one for one in PARTIES if one != party][:2]
    text = write_record(header, events)
    if faulty:
        entry = faulty.replace("first", first).replace("second", second)
        text = text.replace("\nevents:\n", f"\nevents:\n  - {entry}\n", 1)
    (folder / RECORD).write_text(text, encoding="utf-8")
    return told([*words, "--seen-by", party])


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERMS_NO_CACHE", "1")
    (tmp_path / "walk.scenario.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "sweep.scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
@settings(max_examples=draws(5), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(record=records(kinds=TELLING, min_size=3, max_size=9), party=st.sampled_from(PARTIES), data=st.data())
def test_nothing_that_a_verb_tells_a_party_changes_with_what_is_hidden(asked, folder, record, party, data):
    header, events = record
    other = data.draw(others(header, events, party))
    seen = shown_to(party, header, events)
    assume(seen and (hidden_from(party, header, events) or len(other[1]) > len(events)))
    words = [seen[-1].id if word == "EVENT" else word for word in asked]
    words += ["--json"] if asked[0] in AS_JSON and "--as" not in asked and data.draw(st.booleans()) else []
    faulty = data.draw(st.sampled_from(FAULTY))
    assert said(folder, *other, words, party, faulty) == said(folder, header, events, words, party)


@settings(max_examples=draws(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(record=records(kinds=TELLING, min_size=3, max_size=9), party=st.sampled_from(PARTIES), data=st.data())
def test_nothing_that_a_party_is_handed_changes_with_what_is_hidden(folder, record, party, data):
    """As text, and in a file with what is said of it."""

    def handed(header, events):
        (folder / RECORD).write_text(write_record(header, events), encoding="utf-8")
        written = folder / "handed.jsonl"
        written.unlink(missing_ok=True)
        asked = ["export", RECORD, "--for", party]
        return told(asked), told([*asked, "--to", "handed.jsonl"]), written.read_bytes()

    assert handed(*data.draw(others(*record, party))) == handed(*record)


@pytest.mark.parametrize("asked", [words for words in ASKED if "EVENT" not in words], ids=" ".join)
def test_of_a_record_that_cannot_be_read_a_party_is_told_nothing_more(asked, folder):
    """Where in the file it breaks off is nothing that the party may see."""
    entry = b"format: terms/1\nevents:\n  - {id: paper, note: \xff}\n"
    (folder / RECORD).write_bytes(entry)
    once = told([*asked, "--seen-by", "south"])
    assert "talks.record.yaml cannot be read" in once
    assert "[exit 2]" in once
    (folder / RECORD).write_bytes(entry.replace(b"events", b"title: Talks\nevents"))
    assert told([*asked, "--seen-by", "south"]) == once


def taking(option):
    """The verbs that have an option."""
    return {one.prog.split()[-1] for one in build_parser().verbs if option in one.option_names()}


def test_every_verb_that_takes_a_party_is_tried():
    assert taking("--seen-by") == {words[0] for words in ASKED} | {*DRAWN}
    assert {*AS_JSON} == taking("--json") & taking("--seen-by")
