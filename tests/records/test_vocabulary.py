"""The default vocabulary: 44 kinds of term of ceasefires, then the links to politics."""

import pytest

from terms.records import read_text
from terms.records.vocabulary import default_vocabulary, read_vocabulary
from terms.values import TYPES, read_value


def test_the_vocabulary_has_44_provisions_and_links_to_politics():
    entries = default_vocabulary().values()
    assert sum(entry.group != "politics" for entry in entries) == 44
    assert sum(entry.group == "politics" for entry in entries) == 10


@pytest.mark.parametrize("entry", default_vocabulary().values(), ids=lambda entry: entry.id)
def test_every_kind_of_term_can_be_used_and_says_what_it_is_about(entry):
    assert entry.declaration.type in TYPES
    assert read_value("not stated", entry.declaration).form == "not-stated"
    assert entry.about
    assert entry.sources


def test_the_file_has_no_fault():
    from importlib.resources import files

    text = files("terms.records").joinpath("vocabulary.yaml").read_text("utf-8")
    assert read_vocabulary(text, "vocabulary.yaml")[1] == ()


def test_a_record_may_declare_every_kind_of_term():
    names = "\n".join(
        f"  mine.{number}: {{kind: {name}}}" for number, name in enumerate(default_vocabulary())
    )
    assert read_text(f"format: terms/1\nterms:\n{names}\n").diagnostics == ()
