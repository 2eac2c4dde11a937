"""What is in view: each pane keeps its first line as long as the cursor stays inside, so that a step moves little."""

from terms.tui import layout
from terms.tui.desk import Desk
from terms.tui.panes import history, positions, source


def settled(desk: Desk) -> Desk:
    """The desk with the first lines of its panes where they belong for this cursor and this size."""
    if layout.too_small(desk):
        return desk
    placed = layout.panes(desk)
    changes: dict[str, int] = {}
    if (area := placed.get("history")) is not None:
        changes["list_top"] = history.first_line(desk, area)
    if (area := placed.get("positions")) is not None:
        changes["top"] = positions.first_row(desk, area)
        changes["left"] = positions.first_party(desk, area)
    if (area := placed.get("source")) is not None and desk.source_top:
        changes["source_top"] = source.first_line(desk, area)
    moved = {name: value for name, value in changes.items() if getattr(desk, name) != value}
    return desk.but(**moved) if moved else desk


def more_below(desk: Desk) -> bool:
    """Whether the lower pane has lines that are not shown yet."""
    if layout.too_small(desk) or (area := layout.panes(desk).get("source")) is None:
        return False
    return source.first_line(desk.but(source_top=desk.source_top + 1), area) > desk.source_top
