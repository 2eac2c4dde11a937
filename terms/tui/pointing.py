"""The mouse, for those who like one: a click on a line, a cell, a head, a tab or the strip; the wheel."""

from terms.tui import layout
from terms.tui.desk import Desk, PaneName
from terms.tui.layout import Rectangle
from terms.tui.moving import scroll
from terms.tui.panes import history, positions, strip
from terms.tui.scrolling import settled
from terms.tui.stepping import by_event, to_step

STRIP_ROW = 1


def clicked(desk: Desk, x: int, y: int) -> Desk:
    """The desk after a click: the pane under it gets the focus and the thing under it the cursor."""
    if desk.menu is not None or layout.too_small(desk):
        return desk
    if y == STRIP_ROW:
        return dragged(desk, x, jump=True)
    found = _under(desk, x, y)
    if found is None:
        return desk
    name, area = found
    made = desk.but(focus=name, message="")
    reached = {"history": _in_list, "positions": _in_matrix}.get(name)
    return settled(reached(made, area, x, y - area.y - 1) if reached is not None else made)


def dragged(desk: Desk, x: int, *, jump: bool = False) -> Desk:
    """The desk at the step that a place on the strip stands for."""
    steps = strip.steps_at(x - 2, len(desk.history), desk.width - 4)
    return settled(to_step(desk.but(message=""), steps, jump=jump))


def wheeled(desk: Desk, x: int, y: int, way: int, *, step: bool = False) -> Desk:
    """The wheel scrolls the pane under it by three lines, steps on the strip and with shift."""
    if desk.menu is not None or layout.too_small(desk):
        return desk
    found = _under(desk, x, y)
    if step or found is None or found[0] == "history":
        return settled(by_event(desk.but(message=""), way))
    if found[0] == "source":
        return settled(scroll(desk, 3 * way))
    made = desk.but(top=max(0, desk.top + 3 * way))
    row = max(made.top, min(desk.row, made.top + found[1].inner[1] - 2))
    row = min(row, len(desk.rows) - 1)
    return settled(made.but(point=_point(desk, row, max(desk.column, 0)))) if row >= 0 else desk


def _under(desk: Desk, x: int, y: int) -> tuple[PaneName, Rectangle] | None:
    return next(((name, area) for name, area in layout.panes(desk).items() if area.holds(x, y)), None)


def _in_list(desk: Desk, area: Rectangle, x: int, line: int) -> Desk:
    place = history.first_line(desk, area) + line
    places = history.listed(desk)
    inside = 0 <= line < area.inner[1] and place < len(places) and places[place] >= 0
    return to_step(desk, places[place] + 1, jump=True) if inside else desk


def _in_matrix(desk: Desk, area: Rectangle, x: int, line: int) -> Desk:
    width, height = area.inner
    row = positions.first_row(desk, area) + line - 1 if line else -1
    if not 0 <= line < height or row >= len(desk.rows) or not desk.parties:
        return desk
    widths = positions.columns(desk, width)
    across = x - area.x - 2 - widths.term
    if across < 0:
        return desk.but(point=("", *desk.rows[row])) if row >= 0 else desk
    column = positions.first_party(desk, area) + min(across // widths.party, widths.parties - 1)
    return desk.but(point=_point(desk, row, min(column, len(desk.parties) - 1)), source_top=0)


def _point(desk: Desk, row: int, column: int) -> tuple[str, str, str]:
    term, stage = desk.rows[row] if row >= 0 else ("", "")
    return desk.parties[column], term, stage
