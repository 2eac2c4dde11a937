"""`terms questions`: which command answers which of the twelve questions."""

import argparse

from terms.cli.options import add_color

HELP = "which command answers which question"
COMMANDS = (
    "terms show --agreed",
    "terms why TERM",
    "terms why TERM",
    "terms show --undecided",
    "terms why TERM|EVENT;  terms show --sources|--source S",
    "terms who-knows EVENT|--party PARTY --at D;  terms show --seen-by PARTY --at D",
    "terms diff A B --term T --party P;  terms log T --party P",
    "terms show --deferred",
    "terms show --disputed",
    "terms obligations --at D",
    "terms diff --without E",
    "terms waits",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("--json", action="store_true", help="one JSON object with a versioned schema")
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Print the twelve questions, each with its command."""
    from terms.cli.output import output
    from terms.views.answers import QUESTIONS

    out = output(options)
    pairs = tuple(zip(QUESTIONS, COMMANDS, strict=True))
    if options.json:
        out.json(
            "questions", {"questions": [{"question": asked, "command": command} for asked, command in pairs]}
        )
        return 0
    for number, (asked, command) in enumerate(pairs, start=1):
        out.labelled(f"{number:>2}  ", asked)
        out.wrapped(command, indent=6)
    out.line()
    out.wrapped(
        "All of them take --at, --known, --seen-by, --lens, --only-sources and --json; --lens picks among "
        "rival accounts, and where readings differ the answer is contested and lists them."
    )
    return 0
