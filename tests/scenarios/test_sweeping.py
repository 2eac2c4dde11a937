"""Sweeps on executors: the same results wherever they run, and none lost when a worker is."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from terms.cli.refusal import Refused
from terms.cli.sweeps import run_sweep
from terms.scenarios import open_scenario
from terms.scenarios.spreading import FilesDiffer, job_of, swept, work
from terms.scenarios.sweeping import results

HERE = Path(__file__).parent
WIDE = """format: terms-scenario/1
base: {record: RECORD}
suppose:
  - {id: s-new, date: +1d, kind: propose, by: south, terms: {distance: $distance}}
  - {id: n-new, date: +1d, kind: accept, by: north, of: s-new}
sweep:
  distance: [VALUES]
expect:
  - {term: distance, at-most: 60 km}
"""


@pytest.fixture
def wide(tmp_path: Path):
    """A scenario of a hundred points on the invented talks."""
    values = ", ".join(f"{number} km" for number in range(1, 101))
    made = tmp_path / "wide.scenario.yaml"
    made.write_text(WIDE.replace("RECORD", str(HERE / "base.record.yaml")).replace("VALUES", values))
    return open_scenario(str(made))


def test_every_point_comes_to_the_same_on_any_executor(wide):
    here = tuple(results(wide, wide.points))
    assert [bool(one.failed) for one in here] == [number > 60 for number in range(1, 101)]
    with ThreadPoolExecutor(2) as pool:
        there = [one for chunk in swept(job_of(wide), wide.points, pool, chunk=7) for one in chunk]
    assert sorted(there, key=lambda one: one.point) == sorted(here, key=lambda one: one.point)


def test_a_pool_of_processes_comes_to_the_same(wide):
    found, whole = run_sweep(wide, wide.points, executor="processes:2")
    assert whole
    assert tuple(found.values()) == tuple(results(wide, wide.points))


def test_a_worker_that_sees_other_files_says_so(wide):
    job = replace(job_of(wide), digests=())
    with ThreadPoolExecutor(1) as pool, pytest.raises(FilesDiffer):
        list(swept(job, wide.points, pool))


def killed_once(job, points):
    """What a worker does that is killed at its first chunk; the file that it leaves keeps the next one alive."""
    mark = Path(job.path).with_suffix(".killed")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return work(job, points)


def test_the_points_of_a_killed_process_are_run_again(wide, monkeypatch, capsys):
    monkeypatch.setattr("terms.scenarios.spreading.work", killed_once)
    found, whole = run_sweep(wide, wide.points, executor="processes:1")
    assert whole
    assert tuple(found.values()) == tuple(results(wide, wide.points))
    assert "a process was lost" in capsys.readouterr().err


def killed_always(job, points):
    """What a worker does that never lives."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_processes_that_end_again_and_again_are_given_up(wide, monkeypatch):
    monkeypatch.setattr("terms.scenarios.spreading.work", killed_always)
    with pytest.raises(Refused):
        run_sweep(wide, wide.points, executor="processes:1")


CLUSTER = """
import sys, threading, time
from distributed import LocalCluster
from terms.cli.sweeps import run_sweep
from terms.scenarios import open_scenario
from terms.scenarios.sweeping import results

def main():
    opened = open_scenario(sys.argv[1])
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        killed = []

        def progress(done, total):
            if not killed:
                worker = next(iter(cluster.workers.values()))
                worker.process.process.kill()
                killed.append(done)

        found, whole = run_sweep(opened, opened.points, executor=f"dask://{address}", progress=progress)
    print(whole, len(killed), tuple(found.values()) == tuple(results(opened, opened.points)))

if __name__ == "__main__":
    main()
"""


def test_a_cluster_loses_nothing_when_one_of_its_two_workers_is_killed(wide, tmp_path):
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER)
    command = [sys.executable, str(script), wide.scenario.path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.split() == ["True", "1", "True"], done.stderr


def written(folder: Path, text: str):
    made = folder / "made.scenario.yaml"
    made.write_text(text.replace("RECORD", str(HERE / "base.record.yaml")), "utf-8")
    return open_scenario(str(made))


def test_a_sweep_beyond_the_limit_is_one_fault_and_not_ten_thousand(tmp_path):
    values = ", ".join(f"{number} km" for number in range(1, 10_002))
    [point] = written(tmp_path, WIDE.replace("VALUES", values)).points
    assert point.name == "distance=1km"
    [told] = results(written(tmp_path, WIDE.replace("VALUES", values)), [point])
    assert told.outcome({}) == ("cannot be built: E506 this sweep has 10001 points, more than 10000",)


def test_an_outcome_that_cannot_be_built_says_why(tmp_path):
    text = WIDE.replace("VALUES", "1 km, 2 miles").replace("by: north, of: s-new", "by: nort, of: s-old")
    opened = written(tmp_path, text)
    assert [one.broken for one in results(opened, opened.points)] == [
        "E205 party 'nort' is not declared, and 1 more",
        "E302 '2 miles' does not fit term 'distance', and 2 more",
    ]
