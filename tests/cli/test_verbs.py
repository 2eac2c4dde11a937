"""What verbs do besides printing: exit codes, files they write, standard input, pipes, settings, start-up."""

import errno
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from terms.cli.files import replace_text
from terms.cli.main import VERBS
from terms.cli.refusal import Refused
from terms.cli.verbs import add
from terms.records import read_record
from tests.golden import told
from tests.told import HEAD, LOGIC

RECORD = Path(__file__).parent / "valley.record.yaml"
ACCEPT = b'{"date": "2031-03-20", "kind": "accept", "by": "south", "of": "n-25", "source": "M1 p.12"}'


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the invented record that may be written to."""
    return Path(shutil.copy(RECORD, tmp_path / "valley.record.yaml"))


def terms(*arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """The program as a process of its own."""
    command = [sys.executable, "-m", "terms", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]


# ---- starting --------------------------------------------------------------------------------------


def test_help_loads_nothing_heavy():
    code = (
        "import sys, terms.cli.main as m\n"
        "try: m.main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = ('pydantic', 'yaml', 'textual', 'immutables', 'watchfiles', 'shtab')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_says_what_it_does(verb):
    assert f"usage: terms {verb}" in told([verb, "--help"])


def test_no_verb_at_all_prints_the_help_and_cannot_run():
    assert told([]).endswith("[exit 2]\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_a_completion_script_knows_every_verb(shell):
    script = told(["completion", shell])
    assert all(verb in script for verb in VERBS)


def piped(*words, into):
    """A command whose output a shell hands to another, wherever this folder and this Python lie."""
    command = shlex.join([sys.executable, "-m", "terms", *map(str, words)])
    return subprocess.run(f"{command} | {into}", shell=True, capture_output=True, text=True, check=False)


def test_a_reader_that_has_gone_is_no_fault():
    done = piped("log", RECORD, into="head -n 1")
    assert done.stdout == "Talks on the valley (invented)\n"
    assert done.stderr == ""


def test_a_closed_pipe_ends_quietly_however_much_is_left_to_say():
    done = piped("show", "--json", RECORD, into="true")
    assert done.stderr == ""


# ---- JSON -------------------------------------------------------------------------------------------

DATA_VERBS = [
    line.split()
    for line in (
        "show",
        "show --agreed",
        "show --undecided",
        "show --deferred",
        "show --disputed",
        "show --sources",
        "show --source N1",
        "log",
        "log pullback",
        "why roads",
        "why s-memo",
        "diff n-open",
        "diff --without s-15",
        "who-knows",
        "who-knows s-memo",
        "who-knows --party north",
        "waits",
        "obligations",
        "refs s-memo",
    )
]


@pytest.mark.parametrize("verb", DATA_VERBS, ids=[" ".join(verb) for verb in DATA_VERBS])
def test_every_data_verb_speaks_json_with_a_versioned_schema(verb):
    answer = json.loads(told([*verb, str(RECORD), "--json"]))
    name, _, version = answer["schema"].removeprefix("terms/").partition("/")
    assert name
    assert version == "1"


# ---- reading ----------------------------------------------------------------------------------------


def test_standard_input_goes_by_the_name_it_is_given():
    shown = terms(
        "check", "-", "--stdin-filename", "here.record.yaml", input="format: terms/1\nparteis: {}\n"
    )
    assert "here.record.yaml:2:1" in shown.stdout
    assert shown.returncode == 1


def test_a_record_that_is_read_from_standard_input_is_shown_like_a_file():
    text = RECORD.read_text("utf-8")
    assert terms("show", "-", input=text).stdout == terms("show", str(RECORD)).stdout


def test_a_faulty_record_is_shown_without_what_is_faulty_and_says_so(record):
    record.write_text(record.read_text("utf-8").replace("kind: walk-out", "kind: wlak-out"), "utf-8")
    shown = told(["show", str(record)])
    assert "1 error in the record; what is faulty is left out" in shown
    assert shown.endswith("[exit 1]\n")


def test_findings_do_not_fail_a_command_that_is_told_so(record):
    record.write_text(record.read_text("utf-8").replace("kind: walk-out", "kind: wlak-out"), "utf-8")
    assert terms("--exit-zero", "check", str(record)).returncode == 0
    assert terms("check", str(record)).returncode == 1


def test_a_file_that_cannot_be_read_ends_with_2_and_says_why(tmp_path):
    (tmp_path / "x.record.yaml").write_bytes(b"\xff\xfe")
    assert "UTF-8" in told(["show", str(tmp_path / "x.record.yaml")])
    assert terms("check", str(tmp_path / "x.record.yaml")).returncode == 2


def test_without_a_record_the_shipped_one_is_read():
    assert told(["show", "--at", "2025-03-11"]).startswith("Talks between Ukraine and Russia")


def test_diff_can_be_asked_whether_anything_differs():
    assert terms("diff", "--exit-code", "n-open", "n-open", str(RECORD)).returncode == 0
    assert terms("diff", "--exit-code", "n-open", "n-25", str(RECORD)).returncode == 1


# ---- colour and settings ----------------------------------------------------------------------------


def test_colour_only_adds_emphasis():
    plain = terms("show", str(RECORD)).stdout
    painted = terms("show", "--color", "always", str(RECORD)).stdout
    assert painted != plain
    assert painted.replace("\x1b[1m", "").replace("\x1b[0m", "") == plain


def test_the_nearest_settings_hold_and_can_be_left_out(record):
    (record.parent / "terms.toml").write_text(f'record = "{record.name}"\nwidth = "60"\n', "utf-8")
    below = record.parent / "below"
    below.mkdir()
    shown = terms("show", cwd=below).stdout
    assert shown.startswith("Talks on the valley")
    assert max(map(len, shown.splitlines())) <= 60
    assert terms("--no-config", "show", "--at", "2025-03-11", cwd=below).stdout.startswith("Talks between")
    assert "width = 60" in terms("--show-config", cwd=below).stdout


def test_settings_may_stand_in_pyproject_beside_those_of_others(record):
    (record.parent / "pyproject.toml").write_text(
        "[tool.other]\nx = 1\n[tool.terms]\nstrict = true\n", "utf-8"
    )
    assert terms("check", str(record), cwd=record.parent).returncode == 1


@pytest.mark.parametrize(
    ("text", "found"), [("recrod = 'x'\n", "did you mean 'record'?"), ("= 1\n", "cannot read the settings")]
)
def test_settings_that_nobody_reads_are_refused_with_the_nearest_name(record, text, found):
    (record.parent / "terms.toml").write_text(text, "utf-8")
    done = terms("show", str(record), cwd=record.parent)
    assert found in done.stderr
    assert done.returncode == 2


# ---- writing ----------------------------------------------------------------------------------------


def test_an_event_is_added_behind_the_last_one_and_nothing_else_is_touched(record):
    before = record.read_text("utf-8")
    assert told(["add", str(record)], stdin=ACCEPT) == f"south-accept added to {record}\n"
    assert record.read_text("utf-8").startswith(before.rstrip("\n"))
    assert "pullback: at least 25 km" in told(["show", "--agreed", str(record)])


def test_an_event_that_does_not_fit_the_table_is_added_only_as_a_fact(record):
    before = record.read_text("utf-8")
    odd = ACCEPT.replace(b"n-25", b"round-1")
    refused = told(["add", str(record)], stdin=odd)
    assert "objection[N601]" in refused
    assert refused.endswith("[exit 1]\n")
    assert record.read_text("utf-8") == before
    assert "added to" in told(["add", "--as-fact", str(record)], stdin=odd)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (ACCEPT.replace(b"n-25", b"n-255"), "did you mean 'n-25'?"),
        (b"just words", "standard input holds no event"),
        (b"{kind: accept", "never closed"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_an_event_with_faults_is_not_added(record, given, found):
    before = record.read_text("utf-8")
    assert found in told(["add", str(record)], stdin=given)
    assert record.read_text("utf-8") == before


def test_nothing_is_added_to_a_record_with_errors(record):
    record.write_text(record.read_text("utf-8").replace("kind: walk-out", "kind: wlak-out"), "utf-8")
    assert "the record has errors" in told(["add", str(record)], stdin=ACCEPT)


def test_a_dry_run_prints_and_writes_nothing(record):
    before = record.read_text("utf-8")
    assert "- id: south-accept" in told(["add", "--dry-run", str(record)], stdin=ACCEPT)
    assert record.read_text("utf-8") == before


def test_a_correction_stands_beside_the_entry_it_corrects(record):
    why = ["--why", "misread", "--source", "M1", "--date", "2031-03-20", "--record", str(record)]
    told(["correct", "s-15", "terms.pullback=at most 16 km", *why])
    assert "at most 16 km" in told(["show", "--term", "pullback", str(record)])
    assert "pullback: at most 15 km" in record.read_text("utf-8")
    assert "at most 15 km" in told(["show", "--term", "pullback", "--at", "s-15", str(record)])


@pytest.mark.parametrize(("pair", "found"), [("terms", "is not KEY=VALUE"), (None, "say what is put right")])
def test_a_correction_says_what_it_puts_right(record, pair, found):
    why = ["--why", "misread", "--source", "M1", "--date", "2031-03-20", "--record", str(record)]
    assert found in told(["correct", "s-15", *([pair] if pair else []), *why])


def test_what_is_retracted_no_longer_counts_and_stays_visible(record):
    why = ["--why", "misread", "--source", "M1", "--date", "2031-03-20", "--record", str(record)]
    told(["retract", "s-15", *why])
    assert "retracted by s-15-retracted" in told(["log", "--width", "200", str(record)])
    assert "status" not in told(["show", str(record)])


def test_an_id_is_renamed_wherever_it_is_meant(record):
    told(["rename-id", "n-open", "n-first", str(record)])
    assert told(["check", str(record)]).endswith("1 note\n")
    assert "n-open" not in record.read_text("utf-8")
    assert "that name is taken" in told(["rename-id", "n-first", "s-15", str(record)])


def test_a_rename_that_is_only_tried_writes_nothing(record):
    before = record.read_text("utf-8")
    assert "would be n-first" in told(["rename-id", "--dry-run", "n-open", "n-first", str(record)])
    assert record.read_text("utf-8") == before


def test_formatting_is_checked_shown_and_done(record):
    record.write_text(
        record.read_text("utf-8").replace(
            "    by: south\n    of: n-open\n", "    of: n-open\n    by: south\n"
        ),
        "utf-8",
    )
    assert told(["fmt", "--check", str(record)]).endswith("[exit 1]\n")
    assert "of: n-open" in told(["fmt", "--diff", str(record)])
    assert told(["fmt", str(record)]) == f"{record} formatted\n"
    assert told(["fmt", "--check", str(record)]) == ""


def test_standard_input_is_formatted_to_standard_output():
    text = RECORD.read_text("utf-8")
    assert terms("fmt", "-", input=text.replace("\n", "\r\n")).stdout.startswith("format: terms/1\n")


def test_a_live_schema_knows_the_parties_of_the_record():
    live = json.loads(told(["schema", "--live", str(RECORD)]))
    assert "north" in json.dumps(live)
    assert "north" not in told(["schema"])


def test_the_form_asks_what_the_kind_needs_and_offers_near_names():
    asked: list[str] = []
    answers = iter(
        ["propos", "propose", "2031-03-20", "north", "pulback", "pullback", "22 km", "", "M1 p.9", "", ""]
    )

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    record = read_record(str(RECORD))
    spelled = add._asked(record, ask)
    assert spelled == {
        "date": "2031-03-20",
        "kind": "propose",
        "by": "north",
        "terms": {"pullback": "22 km"},
        "source": "M1 p.9",
    }
    assert any("did you mean propose?" in question for question in asked)


def test_watching_tells_only_what_changed(record, monkeypatch):
    def saves(*_: object, **__: object) -> Iterator[set[object]]:
        whole = record.read_text("utf-8")
        record.write_text(whole.replace("kind: walk-out", "kind: wlak-out"), "utf-8")
        yield set()
        record.write_text(whole, "utf-8")
        yield set()

    monkeypatch.setattr("watchfiles.watch", saves)
    shown = told(["check", "--watch", "--output-format", "concise", str(record)])
    assert [line for line in shown.splitlines() if "fixed" in line] == ["0 fixed, 1 new", "1 fixed, 0 new"]
    assert shown.count("'wlak-out' is not a kind of event") == 1


def test_standard_input_cannot_be_watched():
    assert "cannot be watched" in told(["check", "--watch", "-"])


def test_a_file_changed_by_somebody_else_is_not_overwritten(record):
    was = record.read_text("utf-8")
    record.write_text(was + "\n", "utf-8")
    with pytest.raises(Refused, match="has changed since it was read"):
        replace_text(str(record), "new", was=was)
    assert record.read_text("utf-8") == was + "\n"


def test_a_file_that_cannot_be_replaced_stays_alone_and_as_it_was(record, monkeypatch):
    def full(_from, _to):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    was = record.read_text("utf-8")
    with pytest.raises(Refused, match="cannot be written: No space left on device"):
        replace_text(str(record), "new", was=was)
    assert (record.read_text("utf-8"), [*record.parent.iterdir()]) == (was, [record])


def test_codes_are_listed_when_none_is_asked_for():
    listed = told(["explain"]).splitlines()
    assert any(line.startswith("E001  ") for line in listed)
    assert listed == sorted(listed)


def test_diff_tells_when_the_talks_themselves_changed():
    shown = told(["diff", "round-1", "s-out", "--width", "120", str(RECORD)])
    assert "talks: in session -> broken off, south away" in shown


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["why"], "name a term or an event"),
        (["diff", "--without", "s-15", "n-open"], "--without compares with the record as it is"),
        (["log", "a", "b", "c"], "too many names"),
        (["show", "--at", "2031-03/.."], "has no end"),
        (["add", "-"], "cannot be added to standard input"),
        (["rename-id", "a", "b", "-"], "not in standard input"),
        (["obligations", "--state", "overdu"], "there is no state of an obligation 'overdu'"),
        (["log", "--kind", "propos"], "there is no kind of event 'propos'"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(arguments, found):
    names_record = {"why", "diff", "show"} & {arguments[0]}
    shown = told([*arguments, str(RECORD)] if names_record else arguments)
    assert found in shown
    assert shown.endswith("[exit 2]\n")


TALKS_OF_MEMOS = (
    HEAD.replace(LOGIC, "")
    + """
  - {id: memo, date: 2031-03-01, kind: propose, by: north, channel: private, terms: {roads: open}, source: M1}
  - {id: given, date: 2031-03-05, kind: hand-over, by: north, to: [south], of: [memo], source: M1,
     accounts: {source: M1, with: {date: 2031-03-02}}}
"""
)


def test_what_a_party_knew_by_another_account_stands_beside_the_default(tmp_path):
    path = tmp_path / "memos.record.yaml"
    path.write_text(TALKS_OF_MEMOS, "utf-8")
    asked = ["who-knows", "--party", "south", "--at", "2031-03-03", str(path)]
    assert "default reading, 1 contested" in told(asked)
    assert "contested  known with given as told by M1 (account 1)" in told(asked)
    assert json.loads(told([*asked, "--json"]).partition("[exit")[0])["contested"] == {
        "memo": {"known": ["given as told by M1 (account 1)"]}
    }
    every = told(["who-knows", "--at", "2031-03-03", str(path)])
    assert "memo  north\n    contested  north, south with given as told by M1 (account 1)" in every


def test_a_record_in_which_nothing_was_hidden_says_so(tmp_path):
    path = tmp_path / "plain.record.yaml"
    path.write_text(
        HEAD.replace(LOGIC, "") + "  - {id: a, date: 2031-03-01, kind: meet, source: M1}\n", "utf-8"
    )
    assert "Every event was open to all from the start" in told(["who-knows", str(path)])


def test_settings_name_the_lens_that_holds_everywhere(record):
    (record.parent / "terms.toml").write_text(f'record = "{record.name}"\nlens = "side:south"\n', "utf-8")
    assert "lens S1" in terms("show", cwd=record.parent).stdout


@pytest.mark.parametrize("option", ["--at", "--known"])
def test_a_time_without_a_zone_is_said_once_to_be_read_as_utc(option: str) -> None:
    said = terms("show", option, "2031-03-10T13:00", str(RECORD))
    assert (
        said.stderr
        == "terms: 2031-03-10T13:00 is read as UTC; write the zone, as in 2031-03-10T13:00+03:00\n"
    )
    assert said.returncode == 0
    assert terms("show", option, "2031-03-10T13:00+03:00", str(RECORD)).stderr == ""


@pytest.mark.parametrize("verb", ["show", "log", "fmt", "export"])
def test_a_record_of_a_later_version_is_refused_by_every_verb_at_its_place(verb, tmp_path):
    path = tmp_path / "talks.record.yaml"
    path.write_text("format: terms/2\nevents:   []\n")
    out = told([verb, str(path)])
    assert f"{path}:1:9: 'terms/2' is a form of record that a later version of terms writes" in out
    assert "help: read it with that version" in out
    assert "[exit 2]" in out
    assert path.read_text() == "format: terms/2\nevents:   []\n"
