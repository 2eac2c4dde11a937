"""Opens the screen on a history of so many events: run by `make bench-screen` in a terminal of its own."""

import sys

from terms.ground.pause import collector_paused

if __name__ == "__main__":
    count = int(sys.argv[1])
    with collector_paused():  # as `terms step` does
        from terms.tui.running import run
        from tests.bench.screen_source import indexed

        with indexed(count) as history:
            run(history, name="generated", at=count // 2 + 9)  # in the middle of a block of the source
