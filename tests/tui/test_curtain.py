"""What stands on the terminal before the program draws: the picture it will draw, and none of the keys typed."""

import json
import re
import shutil
import signal
import termios
from pathlib import Path

import pytest

from terms.cellar.folder import cellar, put_by
from terms.cli.shipped import shipped_record
from terms.tui.curtain import DOWN, UP, Curtain
from tests.tui.terminal import Terminal

SIZE = (8, 3)
LINES = ("one", "\x1b[1mtwo\x1b[0m", "three")


class Terms(Terminal):
    program = "terms"


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    shutil.copytree(str(shipped_record("example")), tmp_path / "talks")
    return tmp_path / "talks"


def curtain(talks: Path, home: dict[str, str], *, asked: object = (), place: object = "p") -> Curtain:
    return Curtain(
        str(talks), "mark", asked, {"who": place} if place else {}, home, words="reading", size=SIZE
    )


def shown(one: Curtain, capsys: pytest.CaptureFixture[str]) -> str:
    with one:
        one.stand()
    return capsys.readouterr().out


def kept(talks: Path, home: dict[str, str], lines: tuple[str, ...] = LINES) -> None:
    """As `keep` leaves it, for any lines."""
    one = curtain(talks, home)
    told = {"who": "who", "place": None, "lines": lines}
    one.picture = ""
    put_by(cellar(home), one._name(), one._sealed(), json.dumps(told).encode())


def test_a_picture_is_shown_where_all_is_as_it_was(
    talks: Path, home: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    from terms.cellar.folder import mark_of

    made = Curtain(str(talks), mark_of(str(talks)), (), {}, home, words="reading", size=SIZE)
    assert shown(made, capsys) == "\r\x1b[Kreading\r\x1b[K"
    made.keep(LINES, "who", {"who": "here"})

    def again(asked: object, places: dict[str, object], size: tuple[int, int]) -> str:
        one = Curtain(str(talks), mark_of(str(talks)), asked, places, home, size=size)
        return shown(one, capsys)

    placed = "".join(f"\x1b[{row};1H{line}" for row, line in enumerate(LINES, 1))
    assert again((), {"who": "here"}, SIZE) == UP + placed + DOWN
    for otherwise in (
        again(("--ascii",), {"who": "here"}, SIZE),
        again((), {"who": "elsewhere"}, SIZE),
        again((), {}, SIZE),
        again((), {"who": "here"}, (8, 4)),
    ):
        assert UP not in otherwise
    (talks / "new.record.yaml").write_text("", "utf-8")
    assert UP not in again((), {"who": "here"}, SIZE)


def test_a_picture_is_not_kept_once_the_record_has_changed(
    talks: Path, home: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    one = curtain(talks, home)  # which is marked otherwise
    one.keep(LINES, "who", {"who": "p"})
    Curtain(None, None, (), {}, home, size=SIZE).keep(LINES, "who", {})
    assert shown(curtain(talks, home), capsys) == "\r\x1b[Kreading\r\x1b[K"


@pytest.mark.parametrize("line", ["\x1b[2J", "\x1b]0;owned\x07", "a\nb", "\x9b31m", "\x07"])
def test_a_kept_line_with_more_than_text_and_colours_never_reaches_the_terminal(
    line: str, talks: Path, home: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    kept(talks, home, ("one", line, "three"))
    assert shown(curtain(talks, home), capsys) == "\r\x1b[Kreading\r\x1b[K"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"lines": 3}', b"\xff"])
def test_what_cannot_be_understood_is_no_picture(
    content: bytes, talks: Path, home: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    one = curtain(talks, home)
    put_by(cellar(home), one._name(), one._sealed(), content)
    assert UP not in shown(one, capsys)


def test_the_second_start_shows_the_same_picture_at_once_and_loses_no_key(
    talks: Path, home: dict[str, str]
) -> None:
    with Terms("step", str(talks), **home) as terminal:
        first = terminal.until(b"q quit")
        terminal.type(b"q")
        assert terminal.end()[1] == 0
    assert b"reading" in first
    with Terms("step", str(talks), **home) as terminal:
        terminal.type(b",")  # before anything is there to take it
        terminal.until(b"q quit")
        terminal.type(b"q")
        assert terminal.end()[1] == 0
    with Terms("step", str(talks), **home) as terminal:
        written = terminal.until(b"\x1b[?1000h")  # which the program itself asks for
        # It stands, is shown again, and is drawn by the program.
        written = terminal.soon(lambda got: letters(got).count("qquit") >= 3, written)
        terminal.type(b"q")
        rest, code = terminal.end()
    assert code == 0
    written += rest
    before, _, after = written.partition(UP.encode())[2].partition(b"\x1b[?1049h")
    assert b"reading" not in written
    assert b"back at" in before
    assert letters(after).count(letters(before)) >= 2
    kept = json.loads((Path(home["XDG_STATE_HOME"]) / "ceasefire-terms" / "places.json").read_bytes())
    (place,) = kept.values()
    assert place["steps"] == place["events"] - 1


def letters(written: bytes) -> str:
    """What can be read of what was written, without the room between it."""
    return "".join(re.sub(r"\x1b\[[0-9;?<>=$]*[a-zA-Z]", "", written.decode()).split())


def test_the_terminal_is_given_back_when_it_is_ended_before_the_program_is_there(
    talks: Path, home: dict[str, str]
) -> None:
    with Terms("step", str(talks), **home) as terminal:
        before = termios.tcgetattr(terminal.file)
        terminal.soon(lambda got: b"reading" in got)
        held = termios.tcgetattr(terminal.file)
        assert not held[3] & (termios.ECHO | termios.ICANON)
        terminal.signal(signal.SIGTERM)
        written, code = terminal.end()
        assert code in (0, 128 + signal.SIGTERM)  # the program is there or is not
        assert b"Traceback" not in written
        assert termios.tcgetattr(terminal.file)[3] == before[3]
