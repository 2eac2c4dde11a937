"""`terms frame`: exactly the screen, as text: for a log, a bug report, a test, or a reader who wants it read aloud."""

import argparse
import re
import sys

from terms.cli.options import add_color
from terms.cli.screen import add_keys, add_screen

HELP = "print exactly what the screen would show, as text"
EPILOG = """terms frame RECORD --at ID --size 80x24
terms frame RECORD --at ID --keys "enter"          after some keys: here, why the cell is so
terms frame RECORD --at A --keys "a :B enter d"    what differs between events A and B"""
LARGEST = 2_000
"""Columns and rows beyond which a size is a slip of the finger."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_screen(parser)
    add_keys(parser)
    parser.add_argument(
        "--size", type=_size, default=(80, 24), metavar="COLUMNSxROWS", help="size in cells (default: 80x24)"
    )
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Print the frame."""
    from terms.cli.screen import desk_of, screened
    from terms.tui.frame import text

    shown = screened(options)
    width, height = options.size
    sys.stdout.write(text(desk_of(options, shown, width=width, height=height)))
    return shown.code


def _size(words: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9][0-9]{0,3})x([1-9][0-9]{0,3})", words)
    if match is None or max(int(match[1]), int(match[2])) > LARGEST:
        raise argparse.ArgumentTypeError(
            f"'{words}' is no size: write columns and rows up to {LARGEST}, as 80x24"
        )
    return int(match[1]), int(match[2])
