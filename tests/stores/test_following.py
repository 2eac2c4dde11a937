"""Whoever follows a store is told when it is gone, rather than left to wait."""

import pytest

from terms.stores.errors import Lost, Unreachable
from terms.stores.following import follow
from tests.stores.places import DECLARED, lines, opened


@pytest.mark.parametrize("kind", ["text", "json lines", "sqlite"])
@pytest.mark.parametrize("what", ["removed", "emptied"])
def test_a_store_that_is_gone_is_followed_no_further(tmp_path, kind, what):
    again = opened(kind, tmp_path)
    writer, reader = again(), again()
    stream = "talks"
    writer.append(stream, (*DECLARED, *lines(1, 3)), expected=0)
    writer.close()
    (path,) = (one for one in tmp_path.iterdir() if one.suffix in (".yaml", ".jsonl", ".db"))

    def wait():
        path.unlink(missing_ok=True)
        if what == "emptied":
            path.write_bytes(b"")
        return True

    followed = follow(reader, wait=wait)
    assert [next(followed).number for _ in range(4)] == [1, 2, 3, 4]
    with pytest.raises(Unreachable, match=r"removed or replaced|the file is empty"):
        next(followed)
    reader.close()


class Flickering:
    """A store whose server goes away at some of the questions."""

    def __init__(self, store, gone):
        self.store, self.gone = store, iter(gone)

    def since(self, place, *, limit):
        if next(self.gone):
            raise Lost("postgresql://velm", "no server listens there")
        return self.store.since(place, limit=limit)


def test_a_server_that_comes_back_is_followed_on_from_where_it_was_lost(store):
    store.append("talks", (*DECLARED, *lines(1, 3)), expected=0)
    heard = []
    followed = follow(
        Flickering(store, [True, False, True, True, False, False, False]),
        wait=lambda: False,
        lost=lambda fault: heard.append(str(fault)) is None,
    )
    assert [kept.number for kept in followed] == [1, 2, 3, 4]
    assert heard == ["postgresql://velm: no server listens there"] * 3


def test_whoever_does_not_wait_for_a_server_is_told_that_it_is_gone(store):
    with pytest.raises(Lost, match="no server listens there"):
        next(follow(Flickering(store, [True]), wait=lambda: True))
