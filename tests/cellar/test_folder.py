"""What is kept in the cache folder is good for the very same files, and for nothing else."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.cellar.folder import MOST_FILES, MOST_KEPT, cellar, fetched, mark_of, put_by


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    (tmp_path / "talks" / "parts").mkdir(parents=True)
    (tmp_path / "talks" / "talks.record.yaml").write_text("title: Talks\n", "utf-8")
    (tmp_path / "talks" / "parts" / "one.record.yaml").write_text("events: []\n", "utf-8")
    return tmp_path / "talks"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, Path("/c/ceasefire-terms/starts")),
        ({"HOME": "/h"}, Path("/h/.cache/ceasefire-terms/starts")),
        ({"HOME": "/h", "TERMS_NO_CACHE": "1"}, None),
        ({}, None),
    ],
)
def test_the_folder_is_the_readers_own_unless_they_want_none(
    environment: dict[str, str], expected: Path | None
) -> None:
    assert cellar(environment) == expected


def test_the_mark_of_a_record_is_that_of_every_file_in_its_folder(talks: Path) -> None:
    before = mark_of(str(talks))
    assert before is not None
    assert mark_of(str(talks)) == before
    os.utime(talks / "talks.record.yaml", (1, 1))
    assert mark_of(str(talks)) == before, "only what a file says counts"
    marks = {before}
    for change in (
        lambda: (talks / "talks.record.yaml").write_text("title: Other talks\n", "utf-8"),
        lambda: (talks / "parts" / "two.record.yaml").write_text("events: []\n", "utf-8"),
        lambda: (talks / "parts" / "two.record.yaml").rename(talks / "two.record.yaml"),
        lambda: (talks / "parts" / "one.record.yaml").unlink(),
    ):
        change()
        marks.add(mark_of(str(talks)))
    assert len(marks) == 5
    assert None not in marks


def test_a_file_is_marked_with_what_lies_beside_it(talks: Path) -> None:
    head = str(talks / "talks.record.yaml")
    before = mark_of(head)
    (talks / "parts" / "one.record.yaml").write_text("events:\n", "utf-8")
    assert mark_of(head) not in (before, None, mark_of(str(talks)))


def test_a_folder_of_a_thousand_things_or_with_links_out_of_it_has_no_mark(
    talks: Path, tmp_path: Path
) -> None:
    for number in range(MOST_FILES - 2):
        (talks / f"{number}.txt").touch()
    assert mark_of(str(talks)) is not None
    (talks / "parts" / "one.txt").touch()
    assert mark_of(str(talks)) is None
    (tmp_path / "lone").mkdir()
    (tmp_path / "lone" / "far").symlink_to(talks)
    assert mark_of(str(tmp_path / "lone")) is None


@given(st.binary(), st.data())
def test_what_is_kept_comes_back_whole_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("kept") / "new"
    put_by(folder, "one", "mark", content)
    assert fetched(folder, "one", "mark") == content
    assert fetched(folder, "one", "other mark") is None
    assert fetched(folder, "two", "mark") is None
    assert fetched(folder, "one", None) is None
    whole = (folder / "one").read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    (folder / "one").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    assert fetched(folder, "one", "mark") is None
    (folder / "one").write_bytes(whole[:place])
    assert fetched(folder, "one", "mark") is None


def test_it_is_kept_for_this_user_alone_and_leaves_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    put_by(folder, "one", "mark", b"x")
    assert stat.S_IMODE((folder / "one").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == ["one"]
    (folder / "two").mkdir()
    put_by(folder, "two", "mark", b"x")  # it cannot be written there
    put_by(folder / "one", "three", "mark", b"x")
    put_by(None, "four", "mark", b"x")
    assert fetched(folder, "two", "mark") is None
    assert sorted(path.name for path in folder.iterdir()) == ["one", "two"]


def test_what_was_written_longest_ago_goes_first(tmp_path: Path) -> None:
    for number in range(MOST_KEPT + 3):
        put_by(tmp_path, str(number), "mark", b"x")
        os.utime(tmp_path / str(number), (number, number))
    put_by(tmp_path, "last", "mark", b"x")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"last", *(str(number) for number in range(4, MOST_KEPT + 3))}
