"""What stands on the terminal until the program behind it is loaded: the first picture as it will be, and no echo.

Loading takes longer than a person takes to press a key. So the terminal is made ready at once: keys are held
for the program, not shown, and where the same first picture was drawn before (same record, program, place, size
and options) it is shown at once. The program then draws over it; if what it has to show differs, it differs.
"""

import json
import os
import re
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Self

from terms.cellar.folder import cellar, fetched, hash_of, mark_of, put_by

SEEN = ("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "LANG", "LC_ALL", "LC_CTYPE")
"""Variables that change what a picture looks like."""

UP, DOWN = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
"""To the other screen without a cursor, and back."""

_LINE = re.compile(r"(?:[^\x00-\x1f\x7f-\x9f]|\x1b\[[0-9;]*m)*")
"""Text and its colours: whatever else stands in a file is not shown on a terminal."""


class Curtain:
    """The terminal until the program draws.

    `path` is the RECORD and `mark` what its files and the program are; None: a first picture of it cannot be kept.
    `asked` is all that was asked for on the command line, `places` what is kept of readers' places by record.
    `words` stand where no picture is known. `size` is that of the terminal in columns and rows; None: look.
    """

    def __init__(
        self,
        path: str | None,
        mark: str | None,
        asked: object,
        places: Mapping[str, object],
        environment: Mapping[str, str],
        *,
        words: str = "",
        size: tuple[int, int] | None = None,
    ) -> None:
        self.path, self.mark, self.words = path, mark, words
        self.asked = (repr(asked), bool(places), [environment.get(name) for name in SEEN])
        self.folder = cellar(environment)
        self.size = terminal_size() if size is None else size
        self.places = places
        self.attributes: list[int | list[bytes | int]] | None = None
        self.picture = ""
        self.handed_over = False
        self._signals: dict[int, object] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.handed_over:
            self._write(DOWN if self.picture else "\r\x1b[K")
        self._give_back()

    def stand(self) -> None:
        """Hold the keys and show what is known; within the `with`, so that whatever comes is taken back."""
        self._hold_keys()
        self.picture = self._known()
        self._write(UP + self.picture if self.picture else f"\r\x1b[K{self.words}")

    def hand_over(self) -> None:
        """From here on the program draws, and leaves the other screen itself."""
        if not self.picture:
            self._write("\r\x1b[K")
        self.handed_over = True

    # ---- the picture ----------------------------------------------------------------------------

    def keep(self, lines: Sequence[str], who: str, places: Mapping[str, object]) -> None:
        """Keep the picture that the next start begins with: of the record `who`, whose place is in `places`."""
        if self.path is None or self.mark is None or mark_of(self.path) != self.mark:
            return
        if len(lines) == self.size[1]:
            self.asked = (self.asked[0], bool(places), self.asked[2])
            told = {"who": who, "place": hash_of(places.get(who)), "lines": list(lines)}
            put_by(self.folder, self._name(), self._sealed(), json.dumps(told).encode())

    def _known(self) -> str:
        content = fetched(self.folder, self._name(), self._sealed())
        if content is None:
            return ""
        try:
            told = json.loads(content)
            lines = [str(line) for line in told["lines"]]
            same = told["place"] == hash_of(self.places.get(str(told["who"])))
        except (ValueError, KeyError, TypeError):
            return ""
        if not same or len(lines) != self.size[1] or not all(map(_LINE.fullmatch, lines)):
            return ""
        return "".join(f"\x1b[{row};1H{line}" for row, line in enumerate(lines, 1))

    def _name(self) -> str:
        return f"{hash_of((self.path, self.size))}.picture"

    def _sealed(self) -> str | None:
        return None if self.mark is None else f"{self.mark}-{hash_of((self.asked, self.size))}"

    # ---- the terminal ---------------------------------------------------------------------------

    def _hold_keys(self) -> None:
        """Keys typed from now on wait unseen for the program; ctrl+c still stops it."""
        if sys.platform == "win32" or not sys.stdin.isatty():
            return
        import termios

        attributes = termios.tcgetattr(sys.stdin.fileno())
        self.attributes = [*attributes]
        attributes[3] &= ~(termios.ECHO | termios.ICANON)
        attributes[0] &= ~termios.ICRNL
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, attributes)
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name)
            self._signals[number] = signal.signal(number, _end)

    def _give_back(self) -> None:
        if sys.platform == "win32" or self.attributes is None:
            return
        import termios

        with suppress(termios.error, OSError):  # the terminal may have gone
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self.attributes)
        for number, before in self._signals.items():
            signal.signal(number, before if callable(before) else signal.SIG_DFL)

    def _write(self, words: str) -> None:
        with suppress(OSError):
            sys.stdout.write(words)
            sys.stdout.flush()


def _end(number: int, frame: FrameType | None) -> None:
    """Leave in order, so that the terminal is given back."""
    raise SystemExit(128 + number)


def terminal_size() -> tuple[int, int]:
    """Columns and rows of the terminal; none where there is no terminal."""
    try:
        return tuple(os.get_terminal_size(sys.stdout.fileno()))  # type: ignore[return-value]
    except (OSError, ValueError):
        return 0, 0
