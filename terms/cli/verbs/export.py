"""`terms export`: writes a record anew, whole or as one party may be handed it."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from terms.cli.options import add_record

if TYPE_CHECKING:
    from terms.core.event import Event
    from terms.core.header import Header

HELP = "write a record anew, whole or as one party may be handed it"
EPILOG = """terms export RECORD --for PARTY --to talks-for-velm.record.yaml

With --for the result holds what the party knows and no byte that depends on anything else: what is hidden is
left out, references to it read `undisclosed`, the header declares only what is named, numbers have no gaps.
Prose (titles, notes, quotations) is handed over as it stands: read it before you send it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_record(parser)
    parser.add_argument("--for", dest="party", metavar="PARTY", help="only what this party knows")
    parser.add_argument(
        "--to", metavar="FILE", help="a new *.record.yaml or *.jsonl (default: text to standard output)"
    )


def run(options: argparse.Namespace) -> int:
    """Write the record; nothing is written when it has errors, for then a part of it would be missing."""
    from terms.cli.naming import known_name
    from terms.cli.opening import read
    from terms.cli.refusal import Refused
    from terms.records.writing import write_record
    from terms.stores.projecting import pruned, shown_to

    record = read(options, options.record, as_text=False)
    if record.has_errors:
        raise Refused("the record has errors", (f"`terms check {record.path}` shows them",))
    header, events = record.header, record.events
    if options.party is not None:
        known_name(options.party, header.party, "party")
        events = shown_to(options.party, header, events)
        header = pruned(header, events)
    if options.to is None:
        sys.stdout.write(write_record(header, events))
        return 0
    _write(options.to, header, events)
    print(f"{options.to} written: {len(events)} events")
    return 0


def _write(path: str, header: "Header", events: "tuple[Event, ...]") -> None:
    from terms.cli.refusal import Refused
    from terms.cli.stored import opened_store
    from terms.stores.lines import lines_of

    if not path.endswith((".record.yaml", ".jsonl")):
        raise Refused(f"'{path}' names no form", ("write FILE.record.yaml or FILE.jsonl",))
    if Path(path).exists():
        raise Refused(f"{path} is there already", ("name a new file",))
    stream = Path(path).name.removesuffix(".record.yaml").removesuffix(".jsonl")
    with opened_store(path.replace("#", "%23"), create=True) as (store, _):
        store.append(stream, lines_of(header, events), expected=0)
