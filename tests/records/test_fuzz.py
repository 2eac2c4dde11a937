"""Law 14 on a sample of mutants: no text crashes the reader, and none loses an event in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.core.event import KINDS
from terms.records import read_text
from tests.records.fuzz import mutants, originals, survey, verdict


@pytest.mark.parametrize("seed", range(4))
def test_a_mutant_neither_crashes_nor_loses_an_event_in_silence(seed):
    wrong = [(number, said) for number, text in enumerate(mutants(60, seed)) if (said := verdict(text))]
    assert wrong == []


@given(text=st.text(max_size=200))
def test_any_text_at_all_is_read(text):
    assert verdict(text) == ""


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 50_000, "a: &a [*a]\n" * 5, "\x00", "a:\tb\n\tc: d", "- - - -", "? a", "!!python/object:os.system x",
     "format: terms/1\r\nevents:\r\n  - id: a\r\n", "\ufeffformat: terms/1\n", "a: |\n", "%YAML 1.1\n---\n"],
)  # fmt: skip
def test_what_breaks_other_readers_is_a_message_here(text):
    assert read_text(text).diagnostics or text.startswith("\ufeff")


def test_the_mutants_come_from_records_with_every_kind_of_event():
    kinds = {one.kind for text in originals() for one in read_text(text).events}
    assert kinds == set(KINDS)
    assert not any(read_text(text).has_errors for text in originals())


def test_the_count_of_mutants_read_wrongly_is_the_answer(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert survey(iter(["a", "b"]), lambda text: "", 1, "record.yaml") == 0
    assert survey(iter(["a", "b"]), lambda text: "crash" if text == "b" else "", 7, "record.yaml") == 1
    assert capsys.readouterr().out == (
        "2 mutants, 0 read wrongly\nmutant 1 of seed 7: crash\n2 mutants, 1 read wrongly\n"
    )
    assert (tmp_path / "mutant-7-1.record.yaml").read_text("utf-8") == "b"
