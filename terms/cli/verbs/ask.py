"""`terms ask QUESTION`: what is compatible, what stands in the way of a deal, what would change it."""

import argparse
from typing import TYPE_CHECKING

from terms.cli.options import add_output, add_record, add_view
from terms.ground.pause import collector_paused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from terms.analyses.engine.heading import Heading
    from terms.analyses.engine.positions import Edits
    from terms.analyses.robust import Toggle
    from terms.cli.opening import Opened
    from terms.cli.output import Output
    from terms.core.history import History
    from terms.core.situation import Situation
    from terms.views.finding_words import Line
    from terms.views.findings import Answer

HELP = "what is compatible, what stands in the way of a deal, and what would change it"
QUESTIONS = (
    "compatibility", "zone", "partial", "deadlock", "deadlines", "why-not", "unlock", "movement", "linkage",
    "robust", "sources", "exposure", "all",
)  # fmt: skip
HEARD = {
    "term": ("compatibility", "movement", "why-not", "unlock"),
    "keep": ("unlock",),
    "of": ("compatibility",),
    "since": ("why-not",),
    "suppose": ("robust",),
    "without": ("zone", "deadlock", "deadlines", "why-not", "unlock", "exposure"),
}
"""The questions that an option says something to."""
SCREEN = 36
"""Rows of an answer before it is cut; `--details` shows all of it."""
LAST = 3
"""Rows of a last entry that are shown all the same, instead of a word on what is left out."""
EPILOG = """compatibility  term by term: a value that everybody would accept? --of OFFER: clause by clause
zone           is there a deal, with which values; if not, the smallest conflict
partial        what could be settled with nobody changing anything
deadlock       who waits for whom; deadlines: can all be kept, and what room is left
why-not        every conflict (--since POINT: over time); unlock: every smallest way out, also by
               each party alone
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
    group.add_argument(
        "--term", action="append", default=[],
        help="compatibility, movement, why-not, unlock: only what is about this term, its parts and its happenings",
    )  # fmt: skip
    group.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="POSITION",
        help="unlock: a position that cannot change",
    )
    group.add_argument(
        "--of", metavar="OFFER", help="compatibility: of this offer, clause by clause (EVENT/OPTION)"
    )
    group.add_argument("--since", metavar="POINT", help="why-not: what stood in the way from this point on")
    group.add_argument(
        "--details", action="store_true", help="all of the answer, where it is longer than a screen"
    )
    group.add_argument(
        "--suppose",
        action="append",
        default=[],
        metavar="POSITION[=WORDS]",
        help="robust: a position dropped, or saying these words instead",
    )
    group.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="POSITION",
        help="as if this position were not held, or this declared rule (rule/ID) not there",
    )
    group.add_argument("--as", dest="form", choices=("text", "dot", "svg", "gmcr"), default="text",
                       help="deadlock, linkage: the graph; movement: the plot as SVG; why-not: a file for gmcr-py")  # fmt: skip
    add_output(parser)


@collector_paused()
def run(options: argparse.Namespace) -> int:
    """Ask and print."""
    from terms.analyses.clauses import NoSuchOffer
    from terms.analyses.engine.oracle import SolverMissing
    from terms.analyses.engine.positions import CannotReword, NoSuchPosition
    from terms.analyses.movement import rounds
    from terms.cli.asked_forms import told_as
    from terms.cli.opening import opened
    from terms.cli.output import output
    from terms.cli.refusal import Refused
    from terms.ground.suggest import did_you_mean
    from terms.values.misworded import Misworded
    from terms.values.unreadable import Unreadable

    _refuse_unheard(options)
    found = opened(options, options.record)
    if options.stage is not None and options.stage not in found.header.stage:
        raise Refused(
            f"there is no stage '{options.stage}' in this record",
            did_you_mean(options.stage, found.header.stage),
        )
    out = output(options)
    for term in options.term:
        if not any(name == term or name.startswith(f"{term}.") for name in found.header.term):
            raise Refused(f"there is no term '{term}' in this record", did_you_mean(term, found.header.term))
    asked = [name for name in QUESTIONS if name != "all"] if options.question == "all" else [options.question]
    try:
        answers = [(name, answer_to(name, found.at, options)) for name in asked]
    except NoSuchPosition as fault:
        raise Refused(str(fault), did_you_mean(fault.name, fault.known)) from fault
    except NoSuchOffer as fault:
        raise Refused(str(fault), fault.help) from fault
    except (SolverMissing, CannotReword, Misworded, Unreadable) as fault:
        raise Refused(str(fault)) from fault
    if options.json:
        told: dict[str, object] = {name.replace("-", "_"): answer for name, answer in answers}
        if "movement" in told:
            told["rounds"] = rounds(found.at)
        out.json("ask", {"at": found.point(), "heading": _worked_from(found, options), **told})
        return found.code
    if options.form != "text":
        print(told_as(options.form, found.at, *answers[0]), end="")
        return found.code
    _print(found, out, answers, options)
    return found.code


def _refuse_unheard(options: argparse.Namespace) -> None:
    """Refuse an option that the question does not hear: an answer to another question would be worse than none."""
    from terms.cli.refusal import Refused

    for name, questions in HEARD.items():
        if getattr(options, name) and options.question not in (*questions, "all"):
            raise Refused(f"--{name} says nothing to {options.question}; it is for {', '.join(questions)}")


def answer_to(name: str, at: "Situation", options: argparse.Namespace) -> "Answer":
    """The answer to one question."""
    from terms.analyses.engine.positions import Edits

    stage, silence, terms = options.stage, options.silence, tuple(options.term)
    edits = Edits(frozenset(options.without))
    match name:
        case "compatibility" if options.of is not None:
            from terms.analyses import clauses

            return clauses.find(at, options.of, silence=silence)
        case "compatibility":
            from terms.analyses import compatibility

            return compatibility.find(at, stage=stage, silence=silence, terms=terms)
        case "zone":
            from terms.analyses import zone

            return zone.find(at, stage=stage, silence=silence, edits=edits)
        case "partial":
            from terms.analyses import partial

            return partial.find(at, stage=stage, silence=silence)
        case "deadlock":
            from terms.analyses import deadlock
            from terms.analyses.engine.modelling import model

            model(at, edits=edits)  # refuses a name that no position has
            return deadlock.find(at, without=edits.drop)
        case "deadlines":
            from terms.analyses import deadlines

            return deadlines.find(at, edits=edits, silence=silence, stage=stage)
        case "why-not" if options.since is not None:
            from terms.analyses import lasting

            since = _steps(at.history, options.since)
            return lasting.find(at, since, stage=stage, silence=silence, terms=terms)
        case "why-not":
            from terms.analyses import why_not

            return why_not.find(at, stage=stage, silence=silence, edits=edits, terms=terms)
        case _:
            return _otherwise(name, at, options, edits)


def _otherwise(name: str, at: "Situation", options: argparse.Namespace, edits: "Edits") -> "Answer":
    """The answer to one of the questions about changes, sources and sequences; only what it needs is loaded."""
    stage, silence, terms = options.stage, options.silence, tuple(options.term)
    match name:
        case "unlock":
            from terms.analyses import unlock

            keep = frozenset(options.keep)
            return unlock.find(at, stage=stage, silence=silence, edits=edits, terms=terms, immovable=keep)
        case "movement":
            from terms.analyses import movement

            return movement.find(at, terms=terms)
        case "linkage":
            from terms.analyses import linkage

            return linkage.find(at, stage=stage, silence=silence)
        case "robust":
            from terms.analyses import robust

            toggles = [_toggle(words) for words in options.suppose] or None
            return robust.find(at, toggles, stage=stage, silence=silence)
        case "sources":
            from terms.analyses import sources

            return sources.find(at, stage=stage, silence=silence)
        case _:
            from terms.analyses import exposure

            return exposure.find(at, edits=edits, silence=silence, stage=stage)


def _steps(history: "History", point: str) -> int:
    from terms.cli.naming import event_index, read_moment

    if point[:1].isdigit():
        return history.place_at(read_moment(point))
    return event_index(history, point) + 1


def _toggle(words: str) -> "Toggle":
    from terms.analyses.robust import Toggle

    position, _, said = words.partition("=")
    return Toggle(words, position.strip(), said.strip() or None)


def _print(
    found: "Opened", out: "Output", answers: "list[tuple[str, Answer]]", options: argparse.Namespace
) -> None:
    from terms.analyses.movement import rounds
    from terms.cli.shown import heading
    from terms.views.findings import balance_lines, lines, rounds_lines

    heading(found, out)
    for name, answer in answers:
        head = None
        if isinstance(answer, tuple | _waiting()):
            head = _worked_from(found, options)
        out.line()
        if len(answers) > 1:
            out.heading(name.upper())
        told: list[Line | str] = [*lines(found.header, answer, head)]
        if name == "movement" and not options.term:
            told += [
                *balance_lines(answer if isinstance(answer, tuple) else ()),
                *rounds_lines(rounds(found.at)),
            ]
            told = told if options.details else _terms_alone(told)
        _shown(
            out, [*told, *(_bars(answer) if options.term or options.details else ())], whole=options.details
        )


def _worked_from(found: "Opened", options: argparse.Namespace) -> "Heading":
    from terms.analyses.engine.heading import heading
    from terms.analyses.engine.modelling import model
    from terms.analyses.engine.positions import Edits

    edits = Edits(frozenset(options.without))
    return heading(model(found.at, stage=options.stage, silence=options.silence, edits=edits))


def _terms_alone(told: "list[Line | str]") -> "list[Line | str]":
    """The heading, a line for each term and each round; the moves are for who asks about a term."""
    from terms.views.finding_words import Line

    moved = [place for place, line in enumerate(told) if isinstance(line, Line) and line.title]
    head = told[: moved[0]] if moved else told
    rounds = [
        line
        for line in told[len(head) :]
        if isinstance(line, Line) and line.text.startswith(("Round ", "Moves "))
    ]
    kept = [told[place] for place in moved]
    return [*head, *rounds, *kept, Line("Every move and the plot of a term: --term TERM; of all: --details.")]


def _waiting() -> type:
    from terms.analyses.deadlock import Waiting

    return Waiting


def _bars(answer: "Answer") -> "Iterable[str]":
    """The gaps of every term with an opening gap, drawn."""
    from terms.views.gap_plot import as_bars

    for one in answer if isinstance(answer, tuple) else ():
        if one.opening is not None:
            yield from ("", f"  {one.term}", *(f"  {bar}" for bar in as_bars(one)))


def _shown(out: "Output", found: "Sequence[Line | str]", *, whole: bool) -> None:
    """The lines, or as many as fit on a screen with a word on how many are left out; nothing is cut inside."""
    from terms.cli.output import wrapped
    from terms.cli.shown import cited

    rows = 0
    for place, line in enumerate(found):
        if isinstance(line, str):
            text, indent = line, 0
        else:
            text = line.text + (f" [{cited(line.events)}]" if line.events else "")
            indent = 0 if line.title else 2
        own = len(wrapped(text, out.width, indent=indent, hanging=4 if indent else 0))
        rows += own
        last = place + 1 == len(found) and own <= LAST
        if not whole and place and rows > SCREEN and not last:
            out.line(f"  ... and {len(found) - place} more; --details shows all of it")
            return
        if isinstance(line, str):
            out.line(text)
        elif line.title:
            out.heading(text)
        else:
            out.wrapped(text, indent=2, hanging=4)
