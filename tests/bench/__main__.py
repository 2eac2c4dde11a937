"""`make bench`: what the program costs, beside what its peers cost, measured in the same run."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import analyses, checking, replay, scenarios
from tests.bench.cold import cold_ms

PYTHON = sys.executable


def say(what: str, figure: str, goal: str) -> None:
    """One line of the table."""
    print(f"{what:<66} {figure:>16}   {goal}")


def cold_help() -> None:
    """`terms --help` in a cold process, and what it imports."""
    say(
        "terms --help, cold process, median of 9",
        f"{statistics.median(cold_ms(PYTHON, '-m', 'terms', '--help') for _ in range(9)):.0f} ms",
        "<= 120 ms",
    )
    told = subprocess.run(
        [PYTHON, "-X", "importtime", "-m", "terms", "--help"], capture_output=True, text=True, check=False
    ).stderr
    heavy = [name for name in ("pydantic", "yaml", "textual") if f" {name}\n" in told]
    say("  of pydantic, yaml, textual it imports", ", ".join(heavy) or "none", "none")


def main(sections: Sequence[str]) -> None:
    """Run all sections, or those named."""
    print(f"{'what':<66} {'measured':>16}   goal")
    with tempfile.TemporaryDirectory() as folder:
        every: dict[str, Callable[[], None]] = {
            "help": cold_help,
            "check": lambda: checking.checking(say, Path(folder)),
            "replay": lambda: replay.replaying(say),
            "step": lambda: replay.stepping(say),
            "ask": lambda: analyses.asking(say),
            "sweep": lambda: scenarios.sweeping(say),
            "run": lambda: scenarios.cold_runs(say),
        }
        for name, run in every.items():
            if not sections or name in sections:
                run()


if __name__ == "__main__":
    main(sys.argv[1:])
