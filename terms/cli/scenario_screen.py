"""A scenario as the screen takes it: its base, and every point of its sweep as a branch laid over that base.

walk.scenario.yaml            at the first point of its sweep      walk.scenario.yaml@count=20   at that point

Through the eyes of a party it stands on what that party may be handed of the record, as it does in `terms run`.
"""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from terms.cli.handing import library_for
from terms.cli.naming import view_of
from terms.cli.opening import is_path, known_header
from terms.cli.recalling import Recalling
from terms.cli.refusal import Refused
from terms.cli.screened import Screened, changed_since, name_of
from terms.cli.shipped import scenario_path
from terms.cli.sides import SUFFIX
from terms.cli.stored import is_stored
from terms.core.history import History
from terms.core.lens import View
from terms.ground.diagnostics import Severity
from terms.scenarios.grounds import Library
from terms.scenarios.opening import Opened, base_path, file_library, open_scenario

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

    read = Recalling()
    whole = _Files(path, file_library(read, read.tree))
    files = whole.seen_by(options.seen_by)
    read.keep()
    opened = files.opened
    seen = "" if options.seen_by is None else f" --seen-by {options.seen_by}"
    help_ = (f"`terms test {path}{seen}` shows what is wrong",)
    if opened.ground is None or opened.has_errors:
        errors = [one.message for one in opened.faults if one.severity is Severity.ERROR]
        raise Refused(f"{path} cannot be run as it is written: {'; '.join(errors[:1])}", help_)
    asked = [*(options.point or ()), *([point] if point else [])]
    points = picked(opened.scenario, opened.points, asked)
    if not points:
        raise Refused(f"{path} has no point {', '.join(asked)}")
    made = files.made(points[0])
    if isinstance(made, str):
        raise Refused(made, help_)
    listed = [*opened.points[:MOST_LISTED]]
    listed += [points[0]] if points[0] not in listed else []
    first = files.branch(points[0])
    branches = [replace(first, made=made) if one == points[0] else files.branch(one) for one in listed]
    root = whole.standing(options.seen_by).root
    view = view_of(options, known_header(options, root.header, root.through))
    return Screened(
        root,
        root if view == View() else History(root.header, root.record, view),
        name_of(files.record),
        over(),
        reader=partial(_reader, whole, options.seen_by),
        branches=(*(below.branch(at) for below, at in files.chain()), *branches),
        branch=first.name,
        path=files.record if not files.is_filtered else "",
    )


class _Files:
    """The scenario as it stands in its files now, and the one it stands on, if any; opened again when they change.

    `party` is the one that may be handed what it stands on; None: it stands on all that is recorded.
    """

    def __init__(self, path: str, library: Library, party: str | None = None) -> None:
        self.path, self.library, self.party = path, library, party
        self.others: dict[str | None, _Files] = {}
        self.opened: Opened = open_scenario(path, library_for(party, library))
        base = self.opened.scenario.base
        self.base_path = base_path(path, base, library) if base is not None else ""
        self.below = (
            _Files(self.base_path, library, party)
            if base is not None and base.is_scenario and self._stands
            else None
        )

    def seen_by(self, party: str | None) -> "_Files":
        """The same as a party could run it; None: on all that is recorded.

        Raises:
            Refused: the record declares no such party.
        """
        if party == self.party:
            return self
        if party not in self.others:
            self.others[party] = _Files(self.path, self.library, party)
        return self.others[party]

    def standing(self, party: str | None) -> "_Files":
        """Itself, or as a party could run it where only that stands on anything."""
        return self if self._stands else self.seen_by(party)

    @property
    def _stands(self) -> bool:
        return self.opened.ground is not None

    @property
    def root(self) -> History:
        """All that the record tells from which the chain of scenarios begins."""
        if self.below is not None:
            return self.below.root
        assert self.opened.ground is not None
        return self.opened.ground.history

    @property
    def record(self) -> str:
        """The path of that record."""
        return self.below.record if self.below is not None else self.base_path

    @property
    def is_filtered(self) -> bool:
        """Whether only what some sources tell of the record counts, which is no file of its own."""
        base = self.opened.scenario.base
        return (base is not None and bool(base.only)) or (self.below is not None and self.below.is_filtered)

    def chain(self) -> "list[tuple[_Files, Point]]":
        """What it stands on, down to the record, each at its point, the lowest first."""
        if self.below is None:
            return []
        return [*self.below.chain(), (self.below, self._point_below())]

    def _point_below(self) -> "Point":
        assert self.below is not None
        base = self.opened.scenario.base
        wanted = {name.text: value.text for name, value in base.point} if base is not None else {}
        return next(one for one in self.below.opened.points if wanted.items() <= one.mapping().items())

    def branch(self, point: "Point") -> "WhatIf":
        """One point as a branch that is not replayed yet."""
        from terms.tui.whatif import WhatIf

        of = self.below.name(self._point_below()) if self.below is not None else ""
        return WhatIf(
            self.name(point),
            of,
            make=partial(self.made_for, point),
            file=self.path,
            point=point.values,
            party=self.party,
        )

    def name(self, point: "Point") -> str:
        """What the branch at a point is called: the name of the file and the values."""
        stem = Path(self.path).name.removesuffix(SUFFIX)
        return f"{stem} {point.name}" if point.name else stem

    def made_for(self, point: "Point", party: str | None) -> "Replayed | str":
        """What comes of it at one point as a party could run it, or why nothing does."""
        return self.seen_by(party).made(point)

    def made(self, point: "Point") -> "Replayed | str":
        """What comes of it at one point, or why nothing does."""
        from terms.scenarios.supposing import shown

        branch = self.opened.branch(point) if point in self.opened.points else None
        faults = branch.diagnostics if branch is not None else self.opened.faults
        wrong = [one.message for one in faults if one.severity is Severity.ERROR]
        if branch is None or wrong:
            return f"{self.path} cannot be run as it is written" + "".join(f": {one}" for one in wrong[:1])
        return shown(branch)

    def again(self, party: str | None) -> bool:
        """Open all of them again; whether they could be, as a party could run them."""
        fresh = _Files(self.path, file_library(Recalling()), self.party)
        if fresh.seen_by(party).opened.has_errors:
            return False
        self.opened, self.base_path, self.below = fresh.opened, fresh.base_path, fresh.below
        self.library, self.others = fresh.library, fresh.others
        return True


def _reader(files: _Files, party: str | None) -> Callable[[], History | None]:
    """Reads the scenario and its base again where any of their files has changed since the last look."""
    changed = changed_since(tuple(files.opened.texts))

    def reread() -> History | None:
        return files.standing(party).root if changed() and files.again(party) else None

    return reread
