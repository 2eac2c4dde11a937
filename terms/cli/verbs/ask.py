"""`terms ask QUESTION`: what is compatible, what stands in the way of a deal, what would change it."""

import argparse
from typing import TYPE_CHECKING

from terms.cli.options import add_output, add_record, add_view

if TYPE_CHECKING:
    from terms.analyses.robust import Toggle
    from terms.cli.opening import Opened
    from terms.cli.output import Output
    from terms.core.situation import Situation
    from terms.views.findings import Answer

HELP = "what is compatible, what stands in the way of a deal, and what would change it"
QUESTIONS = (
    "compatibility", "zone", "partial", "deadlock", "deadlines", "why-not", "unlock", "movement", "linkage",
    "robust", "sources", "exposure", "all",
)  # fmt: skip
EPILOG = """compatibility  term by term: a value that everybody would accept?
zone           is there a deal, with which values; if not, the smallest conflict
partial        what could be settled with nobody changing anything
deadlock       who waits for whom; deadlines: can all be kept, and what room is left
why-not        every conflict; unlock: every smallest way out, also by each party alone
movement       gap, closure and travel from step to step
linkage        what hangs on what; sources: on whose word each conflict rests
robust         what if positions were dropped or changed (--suppose), and under every reading
exposure       who would have done what cannot be undone
all            all of them, an answer after the other"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("question", choices=QUESTIONS, metavar="QUESTION", help=", ".join(QUESTIONS))
    add_record(parser)
    add_view(parser)
    group = parser.add_argument_group("the question")
    group.add_argument("--stage", help="only terms of this stage")
    group.add_argument(
        "--silence",
        choices=("open", "blocks"),
        default="open",
        help="what it means that a party has said nothing: it may accept anything, or the term waits for it",
    )
    group.add_argument("--term", action="append", default=[], help="movement: only this term")
    group.add_argument(
        "--suppose",
        action="append",
        default=[],
        metavar="POSITION[=WORDS]",
        help="robust: a position dropped, or saying these words instead",
    )
    group.add_argument(
        "--without", action="append", default=[], metavar="POSITION", help="as if this position were not held"
    )
    group.add_argument("--as", dest="form", choices=("text", "dot", "svg"), default="text",
                       help="deadlock, linkage: the graph; movement: the plot as SVG")  # fmt: skip
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Ask and print."""
    from terms.analyses.engine.oracle import SolverMissing
    from terms.analyses.engine.positions import NoSuchPosition
    from terms.cli.opening import opened
    from terms.cli.output import output
    from terms.cli.refusal import Refused
    from terms.ground.suggest import did_you_mean

    found = opened(options, options.record)
    if options.stage is not None and options.stage not in found.header.stage:
        raise Refused(
            f"there is no stage '{options.stage}' in this record",
            did_you_mean(options.stage, found.header.stage),
        )
    out = output(options)
    asked = [name for name in QUESTIONS if name != "all"] if options.question == "all" else [options.question]
    try:
        answers = [(name, answer_to(name, found.at, options)) for name in asked]
    except NoSuchPosition as fault:
        raise Refused(str(fault), did_you_mean(fault.name, fault.known)) from fault
    except SolverMissing as fault:
        raise Refused(str(fault)) from fault
    if options.json:
        out.json("ask", {"at": found.point(), **{name.replace("-", "_"): answer for name, answer in answers}})
        return found.code
    if options.form != "text":
        print(_drawn(options.form, answers), end="")
        return found.code
    _print(found, out, answers)
    return found.code


def answer_to(name: str, at: "Situation", options: argparse.Namespace) -> "Answer":
    """The answer to one question."""
    from terms.analyses import (
        compatibility,
        deadlines,
        deadlock,
        exposure,
        linkage,
        movement,
        partial,
        robust,
        sources,
        unlock,
        why_not,
        zone,
    )  # fmt: skip
    from terms.analyses.engine.positions import Edits

    stage, silence = options.stage, options.silence
    edits = Edits(frozenset(options.without))
    match name:
        case "compatibility":
            return compatibility.find(at, stage=stage, silence=silence)
        case "zone":
            return zone.find(at, stage=stage, silence=silence, edits=edits)
        case "partial":
            return partial.find(at, stage=stage, silence=silence)
        case "deadlock":
            return deadlock.find(at)
        case "deadlines":
            return deadlines.find(at, edits=edits)
        case "why-not":
            return why_not.find(at, stage=stage, silence=silence, edits=edits)
        case "unlock":
            return unlock.find(at, stage=stage, silence=silence, edits=edits)
        case "movement":
            return movement.find(at, terms=tuple(options.term))
        case "linkage":
            return linkage.find(at, stage=stage, silence=silence)
        case "robust":
            toggles = [_toggle(words) for words in options.suppose] or None
            return robust.find(at, toggles, stage=stage, silence=silence)
        case "sources":
            return sources.find(at, stage=stage, silence=silence)
        case _:
            return exposure.find(at, edits=edits)


def _toggle(words: str) -> "Toggle":
    from terms.analyses.robust import Toggle

    position, _, said = words.partition("=")
    return Toggle(words, position.strip(), said.strip() or None)


def _print(found: "Opened", out: "Output", answers: "list[tuple[str, Answer]]") -> None:
    from terms.cli.shown import cited, heading
    from terms.views.findings import lines
    from terms.views.gap_plot import as_bars

    heading(found, out)
    for name, answer in answers:
        out.line()
        if len(answers) > 1:
            out.heading(name.upper())
        for line in lines(found.header, answer):
            if line.title:
                out.heading(line.text)
            else:
                out.wrapped(
                    line.text + (f" [{cited(line.events)}]" if line.events else ""), indent=2, hanging=4
                )
        for one in answer if isinstance(answer, tuple) else ():
            bars = as_bars(one) if one.opening is not None else ()
            for bar in ("", f"  {one.term}", *(f"  {bar}" for bar in bars)) if bars else ():
                out.line(bar)


def _drawn(form: str, answers: "list[tuple[str, Answer]]") -> str:
    from terms.analyses.deadlock import Waiting
    from terms.analyses.linkage import Linkage
    from terms.cli.refusal import Refused
    from terms.views import gap_plot, graphs

    [(name, answer), *_] = answers
    if isinstance(answer, tuple) and form == "svg":
        return "".join(gap_plot.as_svg(one) for one in answer)
    if isinstance(answer, Waiting):
        arrows = graphs.waiting_arrows(answer)
    elif isinstance(answer, Linkage):
        arrows = graphs.linkage_arrows(answer)
    else:
        raise Refused(
            f"the answer to {name} is not drawn as {form}; deadlock and linkage are, movement as svg"
        )
    return graphs.as_dot(arrows) if form == "dot" else graphs.as_svg(arrows)
