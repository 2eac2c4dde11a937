"""`terms peek`: one look at the screen under the prompt, which stays in the scroll-back."""

import argparse
import shutil
import sys

from terms.cli.options import add_color
from terms.cli.screen import add_keys, add_screen

HELP = "one look at the screen, under the prompt"
EPILOG = """terms peek RECORD --at ID
terms peek --keys d                                what the last event changed"""
USUAL = (80, 24)
HIGHEST = 40
"""Rows of a tall terminal that one look takes at most."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_screen(parser)
    add_keys(parser)
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Print one frame as wide as the terminal, with its emphasis where the terminal shows any."""
    from terms.cli.output import wants_color
    from terms.cli.screen import desk_of, screened
    from terms.tui.frame import frame, text
    from terms.tui.terminal import speaks_unicode
    from terms.tui.themes import painted

    shown = screened(options)
    if sys.stdout.isatty():
        options.ascii = options.ascii or not speaks_unicode()
    width, height = shutil.get_terminal_size(USUAL) if sys.stdout.isatty() else USUAL
    desk = desk_of(options, shown, width=width, height=min(height - 1, HIGHEST))
    coloured = wants_color(options.color or "auto")
    sys.stdout.write(painted(frame(desk)) if coloured else text(desk))
    return shown.code
