"""The screen in a real terminal: what reaches it, and that it is given back as it was."""

import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from terms.tui.terminal import refusal, speaks_unicode
from tests.tui.terminal import LONGEST, ROOT, Terminal

COLOUR = re.compile(rb"\x1b\[[0-9;:]*(?<![0-9])(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?![0-9])[0-9;:]*m")
"""A code that sets a colour of the ink or of the ground."""

LEFT_ALTERNATE, MOUSE_OFF, CURSOR_ON = b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h"
FIRST_FRAME = b"q quit"
POINTER_SHAPE = b"\x1b]22;default\x07"
"""What Textual says of itself, with the only bell there is."""


@pytest.mark.parametrize("way", ["q", "ctrl+c", "SIGTERM", "SIGHUP"])
def test_the_terminal_is_given_back_however_one_leaves(way: str, home: dict[str, str]) -> None:
    with Terminal("mediator", **home) as terminal:
        terminal.until(FIRST_FRAME)
        terminal.type({"q": b"q", "ctrl+c": b"\x03"}[way]) if way in ("q", "ctrl+c") else terminal.signal(
            signal.Signals[way]
        )
        written, code = terminal.end()
    assert code == 0
    assert b"left at mediator" in written
    for sequence in (LEFT_ALTERNATE, MOUSE_OFF, CURSOR_ON):
        assert sequence in written


def test_the_terminal_is_given_back_when_the_program_breaks(home: dict[str, str]) -> None:
    class Breaking(Terminal):
        program = "tests.tui.show_crash"

    with Breaking(**home) as terminal:
        written, code = terminal.end()
    assert code == 1
    assert b"the record broke" in written
    for sequence in (LEFT_ALTERNATE, MOUSE_OFF, CURSOR_ON):
        assert written.rindex(sequence) > written.index(FIRST_FRAME)


def test_no_control_byte_of_a_source_reaches_the_terminal(home: dict[str, str]) -> None:
    with Terminal("later-name", **home) as terminal:
        written = terminal.until(FIRST_FRAME)
        for keys, shown in (
            (b"J\r2", b"Why"),
            (b"yframe", b"Copy:"),
            (b"\x1b", b"1 History"),
            (b"?", b"Keys valid now"),
            (b"\x1b", b"1 History"),
        ):
            written += terminal.press(keys, shown)
        terminal.type(b"q")
        written += terminal.end()[0]
    written = written.replace(POINTER_SHAPE, b"")
    assert b"calm" in written
    for hostile in (
        b"\x07",
        b"\x1b[2J",
        b"\x1b]0;",
        b"\x1b[31m",
        b"\x9b31m",
        "\u202e".encode(),
        "\u2066".encode(),
        b"\x00",
    ):
        assert hostile not in written, hostile


def test_without_colour_no_colour_code_is_sent(home: dict[str, str]) -> None:
    with Terminal("mediator", NO_COLOR="1", **home) as terminal:
        written = terminal.until(FIRST_FRAME)
        for keys, shown in ((b".?", b"Keys valid now"), (b"\x1b", b"1 History"), (b"d,\x14", b"theme: ")):
            written += terminal.press(keys, shown)
        terminal.type(b"q")
        written += terminal.end()[0]
    assert COLOUR.findall(written) == []


@pytest.mark.parametrize("term", ["xterm-256color", "xterm", "linux", "screen"])
def test_colours_are_among_the_terminals_own_sixteen(term: str, home: dict[str, str]) -> None:
    with Terminal("mediator", TERM=term, **home) as terminal:
        written = terminal.until(FIRST_FRAME)
        terminal.type(b"q")
        written += terminal.end()[0]
    assert COLOUR.findall(written)
    assert not re.search(rb"\x1b\[[0-9;]*[34]8;[25]", written)


def test_where_the_locale_is_not_utf_8_the_frame_is_ascii(home: dict[str, str]) -> None:
    with Terminal("mediator", LANG="C", LC_ALL="C", PYTHONUTF8="1", **home) as terminal:
        written = terminal.until(FIRST_FRAME)
        terminal.type(b"q")
        written += terminal.end()[0]
    assert b"+- 1 History" in written
    assert "┌".encode() not in written


def test_a_step_is_a_small_repaint(home: dict[str, str]) -> None:
    """Few bytes, so that it is quick over a slow line; 6 kB is the goal for a full screen."""
    with Terminal("kes-open", **home) as terminal:
        terminal.until(FIRST_FRAME)
        terminal.type(b".")
        step = terminal.until(b"velm-counter")
        terminal.type(b"q")
        terminal.end()
    assert len(step) < 6_000


def test_the_reader_comes_back_to_where_they_were(home: dict[str, str]) -> None:
    with Terminal("paper", **home) as terminal:
        terminal.until(FIRST_FRAME)
        terminal.type(b"q")
        terminal.end()
    with Terminal(**home) as terminal:
        terminal.until(FIRST_FRAME, b"back at paper")
        terminal.type(b"q")
        assert b"left at paper" in terminal.end()[0]


def test_a_first_visit_is_given_a_hint_and_a_second_is_not(home: dict[str, str]) -> None:
    hint = b"steps back and . on"
    with Terminal(**home) as terminal:
        terminal.until(FIRST_FRAME, hint)
        terminal.type(b"q")
        terminal.end()
    with Terminal(**home) as terminal:
        written = terminal.until(FIRST_FRAME)
        terminal.type(b"q")
        assert hint not in written + terminal.end()[0]


def test_own_keys_are_read_from_a_file(home: dict[str, str]) -> None:
    file = Path(home["XDG_CONFIG_HOME"]) / "ceasefire-terms" / "keys.toml"
    file.parent.mkdir(parents=True)
    file.write_text('"step.next" = ["w"]\n"step.nxt" = ["v"]\n')
    with Terminal("kes-open", **home) as terminal:
        terminal.until(FIRST_FRAME, b"no command is called step.nxt")
        terminal.type(b"w")
        terminal.until(b"velm-counter")
        terminal.type(b"q")
        assert b"left at velm-counter" in terminal.end()[0]


def test_without_a_terminal_the_command_that_prints_is_named() -> None:
    assert "`terms log`" in (refusal({"TERM": "xterm"}) or "")  # the tests themselves have no terminal
    assert "`terms log`" in (refusal({"TERM": "dumb"}) or "")


@pytest.mark.parametrize(
    ("environment", "speaks"),
    [
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "de_DE.utf8"}, True),
        ({"LANG": "C"}, False),
        ({"LC_ALL": "C", "LANG": "C.UTF-8"}, False),
    ],
)
def test_the_locale_says_whether_more_than_ascii_is_drawn(environment: dict[str, str], speaks: bool) -> None:
    assert speaks_unicode(environment) is speaks


# ---- through tmux, which keeps the picture ------------------------------------------------------


class Tmux:
    """A tmux server of its own with one pane."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        self.socket = str(folder / "tmux")
        own = {"HOME": folder, "XDG_STATE_HOME": folder, "LANG": "C.UTF-8", "PYTHONPATH": ROOT}
        show = [
            "env",
            *(f"{name}={value}" for name, value in own.items()),
            sys.executable,
            "-m",
            "tests.tui.show_ferry",
        ]
        shell = f"cd {shlex.quote(str(ROOT))} && {shlex.join(show)}; exec cat"
        self.do("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height), shell)

    def do(self, *words: str) -> str:
        return subprocess.run(
            ["tmux", "-S", self.socket, *words], check=True, capture_output=True, text=True
        ).stdout

    def picture(self, first: str, *, lines: int, holds: str = "") -> None:
        """Wait for a picture of so many lines whose first holds `first`, and that holds `holds` somewhere."""
        start = time.monotonic()
        while time.monotonic() - start < LONGEST:
            shown = self.do("capture-pane", "-p").splitlines()
            if len(shown) == lines and first in shown[0] and any(holds in line for line in shown):
                return
            time.sleep(0.1)
        raise AssertionError(f"{first!r} over {holds!r} was not shown:\n" + "\n".join(shown))


@pytest.fixture
def pane() -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    with tempfile.TemporaryDirectory() as folder:  # the address of a socket must be short
        made = Tmux(Path(folder), 120, 36)
        yield made
        made.do("kill-server")


def test_start_step_resize_and_quit_in_tmux(pane: Tmux) -> None:
    pane.picture("16/16", lines=36, holds="q quit")
    pane.do("send-keys", ",")
    pane.picture("15/16", lines=36)
    pane.do("resize-window", "-x", "80", "-y", "24")
    pane.picture("15/16", lines=24, holds="[1 History]")
    pane.do("resize-window", "-x", "50", "-y", "10")
    pane.picture("", lines=10, holds="needs 60x16")
    pane.do("resize-window", "-x", "120", "-y", "36")
    pane.picture("15/16", lines=36, holds=" 1 History ")
    pane.do("send-keys", "q")
    pane.picture("left at velm-monitors", lines=36)


def test_the_program_ends_with_its_terminal_though_no_signal_says_so(home: dict[str, str]) -> None:
    """As where the terminal is not the one that controls it: keys would be read from nothing, for ever."""
    ours, its = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT), **home}
    command = [sys.executable, "-m", "tests.tui.show_ferry"]
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=its, stdout=its, stderr=its, start_new_session=True
    )
    os.close(its)
    seen = b""
    while FIRST_FRAME not in seen:
        assert select.select([ours], [], [], LONGEST)[0]
        seen += os.read(ours, 65_536)
    os.close(ours)
    try:
        child.wait(LONGEST)
    finally:
        child.kill()
