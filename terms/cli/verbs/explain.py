"""`terms explain`: the page behind the code of an error or a warning."""

import argparse

HELP = "the page behind the code of an error, a warning or a note"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="such as E204; without it all codes are listed"
    )


def run(options: argparse.Namespace) -> int:
    """Print one page, or the list of all codes."""
    from terms.cli.refusal import Refused
    from terms.ground.codes import explain, known_codes
    from terms.ground.errors import UnknownCode

    if options.code is None:
        for code in known_codes():
            print(f"{code.code}  {code.title}")
        return 0
    try:
        print(explain(options.code), end="")
    except UnknownCode as fault:
        raise Refused(str(fault)) from fault
    return 0
