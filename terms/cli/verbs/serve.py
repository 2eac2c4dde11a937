"""`terms serve`: the screen in a browser, for whoever can reach it; by default that is this machine alone."""

import argparse
import sys

from terms.cli.screen import STANDARD_INPUT, add_screen

HELP = "show the screen in a browser, read-only"
EPILOG = """terms serve RECORD                     then open the address it prints
terms serve RECORD --port 0            at any free port
terms serve RECORD --host 0.0.0.0      to everybody who can reach this machine
terms serve RECORD --seen-by velm      what that party knows; no key of a visitor leads out of that view"""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PASSED_ON = ("at", "known", "seen_by", "lens", "only_sources", "over")
"""Options that hold for every visitor, as the argument parser names them."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_screen(parser)
    group = parser.add_argument_group("where")
    group.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    group.add_argument(
        "--port", type=int, default=8000, help="port to listen on, 0 for a free one (default: 8000)"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until it is stopped; every visitor gets a screen of their own."""
    from terms.cli.refusal import Refused
    from terms.cli.screen import screened

    if options.record == STANDARD_INPUT:
        raise Refused("standard input can be read once, and every visitor reads the record", ("name a file",))
    shown = screened(options)  # whatever cannot be shown is said here, not in somebody's browser
    from terms.tui.serving import CannotListen, serve

    if options.host not in LOOPBACK:
        print(
            f"terms: everybody who reaches {options.host} can read this record; there is no password",
            file=sys.stderr,
        )
    try:
        serve(
            _child(options),
            host=options.host,
            port=options.port,
            title=shown.whole.header.title or shown.name,
            ready=lambda address: print(f"serving {address} (ctrl+c ends it)", flush=True),
        )
    except CannotListen as fault:
        raise Refused(str(fault), ("name another with --port, or --port 0 for any free one",)) from fault
    return shown.code


def _child(options: argparse.Namespace) -> tuple[str, ...]:
    """The command that draws one visitor's screen."""
    words = [sys.executable, "-m", "terms"]
    words += ["--no-config"] if options.no_config else []
    words += ["step", "--served"]
    words += ["--ascii"] if options.ascii else []
    for name in PASSED_ON:
        if (value := getattr(options, name)) is not None:
            words.append(f"--{name.replace('_', '-')}={value}")
    words += [f"--point={point}" for point in options.point or ()]
    return (*words, "--", options.record) if options.record is not None else tuple(words)
