"""Options that several verbs share, so that one word means one thing wherever it stands."""

import argparse

COLORS = ("auto", "always", "never")
STDIN_NAME = "stdin.record.yaml"
"""What standard input is called in messages when nobody says what it stands for."""


def add_record(parser: argparse.ArgumentParser) -> None:
    """The positional RECORD and how to read it from standard input."""
    parser.add_argument(
        "record", nargs="?", metavar="RECORD", help="file, folder or - (default: the shipped record)"
    )
    add_stdin(parser)


def add_stdin(parser: argparse.ArgumentParser) -> None:
    """The name that standard input goes by."""
    parser.add_argument(
        "--stdin-filename",
        metavar="PATH",
        help="the path standard input stands for, for includes and messages",
    )


def add_names(parser: argparse.ArgumentParser, metavar: str, about: str, *, at_least: str = "*") -> None:
    """Positional names followed by an optional RECORD; told apart by `cli.opening.split_names`."""
    parser.add_argument("names", nargs=at_least, metavar=metavar, help=about)
    add_stdin(parser)


def add_view(parser: argparse.ArgumentParser, *, at: bool = True) -> None:
    """When, as known when, through whose eyes, on whose word."""
    group = parser.add_argument_group("what to look at")
    if at:
        group.add_argument(
            "--at", metavar="EVENT|DATE", help="after this event, or by this date (2025-06-02T13:00+03:00)"
        )
    group.add_argument("--known", metavar="DATE", help="only what the record had learned by then")
    group.add_argument("--seen-by", metavar="PARTY", help="only what this party knew")
    group.add_argument(
        "--lens",
        metavar="SOURCES",
        help="whose account to prefer: source ids, side:PARTY; a party or person admits what it reports",
    )
    group.add_argument(
        "--only-sources", metavar="SOURCES", help="only events told by these sources (or side:PARTY)"
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """How the answer is printed."""
    group = parser.add_argument_group("output")
    group.add_argument("--json", action="store_true", help="one JSON object with a versioned schema")
    group.add_argument(
        "--width", type=_width, metavar="COLUMNS", help="columns to use (default: the terminal, else 80)"
    )
    add_color(group)


def add_color(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Whether to use colour. Meaning never depends on it; NO_COLOR turns it off."""
    parser.add_argument("--color", choices=COLORS, default=None, help="colour (default: auto)")


def add_writing(parser: argparse.ArgumentParser) -> None:
    """Options of every verb that adds an event."""
    parser.add_argument(
        "--as-fact", action="store_true", help="record it even where it does not fit the table"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be written, and write nothing"
    )


def comma_list(words: str | None) -> tuple[str, ...]:
    """`a,b` as ("a", "b"); nothing for None."""
    return tuple(one.strip() for one in (words or "").split(",") if one.strip())


def _width(words: str) -> int:
    width = int(words) if words.isdigit() else 0
    if width < 40:
        raise argparse.ArgumentTypeError(f"'{words}' is not a width of 40 columns or more")
    return width
