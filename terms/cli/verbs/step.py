"""`terms step`: opens the screen and steps through the record."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from terms.cli.options import add_color
from terms.cli.screen import add_screen

if TYPE_CHECKING:
    from terms.core.history import History
    from terms.records import Record

HELP = "step through the record on the screen"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_screen(parser)
    # Started by `terms serve` for each visitor: draws for the browser, keeps and writes nothing here.
    parser.add_argument("--served", action="store_true", help=argparse.SUPPRESS)
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Open the screen; without a terminal name the command that prints instead."""
    from terms.cli.output import wants_color
    from terms.cli.refusal import Refused
    from terms.cli.screen import screened
    from terms.ground.pause import collector_paused
    from terms.tui.terminal import refusal

    if not options.served and (why := refusal()) is not None:
        sentence, _, help_ = why.partition(": ")
        raise Refused(sentence, (help_,))
    _say(f"reading {options.record or 'the record'} ...", served=options.served)
    try:
        with collector_paused():  # nothing that is loaded now is let go before the first frame
            shown = screened(options)
            from terms.tui.opening import NoSuchPlace
            from terms.tui.running import run as show
    finally:
        _say("", served=options.served)

    try:
        show(
            shown.history,
            name=shown.name,
            at=options.at,
            record=shown.whole,
            ascii_only=True if options.ascii else False if options.served else None,
            colour=True if options.served else wants_color(options.color or "auto"),
            reread=_reader(shown.record),
            over=shown.over,
            served=options.served,
        )
    except NoSuchPlace as fault:
        raise Refused(str(fault)) from fault
    return shown.code


def _say(words: str, *, served: bool) -> None:
    """A word in place of the last one while nothing can be drawn yet; nothing in a browser, where no line is."""
    if not served:
        sys.stdout.write(f"\r\x1b[K{words}")
        sys.stdout.flush()


def _reader(record: "Record") -> "Callable[[], History | None]":
    """Reads the record again where any of its files, or its stream in a store, has changed since the last look."""
    from terms.cli.stored import is_stored, rereading
    from terms.core.history import History
    from terms.records import read_record

    if is_stored(record.path):
        return rereading(record)
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
