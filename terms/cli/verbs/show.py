"""`terms show`: where every party stands on every term; what is agreed, open, deferred, disputed."""

import argparse
from typing import TYPE_CHECKING

from terms.cli.options import add_output, add_record, add_view

if TYPE_CHECKING:
    from terms.cli.opening import Opened
    from terms.cli.output import Output
    from terms.views.positions import PositionRow

HELP = "where every party stands on every term"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_record(parser)
    parser.add_argument(
        "--term", action="append", metavar="TERM", help="only this term, or all under a dotted name"
    )
    parser.add_argument(
        "--party", action="append", metavar="PARTY", help="only these columns (may be given again)"
    )
    parser.add_argument("--stage", metavar="STAGE", help="only positions in this stage")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--agreed", action="store_true", help="what is agreed and what is not (question 1)")
    what.add_argument("--undecided", action="store_true", help="everything left open (question 4)")
    what.add_argument("--offers", action="store_true", help="every offer made, and how each was answered")
    what.add_argument("--deferred", action="store_true", help="what is deferred, and until what (question 8)")
    what.add_argument("--disputed", action="store_true", help="terms whose meaning is disputed (question 9)")
    what.add_argument("--sources", action="store_true", help="what rests on one source alone (question 5)")
    what.add_argument("--source", metavar="SOURCE", help="what rests on this source alone")
    parser.add_argument("--between", metavar="PARTIES", help="with --agreed: asked of exactly these parties")
    add_view(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the positions, or the one question asked about them."""
    from terms.cli import shown
    from terms.cli.opening import opened
    from terms.cli.output import output

    found = opened(options, options.record)
    out = output(options)
    if options.agreed or options.between is not None:
        shown.agreement(found, out, options)
    elif options.undecided:
        shown.undecided(found, out, options)
    elif options.offers:
        shown.offers(found, out, options)
    elif options.deferred:
        shown.deferred(found, out, options)
    elif options.disputed:
        shown.disputed(found, out, options)
    elif options.sources or options.source is not None:
        shown.sources(found, out, options)
    else:
        _positions(found, out, options)
    return found.code


def _positions(found: "Opened", out: "Output", options: argparse.Namespace) -> None:
    from terms.cli.naming import known_name
    from terms.cli.shown import asked_terms, heading
    from terms.views.positions import positions
    from terms.views.signs import legend
    from terms.views.wording import count

    asked = asked_terms(found, options)
    parties = (
        [known_name(name, found.header.party, "party") for name in options.party] if options.party else None
    )
    if options.stage is not None:
        known_name(options.stage, found.header.stage, "stage")
    contested = found.readings.contested_cells(found.at.steps)
    headlines = found.readings.headlines(found.at)
    table = positions(found.at, terms=asked, parties=parties, stage=options.stage, contested=contested)
    if options.json:
        rows = [_plain_row(found, row, headlines.get((row.term, row.stage), ())) for row in table.rows]
        payload = {"at": found.point(), "parties": table.parties, "rows": rows, "unraised": table.unraised}
        out.json("show", {**payload, "rival_accounts": found.readings.count})
        return
    heading(found, out, contested=len({key[1] for key in contested}), what="in some party's stance")
    out.wrapped(legend(), indent=0, hanging=2)
    group = ""
    for row in table.rows:
        if row.term.partition(".")[0] != group:
            group = row.term.partition(".")[0]
            out.line()
        _row(found, out, row, headlines.get((row.term, row.stage), ()))
    if table.unraised:
        out.line()
        out.wrapped(f"{count(table.unraised, 'declared term')} not raised by anybody yet.")


def _plain_row(
    found: "Opened", row: "PositionRow", readings: tuple[tuple[str, str], ...]
) -> dict[str, object]:
    """A row as JSON has it: the four axes beside each other, then the cells."""
    from terms.core.awaiting import ALL_BOUND, accepted_by

    four = row.axes
    return {
        "term": row.term,
        "stage": row.stage,
        "label": row.label,
        "headline": "contested" if readings else row.headline,
        "readings": [{"reading": reading, "headline": answer} for reading, answer in readings],
        "consent": four.consent.state,
        "meaning": four.meaning.state,
        "life": four.life.state,
        "performance": four.performance,
        "between": four.consent.between if row.consent in ALL_BOUND else (),
        "accepted": accepted_by(found.at, four.consent),
        "missing": row.missing,
        "version": four.consent.version,
        "reason": four.consent.reason,
        "events": row.events,
        "cells": row.cells,
        "hearsay": row.hearsay,
    }


def _row(found: "Opened", out: "Output", row: "PositionRow", readings: tuple[tuple[str, str], ...]) -> None:
    from terms.views.cells import age_words, cell_words

    stage = f" [{row.stage}]" if row.stage != found.at.talks.stage_of(row.term) else ""
    needs = (
        f"; needs {', '.join(row.missing)}"
        if row.missing and row.consent not in ("not raised", "deferred")
        else ""
    )
    headline = "contested" if readings else f"{row.headline}{needs}"
    out.heading(f"{row.term}{stage}: {headline}")
    for reading, answer in readings:
        out.labelled(f"  ? {reading} -> ", answer)
    spoken = [cell for cell in row.cells if not cell.is_silent]
    silent = [cell.party for cell in row.cells if cell.is_silent and cell.party in found.header.belligerents]
    lines = [
        (
            cell.party,
            f"{cell.sign.mark} {cell.sign.short}",
            f"{cell_words(cell)} {_since(cell.event, age_words(found.at, cell))}".strip(),
        )
        for cell in spoken
    ]
    lines += [(party, ". silent", "") for party in silent]
    out.table(sorted(lines), indent=2)
    for told in row.hearsay:
        denied = f"; denied by {', '.join(told.denied_by)}" if told.denied_by else ""
        value = f": {told.value}" if told.value else ""
        out.wrapped(
            f"on {told.word_of}'s word {told.told}{value}{denied} [{told.event}]", indent=2, hanging=6
        )


def _since(event: str | None, age: str) -> str:
    return f"[{event}, {age}]" if event is not None and age else f"[{event}]" if event is not None else ""
