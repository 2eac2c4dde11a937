"""What the event looked at says, on whose word, what it changed; or, asked why, how a cell came to be."""

from functools import lru_cache

from terms.core.history import History
from terms.ground.widths import cells, clean
from terms.tui.desk import Desk
from terms.tui.layout import Rectangle
from terms.tui.lines import Line, Pen, Style
from terms.tui.panes.positions import cell_text
from terms.views.detail import CellDetail, EventDetail, cell_detail, event_detail

Row = tuple[str, Style]


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame, from the line scrolled to."""
    width, height = area.width - 4, area.height - 2
    rows = _rows(desk)
    wrapped = [(text, style) for row, style in rows for text in wrap(row, width)]
    top = min(desk.source_top, max(0, len(wrapped) - height))
    body = [pen.line(((text, style),), width) for text, style in wrapped[top : top + height]]
    more = len(wrapped) - top - height
    title = "3 Why" if desk.why else "3 Source"
    return pen.box(title, f"{more} more lines: J" if more > 0 else "", body, area.width, area.height,
                   focused=desk.focus == "source")  # fmt: skip


def _rows(desk: Desk) -> list[Row]:
    if desk.why and desk.cell is not None:
        return _why_rows(desk, cell_detail(desk.at, desk.cell))
    if desk.event is None:
        return [("Nothing has happened yet. '.' steps to the first event.", "dim")]
    return _event_rows(_detail(desk.history, desk.event.id))


@lru_cache(maxsize=8)
def _detail(history: History, event: str) -> EventDetail:
    return event_detail(history, event)


def _event_rows(told: EventDetail) -> list[Row]:
    rows: list[Row] = [(f"{told.index + 1} {told.id}  {told.date}", "title"), (told.sentence, "strong")]
    if told.quote:
        rows.append((f'"{told.quote.strip()}"' + (f" ({told.lang})" if told.lang else ""), ""))
    if told.translation:
        rows.append((f'In translation: "{told.translation}"', ""))
    rows += [(f"{change.after.party} on {change.after.term}: {cell_text(change.before)} -> {cell_text(change.after)}", "changed")
             for change in told.changes]  # fmt: skip
    rows += [(f"{name}: {words}", "") for name, words in told.fields]
    if told.conditions:
        rows.append((f"conditions: {told.conditions}", ""))
    for source in told.sources:
        grade = f" graded {source.grade}" if source.grade else ""
        side = f" ({source.side}'s source)" if source.side else ""
        rows.append((f"source: {source.id} {source.at}{grade} {source.title}, {source.publisher} {source.published}{side}", "dim"))
    if told.note:
        rows.append((f"note: {told.note}", "dim"))
    rows += _circumstances(told)
    for account in told.accounts:
        differs = "; ".join(f"{name}: {words}" for name, words in account.differs)
        used = "in use" if account.in_use else "rival account"
        rows.append((f"? {used} by {', '.join(account.sources)}: {differs or account.event}", "mark"))
    rows += [(f"{voice.kind} by {', '.join(voice.by)} ({voice.event})", "mark") for voice in told.voices]
    rows += [(f"! {objection.sentence}", "alert") for objection in told.objections]
    rows += [(f"corrected or retracted later by {event}", "alert") for event in told.corrections]
    return rows


def _circumstances(told: EventDetail) -> list[Row]:
    spoken = " ".join(word for word in (told.speaker or "", f"({told.office})" if told.office else "", told.standing) if word)
    pairs = (
        ("spoken by", spoken),
        ("on behalf of", told.on_behalf_of or ""),
        ("to", ", ".join(told.to)),
        ("through", ", ".join(told.via)),
        ("present", ", ".join(told.present)),
        ("place", told.place),
        ("tags", ", ".join(told.tags)),
    )
    rows: list[Row] = [(f"{name}: {words}", "dim") for name, words in pairs if words]
    rows.append((f"known to: {told.knowing.words}", "dim"))
    return rows


def _why_rows(desk: Desk, told: CellDetail) -> list[Row]:
    cell = told.cell
    age = f", {cell.age} days old" if cell.age is not None else ""
    rows: list[Row] = [
        (f"{cell.party} on {cell.term}" + (f" in stage {cell.stage}" if cell.stage else ""), "title"),
        (f"{cell.sign.word}{age}: {cell_text(cell)}", "strong"),
    ]
    for place, event, view in reversed(told.chain):
        here: Style = "strong" if place == desk.place else ""
        rows.append((f"{place + 1:>4} {desk.history.events[place].date} {event}: {cell_text(view)}", here))
    if not told.chain:
        rows.append(("no event has set this cell: silent, which is not open", "dim"))
    return rows


def wrap(text: str, width: int) -> list[str]:
    """Cleaned text in lines of at most `width` cells, broken at spaces where there are any; never empty."""
    lines, line = [], ""
    for word in clean(text).split(" "):
        rest = word
        joined = f"{line} {rest}" if line else rest
        if cells(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while cells(rest) > width:
            cut = next(size for size in range(len(rest), 0, -1) if cells(rest[:size]) <= width or size == 1)
            lines.append(rest[:cut])
            rest = rest[cut:]
        line = rest
    return [*lines, line]
