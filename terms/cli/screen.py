"""From the words on a command line to what the screen shows: the whole record, the view asked for, and its name."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from terms.cli.options import add_record, add_view
from terms.cli.refusal import Refused

if TYPE_CHECKING:
    from terms.core.history import History
    from terms.records import Record
    from terms.tui.desk import Desk, Overlay

STANDARD_INPUT = "-"


class Screened(Struct, frozen=True):
    """A record as the screen takes it; `over` is a second record of the same talks to lay over it, if any."""

    record: "Record"
    whole: "History"
    history: "History"
    name: str
    over: "Overlay | None"

    @property
    def code(self) -> int:
        """1 when parts of the record were left out for their faults; else 0."""
        return 1 if self.record.has_errors else 0


def add_screen(parser: argparse.ArgumentParser) -> None:
    """What `step`, `frame`, `peek` and `serve` take alike."""
    add_record(parser)
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII characters alone")
    parser.add_argument(
        "--over",
        metavar="RECORD",
        help="lay a second record of the same talks over it, such as an older copy; differing cells get a *",
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
    from terms.cli.opening import opened, read
    from terms.core.history import History
    from terms.core.lens import View
    from terms.tui.desk import Overlay

    # On the screen `--at` is a place to begin, no limit, and may be whatever `:` takes there.
    found = opened(argparse.Namespace(**{**vars(options), "at": None}), options.record)
    history = found.history
    whole = history if history.view == View() else History(found.header, found.record.events)
    over = None
    if options.over is not None:
        second = read(options, options.over)
        over = Overlay(History(second.header, second.events), name_of(options.over))
    return Screened(found.record, whole, history, name_of(found.record.path), over)


def name_of(path: str) -> str:
    """What the title calls a record: the name of its file or folder."""
    return Path(path).name.removesuffix(".record.yaml")


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
        )
    except (NoSuchPlace, NoSuchKey) as fault:
        raise Refused(str(fault)) from fault
