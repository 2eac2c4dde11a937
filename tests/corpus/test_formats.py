"""Every form that was ever released is read for ever: text, sealed lines, SQLite; and it stays the same record.

A folder is a form, named after its `format`. Its files are never written again. A release that changes a form
adds a folder; what it writes must then be read next to these.
"""

import shutil
from pathlib import Path

import pytest

from terms.core.event import KINDS
from terms.records import read_record
from terms.stores import open_store
from terms.stores.lines import lines_of, read_lines
from terms.stores.text import kept_of
from terms.stores.verifying import holds, verify_all

FORMS = sorted(path for path in (Path(__file__).parent / "formats").iterdir() if path.is_dir())


@pytest.fixture(params=FORMS, ids=lambda path: path.name)
def form(request, tmp_path):
    """A copy of the folder: opening a database may write beside it."""
    return Path(shutil.copytree(request.param, tmp_path / "form"))


def head(form):
    length, link = (form / "every-kind.head").read_text("utf-8").strip().split(":")
    return {"length": int(length), "link": link}


def stored(form, name):
    store = open_store(name.format(form))
    try:
        _, faults = verify_all(store)
        sound = holds(store, "every-kind", **head(form))
        return read_lines(one.content for one in store.read("every-kind")), sound, faults
    finally:
        store.close()


@pytest.mark.parametrize("name", ["{}/every-kind.jsonl", "sqlite:{}/every-kind.db"])
def test_a_released_store_loads_holds_and_is_the_record_of_the_text(form, name):
    record = read_record(str(form / "every-kind.record.yaml"))
    assert [one.message for one in record.diagnostics if one.code.startswith("E")] == []
    assert stored(form, name) == ((record.header, record.events), True, ())


def test_the_text_of_the_present_form_still_has_the_links_it_was_released_with():
    """So a head that somebody holds is good for any later version of the program."""
    form = FORMS[-1]
    record = read_record(str(form / "every-kind.record.yaml"))
    *_, last = kept_of("every-kind", lines_of(record.header, record.events))
    assert {"length": last.number, "link": last.sealed.link} == head(form)


def test_the_corpus_holds_every_kind_of_event():
    record = read_record(str(FORMS[-1] / "every-kind.record.yaml"))
    assert set(KINDS) - {one.kind for one in record.events} == set()
