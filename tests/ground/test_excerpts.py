"""Marks stand below what they mean, whatever the width of the letters."""

from terms.ground.excerpts import LONGEST, Mark, excerpt
from terms.ground.places import Place


def mark(line, column, end_column, *, sign="^", label="", end_line=None):
    return Mark(Place("a", line, column, end_line or line, end_column), sign, label)


def test_under_wide_letters_a_caret_takes_two_cells():
    assert excerpt("title: 湖の会談 (2031)", [mark(1, 8, 12)], 1) == [
        "1 | title: 湖の会談 (2031)",
        "  |        ^^^^^^^^",
    ]


def test_two_marks_on_one_line_share_it():
    assert excerpt("a: {b: c}", [mark(1, 4, 5, sign="-", label="opened"), mark(1, 9, 10)], 3) == [
        "  1 | a: {b: c}",
        "    |    - opened",
        "    |         ^",
    ]


def test_a_mark_over_several_lines_is_drawn_to_the_end_of_its_first():
    assert excerpt("a: |\r\n  b\r\n", [mark(1, 4, 4, end_line=2)], 1) == ["1 | a: |", "  |    ^"]


def test_an_empty_mark_gets_one_sign():
    assert excerpt("a:", [mark(1, 3, 3)], 1) == ["1 | a:", "  |   ^"]


def test_a_mark_beyond_the_end_of_the_file_has_no_line():
    assert excerpt("a:", [mark(2, 1, 2)], 1) == []


def test_without_the_text_there_is_no_excerpt():
    assert excerpt(None, [mark(1, 1, 2)], 1) == []


def test_a_long_line_is_cut_round_its_mark():
    line, caret = excerpt("x" * 500 + "here" + "y" * 500, [mark(1, 501, 505)], 1)
    assert line == "1 | ..." + "x" * 40 + "here" + "y" * (LONGEST - 44) + "..."
    assert caret == "  |    " + " " * 40 + "^^^^"


def test_a_long_line_is_shown_to_its_end_when_the_mark_is_there():
    line, caret = excerpt("x" * 500, [mark(1, 500, 501)], 1)
    assert line == "1 | ..." + "x" * LONGEST
    assert caret == "  |    " + " " * (LONGEST - 1) + "^"


def test_a_mark_that_runs_beyond_the_cut_ends_with_it():
    line, caret = excerpt("x" * 500, [mark(1, 1, 501)], 1)
    assert line == "1 | " + "x" * LONGEST + "..."
    assert caret == "  | " + "^" * LONGEST
