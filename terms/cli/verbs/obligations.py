"""`terms obligations`: what is owed by whom, by when, and what was done of it (question 10)."""

import argparse

from terms.cli.options import add_output, add_record, add_view

HELP = "what is owed by whom, by when, and what was done of it"

NOTHING_TOLD = "nothing on record, whether or not it was done"
"""What stands under `done` once a date has passed of which nobody claimed anything."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_record(parser)
    parser.add_argument("--party", metavar="PARTY", help="only what this party owes")
    parser.add_argument("--term", action="append", metavar="TERM", help="only on this term, or all under it")
    parser.add_argument(
        "--state", metavar="STATE", help="only those due, met, 'met late', overdue, void, ..."
    )
    add_view(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the obligations at the point asked about."""
    from typing import get_args

    from terms.cli.naming import known_name
    from terms.cli.opening import opened
    from terms.cli.output import output
    from terms.cli.shown import asked_terms, cited, heading
    from terms.core.duties import ObligationState
    from terms.views.answers.owing import Owed, breach_words, breaches_of, differences, owed
    from terms.views.contested import ask_situation

    found = opened(options, options.record)
    out = output(options)
    if options.party is not None:
        known_name(options.party, found.header.party, "party")
    if options.state is not None:
        known_name(options.state, get_args(ObligationState), "state of an obligation")

    terms = asked_terms(found, options)

    def asked(one: Owed) -> bool:
        return options.party in (None, *one.who) and options.state in (None, one.state)

    answer = tuple(one for one in owed(found.at, terms=terms) if asked(one))
    answered = ask_situation(
        found.readings,
        found.at,
        lambda at: tuple(one for one in owed(at, terms=terms) if asked(one)),
        combine=False,
    )
    if options.json:
        readings = [{"reading": one.words, "obligations": one.answer} for one in answered.readings[1:]]
        out.json("obligations", {"at": found.point(), "obligations": answer, "readings": readings})
        return found.code
    heading(
        found, out, contested=sum(1 for reading in answered.readings[1:] if reading.answer != answered.answer)
    )
    for one in answer:
        out.line()
        out.heading(f"{one.term}: {one.state}")
        toward = f" toward {', '.join(one.toward)}" if one.toward else ""
        certainty = f" ({one.certainty})" if one.certainty else ""
        rows = [
            ("who", ", ".join(one.who) + toward),
            ("what", one.what),
            ("strength", one.strength if one.strength != "shall" else ""),
            ("due", f"{one.due}: {one.by}" if one.by and one.by != one.due else one.due),
            ("clock", one.clock),
            ("done", "; ".join(one.done) or ("" if one.claims or one.state != "overdue" else NOTHING_TOLD)),
            ("claims", cited(one.claims) + certainty if one.claims else ""),
            (one.kind, one.since),
            *(("breach", breach_words(found.at, breach)) for breach in breaches_of(found.at, one)),
        ]
        out.table([row for row in rows if row[1]])
    for reading in answered.readings[1:]:
        out.line()
        out.heading(f"Contested: {reading.words}")
        for line in differences(answer, reading.answer):
            out.wrapped(line, indent=2, hanging=6)
    if not answer:
        out.line("nothing is owed")
    return found.code
