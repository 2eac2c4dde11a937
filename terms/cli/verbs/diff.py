"""`terms diff`: what differs between two points, or with and without an event, with the causes."""

import argparse
from typing import TYPE_CHECKING

from terms.cli.options import add_names, add_output, add_view

if TYPE_CHECKING:
    from terms.cli.opening import Opened
    from terms.cli.output import Output
    from terms.core.situation import Situation
    from terms.views.comparison import Comparison

HELP = "what differs between two points, records or scenarios, or without an event"
EPILOG = """terms diff A B [RECORD]             two events or dates of one record
terms diff A RECORD                 from A to the end
terms diff R1@A R2@B                two records, each at a point
terms diff X Y                      any two of RECORD, RECORD@A, RECORD@REVISION (git),
                                    SCENARIO, SCENARIO@NAME=VALUE
terms diff --without EVENT [RECORD]"""
TWO = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_names(parser, "POINT|RECORD", "two points, then a record")
    parser.add_argument(
        "--without", action="append", metavar="EVENT", help="as if this had not been recorded"
    )
    parser.add_argument("--term", metavar="TERM", help="only this term, or all under a dotted name")
    parser.add_argument("--party", metavar="PARTY", help="only this party's cells")
    parser.add_argument("--exit-code", action="store_true", help="exit 1 when anything differs")
    add_view(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print what differs."""
    from terms.cli.naming import known_name, terms_under
    from terms.cli.output import output
    from terms.views.comparison import compare

    out = output(options)
    if _are_sides(options):
        return _sides(options, out)
    found, before, after, labels = _points(options)
    if options.term is not None:
        terms_under(found.header, options.term)
    if options.party is not None:
        known_name(options.party, found.header.party, "party")
    comparison = compare(before, after, term=options.term, party=options.party)
    if options.json:
        out.json("diff", {"at": found.point(), "from": labels[0], "to": labels[1], "comparison": comparison})
    else:
        _lines(found, out, comparison, labels)
    return max(found.code, int(options.exit_code and not comparison.is_empty))


def _are_sides(options: argparse.Namespace) -> bool:
    """Whether two whole things are compared rather than two points of one record."""
    from terms.cli.sides import is_side

    return not options.without and len(options.names) == TWO and all(is_side(name) for name in options.names)


def _sides(options: argparse.Namespace, out: "Output") -> int:
    from terms.cli.naming import known_name, terms_under
    from terms.cli.recalling import Recalling
    from terms.cli.running import differences
    from terms.cli.sides import side_of
    from terms.scenarios.opening import file_library
    from terms.views.comparison import compare

    read = Recalling()
    library = file_library(read, read.tree)
    if options.seen_by is not None:
        from terms.cli.handing import library_for

        library = library_for(options.seen_by, library)
    before, after = (side_of(options, name, library) for name in options.names)
    read.keep()
    if options.term is not None:
        terms_under(after.at.header, options.term)
    if options.party is not None:
        known_name(options.party, after.at.header.party, "party")
    comparison = compare(before.at, after.at, term=options.term, party=options.party)
    if options.json:
        out.json("diff", {"from": before.label, "to": after.label, "comparison": comparison})
    else:
        out.heading(after.at.header.title or after.label)
        out.wrapped(f"from {before.label} to {after.label}")
        differences(comparison, out, lambda event: after.where(event) or before.where(event))
    return max(before.code, after.code, int(options.exit_code and not comparison.is_empty))


def _points(options: argparse.Namespace) -> "tuple[Opened, Situation, Situation, tuple[str, str]]":
    from terms.cli.naming import event_index, point_of
    from terms.cli.opening import opened, split_names
    from terms.cli.refusal import Refused
    from terms.core.situation import situation

    names, path = split_names(options.names, most=TWO)
    found = opened(options, path)
    if options.without:
        if names:
            raise Refused("--without compares with the record as it is: name no points beside it, use --at")
        for name in options.without:
            event_index(found.history, name)
        other = found.history.without(*options.without)
        told = (event.id for event in reversed(found.history.events[: found.at.steps]))
        # Without a leak the party of a view need not know of the paper either: the last that it knows in both.
        steps = next((other.index(name) + 1 for name in told if name in other.names), 0)
        label = f"without {', '.join(options.without)}"
        return found, found.at, situation(other, steps, found.at.moment), ("as recorded", label)
    if not names:
        raise Refused("name two points: terms diff A B [RECORD]")
    points = [point_of(found.history, name) for name in names]
    if len(points) < TWO:
        points.append(found.at)
    history = found.history
    fixed = [
        situation(history, _steps(found, name, point), point.moment)
        for name, point in zip(names, points, strict=False)
    ]
    fixed += points[len(fixed) :]
    return found, fixed[0], fixed[1], (names[0], names[1] if len(names) == TWO else "the end")


def _steps(found: "Opened", name: str, point: "Situation") -> int:
    """How many steps a point stands for; by a date, those that had happened by then."""
    return found.history.place_at(point.moment) if name[:1].isdigit() else point.steps


def _lines(found: "Opened", out: "Output", comparison: "Comparison", labels: tuple[str, str]) -> None:
    from terms.cli.shown import cited
    from terms.ground.widths import cells
    from terms.views.comparison import cell_difference_words

    out.heading(found.header.title or found.record.path)
    out.wrapped(f"from {labels[0]} to {labels[1]}: {comparison.counted()}")
    if comparison.session is not None:
        out.line(f"talks: {comparison.session[0]} -> {comparison.session[1]}")
    headlines = {one.term: one for one in comparison.terms}
    term = ""
    for cell in comparison.cells:
        if cell.after.term != term:
            term = cell.after.term
            out.line()
            own = headlines.pop(term, None)
            out.heading(f"{term}: {own.before} -> {own.after}" if own is not None else term)
        width = max(cells(one.after.party) for one in comparison.cells)
        head = f"  {cell.after.party}".ljust(width + 4)
        out.labelled(head, cell_difference_words(cell) + f" [{cited(cell.events)}]")
    for one in headlines.values():
        out.line()
        out.heading(f"{one.term}: {one.before} -> {one.after}")
        out.line(f"  [{cited(one.events)}]")
    if comparison.orders:
        out.line()
        out.heading("Ordering statements")
        for sign, name, words in comparison.orders:
            out.labelled(f"  {sign} ", f"{words} [{name}]")
    if comparison.undertaken:
        out.line()
        out.heading("Undertakings")
        for sign, name, words in comparison.undertaken:
            out.labelled(f"  {sign} ", f"{words} [{name.partition('/')[0]}]")
    if comparison.objections:
        out.line()
        out.heading("Objections")
        for misfit in comparison.objections:
            out.labelled(f"  {misfit.sign} ", f"{misfit.code} {misfit.sentence} [{misfit.event}]")
    if comparison.known:
        out.line()
        out.heading("Who knew what")
        for known in comparison.known:
            out.labelled(f"  {known.event}  ", f"{known.before} -> {known.after} [{cited(known.events)}]")
