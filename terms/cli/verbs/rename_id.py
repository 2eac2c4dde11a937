"""`terms rename-id`: gives a thing another id, in the record and in the scenarios that branch from it."""

import argparse

from terms.cli.options import add_stdin

HELP = "give a thing another id, in the record and its scenarios"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument(
        "record", nargs="?", metavar="RECORD", help="file or folder (default: the shipped record)"
    )
    parser.add_argument(
        "--scenario", action="append", default=[], metavar="FILE", help="a scenario to change as well"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say which files would change, and write nothing"
    )
    add_stdin(parser)


def run(options: argparse.Namespace) -> int:
    """Rename it everywhere or nowhere."""
    from terms.cli.files import replace_texts, text_of
    from terms.cli.locating import located
    from terms.cli.opening import files_alone, read
    from terms.cli.refusal import Refused
    from terms.records.renaming import CannotRename, rename_id

    if options.record == "-":
        raise Refused("an id is renamed in files, not in standard input")
    files_alone(located(options, options.record), "what is in a store keeps its ids")
    record = read(options, options.record)
    was = {path: text_of(path) for path in (*record.texts, *options.scenario)}
    try:
        texts = rename_id(was, options.old, options.new)
    except CannotRename as fault:
        raise Refused(str(fault)) from fault
    changed = [path for path in sorted(texts) if texts[path] != was[path]]
    if not options.dry_run:
        replace_texts(texts, was=was)
    for path in changed:
        print(f"{path}: {options.old} {'would be' if options.dry_run else 'is'} {options.new}")
    return 0
