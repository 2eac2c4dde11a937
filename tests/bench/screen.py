"""`make bench-screen`: how long the screen takes, from the byte of a key to the last byte of the repaint, in a real terminal.

Each figure is a median and a 95th percentile of wall time on this machine; no test asserts any of them.
"""

import fcntl
import os
import re
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from functools import partial

from tests.bench.cold import cold_ms
from tests.tui.terminal import Terminal

RECORD = "seeds/istanbul-2025"
SIZES = (20, 10_000, 1_000_000)
OVER = 0.06
"""Seconds without a byte after which a repaint is over."""

READING = 0.15
"""Seconds a reader looks before the next key; the neighbours of the step are drawn in that time."""

TEXTUAL = (sys.executable, "-c", "import textual.app")

RATE, HELD = 30, 3
"""Keys a second while one is held, and seconds it is."""


class Measured(Terminal):
    """A terminal that says when the last byte came."""

    program = "tests.bench.screen_show"

    def quiet(self, longest: float = 10.0, over: float = OVER) -> tuple[float, int]:
        """When the last byte came (0: none did), and how many came, until none came for a while."""
        last, count, start = 0.0, 0, time.perf_counter()
        while time.perf_counter() - start < longest:
            wait = over if count else min(1.0, longest)
            if not select.select([self.file], [], [], wait)[0]:
                break
            count += len(os.read(self.file, 1 << 16))
            last = time.perf_counter()
        return last, count

    def timed(self, act: Callable[[], object]) -> tuple[float, int]:
        """Milliseconds from an act to the last byte it caused, and the bytes."""
        begun = time.perf_counter()
        act()
        last, count = self.quiet()
        return max(0.0, (last - begun) * 1000), count

    def whole(self, wanted: bytes) -> float:
        """When the last byte came of the picture that some bytes are a part of."""
        got, last = b"", 0.0
        while wanted not in got or select.select([self.file], [], [], OVER)[0]:
            got += os.read(self.file, 1 << 16)
            last = time.perf_counter()
        return last

    def ready(self) -> None:
        """Wait for the first frame, and for what is done behind it."""
        self.until(b"q quit")
        self.quiet(2.0, 0.5)


def say(what: str, taken: list[float], goal: str) -> None:
    """One line of the table: median, 95th percentile, goal."""
    high = sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.95))]
    print(f"{what:<58} {statistics.median(taken):8.1f} / {high:6.1f} ms   {goal}", flush=True)


class Shipped(Measured):
    """`terms step` itself, on the shipped record."""

    program = "terms"


def opened(what: str, home: str) -> Measured:
    """The screen in a terminal of 120x36; places and the cache are kept nowhere that matters."""
    kept = {"HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    return Shipped("step", RECORD, **kept) if what == "istanbul" else Measured(what, **kept)


def floor(times: int) -> None:
    """What any start costs at least, on this machine at this time: a process that loads Textual and ends."""
    say("a process that loads Textual and ends", [cold_ms(*TEXTUAL) for _ in range(times)], "the floor")


def cold_start(what: str, home: str, times: int, goal: str) -> None:
    """From the start of the process to the last byte of the first picture; of the shipped record it is kept."""
    if what == "istanbul":
        with tempfile.TemporaryDirectory() as fresh:
            say("cold start, istanbul, first time ever", [first_picture(what, fresh)], "")
        first_picture(what, home, resting=3.0)  # what rival accounts change is found out meanwhile
    say(f"cold start, {what}: first picture", [first_picture(what, home) for _ in range(times)], goal)
    place = step_shown(what, home)
    answers = [first_answer(what, home, place) for _ in range(times)]
    say(f"cold start, {what}: a key typed at once is answered", answers, goal)


def first_picture(what: str, home: str, resting: float = 0.3) -> float:
    """Milliseconds until the first picture stands whole."""
    begun = time.perf_counter()
    with opened(what, home) as terminal:
        taken = (terminal.whole(b"q quit") - begun) * 1000
        terminal.quiet(30.0, 1.0)
        time.sleep(resting)
        terminal.type(b"q")
        terminal.end()
    return taken


STEP = re.compile(rb" ([\d,]+)/[\d,]+ ")
"""The step in the title."""


def step_shown(what: str, home: str) -> int:
    """The step that the screen begins with."""
    with opened(what, home) as terminal:
        shown = STEP.findall(terminal.until(b"q quit"))[-1]
        terminal.quiet(30.0, 1.0)
        terminal.type(b"q")
        terminal.end()
    return int(shown.replace(b",", b""))


def first_answer(what: str, home: str, place: int) -> float:
    """Milliseconds until the answer to a key that was typed before anything was there to take it: one step back."""
    begun = time.perf_counter()
    wanted = f" {place - 1:,}/".encode()
    with opened(what, home) as terminal:
        terminal.type(b",")
        taken = (terminal.whole(wanted) - begun) * 1000
        terminal.quiet(30.0, 1.0)
        terminal.type(b".")
        terminal.quiet()
        terminal.type(b"q")
        terminal.end()
    return taken


def moving(what: str, home: str) -> None:
    """Steps, jumps, resizes, and a key that is held."""
    with opened(what, home) as terminal:
        terminal.ready()
        steps, sizes = [], []
        for turn in range(60):
            key = b"." if turn % 16 < 8 else b","
            taken, count = terminal.timed(partial(terminal.type, key))
            steps.append(taken)
            sizes.append(count)
            time.sleep(READING)
        say(f"step, {what} events", steps, "10 / 20")
        print(
            f"  bytes of a step, median and most {statistics.median(sizes):>27,.0f} / {max(sizes):,}   < 6,000"
        )
        jumps = []
        for turn in range(30):
            terminal.type(f":{turn * 37 % 97 + 1}%".encode())
            terminal.quiet()
            jumps.append(terminal.timed(partial(terminal.type, b"\r"))[0])
        say(f"jump, {what} events", jumps, "20 / 35")
        turned = [terminal.timed(partial(resized, terminal, turn))[0] for turn in range(12)]
        say(f"resize, {what} events", turned, "120 / 200")
        held(terminal, what)
        terminal.type(b"q")
        terminal.end()


def resized(terminal: Measured, turn: int) -> None:
    """Another size."""
    width, height = ((120, 36), (100, 30), (80, 24))[turn % 3]
    fcntl.ioctl(terminal.file, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


def held(terminal: Measured, what: str) -> None:
    """A key held: how far behind the screen is when it is let go, and how many of the frames were shown."""
    terminal.resize(120, 36)
    terminal.quiet()
    shown, begun = 0, time.perf_counter()
    for number in range(RATE * HELD):
        while (left := begun + number / RATE - time.perf_counter()) > 0:
            if select.select([terminal.file], [], [], left)[0]:
                shown += os.read(terminal.file, 1 << 16).count(b"\x1b[36;")
        terminal.type(b"." if number < RATE * HELD // 2 else b",")
    released = time.perf_counter()
    last, _ = terminal.quiet()
    behind = max(0.0, (last - released) * 1000)
    print(f"held {RATE} keys/s for {HELD} s, {what} events: behind at release {behind:17.1f} ms   <= 34")


def main() -> None:
    """All of it: the shipped record and three sizes; or the parts named: cold, istanbul, 20, 10000, 1000000."""
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    print(f"{'what':<58} {'p50':>8} / {'p95':>6}      goal (load of this machine: {load})")
    with tempfile.TemporaryDirectory() as home:
        wanted = sys.argv[1:] or ["cold", "istanbul", *map(str, SIZES)]
        if "cold" in wanted:
            floor(12)
            cold_start("istanbul", home, 20, "420 / 550")
            cold_start("1000000", home, 7, "500 / 700")
        for what in wanted:
            if what != "cold":
                moving(what, home)


if __name__ == "__main__":
    sys.exit(main())
