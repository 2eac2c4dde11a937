"""The matrix: a row a term, a column a party; what the step changed in brackets, the cursor in braces.

While comparing, a cell that differs shows both sides, `- 10 km -> + 5 km`. A `*` stands before a cell that
is otherwise in the history laid over, a `?` before the sign where rival accounts of the record disagree.
"""

from collections import Counter

from msgspec import Struct

from terms.core.talks import CellKey
from terms.ground.widths import cells
from terms.tui import matrix, weighing
from terms.tui.desk import Desk
from terms.tui.layout import Rectangle, first_shown, is_wide
from terms.tui.lines import Line, Pen, Piece, Style
from terms.views.cells import CellView, age_words

NARROWEST, NARROWEST_PAIR = 14, 20
"""Cells a party's column needs before another party is shown: with one stance in it, and with two."""

FOR_TWO = 11
"""Cells a column may be narrowed to where two parties could not be seen side by side otherwise."""


ARROW = " -> "


class Columns(Struct, frozen=True):
    """How the width is shared, in cells: the term, `parties` columns of `party` each, and the headline."""

    term: int
    party: int
    parties: int
    headline: int


class _Marked(Struct, frozen=True):
    """The cells in view that are marked, each for its own reason."""

    changed: frozenset[CellKey]
    starred: frozenset[CellKey]
    contested: frozenset[CellKey]


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame: the heads of the columns and the rows in view."""
    width, height = area.inner
    widths = columns(desk, width)
    left = first_party(desk, area)
    shown = desk.parties[left : left + widths.parties]
    first = first_row(desk, area)
    rows = desk.rows[first : first + height - 1]
    marked = _Marked(desk.differing, desk.starred, desk.contested(rows))
    body = [_head(desk, shown, widths, width, pen)]
    above = ("", *(term for term, _ in rows))
    body += [
        _line(desk, row, place, labelled(desk, row, above[place - first]), shown, widths, width, marked, pen)
        for place, row in enumerate(rows, start=first)
    ]
    if not rows:
        body.append(pen.line(((_nothing(desk), "dim"),), width))
    return pen.box(_title(desk, first, len(rows)), _right(desk, left, len(shown)), body, area.width, area.height,
                   focused=desk.focus == "positions", foot=_under_cursor(desk))  # fmt: skip


def _under_cursor(desk: Desk) -> str:
    """The cell under the cursor in words: whose, what, since when, by which event."""
    if desk.cell is None or not all(desk.cell[:2]) or desk.fold_of(desk.cell[1:]) is not None:
        return ""
    view = matrix.cell_at(desk.history, desk.steps, desk.cell)
    age = f", {age_words(matrix.at(desk.history, desk.steps), view)}" if view.age is not None else ""
    by = f" ({view.event})" if view.event else ""
    return f"{desk.name_of(view.party)} on {view.term}: {view.sign.word}{age}{by}"


def _nothing(desk: Desk) -> str:
    if desk.only == "changed":
        return "no position changed here: c shows all rows"
    if desk.only == "agreed":
        return "nothing is agreed here: A shows all rows"
    if desk.only == "differing":
        return "nothing differs from what is laid over: o takes it off"
    if desk.only == "contested":
        return "nothing is contested by now: C shows all rows"
    return "no row passes the filter" if desk.filter.spelled else "nobody takes a position in this history"


def _title(desk: Desk, first: int, count: int) -> str:
    what = f"2 {'Difference' if desk.comparing else 'Positions'}  "
    limits = f"{desk.only} " if desk.only != "all" else ""
    shown, whole = len(desk.rows), len(matrix.rows_of(desk.history))
    of = f"{shown}" if shown == whole else f"{shown} ({whole} in all)"
    return f"{what}{limits}terms {first + 1 if count else 0}-{first + count} of {of}"


def _right(desk: Desk, left: int, shown: int) -> str:
    hidden = len(desk.parties) - shown
    parties = f"parties {left + 1}-{left + shown} of {len(desk.parties)}" if hidden else ""
    tabs = "" if is_wide(desk) else "[1 History]"
    return "  ".join(part for part in (parties, tabs) if part)


def columns(desk: Desk, width: int) -> Columns:
    """Share the width: the names of the terms stay, parties scroll, the headline gets what a fifth allows."""
    longest = max((len(term) for term, _ in matrix.rows_of(desk.history)), default=8)
    longest = max(longest, len("term"))
    term = min(longest + 2, max(16, width // 4))
    headline = max(11, width // 6)
    room = width - term - headline - 1
    needed = NARROWEST_PAIR if desk.comparing else NARROWEST
    parties = max(1, min(len(desk.parties), room // needed))
    if parties == 1 < len(desk.parties) and room >= 2 * FOR_TWO and not desk.comparing:
        parties = 2
    return Columns(term, min(max(8, room // parties), 40), parties, headline)


def first_party(desk: Desk, area: Rectangle) -> int:
    """The first party shown: the old one as long as the cursor stays in view."""
    count = columns(desk, area.inner[0]).parties
    here = max(desk.column, 0)
    first = min(desk.left, here) if here < desk.left + count else here - count + 1
    return max(0, min(first, len(desk.parties) - count))


def first_row(desk: Desk, area: Rectangle) -> int:
    """The first row shown: the old one as long as the cursor stays in view."""
    return first_shown(desk.top, max(desk.row, 0), area.inner[1] - 1, len(desk.rows))


def _head(desk: Desk, shown: tuple[str, ...], widths: Columns, width: int, pen: Pen) -> Line:
    on_head = desk.row < 0
    pieces: list[Piece] = [(pen.fit("  term", widths.term), "strong")]
    for place, party in enumerate(shown, start=desk.parties.index(shown[0]) if shown else 0):
        here = on_head and place == desk.column
        name = desk.short_name(party, widths.party - 2)
        pieces.append(
            (pen.fit(f"{{{name}}}" if here else f" {name}", widths.party), "cursor" if here else "strong")
        )
    heading = " fits" if desk.lower == "orders" else " stands"
    pieces.append((pen.fit(heading, widths.headline + 1), "strong"))
    return pen.line(pieces, width)


def _line(
    desk: Desk,
    key: matrix.Row,
    place: int,
    label: str,
    shown: tuple[str, ...],
    widths: Columns,
    width: int,
    marked: _Marked,
    pen: Pen,
) -> Line:
    here = place == desk.row
    if (fold := desk.fold_of(key)) is not None:
        return _folded(desk, key, fold, here, shown, widths, width, marked, pen)
    at = desk.new if desk.comparing else desk
    row = matrix.row_at(at.history, at.steps, key, shown)
    on_label = here and desk.column < 0
    label = f"{{{label}}}" if on_label else f"{'>' if here else ' '} {label}"
    pieces: list[Piece] = [(pen.fit(label, widths.term), "cursor" if on_label else "strong" if here else "")]
    pieces += [_cell(desk, cell, here, widths.party, marked, pen) for cell in row.cells]
    stands = weighing.fit(desk, key) if desk.lower == "orders" else _stands(desk, key, row.headline, marked)
    pieces.append((pen.fit(f" {stands}", widths.headline + 1), ""))
    return pen.line(pieces, width)


def _stands(desk: Desk, key: matrix.Row, headline: str, marked: _Marked) -> str:
    """How a term stands: what it stood at before while comparing, a `?` where rival accounts touch a cell of it."""
    if any(cell[1:] == key for cell in marked.contested):
        headline = f"? {headline}"
    if not desk.comparing:
        return headline
    before = matrix.headline(desk.old.history, desk.old.steps, *key)
    return headline if before == headline.removeprefix("? ") else f"{headline} (was {before})"


def _folded(
    desk: Desk,
    key: matrix.Row,
    fold: str,
    here: bool,
    shown: tuple[str, ...],
    widths: Columns,
    width: int,
    marked: _Marked,
    pen: Pen,
) -> Line:
    """Several rows drawn as one: the sign of each, and how many of them stand how."""
    at = desk.new if desk.comparing else desk
    members = desk.members(key)
    rows = [matrix.row_at(at.history, at.steps, row, shown) for row in members]
    label = f"{'>' if here else ' '} {fold} ({len(members)})"
    pieces: list[Piece] = [(pen.fit(label, widths.term), "strong")]
    for place, party in enumerate(shown):
        moved = any((party, *row) in marked.changed for row in members)
        star = "*" if any((party, *row) in marked.starred for row in members) else ""
        under = here and desk.column >= 0 and desk.parties[desk.column] == party
        signs = star + "".join(row.cells[place].sign.mark for row in rows)
        opening, closing = ("[", "]") if moved else ("{", "}") if under else (" ", "")
        style: Style = "cursor" if under else "changed" if moved else ""
        pieces.append(
            (pen.fit(f"{opening}{_cut(signs, widths.party - 3, pen)}{closing}", widths.party), style)
        )
    stands = Counter(row.headline for row in rows).most_common()
    pieces.append(
        (pen.fit(" " + ", ".join(f"{many} {words}" for words, many in stands), widths.headline + 1), "")
    )
    return pen.line(pieces, width)


def labelled(desk: Desk, row: matrix.Row, above: str) -> str:
    """The name of a term in its row: what it has in common with the row above is not said again."""
    term, stage = row
    group, dot, rest = term.partition(".")
    name = f" .{rest}" if dot and above.partition(".")[0] == group else term
    return name if stage == desk.history.start.stage_of(term) else f"{name} @{stage}"


def _cell(desk: Desk, cell: CellView, in_row: bool, width: int, marked: _Marked, pen: Pen) -> Piece:
    key = (cell.party, cell.term, cell.stage)
    moved = key in marked.changed
    under = in_row and desk.parties[desk.column] == cell.party and desk.column >= 0
    text = cell_text(cell, contested=key in marked.contested)
    if key in marked.starred:
        text = f"*{text}"
    style: Style = "cursor" if under else "changed" if moved else "dim" if cell.is_silent else ""
    opening, closing = ("[", "]") if moved else ("{", "}") if under else (" ", "")
    if moved and desk.comparing:
        before = cell_text(matrix.cell_at(desk.old.history, desk.old.steps, key))
        inside = _both(before, text, width - 3, pen)
    else:
        inside = _cut(text, width - 3, pen)
    shown = f"{opening}{inside}{closing}"
    return pen.fit(shown, width), style


def _cut(text: str, room: int, pen: Pen) -> str:
    """Text in no more than `room` cells."""
    return pen.fit(text, room).rstrip() if room > 0 else ""


def _both(before: str, after: str, room: int, pen: Pen) -> str:
    """What was and what is, both cut where there is no room for the whole of them, neither more than the other."""
    half = (room - len(ARROW)) // 2
    spare = max(0, half - cells(before))
    right = _cut(after, room - len(ARROW) - half + spare, pen)
    return f"{_cut(before, room - len(ARROW) - cells(right), pen)}{ARROW}{right}"


def cell_text(cell: CellView, *, contested: bool = False) -> str:
    """The sign and the stance; the word of the status where there is no stance; options by name."""
    mark = f"?{cell.sign.mark}" if contested or cell.contested else cell.sign.mark
    if cell.is_silent:
        return f"{mark} silent"
    words = cell.words or cell.sign.short
    if cell.words and cell.sign.word == "rejected":
        words = f"{cell.sign.short}, own {cell.words}"  # what it rejects is not what it wants
    if cell.options and cell.event is None:
        words = " | ".join(f"{name.partition('/')[2]}: {told}" for name, told in cell.options)
    elif cell.options:
        words = f"{words} (or by options)"
    if cell.detail:
        words = f"{words} ({cell.detail})"
    return f"{mark} {words}" + (f" /bound: {cell.bound}" if cell.bound else "")
