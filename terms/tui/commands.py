"""One table of everything the screen can do: the keys, when they are valid, and what they do to a desk.

Bindings, the list of keys, the palette and the tests are all made from it; nothing else knows a key.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from terms.core.history import History
from terms.core.lens import View
from terms.ground.dates import read_date
from terms.ground.errors import BadDate
from terms.ground.suggest import nearest
from terms.tui.desk import PANES, Desk, Filter, Prompt, PromptKind, pointed
from terms.tui.finding import matches, passing, place_of, read_filter

Run = Callable[[Desk], Desk]
When = Callable[[Desk], bool]


@dataclass(frozen=True, slots=True)
class Command:
    """Something a reader can do: `keys` as Textual names them, `when` it is valid, what `run` makes of the desk."""

    id: str
    keys: tuple[str, ...]
    title: str
    run: Run
    when: When = lambda desk: True
    hint: str = ""


def valid(desk: Desk) -> list[Command]:
    """The commands that do something now, in the order of the table."""
    return [command for command in COMMANDS if command.when(desk)]


def hints(desk: Desk) -> str:
    """The short line of keys at the foot."""
    return "  ".join(command.hint for command in valid(desk) if command.hint)


def run_key(desk: Desk, key: str) -> Desk | None:
    """The desk after a key; None when the key does nothing now."""
    found = next((command for command in COMMANDS if key in command.keys and command.when(desk)), None)
    return None if found is None else found.run(desk.but(message=""))


# ---- stepping -----------------------------------------------------------------------------------


def to_step(desk: Desk, steps: int, *, jump: bool = False) -> Desk:
    """The desk after `steps` events, within what there is; a jump is kept for the way back."""
    wanted = max(0, min(steps, len(desk.history)))
    if wanted == desk.steps:
        return desk
    jumps = (*desk.jumps, _here(desk))[-100:] if jump else desk.jumps
    return desk.but(steps=wanted, source_top=0, jumps=jumps)


def _here(desk: Desk) -> str:
    return desk.event.id if desk.event is not None else ""


def _next(desk: Desk, way: int) -> Desk:
    """The next event of the list: under a filter, the next that passes."""
    if desk.shown is None:
        return _pointed(to_step(desk, desk.steps + way))
    later = [place for place in desk.shown if (place > desk.place if way > 0 else place < desk.place)]
    if not later:
        return desk.but(message="no further event passes this filter (esc shows all)")
    return _pointed(to_step(desk, (later[0] if way > 0 else later[-1]) + 1))


def _pointed(desk: Desk) -> Desk:
    return desk if desk.why else pointed(desk)


def _cell_change(desk: Desk, way: int) -> Desk:
    """The next event that changed this cell."""
    if desk.cell is None:
        return desk
    places = range(desk.place + 1, len(desk.history)) if way > 0 else range(desk.place - 1, -1, -1)
    for place in places:
        step = desk.history[place]
        if step.before.cells is not step.after.cells and step.before.cells.get(desk.cell) != step.after.cells.get(desk.cell):
            return to_step(desk, place + 1)
    party, term, _ = desk.cell
    return desk.but(message=f"{party} on {term} does not change {'after' if way > 0 else 'before'} this")


def _term_change(desk: Desk, way: int) -> Desk:
    """The next event that changed any party's stance on this term."""
    if desk.cell is None:
        return desk
    _, term, stage = desk.cell
    keys = [(party, term, stage) for party in desk.parties]
    places = range(desk.place + 1, len(desk.history)) if way > 0 else range(desk.place - 1, -1, -1)
    for place in places:
        before, after = desk.history[place].before.cells, desk.history[place].after.cells
        if before is not after and any(before.get(key) != after.get(key) for key in keys):
            return pointed_in_row(to_step(desk, place + 1))
    return desk.but(message=f"nobody changes {term} {'after' if way > 0 else 'before'} this")


def pointed_in_row(desk: Desk) -> Desk:
    """The desk with the cursor on the first party that the event changed in the cursor's own row."""
    if desk.cell is None or not desk.steps:
        return desk
    _, term, stage = desk.cell
    step = desk.history[desk.place]
    for column, party in enumerate(desk.parties):
        if step.before.cells.get((party, term, stage)) != step.after.cells.get((party, term, stage)):
            return desk.but(column=column)
    return desk


def _session(desk: Desk, way: int) -> Desk:
    """The next session (or the next day on which anything happened, where no session is recorded)."""
    events = desk.history.events
    places = range(desk.place + 1, len(events)) if way > 0 else range(desk.place - 1, -1, -1)
    meets = [place for place in places if events[place].kind == "meet"]
    if meets:
        return _pointed(to_step(desk, meets[0] + 1, jump=True))
    day = desk.event.date.last_day if desk.event is not None else None
    others = [place for place in places if events[place].date.last_day != day]
    return _pointed(to_step(desk, others[0] + 1, jump=True)) if others else desk.but(message="no session or day that way")


def _back(desk: Desk) -> Desk:
    """Back to where the last jump started."""
    *rest, last = desk.jumps
    steps = desk.history.index(last) + 1 if last and last in desk.history else 0
    return desk.but(steps=steps, jumps=tuple(rest), source_top=0)


# ---- moving in panes ----------------------------------------------------------------------------


def _vertical(desk: Desk, way: int) -> Desk:
    if desk.focus == "history":
        return _next(desk, way)
    if desk.focus == "source":
        return desk.but(source_top=max(0, desk.source_top + way))
    return desk.but(row=max(0, min(desk.row + way, len(desk.rows) - 1)), source_top=0)


def _horizontal(desk: Desk, way: int) -> Desk:
    if desk.focus != "positions":
        return _next(desk, way)
    return desk.but(column=max(0, min(desk.column + way, len(desk.parties) - 1)), source_top=0)


def _page(desk: Desk, way: int) -> Desk:
    far = max(1, desk.height // 2)
    return to_step(desk, desk.steps + way * far) if desk.focus == "history" else _vertical(desk, way * far)


def _focus(desk: Desk, way: int) -> Desk:
    place = (PANES.index(desk.focus) + way) % len(PANES)
    return desk.but(focus=PANES[place])


# ---- prompts ------------------------------------------------------------------------------------


def _ask(kind: PromptKind, text: Callable[[Desk], str] = lambda desk: "") -> Run:
    return lambda desk: desk.but(prompt=Prompt(kind, text(desk)))


def typed(desk: Desk, key: str, character: str | None) -> Desk:
    """The desk after a key while something is being typed."""
    prompt = desk.prompt
    assert prompt is not None  # noqa: S101 - only called while there is one
    if key == "escape":
        return desk.but(prompt=None, help_open=False)
    if prompt.kind == "help" and key in ("up", "down"):
        return desk.but(help_row=max(0, desk.help_row + (1 if key == "down" else -1)))
    if key == "enter":
        return answered(desk.but(prompt=None), prompt)
    text = prompt.text
    if key == "backspace":
        text = text[:-1]
    elif key == "ctrl+u":
        text = ""
    elif character is not None and character.isprintable():
        text += character
    made = desk.but(prompt=replace(prompt, text=text), help_row=0)
    return _incremental(made) if prompt.kind == "find" else made


def _incremental(desk: Desk) -> Desk:
    """While typing, stand on the first match from here on."""
    found = matches(desk.history, desk.prompt.text if desk.prompt is not None else "")
    later = [place for place in found if place >= desk.place] or list(found)
    return to_step(desk, later[0] + 1) if later else desk


def answered(desk: Desk, prompt: Prompt) -> Desk:
    """The desk once a prompt was answered with enter."""
    return ANSWERS[prompt.kind](desk, prompt.text.strip())


def _found(desk: Desk, text: str) -> Desk:
    found = matches(desk.history, text)
    if not found:
        return desk.but(found="", message=f"nothing has '{text}'" if text else "")
    later = [place for place in found if place >= desk.place] or list(found)
    return _pointed(to_step(desk, later[0] + 1, jump=True)).but(found=text, message=f"{len(found)} events: n N walk them")


def _match(desk: Desk, way: int) -> Desk:
    found = matches(desk.history, desk.found)
    later = [place for place in found if (place > desk.place if way > 0 else place < desk.place)]
    if not later:
        return desk.but(message=f"no further event has '{desk.found}'")
    return _pointed(to_step(desk, (later[0] if way > 0 else later[-1]) + 1))


def _filtered(desk: Desk, text: str) -> Desk:
    wanted = read_filter(text)
    shown = passing(desk.history, wanted)
    if shown is not None and not shown:
        return desk.but(message=f"no event passes '{text}'")
    made = desk.but(filter=wanted, shown=shown, list_top=0)
    if shown is not None and desk.place not in shown:
        before = [place for place in shown if place <= desk.place]
        return _pointed(to_step(made, (before[-1] if before else shown[0]) + 1, jump=True))
    return made


def _gone(desk: Desk, text: str) -> Desk:
    if not text:
        return desk
    place = place_of(desk.history, text)
    return desk.but(message=place) if isinstance(place, str) else _pointed(to_step(desk, place, jump=True))


def _known(desk: Desk, text: str) -> Desk:
    if not text:
        return seen(desk, replace(desk.history.view, known=None))
    try:
        moment = read_date(text).latest
    except BadDate as wrong:
        return desk.but(message=str(wrong))
    return seen(desk, replace(desk.history.view, known=moment))


def _seen_by(desk: Desk, text: str) -> Desk:
    parties = desk.history.header.party
    if text and text not in parties:
        near = nearest(text, sorted(parties))
        return desk.but(message=f"'{text}' is no party of this record" + (f"; did you mean '{near}'?" if near else ""))
    return seen(desk, replace(desk.history.view, party=text or None))


def _lens(desk: Desk, text: str) -> Desk:
    header = desk.history.header
    names: list[str] = []
    for word in text.replace(",", " ").split():
        if word.startswith("side:"):
            names += [source.id for source in header.sources if source.side == word.removeprefix("side:")]
        elif word in header.source:
            names.append(word)
        else:
            near = nearest(word, [*header.source, *(f"side:{party}" for party in header.party)])
            return desk.but(message=f"'{word}' is no source of this record" + (f"; did you mean '{near}'?" if near else ""))
    return seen(desk, replace(desk.history.view, prefer=tuple(names)))


def seen(desk: Desk, view: View) -> Desk:
    """The desk over the same record under another view, as near as can be to the event looked at."""
    history = desk.record if view == desk.record.view else History(desk.record.header, desk.record.record, view)
    name = _here(desk)
    steps = history.index(name) + 1 if name in history else _nearest_before(desk, history)
    cell = desk.cell
    made = Desk(
        desk.record, history, steps, desk.name, focus=desk.focus, zoomed=desk.zoomed, why=desk.why, jumps=desk.jumps,
        width=desk.width, height=desk.height, ascii_only=desk.ascii_only,
    )  # fmt: skip
    row = next((place for place, key in enumerate(made.rows) if cell is not None and key == cell[1:]), 0)
    column = made.parties.index(cell[0]) if cell is not None and cell[0] in made.parties else 0
    return made.but(row=row, column=column)


def _nearest_before(desk: Desk, history: History) -> int:
    """The number of steps up to the last event of the new history that stands before the one looked at."""
    for event in reversed(desk.history.events[: desk.steps]):
        if event.id in history:
            return history.index(event.id) + 1
    return 0


def _run_listed(desk: Desk, text: str) -> Desk:
    from terms.tui.panes.guide import listed  # noqa: PLC0415 - the list is made from this table

    commands = listed(desk.but(prompt=Prompt("help", text)))
    closed = desk.but(help_open=False)
    return commands[min(desk.help_row, len(commands) - 1)].run(closed) if commands else closed


ANSWERS: dict[PromptKind, Callable[[Desk, str], Desk]] = {
    "find": _found,
    "filter": _filtered,
    "goto": _gone,
    "known": _known,
    "seen-by": _seen_by,
    "lens": _lens,
    "help": _run_listed,
}


def _escape(desk: Desk) -> Desk:
    """Leave the innermost thing: why, zoom, filter, the view."""
    if desk.why:
        return desk.but(why=False, source_top=0)
    if desk.zoomed:
        return desk.but(zoomed=False)
    if desk.filter != Filter():
        return desk.but(filter=Filter(), shown=None)
    return seen(desk, desk.record.view)


def _something_to_leave(desk: Desk) -> bool:
    return desk.why or desk.zoomed or desk.filter != Filter() or desk.history is not desk.record


def _has_cell(desk: Desk) -> bool:
    return desk.cell is not None


COMMANDS: tuple[Command, ...] = (
    Command("step.next", ("full_stop", "right_square_bracket", "]", "."), "next event", lambda d: _next(d, 1),
            lambda d: d.steps < len(d.history), ", . step"),
    Command("step.previous", ("comma", "left_square_bracket", "[", ","), "previous event", lambda d: _next(d, -1),
            lambda d: d.steps > 0),
    Command("cell.next", ("greater_than_sign", ">"), "next event that changed this cell", lambda d: _cell_change(d, 1),
            _has_cell, "< > this cell"),
    Command("cell.previous", ("less_than_sign", "<"), "previous event that changed this cell",
            lambda d: _cell_change(d, -1), _has_cell),
    Command("term.next", ("t",), "next event that changed this term", lambda d: _term_change(d, 1), _has_cell, "t T this term"),
    Command("term.previous", ("T",), "previous event that changed this term", lambda d: _term_change(d, -1), _has_cell),
    Command("session.next", ("right_curly_bracket", "}"), "next session or day", lambda d: _session(d, 1),
            lambda d: d.steps < len(d.history), "{ } session"),
    Command("session.previous", ("left_curly_bracket", "{"), "previous session or day", lambda d: _session(d, -1),
            lambda d: d.steps > 1),
    Command("step.first", ("g", "home"), "first event", lambda d: _pointed(to_step(d, 1, jump=True)), lambda d: d.steps != 1 and len(d.history) > 0),
    Command("step.last", ("G", "end"), "last event", lambda d: _pointed(to_step(d, len(d.history), jump=True)),
            lambda d: d.steps < len(d.history)),
    Command("step.back", ("backspace", "ctrl+o"), "back to before the last jump", _back, lambda d: bool(d.jumps)),
    Command("goto", ("colon", ":"), "go to an id, number, date or share", _ask("goto"), hint=": go to"),
    Command("find", ("slash", "/"), "find words in everything events say", _ask("find"), hint="/ find"),
    Command("find.next", ("n",), "next event found", lambda d: _match(d, 1), lambda d: bool(d.found)),
    Command("find.previous", ("N",), "previous event found", lambda d: _match(d, -1), lambda d: bool(d.found)),
    Command("filter", ("f",), "show only some events", _ask("filter", lambda d: d.filter.spelled), hint="f filter"),
    Command("cell.why", ("enter",), "why this cell is so", lambda d: d.but(why=not d.why, source_top=0), _has_cell, "enter why"),
    Command("see.known", ("K",), "as known on a date", _ask("known"), hint="K known"),
    Command("see.party", ("P",), "as seen by a party", _ask("seen-by"), hint="P party"),
    Command("see.lens", ("L",), "through a lens of sources", _ask("lens"), hint="L lens"),
    Command("move.up", ("up", "k"), "up in the pane", lambda d: _vertical(d, -1)),
    Command("move.down", ("down", "j"), "down in the pane", lambda d: _vertical(d, 1)),
    Command("move.left", ("left", "h"), "left in the pane", lambda d: _horizontal(d, -1)),
    Command("move.right", ("right", "l"), "right in the pane", lambda d: _horizontal(d, 1)),
    Command("move.page-up", ("pageup",), "a page up", lambda d: _page(d, -1)),
    Command("move.page-down", ("pagedown",), "a page down", lambda d: _page(d, 1)),
    Command("source.down", ("J",), "scroll the source down", lambda d: d.but(source_top=d.source_top + 1)),
    Command("source.up", ("U",), "scroll the source up", lambda d: d.but(source_top=d.source_top - 1), lambda d: d.source_top > 0),
    Command("pane.next", ("tab",), "next pane", lambda d: _focus(d, 1)),
    Command("pane.previous", ("shift+tab",), "previous pane", lambda d: _focus(d, -1)),
    Command("pane.1", ("1",), "history", lambda d: d.but(focus="history", zoomed=False)),
    Command("pane.2", ("2",), "positions", lambda d: d.but(focus="positions", zoomed=False)),
    Command("pane.3", ("3",), "source", lambda d: d.but(focus="source", zoomed=False)),
    Command("pane.zoom", ("plus", "+", "z"), "this pane alone, and back", lambda d: d.but(zoomed=not d.zoomed)),
    Command("help", ("question_mark", "?", "f1"), "what keys do now",
            lambda d: d.but(help_open=True, help_row=0, prompt=Prompt("help")), hint="? keys"),
    Command("leave", ("escape",), "leave: why, zoom, filter, view", _escape, _something_to_leave, "esc back"),
    Command("quit", ("q",), "quit", lambda d: d, hint="q quit"),
)  # fmt: skip
"""In the order in which the list of keys shows them. `quit` is run by whoever shows the desk."""

