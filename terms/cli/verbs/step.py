"""`terms step`: opens the screen and steps through the record."""

import argparse
import os
from typing import TYPE_CHECKING

from terms.cli.options import add_color
from terms.cli.screen import add_screen

if TYPE_CHECKING:
    from terms.tui.curtain import Curtain

HELP = "step through the record on the screen"
EPILOG = """terms step RECORD                        . and , step, ? lists the keys, w supposes something else
terms step SCENARIO                      the branch, laid over its base: * marks each cell that differs
terms step SCENARIO@distance=25km        at a point of its sweep; W lists the others"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_screen(parser)
    # Started by `terms serve` for each visitor: draws for the browser, keeps and writes nothing here.
    parser.add_argument("--served", action="store_true", help=argparse.SUPPRESS)
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Open the screen; without a terminal name the command that prints instead."""
    from terms.cli.curtains import curtain_for
    from terms.cli.refusal import Refused
    from terms.ground.pause import collector_paused
    from terms.tui.terminal import refusal

    if not options.served and (why := refusal()) is not None:
        sentence, _, help_ = why.partition(": ")
        raise Refused(sentence, (help_,))
    with collector_paused():  # nothing that is loaded is let go before the first frame, which ends the pause
        if options.served:
            return _shown(options, None)
        with curtain_for(options) as curtain:
            curtain.stand()
            return _shown(options, curtain)


def _shown(options: argparse.Namespace, curtain: "Curtain | None") -> int:
    """Load what it takes and show it."""
    from terms.cli.output import wants_color
    from terms.cli.recalled_screen import keep, recalled_screen
    from terms.cli.refusal import Refused
    from terms.cli.screen import screened
    from terms.tui.opening import NoSuchPlace
    from terms.tui.recalling import Disputes
    from terms.tui.running import run as show

    path, mark = (curtain.path, curtain.mark) if curtain is not None else (None, None)
    shown = (recalled_screen(options, path, mark) if path is not None else None) or screened(options)
    if curtain is not None and shown.code:
        curtain.mark = None  # what is said of faults before the screen opens is to be read each time
    try:
        show(
            shown.history,
            name=shown.name,
            at=options.at,
            record=shown.whole,
            ascii_only=True if options.ascii else False if options.served else None,
            colour=True if options.served else wants_color(options.color or "auto"),
            reread=shown.reader(),
            over=shown.over,
            served=options.served,
            branches=shown.branches,
            branch=shown.branch,
            path=shown.path,
            curtain=curtain,
            disputes=Disputes(path, mark, os.environ) if path is not None else None,
        )
    except NoSuchPlace as fault:
        raise Refused(str(fault)) from fault
    if path is not None and shown.record is not None:
        keep(path, mark, shown.record)
    return shown.code
