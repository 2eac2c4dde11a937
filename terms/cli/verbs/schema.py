"""`terms schema`: the JSON Schema that lets an editor check and complete a record while it is typed."""

import argparse
import json

from terms.cli.options import add_record

HELP = "the JSON Schema of the format, or with --live of one record with its own names"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_record(parser)
    parser.add_argument(
        "--live", action="store_true", help="with this record's parties, terms, ids and values"
    )


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    from terms.cli.opening import read
    from terms.records.schema import live_schema, schema

    found = live_schema(read(options, options.record)) if options.live else schema()
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0
