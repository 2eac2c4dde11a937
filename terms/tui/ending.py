"""The end of the screen though nobody typed `q`: on a signal, with the server, with the terminal."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

SERVER = "TERMS_SERVER"
"""In the environment of a screen that is drawn for a visitor: the number of the process that serves it."""


def server() -> int:
    """The process that serves this screen: as it said itself, since it may end before the screen is up."""
    told = os.environ.get(SERVER, "")
    return int(told) if told.isdecimal() else os.getppid()


def on_signals(leave: Callable[[], None]) -> None:
    """Leave as `q` does: else the terminal stays on the other screen, with the mouse on and the place lost."""
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # on Windows there are no such signals
        for name in ("SIGTERM", "SIGHUP"):
            loop.add_signal_handler(getattr(signal, name, signal.SIGINT), leave)


def with_parent(parent: int) -> None:
    """End with the server, even one that had no time to say so: nobody could see this screen any more."""
    if os.getppid() != parent:
        os._exit(0)  # an orderly end would wait for a reader of its last frame, and there is none


def has_terminal() -> bool:
    """Whether there is one to type on. It may go without a signal, and whoever reads keys from none is busy for ever."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()
