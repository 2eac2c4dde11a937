"""Running a sweep for the command line: progress, results kept in a file, going on after an interruption."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from hashlib import sha256
from pathlib import Path

from msgspec.structs import asdict

from terms.cli.executors import executor_of
from terms.cli.refusal import Refused
from terms.scenarios.opening import Opened
from terms.scenarios.points import Point
from terms.scenarios.spreading import Job, job_of, swept
from terms.scenarios.sweeping import PointResult, results

Found = dict[tuple[tuple[str, str], ...], PointResult]
MOST_TRIES = 3
"""How often a pool of processes is started again after one of them was killed."""


class Keeping:
    """Results in a file, one JSON object a line, so that a sweep that was stopped goes on where it stood."""

    def __init__(self, path: str | None, job: Job) -> None:
        self.job = _key(job)
        self.found: Found = {}
        self.path = path
        if path is not None:
            self._begin(path)

    def _begin(self, path: str) -> None:
        try:
            text = Path(path).read_text("utf-8") if Path(path).exists() else ""
        except (OSError, UnicodeDecodeError) as fault:
            raise Refused(f"{path} cannot be read: {fault}") from fault
        self._read(path, text)
        self._write("" if not text or text.endswith("\n") else "\n")

    def _write(self, text: str) -> None:
        if self.path is None:
            return
        try:
            with open(self.path, "a", encoding="utf-8") as stream:
                stream.write(text)
        except OSError as fault:
            raise Refused(f"{self.path} cannot be written: {fault.strerror or fault}") from fault

    def _read(self, path: str, text: str) -> None:
        """Take what is there of this job; a line cut off by a crash is done again."""
        for line in text.splitlines():
            try:
                row = json.loads(line)
                job, result = row.pop("job"), _result(row)
            except (ValueError, KeyError, TypeError, AttributeError):
                if line.startswith('{"job"'):
                    continue
                raise Refused(f"{path} holds no results of a sweep", ("name another file",)) from None
            if job == self.job:
                self.found[result.point] = result

    def put(self, done: Sequence[PointResult]) -> None:
        """Take results, and write them at once."""
        self.found |= {one.point: one for one in done}
        rows = [json.dumps({"job": self.job, **asdict(one)}, ensure_ascii=False) + "\n" for one in done]
        self._write("".join(rows))


def _key(job: Job) -> str:
    """What a result depends on: the files, what is left out; not where it was run."""
    told = json.dumps([sorted(job.without), sorted(job.without_sources), job.digests])
    return sha256(told.encode()).hexdigest()[:16]


def _result(row: dict[str, list[list[str]]]) -> PointResult:
    """The result that a line spells.

    Raises:
        KeyError, TypeError, ValueError: it spells none.
    """
    point = tuple((name, value) for name, value in row["point"])
    terms = tuple((term, headline, value) for term, headline, value in row["terms"])
    without, failed = (tuple(map(str, row[name])) for name in ("without", "failed"))
    return PointResult(
        point, without, terms, str(row["talks"]), failed, str(row["broken"]), str(row.get("refused", ""))
    )


def run_sweep(
    opened: Opened,
    points: Sequence[Point],
    *,
    executor: str | None = None,
    keep: str | None = None,
    sources: frozenset[str] = frozenset(),
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Found, bool]:
    """The results by point, in the order of the sweep, and whether all points were done before a stop.

    Raises:
        Refused: the executor cannot be had, or the file of results cannot be used.
    """
    job = job_of(opened, without_sources=sources)
    keeping = Keeping(keep, job)
    whole = True
    say = progress or _progress
    try:
        left = [point for point in points if point.values not in keeping.found]
        for done in _run(opened, job, left, executor):
            keeping.put(done)
            say(len(keeping.found), len(points))
    except KeyboardInterrupt:
        whole = False
    found = {point.values: keeping.found[point.values] for point in points if point.values in keeping.found}
    return found, whole


def _run(
    opened: Opened, job: Job, points: Sequence[Point], words: str | None
) -> Iterator[tuple[PointResult, ...]]:
    left = list(points)
    for again in range(MOST_TRIES):
        with executor_of(words, len(left)) as executor:
            if executor is None:
                yield from ((one,) for one in results(opened, left))
                return
            try:
                for done in swept(job, left, executor):
                    taken = {one.point for one in done}
                    left = [point for point in left if point.values not in taken]
                    yield done
                return
            except BrokenExecutor as fault:
                if again + 1 == MOST_TRIES:
                    raise Refused("the processes of the sweep end again and again", (str(fault),)) from fault
                print("terms: a process was lost; its points are run again", file=sys.stderr)


def _progress(done: int, total: int) -> None:
    """How far it is, on a terminal alone."""
    if sys.stderr.isatty():
        print(f"\r{done} of {total} points", end="\n" if done == total else "", file=sys.stderr, flush=True)
