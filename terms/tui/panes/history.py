"""The list of events in the order of the log, the one looked at marked, only those that pass the filter."""

from functools import lru_cache

from terms.core.history import History
from terms.tui.desk import Desk
from terms.tui.layout import Rectangle, first_shown
from terms.tui.lines import Line, Pen, Piece, Style
from terms.views.timeline import Timeline, TimelineRow, timeline

FLAGS = "c corrected  r retracted  ! objection  ? rival accounts  p not public  - not in use"
"""What stands at the end of a line of the list."""


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame."""
    width, height = area.inner
    first = first_line(desk, area)
    told = told_of(desk.history)
    body = [_line(told, place, desk, width, pen) for place in desk.places[first : first + height]]
    if not body:
        body = [
            pen.line(
                (("no event passes the filter" if desk.filter.spelled else "no events yet", "dim"),), width
            )
        ]
    count = len(desk.places)
    title = f"1 History {count:,}" + (f" of {len(desk.history):,}" if desk.shown is not None else "")
    filtered = f"f {desk.filter.spelled}" if desk.filter.spelled else ""
    return pen.box(title, filtered, body, area.width, area.height, focused=desk.focus == "history")


def first_line(desk: Desk, area: Rectangle) -> int:
    """The place in the list of the first line shown."""
    return first_shown(desk.list_top, desk.line, area.inner[1], len(desk.places))


@lru_cache(maxsize=4)
def told_of(history: History) -> Timeline:
    """The list of a history, kept while the reader looks at it."""
    return timeline(history)


@lru_cache(maxsize=2048)
def _row(told: Timeline, place: int) -> TimelineRow:
    return told.row(place)


def _line(told: Timeline, place: int, desk: Desk, width: int, pen: Pen) -> Line:
    row = _row(told, place)
    here = place == desk.place
    names = ",".join(desk.name_of(party) for party in row.who)
    what = ", ".join(row.terms) or " ".join(row.of)
    style: Style = "cursor" if here else "dim" if row.unused or row.retracted_by else ""
    digits = len(f"{len(desk.history):,}")
    who_room = 11 if width < 50 else 20
    pieces: list[Piece] = [
        (
            f"{'>' if here else _anchor(desk, row.id)}{place + 1:>{digits},} {pen.fit(row.date.partition('T')[0], 11)} {row.mark} ",
            style,
        ),
        (f"{pen.fit(names, who_room)} {row.kind} {what}", style),
    ]
    flags = _flags(row)
    if not flags:
        return pen.line(pieces, width)
    return (*pen.line(pieces, width - len(flags) - 1), (f" {flags}", style or "mark"))


def _anchor(desk: Desk, event: str) -> str:
    """The letter of an anchor or mark at an event; a space where there is none."""
    for letter, anchor in (("A", desk.a), ("B", desk.b)):
        if anchor is not None and anchor.event == event:
            return letter
    return next((letter for letter, marked in desk.marks if marked == event), " ")


def _flags(row: TimelineRow) -> str:
    """What is to be known of an event besides, a character each."""
    told = (
        ("c", row.corrected_by),
        ("r", row.retracted_by),
        ("!", row.objections),
        ("?", row.rivals),
        ("p", row.private),
        ("-", row.unused and not row.retracted_by),
    )
    return "".join(flag for flag, on in told if on)
