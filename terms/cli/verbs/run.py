"""`terms run`: what comes of a scenario, step by step and cell by cell against its base; a sweep as a table."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from terms.cli.options import add_output

if TYPE_CHECKING:
    from terms.cli.output import Output
    from terms.scenarios import Opened
    from terms.scenarios.points import Point
    from terms.scenarios.sweeping import PointResult

HELP = "run a scenario against its base"
EPILOG = """terms run SCENARIO                          step by step, cell by cell; of a sweep a table
terms run SCENARIO --point distance=25km    one point of a sweep
terms run SCENARIO --without bridge         as if the assumption fell
terms run SCENARIO --without-source R1      as if what R1 alone tells had not been recorded
terms run SCENARIO --seen-by velm           on the record as that party may be handed it"""
INTERRUPTED = 130


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument(
        "names",
        nargs="+",
        metavar="SCENARIO",
        help="files that end in .scenario.yaml, or names of shipped ones",
    )
    group = parser.add_argument_group("what to run")
    group.add_argument(
        "--point", action="append", default=[], metavar="NAME=VALUE", help="only points with this value"
    )
    group.add_argument(
        "--without", action="append", default=[], metavar="ASSUMPTION", help="drop what needs this assumption"
    )
    group.add_argument(
        "--without-source", action="append", default=[], metavar="SOURCE",
        help="take what this source alone tells as not recorded",
    )  # fmt: skip
    group.add_argument(
        "--seen-by", metavar="PARTY", help="on what this party knows of the record, as it may be handed it"
    )
    group.add_argument(
        "--pin", action="store_true", help="print the pin of the past it branches from, to be pasted into it"
    )
    group = parser.add_argument_group("a sweep")
    group.add_argument(
        "--executor",
        metavar="WHERE",
        help="here, processes, processes:N or dask://HOST:PORT (default: as suits)",
    )
    group.add_argument(
        "--keep", metavar="FILE", help="write each result to FILE, and take from it what is there already"
    )
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run each scenario; 0 all as expected, 1 something is not.

    Raises:
        Refused: options exclude each other, or name what is not there.
    """
    if options.seen_by is not None:
        from terms.cli.handing import library_for

        _refuse_beside_party(options)
    from terms.cli.shipped import scenario_path
    from terms.ground.pause import collector_paused

    # What is loaded and read now stays; looking for cycles in it takes a tenth of the run.
    with collector_paused():
        from terms.cli import running  # noqa: F401 - loaded here for the same reason
        from terms.cli.output import output
        from terms.cli.recalling import Recalling
        from terms.scenarios.opening import file_library, open_scenario

        read = Recalling()
        library = file_library(read, read.tree)
        if options.seen_by is not None:
            library = library_for(options.seen_by, library)
        opened = [open_scenario(scenario_path(path), library) for path in options.names]
    out = output(options)
    code = 0
    for place, one in enumerate(opened):
        if place:
            out.line()
        code = max(code, _one(options, out, one))
    read.keep()
    return code


def _refuse_beside_party(options: argparse.Namespace) -> None:
    """What a party may be handed is worked out here, and kept nowhere.

    Raises:
        Refused: it is to be run elsewhere, kept or pinned.
    """
    from terms.cli.refusal import Refused

    elsewhere = options.executor not in (None, "here")
    for name, is_asked in (("pin", options.pin), ("keep", options.keep), ("executor", elsewhere)):
        if is_asked:
            raise Refused(f"--{name} is of all that is recorded: leave it or --seen-by out")


def _one(options: argparse.Namespace, out: "Output", opened: "Opened") -> int:
    from terms.cli.running import heading

    _refuse_unreadable(opened)
    if opened.has_errors or opened.ground is None:
        out.laid_out(_faults(opened))
        return 2 if opened.scenario.is_unreadable else 1
    if options.pin:
        return _pin(opened, out)
    sources = frozenset(options.without_source)
    opened = _but(options, opened)
    points = _points(options, opened)
    if len(points) == 1:
        return _branch(options, out, opened, points[0])
    if not options.json:
        heading(opened, out)
    return _sweep(options, out, opened, points, sources)


def _refuse_unreadable(opened: "Opened") -> None:
    """A scenario that is no file at all ends the command.

    Raises:
        Refused: the file cannot be read.
    """
    from terms.cli.refusal import Refused

    if not opened.scenario.text and opened.scenario.diagnostics:
        first = opened.scenario.diagnostics[0]
        if first.place is None or first.code == "E009":
            raise Refused(first.message, first.help)


def _faults(opened: "Opened") -> str:
    from terms.ground.rendering import render
    from terms.scenarios.trying import try_point

    found = try_point(opened, opened.points[0]).faults if opened.points else opened.faults
    return render(found, opened.texts)


def _pin(opened: "Opened", out: "Output") -> int:
    from terms.scenarios.pins import past_of, pin_words

    if opened.ground is not None:
        out.laid_out(pin_words(past_of(opened.scenario, opened.ground)))
    return 0


def _but(options: argparse.Namespace, opened: "Opened") -> "Opened":
    """The scenario without the assumptions and sources that the options name.

    Raises:
        Refused: there is no such assumption or source; the nearest one is offered.
    """
    if not options.without and not options.without_source:
        return opened
    from terms.cli.naming import known_name
    from terms.cli.refusal import Refused
    from terms.ground.suggest import did_you_mean
    from terms.scenarios.trying import told_by_alone

    assumed = opened.assumed
    for name in options.without:
        if name not in assumed:
            known = f"assumed: {', '.join(assumed)}" if assumed else "it assumes nothing"
            raise Refused(f"the scenario does not assume '{name}'", (*did_you_mean(name, assumed), known))
    for name in options.without_source:
        known_name(name, opened.ground.header.source if opened.ground is not None else (), "source")
    unseen = told_by_alone(opened, frozenset(options.without_source))
    return opened.but(without=frozenset(options.without), unseen=unseen)


def _points(options: argparse.Namespace, opened: "Opened") -> "list[Point]":
    """The points asked for.

    Raises:
        Refused: a name or value is not swept.
    """
    from terms.cli.sweep_points import picked

    return picked(opened.scenario, opened.points, options.point)


def _branch(options: argparse.Namespace, out: "Output", opened: "Opened", point: "Point") -> int:
    from terms.cli import running
    from terms.ground.pause import collector_paused
    from terms.scenarios.sweeping import result_of
    from terms.scenarios.trying import try_point

    with collector_paused():
        tried = try_point(opened, point)
        if options.json:
            out.json("run", _payload(opened, [result_of(opened, point)]))
        else:
            running.heading(opened, out, point=point)
            running.branch(tried, out)
    return int(not tried.passed)


def _sweep(
    options: argparse.Namespace,
    out: "Output",
    opened: "Opened",
    points: "list[Point]",
    sources: frozenset[str],
) -> int:
    import sys

    from terms.cli.sweep_table import base_headlines, table
    from terms.cli.sweeps import run_sweep

    columns: dict[str, Opened] = {"": opened}
    if not options.without:
        for name in opened.assumed:
            columns[f"without {name}"] = opened.but(without=frozenset({name}), unseen=opened.unseen)
    rows: dict[tuple[tuple[str, str], ...], dict[str, PointResult]] = {}
    done, whole = 0, True
    where = options.executor if options.seen_by is None else "here"
    for name, column in columns.items():
        found, whole = run_sweep(
            column, points, executor=where, keep=_kept(options.keep, name), sources=sources
        )
        done += len(found)
        for point, result in found.items():
            rows.setdefault(point, {})[name] = result
        if not whole:
            break
    if options.json:
        out.json("run", _payload(opened, [one for row in rows.values() for one in row.values()]))
    elif rows:
        scenario, base = opened.scenario, base_headlines(opened, rows)
        table(rows, out, base=base, zipped=scenario.mode == "zip", xfail=scenario.xfail)
    if not whole:
        way = f"; run it again with --keep {options.keep} to go on" if options.keep else ""
        many = len(points) * len(columns)
        print(f"terms: stopped after {done} of {many} points{way}", file=sys.stderr)
        return INTERRUPTED
    held = all(
        bool(row[""].failed) == bool(opened.scenario.xfail) and not row[""].broken for row in rows.values()
    )
    return int(not held)


def _kept(path: str | None, column: str) -> str | None:
    return path if path is None or not column else f"{path}.{column.removeprefix('without ')}"


def _payload(opened: "Opened", results: "Iterable[PointResult]") -> dict[str, object]:
    points = [
        {
            "point": dict(one.point),
            "without": one.without,
            "talks": one.talks,
            "terms": [{"term": term, "headline": head, "value": value} for term, head, value in one.terms],
            "failed": one.failed,
            "broken": one.broken,
            "refused": one.refused,
        }
        for one in results
    ]
    return {"scenario": opened.scenario.path, "title": opened.scenario.title, "points": points}
