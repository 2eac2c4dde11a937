"""A text becomes a tree in which every value is text and has its place; every fault is told once."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.nodes import ListNode, MapNode, TextNode
from terms.ground.tree import LARGEST, chunks, read_tree

RECORD = """\
# Lake Ostra
format: terms/1
parties:
  kestria: {name: "Kestria", role: belligerent}

events:   # in order
  - id: kes-open
    terms: [30 km, 12:30, no, 010]   # as spelt
    quote: |
      Thirty empties
      the valley.

  # ---- the second ----
  - id: velm-rej
    of:
x-more: {a: }
"""


def plain(node):
    """The tree as text, lists and dicts."""
    match node:
        case MapNode():
            return {key.text: plain(value) for key, value in node.entries}
        case ListNode():
            return [plain(child) for child in node.children]
        case TextNode():
            return node.text
    return None


def nodes(node):
    """Every node of a tree, outermost first."""
    yield node
    inner = node.children if isinstance(node, ListNode) else ()
    inner = [child for entry in node.entries for child in entry] if isinstance(node, MapNode) else inner
    for child in inner:
        yield from nodes(child)


def codes(text):
    return [fault.code for fault in read_tree(text, "f").faults]


letters = st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\ufeff")
spellings = st.text(letters, max_size=8)
structures = st.recursive(
    spellings,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(spellings, inner, max_size=4),
    max_leaves=16,
)
YAML_SIGNS = "ab:-[]{},#&*!|>'\"%@`<\\\n\t ?=~."
scraps = st.text(max_size=60) | st.text(st.sampled_from(YAML_SIGNS), max_size=60)
mutants = st.builds(
    lambda at, gone, put: RECORD[:at] + put + RECORD[at + gone :],
    st.integers(0, len(RECORD)),
    st.integers(0, 6),
    st.text(st.sampled_from(YAML_SIGNS + "\r\x00\x85\u2028\ufeff"), max_size=3),
)


@given(structures)
def test_what_json_writes_is_read_as_text(value):
    """JSON is YAML, so the standard library's writer is an oracle for structure and spelling."""
    found = read_tree(json.dumps(value, ensure_ascii=False), "f")
    assert (plain(found.root), found.faults) == (value, ())


@given(structures)
def test_what_another_writer_lays_out_in_blocks_is_read_as_text(value):
    found = read_tree(yaml.safe_dump(value, allow_unicode=True, default_style='"'), "f")
    assert (plain(found.root), found.faults) == (value, ())


@given(scraps | mutants)
def test_no_text_makes_reading_crash(text):
    tree = read_tree(text, "f")
    assert all(fault.place.line >= 1 and fault.place.column >= 1 and fault.message for fault in tree.faults)


@given(scraps | mutants)
def test_a_text_without_faults_says_what_a_full_parser_finds_in_it(text):
    tree = read_tree(text, "f")
    expected = None if tree.faults else yaml.load(tree.text, yaml.CBaseLoader)
    assert tree.faults or (plain(tree.root) == (expected if tree.root else None))


@given(mutants)
def test_no_event_is_lost_in_silence(text):
    tree = read_tree(text, "f")
    read = plain(tree.root)
    events = read.get("events") if isinstance(read, dict) else None
    found = [event.get("id") for event in events or [] if isinstance(event, dict)] if events != "" else []
    assert tree.faults or {"kes-open", "velm-rej"} <= set(found) or text != RECORD


@given(scraps | mutants)
def test_each_node_stands_inside_the_one_that_holds_it(text):
    root = read_tree(text, "f").root
    holders = [node for node in nodes(root) if not isinstance(node, TextNode)] if root else []
    assert all(
        holder.start <= inner.start <= inner.end <= holder.end
        for holder in holders
        for inner in nodes(holder)
    )


def test_values_keep_their_spelling():
    assert plain(read_tree(RECORD, "f").root) == {
        "format": "terms/1",
        "parties": {"kestria": {"name": "Kestria", "role": "belligerent"}},
        "events": [
            {
                "id": "kes-open",
                "terms": ["30 km", "12:30", "no", "010"],
                "quote": "Thirty empties\nthe valley.\n",
            },
            {"id": "velm-rej", "of": ""},
        ],
        "x-more": {"a": ""},
    }


def test_offsets_are_those_of_the_text_itself():
    tree = read_tree(RECORD, "f")
    texts = [node for node in nodes(tree.root) if isinstance(node, TextNode) and not node.quoted]
    assert [tree.text[node.start : node.end] for node in texts] == [node.text for node in texts]


def test_a_block_of_text_ends_at_its_last_letter():
    quote = read_tree(RECORD, "f").root.get("events").children[0].get("quote")
    assert RECORD[quote.start : quote.end] == "|\n      Thirty empties\n      the valley."


def test_a_place_counts_lines_and_columns_from_one():
    event = read_tree(RECORD, "ostra.record.yaml").root.get("events").children[1]
    assert str(event.place) == "ostra.record.yaml:14:5"
    assert (event.entry("id").value.place.column, event.entry("id").value.place.end_column) == (9, 17)


def test_a_list_and_a_map_have_the_place_of_all_they_hold():
    root = read_tree(RECORD, "f").root
    assert (root.place.line, root.place.end_line) == (2, 16)
    assert root.get("events").children[0].get("terms").place.end_column == 35


def test_only_what_was_not_written_is_empty():
    tree = read_tree("a: ''\nb:\nc: {d, e: }\n", "f")
    empty = {
        node.start: node.is_empty for node in nodes(tree.root) if isinstance(node, TextNode) and not node.text
    }
    assert list(empty.values()) == [False, True, True, True]


def test_a_key_that_is_not_there_has_no_value():
    assert read_tree(RECORD, "f").root.get("sources") is None


@pytest.mark.parametrize(("text", "root"), [("", None), ("# nothing\n", None), ("---\n", "")])
def test_a_text_that_says_nothing_has_no_faults(text, root):
    tree = read_tree(text, "f")
    assert (plain(tree.root), tree.faults) == (root, ())


def test_a_byte_order_mark_and_either_line_end_are_no_matter():
    marked = read_tree("\ufeff" + RECORD.replace("\n", "\r\n"), "f")
    assert (plain(marked.root), marked.faults) == (plain(read_tree(RECORD, "f").root), ())
    assert marked.text[0] == "#"


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? ", "[{"])
def test_a_hundred_thousand_brackets_are_one_fault(bracket):
    assert codes(bracket * 100_000)[:1] in (["E005"], ["E008"])


def test_a_bomb_of_aliases_is_refused_without_being_built():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
    assert set(codes(bomb)) == {"E006"}


def test_a_file_over_the_limit_is_not_read():
    tree = read_tree("é" * (LARGEST // 2 + 1), "f")
    assert (tree.root, [fault.code for fault in tree.faults]) == (None, ["E009"])


def test_a_file_at_the_limit_is_read():
    assert read_tree("a: " + "é" * (LARGEST // 2 - 2), "f").faults == ()


@pytest.mark.parametrize("first", ["a: 1", "'a': 1", '"a": 1'])
def test_of_a_key_written_twice_the_first_is_kept(first):
    tree = read_tree(f"{first}\na: 2\n", "f")
    (fault,) = tree.faults
    assert (fault.code, fault.place.line, fault.related[0].place.line) == ("E004", 2, 1)
    assert plain(tree.root) == {"a": "1"}


def test_a_node_with_a_fault_inside_is_broken_and_its_neighbour_is_not():
    tree = read_tree("- {a: 1, a: 2}\n- {a: 1}\n- {a: *x}\n- b\n", "f")
    assert [tree.is_broken(child) for child in tree.root.children] == [True, False, True, False]


BROKEN = """\
format: terms/1
events:
  # the first
  - id: kes-open
    by: kestria

  - id: velm-rej
    terms: {corridor.halden: open
    source: M1 p.11

  - id: med-25
    note: the answer: none

  - {id: med-26, by: 'harbour}

\t- id: med-27

  - id: kes-acc
    by: kestria
sources:
  M1: {title: Minutes}
  M2: {title: [}
  M3: {title: More}
"""


def test_each_broken_event_costs_one_fault_and_the_others_are_still_there():
    tree = read_tree(BROKEN, "f")
    assert [(fault.code, fault.place.line) for fault in tree.faults] == [
        ("E001", 8), ("E008", 12), ("E001", 14), ("E003", 16), ("E001", 22),
    ]  # fmt: skip
    assert plain(tree.root) == {
        "format": "terms/1",
        "events": [{"id": "kes-open", "by": "kestria"}, {"id": "kes-acc", "by": "kestria"}],
        "sources": {"M1": {"title": "Minutes"}, "M3": {"title": "More"}},
    }


def test_the_names_in_broken_pieces_are_remembered():
    assert {"velm-rej", "med-25", "med-26", "med-27", "M2"} <= read_tree(BROKEN, "f").lost


def test_places_in_pieces_are_those_of_the_whole_file():
    last = read_tree(BROKEN, "f").root.get("events").children[1].get("id")
    assert (BROKEN[last.start : last.end], last.place.line) == ("kes-acc", 18)


@given(mutants)
def test_a_chunked_record_is_the_whole_record(text):
    cut = chunks(text)
    tail = [cut.tail] if cut.tail else []
    assert "".join(chunk.text for chunk in (cut.head, *cut.events, *tail)) == text


def test_chunks_read_alone_say_the_same_with_the_same_places():
    cut = chunks(RECORD)
    whole = read_tree(RECORD, "f").root.get("events").children
    alone = [
        read_tree(chunk.text, "f", first_line=chunk.first_line, offset=chunk.offset).root.children[0]
        for chunk in cut.events
    ]
    assert [(plain(node), node.place, node.start) for node in alone] == [
        (plain(node), node.place, node.start) for node in whole
    ]
    assert cut.tail.text == "x-more: {a: }\n"


@pytest.mark.parametrize("text", ["", "format: terms/1\n", "events: []\n", "events:\n- id: a\n"])
def test_a_record_without_indented_events_is_one_chunk(text):
    cut = chunks(text)
    assert (cut.head.text, cut.events, cut.tail) == (text, (), None)


def test_a_record_that_ends_with_its_events_has_no_tail():
    cut = chunks("events:\n  - id: a\n  - id: b\n")
    assert ([chunk.text for chunk in cut.events], cut.tail) == (["  - id: a\n", "  - id: b\n"], None)


def test_a_section_in_which_nothing_can_be_read_is_empty():
    tree = read_tree("a: 1\nb:\n  c\n  d: [\n", "f")
    assert sorted(fault.code for fault in tree.faults) == ["E001", "E008"]
    assert plain(tree.root) == {"a": "1", "b": ""}


STRAY = """events:
  - id: a
    kind: state
{stray}
    by: north
  - id: b
    kind: state
  - id: c
"""


def ids(text):
    """The ids of the events that could be read, and the codes and lines of the faults."""
    tree = read_tree(text, "f")
    events = tree.root.get("events")
    children = events.children if isinstance(events, ListNode) else ()
    told = [child.get("id").text for child in children if isinstance(child, MapNode)]
    return told, [(fault.code, fault.place.line) for fault in tree.faults]


@pytest.mark.parametrize(
    ("stray", "faults"),
    [
        ("stray words", [("E008", 5)]),
        ("date: 2031", [("E008", 5)]),
        (": 2031", [("E008", 4)]),
        ("'", [("E001", 4)]),
        ("%", [("E006", 4)]),
        ("---", [("E007", 4)]),
        ("...", [("E007", 4)]),
        (",", [("E008", 4)]),
    ],
)
def test_a_stray_line_at_the_margin_costs_no_event_behind_it(stray, faults):
    told, found = ids(STRAY.format(stray=stray))
    assert told == ["a", "b", "c"]
    assert found == faults


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("events:\nswer\n  - id: a\n  - id: b\n", ["a", "b"]),
        ("events:\n  - id: a: b\nstray: - x\n  - id: b\n", ["b"]),
        ("events:\n    kind: x\n  - id: a\n  - id: b\n", ["a", "b"]),
        ("events:\n  - id: a\n- id: b\n  - id: c\n", ["a", "b", "c"]),
        ("events:\n-\n  - id: a\n  - id: b: c\n", ["a"]),
        ("events:\n  - id: a\nx: - y\nother:\n  - id: b\n", ["a"]),
        ("events:\n  - id: a\nx: - y\n  - {\n", ["a"]),
        ("events:\n  - id: a\nx: - y\n    - deeper\n", ["a"]),
        ("events: {a: b}\nx: - y\n", []),
    ],
)
def test_events_are_found_wherever_their_dashes_stand(text, told):
    assert ids(text)[0] == told
    assert ids(text)[1]


def test_a_list_whose_key_is_gone_is_one_fault_at_the_line_above_it():
    tree = read_tree("a: b\n\nevents no longer\n  - id: a\n  - id: b\n", "f")
    assert [(fault.code, fault.place.line, fault.place.column) for fault in tree.faults] == [("E008", 3, 1)]
    assert {"a", "b"} <= tree.lost


def test_a_list_that_stands_under_no_key_is_a_fault():
    tree = read_tree("  - id: a\nevents:\n  - id: b\n", "f")
    assert ("E008", "this list belongs to no key") in [(fault.code, fault.message) for fault in tree.faults]


def test_members_of_a_list_that_lost_its_first_dash_are_found():
    tree = read_tree("a:\n    b: c\n  - d\n  - e: [\n", "f")
    assert plain(tree.root) == {"a": ["d"]}
