"""From the words on a command line to what the screen shows: the whole record, the view asked for, and its name."""

import argparse
import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from terms.cli.options import add_stdin, add_view
from terms.cli.refusal import Refused
from terms.cli.screened import Screened, changed_since, name_of
from terms.cli.stored import is_stored

if TYPE_CHECKING:
    from terms.core.history import History
    from terms.records import Record
    from terms.tui.desk import Desk, Overlay

STANDARD_INPUT = "-"


def add_screen(parser: argparse.ArgumentParser) -> None:
    """What `step`, `frame`, `peek` and `serve` take alike."""
    parser.add_argument(
        "record",
        nargs="?",
        metavar="RECORD",
        help="file, folder or -; or a SCENARIO, at a point as SCENARIO@NAME=VALUE (default: the shipped record)",
    )
    add_stdin(parser)
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII characters alone")
    parser.add_argument(
        "--over",
        metavar="RECORD",
        help="lay a second record of the same talks over it, such as an older copy; differing cells get a *",
    )
    parser.add_argument(
        "--point",
        action="append",
        metavar="NAME=VALUE",
        help="of a SCENARIO that sweeps: begin at this point",
    )
    add_view(parser)


def add_keys(parser: argparse.ArgumentParser) -> None:
    """What the verbs that show a single frame take alike."""
    parser.add_argument(
        "--keys", metavar="KEYS", help="type these first: names of keys, or words letter by letter"
    )


def screened(options: argparse.Namespace) -> Screened:
    """What the screen shows for these options.

    Raises:
        Refused: a record cannot be read, or an option names what is not there.
    """
    from terms.cli.opening import opened
    from terms.core.lens import View

    if is_scenario(options.record):
        from terms.cli.scenario_screen import scenario_named, scenario_screened

        if (named := scenario_named(options.record)) is not None:
            return scenario_screened(options, *named, partial(_over, options))
    if options.point:
        raise Refused("--point names a point of a scenario, and this is a record")
    # On the screen `--at` is a place to begin, no limit, and may be whatever `:` takes there.
    found = opened(argparse.Namespace(**{**vars(options), "at": None}), options.record, recall=False)
    history, record = found.history, found.record
    whole = history if history.view == View() else history.through(View())
    in_file = record.path and not is_stored(record.path) and options.record != STANDARD_INPUT
    return Screened(
        whole,
        history,
        name_of(record.path),
        _over(options),
        reader=partial(_reader, record, whole),
        path=record.path if in_file else "",
        code=found.code,
        record=record if in_file else None,
    )


def is_scenario(name: str | None) -> bool:
    """Whether a name might mean a scenario; looked at closely only then, so that a record opens as fast as ever."""
    if name is None or name == STANDARD_INPUT:
        return False
    return ".scenario" in name or "@" in name or not os.path.exists(name)


def _over(options: argparse.Namespace) -> "Overlay | None":
    """The record of `--over`, if any."""
    from terms.cli.opening import read
    from terms.core.history import History
    from terms.core.lens import View
    from terms.tui.desk import Overlay

    if options.over is None:
        return None
    second = read(options, options.over)
    history = History(second.header, second.events, View(party=options.seen_by))
    return Overlay(history, name_of(options.over))


def _reader(record: "Record", whole: "History") -> "Callable[[], History | None]":
    """Reads the record again where any of its files, or its stream in a store, has changed since the last look."""
    from terms.cli.long import rereading_whole
    from terms.cli.stored import rereading
    from terms.core.history import History
    from terms.records import read_record

    if is_stored(record.path):
        return rereading_whole(whole) or rereading(record)
    changed = changed_since(tuple(record.texts))

    def reread() -> History | None:
        if not changed():
            return None
        fresh = read_record(record.path)
        return None if fresh.is_unreadable else History(fresh.header, fresh.events)

    return reread


def desk_of(options: argparse.Namespace, shown: Screened, *, width: int, height: int) -> "Desk":
    """The desk of one frame: at the point asked for, the keys of `--keys` typed, rival accounts looked at.

    Raises:
        Refused: the point or a key names nothing.
    """
    from terms.tui.opening import NoSuchKey, NoSuchPlace, drawn

    try:
        return drawn(
            shown.history,
            name=shown.name,
            at=options.at,
            width=width,
            height=height,
            record=shown.whole,
            ascii_only=options.ascii,
            over=shown.over,
            keys=(options.keys or "").split(),
            branches=shown.branches,
            branch=shown.branch,
            path=shown.path,
        )
    except (NoSuchPlace, NoSuchKey) as fault:
        raise Refused(str(fault)) from fault
