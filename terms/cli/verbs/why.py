"""`terms why`: why a term stands as it does and what could change it; with an event, everything about it."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from terms.cli.options import add_names, add_output, add_view

if TYPE_CHECKING:
    from terms.cli.opening import Opened
    from terms.cli.output import Output
    from terms.core.life import Life
    from terms.core.situation import Situation
    from terms.core.talks import CellKey
    from terms.views.answers.agreement import Standing
    from terms.views.answers.moving import OpenMove
    from terms.views.answers.vouching import Word
    from terms.views.positions import PositionRow

Chain = tuple[tuple[int, str, str], ...]
"""(index, event, sentence) of the steps that made a cell what it is."""

HELP = "why a term stands as it does, whose consent is missing, what could change it; or all about an event"
EPILOG = "terms why TERM|EVENT [RECORD]; the name of an occurrence tells its rival accounts side by side"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_names(parser, "TERM|EVENT", "a term or an event, then a record", at_least="+")
    add_view(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the reasons behind one term, or one event in full."""
    from terms.cli.opening import opened, split_names
    from terms.cli.output import output
    from terms.cli.refusal import Refused
    from terms.cli.telling import tell_event, tell_occurrence
    from terms.ground.suggest import did_you_mean
    from terms.views.occurrences import occurrence, occurrence_names
    from terms.views.reading import has_event

    names, path = split_names(options.names, most=1)
    if not names:
        raise Refused("name a term or an event: terms why TERM [RECORD]")
    found = opened(options, path)
    out = output(options)
    name = names[0]
    if name in found.header.term:
        _term(found, out, options, name)
    elif has_event(found.history, name) or name.startswith("#"):
        tell_event(found, out, name, json=options.json)
    elif tellings := occurrence(found.history, name, found.at.steps):
        tell_occurrence(found, out, name, tellings, json=options.json)
    else:
        known = [
            *found.header.term,
            *(event.id for event in found.history.events),
            *occurrence_names(found.history),
        ]
        ways = [
            f"'{name}' is a {what}: `terms refs {name}` lists where it is named"
            for what in _named(found, name)
        ]
        raise Refused(
            f"there is no term and no event '{name}' in this record", ways or did_you_mean(name, known)
        )
    return found.code


def _named(found: "Opened", name: str) -> tuple[str, ...]:
    """What else of the header has this name."""
    header = found.header
    kinds = (
        ("text", header.texts), ("party", header.parties), ("person", header.persons),
        ("source", header.sources), ("happening", header.happenings), ("stage", header.stages),
    )  # fmt: skip
    return tuple(what for what, declared in kinds if any(one.id == name for one in declared))


def _term(found: "Opened", out: "Output", options: argparse.Namespace, term: str) -> None:
    from terms.cli.shown import brief, cited, heading, readings_of
    from terms.core.life import axes
    from terms.views.answers.agreement import standing
    from terms.views.answers.moving import open_moves
    from terms.views.answers.owing import breach_words, breaches_on
    from terms.views.answers.vouching import words_for
    from terms.views.consents import holding_words
    from terms.views.contested import ask_situation
    from terms.views.positions import positions

    four = axes(found.at, term)
    answer = standing(found.at, term)
    moves = open_moves(found.at, term)
    table = positions(found.at, terms=[term])
    chains = {cell: chain for row in table.rows for cell, chain in _chains(found, row)}
    cited_events = {event for chain in chains.values() for _, event, _ in chain} | set(answer.events)
    breaches = breaches_on(found.at, term)
    cited_events |= {one.event for one in breaches}
    words = words_for(found.history, cited_events, found.at.steps)
    answered = ask_situation(found.readings, found.at, lambda at: _answer(at, term))
    if options.json:
        out.json(
            "why",
            {
                "at": found.point(),
                "term": term,
                "standing": answer,
                "axes": four,
                "moves": moves,
                "breaches": breaches,
                "chains": {"/".join(key): chain for key, chain in chains.items()},
                "on_whose_word": words,
                "contested": answered.is_contested,
                "readings": [{"reading": one.words, "answer": one.answer} for one in answered.readings],
            },
        )
        return
    heading(found, out, contested=int(answered.is_contested))
    readings_of(answered, out)
    out.line()
    out.heading(f"{term}: {'contested' if answered.is_contested else answer.headline}")
    rows = [
        ("consent", _consent_words(answer)),
        ("condition", holding_words(found.at, four.consent)),
        ("meaning", four.meaning.state),
        ("life", _life_words(four.life)),
        ("performance", four.performance),
        *(("breach", breach_words(found.at, one)) for one in breaches),
        ("rests on", cited(answer.events)),
    ]
    out.table([row for row in rows if row[1]])
    for (party, _, stage), chain in chains.items():
        out.line()
        out.heading(f"{party}{f' [{stage}]' if len(table.rows) > 1 else ''}")
        for index, event, sentence in chain:
            out.labelled(f"  {found.history.events[index].date.text}  ", f"{sentence} [{event}]")
    out.line()
    out.heading("Moves that could change it" if moves else "No move on the table could change it")
    for move in moves:
        out.entry(move.what, _move_words(move))
    out.line()
    out.heading("On whose word")
    for word in words:
        out.entry(word.event, _word_words(word))
    voices = sorted({voice.event for word in words for voice in word.voices}, key=found.history.index)
    if voices:
        out.line()
        out.heading("Said about it, moving nothing")
        for name in voices:
            out.wrapped(f"{brief(found, name)} [{name}]", indent=2, hanging=6)


def _chains(found: "Opened", row: "PositionRow") -> "Iterator[tuple[CellKey, Chain]]":
    from terms.views.detail import cell_detail

    for cell in row.cells:
        if not cell.is_silent:
            key = (cell.party, cell.term, cell.stage)
            detail = cell_detail(found.at, key)
            yield (
                key,
                tuple(
                    (index, found.history.events[index].id, sentence) for index, sentence, _ in detail.chain
                ),
            )


def _answer(at: "Situation", term: str) -> str:
    """What is compared between readings: the headline, what was agreed, and from when until when it lives."""
    from terms.core.life import axes
    from terms.views.consents import agreed_words

    four = axes(at, term)
    said = [four.headline, agreed_words(at, four.consent), _span(four.life)]
    return "; ".join(part for part in said if part)


def _life_words(life: "Life") -> str:
    span = _span(life)
    return f"{life.state} ({span})" if span else life.state


def _span(life: "Life") -> str:
    """From when until when, as far as it is known."""
    from terms.views.wording import date_words, moment_words

    since = f"from {date_words(life.since)}" if life.since is not None else ""
    until = f"until {moment_words(life.until)}" if life.until is not None else ""
    return " ".join(part for part in (since, until) if part)


def _consent_words(answer: "Standing") -> str:
    said = [answer.state]
    if answer.value:
        said.append(answer.value)
    if answer.between:
        said.append(f"bound: {', '.join(answer.between)}")
    said += [f"{version} accepted by {', '.join(parties)}" for version, parties in answer.accepted]
    if answer.missing:
        said.append(f"missing: {', '.join(answer.missing)}")
    if answer.reason:
        said.append(answer.reason)
    return "; ".join(said)


def _move_words(move: "OpenMove") -> str:
    who = ", ".join(move.who)
    noted = ": " if move.does.endswith("the reservation") else " "  # a note is a sentence of its own
    said = [f"{who} could {move.does}" + (f"{noted}{move.words}" if move.words else "")]
    if move.conditions and move.conditions != move.words:
        said.append(move.conditions)
    if move.until:
        said.append(f"open until {move.until}" + (" (may have expired)" if move.unclear else ""))
    return "; ".join(said)


def _word_words(word: "Word") -> str:
    told = ", ".join(
        f"{one.id} {one.at}".rstrip() + (f" ({one.grade})" if one.grade else "") for one in word.sources
    )
    said = [told or "no source"]
    if word.alone:
        said.append("one source alone")
    if word.rivals:
        said.append(f"told otherwise by {', '.join(word.rivals)}")
    if word.denied_by:
        said.append(f"denied by {', '.join(word.denied_by)}")
    return "; ".join(said)
