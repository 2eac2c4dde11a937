"""Two edits of one file become one without losing an event; what cannot be decided is shown and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from terms.ground.tree import read_tree
from terms.records.merging import merge_records

HEAD = "format: terms/1\ntitle: Talks\n\nevents:\n"


def event(name, words="yes", note=""):
    above = f"  # {note}\n" if note else ""
    return f"{above}  - id: {name}\n    date: 2031-03-01\n    that: {words}\n    source: M1 p.9\n"


def record(*events, head=HEAD, tail=""):
    return head + "\n".join(events) + tail


def by_lines(base, ours, theirs):
    """A conflict wherever lines would have to be merged, spelled so that a test can see it."""
    return f"<{base}|{ours}|{theirs}>", True


def merged(*texts):
    return merge_records(*texts, merge_lines=by_lines)


def ids(text):
    tree = read_tree(text, "")
    assert tree.faults == ()
    return [child.get("id").text for child in tree.root.get("events").children]


A, B, C, D = (event(name) for name in "abcd")


def test_both_sides_append_and_nothing_is_lost():
    found = merged(record(A), record(A, B), record(A, C, D))
    assert (ids(found.text), found.conflicts) == (["a", "b", "c", "d"], ())


def test_alike_lines_of_two_events_are_not_shared():
    """Merging by union gave one event the only copy of a line that both had."""
    found = merged(record(A), record(A, B), record(A, C))
    assert found.text.count("source: M1 p.9") == 3


def test_an_event_added_in_the_middle_stands_where_it_was_put():
    assert ids(merged(record(A, B), record(A, B, D), record(A, C, B)).text) == ["a", "c", "b", "d"]


def test_an_event_added_before_all_others_stands_first():
    assert ids(merged(record(A, B), record(A, B, D), record(C, A, B)).text) == ["c", "a", "b", "d"]


def test_a_change_on_one_side_is_taken_beside_an_addition_on_the_other():
    found = merged(record(A), record(event("a", "no")), record(A, B))
    assert (found.text, found.conflicts) == (record(event("a", "no"), B), ())


def test_a_deletion_on_one_side_is_taken():
    assert ids(merged(record(A, B), record(A), record(A, B, C)).text) == ["a", "c"]
    assert ids(merged(record(A, B), record(A, B, C), record(A)).text) == ["a", "c"]


def test_the_same_addition_on_both_sides_is_there_once():
    assert merged(record(A), record(A, B), record(A, B)).text == record(A, B)


def test_an_event_that_both_changed_is_shown_and_the_rest_merged():
    found = merged(record(A, B), record(event("a", "no"), B), record(event("a", "never"), B, C))
    assert found.conflicts == ("a",)
    assert found.text.count("<") == 1
    assert found.text.endswith(B + "\n" + C)


def test_one_id_for_two_different_events_is_a_conflict():
    assert merged(record(A), record(A, event("b", "x")), record(A, event("b", "y"))).conflicts == ("b",)


def test_a_comment_above_an_event_goes_with_it():
    noted = event("b", note="read out before the recess")
    assert merged(record(A), record(A, C), record(A, noted)).text == record(A, C, noted)


def test_what_is_declared_on_one_side_is_taken_and_on_both_is_shown():
    other = HEAD.replace("Talks", "Talks on the valley")
    third = HEAD.replace("Talks", "Talks on the lake")
    assert merged(record(A), record(A, head=other), record(A, B)).text == record(A, B, head=other)
    assert merged(record(A), record(A, head=other), record(A, head=third)).conflicts == ("",)


def test_what_follows_the_events_is_merged_as_well():
    assert merged(record(A), record(A, tail="x-a: 1\n"), record(A, B)).text == record(A, B, tail="x-a: 1\n")
    assert merged(record(A), record(A, tail="x-a: 1\n"), record(A, tail="x-a: 2\n")).conflicts == ("",)


def test_a_last_event_without_a_line_end_takes_no_other_into_its_line():
    assert ids(merged(record(A), record(A, B).rstrip("\n"), record(A, C).rstrip("\n")).text) == [
        "a",
        "b",
        "c",
    ]


def test_a_file_that_cannot_be_taken_apart_is_merged_by_lines():
    for odd in ("a: [", "events: []\n", "events: [{id: a}]\n", "- a\n", record(A, A), "events:\n  - x\n"):
        assert merged(odd, record(A), record(A, B)).conflicts == ("",)
    assert merge_records("x", "x", "y", merge_lines=lambda *sides: (sides[2], False)).conflicts == ()


NAMES = [f"e-{number}" for number in range(12)]


@given(data=st.data())
def test_additions_on_both_sides_are_all_there_once_and_in_the_order_of_each_side(data):
    base = data.draw(st.lists(st.sampled_from(NAMES[:4]), unique=True, min_size=1))
    mine = data.draw(st.lists(st.sampled_from(NAMES[4:8]), unique=True))
    other = data.draw(st.lists(st.sampled_from(NAMES[8:]), unique=True))

    def put(added):
        names = list(base)
        for name in added:
            names.insert(data.draw(st.integers(0, len(names))), name)
        return names

    ours, theirs = put(mine), put(other)
    found = merged(*(record(*map(event, names)) for names in (base, ours, theirs)))
    result = ids(found.text)
    assert sorted(result) == sorted([*base, *mine, *other])
    assert [name for name in result if name in ours] == ours
    assert [name for name in result if name in theirs] == theirs
    assert found.conflicts == ()
