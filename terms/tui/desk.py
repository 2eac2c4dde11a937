"""Where the reader stands: which step, which cell, through which view, with what typed so far.

A desk is immutable; every command makes the next one. It holds no copy of the state: the state is a
look-up in the history by the step, and the rows of the matrix are worked out once for a history.
"""

from bisect import bisect_left
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from terms.core.event import Event
from terms.core.history import History
from terms.core.situation import Situation
from terms.core.talks import CellKey
from terms.tui import matrix
from terms.tui.effects import Effect
from terms.tui.naming import short_names
from terms.tui.parts import (
    PANES,
    Anchor,
    Awaited,
    Filter,
    Lower,
    MenuName,
    Newer,
    Only,
    Overlay,
    PaneName,
    Prompt,
    PromptKind,
    Sought,
    Spot,
)
from terms.tui.whatif import WhatIf
from terms.views.contested import Readings
from terms.views.wording import name_of

__all__ = [
    "PANES",
    "Anchor",
    "Desk",
    "Filter",
    "Lower",
    "MenuName",
    "Newer",
    "Only",
    "Overlay",
    "PaneName",
    "Prompt",
    "PromptKind",
    "Sought",
    "Spot",
    "opened",
    "pointed",
]


class Desk(Struct, frozen=True, dict=True):
    """The reader's place.

    `steps` is how many events have happened; the event looked at is the last of them, none at 0.
    `point` is the cell: (party, term, stage); party empty: the whole term, term empty: the whole party.
    `top`, `left`, `list_top`, `source_top` are the first row, party, event and line shown. `shown` are the
    log places that pass the filter, None: all of them. `a` and `b` are the anchors; `comparing` shows their
    difference, where an anchor not set means: the step before, and here. `speed` is events a second while
        playing, 0: not playing. `folded` are the groups of terms and the stages (`@stage`) drawn as one row.
    `record` is all of what is looked at: on the branch called `branch` all that happens there, `trunk` then being
    the record itself; `path` is the file it was read from, where a scenario could stand on one. `branches` are
    those of this view, `aside` the reader's own in the views of other parties. `kept_to` is the party through whose
    eyes alone this reader may look; None: any. `newer` is a rewritten reading that the reader was not led to. `out`
    is what the program around the desk is to do once.
    """

    record: History
    history: History
    steps: int
    name: str = ""
    point: CellKey | None = None
    top: int = 0
    left: int = 0
    list_top: int = 0
    source_top: int = 0
    focus: PaneName = "positions"
    zoomed: bool = False
    lower: Lower = "event"
    filter: Filter = field(default_factory=Filter)
    shown: tuple[int, ...] | None = None
    only: Only = "all"
    folded: frozenset[str] = frozenset()
    found: str = ""
    prompt: Prompt | None = None
    menu: MenuName | None = None
    menu_row: int = 0
    message: str = ""
    sought: Sought | None = None
    awaited: Awaited | None = None
    jumps: tuple[Spot, ...] = ()
    undone: tuple[Spot, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    a: Anchor | None = None
    b: Anchor | None = None
    comparing: bool = False
    overlay: Overlay | None = None
    branches: tuple[WhatIf, ...] = ()
    aside: tuple[WhatIf, ...] = ()
    kept_to: str | None = None
    branch: str = ""
    trunk: History | None = None
    path: str = ""
    newer: Newer | None = None
    readings: Readings | None = None
    speed: int = 0
    even: bool = True
    follow: bool = False
    theme: str = "colour"
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    hint: bool = False
    out: tuple[Effect, ...] = ()
    width: int = 120
    height: int = 36
    ascii_only: bool = False

    def but(self, **changes: object) -> "Desk":
        """The desk with some things changed."""
        return replace(self, **changes)

    # ---- the step ------------------------------------------------------------------------------

    @property
    def place(self) -> int:
        """The log place of the event looked at; -1 before the first."""
        return self.steps - 1

    @property
    def event(self) -> Event | None:
        """The event looked at; None before the first."""
        return self.history.events[self.place] if self.steps else None

    @property
    def here(self) -> str:
        """The id of the event looked at; empty before the first."""
        return self.history.events[self.place].id if self.steps else ""

    @property
    def spot(self) -> Spot:
        """What a way back leads back to."""
        return Spot(self.here, self.point, self.focus, self.lower)

    @property
    def at(self) -> Situation:
        """The situation after the event looked at, at its date."""
        return matrix.at(self.history, self.steps)

    @property
    def places(self) -> "tuple[int, ...] | range":
        """The log places of the events in the list."""
        return self.shown if self.shown is not None else range(len(self.history))

    @property
    def line(self) -> int:
        """The place in the list of the event looked at, or of the next one that is in it; 0 in an empty list."""
        return min(bisect_left(self.places, max(self.place, 0)), max(len(self.places) - 1, 0))

    # ---- branches ------------------------------------------------------------------------------

    @property
    def nameable(self) -> History:
        """What the reader can name: all of the record; through the eyes of a party what that party sees."""
        return self.record if self.history.view.party is None else self.history

    @property
    def root(self) -> History:
        """The record itself, on whatever branch the reader stands."""
        return self.trunk or self.record

    @property
    def on(self) -> WhatIf | None:
        """The branch that the reader stands on; None: the record itself."""
        return next((one for one in self.branches if one.name == self.branch), None) if self.branch else None

    @property
    def opposite(self) -> int:
        """How many steps of what is laid over belong to the step looked at; 0 with nothing laid over."""
        return matrix.opposite(self.history, self.steps, self.overlay) if self.overlay is not None else 0

    @property
    def starred(self) -> frozenset[CellKey]:
        """The cells that differ in what is laid over, at the same event."""
        if self.overlay is None:
            return frozenset()
        return matrix.differing(self.history, self.steps, self.overlay.history, self.opposite)

    # ---- comparing -----------------------------------------------------------------------------

    @property
    def old(self) -> Anchor:
        """What is compared with: anchor A, else the step before."""
        return self.a or Anchor(self.history, max(self.steps - 1, 0), "the step before")

    @property
    def new(self) -> Anchor:
        """What is compared: anchor B, else the step looked at."""
        return self.b or Anchor(self.history, self.steps, "here")

    @cached_property
    def differing(self) -> frozenset[CellKey]:
        """The cells marked as changed: between the anchors while comparing, else by the step."""
        if not self.comparing:
            return matrix.changed(self.history, self.steps)
        return matrix.differing(self.old.history, self.old.steps, self.new.history, self.new.steps)

    # ---- the matrix ----------------------------------------------------------------------------

    @property
    def parties(self) -> tuple[str, ...]:
        """The columns."""
        return matrix.parties_of(self.history)

    @cached_property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The rows, (term, stage): all that anybody ever raises, less those that a filter or `only` hides."""
        rows = matrix.rows_of(self.history)
        wanted = self.filter
        if wanted.term:
            rows = tuple(row for row in rows if row[0].startswith(wanted.term))
        if wanted.stage:
            rows = tuple(row for row in rows if row[1] == wanted.stage)
        if wanted.status:
            rows = tuple(
                row
                for row in rows
                if matrix.headline(self.history, self.steps, *row).startswith(wanted.status.replace("_", " "))
            )
        if self.only == "agreed":
            rows = tuple(row for row in rows if matrix.is_agreed(self.history, self.steps, *row))
        if self.only == "changed":
            touched = {key[1:] for key in self.differing}
            rows = tuple(row for row in rows if row in touched)
        if self.only == "differing":
            touched = {key[1:] for key in self.starred}
            rows = tuple(row for row in rows if row in touched)
        if self.only == "contested":
            touched = {key[1:] for key in self.contested(rows)}
            rows = tuple(row for row in rows if row in touched)
        return tuple(row for row in rows if self.members(row)[:1] == (row,)) if self.folded else rows

    def fold_of(self, row: tuple[str, str]) -> str | None:
        """The fold that a row is drawn in; None: it stands by itself."""
        names = (f"@{row[1]}", row[0].partition(".")[0])
        return next((name for name in names if name in self.folded), None)

    def members(self, row: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """The rows drawn in the row of this one: all of its fold, the first of them its head; else itself."""
        fold = self.fold_of(row)
        if fold is None:
            return (row,)
        return tuple(one for one in matrix.rows_of(self.history) if self.fold_of(one) == fold)

    def name_of(self, party: str) -> str:
        """The name of a party; its id where the name could not be drawn."""
        name = name_of(self.history.header, party)
        return name if name.isascii() or not self.ascii_only else party

    def short_name(self, party: str, room: int) -> str:
        """The name of a party where there are `room` cells for it; its id where the names of two would look alike."""
        return short_names(self.history, room, ascii_only=self.ascii_only).get(party) or self.name_of(party)

    def contested(self, rows: tuple[tuple[str, str], ...]) -> frozenset[CellKey]:
        """The cells of these rows that a rival account would change; none while the readings are not made."""
        if self.readings is None or self.readings.history is not self.history:
            return frozenset()
        return matrix.contested(self.readings, self.steps, rows, self.parties)

    @cached_property
    def row(self) -> int:
        """The row of the cell; -1 on the heads of the columns; the next row shown when its own is hidden."""
        if self.point is None:
            return 0 if self.rows else -1
        if not self.point[1]:
            return -1
        place = self.row_places.get(self.point[1:])
        if place is None:
            order = matrix.row_places(self.history)
            wanted = order.get(self.members(self.point[1:])[0], 0)
            place = next((i for i, row in enumerate(self.rows) if order[row] >= wanted), len(self.rows) - 1)
        return place

    @cached_property
    def row_places(self) -> dict[tuple[str, str], int]:
        whole = matrix.rows_of(self.history)
        return (
            matrix.row_places(self.history)
            if self.rows is whole
            else {row: i for i, row in enumerate(self.rows)}
        )

    @property
    def column(self) -> int:
        """The column of the cell; -1 on the names of the terms."""
        if self.point is None:
            return 0
        return self.parties.index(self.point[0]) if self.point[0] in self.parties else -1

    @property
    def cell(self) -> CellKey | None:
        """What is under the cursor, as `point` has it; None when there is nothing to point at."""
        if not self.parties or (self.row < 0 and (self.point is None or self.column < 0)):
            return None
        term, stage = self.rows[self.row] if self.row >= 0 else ("", "")
        return (self.parties[self.column] if self.column >= 0 else ""), term, stage


def opened(
    history: History,
    *,
    name: str,
    width: int = 120,
    height: int = 36,
    ascii_only: bool = False,
    record: History | None = None,
) -> Desk:
    """The desk at the end of a history, the cell on what its last event changed.

    `record` is the whole record that `esc` leads back to when `history` is a view of it; None: `history`.
    """
    desk = Desk(
        record or history, history, len(history), name, width=width, height=height, ascii_only=ascii_only
    )
    return pointed(desk)


def pointed(desk: Desk) -> Desk:
    """The desk with the cursor on the first cell that its step changed, where it changed any in a row shown.

    A cursor that already is on a changed cell stays.
    """
    touched = matrix.changed(desk.history, desk.steps)
    if not touched or desk.point in touched:
        return desk
    order = {party: place for place, party in enumerate(desk.parties)}
    places = desk.row_places
    found = sorted(
        (places[key[1:]], order[key[0]], key) for key in touched if key[1:] in places and key[0] in order
    )
    return desk.but(point=found[0][2]) if found else desk
