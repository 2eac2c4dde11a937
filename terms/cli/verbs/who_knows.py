"""`terms who-knows`: who knew of an event at a moment, by which account; or what one party knew."""

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from terms.cli.options import add_names, add_output, add_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from terms.cli.opening import Opened
    from terms.cli.output import Output
    from terms.core.history import History
    from terms.views.answers.knowing import Knowing

HELP = "who knew of an event at a moment, by which account; or what one party knew"
EPILOG = """terms who-knows EVENT [RECORD] [--at DATE]
terms who-knows [RECORD] --party PARTY [--at DATE]   what it knew that was not open to all
terms who-knows [RECORD]                             everything not open to all, and who knew"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_names(parser, "EVENT|RECORD", "an event, then a record")
    parser.add_argument("--party", metavar="PARTY", help="what this party knew; 'public' for everybody")
    add_view(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print who knew, or what was known."""
    from msgspec.structs import replace

    from terms.cli.naming import event_index, known_name
    from terms.cli.opening import opened, split_names
    from terms.cli.output import output
    from terms.core.situation import situation

    names, path = split_names(options.names, most=1)
    at, options.at = options.at, None
    found = opened(options, path)
    moment, where = _moment(found, at)
    if moment is not None:
        found = replace(found, at=situation(found.history, found.history.place_at(moment), moment))
    out = output(options)
    if names:
        _event(
            found, out, options, found.history.events[event_index(found.history, names[0])].id, moment, where
        )
    elif options.party is not None:
        party = "*" if options.party == "public" else known_name(options.party, found.header.party, "party")
        _party(found, out, options, party, moment, where)
    else:
        _all(found, out, options, moment, where)
    return found.code


def _moment(found: "Opened", at: str | None) -> tuple[datetime | None, str]:
    """The moment asked about (None: the end of the record) and its words."""
    from terms.cli.naming import point_of
    from terms.cli.opening import moment

    if at is None:
        return None, "by the end of the record"
    point = point_of(found.history, at)
    return point.moment, f"by {moment(point)}" if at[:1].isdigit() else f"by {at}, {moment(point)}"


def _event(
    found: "Opened",
    out: "Output",
    options: argparse.Namespace,
    name: str,
    moment: datetime | None,
    where: str,
) -> None:
    from terms.cli.shown import heading, readings_of
    from terms.views.answers.knowing import learning_words, names_of_event, who_knew
    from terms.views.reading import has_event

    answer = who_knew(found.history, name, moment)
    answered = found.readings.ask(
        lambda history: (
            _knew_words(who_knew(history, name, moment)) if has_event(history, name) else "not told"
        ),
        rivals=found.readings.about(names_of_event(found.history, name)),
    )
    if options.json:
        readings = [
            {"reading": one.words, "choices": one.choices, "answer": one.answer} for one in answered.readings
        ]
        out.json(
            "who-knows",
            {
                "record": found.record.path,
                "answer": answer,
                "knew": answer.knew,
                "unclear": answer.unclear,
                "contested": answered.is_contested,
                "readings": readings,
            },
        )
        return
    heading(found, out, contested=int(answered.is_contested))
    out.line()
    out.heading(f"Who knew of {name} {where}: {'contested' if answered.is_contested else answered.answer}")
    readings_of(answered, out)
    out.table([(_name(one.party), one.date, learning_words(one)) for one in answer.learned])


def _knew_words(answer: "Knowing") -> str:
    knew = "everybody" if answer.knew == ("*",) else ", ".join(answer.knew) or "nobody"
    unclear = ", ".join(_name(party) for party in answer.unclear)
    return f"{knew}; unclear whether {unclear}" if unclear else knew


def _name(party: str) -> str:
    return "everybody" if party == "*" else party


def _party(
    found: "Opened",
    out: "Output",
    options: argparse.Namespace,
    party: str,
    moment: datetime | None,
    where: str,
) -> None:
    from terms.cli.shown import brief, heading
    from terms.views.answers.knowing import standings, what_was_known

    answer = what_was_known(found.history, party, moment)
    otherwise = _otherwise(found, lambda history: dict(standings(what_was_known(history, party, moment))))
    if options.json:
        out.json("known-to", {"record": found.record.path, "answer": answer, "contested": otherwise})
        return
    heading(found, out, contested=len(otherwise))
    out.line()
    out.heading(f"What {'the public' if party == '*' else party} knew {where}, of what was not open to all")
    partly = dict(answer.parts)
    for title, rows in (("known", answer.known), ("unclear by then", answer.unclear)):
        for name, through in rows:
            if name in partly:
                event = found.history.event(name)
                who = f", {event.kind} by {', '.join(event.by)}" if event.by else f", {event.kind}"
                part = "known in part" if title == "known" else title
                told = f"{name} through {through}, only {', '.join(partly[name])}: {event.date.text}{who}"
                out.labelled(f"  {part}  ", told)
            else:
                out.labelled(f"  {title}  ", f"{name} through {through}: {brief(found, name)}")
            _rivals(out, otherwise.get(name, {}))
    for name in answer.unknown:
        out.labelled("  not known  ", f"{name}: {brief(found, name)}")
        _rivals(out, otherwise.get(name, {}))


def _otherwise(
    found: "Opened", question: "Callable[[History], dict[str, str]]"
) -> dict[str, dict[str, list[str]]]:
    """Event -> another answer -> the readings that give it, where some reading does."""
    from terms.views.answers.knowing import names_of_event

    hidden = frozenset(
        name
        for event in found.history.events
        if event.channel != "public"
        for name in names_of_event(found.history, event.id)
    )
    answered = found.readings.ask(question, rivals=found.readings.about(hidden), combine=False)
    rival: dict[str, dict[str, list[str]]] = {}
    for name, said in answered.answer.items():
        for reading in answered.readings[1:]:
            other = reading.answer.get(name, "not told")
            if other != said:
                rival.setdefault(name, {}).setdefault(other, []).append(reading.words)
    return rival


def _rivals(out: "Output", otherwise: dict[str, list[str]]) -> None:
    for said, readings in otherwise.items():
        out.labelled("    contested  ", f"{said} with {'; or '.join(readings)}")


def _all(
    found: "Opened", out: "Output", options: argparse.Namespace, moment: datetime | None, where: str
) -> None:
    from terms.cli.shown import heading
    from terms.views.answers.knowing import who_knew

    def knew(history: "History") -> dict[str, str]:
        names = (event.id for event in history.events if event.channel != "public")
        return {name: _knew_words(who_knew(history, name, moment)) for name in names}

    answers = [
        who_knew(found.history, event.id, moment)
        for event in found.history.events
        if event.channel != "public"
    ]
    otherwise = _otherwise(found, knew)
    if options.json:
        rows = [{"answer": one, "knew": one.knew} for one in answers]
        out.json("hidden", {"record": found.record.path, "events": rows, "contested": otherwise})
        return
    heading(found, out, contested=len(otherwise))
    out.line()
    if not answers:
        out.heading("Every event was open to all from the start")
        return
    out.heading(f"Not open to all at first, and who knew {where}")
    for one in answers:
        out.labelled(f"  {one.event}  ", _knew_words(one))
        _rivals(out, otherwise.get(one.event, {}))
