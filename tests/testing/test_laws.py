"""The ready-made laws hold for the records that are shipped, each asked for in three lines."""

import pytest

from terms.records import read_record
from terms.testing import LAWS, Law, LawTests
from tests.house.source import ROOT


class TestExample(LawTests):
    record = ROOT / "seeds" / "example"
    max_examples = 5


class TestKorea(LawTests):
    record = ROOT / "seeds" / "korea-1951"
    max_examples = 2


class TestIstanbul(LawTests):
    record = ROOT / "seeds" / "istanbul-2025"
    max_examples = 2


def test_every_law_of_the_model_is_among_them():
    assert {law.number for law in LAWS.values()} == set(range(1, 15))
    for name in LAWS:
        assert hasattr(TestIstanbul, f"test_{name.replace('-', '_')}")


def test_a_law_that_the_record_breaks_as_it_stands_is_named():
    def ends_early(history, choose):
        assert len(history) + choose("more", 0, 4) < 14

    class Broken(LawTests):
        record = ROOT / "seeds" / "example"
        laws = ()
        own = (Law("short-talks", "talks are short", ends_early),)

    with pytest.raises(AssertionError) as fault:
        Broken().test_the_record_itself()
    assert fault.value.__notes__ == ["law short-talks: talks are short: not so for the record as it stands"]


def test_what_breaks_a_law_is_cut_to_the_beginning_of_the_record_that_breaks_it(tmp_path, monkeypatch):
    def nobody_leaves(history, choose):
        assert all(event.kind != "walk-out" for event in history.record)

    class Staying(LawTests):
        record = ROOT / "seeds" / "example"
        kinds = ("propose",)
        laws = ()
        own = (Law("staying", "nobody leaves", nobody_leaves),)

    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError) as fault:
        Staying().test_staying()
    assert "The shortest record found to break it has 4 events." in "".join(fault.value.__notes__)
    kept = read_record(tmp_path / ".terms" / "cases" / "staying-staying.record.yaml")
    assert [event.id for event in kept.events][-1] == "velm-walkout"


def test_a_record_with_faults_is_told_before_any_law_is_tried(tmp_path):
    path = tmp_path / "bad.record.yaml"
    path.write_text(
        (ROOT / "seeds/example/example.record.yaml").read_text("utf-8") + "    of: nobody\n", "utf-8"
    )

    class Faulty(LawTests):
        record = path

    with pytest.raises(AssertionError, match=r"error\[E"):
        Faulty().test_the_record_itself()
