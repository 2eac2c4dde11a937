"""Writers that are killed while they write, and the check that nothing acknowledged was lost or doubled.

A writer says on a pipe which event the store acknowledged, with one `write` each, so that what the pipe
holds after SIGKILL is what the writer knew. The next life of a writer begins with the first event that was
not acknowledged: it may be there all the same, and must not be there twice.
"""

import os
import random
import select
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

from terms.stores.errors import Conflict, Unreachable
from terms.stores.lines import line_from, line_of
from terms.stores.store import HEADER, Store
from terms.stores.verifying import verify_all
from tests.stores.places import DECLARED, event

STREAM = "talks"
OWN = 1_000_000  # how many numbers of events each writer has for itself
Open = Callable[[], Store]


@dataclass
class Counts:
    """What was done and what was found."""

    kills: int = 0
    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether everything acknowledged is there once, in order, and the chain holds."""
        return not (self.lost or self.doubled or self.disordered or self.broken)

    def told(self) -> str:
        """One line for people."""
        chain = "; ".join(self.broken) if self.broken else "chain intact"
        return (
            f"{self.kills} kills, {self.acknowledged} events acknowledged, {self.kept} kept:"
            f" {self.lost} lost, {self.doubled} twice, {self.disordered} out of order, {chain}"
        )


def forked() -> int:
    """`os.fork`, without the warning of Python 3.12 and later: the child uses nothing of other threads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def write(store: Store, acks: int, first: int, *, chance: random.Random) -> None:
    """Append events one to five at a time for ever, saying of each append how far it came."""
    number, parent = first, os.getppid()
    while os.getppid() == parent:  # a writer whose killer is gone ends by itself
        last = number + chance.randrange(5)
        lines = [line_of(event(one)) for one in range(number, last + 1)]
        while os.getppid() == parent:
            try:
                store.append(STREAM, lines, expected=store.head(STREAM).length)
                break
            except Conflict:
                continue
            except Unreachable:
                time.sleep(0.02)
        os.write(acks, b"%d\n" % last)
        number = last + 1


@dataclass
class Writer:
    """One writer through all of its lives: the last number that was acknowledged, and the process of now."""

    name: int
    last: int
    pid: int = 0
    acks: int = -1

    def begin(self, open_store: Open, chance: random.Random) -> None:
        """Start a life: a forked process that opens the store for itself."""
        reading, writing = os.pipe()
        seed = chance.random()
        pid = forked()
        if pid == 0:
            os.close(reading)
            try:
                write(open_store(), writing, self.last + 1, chance=random.Random(seed))
            finally:
                traceback.print_exc()
                os._exit(1)
        os.close(writing)
        self.pid, self.acks = pid, reading

    def end(self) -> None:
        """Kill it, and read what it still had to say."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        said = b""
        while piece := os.read(self.acks, 65536):
            said += piece
        os.close(self.acks)
        whole = said.split(b"\n")[:-1]
        self.last = int(whole[-1]) if whole else self.last

    def first_word(self, seconds: float) -> None:
        """Wait until something was acknowledged, or that long."""
        select.select([self.acks], [], [], seconds)


def kill_writers(
    open_store: Open, kills: int, *, seed: int = 1, writers: int = 3, told: bool = False
) -> Counts:
    """Kill one of a few writers at a time, at random moments, and check the store at the end."""
    chance = random.Random(seed)
    first = open_store()
    first.append(STREAM, DECLARED, expected=0)
    first.close()
    crew = [Writer(name, name * OWN) for name in range(1, writers + 1)]
    for one in crew:
        one.begin(open_store, chance)
    for number in range(kills):
        one = crew[number % writers]
        if number % 5:  # every fifth is killed while it is still opening the store
            one.first_word(2.0)
        time.sleep(chance.random() * 0.02)
        one.end()
        one.begin(open_store, chance)
        if told and (number + 1) % 50 == 0:
            print(f"\r{number + 1}/{kills} kills", end="", file=sys.stderr, flush=True)
    for one in crew:
        one.end()
    return counted(open_store, crew, kills)


def counted(open_store: Open, crew: list[Writer], kills: int) -> Counts:
    """What the store holds, held against what was acknowledged."""
    store = open_store()
    checked, faults = verify_all(store)
    kept = [line_from(one.content).event for one in store.read(STREAM) if one.kind != HEADER]
    store.close()
    counts = Counts(kills=kills, kept=len(kept))
    counts.broken = [*faults, *(one.broken.sentence for one in checked if one.broken)]
    counts.doubled = len(kept) - len(set(kept))
    numbers = [int(name.removeprefix("e-")) for name in kept]
    for one in crew:
        own = [number for number in numbers if number // OWN == one.name]
        wanted = set(range(one.name * OWN + 1, one.last + 1))
        counts.acknowledged += len(wanted)
        counts.lost += len(wanted - set(own))
        counts.disordered += own != sorted(own)
    return counts
