"""Whoever follows a store is told when it is gone, rather than left to wait."""

import pytest

from terms.stores.errors import Unreachable
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
