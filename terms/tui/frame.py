"""The whole screen as lines: what `terms frame` prints, what golden files hold, what the terminal shows."""

from terms.tui.commands import hints
from terms.tui.desk import Desk
from terms.tui.layout import SMALLEST, Rectangle, panes, too_small
from terms.tui.lines import Line, Pen, text_of
from terms.tui.panes import guide, history, positions, source, strip
from terms.views.sentence import sentence

DRAWN = {"history": history.lines, "positions": positions.lines, "source": source.lines}


def frame(desk: Desk) -> tuple[Line, ...]:
    """Exactly `desk.height` lines of exactly `desk.width` cells."""
    pen = Pen(ascii_only=desk.ascii_only)
    if too_small(desk):
        return _too_small(desk, pen)
    body = _help(desk, pen) if desk.help_open else _panes(desk, pen)
    return (_title(desk, pen), strip.line(desk, pen), *body, _keys(desk, pen), _foot(desk, pen))


def text(desk: Desk) -> str:
    """The frame as text, a line a row, without trailing spaces being lost."""
    return "\n".join(text_of(line) for line in frame(desk)) + "\n"


def _title(desk: Desk, pen: Pen) -> Line:
    event = desk.event
    when = f"{event.date}" if event is not None else "before the first event"
    right = f" {desk.steps}/{len(desk.history)}  {when} "
    seen = desk.view_words
    middle = f"  {seen} (esc: whole record)" if seen else ""
    rivals = f"  {len(desk.history.rivals)} rival accounts" if not seen and desk.history.rivals else ""
    room = max(0, desk.width - len(pen.fit(right, len(right))))
    return pen.line(((pen.fit(f" {desk.name}{middle}{rivals}", room), "title"), (right, "title")), desk.width)


def _panes(desk: Desk, pen: Pen) -> list[Line]:
    """Panes side by side: each row of the screen is made of the rows of the panes it crosses."""
    placed = sorted(panes(desk).items(), key=lambda pair: (pair[1].x, pair[1].y))
    columns: dict[int, list[Line]] = {}
    for name, area in placed:
        columns.setdefault(area.x, []).extend(DRAWN[name](desk, area, pen))
    height = desk.height - 4
    return [tuple(piece for rows in columns.values() for piece in rows[row]) for row in range(height)]


def _help(desk: Desk, pen: Pen) -> list[Line]:
    return guide.lines(desk, Rectangle(0, 2, desk.width, desk.height - 4), pen)


def _keys(desk: Desk, pen: Pen) -> Line:
    if desk.prompt is not None:
        asked = PROMPTS[desk.prompt.kind]
        return pen.line(((f" {asked}: ", "strong"), (desk.prompt.text, ""), ("_", "cursor")), desk.width)
    return pen.line(((f" {hints(desk)}", "dim"),), desk.width)


PROMPTS = {
    "find": "find (enter: go, esc: leave)",
    "filter": "show only (party:X term:X kind:X source:X tag:X words)",
    "goto": "go to (id, number, date, 42%)",
    "known": "as known on (date; empty: whole record)",
    "seen-by": "as seen by (party; empty: whole record)",
    "lens": "through sources (ids in order, or side:PARTY; empty: default reading)",
    "help": "type to find",
}


def _foot(desk: Desk, pen: Pen) -> Line:
    if desk.message:
        return pen.line(((f" {desk.message}", "alert"),), desk.width)
    told = sentence(desk.history, desk.place) if desk.steps else "Nothing has happened yet."
    return pen.line(((f" {told}", ""),), desk.width)


def _too_small(desk: Desk, pen: Pen) -> tuple[Line, ...]:
    words = (f"this screen needs {SMALLEST[0]}x{SMALLEST[1]}", f"it is {desk.width}x{desk.height}", "q quits")
    rows = [pen.line(((words[row] if row < len(words) else "", "alert"),), desk.width) for row in range(desk.height)]
    return tuple(rows)
