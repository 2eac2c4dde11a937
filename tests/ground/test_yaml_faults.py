"""What is wrong with a text is said in its writer's words, once, where it began."""

import pytest

from terms.ground.codes import explain
from terms.ground.nodes import Origin
from terms.ground.rendering import render
from terms.ground.tree import LARGEST, read_tree
from terms.ground.yaml_events import Stop
from terms.ground.yaml_faults import of_stop

GALLERY = [
    ("a: {b: c\n", "E001", "1:4", "this block '{' is never closed"),
    ("a: [b: {c]\n", "E001", "1:8", "this block '{' is never closed"),
    ("a: {t: [}\n", "E001", "1:8", "this block '[' is never closed"),
    ("a: {b: 'x' c: d}\n", "E001", "1:12", "inside '{' a comma is missing before this"),
    ("a: {b: [\"]\", '}' # ]\n", "E001", "1:8", "this block '[' is never closed"),
    ("a: {b: {c: d} e: f}\n", "E001", "1:15", "inside '{' a comma is missing before this"),
    ("a: {b: [c] ]\n", "E001", "1:4", "this block '{' is never closed"),
    ("a: {b: '[', c: ]\n", "E001", "1:4", "this block '{' is never closed"),
    ("a: [\n", "E001", "1:4", "this block '[' is never closed"),
    ("a: {b: c,\n", "E001", "1:4", "this block '{' is never closed"),
    ("a: ]\n", "E001", "1:4", "this ']' closes nothing"),
    ("a: {b: [c]}}\n", "E001", "1:12", "this '}' closes nothing"),
    ("a: 'x\n", "E001", "1:4", "this quote is never closed"),
    ('a: "x\n---\n', "E001", "1:4", "this quote is never closed"),
    ("a: b\x00\n", "E002", "1:5", "the character U+0000 is not allowed"),
    ("a: b\u2028\n", "E002", "1:5", "the character U+2028 is not allowed"),
    ('a: "\\a"\n', "E002", "1:4", "an escape stands for the character U+0007, which is not allowed"),
    ("a:\n\t- b\n", "E003", "2:1", "a tab is used for indenting"),
    ("a: b\n\tc\n", "E003", "2:1", "a tab is used for indenting"),
    ("a: 1\na: 2\n", "E004", "2:1", "key 'a' appears twice"),
    ("a: " + "[" * 24 + "\n", "E005", "1:27", "lists and maps are nested more than 24 deep"),
    ("[" * 2_000, "E005", "1:1001", "lists and maps are nested more than 24 deep"),
    ("a: &b c\n", "E006", "1:4", "'&b' (an anchor) is not used in records"),
    ("a: &b [c]\n", "E006", "1:4", "'&b' (an anchor) is not used in records"),
    ("a: *b\n", "E006", "1:4", "'*b' (an alias) is not used in records"),
    ("a: != 25 km\n", "E006", "1:4", "'!=' (a tag) is not used in records"),
    ("a: !b {}\n", "E006", "1:4", "'!b' (a tag) is not used in records"),
    ("<<: a\n", "E006", "1:1", "'<<' (a merge key) is not used in records"),
    ("a: *\n", "E006", "1:4", "'*' at the start of a value means something else in YAML"),
    ("a: & b\n", "E006", "1:4", "'&' at the start of a value means something else in YAML"),
    ("a: !<b\n", "E006", "1:4", "'!' at the start of a value means something else in YAML"),
    ("a: !b!c d\n", "E006", "1:4", "'!' at the start of a value means something else in YAML"),
    ("%ODD\n---\na: b\n", "E006", "1:1", "lines that begin with '%' are not used in records"),
    ("%YAML 3.0\n---\na: b\n", "E006", "1:1", "lines that begin with '%' are not used in records"),
    ("a: b\n---\nc: d\n", "E007", "2:1", "a file holds one document, and a second begins here"),
    ("a: b\n...\nc: d\n", "E007", "3:1", "the document has ended before this"),
    ("note: the answer: none\n", "E008", "1:17", "a second ': ' in one entry"),
    ("a: @b\n", "E008", "1:4", "text cannot begin with '@'"),
    ("a: >= 25 km\n", "E008", "1:4", "'>' opens a block of text, and nothing may follow it on its line"),
    ("a: | b\n", "E008", "1:4", "'|' opens a block of text, and nothing may follow it on its line"),
    ("a: - b\n", "E008", "1:4", "a list with dashes cannot begin here"),
    ("a: ? b\n", "E008", "1:4", "'? ' begins a key in YAML"),
    ("a: [,]\n", "E008", "1:5", "a value was expected here, not ','"),
    ("a: {b:}\n", "E008", "1:6", "':' needs a space behind it"),
    ('a: "\\q"\n', "E008", "1:5", "'\\q' is not an escape"),
    ('a: "\\xzz"\n', "E008", "1:5", "'\\xzz' is not an escape"),
    ("? [a]\n: b\n", "E008", "1:3", "a key is a short text, not a list or a map"),
    ("a: 1\nb\n", "E008", "2:1", "'b' has no ':' behind it"),
    ("a:\n  b: 1\n  c\n", "E008", "3:3", "'c' has no ':' behind it"),
    ("a:\n  b: 1\n  " + "c" * 50 + "\n", "E008", "3:3", f"'{'c' * 37}...' has no ':' behind it"),
    ("a:\n  - b: 1\n    c\n    d: 2\n", "E008", "3:5", "this line has no ':'"),
    ("a:\n  - b: 1\n   c: 2\n", "E008", "3:4", "this does not fit what stands above it"),
    ("a:\n  - b\n  c: d\n", "E008", "3:3", "this does not fit what stands above it"),
    ("a" * (LARGEST + 1), "E009", "1:1", "the file is larger than 8 MiB"),
]


def told(text):
    return [
        (fault.code, f"{fault.place.line}:{fault.place.column}", fault.message)
        for fault in read_tree(text, "f").faults
    ]


@pytest.mark.parametrize(
    ("text", "code", "where", "message"), GALLERY, ids=[text[:20] for text, *_ in GALLERY]
)
def test_a_slip_is_told_once_where_it_began(text, code, where, message):
    assert told(text) == [(code, where, message)]


def test_every_syntax_code_is_in_the_gallery_and_has_its_page():
    shown = {code for _, code, _, _ in GALLERY}
    assert shown == {f"E00{number}" for number in range(1, 10)}
    assert all(explain(code) for code in shown)


@pytest.mark.parametrize("word", ["mapping", "scalar", "sequence", "token", "node"])
def test_no_message_uses_the_words_of_the_library(word):
    assert not [message for text, *_ in GALLERY for _, _, message in told(text) if word in message]


def test_a_bracket_is_blamed_where_it_opens():
    text = "events:\n  - id: a\n    terms: {corridor.halden: open\n    source: M1 p.11\n"
    assert render(read_tree(text, "f").faults, {"f": text}) == (
        """\
error[E001]: this block '{' is never closed
 --> f:3:12
3 |     terms: {corridor.halden: open
  |            ^
4 |     source: M1 p.11
  |           - noticed here
  = help: close it with '}'
"""
    )


def test_a_key_written_twice_is_shown_beside_the_first():
    text = "by: kestria\nby: velm\n"
    assert render(read_tree(text, "f").faults, {"f": text}) == (
        """\
error[E004]: key 'by' appears twice
 --> f:2:1
1 | by: kestria
  | -- first here
2 | by: velm
  | ^^
"""
    )


def test_a_list_that_goes_with_a_key_written_twice_is_marked_to_its_end():
    text = "events:\n  - id: a\nevents:\n  - id: b\n  - id: c\n"
    assert render(read_tree(text, "f").faults, {"f": text}) == (
        """\
error[E004]: key 'events' appears twice
 --> f:3:1
1 | events:
  | ------ first here
3 | events:
  | ^^^^^^
5 |   - id: c
  |         - nothing down to here is read
"""
    )


def test_what_a_newer_library_says_is_told_as_it_says_it():
    fault = of_stop(Stop("found something new", None), Origin("f", "a: b\n"))
    assert (fault.code, str(fault.place), fault.message) == (
        "E008",
        "f:1:4",
        "this cannot be read: found something new",
    )


def test_a_bracket_that_ends_the_text_is_not_noticed_elsewhere():
    (fault,) = read_tree("a: {", "f").faults
    assert fault.related == ()


@pytest.mark.parametrize("line", ["\t", "  \t ", "\t\r"])
@pytest.mark.parametrize("before", ["  - id: b", "    kind: y"])
def test_a_line_of_nothing_but_a_tab_is_one_error_at_that_line_and_costs_no_event(line, before):
    text = "events:\n  - id: a\n    kind: x\n  - id: b\n    kind: y\n"
    tree = read_tree(text.replace(before, f"{line}\n{before}"), "a.yaml")
    at = text.splitlines().index(before) + 1
    assert [(one.code, one.place and one.place.line) for one in tree.faults] == [("E003", at)]
    [(_, events)] = tree.root.entries
    assert [member.entries[0][1].text for member in events.children] == ["a", "b"]
    assert not any(tree.is_broken(member) for member in events.children)


def test_each_line_of_nothing_but_a_tab_is_told_and_a_tab_that_indents_still_costs_its_event():
    tree = read_tree("events:\n  - id: a\n\t\n\t\n    kind: x\n  - id: b\n\tkind: y\n", "a.yaml")
    assert [(one.code, one.place and one.place.line) for one in tree.faults] == [
        ("E003", 3), ("E003", 4), ("E003", 7),
    ]  # fmt: skip
    assert "b" in tree.lost
