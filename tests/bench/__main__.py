"""`make bench`: what the program costs, beside what its peers cost, measured in the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import analyses, made, replay

PYTHON = sys.executable


def median_ms(run: Callable[[], object], times: int = 5) -> float:
    """The median wall time of `run` in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def command(*words: str) -> Callable[[], object]:
    """A cold process of a command."""
    return lambda: subprocess.run(words, capture_output=True, check=False)


def say(what: str, figure: str, goal: str) -> None:
    """One line of the table."""
    print(f"{what:<66} {figure:>16}   {goal}")


def cold_help() -> None:
    """`terms --help` in a cold process, and what it imports."""
    say(
        "terms --help, cold process, median of 9",
        f"{median_ms(command(PYTHON, '-m', 'terms', '--help'), 9):.0f} ms",
        "<= 120 ms",
    )
    told = subprocess.run(
        [PYTHON, "-X", "importtime", "-m", "terms", "--help"], capture_output=True, text=True, check=False
    ).stderr
    heavy = [name for name in ("pydantic", "yaml", "textual") if f" {name}\n" in told]
    say("  of pydantic, yaml, textual it imports", ", ".join(heavy) or "none", "none")


def checking(folder: Path) -> None:
    """`terms check` of 5,000 events against `bean-check --no-cache` of 5,000 transactions of the same size."""
    record, ledger = folder / "made.record.yaml", folder / "made.beancount"
    text = made.record_text(5000)
    record.write_text(text)
    ledger.write_text(made.ledger_text(5000, len(text)))
    say(
        "record and ledger, 5,000 entries each",
        f"{record.stat().st_size:,} / {ledger.stat().st_size:,} B",
        "same size",
    )
    bean = str(Path(PYTHON).parent / "bean-check")
    ours, theirs = (
        command(PYTHON, "-m", "terms", "check", "--no-cache", str(record)),
        command(bean, "--no-cache", str(ledger)),
    )
    cold, peer = median_ms(ours), median_ms(theirs)
    say("terms check --no-cache, cold process, median of 5", f"{cold:.0f} ms", "")
    say("bean-check --no-cache, cold process, median of 5", f"{peer:.0f} ms", "")
    say("  ratio ours / theirs", f"{cold / peer:.2f}", "<= 1.00 (aim 0.50)")
    warm = median_ms(command(PYTHON, "-m", "terms", "check", str(record)))
    edited = _edited_times(record, text)
    say("terms check again, cold process, record cached, unchanged", f"{warm:.0f} ms", "")
    say("terms check again, cold process, after one event was edited", f"{edited:.0f} ms", "")
    say("  ratio full check / check after an edit", f"{cold / edited:.1f}", ">= 4.0")


def _edited_times(record: Path, text: str) -> float:
    taken = []
    for place in range(5):
        record.write_text(text.replace("handed to the secretary", f"handed to secretary {place}", 1))
        begun = time.perf_counter()
        command(PYTHON, "-m", "terms", "check", str(record))()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def main(sections: Sequence[str]) -> None:
    """Run all sections, or those named."""
    print(f"{'what':<66} {'measured':>16}   goal")
    with tempfile.TemporaryDirectory() as folder:
        every: dict[str, Callable[[], None]] = {
            "help": cold_help,
            "check": lambda: checking(Path(folder)),
            "replay": lambda: replay.replaying(say),
            "step": lambda: replay.stepping(say),
            "ask": lambda: analyses.asking(say),
        }
        for name, run in every.items():
            if not sections or name in sections:
                run()


if __name__ == "__main__":
    main(sys.argv[1:])
