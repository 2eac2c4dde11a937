"""A stream too long to be read whole is opened from the snapshots beside it, and tells the same."""

import pytest
from msgspec.structs import replace

from terms.cli import long
from terms.core.event import read_event
from terms.core.lens import View
from terms.core.story import untold
from terms.stores.lines import header_line, line_of
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.views.contested import Readings
from tests.golden import told
from tests.stores.places import DECLARED, HEADER, lines

ADDRESS = "sqlite:terms.db#talks"
ANEW = (header_line(replace(HEADER, title="Renamed")),)


@pytest.fixture
def stream(tmp_path, monkeypatch):
    """A folder with a stream of 200 events in `terms.db`."""
    monkeypatch.chdir(tmp_path)
    store = SqliteStore("terms.db")
    store.append("talks", (*DECLARED, *lines(1, 200)), expected=0)
    yield store
    store.close()


ASKED = (
    ["log"],
    ["show"],
    ["show", "--at", "e-150"],
    ["why", "e-70"],
    ["show", "--seen-by", "south"],
    ["show", "--known", "2031-03-01", "--at", "e-150"],
    ["log", "--only-sources", "M1"],
    ["frame"],
)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_a_verb_tells_of_a_long_stream_what_it_tells_of_a_short_one(stream, monkeypatch, asked):
    short = told([*asked, ADDRESS])
    monkeypatch.setattr(long, "LONG", 100)
    assert isinstance(long.long_history(ADDRESS), LongHistory)
    assert told([*asked, ADDRESS]) == short


@pytest.mark.parametrize("asked", [*ASKED, ["why", "e-3"], ["ask", "t.yes-no"]], ids=" ".join)
def test_so_it_does_where_later_events_change_how_earlier_ones_are_read(stream, monkeypatch, asked):
    late = {"kind": "correct", "of": "e-3", "with": {"by": "south"}, "why": "misheard"}
    taken = {"kind": "retract", "of": "e-90", "why": "a rumour"}
    told_twice = [lines(n, n, **{"account-of": "pier"}) for n in (203, 204)]
    added = (*lines(201, 201, after="e-5"), line_of(spoken(202, late)), *(one for (one,) in told_twice))
    stream.append("talks", (*added, line_of(spoken(205, taken))), expected=201)
    short = told([*asked, ADDRESS])
    monkeypatch.setattr(long, "LONG", 100)
    opened = long.long_history(ADDRESS)
    assert isinstance(opened, LongHistory)
    assert opened.as_read("e-90") is None
    assert told([*asked, ADDRESS]) == short


def spoken(number, fields):
    """An event that speaks of others."""
    return read_event({"id": f"e-{number}", "date": "2031-03-01", "source": "M1", **fields})


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_a_long_stream_that_is_declared_anew_is_opened_so_too(stream, monkeypatch, asked):
    stream.append("talks", (*ANEW, *lines(201, 203)), expected=201)
    short = told([*asked, ADDRESS])
    monkeypatch.setattr(long, "LONG", 100)
    opened = long.long_history(ADDRESS)
    assert (len(opened), opened.header.title, opened.lines) == (203, "Renamed", 205)
    assert told([*asked, ADDRESS]) == short


def test_folding_many_events_says_how_far_it_is(stream, monkeypatch, capsys):
    stream.append("talks", ANEW, expected=201)
    for name, value in (("LONG", 100), ("SAID_EVERY", 128)):
        monkeypatch.setattr(long, name, value)
    assert long.folding(200) is untold
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert long.folding(50) is untold
    told(["show", ADDRESS])
    assert long.folding(200, counts=False) is untold  # a party is told of no number
    assert capsys.readouterr().err == "\rfolding the events ...\r"
    heard = long.folding(200)
    for _ in range(4):
        heard(64)
    assert "folding 200 events: 128 done" in capsys.readouterr().err


def test_how_many_rival_accounts_are_folded_is_told(stream, monkeypatch, capsys):
    told_twice = [
        lines(n, n, **{"account-of": "pier", "by": by}) for n, by in ((201, "north"), (202, "south"))
    ]
    stream.append("talks", [one for (one,) in told_twice], expected=201)
    heard = []
    seen = LongHistory(stream, "talks").through(View(prefer=("M1",)))  # of a view nothing is kept
    Readings(seen, told=heard.append).contested_cells(202)
    assert heard == [0]
    monkeypatch.setattr(long, "LONG", 100)
    assert long.weighing(200, 1) is untold
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert long.weighing(50, 1) is untold
    long.weighing(200, 3)(1)
    assert "rival accounts: 1 of 3 folded" in capsys.readouterr().err


def test_finding_out_what_rival_accounts_change_says_how_far_it_is_and_is_kept(stream, monkeypatch, capsys):
    for by in ("north", "south"):
        n = 201 if by == "north" else 202
        stream.append("talks", lines(n, n, **{"account-of": "pier", "by": by}), expected=n)
    stream.append("talks", lines(203, 320), expected=203)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    long.weigh(LongHistory(stream, "talks"))
    assert "rival accounts, at line 257" in capsys.readouterr().err
    long.weigh(LongHistory(stream, "talks"))
    assert "rival accounts" not in capsys.readouterr().err
    long.weigh(LongHistory(stream, "talks", size=200))
    assert "rival accounts" not in capsys.readouterr().err


def test_a_text_is_never_opened_so(stream, monkeypatch):
    monkeypatch.setattr(long, "LONG", 1)
    told(["store", "export", ADDRESS, "talks.jsonl"])
    assert long.long_history("talks.jsonl") is None
    assert long.long_history("talks.record.yaml") is None


def test_the_screen_reads_on_what_is_added(stream, monkeypatch):
    monkeypatch.setattr(long, "LONG", 100)
    reread = long.rereading_whole(long.long_history(ADDRESS))
    assert reread() is None
    stream.append("talks", lines(201, 203), expected=201)
    assert len(reread()) == 203
    assert reread() is None
    stream.append("talks", (*ANEW, *lines(204, 204)), expected=204)
    assert (reread().header.title, reread()) == ("Renamed", None)
    again = long.rereading_whole(long.long_history(ADDRESS))
    assert again() is None
    stream.append("talks", (header_line(HEADER),), expected=206)
    assert (len(again()), again()) == (204, None)
    stream.close()
    assert long.rereading_whole(object()) is None
