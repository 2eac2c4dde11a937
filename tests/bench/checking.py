"""`terms check` of 5,000 events beside `bean-check` of 5,000 transactions, cold and after one edit."""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from terms.cli.verbs.check import faults
from terms.records import ChunkCache, read_record
from terms.records.objections import replayed
from tests.bench import made
from tests.bench.cold import cold_ms

Say = Callable[[str, str, str], None]
COUNT = 5000
EDITED = "handed to the secretary"
"""Words of every event's note; an edit changes them in one event."""


def checking(say: Say, folder: Path) -> None:
    """Cold processes in turns, medians of five; then `check --watch`'s way of checking again, in one process."""
    record, ledger = folder / "made.record.yaml", folder / "made.beancount"
    text = made.record_text(COUNT)
    record.write_text(text)
    ledger.write_text(made.ledger_text(COUNT, len(text)))
    sizes = f"{record.stat().st_size:,} / {ledger.stat().st_size:,} B"
    say(f"record and ledger, {COUNT:,} entries each", sizes, "same size")
    bean = str(Path(sys.executable).parent / "bean-check")
    ours, theirs = [], []
    for _ in range(5):
        ours.append(cold_ms(sys.executable, "-m", "terms", "check", str(record)))
        theirs.append(cold_ms(bean, "--no-cache", str(ledger)))
    cold, peer = statistics.median(ours), statistics.median(theirs)
    say("terms check, cold process, median of 5", f"{cold:.0f} ms", "")
    say("bean-check --no-cache, cold process, median of 5", f"{peer:.0f} ms", "")
    say("  ratio ours / theirs", f"{cold / peer:.2f}", "<= 1.00 (aim 0.50)")
    for place, where in ((COUNT - 2, "near the end"), (COUNT // 2, "in the middle"), (2, "near the start")):
        again = _again_ms(record, text, place)
        say(f"terms check --watch, checked again after an edit {where}, median of 5", f"{again:.0f} ms", "")
        say("  ratio cold check / checked again", f"{cold / again:.1f}", ">= 4.0")
        say("  ratio bean-check / checked again", f"{peer / again:.1f}", "")


def _again_ms(path: Path, text: str, place: int) -> float:
    """The median time to check again after each of five edits of the event at `place`."""
    path.write_text(text)
    cache = ChunkCache()
    record = read_record(str(path), cache=cache)
    history = replayed(record)
    faults(record, history)
    taken = []
    for time_ in range(5):
        path.write_text(_edit(text, place, f"handed to secretary {time_}"))
        gc.collect()
        begun = time.perf_counter()
        record = read_record(str(path), cache=cache)
        history = replayed(record, history)
        faults(record, history)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def _edit(text: str, place: int, words: str) -> str:
    """The text with the note of the event at `place` (from 0) reworded."""
    parts: Sequence[str] = text.split(EDITED)
    return EDITED.join(parts[: place + 1]) + words + EDITED.join(parts[place + 1 :])
