"""Where the points of a sweep are run: here, in processes of this machine, or on a running Dask cluster."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from terms.cli.refusal import Refused

FEW = 200
"""Points up to which starting processes costs more than it saves."""
DASK = "dask://"


@contextmanager
def executor_of(words: str | None, points: int) -> Iterator[Executor | None]:
    """The executor that `here`, `processes`, `processes:N` or `dask://HOST:PORT` names; None: run here.

    Without words a few points are run here and many in processes.

    Raises:
        Refused: it names none, or the cluster cannot be reached.
    """
    if words == "here" or (words is None and points < FEW):
        yield None
    elif words is None or words.partition(":")[0] == "processes":
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(_number(words)) as pool:
            yield pool
    elif words.startswith(DASK):
        yield from _cluster(words.removeprefix(DASK))
    else:
        raise Refused(
            f"'{words}' is no executor", ("write here, processes, processes:4 or dask://HOST:PORT",)
        )


def _number(words: str | None) -> int:
    number = (words or "").partition(":")[2]
    if not number:
        return os.cpu_count() or 1
    if not number.isdigit() or not int(number):
        raise Refused(f"'{number}' is not a number of processes", ("write processes:4",))
    return int(number)


def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as fault:
        way = "install it with: pip install 'ceasefire-terms[cluster]'"
        raise Refused("running on a cluster needs the library of Dask", (way,)) from fault
    try:
        client = Client(f"tcp://{address}", timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as fault:
        raise Refused(f"no cluster answers at {address}", (str(fault) or "is it running?",)) from fault
    try:
        yield client.get_executor(retries=3)  # type: ignore[no-untyped-call]
    finally:
        client.close()  # type: ignore[no-untyped-call]
