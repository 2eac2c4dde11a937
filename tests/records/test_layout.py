"""Laying out: whatever words there are, what is written reads back to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.tree import read_tree
from terms.ground.words import freeze
from terms.ground.yaml_events import FORBIDDEN
from terms.records.layout import entry, flow, scalar
from terms.records.shapes import words_of

TEXTS = st.text(max_size=40).map(lambda text: FORBIDDEN.sub("", text)) | st.sampled_from(
    ["- a", "a: b", "a #b", " a", "a ", "a\n", "a\nb", "a\n\n", "a\n\nb\n", "\n", "\na", "a\n b", "'", '"', "''", "\\", "a\tb", "yes",
     "12:30", "2031-06?", "{a}", "[a", "a, b", "<<", "---", "...", "?", "-", ":", "a:", "#", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">",
     "x: - y", "a\r\nb", "é", "’", "a\n\tb", "a\n  \nb"]
)  # fmt: skip
KEYS = TEXTS.filter(lambda text: 0 < len(text) < 100)
WORDS = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def read(text):
    tree = read_tree(text, "a")
    assert tree.faults == (), (text, tree.faults)
    return words_of(tree.root)


@given(words=st.dictionaries(KEYS, WORDS, min_size=1, max_size=4), is_open=st.booleans())
def test_a_map_reads_back(words, is_open):
    lines = [line for name, inner in words.items() for line in entry(name, inner, 0, is_open=is_open)]
    assert read("\n".join(lines) + "\n") == freeze(words)


@given(words=WORDS)
def test_words_in_brackets_read_back(words):
    assert read(f"a: {flow(words)}\n") == freeze({"a": words})


@pytest.mark.parametrize(
    ("text", "plain", "in_brackets"),
    [
        ("30 km", "30 km", "30 km"),
        ("a, b", "a, b", '"a, b"'),
        ("12:30", "12:30", "12:30"),
        ("2031-06?", "2031-06?", '"2031-06?"'),
        ("say: no", '"say: no"', '"say: no"'),
        ('say "no": a', "'say \"no\": a'", "'say \"no\": a'"),
        ("", '""', '""'),
        ("it's", "it's", "it's"),
        ("https://a.b/c?d", "https://a.b/c?d", '"https://a.b/c?d"'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(text, plain, in_brackets):
    assert (scalar(text), scalar(text, in_brackets=True)) == (plain, in_brackets)


def test_a_text_of_several_lines_is_a_block():
    assert list(entry("quote", "one\n\ntwo\n", 4)) == ["    quote: |", "      one", "", "      two"]
    assert list(entry("quote", "one\ntwo", 4)) == ["    quote: |-", "      one", "      two"]
