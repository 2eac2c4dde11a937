"""`terms promote`: a supposed event that came true becomes one of the record, on somebody's word."""

import argparse
from typing import TYPE_CHECKING

from terms.cli.options import add_writing

if TYPE_CHECKING:
    from terms.core.event import Event
    from terms.ground.nodes import MapNode
    from terms.scenarios import Opened

HELP = "make a supposed event that came true one of the record"
EPILOG = "terms promote SCENARIO EVENT --source SOURCE [--date DATE] [--point NAME=VALUE]"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("scenario", metavar="SCENARIO", help="the file that supposes it")
    parser.add_argument("event", metavar="EVENT", help="the first event that it supposes")
    parser.add_argument(
        "--source", action="append", default=[], metavar="SOURCE", help="on whose word it is a fact"
    )
    parser.add_argument("--date", metavar="DATE", help="when it happened, where that is not as supposed")
    parser.add_argument(
        "--point",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="the point of a sweep that came true",
    )
    add_writing(parser)
    parser.set_defaults(stdin_filename=None)


def run(options: argparse.Namespace) -> int:
    """Append the event to the record, and let the scenario branch after it."""
    from terms.cli.adding import append, record_to_extend
    from terms.cli.files import replace_text
    from terms.cli.recalling import Recalling
    from terms.cli.refusal import Refused
    from terms.records.faults import listed
    from terms.scenarios.opening import base_path, file_library, open_scenario
    from terms.scenarios.promoting import CannotPromote, spelled, without_supposed
    from terms.views.wording import count

    library = file_library(Recalling())
    opened = open_scenario(options.scenario, library)
    base = opened.scenario.base
    if base is None or opened.has_errors:
        raise Refused(f"{options.scenario} has errors", (f"`terms test {options.scenario}` shows them",))
    if base.is_scenario:
        raise Refused(
            "it stands on another scenario, not on a record", ("promote what that one supposes first",)
        )
    try:
        text = without_supposed(opened.scenario, options.event)
        event, node = _event(options, opened)
        words = spelled(event, node, sources=options.source, date=options.date)
    except CannotPromote as fault:
        raise Refused(str(fault), ("write --source SOURCE",) if not options.source else ()) from fault
    record = record_to_extend(options, base_path(opened.scenario.path, base, library))
    later = _later(opened)
    if later and base.after is not None:
        was = "were" if len(later) > 1 else "was"
        print(
            f"{count(len(later), 'event')} {was} recorded after {base.after.text}, which {options.scenario} did not reckon with:"
        )
        print(f"  {listed(later)}")
        print(f"{options.event} goes behind {later[-1]}, at the end of the record: look whether they agree")
    if code := append(options, record, words):
        return code
    if not options.dry_run:
        replace_text(options.scenario, text, was=opened.scenario.text)
        print(f"{options.scenario} branches after it now")
    return 0


def _later(opened: "Opened") -> list[str]:
    """The recorded events behind the branch point, in the order of the record."""
    after = opened.scenario.base.after if opened.scenario.base is not None else None
    if after is None or opened.ground is None or after.text not in opened.ground.history.names:
        return []
    return [event.id for event in opened.ground.events[opened.ground.history.index(after.text) + 1 :]]


def _event(options: argparse.Namespace, opened: "Opened") -> "tuple[Event, MapNode]":
    """The supposed event and how it is written, with the values of the point that came true.

    Raises:
        Refused: several points are left, or the branch cannot be built.
    """
    from terms.cli.refusal import Refused
    from terms.cli.sweep_points import picked
    from terms.scenarios.points import substituted, variables_in

    points = picked(opened.scenario, opened.points, options.point)
    if len(points) != 1 and any(True for _ in variables_in(opened.scenario.supposed[0].node)):
        raise Refused("the scenario sweeps", (f"say which point came true: --point {points[0].name}",))
    branch = opened.branch(points[0])
    if branch is None or branch.has_errors:
        raise Refused(f"{options.scenario} has errors", (f"`terms test {options.scenario}` shows them",))
    node = substituted(opened.scenario.supposed[0].node, points[0].mapping())
    return branch.ground.history.event(options.event), node
