"""A record in a store is read and added to like one in a file; stores are filled, copied, checked, followed."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from terms.cli.refusal import Refused
from terms.cli.verbs import store as verb
from terms.stores.errors import Lost
from terms.stores.sqlite import SqliteStore
from tests.golden import told

RECORD = Path(__file__).parent / "valley.record.yaml"
ACCEPT = b'{"date": "2031-03-20", "kind": "accept", "by": "south", "of": "n-25", "source": "M1 p.12"}'


@pytest.fixture
def base(tmp_path, monkeypatch):
    """A folder with `terms.db`, which holds the invented record as the stream `valley`."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(RECORD, tmp_path / "valley.record.yaml")
    assert "added" in told(["store", "import", "valley.record.yaml", "sqlite:terms.db"])
    return tmp_path


ASKED = (["log"], ["why", "n-25"], ["show", "--seen-by", "south"])


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_a_verb_tells_of_a_store_what_it_tells_of_the_file(base, asked):
    of_file = told([*asked, "valley.record.yaml"]).replace("valley.record.yaml", "RECORD")
    of_store = told([*asked, "sqlite:terms.db#valley"]).replace("sqlite:terms.db#valley", "RECORD")
    assert [line for line in of_store.splitlines() if line and "RECORD" not in line] == [
        line for line in of_file.splitlines() if line and "RECORD" not in line
    ]


def test_an_address_without_a_stream_means_the_only_one(base):
    assert told(["log", "sqlite:terms.db"]) == told(["log", "sqlite:terms.db#valley"])


def test_among_several_streams_one_must_be_named(base):
    told(["store", "copy", "sqlite:terms.db#valley", "sqlite:terms.db#velm"])
    assert "it holds valley, velm" in told(["show", "sqlite:terms.db"])


def test_a_stream_that_is_not_there_is_refused_with_the_nearest_name(base):
    assert "there is no stream 'vally' in this store: did you mean 'valley'?" in told(
        ["show", "sqlite:terms.db#vally"]
    )


@pytest.mark.parametrize("asked", [["refs", "n-25"], ["check"]], ids=" ".join)
def test_places_are_those_of_the_text_a_store_stands_for(base, asked):
    assert "sqlite:terms.db:" in told([*asked, "sqlite:terms.db"])


def test_importing_again_adds_nothing_and_only_what_is_new_afterwards(base):
    assert ": 0 lines added" in told(["store", "import", "valley.record.yaml", "sqlite:terms.db"])
    told(["add", "valley.record.yaml"], stdin=ACCEPT)
    assert ": 1 lines added" in told(["store", "import", "valley.record.yaml", "sqlite:terms.db"])


def test_a_record_with_errors_is_not_imported(base):
    (base / "bad.record.yaml").write_text("format: terms/1\nevents:\n  - id: x\n", "utf-8")
    assert "the record has errors" in told(["store", "import", "bad.record.yaml", "sqlite:terms.db#bad"])
    assert "there is no stream 'bad'" in told(["show", "sqlite:terms.db#bad"])


def test_an_event_is_added_to_a_store_once_it_fits_the_table(base):
    assert "south-accept added" in told(["add", "sqlite:terms.db"], stdin=ACCEPT)
    assert "south-accept" in told(["store", "follow", "sqlite:terms.db", "--once"]).splitlines()[-1]
    assert "[valley: holds" not in told(["store", "verify", "sqlite:terms.db"])


def test_an_event_with_faults_is_not_added(base):
    before = told(["store", "verify", "sqlite:terms.db"])
    assert "[exit 1]" in told(["add", "sqlite:terms.db"], stdin=ACCEPT.replace(b"n-25", b"n-99"))
    assert told(["store", "verify", "sqlite:terms.db"]) == before


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["fmt", "sqlite:terms.db"], "a store keeps every line in one form"),
        (["rename-id", "n-25", "n-26", "sqlite:terms.db"], "what is in a store keeps its ids"),
        (["check", "--watch", "sqlite:terms.db"], "a store is not watched but followed"),
    ],
)
def test_what_changes_texts_is_refused_for_a_store(base, asked, words):
    assert words in told(asked)


@pytest.mark.parametrize("name", ["copy.jsonl", "copy.record.yaml"])
def test_a_stream_is_exported_and_reads_the_same(base, name):
    told(["store", "export", "sqlite:terms.db", name])
    assert told(["log", name]) == told(["log", "sqlite:terms.db"])
    assert "is there already" in told(["store", "export", "sqlite:terms.db", name])


def test_an_export_to_nowhere_is_the_text(base):
    (base / "out.record.yaml").write_text(told(["store", "export", "sqlite:terms.db"]), "utf-8")
    assert told(["log", "out.record.yaml"]) == told(["log", "sqlite:terms.db"])


def test_a_copy_has_the_chain_of_the_original(base):
    told(["store", "copy", "sqlite:terms.db", "sqlite:two.db"])
    assert told(["store", "verify", "sqlite:two.db"]) == told(["store", "verify", "sqlite:terms.db"])


def test_a_copy_goes_on_where_it_ended(base):
    told(["store", "copy", "sqlite:terms.db", "sqlite:two.db"])
    told(["add", "sqlite:terms.db"], stdin=ACCEPT)
    assert ": 1 lines added" in told(["store", "copy", "sqlite:terms.db", "sqlite:two.db"])


def test_a_copy_over_another_stream_is_refused(base):
    told(["store", "copy", "sqlite:terms.db", "sqlite:two.db"])
    told(["add", "sqlite:two.db"], stdin=ACCEPT)
    told(["add", "sqlite:terms.db"], stdin=ACCEPT.replace(b"p.12", b"p.13"))
    assert "is another stream" in told(["store", "copy", "sqlite:terms.db", "sqlite:two.db"])


def test_several_streams_are_not_copied_into_one(base):
    told(["store", "copy", "sqlite:terms.db", "sqlite:terms.db#velm"])
    assert "several streams" in told(["store", "copy", "sqlite:terms.db", "sqlite:two.db#one"])


def test_verifying_names_the_event_that_was_changed(base):
    with sqlite3.connect("terms.db") as kept:
        kept.execute(
            "UPDATE stored_events SET state = replace(CAST(state AS TEXT), '25 km', '26 km')"
            ' WHERE CAST(state AS TEXT) LIKE \'%"id":"n-25"%\''
        )
    kept.close()
    out = told(["store", "verify", "sqlite:terms.db"])
    assert "(n-25) was changed" in out
    assert "[exit 1]" in out


def test_a_head_from_earlier_is_held_against_the_store(base):
    head = told(["store", "verify", "sqlite:terms.db"]).split("holds, ")[1].strip()
    told(["add", "sqlite:terms.db"], stdin=ACCEPT)
    assert "[exit" not in told(["store", "verify", "sqlite:terms.db", "--expect", head])
    other = head[:-1] + ("0" if head[-1] != "0" else "1")
    assert "does not begin with" in told(["store", "verify", "sqlite:terms.db", "--expect", other])
    assert "is not LENGTH:LINK" in told(["store", "verify", "sqlite:terms.db", "--expect", "7"])


def test_following_as_json_gives_the_lines_themselves(base):
    rows = [
        json.loads(row)
        for row in told(["store", "follow", "sqlite:terms.db", "--once", "--json"]).splitlines()
    ]
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert (
        rows[1]["line"]["id"]
        == told(["store", "follow", "sqlite:terms.db", "--once"]).splitlines()[1].split()[-1]
    )


@pytest.mark.parametrize("file", ["copy.jsonl", "copy.record.yaml"])
def test_a_file_of_one_stream_gives_it_its_own_name(base, file):
    name = file.partition(".")[0]
    assert f"{name}: " in told(["store", "import", "valley.record.yaml", file])
    assert ": 0 lines added" in told(["store", "copy", "sqlite:terms.db", file])
    assert f"{name}: holds" in told(["store", "verify", file])


def test_several_streams_do_not_fit_into_one_file(base):
    told(["store", "copy", "sqlite:terms.db#valley", "sqlite:terms.db#velm"])
    out = told(["store", "copy", "sqlite:terms.db", "copy.jsonl"])
    assert "several streams cannot be copied to one" in out
    assert "name one of them: sqlite:terms.db#valley" in out
    assert not Path("copy.jsonl").exists()


def test_who_follows_hears_once_that_a_server_is_gone_and_once_that_it_is_back(monkeypatch, capsys):
    monkeypatch.setattr(verb, "POLLED", 0)
    lookout, gone = verb._Lookout(once=False), Lost("postgresql://velm", "no server listens there")
    assert [lookout.wait(), lookout.lost(gone), lookout.lost(gone), lookout.wait(), lookout.wait()] == [
        True
    ] * 5
    assert capsys.readouterr().err.splitlines() == [
        "postgresql://velm: no server listens there; looked for until it is back, ctrl+c ends that",
        "the server is there again",
    ]


def test_who_looks_once_waits_for_no_server(capsys):
    lookout = verb._Lookout(once=True)
    assert not lookout.wait()
    assert not lookout.lost(Lost("postgresql://velm", "no server listens there"))
    assert capsys.readouterr().err == ""


def test_a_stream_that_is_not_there_is_not_followed(base):
    assert "did you mean 'valley'?" in told(["store", "follow", "sqlite:terms.db#valey", "--once"])


def test_an_empty_store_is_said_to_be_empty(base):
    SqliteStore("empty.db").close()
    assert "sqlite:empty.db holds no stream yet" in told(["store", "verify", "sqlite:empty.db"])


def test_too_few_names_are_refused_with_what_is_taken(base):
    assert "terms store import takes RECORD STORE" in told(["store", "import", "sqlite:terms.db"])


@pytest.mark.parametrize("address", ["kurrentdb://host", "umadb://host"])
def test_a_back_end_without_its_adapter_is_refused_by_name(address):
    out = told(["show", address])
    assert "its adapter is not installed: pip install 'eventsourcing-" in out
    assert "[exit 2]" in out


# ---- export --for ----------------------------------------------------------------------------------


def test_an_export_reads_like_the_record(base):
    told(["export", "valley.record.yaml", "--to", "out.record.yaml"])
    assert told(["log", "out.record.yaml"]) == told(["log", "valley.record.yaml"])


def test_an_export_is_sealed_where_lines_are_asked_for(base):
    told(["export", "sqlite:terms.db", "--for", "south", "--to", "south.jsonl"])
    assert "south: holds" in told(["store", "verify", "south.jsonl"])


def test_an_export_overwrites_nothing_and_needs_a_known_form(base):
    assert "is there already" in told(["export", "valley.record.yaml", "--to", "valley.record.yaml"])
    assert "names no form" in told(["export", "valley.record.yaml", "--to", "valley.txt"])


def test_an_export_for_nobody_known_is_refused(base):
    assert "there is no party 'soth'" in told(["export", "valley.record.yaml", "--for", "soth"])


def test_a_record_with_errors_is_not_exported(base):
    (base / "bad.record.yaml").write_text("format: terms/1\nevents:\n  - id: x\n", "utf-8")
    assert "the record has errors" in told(["export", "bad.record.yaml"])


def test_a_screen_asks_a_store_for_what_is_new(base):
    from terms.cli.stored import rereading, stored_record

    again = rereading(stored_record("sqlite:terms.db", as_text=False))
    assert again() is None
    told(["add", "sqlite:terms.db"], stdin=ACCEPT)
    grown = again()
    assert grown is not None
    assert grown.events[-1].id == "south-accept"
    assert again() is None


def test_a_store_that_is_out_of_reach_for_a_moment_is_told_and_read_again(base):
    from terms.cli.stored import rereading, stored_record

    again = rereading(stored_record("sqlite:terms.db", as_text=False))
    told(["add", "sqlite:terms.db"], stdin=ACCEPT)
    kept = base / "terms.db"
    kept.rename(base / "away.db")
    with pytest.raises(Refused, match="there is no such file"):
        again()
    (base / "away.db").rename(kept)
    assert again().events[-1].id == "south-accept"


SCENARIO = """format: terms-scenario/1
title: What if south had said no

base: {record: "STORE", after: n-25}
replay: stop
suppose:
  - {id: s-1, date: 2031-03-21, kind: state, by: south, that: "no"}
"""


def ran_on(base):
    Path("of.scenario.yaml").write_text(SCENARIO.replace("STORE", base), "utf-8")
    return told(["run", "of.scenario.yaml"]).replace(base, "BASE")


def test_a_scenario_stands_on_a_record_in_a_store(base):
    of_store = ran_on("sqlite:terms.db#valley")
    assert "error" not in of_store
    assert of_store == ran_on("valley.record.yaml")


def test_a_scenario_on_a_store_that_is_not_there_is_told(base):
    assert "none.db: there is no such file" in ran_on("sqlite:none.db#valley")
