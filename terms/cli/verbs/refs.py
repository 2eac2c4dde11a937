"""`terms refs`: every place in a record that names an id, in the order of its files."""

import argparse

from terms.cli.options import add_names, add_output

HELP = "every place that names an id"
EPILOG = "terms refs ID [RECORD]"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_names(parser, "ID", "an event, term, party, text, source or happening, then a record", at_least="+")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the places; 1 when nothing names the id."""
    from terms.cli.opening import read, split_names
    from terms.cli.output import output
    from terms.cli.refusal import Refused
    from terms.ground.suggest import did_you_mean
    from terms.records.renaming import CannotRename, references_to
    from terms.views.wording import count

    names, path = split_names(options.names, most=1)
    if not names:
        raise Refused("name an id: terms refs ID [RECORD]")
    record = read(options, path)
    out = output(options)
    try:
        places = references_to(record.texts, names[0])
    except CannotRename as fault:
        header = record.header
        known = [
            *(event.id for event in record.events),
            *header.term,
            *header.party,
            *header.person,
            *header.text,
            *header.source,
            *header.happening,
            *header.stage,
        ]
        raise Refused(f"'{names[0]}': {fault.reason}", did_you_mean(names[0], known)) from fault
    if options.json:
        out.json("refs", {"id": names[0], "places": [str(place) for place in places]})
        return 0
    lines = {name: text.splitlines() for name, text in record.texts.items()}
    for place in places:
        out.line(f"{place}: {lines[place.path][place.line - 1].strip()}")
    out.line(f"{count(len(places), 'place')}")
    return 0
