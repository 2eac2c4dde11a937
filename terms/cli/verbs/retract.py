"""`terms retract`: appends a retraction; the entry stays visible and no longer counts."""

import argparse

from terms.cli.options import add_writing

HELP = "append a retraction of an event; it stays visible and no longer counts"
EPILOG = "terms retract EVENT --why TEXT --source SOURCE --date DATE [--record RECORD]"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("event", metavar="EVENT")
    parser.add_argument("--record", metavar="RECORD", help="file or folder (default: the shipped record)")
    parser.add_argument("--why", required=True, metavar="TEXT", help="why")
    parser.add_argument("--source", required=True, metavar="SOURCE", help="on whose word")
    parser.add_argument("--date", required=True, metavar="DATE", help="when the record learned of it")
    add_writing(parser)


def run(options: argparse.Namespace) -> int:
    """Append the retraction."""
    from terms.cli.adding import append, new_id, record_to_extend
    from terms.cli.naming import known_name

    options.stdin_filename = None
    record = record_to_extend(options, options.record)
    known_name(options.event, [one.id for one in record.events], "event")
    return append(
        options,
        record,
        {
            "id": new_id(record, f"{options.event}-retracted"),
            "date": options.date,
            "kind": "retract",
            "of": options.event,
            "why": options.why,
            "source": options.source,
        },
    )
