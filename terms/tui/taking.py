"""Taking things along: a cell, a quotation with its citation, a row, the difference, or the whole view as a table."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping

from terms.ground.widths import clean
from terms.tui import matrix
from terms.tui.comparing import differences
from terms.tui.desk import Desk
from terms.views.cells import CellView, cell_words
from terms.views.sentence import sentence
from terms.views.sources import sources_of
from terms.views.wording import name_of

Maker = Callable[[Desk], str]
Rows = tuple[tuple[str, ...], ...]
Table = Callable[[Desk], Rows]


def said(cell: CellView) -> str:
    """A cell in a sentence's words: the sign's word and what it says."""
    words = cell_words(cell)
    return f"{cell.sign.word}: {words}" if words else cell.sign.word


def place_words(desk: Desk) -> str:
    """Where a text was taken: the record, the event, its date, and the view when it is not the default one."""
    from_view = f", {desk.name}" if desk.name else ""
    event = desk.event
    return (
        f"after {event.id}, {event.date.text}{from_view}"
        if event is not None
        else f"before the first event{from_view}"
    )


def cell_text(desk: Desk) -> str:
    """The cell under the cursor on one line, with the event that made it so."""
    if desk.cell is None or not all(desk.cell[:2]):
        return ""
    view = matrix.cell_at(desk.history, desk.steps, desk.cell)
    by = f" [{view.event}]" if view.event else ""
    return clean(
        f"{name_of(desk.history.header, view.party)} on {view.term}: {said(view)}{by} ({place_words(desk)})"
    )


def quotation(desk: Desk) -> str:
    """The quotation of the event looked at with its citation; the citation alone where nothing is quoted."""
    event = desk.event
    if event is None:
        return ""
    quoted = f'"{event.quote.strip()}" - ' if event.quote else ""
    sources = "; ".join(
        ", ".join(part for part in (one.title, one.publisher, one.published, one.at, one.url) if part)
        for one in sources_of(desk.history.header, event)
    )
    return clean(f"{quoted}{sources} [{event.id}, {event.date.text}]")


def row_text(desk: Desk) -> str:
    """The row under the cursor: how the term stands, then every party."""
    if desk.cell is None or not desk.cell[1]:
        return ""
    row = matrix.row_at(desk.history, desk.steps, desk.cell[1:], desk.parties)
    parties = [
        f"{name_of(desk.history.header, cell.party)}: {said(cell)}"
        for cell in row.cells
        if not cell.is_silent
    ]
    return "\n".join(clean(line) for line in (f"{row.term}: {row.headline} ({place_words(desk)})", *parties))


def difference_text(desk: Desk) -> str:
    """Every cell that differs, before and after; between the anchors while comparing, else by the step."""
    old, new = desk.old, desk.new
    lines = [f"{old.name} -> {new.name}"]
    for key in differences(desk):
        before = matrix.cell_at(old.history, old.steps, key)
        after = matrix.cell_at(new.history, new.steps, key)
        lines.append(f"{name_of(desk.history.header, key[0])} on {key[1]}: {said(before)} -> {said(after)}")
    return "\n".join(clean(line) for line in lines)


def positions(desk: Desk) -> Rows:
    """The matrix as it is filtered, all parties: the heads, then a row a term. All text is cleaned."""
    names = [name_of(desk.history.header, party) for party in desk.parties]
    rows = [("term", "stage", "stands", *names)]
    for term, stage in (one for row in desk.rows for one in desk.members(row)):
        row = matrix.row_at(desk.history, desk.steps, (term, stage), desk.parties)
        cells = [said(cell) for cell in row.cells]
        rows.append((term, stage, row.headline, *cells))
    return _cleaned(rows)


def difference(desk: Desk) -> Rows:
    """The cells that differ between the anchors: the heads, then a row a cell."""
    old, new = desk.old, desk.new
    rows = [("party", "term", "stage", f"A {old.name}", f"B {new.name}")]
    for key in differences(desk):
        before = matrix.cell_at(old.history, old.steps, key)
        after = matrix.cell_at(new.history, new.steps, key)
        rows.append((name_of(desk.history.header, key[0]), *key[1:], said(before), said(after)))
    return _cleaned(rows)


def events(desk: Desk) -> Rows:
    """The list of events as it is filtered: the heads, then a row an event with its sentence."""
    rows = [("number", "id", "date", "kind", "by", "what", "sources")]
    for place in desk.places:
        event = desk.history.events[place]
        sources = ", ".join(citation.id for citation in event.source)
        told = sentence(desk.history, place)
        rows.append(
            (str(place + 1), event.id, event.date.text, event.kind, ", ".join(event.by), told, sources)
        )
    return _cleaned(rows)


def _cleaned(rows: Iterable[tuple[str, ...]]) -> Rows:
    return tuple(tuple(clean(word) for word in row) for row in rows)


def markdown(desk: Desk, what: str, rows: Rows) -> str:
    """A table as Markdown under a line that says what it is."""
    head, *others = [" | ".join(word.replace("|", "\\|") for word in row) for row in rows]
    rule = " | ".join("---" for _ in rows[0])
    body = "\n".join(f"| {row} |" for row in (head, rule, *others))
    return f"{what.capitalize()} {clean(place_words(desk))}\n\n{body}\n"


def comma_separated(desk: Desk, what: str, rows: Rows) -> str:
    """A table as CSV; a word that a spreadsheet would take for a formula is kept from being one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(tuple(f"'{word}" if word[:1] in "=+-@" else word for word in row) for row in rows)
    return out.getvalue()


def json_text(desk: Desk, what: str, rows: Rows) -> str:
    """A table as JSON: the point looked at, and an object a row."""
    head, *others = rows
    made = {
        "record": desk.name,
        "event": desk.here,
        "steps": desk.steps,
        "of": len(desk.history),
        "table": what,
    }
    told = {**made, "rows": [dict(zip(head, row, strict=True)) for row in others]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


FORMS: Mapping[str, Callable[[Desk, str, Rows], str]] = {
    "md": markdown,
    "csv": comma_separated,
    "json": json_text,
}
"""By the ending of the file."""
