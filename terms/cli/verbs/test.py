"""`terms test`: every scenario under some paths, point by point, with what is not as expected."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from terms.cli.options import add_color

if TYPE_CHECKING:
    from terms.scenarios import Tried

HELP = "try the expectations of scenarios"
FORMS = ("full", "concise", "json", "github", "junit")
SUFFIX = ".scenario.yaml"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument(
        "names",
        nargs="*",
        metavar="PATH",
        help="scenarios, or folders of them (default: scenarios, else the shipped ones)",
    )
    parser.add_argument(
        "--tag", action="append", default=[], metavar="TAG", help="only scenarios that bear one of these tags"
    )
    parser.add_argument(
        "--seen-by", metavar="PARTY", help="on what this party knows of each record, as it may be handed it"
    )
    parser.add_argument(
        "--output-format", choices=FORMS, default="full", help="how it is told (default: full)"
    )
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Try them all; 0 all as expected, 1 something is not, 2 there are none or one cannot be read.

    Raises:
        Refused: there is no scenario, or none that bears the tag asked for.
    """
    from terms.cli.output import wants_color

    tried = list(_tried(options))
    color = wants_color(options.color or "auto")
    if options.output_format == "full":
        _full(tried, color=color)
    else:
        _other(tried, options.output_format, color=color)
    if any(one.scenario.is_unreadable for one in tried):
        return 2
    return int(not all(one.passed for one in tried))


def scenario_paths(names: list[str]) -> list[str]:
    """The scenario files under these names, sorted within each folder; none named: `scenarios`, else the shipped ones.

    Raises:
        Refused: there is none.
    """
    from terms.cli.refusal import Refused
    from terms.cli.shipped import scenario_path, shipped_scenarios

    found: list[str] = []
    own = "scenarios" if Path("scenarios").is_dir() else str(shipped_scenarios() or "scenarios")
    for name in names or [own]:
        path = Path(name)
        inside = [str(one) for one in sorted(path.rglob(f"*{SUFFIX}"))] if path.is_dir() else []
        found += inside if path.is_dir() else [scenario_path(name)]
    missing = [name for name in found if not Path(name).is_file()]
    if missing or not found:
        what = f"there is no file '{missing[0]}'" if missing else "there are no scenarios here"
        raise Refused(what, (f"name files that end in {SUFFIX}, or a folder of them",))
    return found


def _tried(options: argparse.Namespace) -> "Iterator[Tried]":
    from terms.cli.recalling import Recalling
    from terms.scenarios import file_library, open_scenario, try_opened

    read = Recalling()
    library = file_library(read, read.tree)
    if options.seen_by is not None:
        from terms.cli.handing import library_for

        library = library_for(options.seen_by, library)
    borne: set[str] = set()
    for path in scenario_paths(options.names):
        opened = open_scenario(path, library)
        borne.update(opened.scenario.tags)
        if not options.tag or set(options.tag) & set(opened.scenario.tags):
            yield from try_opened(opened)
    read.keep()
    _refuse_unborne(options.tag, borne)


def _refuse_unborne(asked: list[str], borne: set[str]) -> None:
    """A tag that no scenario bears tries nothing, which is not the same as nothing failing.

    Raises:
        Refused: there is such a tag; the nearest one is offered.
    """
    from terms.cli.refusal import Refused
    from terms.ground.suggest import did_you_mean
    from terms.records.faults import listed

    for tag in asked:
        if tag not in borne:
            known = did_you_mean(tag, borne) or ((f"tags: {listed(sorted(borne))}",) if borne else ())
            raise Refused(f"no scenario here bears the tag '{tag}'", known)


def label(one: "Tried") -> str:
    """`path` or `path::point`."""
    from terms.ground.widths import clean

    return clean(f"{one.scenario.path}::{one.name}" if one.name else one.scenario.path)


def _full(tried: "list[Tried]", *, color: bool) -> None:
    from terms.views.wording import count

    for one in tried:
        word = "known" if one.passed and one.xfail else "ok" if one.passed else "FAILED"
        sys.stdout.write(f"{word:<7}{label(one)}\n")
    failed = [one for one in tried if not one.passed]
    alike: dict[tuple[str, str], list[Tried]] = {}
    for one in failed:
        alike.setdefault((one.scenario.path, one.report(color=color)), []).append(one)
    for one in tried:
        if one.passed and (warned := _warned(one, color=color)):
            alike.setdefault((one.scenario.path, warned), []).append(one)
    for (_, report), ones in alike.items():
        others = f" and {count(len(ones) - 1, 'other point')}" if len(ones) > 1 else ""
        sys.stdout.write(f"\n{label(ones[0])}{others}\n{report}")
    files = len({one.scenario.path for one in tried})
    held = f"{len(tried) - len(failed)} as expected, {len(failed)} not"
    sys.stdout.write(f"\n{count(len(tried), 'point')} of {count(files, 'scenario')}: {held}\n")


def _warned(one: "Tried", *, color: bool) -> str:
    """What is noteworthy of a point that is as expected, such as a past that changed under its pin."""
    from terms.ground.diagnostics import Severity
    from terms.ground.rendering import render

    found = [fault for fault in one.faults if fault.severity is Severity.WARNING]
    return render(found, one.texts, color=color)


def _other(tried: "list[Tried]", form: str, *, color: bool) -> None:
    from terms.ground.rendering import FORMS as KNOWN
    from terms.ground.rendering import render

    if form == "junit":
        sys.stdout.write(_junit(tried))
        return
    faults = {fault: None for one in tried for fault in one.faults if not (one.passed and one.xfail)}
    texts = {path: text for one in tried for path, text in one.texts.items()}
    known = next(name for name in KNOWN if name == form)
    sys.stdout.write(render(faults, texts, form=known, color=color))


def _junit(tried: "list[Tried]") -> str:
    from html import escape

    failed = sum(not one.passed for one in tried)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<testsuite name="terms test" tests="{len(tried)}" failures="{failed}" errors="0">',
    ]
    for one in tried:
        head = f'  <testcase classname="{escape(one.scenario.path)}" name="{escape(one.name or "scenario")}"'
        if one.passed:
            lines.append(f"{head}/>")
        else:
            first = escape(one.failures[0].message if one.failures else one.report().strip())
            lines.append(f'{head}><failure message="{first}">{escape(one.report())}</failure></testcase>')
    return "\n".join([*lines, "</testsuite>", ""])
