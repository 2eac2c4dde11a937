"""Running the points of a sweep on any executor: in processes of this machine, or on a cluster.

A worker is told only which scenario to open, and sees for itself that its files are those that were read
here. It is a module of its own because a scenario at one point needs no executor, nor what that loads.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from functools import lru_cache
from hashlib import sha256

from msgspec import Struct

from terms.ground.errors import TermsError
from terms.scenarios.opening import Opened, open_scenario
from terms.scenarios.points import Point
from terms.scenarios.sweeping import PointResult, results
from terms.scenarios.trying import told_by_alone

CHUNK = 32
"""Points handed to a worker at once: enough that the way there costs little, few enough to show progress."""


class FilesDiffer(TermsError):
    """A worker reads other files under the same paths."""

    def __init__(self, path: str) -> None:
        super().__init__(f"a worker reads another '{path}' than was read here: let it see the same files")


class Job(Struct, frozen=True):
    """A scenario to run elsewhere: its path, what is left out, and a digest of every file it stands on."""

    path: str
    without: frozenset[str]
    without_sources: frozenset[str]
    digests: tuple[tuple[str, str], ...]


def job_of(opened: Opened, *, without_sources: frozenset[str] = frozenset()) -> Job:
    """The job that runs this scenario in another process, which has to see the same files."""
    digests = tuple(sorted((path, _digest(text)) for path, text in opened.texts.items()))
    return Job(opened.scenario.path, opened.without, without_sources, digests)


def swept(
    job: Job, points: Sequence[Point], executor: Executor, *, chunk: int = CHUNK
) -> Iterator[tuple[PointResult, ...]]:
    """What comes of the points on an executor, chunk by chunk as they are done.

    Raises:
        concurrent.futures.BrokenExecutor: its workers are gone; what was not yielded was not done.
        FilesDiffer: a worker reads other files.
    """
    chunks = [tuple(points[at : at + chunk]) for at in range(0, len(points), chunk)]
    pending: set[Future[tuple[PointResult, ...]]] = {executor.submit(work, job, one) for one in chunks}
    try:
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        for future in pending:
            future.cancel()


def work(job: Job, points: Sequence[Point]) -> tuple[PointResult, ...]:
    """What a worker does: opens the scenario once, and runs some of its points."""
    return tuple(results(_opened(job), points))


@lru_cache(maxsize=4)
def _opened(job: Job) -> Opened:
    opened = open_scenario(job.path)
    known = dict(job.digests)
    for path, text in opened.texts.items():
        if known.get(path) != _digest(text):
            raise FilesDiffer(path)
    return opened.but(without=job.without, unseen=told_by_alone(opened, job.without_sources))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
