"""A thousand points of a sweep at the end of a record of 10,000 events, beside one full replay; cold runs."""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from terms.core.history import History
from terms.records import read_text
from terms.scenarios.grounds import Library
from terms.scenarios.opening import opened
from terms.scenarios.reading import read_scenario_text
from terms.scenarios.sweeping import results
from tests.bench import made
from tests.bench.cold import cold_ms

Say = Callable[[str, str, str], None]
EVENTS, POINTS = 10_000, 1_000
RUNS = 5
ROOT = Path(__file__).parents[2]


def scenario_text(points: int) -> str:
    """A scenario that sweeps one distance over so many values, each taken by the other side and expected agreed."""
    values = ", ".join(f"{number} km" for number in range(1, points + 1))
    return (
        "format: terms-scenario/1\ntitle: One distance after another\nbase: {record: made}\n"
        "suppose:\n"
        "  - {id: offer, date: +1d, kind: propose, by: south, terms: {sector-1.distance: $distance}}\n"
        "  - {id: taken, date: +1d, kind: accept, by: north, of: offer}\n"
        f"sweep: {{distance: [{values}]}}\n"
        "expect:\n  - {term: sector-1.distance, status: agreed, value: $distance}\n"
    )


def sweeping(say: Say) -> None:
    """The points and the full replay in turns, three times each, medians of CPU time; nothing is read in either."""
    record = read_text(made.record_text(EVENTS), "made.record.yaml")
    library = Library(lambda path: record, lambda path: read_scenario_text("", path))
    found = opened(read_scenario_text(scenario_text(POINTS), "sweep.scenario.yaml"), library)
    swept, replayed = [], []
    for _ in range(3):
        gc.collect()
        begun = time.process_time()
        History(record.header, record.events)
        replayed.append(time.process_time() - begun)
        gc.collect()
        begun = time.process_time()
        done = list(results(found, found.points))
        swept.append(time.process_time() - begun)
        assert len(done) == POINTS
        assert not any(one.failed or one.broken for one in done)
    ours, whole = statistics.median(swept), statistics.median(replayed)
    say(f"one full replay of {EVENTS:,} events, in memory, CPU", f"{whole * 1e3:.0f} ms", "")
    say(f"{POINTS:,} points that branch at its end, with expectations, CPU", f"{ours * 1e3:.0f} ms", "")
    say("  ratio points / replay", f"{ours / whole:.2f}", "< 3.00")


def cold_runs(say: Say) -> None:
    """`terms run` of every shipped scenario, each time in a new process; medians.

    The first run finds an empty cache folder, reads the record and keeps it; the later ones find it kept, as
    set-up leaves the records of the shipped scenarios.
    """
    first: dict[str, float] = {}
    later: dict[str, float] = {}
    with TemporaryDirectory() as home:
        for path in sorted((ROOT / "scenarios").rglob("*.scenario.yaml")):
            name = str(path.relative_to(ROOT / "scenarios")).removesuffix(".scenario.yaml")
            folders = [f"{home}/{name}/{number}" for number in range(RUNS)]
            first[name] = statistics.median(_run_ms(path, folder) for folder in folders)
            later[name] = statistics.median(_run_ms(path, folder) for folder in folders)
            say(f"  {name}, first and later", f"{first[name]:.0f}, {later[name]:.0f} ms", "")
    for what, found in (("nothing kept yet", first), ("its base was read before", later)):
        worst = max(found, key=lambda name: found[name])
        say(f"terms run, slowest shipped scenario, {what}", f"{found[worst]:.0f} ms", "<= 500 ms")
        say("  which is", worst.rpartition("/")[2], "")


def _run_ms(path: Path, folder: str) -> float:
    return cold_ms(sys.executable, "-m", "terms", "run", str(path), cwd=str(ROOT), XDG_CACHE_HOME=folder)
