"""A program in a terminal of its own: what it writes, byte for byte, and what it leaves behind."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
QUIET = 0.35
"""Seconds without a byte after which a repaint is over."""

LONGEST = 60.0
"""Seconds a machine that is busy with other things may take for one repaint, or to start."""


class Terminal:
    """`python -m` some program behind a pseudo-terminal."""

    program = "tests.tui.show_ferry"

    def __init__(self, *arguments: str, width: int = 120, height: int = 36, **environment: str) -> None:
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            base = {
                "PATH": os.environ["PATH"],
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "PYTHONPATH": str(ROOT),
            }
            command = [sys.executable, "-m", self.program, *arguments]
            os.chdir(ROOT)
            os.execve(command[0], command, {**base, **environment})
        self.resize(width, height)
        self.ended: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.ended is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.file)

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def until(self, *wanted: bytes) -> bytes:
        """Everything written until all that is `wanted` came and then nothing more for a while.

        A busy machine may pause within a repaint: whatever of it is looked for afterwards is to be waited for.
        """
        got, start = b"", time.monotonic()
        while time.monotonic() - start < LONGEST:
            ready, _, _ = select.select([self.file], [], [], QUIET)
            if not ready and all(one in got for one in wanted):
                return got
            if ready and not (more := self._read()):
                break
            got += more if ready else b""
        missing = [one for one in wanted if one not in got]
        assert not missing, f"{missing!r} did not come; it ends {got[-300:]!r}"
        return got

    def soon(self, is_there: Callable[[bytes], bool], got: bytes = b"") -> bytes:
        """`got` and all that was written since, as soon as that is enough: no pause is waited for."""
        start = time.monotonic()
        while not is_there(got):
            ready, _, _ = select.select([self.file], [], [], QUIET)
            more = self._read() if ready else b""
            is_lost = (ready and not more) or time.monotonic() - start > LONGEST
            assert not is_lost, f"it did not come; it ends {got[-300:]!r}"
            got += more
        return got

    def _read(self) -> bytes:
        try:
            return os.read(self.file, 65_536)
        except OSError:  # what Linux says once the other side has closed
            return b""

    def type(self, keys: bytes) -> None:
        os.write(self.file, keys)

    def press(self, keys: bytes, shown: bytes) -> bytes:
        """Type keys and read on until what they show has come; an escape is one only once nothing follows it."""
        self.type(keys)
        return self.until(shown)

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def end(self) -> tuple[bytes, int]:
        """What is written up to the end, and the exit code (negative: the signal that ended it)."""
        got, start = b"", time.monotonic()
        while time.monotonic() - start < LONGEST:
            if not select.select([self.file], [], [], QUIET)[0]:
                continue
            if not (more := self._read()):
                break
            got += more
        else:
            raise AssertionError(f"it does not end; the last it wrote is {got[-300:]!r}")
        _, status = os.waitpid(self.pid, 0)
        self.ended = os.waitstatus_to_exitcode(status)
        return got, self.ended
