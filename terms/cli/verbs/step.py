"""`terms step`: opens the screen and steps through the record."""

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from terms.cli.options import add_color, add_record, add_view

if TYPE_CHECKING:
    from terms.core.history import History
    from terms.records import Record

HELP = "step through the record on the screen"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_record(parser)
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII characters alone")
    add_view(parser)
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Open the screen; without a terminal name the command that prints instead."""
    from terms.cli.opening import opened
    from terms.cli.output import wants_color
    from terms.cli.refusal import Refused
    from terms.tui.terminal import refusal

    if (why := refusal()) is not None:
        sentence, _, help_ = why.partition(": ")
        raise Refused(sentence, (help_,))
    found = opened(options, options.record)
    from terms.core.history import History
    from terms.core.lens import View
    from terms.tui import app

    whole = History(found.header, found.record.events)
    view = replace(found.history.view, at=None)  # on the screen a date is a place to begin, not a limit
    app.run(
        whole if view == View() else History(found.header, found.record.events, view),
        name=Path(found.record.path).name.removesuffix(".record.yaml"),
        at=options.at,
        record=whole,
        ascii_only=True if options.ascii else None,
        colour=wants_color(options.color or "auto"),
        reread=_reader(found.record),
    )
    return found.code


def _reader(record: "Record") -> "Callable[[], History | None]":
    """Reads the record again where any of its files has changed since the last look."""
    from terms.core.history import History
    from terms.records import read_record

    seen = [_stamps(record)]

    def reread() -> History | None:
        now = _stamps(record)
        if now == seen[0]:
            return None
        seen[0] = now
        fresh = read_record(record.path)
        return None if fresh.is_unreadable else History(fresh.header, fresh.events)

    return reread


def _stamps(record: "Record") -> list[tuple[str, int, int]]:
    """Size and time of change of each file of the record and of the folders they are in."""
    paths = sorted({*record.texts, *(os.path.dirname(path) or "." for path in record.texts)})
    found = [(path, os.stat(path)) for path in paths if os.path.exists(path)]
    return [(path, stat.st_size, stat.st_mtime_ns) for path, stat in found]
