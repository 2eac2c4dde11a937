"""Within the screen: which pane, which cell, which line; none of it changes the step, but for the list."""

from itertools import islice

from terms.tui import matrix
from terms.tui.desk import PANES, Desk, Only, PaneName
from terms.tui.scrolling import more_below
from terms.tui.stepping import by_event, by_page


def vertical(desk: Desk, way: int) -> Desk:
    """One up or down in the pane that has the focus."""
    if desk.focus == "history":
        return by_event(desk, way)
    if desk.focus == "source":
        return scroll(desk, way)
    return to_row(desk, desk.row + way)


def to_row(desk: Desk, row: int) -> Desk:
    """The cursor in a row, -1 being the heads of the columns; the column stays."""
    row = max(-1, min(row, len(desk.rows) - 1))
    party = desk.parties[desk.column] if desk.column >= 0 and desk.parties else ""
    if row < 0 and not party:
        party = desk.parties[0] if desk.parties else ""
    term, stage = desk.rows[row] if row >= 0 else ("", "")
    return desk.but(point=(party, term, stage), source_top=0)


def horizontal(desk: Desk, way: int) -> Desk:
    """One cell left or right; -1 is the name of the term. In the other panes: an event back or on."""
    if desk.focus != "positions":
        return by_event(desk, way)
    return to_column(desk, desk.column + way)


def to_column(desk: Desk, column: int) -> Desk:
    """The cursor in a column, -1 being the names of the terms; the row stays."""
    column = max(-1 if desk.row >= 0 else 0, min(column, len(desk.parties) - 1))
    term, stage = desk.rows[desk.row] if desk.row >= 0 else ("", "")
    return desk.but(point=(desk.parties[column] if column >= 0 else "", term, stage), source_top=0)


def page(desk: Desk, way: int) -> Desk:
    """Half a screen up or down in the pane that has the focus."""
    far = way * max(1, desk.height // 2)
    if desk.focus == "history":
        return by_page(desk, way)
    return scroll(desk, far) if desk.focus == "source" else to_row(desk, desk.row + far)


def scroll(desk: Desk, way: int) -> Desk:
    """The lower pane so many lines on; how far it can go is settled where its lines are known."""
    return desk.but(source_top=max(0, desk.source_top + way))


def focus(desk: Desk, way: int) -> Desk:
    """The next pane."""
    return desk.but(focus=PANES[(PANES.index(desk.focus) + way) % len(PANES)])


def to_pane(desk: Desk, name: PaneName) -> Desk:
    """One pane by its name."""
    return desk.but(focus=name, zoomed=False)


def only(desk: Desk, which: Only) -> Desk:
    """Only some rows of the matrix, or all again."""
    wanted: Only = "all" if desk.only == which else which
    made = desk.but(only=wanted, top=0)
    apart = _nearly_agreed(desk) if wanted == "agreed" else ""
    if wanted == "all" or made.rows:
        return made.but(message=apart) if apart else made
    because = {"agreed": ": nothing is agreed here", "changed": ": no position changed"}.get(which, "")
    return desk.but(message=f"no row would be left{because}{f'; {apart}' if apart else ''}")


def _nearly_agreed(desk: Desk) -> str:
    """What is agreed in principle, or inside a package that is not, in words; empty: nothing is."""
    every = matrix.rows_of(desk.history)
    names = [row[0] for row in every if matrix.is_nearly_agreed(desk.history, desk.steps, *row)]
    return f"not counted, agreed in principle or in an open package: {', '.join(names)}" if names else ""


def some_line(desk: Desk, way: int) -> bool:
    """Whether there is anything above or below in the pane that has the focus."""
    if desk.focus == "history":
        return desk.steps < len(desk.history) if way > 0 else desk.steps > 0
    if desk.focus == "source":
        return more_below(desk) if way > 0 else desk.source_top > 0
    return (desk.row < len(desk.rows) - 1) if way > 0 else desk.row > (-1 if desk.parties else 0)


def some_column(desk: Desk, way: int) -> bool:
    """Whether there is anything at the left or right in the pane that has the focus."""
    if desk.focus != "positions":
        return desk.steps < len(desk.history) if way > 0 else desk.steps > 0
    return bool(desk.parties) and (
        desk.column < len(desk.parties) - 1 if way > 0 else desk.column > (-1 if desk.row >= 0 else 0)
    )


def fold(desk: Desk, name: str) -> Desk:
    """A group of terms (`roads`) or a stage (`@truce`) drawn as one row, or row by row again."""
    folded = desk.folded - {name} if name in desk.folded else desk.folded | {name}
    return desk.but(folded=folded, top=0)


def group_here(desk: Desk) -> str:
    """The group of the row under the cursor; empty where it is alone in it, or there is no row."""
    if desk.cell is None or not desk.cell[1]:
        return ""
    name = desk.cell[1].partition(".")[0]
    alike = (row for row in matrix.rows_of(desk.history) if row[0].partition(".")[0] == name)
    return name if name in desk.folded or len(tuple(islice(alike, 2))) > 1 else ""


def stage_here(desk: Desk) -> str:
    """The stage of the row under the cursor, as a fold is called; empty where it is alone in it or has none."""
    if desk.cell is None or not desk.cell[1] or not desk.cell[2]:
        return ""
    name = f"@{desk.cell[2]}"
    alike = (row for row in matrix.rows_of(desk.history) if row[1] == desk.cell[2])
    return name if name in desk.folded or len(tuple(islice(alike, 2))) > 1 else ""
