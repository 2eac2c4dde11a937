"""A pause for the cyclic garbage collector while many objects that all stay are made at once.

Reading and folding make hundreds of thousands of small objects and no garbage; collections in between
only walk them again and again, which costs more than the work itself.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hold the cyclic collector for the time of the block, if it was running."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
