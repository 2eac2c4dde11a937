"""A scenario as the screen takes it: its base, and every point of its sweep as a branch laid over that base.

walk.scenario.yaml            at the first point of its sweep      walk.scenario.yaml@count=20   at that point
"""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from terms.cli.opening import is_path, view_of
from terms.cli.refusal import Refused
from terms.cli.screen import Screened, changed_since, name_of
from terms.cli.shipped import scenario_path
from terms.cli.sides import SUFFIX
from terms.cli.stored import is_stored
from terms.core.history import History
from terms.core.lens import View
from terms.ground.diagnostics import Severity
from terms.scenarios.grounds import beside
from terms.scenarios.opening import Opened, open_scenario

if TYPE_CHECKING:
    from terms.scenarios.points import Point
    from terms.scenarios.supposing import Replayed
    from terms.tui.desk import Overlay
    from terms.tui.whatif import WhatIf

MOST_LISTED = 200
"""Points of a sweep that are listed as branches; the one asked for is always among them."""


def scenario_named(name: str | None) -> tuple[str, str] | None:
    """The path of a scenario and the point behind its `@`, where a name means one; None: it means a record."""
    if name is None or is_stored(name):
        return None
    path, at, point = name.rpartition("@") if "@" in name and not Path(name).exists() else (name, "", "")
    found = path if path.endswith(SUFFIX) or is_path(path) else scenario_path(path)
    found = found if Path(found).exists() or not found.endswith(SUFFIX) else scenario_path(found)
    return (found, point if at else "") if found.endswith(SUFFIX) else None


def scenario_screened(
    options: argparse.Namespace, path: str, point: str, over: "Callable[[], Overlay | None]"
) -> Screened:
    """What the screen shows of a scenario.

    Raises:
        Refused: it cannot be read or run, or names a point that it does not have.
    """
    from terms.cli.sweep_points import picked

    files = _Files(path)
    opened = files.opened
    if opened.ground is None or opened.has_errors:
        errors = [one.message for one in opened.faults if one.severity is Severity.ERROR]
        raise Refused(
            f"{path} cannot be run as it is written: {'; '.join(errors[:1])}",
            (f"`terms test {path}` shows what is wrong",),
        )
    asked = [*(options.point or ()), *([point] if point else [])]
    points = picked(opened.scenario, opened.points, asked)
    if not points:
        raise Refused(f"{path} has no point {', '.join(asked)}")
    first = files.branch(points[0])
    made = files.made(points[0])
    if isinstance(made, str):
        raise Refused(made, (f"`terms test {path}` shows what is wrong",))
    others = [files.branch(one) for one in opened.points[:MOST_LISTED]]
    first = type(first)(first.name, "", (), made, first.make, first.file, first.point)
    listed = [first if one.name == first.name else one for one in others]
    root = opened.ground.history
    view = view_of(options, root.header)
    seen = root if view == View() else History(root.header, root.record, view)
    base = opened.scenario.base
    below = beside(path, base.path.text) if base is not None else ""
    return Screened(
        root,
        seen,
        name_of(below),
        over(),
        reader=partial(_reader, files),
        branches=tuple(listed if first in listed else [first, *listed]),
        branch=first.name,
        path=below if base is not None and not base.point and not base.only else "",
    )


class _Files:
    """The scenario as it stands in its files now; opened again when they change."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.opened: Opened = open_scenario(path)

    def branch(self, point: "Point") -> "WhatIf":
        """One point as a branch that is not replayed yet."""
        from terms.tui.whatif import WhatIf

        stem = Path(self.path).name.removesuffix(SUFFIX)
        name = f"{stem} {point.name}" if point.name else stem
        return WhatIf(name, make=partial(self.made, point), file=self.path, point=point.values)

    def made(self, point: "Point") -> "Replayed | str":
        """What comes of it at one point, or why nothing does."""
        from terms.scenarios.supposing import shown

        branch = self.opened.branch(point) if point in self.opened.points else None
        faults = branch.diagnostics if branch is not None else self.opened.faults
        wrong = [one.message for one in faults if one.severity is Severity.ERROR]
        if branch is None or wrong:
            return f"{self.path} cannot be run as it is written" + "".join(f": {one}" for one in wrong[:1])
        return shown(branch)


def _reader(files: _Files) -> Callable[[], History | None]:
    """Reads the scenario and its base again where any of their files has changed since the last look."""
    changed = changed_since(tuple(files.opened.texts))

    def reread() -> History | None:
        if not changed():
            return None
        fresh = open_scenario(files.path)
        if fresh.ground is None or fresh.has_errors:
            return None
        files.opened = fresh
        return fresh.ground.history

    return reread
