"""A record that was read before, as the screen takes it: none of its files is read word by word."""

import argparse
import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from terms.cellar.memory import Memory
from terms.cli.naming import view_of
from terms.cli.screened import Screened, changed_since, name_of
from terms.core.history import History
from terms.core.lens import View

if TYPE_CHECKING:
    from terms.records import Record


def recalled_screen(options: argparse.Namespace, path: str, mark: str | None) -> Screened | None:
    """What the screen shows of the record at `path`, which is `mark` now; None: it is to be read.

    Raises:
        Refused: an option names what is not there.
    """
    found = Memory(path, mark, os.environ).recalled()
    if found is None:
        return None
    view = view_of(argparse.Namespace(**{**vars(options), "at": None}), found.header)
    whole = History(found.header, found.events)
    history = whole if view == View() else History(found.header, found.events, view)
    return Screened(
        whole, history, name_of(found.path), None, reader=partial(_reader, found), path=found.path
    )


def keep(path: str, mark: str | None, record: "Record") -> None:
    """Keep a record that was read from `path`, which was `mark` then, if it is whole and still what it was."""
    Memory(path, mark, os.environ).keep(record)


def _reader(found: "Record") -> "Callable[[], History | None]":
    """Reads the record again where any of its files has changed since the last look."""
    changed = changed_since(tuple(found.texts))

    def reread() -> History | None:
        if not changed():
            return None
        from terms.records import read_record

        fresh = read_record(found.path)
        return None if fresh.is_unreadable else History(fresh.header, fresh.events)

    return reread
