"""`terms frame` and `terms peek`: the screen as text, for whoever has no use for a program."""

from pathlib import Path

import pytest

from terms.cli.main import main
from terms.records import read_record
from terms.tui.opening import picture

VALLEY = str(Path(__file__).parent / "valley.record.yaml")


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words, VALLEY]) == 0
    return capsys.readouterr().out


def test_a_frame_is_what_the_screen_shows(capsys: pytest.CaptureFixture[str]) -> None:
    from terms.core.history import History

    record = read_record(VALLEY)
    history = History(record.header, record.events)
    shown = picture(history, name="valley", at=3, width=100, height=30)
    assert printed(capsys, "frame", "--at", "3", "--size", "100x30") == shown


def test_a_frame_has_the_size_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "frame", "--ascii", "--size", "77x20").splitlines()
    assert {len(line) for line in lines} == {77}
    assert len(lines) == 20


def test_keys_are_typed_before_the_frame_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert "3 Why" in printed(capsys, "frame", "--keys", "enter")
    assert "1/" in printed(capsys, "frame", "--keys", ":1 enter").splitlines()[0]


def test_a_frame_waits_for_what_the_screen_works_out_beside_its_reader(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "being worked out" not in printed(capsys, "frame", "--size", "120x40", "--keys", "u")
    assert "as seen by north" in printed(capsys, "frame", "--keys", "Pnorth enter")


def test_a_second_record_is_laid_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no position ever differs" in printed(capsys, "frame", "--over", VALLEY)


def test_a_peek_has_emphasis_only_where_it_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in printed(capsys, "peek")
    assert "\x1b[1" in printed(capsys, "peek", "--color", "always")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--at", "nothing-like-it"), "no event, number, share or date"),
        (("--keys", "escape"), "the key 'escape' does nothing"),
        (("--seen-by", "nobody"), "there is no party 'nobody'"),
    ],
)
def test_what_cannot_be_shown_is_said(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["frame", *words, VALLEY]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("size", ["80", "0x24", "80x", "9999x24"])
def test_a_size_that_is_none_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frame", "--size", size, VALLEY]) == 2
    assert "is no size" in capsys.readouterr().err


def test_a_record_that_can_be_read_but_once_is_not_served(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "-"]) == 2
    assert "standard input can be read once" in capsys.readouterr().err
