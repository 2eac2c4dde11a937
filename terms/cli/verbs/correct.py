"""`terms correct`: appends a correction of an earlier entry, which stays as it was written."""

import argparse

from terms.cli.options import add_names, add_writing

HELP = "append a correction of an event; the entry itself stays as it was written"
EPILOG = "terms correct EVENT KEY=VALUE... --why TEXT --source SOURCE --date DATE [--record RECORD]"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_names(
        parser,
        "EVENT|KEY=VALUE",
        "the event, then what is put right: date=2031-03-05 terms.pullback='20 km'",
        at_least="+",
    )
    parser.add_argument("--record", metavar="RECORD", help="file or folder (default: the shipped record)")
    parser.add_argument("--why", required=True, metavar="TEXT", help="why")
    parser.add_argument("--source", required=True, metavar="SOURCE", help="on whose word")
    parser.add_argument("--date", required=True, metavar="DATE", help="when the record learned of it")
    add_writing(parser)


def run(options: argparse.Namespace) -> int:
    """Append the correction."""
    from terms.cli.adding import append, new_id, record_to_extend
    from terms.cli.naming import known_name
    from terms.cli.refusal import Refused
    from terms.ground.words import Plain

    record = record_to_extend(options, options.record)
    event, *pairs = options.names
    known_name(event, [one.id for one in record.events], "event")
    if not pairs:
        raise Refused("say what is put right: terms correct EVENT KEY=VALUE")
    changes: dict[str, Plain] = {}
    for pair in pairs:
        key, is_pair, value = pair.partition("=")
        if not is_pair or not key:
            raise Refused(
                f"'{pair}' is not KEY=VALUE",
                ("write date=2031-03-05, or terms.pullback='20 km' for one term",),
            )
        whole, _, inner = key.partition(".")
        if inner and whole == "terms":
            held = changes.setdefault(whole, {})
            if isinstance(held, dict):
                held[inner] = value
        else:
            changes[key] = value
    return append(
        options,
        record,
        {
            "id": new_id(record, f"{event}-corrected"),
            "date": options.date,
            "kind": "correct",
            "of": event,
            "with": changes,
            "why": options.why,
            "source": options.source,
        },
    )
