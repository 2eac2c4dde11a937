"""What is shown takes the cells it is said to take, and cannot act on a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from terms.ground.widths import cells, clean, fit

texts = st.text(max_size=20) | st.text(
    st.sampled_from("a é中文한\u0301\t\n\x1b\u202e\u200d👍🏽"), max_size=12
)


@given(texts)
def test_clean_text_is_one_line_without_controls(text):
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in clean(text))


@given(texts)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_is_shown_as_it_is(text):
    assert clean(text) == text


@given(texts, st.integers(0, 30))
def test_fitted_text_takes_exactly_its_cells(text, width):
    assert cells(fit(text, width)) == width


@given(texts.filter(lambda text: "\u200d" not in text))
def test_without_joiners_cells_are_those_of_the_table_of_widths(text):
    assert cells(text) == wcswidth(clean(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb", "a b"),
        ("a\r\nb\nc\u2028d", "a / b / c / d"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b", "\\x9b"),
        ("\u202eabc\u2069", "<U+202E>abc<U+2069>"),
        ("\ud800", "<U+D800>"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
    ],
)
def test_what_could_act_on_a_screen_is_made_visible(text, shown):
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("中文", 4), ("", 0), ("e\u0301", 1), ("ن\u200dخ", 2), ("👩\u200d🌾", 2), ("👍\u200d ", 3)],
)
def test_cells_are_counted_as_a_terminal_does(text, width):
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "width", "cut", "shown"),
    [
        ("abc", 5, "…", "abc  "),
        ("abcdef", 4, "…", "abc…"),
        ("abcdef", 4, "~", "abc~"),
        ("中文字", 4, "…", "中… "),
        ("abc", 0, "…", ""),
        ("abc", -2, "…", ""),
    ],
)
def test_text_is_filled_or_cut_to_its_width(text, width, cut, shown):
    assert fit(text, width, cut=cut) == shown
