"""What every store promises, held against every store."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings

from terms.core.event import read_event
from terms.stores.errors import Conflict, EmptyAppend, IdTaken, NoHeader
from terms.stores.following import follow
from terms.stores.lines import lines_of, read_lines
from terms.stores.store import Snapshot
from terms.stores.verifying import verify, verify_all
from terms.testing.strategies import records
from tests.draws import draws
from tests.stores.places import DECLARED, HEADER, event, lines, opened

KINDS = ("text", "json lines", "sqlite", "recorder", "numbered recorder", "recorder from 0", "postgres")
MANY = ("sqlite", "recorder", "numbered recorder", "recorder from 0", "postgres")
STREAM = "talks"


@pytest.fixture(params=KINDS)
def again(request, tmp_path):
    """Opens the same store once more; all are closed afterwards."""
    yield from _opening(request, tmp_path)


@pytest.fixture(params=MANY)
def again_many(request, tmp_path):
    """The same, for stores that keep several streams."""
    yield from _opening(request, tmp_path)


def _opening(request, tmp_path):
    server = request.getfixturevalue("server") if request.param == "postgres" else None
    make, made = opened(request.param, tmp_path, server), []

    def open_again():
        made.append(make())
        return made[-1]

    yield open_again
    for store in made:
        store.close()


@pytest.fixture
def store(again):
    return again()


def contents(store, stream=STREAM, **more):
    return [kept.content for kept in store.read(stream, **more)]


def test_what_was_appended_comes_back_as_the_same_bytes(again):
    written = (*DECLARED, *lines(1, 5))
    assert again().append(STREAM, written, expected=0) == 6
    assert contents(again()) == [line.content for line in written]


def test_lines_are_numbered_from_one_without_gaps(store):
    store.append(STREAM, (*DECLARED, *lines(1, 2)), expected=0)
    store.append(STREAM, lines(3, 4), expected=3)
    assert [kept.number for kept in store.read(STREAM)] == [1, 2, 3, 4, 5]


def test_reading_begins_behind_what_was_read(store):
    store.append(STREAM, (*DECLARED, *lines(1, 4)), expected=0)
    assert contents(store, after=3) == [line.content for line in lines(3, 4)]


def test_a_writer_who_read_something_else_meets_a_conflict_and_nothing_moves(store):
    store.append(STREAM, (*DECLARED, *lines(1, 2)), expected=0)
    before = store.head(STREAM), contents(store)
    for wrong in (0, 2, 4):
        with pytest.raises(Conflict):
            store.append(STREAM, lines(3, 3), expected=wrong)
    assert (store.head(STREAM), contents(store)) == before


def test_an_empty_append_is_refused(store):
    with pytest.raises(EmptyAppend):
        store.append(STREAM, (), expected=0)
    assert store.head(STREAM).length == 0


def test_a_stream_begins_with_a_header(store):
    with pytest.raises(NoHeader):
        store.append(STREAM, lines(1, 1), expected=0)
    assert contents(store) == []


def test_the_same_append_again_adds_nothing(again):
    written = (*DECLARED, *lines(1, 3))
    again().append(STREAM, written, expected=0)
    again().append(STREAM, lines(4, 4), expected=4)
    assert again().append(STREAM, written, expected=0) == 5
    assert len(contents(again())) == 5


def test_the_same_id_with_other_content_is_refused_and_nothing_of_the_append_stays(store):
    store.append(STREAM, (*DECLARED, *lines(1, 2)), expected=0)
    before = contents(store)
    with pytest.raises(IdTaken):
        store.append(STREAM, (*lines(3, 3), *lines(2, 2, note="otherwise")), expected=3)
    assert contents(store) == before


def test_the_head_tells_length_and_last_link(store):
    assert store.head(STREAM).length == 0
    store.append(STREAM, (*DECLARED, *lines(1, 3)), expected=0)
    *_, last = store.read(STREAM)
    assert (store.head(STREAM).length, store.head(STREAM).link) == (4, last.sealed.link)


def test_a_store_that_nobody_touched_verifies(store):
    store.append(STREAM, (*DECLARED, *lines(1, 9)), expected=0)
    checked, faults = verify_all(store)
    assert (faults, [(one.length, one.broken) for one in checked]) == ((), [(10, None)])


def test_a_follower_sees_every_line_once_in_order(again):
    writer, reader = again(), again()
    writer.append(STREAM, (*DECLARED, *lines(1, 3)), expected=0)
    steps = iter(
        (
            lambda: writer.append(STREAM, lines(4, 4), expected=4),
            lambda: writer.append(STREAM, lines(5, 7), expected=5),
        )
    )

    def wait():
        step = next(steps, None)
        return step is not None and step() > 0

    assert [kept.number for kept in follow(reader, wait=wait)] == list(range(1, 9))


def test_a_follower_goes_on_behind_the_place_it_reached(store):
    store.append(STREAM, (*DECLARED, *lines(1, 5)), expected=0)
    place = store.since(0, limit=3)[-1].place
    assert [kept.number for kept in store.since(place, limit=100)] == [4, 5, 6]


def test_a_lost_snapshot_is_no_answer_and_a_kept_one_is_of_the_right_make(store):
    store.append(STREAM, (*DECLARED, *lines(1, 3)), expected=0)
    old, new, other = Snapshot("a", 2, b"old"), Snapshot("a", 3, b"new"), Snapshot("b/c", 2, b"{}")
    store.keep_snapshots(STREAM, [old, new, other], make="make-a")
    assert [*store.snapshots(STREAM, ("a", "d"), at_most=4, make="make-b")] == []
    assert [*store.snapshots(STREAM, ("a", "b/c"), at_most=1, make="make-a")] == []
    assert [*store.snapshots(STREAM, ("a", "d"), at_most=2, make="make-a")] in ([], [old])
    assert [*store.snapshots(STREAM, ("b/c", "a"), at_most=4, make="make-a")] in ([], [other, new])
    assert [*store.every_snapshot(STREAM, "a", make="make-a")] in ([], [old, new])
    assert [*store.every_snapshot(STREAM, "", make="make-b")] == []


def test_snapshots_of_another_make_go(store):
    store.append(STREAM, (*DECLARED, *lines(1, 3)), expected=0)
    kept = Snapshot("a", 2, b"old")
    store.keep_snapshots(STREAM, [kept], make="make-a")
    store.keep_snapshots(STREAM, [kept], make="make-b")
    assert [*store.every_snapshot(STREAM, "", make="make-a")] == []
    assert [*store.every_snapshot(STREAM, "", make="make-b")] in ([], [kept])
    store.keep_snapshots(STREAM, (), make="make-b")
    assert [*store.snapshots(STREAM, ("a",), at_most=4, make="make-b")] == []


def test_no_more_lines_are_read_than_asked_for(store):
    store.append(STREAM, (*DECLARED, *lines(1, 4)), expected=0)
    assert [kept.number for kept in store.read(STREAM, after=1, limit=2)] == [2, 3]
    assert [kept.number for kept in store.read(STREAM, after=4, limit=9)] == [5]


def test_writers_at_once_lose_nothing_and_double_nothing(again):
    """Eight writers, each retrying after a conflict with what it then reads."""
    again().append(STREAM, DECLARED, expected=0)
    stores = [again() for _ in range(8)]

    def write(number):
        for turn in range(3):
            mine = lines(10 * number + turn, 10 * number + turn)
            while True:
                try:
                    stores[number].append(STREAM, mine, expected=stores[number].head(STREAM).length)
                    break
                except Conflict:
                    continue

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    reader = again()
    _, events = read_lines(contents(reader))
    assert sorted(one.id for one in events) == sorted(f"e-{10 * a + b}" for a in range(8) for b in range(3))
    assert verify(reader, STREAM).broken is None
    assert [kept.number for kept in reader.since(0, limit=100)] == list(range(1, 26))


def test_streams_do_not_touch_each_other(again_many):
    store = again_many()
    store.append("kestria", (*DECLARED, *lines(1, 2)), expected=0)
    store.append("velm", (*DECLARED, *lines(1, 1)), expected=0)
    store.append("kestria", lines(3, 3), expected=3)
    assert store.streams() == ("kestria", "velm")
    assert [(one.stream, one.number) for one in store.since(0, limit=100)] == [
        ("kestria", 1), ("kestria", 2), ("kestria", 3), ("velm", 1), ("velm", 2), ("kestria", 4)]  # fmt: skip


def test_a_new_header_takes_over_and_the_old_one_stays(again_many):
    store = again_many()
    store.append("velm", (*DECLARED, *lines(1, 1)), expected=0)
    changed = lines_of(type(HEADER)(title="Renamed", parties=HEADER.parties, sources=HEADER.sources), ())
    store.append("velm", changed, expected=2)
    header, events = read_lines(contents(store, "velm"))
    assert (header.title, [one.id for one in events], len(contents(store, "velm"))) == ("Renamed", ["e-1"], 3)


def test_every_store_gives_the_same_links(tmp_path, server):
    """So a head that was handed over holds wherever the record is kept."""
    heads = set()
    for kind in KINDS:
        store = opened(kind, tmp_path, server)()
        store.append(STREAM, (*DECLARED, *lines(1, 4)), expected=0)
        heads.add(store.head(STREAM))
        store.close()
    assert len(heads) == 1


@settings(max_examples=draws(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=records(max_size=8))
def test_a_record_comes_back_whole_from_every_store(record, tmp_path_factory):
    header, events = record
    folder = tmp_path_factory.mktemp("stores")
    for kind in ("text", "json lines", "sqlite", "recorder"):
        store = opened(kind, folder)()
        store.append(STREAM, lines_of(header, events), expected=0)
        assert read_lines(contents(store)) == (header, tuple(events)), kind
        store.close()


def test_a_big_batch_is_one_append(again_many):
    store = again_many()
    store.append("velm", (*DECLARED, *lines(1, 3000)), expected=0)
    assert store.head("velm").length == 3001


def test_an_event_of_another_kind_under_a_used_id_is_refused(store):
    store.append(STREAM, (*DECLARED, *lines(1, 1)), expected=0)
    other = read_event(
        {"id": "e-1", "date": "2031-03-01", "kind": "meet", "present": ["north"], "source": "M1 p.1"}
    )
    with pytest.raises(IdTaken):
        store.append(STREAM, lines_of(HEADER, (other,)), expected=2)
    assert contents(store)[1:] == [lines_of(HEADER, (event(1),))[1].content]
