"""`terms step`: opens the screen and steps through the record."""

import argparse
import sys

from terms.cli.options import add_color
from terms.cli.screen import add_screen

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
            reread=shown.reader(),
            over=shown.over,
            served=options.served,
            branches=shown.branches,
            branch=shown.branch,
            path=shown.path,
        )
    except NoSuchPlace as fault:
        raise Refused(str(fault)) from fault
    return shown.code


def _say(words: str, *, served: bool) -> None:
    """A word in place of the last one while nothing can be drawn yet; nothing in a browser, where no line is."""
    if not served:
        sys.stdout.write(f"\r\x1b[K{words}")
        sys.stdout.flush()
