"""Why a cell is so: how it stands and how old that is, every event that made it so, and how others tell it."""

from terms.core.talks import CellKey
from terms.tui import matrix
from terms.tui.comparing import differences
from terms.tui.desk import Desk
from terms.tui.lines import Style
from terms.tui.panes.event import Row
from terms.tui.panes.positions import cell_text
from terms.views.cells import age_words
from terms.views.movement import between, movement_words
from terms.views.wording import count, listed, name_of, names_of


def rows(desk: Desk) -> list[Row]:
    """What led to the cell, the term or the party under the cursor, the latest first."""
    cell = desk.cell
    if cell is None:
        return [("nothing to ask about", "dim")]
    party, term, stage = cell
    head = (
        _of_cell(desk, cell)
        if all((party, term))
        else _of_term(desk, term, stage)
        if term
        else _of_party(desk, party)
    )
    told = [one for one in matrix.story(desk.history, cell) if one[0] < desk.steps]
    chain = [_step(desk, place, key, cell) for place, key in reversed(told)]
    if not chain:
        chain = [("no event has set this: silent, which is not open", "dim")]
    return [*head, *chain]


def _of_cell(desk: Desk, key: CellKey) -> list[Row]:
    party, term, stage = key
    cell = matrix.cell_at(desk.history, desk.steps, key)
    in_stage = f" in stage {stage}" if stage and stage != desk.history.start.stage_of(term) else ""
    age = f", {age_words(matrix.at(desk.history, desk.steps), cell)}" if cell.age is not None else ""
    made: list[Row] = [
        (f"{name_of(desk.history.header, party)} on {term}{in_stage}: {cell.sign.word}{age}", "strong"),
        (cell_text(cell), ""),
    ]
    return [*made, *_readings(desk, key), *_jointly(desk, term, stage)]


def _of_term(desk: Desk, term: str, stage: str) -> list[Row]:
    declared = desk.history.header.term.get(term)
    about = f": {declared.about}" if declared is not None and declared.about else ""
    return [(f"{term}{about}", "strong"), *_jointly(desk, term, stage)]


def _of_party(desk: Desk, party: str) -> list[Row]:
    declared = desk.history.header.party.get(party)
    role = f", {declared.role}" if declared is not None else ""
    return [
        (f"{name_of(desk.history.header, party)}{role}: every change of position, the latest first", "strong")
    ]


def _jointly(desk: Desk, term: str, stage: str) -> list[Row]:
    """How the term stands on its four axes, and whose consent is missing."""
    row = matrix.row_at(desk.history, desk.steps, (term, stage), ())
    axes = row.axes
    said = [f"{term} stands: {row.headline}", f"consent {axes.consent.state}", f"life {axes.life.state}",
            f"performance {axes.performance}"]  # fmt: skip
    made: list[Row] = [("; ".join(said), "strong")]
    if row.missing:
        made.append((f"consent still missing: {names_of(desk.history.header, row.missing)}", ""))
    made += [
        (f"meaning: {party} reads it as {reads} ({event})", "mark")
        for party, reads, event in axes.meaning.readings
    ]
    if row.events:
        made.append((f"rests on {listed(row.events)}", "dim"))
    return made


def _readings(desk: Desk, key: CellKey) -> list[Row]:
    """How the cell stands under each rival account that makes it another."""
    readings = desk.readings
    if readings is None or readings.history is not desk.history:
        return []
    made: list[Row] = []
    for place in matrix.rivals_told(desk.history, desk.steps):
        if key in readings.changed_by(place, desk.steps):
            choice = desk.history.rivals[place]
            under = readings.under(choice)
            told = cell_text(matrix.cell_at(under, min(desk.steps, len(under)), key))
            made.append((f"? {choice.words}: {told}", "mark"))
    return made


def _step(desk: Desk, place: int, key: CellKey, asked: CellKey) -> Row:
    event = desk.history.events[place]
    after = matrix.cell_at(desk.history, place + 1, key)
    who = name_of(desk.history.header, key[0]) if not asked[0] else ""
    on = key[1] if not asked[1] else ""
    whose = " on ".join(part for part in (who, on) if part)
    style: Style = "strong" if place == desk.place else ""
    said = f"{whose}: " if whose else ""
    return f"{place + 1:>4} {event.date.text}  {said}{cell_text(after)}  ({event.id}, {event.kind})", style


def difference(desk: Desk) -> list[Row]:
    """While comparing: the cell under the cursor at both ends, and how it moved."""
    key = desk.cell
    old, new = desk.old, desk.new
    shown, whole = len(differences(desk)), len(desk.differing)
    rest = "" if shown == whole else f" ({whole} with those that have no row here)"
    title: Row = (
        f"{count(shown, 'cell')} differ{'s' if shown == 1 else ''}{rest}: A {old.name} -> B {new.name}",
        "title",
    )
    if key is None or not all(key[:2]):
        return [title]
    if key not in desk.differing:
        return [title, (f"{key[0]} on {key[1]} does not differ: n goes to the next that does", "dim")]
    moved = between(old.history.state(old.steps), new.history.state(new.steps), key)
    before = cell_text(matrix.cell_at(old.history, old.steps, key))
    after = cell_text(matrix.cell_at(new.history, new.steps, key))
    name = name_of(desk.history.header, key[0])
    steps = [place for place, _ in matrix.story(new.history, key) if old.steps <= place < new.steps]
    events = [new.history.events[place].id for place in steps] if old.history is new.history else []
    made: list[Row] = [
        title,
        (f"{name} on {key[1]}: {before} -> {after}", "changed"),
        (movement_words(moved), ""),
    ]
    return [*made, (f"by {listed(events)}", "dim")] if events else made
