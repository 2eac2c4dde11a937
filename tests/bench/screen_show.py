"""Opens the screen on a history of so many events: run by `make bench-screen` in a terminal of its own."""

import sys

from terms.tui.running import run
from tests.bench.screen_source import indexed

if __name__ == "__main__":
    count = int(sys.argv[1])
    with indexed(count) as history:
        run(history, name="generated", at=count // 2 + 9)  # in the middle of a block of the source
