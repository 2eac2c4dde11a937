"""`terms waits`: the ordering statements in force and the cycles among them (question 12)."""

import argparse

from terms.cli.options import add_output, add_record, add_view

HELP = "who waits for whom: the ordering statements in force, and the cycles among them"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_record(parser)
    add_view(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the statements and what follows from all of them."""
    from terms.cli.opening import opened
    from terms.cli.output import output
    from terms.cli.shown import cited, heading
    from terms.views.answers.waiting import (
        conditions,
        cycle_words,
        finding_words,
        kind_words,
        statement_words,
        waiting,
    )
    from terms.views.contested import ask_situation
    from terms.views.wording import count, names_of

    found = opened(options, options.record)
    out = output(options)
    answer = waiting(found.at)
    answered = ask_situation(
        found.readings, found.at, lambda at: tuple(map(cycle_words, waiting(at).findings)), combine=False
    )
    if options.json:
        readings = [{"reading": one.words, "cycles": one.answer} for one in answered.readings]
        out.json(
            "waits",
            {
                "at": found.point(),
                "waiting": answer,
                "conditions": conditions(found.at),
                "readings": readings,
            },
        )
        return found.code
    heading(found, out, contested=int(answered.is_contested))
    out.line()
    out.heading(f"{count(len(answer.statements), 'ordering statement')} in force")
    for statement in answer.statements:
        out.wrapped(statement_words(found.header, statement), indent=2, hanging=4)
    for held in conditions(found.at):
        of = f" on {held.of}" if held.of else ""
        said = f"{names_of(found.header, held.by)}{of}: {held.words}: {held.outcome} [{held.name}]"
        out.wrapped(said, indent=2, hanging=4)
    for finding in answer.findings:
        out.line()
        out.heading(f"{kind_words(finding).capitalize()}: {cycle_words(finding)}")
        out.wrapped(finding_words(found.header, finding), indent=2)
        out.line(f"  [{cited(finding.events)}]")
    if not answer.findings:
        out.line()
        out.line("No cycle: some order satisfies all of them.")
    for one in answer.unreachable:
        out.wrapped(
            f"{statement_words(found.header, one.statement)}: "
            f"{one.waits_for} is {one.because} [{cited(one.events)}]"
        )
    for reading in answered.readings[1:]:
        if reading.answer != answered.answer:
            out.labelled(f"contested, {reading.words}: ", "; ".join(reading.answer) or "no cycle")
    return found.code
