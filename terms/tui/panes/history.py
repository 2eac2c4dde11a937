"""The list of events in the order of the log, the one looked at marked, only those that pass the filter."""

from bisect import bisect_left
from functools import lru_cache

from terms.tui.desk import Desk
from terms.tui.layout import Rectangle
from terms.tui.lines import Line, Pen, Piece, Style
from terms.core.history import History
from terms.views.timeline import Timeline, TimelineRow, timeline


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame."""
    height, width = area.height - 2, area.width - 4
    places = desk.shown if desk.shown is not None else range(len(desk.history))
    first = first_line(desk, height)
    digits = len(str(len(desk.history)))
    told = told_of(desk.history)
    body = [_line(told.row(place), desk, width, digits, pen) for place in places[first : first + height]]
    if not body:
        body = [pen.line((("no event passes this filter: esc shows all" if desk.filter.spelled else "no events yet", "dim"),), width)]
    title = f"1 History {len(places)}" + (f" of {len(desk.history)}" if desk.shown is not None else "")
    return pen.box(title, f"f: {desk.filter.spelled}" if desk.filter.spelled else "", body, area.width, area.height,
                   focused=desk.focus == "history")  # fmt: skip


def first_line(desk: Desk, height: int) -> int:
    """The list position of the first line shown: the old one as long as the cursor stays in view."""
    places = desk.shown if desk.shown is not None else range(len(desk.history))
    here = bisect_left(places, desk.place) if desk.place >= 0 else 0
    here = min(here, max(len(places) - 1, 0))
    top = desk.list_top
    if here < top or here >= top + height:
        top = here - height // 2
    return max(0, min(top, len(places) - height))


@lru_cache(maxsize=4)
def told_of(history: History) -> Timeline:
    """The list of a history, kept while the reader looks at it."""
    return timeline(history)


def _line(row: TimelineRow, desk: Desk, width: int, digits: int, pen: Pen) -> Line:
    here = row.index == desk.place
    flags = "".join(
        flag
        for flag, on in (
            ("c", row.corrected_by), ("r", row.retracted_by), ("!", row.objections), ("?", row.rivals), ("p", row.private)
        )
        if on
    )  # fmt: skip
    names = desk.history.header.party
    who = ", ".join(names[party].name if party in names else party for party in row.who)
    what = ", ".join(row.terms) or " ".join(row.of)
    style: Style = "cursor" if here else "dim" if row.unused or row.retracted_by else ""
    pieces: list[Piece] = [
        (f"{'>' if here else ' '}{row.index + 1:>{digits}} {pen.fit(row.date, 10)} {row.mark} ", style),
        (f"{pen.fit(who, 13)} {row.kind} {what}", style),
    ]
    if flags:
        return (*pen.line(pieces, width - len(flags) - 1), (f" {flags}", "mark"))
    return pen.line(pieces, width)
