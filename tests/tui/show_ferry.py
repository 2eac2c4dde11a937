"""Opens the screen on the invented record: run by the tests that need a real terminal."""

import sys

from terms.tui.running import run
from tests.tui import ferry

if __name__ == "__main__":
    left = run(ferry.history(), name="ferry", at=sys.argv[1] if len(sys.argv) > 1 else None)
    print(f"left at {left.here}")
