"""The first line that was changed, removed, inserted or moved is named; a flipped byte is found or harmless."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terms.stores.chain import START, link_after, seal_of, sealed, unpacked
from terms.stores.checkpoints import Checkpoint, new_keys, read_checkpoint, sign
from terms.stores.errors import StoreError
from terms.stores.json_lines import JsonLinesStore
from terms.stores.sqlite import SqliteStore
from terms.stores.verifying import holds, verify, verify_all
from tests.draws import draws
from tests.stores.places import DECLARED, lines

WRITTEN = (*DECLARED, *lines(1, 8))


@pytest.fixture
def path(tmp_path):
    made = str(tmp_path / "terms.db")
    store = SqliteStore(made)
    store.append("velm", WRITTEN, expected=0)
    store.close()
    return made


def tampered(path, *statements):
    connection = sqlite3.connect(path)
    for statement, values in statements:
        connection.execute(statement, values)
    connection.commit()
    connection.close()


def broken(path):
    store = SqliteStore(path)
    found = verify(store, "velm").broken
    store.close()
    return (found.what, found.number) if found else None


def state(path, number):
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT state FROM stored_events WHERE originator_version = ?", (number,)
    ).fetchone()[0]
    connection.close()
    return bytes(found)


SET = "UPDATE stored_events SET state = ? WHERE originator_version = ?"
RENUMBER = "UPDATE stored_events SET originator_version = ? WHERE originator_version = ?"


def test_a_changed_line_is_named(path):
    tampered(path, (SET, (state(path, 4).replace(b"words 3", b"words 9"), 4)))
    assert broken(path) == ("changed", 4)


def test_a_changed_link_is_named(path):
    one = unpacked(state(path, 4))
    tampered(path, (SET, (type(one)(one.content, seal_of("0" * 64, one.digest)).packed(), 4)))
    assert broken(path) == ("changed", 4)


def test_a_changed_kind_is_named(path):
    tampered(path, ("UPDATE stored_events SET topic = 'propose' WHERE originator_version = ?", (4,)))
    assert broken(path) == ("changed", 4)


def test_a_missing_line_is_named(path):
    tampered(path, ("DELETE FROM stored_events WHERE originator_version = ?", (4,)))
    assert broken(path) == ("removed", 4)


def test_a_line_that_was_removed_and_the_rest_numbered_anew_is_found(path):
    moves = [(RENUMBER, (number - 1, number)) for number in range(5, 10)]
    tampered(path, ("DELETE FROM stored_events WHERE originator_version = ?", (4,)), *moves)
    assert broken(path) == ("removed", 4)


def test_lines_that_changed_places_are_found(path):
    tampered(path, (SET, (state(path, 6), 5)), (SET, (state(path, 5), 6)))
    assert broken(path) == ("moved", 5)


def test_an_inserted_line_is_named_even_when_it_was_sealed_rightly(path):
    forged = sealed(lines(50, 50)[0].content, unpacked(state(path, 4)).link)
    moves = [(RENUMBER, (number + 1, number)) for number in range(9, 4, -1)]
    insert = ("INSERT INTO stored_events VALUES ('velm', 5, 'state', ?)", (forged.packed(),))
    tampered(path, *moves, insert)
    assert broken(path) == ("inserted", 5)


def test_lines_cut_off_at_the_end_are_found(path):
    tampered(path, ("DELETE FROM stored_events WHERE originator_version > ?", (7,)))
    assert broken(path) == ("removed", 8)


def test_a_chain_written_anew_holds_by_itself_and_not_against_an_earlier_head(path):
    """What nobody can see from inside the store, whoever holds a head can."""
    store = SqliteStore(path)
    head = store.head("velm")
    assert holds(store, "velm", length=head.length, link=head.link)
    store.close()
    link, rows = START, []
    for number, line in enumerate((*WRITTEN[:3], *lines(3, 8, note="otherwise")), start=1):
        one = sealed(line.content, link)
        link = one.link
        rows.append((SET, (one.packed(), number)))
    tampered(path, *rows, ("UPDATE stream_heads SET link = ? WHERE stream = 'velm'", (link,)))
    store = SqliteStore(path)
    assert verify(store, "velm").broken is None
    assert not holds(store, "velm", length=head.length, link=head.link)
    store.close()


def test_a_line_changed_and_sealed_anew_is_named_by_the_index_of_ids(path):
    """Its own link is right again, and only the next one is not: the index knows which of the two it was."""
    before, content = unpacked(state(path, 4)), unpacked(state(path, 5)).content
    tampered(path, (SET, (sealed(content.replace(b"words 4", b"words 9"), before.link).packed(), 5)))
    assert broken(path) == ("removed", 6)
    assert faults(path) == ("line 5 of 'velm' (e-4) is not what the index of ids says",)


@pytest.mark.parametrize("change", [
    "UPDATE event_ids SET digest = '0' WHERE event = 'e-4'", "UPDATE event_ids SET event = 'e-44' WHERE event = 'e-4'",
])  # fmt: skip
def test_an_index_of_ids_that_was_changed_is_found(path, change):
    tampered(path, (change, ()))
    assert faults(path) == ("line 5 of 'velm' (e-4) is not what the index of ids says",)


def test_another_header_noted_as_in_force_is_found(path):
    tampered(path, ("UPDATE stream_heads SET header = '0'", ()))
    assert broken(path) == ("changed", 1)


@pytest.mark.parametrize("length", [5, 9])
def test_whoever_holds_a_signed_head_finds_an_end_that_was_cut_off_everywhere(path, length):
    """Cut off in the lines, the index of ids and the head alike nothing is wrong from inside."""
    store = SqliteStore(path)
    private, public = new_keys()
    kept = [*store.read("velm")]
    seen = sign(Checkpoint("velm", length, kept[length - 1].sealed.link), private)
    store.close()
    tampered(
        path,
        ("DELETE FROM stored_events WHERE originator_version > 7", ()),
        ("DELETE FROM event_ids WHERE event IN ('e-7', 'e-8')", ()),
        ("UPDATE stream_heads SET length = 7, link = ?", (kept[6].sealed.link,)),
    )
    store = SqliteStore(path)
    assert (verify(store, "velm").broken, store.faults()) == (None, ())
    told = read_checkpoint(seen, public)
    assert holds(store, "velm", length=told.length, link=told.link) == (length <= 7)
    store.close()


def faults(path):
    store = SqliteStore(path)
    found = store.faults()
    store.close()
    return found


def test_a_link_seals_the_one_before_it():
    assert link_after(START, "a" * 64) != link_after("1" * 64, "a" * 64)


def harmed(make, path):
    """The lines a store still gives and whether a check finds fault, or None when it cannot be opened at all."""
    try:
        store = make(path)
    except StoreError:
        return None
    try:
        checked, faults = verify_all(store)
        is_found = (
            bool(faults) or [one.stream for one in checked] != ["velm"] or any(one.broken for one in checked)
        )
        try:
            kept = [one.content for one in store.read("velm")]
        except StoreError:
            kept, is_found = [], True
        return kept, is_found
    finally:
        store.close()


@settings(max_examples=draws(120), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**9), bit=st.integers(0, 7))
@pytest.mark.parametrize(("make", "name"), [(SqliteStore, "velm.db"), (JsonLinesStore, "velm.jsonl")])
def test_a_flipped_bit_anywhere_is_found_or_harmless(make, name, place, bit, tmp_path_factory):
    path = tmp_path_factory.mktemp("flipped") / name
    store = make(str(path))
    store.append("velm", WRITTEN, expected=0)
    store.close()
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    found = harmed(make, str(path))
    assert found is None or found[1] or found[0] == [line.content for line in WRITTEN]


@pytest.mark.parametrize("column", [b"originator_id", b"originator_version", b"topic", b"state"])
def test_a_column_whose_name_was_damaged_is_found(column, tmp_path):
    path = tmp_path / "velm.db"
    store = SqliteStore(str(path))
    store.append("velm", WRITTEN, expected=0)
    store.close()
    content = path.read_bytes()
    assert column + b" " in content
    path.write_bytes(content.replace(column + b" ", bytes([column[0] ^ 1]) + column[1:] + b" "))
    found = harmed(SqliteStore, str(path))
    assert found is None or found[1]
