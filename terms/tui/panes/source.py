"""The lower pane: what the event looked at says and on whose word; or how a cell came to be; or who waits for whom."""

from terms.tui.desk import Desk
from terms.tui.layout import LOW, Rectangle, is_wide
from terms.tui.lines import Line, Pen
from terms.tui.panes import event, orders, why
from terms.tui.panes.event import Row

HINT: tuple[Row, ...] = (
    (
        ", steps back and . on, g goes to the first event; the matrix shows who stands where after each.",
        "strong",
    ),
    ("< and > follow the cell in {braces} from change to change; arrows move it.", ""),
    ("enter tells why the cell is so; A shows what is agreed, : goes to a date.", ""),
    ("/ finds words; a sets an anchor, d shows all that differs from it.", ""),
    ("w asks what if: skip, edit or add an event. ? lists all keys. This hint is shown once.", ""),
)
"""Five lines for a first visit."""


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame, from the line scrolled to."""
    width, height = area.inner
    wrapped = _wrapped(desk, width, pen)
    top = min(desk.source_top, max(0, len(wrapped) - height))
    body = [pen.line(((text, style),), width) for text, style in wrapped[top : top + height]]
    more = len(wrapped) - top - height
    return pen.box(_title(desk), (f"{more} more line{'s' if more > 1 else ''}: J" if more > 0 else ""), body, area.width, area.height,
                   focused=desk.focus == "source")  # fmt: skip


def first_line(desk: Desk, area: Rectangle) -> int:
    """The first line shown, no further than the last line allows."""
    width, height = area.inner
    count = len(_wrapped(desk, width, Pen(ascii_only=desk.ascii_only)))
    return max(0, min(desk.source_top, count - height))


def _title(desk: Desk) -> str:
    names = {"event": "3 Source", "why": "3 Why", "orders": "4 Waiting"}
    title = names[desk.lower]
    others = (
        ""
        if is_wide(desk) or desk.height < LOW
        else "  [4 Waiting]"
        if desk.lower != "orders"
        else "  [3 Source]"
    )
    return title + others


def _wrapped(desk: Desk, width: int, pen: Pen) -> list[Row]:
    return [(text, style) for row, style in _rows(desk) for text in pen.wrap(row, width)]


def _rows(desk: Desk) -> list[Row]:
    if desk.hint:
        return [*HINT]
    if desk.lower == "orders":
        return orders.rows(desk)
    if desk.lower == "why" and desk.cell is not None:
        return why.rows(desk)
    return [*why.difference(desk), *event.rows(desk)] if desk.comparing else event.rows(desk)
