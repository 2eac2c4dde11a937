"""`terms step`: opens the screen and steps through the record."""

import argparse
import os
import shutil
import sys
from pathlib import Path

from terms.cli.options import add_color, add_record, add_view

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
    from terms.cli.refusal import Refused

    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise Refused(
            "the screen needs a terminal", ("`terms log` tells the story, `terms show` the positions",)
        )
    found = opened(options, options.record)
    from terms.cli.output import wants_color
    from terms.tui import app, desk

    size = shutil.get_terminal_size()
    name = Path(found.record.path).name.removesuffix(".record.yaml")
    ascii_only = options.ascii or "utf" not in (sys.stdout.encoding or "").lower()
    placed = desk.opened(
        found.history, name=name, width=size.columns, height=size.lines, ascii_only=ascii_only
    )
    app.run(desk.pointed(placed.but(steps=found.at.steps)), colour=wants_color(options.color or "auto"))
    return found.code
