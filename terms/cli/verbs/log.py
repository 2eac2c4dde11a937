"""`terms log`: the story, one sentence a step; with TERM, how positions on that term moved."""

import argparse
from typing import TYPE_CHECKING

from terms.cli.options import add_names, add_output, add_view

if TYPE_CHECKING:
    from terms.cli.opening import Opened
    from terms.cli.output import Output
    from terms.views.timeline import TimelineRow

HELP = "the story one sentence a step, or the history of one term"
EPILOG = "terms log [TERM] [RECORD]: a TERM covers everything under its dotted name."


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_names(parser, "TERM|RECORD", "a term, then a record; either may be left out")
    parser.add_argument("--party", metavar="PARTY", help="only acts of this party, or movements of it")
    parser.add_argument("--kind", metavar="KIND", help="only events of this kind")
    parser.add_argument("--since", metavar="EVENT|DATE", help="only what came after this")
    parser.add_argument("--quotes", action="store_true", help="with the quotations")
    add_view(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the story, or one term's."""
    from terms.cli.naming import known_name
    from terms.cli.opening import opened, split_names
    from terms.cli.output import output
    from terms.core.event import KINDS

    names, path = split_names(options.names, most=1)
    found = opened(options, path)
    out = output(options)
    if options.party is not None:
        known_name(options.party, found.header.party, "party")
    if names:
        _term(found, out, options, names[0])
    else:
        if options.kind is not None:
            known_name(options.kind, KINDS, "kind of event")
        _story(found, out, options)
    return found.code


def _start(found: "Opened", options: argparse.Namespace) -> int:
    """The number of steps to leave out at the beginning."""
    from terms.cli.naming import event_index, read_moment

    if options.since is None:
        return 0
    if options.since[:1].isdigit():
        return found.history.place_at(read_moment(options.since))
    return event_index(found.history, options.since) + 1


def _story(found: "Opened", out: "Output", options: argparse.Namespace) -> None:
    from terms.cli.shown import heading
    from terms.views.sentence import sentence
    from terms.views.timeline import timeline

    rows = timeline(found.history)
    places = [
        place
        for place in range(_start(found, options), found.at.steps)
        if _asked(rows[place].who, rows[place].kind, options)
    ]
    if options.json:
        events = [{"row": rows[place], "sentence": sentence(found.history, place)} for place in places]
        out.json("log", {"at": found.point(), "steps": events})
        return
    heading(found, out)
    day = ""
    for place in places:
        row = rows[place]
        if row.date != day:
            day = row.date
            out.line()
            out.heading(day)
        marks = _marks(row)
        out.labelled(f"  {row.mark} ", f"{sentence(found.history, place)} [{row.id}{marks}]")
        quote = found.history.events[place].quote
        if options.quotes and quote:
            out.wrapped(f'"{quote.strip()}"', indent=6, hanging=7)


def _marks(row: "TimelineRow") -> str:
    marks = []
    if row.retracted_by:
        marks.append(f"retracted by {', '.join(row.retracted_by)}")
    if row.corrected_by:
        marks.append(f"corrected by {', '.join(row.corrected_by)}")
    if row.rivals:
        marks.append(f"{row.rivals} rival account{'s' if row.rivals > 1 else ''}")
    return "".join(f"; {mark}" for mark in marks)


def _asked(who: tuple[str, ...], kind: str, options: argparse.Namespace) -> bool:
    return (options.party is None or options.party in who) and (options.kind is None or options.kind == kind)


def _term(found: "Opened", out: "Output", options: argparse.Namespace, name: str) -> None:
    from terms.cli.naming import terms_under
    from terms.cli.shown import heading
    from terms.views.movement import movement_words, movements
    from terms.views.timeline import timeline
    from terms.views.wording import name_of

    terms = terms_under(found.header, name)
    start = _start(found, options)
    moved = {
        term: [
            (place, one)
            for place, one in movements(found.history, term)
            if start <= place < found.at.steps and options.party in (None, one.party)
        ]
        for term in terms
    }
    if options.json:
        out.json(
            "term-log",
            {
                "at": found.point(),
                "terms": {
                    term: [
                        {
                            "event": found.history.events[place].id,
                            "date": found.history.events[place].date,
                            "movement": one,
                        }
                        for place, one in changes
                    ]
                    for term, changes in moved.items()
                },
            },
        )
        return
    heading(found, out)
    rows = timeline(found.history)
    for term, changes in moved.items():
        if not changes:
            continue
        out.line()
        out.heading(term)
        for place, one in changes:
            event = found.history.events[place]
            out.labelled(
                f"  {event.date.text}  ",
                f"{name_of(found.header, one.party)}: {movement_words(one)} [{event.id}{_marks(rows[place])}]",
            )
    if not any(moved.values()):
        out.line(f"nobody has taken a position on {name} yet")
