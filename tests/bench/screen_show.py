"""Opens the screen on a history of so many events, or on the shipped record: run by `make bench-screen` in a terminal of its own."""

import sys
from pathlib import Path

from terms.core.history import History
from terms.records import read_record
from terms.tui.running import run
from tests.bench.screen_source import indexed

ROOT = Path(__file__).parents[2]

if __name__ == "__main__":
    if sys.argv[1] == "istanbul":
        record = read_record(str(ROOT / "seeds" / "istanbul-2025"))
        run(History(record.header, record.events), name="istanbul-2025")
    else:
        count = int(sys.argv[1])
        with indexed(count) as history:
            run(history, name="generated", at=count // 2 + 9)  # in the middle of a block of the source
