"""Formatting changes how a record looks and never what it says."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.ground.tree import read_tree
from terms.records import read_text
from terms.records.fmt import format_text
from terms.records.shapes import words_of
from terms.records.writing import write_record
from terms.testing.strategies import records
from tests.draws import draws
from tests.records.fuzz import MUTATIONS, originals


@st.composite
def texts(draw):
    """Records as people leave them: written, then changed here and there, with comments strewn in."""
    text = draw(st.sampled_from(originals()) | records(max_size=6).map(lambda record: write_record(*record)))
    chance = draw(st.randoms(use_true_random=False))
    for _ in range(draw(st.integers(0, 3))):
        text = draw(st.sampled_from(MUTATIONS))(text, chance)
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at = chance.randrange(len(lines))
        if chance.random() < 0.5:
            lines.insert(at, chance.choice(["", "  # a comment", "# another", ""]))
        else:
            lines[at] += "   # at the end"
    return "\n".join(lines)


@settings(max_examples=draws(120))
@given(text=texts())
def test_formatting_changes_nothing_said_and_once_is_enough(text):
    formatted = format_text(text)
    assert format_text(formatted) == formatted
    old, new = read_tree(text, "a"), read_tree(formatted, "a")
    if old.faults or old.root is None:
        assert formatted == text or not text.strip()
    elif not any(one.code == "E301" for one in read_text(text).diagnostics):
        assert words_of(new.root) == words_of(old.root)
        assert comments(formatted) == comments(text)


def comments(text):
    """Lines of comment in order, and comments behind something in any order (they go with their key)."""
    lines = text.replace("\r\n", "\n").split("\n")
    return [line for line in lines if line.lstrip().startswith("#")], sorted(
        re.findall(r"   # at the end", text)
    )


MESSY = """\
format: "terms/1"
title: 'Pier talks'
parties:
  north: {role: "belligerent", name: "a, b"}
events:
  - kind: propose   # the first word
    id: a
    source: "M1 p.1"
    by: 'north'
    date: 2031-3-4


  - id: b
    kind: state

    source: M1
    date: "2031-03-05"
  # about c
  - id: c
    quote: |+
      Kept.

  - {kind: state, id: d}
  - kind: stat
    id: e


"""


def test_a_record_is_formatted():
    assert (
        format_text(MESSY)
        == """\
format: terms/1
title: Pier talks
parties:
  north: {role: belligerent, name: "a, b"}
events:
  - id: a
    date: 2031-03-04
    kind: propose   # the first word
    by: north
    source: M1 p.1

  - id: b
    kind: state

    source: M1
    date: 2031-03-05

  # about c
  - id: c
    quote: |+
      Kept.

  - {kind: state, id: d}

  - kind: stat
    id: e
"""
    )


@pytest.mark.parametrize(
    ("text", "formatted"),
    [
        ("a: b", "a: b\n"),
        ("\ufeffa: b\r\nc: d\r\n", "a: b\nc: d\n"),
        ("a: [", "a: ["),
        ("- a", "- a"),
        ("a: |+\n  b\n\n", "a: |+\n  b\n\n"),
        ("a: |+\n  b", "a: |+\n  b"),
        ('"a b": "c: d"\n', 'a b: "c: d"\n'),
        ('"<<": "c"\n', '"<<": c\n'),
        ("date: 2031-2-31\n", "date: 2031-2-31\n"),
        ('a: "b\n  c"\n', 'a: "b\n  c"\n'),
        (
            "events:\n  - id: a\n  # of a\n\n\n  # of b\n  - id: b\n",
            "events:\n  - id: a\n  # of a\n\n  # of b\n  - id: b\n",
        ),
    ],
)
def test_small_things_are_formatted(text, formatted):
    assert format_text(text) == formatted


def test_a_text_in_the_form_of_a_later_version_is_left_as_it_is():
    text = "format: terms/2\nevents:\n  - id: e-1\n    date: 2031-3-4\n"
    assert format_text(text) == text
    assert format_text(text.replace("terms/2", "terms/1")) != text.replace("terms/2", "terms/1")
