"""`terms fmt`: lays a record out by the house rules, without touching what it says or its comments."""

import argparse
import difflib
import sys

from terms.cli.options import add_record

HELP = "lay a record out: order of keys, blank lines, quotes, dates"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_record(parser)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when something would change"
    )
    parser.add_argument("--diff", action="store_true", help="write nothing; print what would change")


def run(options: argparse.Namespace) -> int:
    """Format every file of the record; with - standard input to standard output."""
    from terms.cli.files import replace_text, text_of
    from terms.cli.locating import located
    from terms.cli.opening import files_alone, read
    from terms.records.fmt import format_text

    path = located(options, options.record)
    if path == "-":
        return _stdin(options)
    files_alone(path, "a store keeps every line in one form")
    record = read(options, path)
    changed = 0
    for name in sorted(record.texts):
        was = text_of(name)
        text = format_text(was)
        if text == was:
            continue
        changed += 1
        if options.diff:
            sys.stdout.writelines(_diff(was, text, name))
        elif options.check:
            print(f"{name} would change")
        else:
            replace_text(name, text, was=was)
            print(f"{name} formatted")
    return int(bool(changed) and (options.check or options.diff))


def _stdin(options: argparse.Namespace) -> int:
    from terms.cli.refusal import Refused
    from terms.records.fmt import format_text

    try:
        was = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Refused("standard input is not UTF-8") from fault
    text = format_text(was)
    if options.diff:
        sys.stdout.writelines(_diff(was, text, options.stdin_filename or "stdin.record.yaml"))
    elif not options.check:
        sys.stdout.write(text)
    return int(text != was and (options.check or options.diff))


def _diff(was: str, text: str, name: str) -> list[str]:
    lines = difflib.unified_diff(was.splitlines(keepends=True), text.splitlines(keepends=True), name, name)
    return [line if line.endswith("\n") else line + "\n" for line in lines]
