"""What the screen is given to show, by whichever verb reads it, and how one notices that its files changed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from terms.core.history import History
    from terms.records import Record
    from terms.tui.desk import Overlay
    from terms.tui.whatif import WhatIf


class Screened(Struct, frozen=True):
    """A record as the screen takes it; `over` is a second record of the same talks to lay over it, if any.

    `reader` makes what reads it again. Of a scenario `whole` is its base, `branch` the one of `branches` to begin on.
    `path` is the file of the record, where a scenario can stand on it. `code` is 1 when parts of the record were
    left out for their faults; else 0. `record` is what was read of files, if anything was.
    """

    whole: "History"
    history: "History"
    name: str
    over: "Overlay | None"
    reader: "Callable[[], Callable[[], History | None]]"
    branches: "tuple[WhatIf, ...]" = ()
    branch: str = ""
    path: str = ""
    code: int = 0
    record: "Record | None" = None


def changed_since(paths: tuple[str, ...]) -> "Callable[[], bool]":
    """Tells whether any of some files, or of the folders they are in, has changed since it was asked last."""
    seen = [_stamps(paths)]

    def changed() -> bool:
        now = _stamps(paths)
        was, seen[0] = seen[0], now
        return was != now

    return changed


def _stamps(paths: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Size and time of change of each file and of the folders they are in."""
    every = sorted({*paths, *(os.path.dirname(path) or "." for path in paths)})
    found = [(path, os.stat(path)) for path in every if os.path.exists(path)]
    return [(path, stat.st_size, stat.st_mtime_ns) for path, stat in found]


def name_of(path: str) -> str:
    """What the title calls a record: the name of its file or folder."""
    return Path(path).name.removesuffix(".record.yaml").removesuffix(".scenario.yaml")
