"""The matrix: a row a term, a column a party, what the step changed in brackets, the cursor in reverse."""

from functools import lru_cache

from terms.core.situation import Situation
from terms.tui.desk import Desk
from terms.tui.layout import Rectangle
from terms.tui.lines import Line, Pen, Piece, Style
from terms.views.cells import CellView, Options, options_on_table
from terms.views.positions import PositionRow, changed_cells, position_row

NARROWEST = 18
"""Cells a party's column needs before another party is shown."""


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame: header, rows in view."""
    width, height = area.width - 4, area.height - 2
    widths = columns(desk, width)
    shown = desk.parties[left(desk, width) : left(desk, width) + widths.parties]
    first = first_row(desk, height - 1)
    changed = changed_cells(desk.history[desk.place].before, desk.history[desk.place].after) if desk.steps else frozenset()
    offered = _offered(desk.at)
    body = [_head(desk, shown, widths, width, pen)]
    for place, (term, stage) in enumerate(desk.rows[first : first + height - 1], start=first):
        row = _row(desk.at, term, stage, shown, offered)
        body.append(_line(desk, row, place, shown, widths, width, changed, pen))
    if not desk.rows:
        body.append(pen.line((("nobody has taken a position yet", "dim"),), width))
    last = min(first + height - 1, len(desk.rows))
    title = f"2 Positions  terms {first + 1 if desk.rows else 0}-{last} of {len(desk.rows)}"
    hidden = len(desk.parties) - len(shown)
    return pen.box(title, f"{hidden} more parties: l h" if hidden else "", body, area.width, area.height,
                   focused=desk.focus == "positions")  # fmt: skip


class Columns:
    """How the width is shared: the term, `parties` columns of `party` cells, the headline."""

    def __init__(self, term: int, party: int, parties: int, headline: int) -> None:
        self.term, self.party, self.parties, self.headline = term, party, parties, headline


def columns(desk: Desk, width: int) -> Columns:
    """Share the width: the first column stays, parties scroll, the headline gets what a fifth allows."""
    term = min(max((len(term) for term, _ in desk.rows), default=8), max(14, width // 4)) + 2
    headline = max(16, width // 5)
    room = width - term - headline - 1
    parties = max(1, min(len(desk.parties), room // NARROWEST))
    return Columns(term, max(8, room // parties), parties, headline)


def left(desk: Desk, width: int) -> int:
    """The first party shown: the old one as long as the cursor stays in view."""
    count = columns(desk, width).parties
    first = min(desk.left, desk.column) if desk.column < desk.left + count else desk.column - count + 1
    return max(0, min(first, len(desk.parties) - count))


def first_row(desk: Desk, height: int) -> int:
    """The first row shown: the old one as long as the cursor stays in view."""
    top = desk.top
    if desk.row < top or desk.row >= top + height:
        top = desk.row - height // 2
    return max(0, min(top, len(desk.rows) - height))


def _head(desk: Desk, shown: tuple[str, ...], widths: Columns, width: int, pen: Pen) -> Line:
    pieces: list[Piece] = [(pen.fit("  term", widths.term), "strong")]
    for party in shown:
        declared = desk.history.header.party.get(party)
        name = declared.name if declared is not None else party
        pieces.append((pen.fit(f" {name}", widths.party), "strong"))
    pieces.append((pen.fit(" stands", widths.headline + 1), "strong"))
    return pen.line(pieces, width)


def _line(
    desk: Desk,
    row: PositionRow,
    place: int,
    shown: tuple[str, ...],
    widths: Columns,
    width: int,
    changed: frozenset[tuple[str, str, str]],
    pen: Pen,
) -> Line:
    here = place == desk.row
    own = desk.at.talks.stage_of(row.term)
    label = row.term if row.stage == own else f"{row.term} @{row.stage}"
    pieces: list[Piece] = [(pen.fit(f"{'>' if here else ' '} {label}", widths.term), "strong" if here else "")]
    for party, cell in zip(shown, row.cells, strict=True):
        moved = (party, row.term, row.stage) in changed
        under = here and desk.parties[min(desk.column, len(desk.parties) - 1)] == party
        style: Style = "cursor" if under else "changed" if moved else "dim" if cell.is_silent else ""
        pieces.append((pen.fit(_bracketed(cell, moved=moved, under=under), widths.party), style))
    pieces.append((pen.fit(f" {row.headline}", widths.headline + 1), "mark" if row.contested else ""))
    return pen.line(pieces, width)


def _bracketed(cell: CellView, *, moved: bool, under: bool) -> str:
    text = cell_text(cell)
    if moved:
        return f"[{text}]"
    return f"{{{text}}}" if under else f" {text}"


def cell_text(cell: CellView) -> str:
    """The sign and the stance; the word of the status where there is no stance; options by name."""
    mark = "?" if cell.contested else cell.sign.mark
    if cell.is_silent:
        return f"{mark} silent"
    words = cell.words or cell.sign.short
    if cell.options:
        words = " | ".join(f"{name.partition('/')[2]}: {told}" for name, told in cell.options) if not cell.words else f"{words} (+options)"
    if cell.detail:
        words = f"{words} ({cell.detail})"
    return f"{mark} {words}" + (f" /bound: {cell.bound}" if cell.bound else "")


@lru_cache(maxsize=4)
def _offered(at: Situation) -> Options:
    return options_on_table(at.talks)


@lru_cache(maxsize=512)
def _cached_row(at: Situation, term: str, stage: str, parties: tuple[str, ...]) -> PositionRow:
    return position_row(at, term, stage, parties=parties, options=_offered(at))


def _row(at: Situation, term: str, stage: str, parties: tuple[str, ...], offered: Options) -> PositionRow:
    return _cached_row(at, term, stage, parties)
