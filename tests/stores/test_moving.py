"""A copy goes in pieces that any engine takes at once, and nothing of a line is changed on the way."""

from terms.stores.moving import LARGEST, copy_stream
from terms.stores.sqlite import SqliteStore
from tests.stores.places import DECLARED, lines


def test_a_copy_of_long_lines_goes_in_pieces_and_has_the_links_of_the_original(tmp_path):
    source, target = (SqliteStore(str(tmp_path / name)) for name in ("a.db", "b.db"))
    long = lines(1, 5, note="x" * (LARGEST * 2 // 5))
    longer = lines(6, 6, note="y" * (LARGEST + 1))
    source.append("velm", (*DECLARED, *long, *longer, *lines(7, 9)), expected=0)
    heard = []
    moved = copy_stream(source, "velm", target, "velm", told=heard.append)
    assert heard == [3, 5, 6, 7, 10]
    assert (moved.added, target.head("velm")) == (10, source.head("velm"))
    assert copy_stream(source, "velm", target, "velm", told=heard.append).added == 0
    assert len(heard) == 5
    source.close()
    target.close()
