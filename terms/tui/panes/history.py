"""The list of events in the order of the log, the one looked at marked, only those that pass the filter."""

from collections.abc import Sequence
from functools import lru_cache

from terms.core.history import History
from terms.tui.desk import Desk
from terms.tui.layout import Rectangle, first_shown
from terms.tui.lines import Line, Pen, Piece, Style
from terms.views.signs import mark_of
from terms.views.timeline import Timeline, TimelineRow, timeline

FLAGS = "c corrected  r retracted  ! objection  ? rival accounts  p not public  - not in use  ADD EDIT SKIP on a branch"
"""What stands at the end of a line of the list."""


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame."""
    width, height = area.inner
    first = first_line(desk, area)
    told = told_of(desk.history)
    body = [
        _line(told, place, desk, width, pen) if place >= 0 else _skipped(desk, ~place, width, pen)
        for place in listed(desk)[first : first + height]
    ]
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
    return first_shown(desk.list_top, line_of(desk), area.inner[1], len(listed(desk)))


def line_of(desk: Desk) -> int:
    """The place in the list of the event looked at, behind what a branch skips before it."""
    behind = _skipped_by(desk)
    return max(0, desk.place + sum(1 for steps in behind if steps <= desk.place)) if behind else desk.line


def listed(desk: Desk) -> Sequence[int]:
    """What each line of the list shows: a log place or, as `~N`, the Nth of the events that a branch skips."""
    behind = _skipped_by(desk)
    return _with_skipped(desk.history, behind) if behind else desk.places


def _skipped_by(desk: Desk) -> tuple[int, ...]:
    """For each event that the branch shown skips the steps before it; none where the list has no lines for them."""
    one = desk.on
    if one is None or not one.skipped or desk.shown is not None or desk.history is not one.history:
        return ()
    return tuple(steps for steps, _ in one.skipped)


@lru_cache(maxsize=4)
def _with_skipped(history: History, steps: tuple[int, ...]) -> tuple[int, ...]:
    behind: dict[int, list[int]] = {}
    for number, place in enumerate(steps):
        behind.setdefault(place, []).append(~number)
    kept = (row for place in range(len(history)) for row in (place, *behind.get(place + 1, ())))
    return (*behind.get(0, ()), *kept)


def who_room(width: int) -> int:
    """The cells that those who act take of a line."""
    return 11 if width < 50 else 20


def _skipped(desk: Desk, number: int, width: int, pen: Pen) -> Line:
    """An event of the base that does not happen on the branch: told, and not to be stood on."""
    one = desk.on
    assert one is not None
    event = one.skipped[number][1]
    digits = len(f"{len(desk.history):,}")
    names = ",".join(desk.short_name(party, who_room(width)) for party in event.by)
    date, who = event.date.text.partition("T")[0], pen.fit(names, who_room(width))
    said = f" {'':>{digits}} {pen.fit(date, 11)} {mark_of(event.kind)} {who} {event.kind} {event.id}"
    return (*pen.line(((said, "dim"),), width - 5), (" SKIP", "mark"))


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
    names = ",".join(desk.short_name(party, who_room(width)) for party in row.who)
    what = ", ".join(row.terms) or " ".join(row.of)
    style: Style = "cursor" if here else "dim" if row.unused or row.retracted_by else ""
    digits = len(f"{len(desk.history):,}")
    pieces: list[Piece] = [
        (
            f"{'>' if here else _anchor(desk, row.id)}{place + 1:>{digits},} {pen.fit(row.date.partition('T')[0], 11)} {row.mark} ",
            style,
        ),
        (f"{pen.fit(names, who_room(width))} {row.kind} {what}", style),
    ]
    flags = " ".join(filter(None, (_flags(row), desk.on.flag(row.id) if desk.on is not None else "")))
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
