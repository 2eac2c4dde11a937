"""One table of everything the screen can do: the keys, when they are valid, and what they do to a desk.

The list of keys, the palette and the tests are all made from it; nothing else knows a key. Keys are the
characters they type, or the names that terminals give the others (`enter`, `ctrl+o`).
"""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from terms.tui import asking, comparing, matrix, moving, offering, stepping
from terms.tui.asking import ask
from terms.tui.carrying import COPIES, EXPORTS
from terms.tui.command import Command, Run, asking_for
from terms.tui.desk import Desk, MenuName, PaneName, Prompt
from terms.tui.effects import Leave, Reread
from terms.tui.leaving import WAYS_OUT, escape, modes, unsee
from terms.tui.lines import THEME_NAMES
from terms.tui.rereading import ask as asking_again
from terms.tui.rereading import pending
from terms.tui.scrolling import more_below, settled
from terms.tui.seeing import is_viewed

# ---- running ------------------------------------------------------------------------------------


def bound(desk: Desk) -> tuple[Command, ...]:
    """The table with the reader's own keys."""
    own = dict(desk.keys)
    return (
        tuple(replace(one, keys=own[one.id]) if one.id in own else one for one in COMMANDS)
        if own
        else COMMANDS
    )


def valid(desk: Desk) -> list[Command]:
    """The commands that do something now, in the order of the table."""
    return [command for command in bound(desk) if command.when(desk)]


def hints(desk: Desk) -> list[str]:
    """The short words for the line of keys, the most useful first; `?` and `q` are said elsewhere."""
    known = [command for command in bound(desk) if command.hint and command.when(desk)]
    first = [command for command in known if desk.branch and command.id in OF_BRANCH]
    return [command.hint for command in (*first, *(one for one in known if one not in first))]


def run_command(desk: Desk, command: Command) -> Desk:
    """The desk after a command, with what it asks of the program in `out` and the panes scrolled to fit."""
    return settled(command.run(desk.but(message="", out=(), hint=False)))


def press(desk: Desk, key: str, character: str | None = None) -> Desk | None:
    """The desk after a key; None when the key does nothing now. `character` is what the key types, if anything."""
    desk = desk.but(out=())
    if desk.menu is not None:
        return settled(pending(_in_menu(desk, key, character)))
    if desk.prompt is not None:
        return settled(pending(asking.typed(desk, desk.prompt, key, character)))
    name = character if character is not None and character.isprintable() and character != " " else key
    found = next((command for command in bound(desk) if name in command.keys and command.when(desk)), None)
    return None if found is None else run_command(desk, found)


# ---- menus --------------------------------------------------------------------------------------


def listed(desk: Desk) -> list[Command]:
    """What the open menu offers: those whose title or key has what was typed."""
    offered = {
        "keys": lambda: valid(_closed(desk)),
        "palette": lambda: list(bound(desk)),
        "pane": lambda: [
            one for one in valid(_closed(desk)) if one.id.partition(".")[0] in OF_PANE[desk.focus]
        ],
        "copy": lambda: _fitting(COPIES, desk),
        "export": lambda: _fitting(EXPORTS, desk),
        "what-if": lambda: [*offering.what_ifs(desk)],
        "branches": lambda: [*offering.branches(desk)],
        "rewritten": lambda: [*offering.REWRITTEN],
    }
    words = desk.prompt.text.lower().split() if desk.prompt is not None else []
    found = offered[desk.menu]() if desk.menu is not None else []
    fitting = [one for one in found if all(word in one.title.lower() or word in one.keys for word in words)]
    return sorted(fitting, key=lambda one: one.title != " ".join(words))  # what is named whole comes first


def _fitting(table: tuple[Command, ...], desk: Desk) -> list[Command]:
    return [command for command in table if command.when(desk)]


def chosen(desk: Desk, commands: list[Command]) -> int:
    """The place of the marked line of a menu."""
    return min(desk.menu_row, max(len(commands) - 1, 0))


def _closed(desk: Desk) -> Desk:
    return desk.but(menu=None, prompt=None, menu_row=0)


def _in_menu(desk: Desk, key: str, character: str | None) -> Desk:
    commands = listed(desk)
    here = chosen(desk, commands)
    if key in ("escape", "ctrl+c"):
        return _closed(desk).but(message=STAYS if desk.menu == "rewritten" else "")
    if key in ("up", "down", "pageup", "pagedown"):
        far = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[key]
        return desk.but(menu_row=max(0, min(here + far, len(commands) - 1)))
    if key == "enter" and commands:
        asked, closed = commands[here], _closed(desk)
        return (
            run_command(closed, asked)
            if asked.when(closed)
            else closed.but(message=f"not now: {asked.title}")
        )
    if key == "enter":
        return desk
    text = desk.prompt.text if desk.prompt is not None else ""
    return desk.but(prompt=Prompt("menu", asking.edited(text, key, character)), menu_row=0)


OF_BRANCH = ("step.next", "step.previous", "what-if", "branches")
"""What the line of keys names first on a branch."""

STAYS = "the old reading stays; R asks again"

OF_PANE: Mapping[PaneName, tuple[str, ...]] = {
    "history": (
        "step",
        "session",
        "rival",
        "find",
        "filter",
        "goto",
        "mark",
        "play",
        "move",
        "what-if",
        "branches",
    ),
    "positions": (
        "cell",
        "term",
        "rows",
        "difference",
        "anchor",
        "move",
        "waiting",
        "overlay",
        "what-if",
        "branches",
    ),
    "source": ("source", "cell", "waiting", "move"),
}
"""What the list of one pane names: the first words of the ids of its commands."""


def _menu(name: MenuName) -> Run:
    return lambda desk: desk.but(menu=name, menu_row=0, prompt=Prompt("menu"))


# ---- the table ----------------------------------------------------------------------------------


def _has_cell(desk: Desk) -> bool:
    return desk.cell is not None


def _on_term(desk: Desk) -> bool:
    return desk.cell is not None and bool(desk.cell[1])


def _later(desk: Desk) -> bool:
    return desk.steps < len(desk.history)


def _earlier(desk: Desk) -> bool:
    return desk.steps > 0


def _events(desk: Desk) -> bool:
    return len(desk.history) > 0


def _toggled_why(desk: Desk) -> Desk:
    return desk.but(lower="event" if desk.lower == "why" else "why", source_top=0)


def _toggled_orders(desk: Desk) -> Desk:
    return desk.but(lower="event" if desk.lower == "orders" else "orders", source_top=0)


def _source(desk: Desk) -> Desk:
    return desk.but(focus="source", zoomed=False, lower="event", source_top=0)


def _overlay(desk: Desk) -> Desk:
    """Nothing laid over, then a second history, then only the rows in which it differs."""
    if desk.overlay is None:
        return ask("overlay", lambda d: "base" if d.branch else "")(desk)
    if desk.only == "differing" or not desk.starred:
        only = "all" if desk.only == "differing" else desk.only
        return desk.but(overlay=None, only=only, top=0, message=f"{desk.overlay.name} is taken off")
    return desk.but(
        only="differing", top=0, message=f"only what differs from {desk.overlay.name}; o takes it off"
    )


def _about_cell(desk: Desk) -> str:
    """What is asked for first under `B`: how the cell under the cursor stands."""
    if desk.cell is None or not all(desk.cell[:2]):
        return ""
    party, term, _ = desk.cell
    return f"{party} {term} {matrix.cell_at(desk.history, desk.steps, desk.cell).sign.word}"


def _next_theme(desk: Desk) -> Desk:
    names = THEME_NAMES
    name = names[(names.index(desk.theme) + 1) % len(names)]
    return desk.but(theme=name, message=f"theme: {name}")


def _followed(desk: Desk) -> Desk:
    return desk.but(
        follow=not desk.follow,
        message="stays where it is" if desk.follow else "goes to new events as they come",
    )


def _gaps(desk: Desk) -> Desk:
    return desk.but(
        even=not desk.even, message="pauses as long as the days between" if desk.even else "even pauses"
    )


def _reread(desk: Desk) -> Desk:
    return asking_again(desk) if desk.newer is not None else desk.but(out=(Reread(),))


def _to(steps: Callable[[Desk], int]) -> Run:
    return lambda desk: stepping.follow(stepping.to_step(desk, steps(desk), jump=True))


COMMANDS: tuple[Command, ...] = (
    Command("leave", ("escape",), "leave the innermost of: " + ", ".join(name for name, _, _ in WAYS_OUT), escape,
            lambda d: bool(modes(d))),
    Command("step.next", (".", "]"), "next event", lambda d: stepping.by_event(d, 1), _later, ". next"),
    Command("step.previous", (",", "["), "previous event", lambda d: stepping.by_event(d, -1), _earlier, ", back"),
    Command("cell.next", (">",), "next event that changed this cell (on a head: this term, this party)",
            lambda d: stepping.by_cell(d, 1, d.cell), _has_cell, "< > this cell"),
    Command("cell.previous", ("<",), "previous event that changed this cell",
            lambda d: stepping.by_cell(d, -1, d.cell), _has_cell),
    Command("cell.why", ("enter",), "why this cell is so: everything that led to it", _toggled_why, _has_cell, "enter why"),
    Command("goto", (":",), "go to an id, number, date, share or party", ask("goto"), _events, ": date"),
    Command("find", ("/",), "find words in everything events say", ask("find"), _events, "/ find"),
    Command("filter", ("f",), "show only some events and rows", ask("filter", lambda d: d.filter.spelled), _events, "f filter"),
    Command("difference.next", ("n",), "next difference", lambda d: comparing.walk(d, 1), lambda d: d.comparing, "n N differences"),
    Command("difference.previous", ("N",), "previous difference", lambda d: comparing.walk(d, -1), lambda d: d.comparing),
    Command("find.next", ("n",), "next event found", lambda d: asking.match(d, 1), lambda d: bool(d.found) and not d.comparing,
            "n N found"),
    Command("find.previous", ("N",), "previous event found", lambda d: asking.match(d, -1),
            lambda d: bool(d.found) and not d.comparing),
    Command("term.next", ("t",), "next event that changed this term", lambda d: stepping.by_term(d, 1), _on_term, "t T this term"),
    Command("term.previous", ("T",), "previous event that changed this term", lambda d: stepping.by_term(d, -1), _on_term),
    Command("difference", ("d",), "what differs from A to B (not set: the step before, here)", comparing.toggled, _events,
            "a d compare"),
    Command("anchor.a", ("a",), "set anchor A here, or lift it", lambda d: comparing.anchored(d, "a"), _events),
    Command("anchor.b", ("b",), "set anchor B here, or lift it", lambda d: comparing.anchored(d, "b"), _events),
    Command("anchor.swap", ("x",), "swap A and B", comparing.swapped, lambda d: d.a is not None and d.b is not None and d.a != d.b),
    Command("see.known", ("K",), "as known on a date", ask("known"), hint="K P L see as"),
    Command("see.party", ("P",), "as seen by a party", ask("seen-by"), lambda d: d.kept_to is None),
    Command("see.lens", ("L",), "through a lens of sources", ask("lens")),
    Command("see.all", ("V",), "the record as recorded again", unsee, is_viewed),
    Command("overlay", ("o",), "lay a second history over; then only what differs; then take it off", _overlay, hint="o overlay"),
    Command("overlay.compare", ("O",), "what differs from what is laid over, at this event", comparing.against_overlay,
            lambda d: d.overlay is not None),
    Command("what-if", ("w",), "what if: skip, edit or add an event here; save it as a scenario", _menu("what-if"), _events, "w what if"),
    Command("branches", ("W",), "the branches: the record and every what-if", _menu("branches"), lambda d: bool(d.branches), "W branches"),
    Command("session.next", ("}",), "next session or day", lambda d: stepping.by_session(d, 1), _later, "{ } session"),
    Command("session.previous", ("{",), "previous session or day", lambda d: stepping.by_session(d, -1), _earlier),
    Command("rival.next", ("r",), "next event told in rival accounts", stepping.by_rival, lambda d: bool(d.history.rivals),
            "r rivals"),
    Command("first-where", ("B",), "first event where something holds", ask("first-where", _about_cell), _events),
    Command("waiting", ("u", "4"), "who waits for whom: ordering statements and deadlocks", _toggled_orders, _events, "u waiting"),
    Command("rows.agreed", ("A",), "only the terms that are agreed, or all", lambda d: moving.only(d, "agreed"), _events, "A agreed"),
    Command("rows.changed", ("c",), "only the rows that changed, or all", lambda d: moving.only(d, "changed"), _events),
    Command("rows.contested", ("C",), "only the rows that rival accounts tell otherwise, or all",
            lambda d: moving.only(d, "contested"), lambda d: d.readings is not None and d.readings.history is d.history),
    Command("rows.fold", ("Z",), "this group of terms as one row, or row by row", lambda d: moving.fold(d, moving.group_here(d)),
            lambda d: bool(moving.group_here(d))),
    Command("rows.fold-stage", ("X",), "this stage as one row, or row by row", lambda d: moving.fold(d, moving.stage_here(d)),
            lambda d: bool(moving.stage_here(d))),
    Command("rows.unfold", ("D",), "all rows again, nothing folded", lambda d: d.but(folded=frozenset(), top=0),
            lambda d: bool(d.folded)),
    Command("step.first", ("g", "home"), "first event", _to(lambda d: 1), lambda d: _events(d) and d.steps != 1),
    Command("step.last", ("G", "end"), "last event", _to(lambda d: len(d.history)), _later),
    Command("step.back", ("backspace", "ctrl+o"), "back to before the last jump", stepping.back, lambda d: bool(d.jumps)),
    Command("step.forward", ("alt+right",), "forward again", stepping.forward, lambda d: bool(d.undone)),
    Command("mark.set", ("m",), "mark this event with a letter", ask("mark"), _events),
    Command("mark.go", ("'",), "go to a mark", ask("to-mark"), lambda d: bool(d.marks)),
    Command("play", ("space",), "play from here, or stop", stepping.play, _events),
    Command("play.slower", ("-",), "play slower", lambda d: stepping.faster(d, -1), lambda d: d.speed > 1),
    Command("play.faster", ("=",), "play faster", lambda d: stepping.faster(d, 1), lambda d: 0 < d.speed < stepping.SPEEDS[-1]),
    Command("play.gaps", ("~",), "even pauses, or as long as the days between", _gaps, _events),
    Command("move.up", ("up", "k"), "up in the pane", lambda d: moving.vertical(d, -1), lambda d: moving.some_line(d, -1)),
    Command("move.down", ("down", "j"), "down in the pane", lambda d: moving.vertical(d, 1), lambda d: moving.some_line(d, 1)),
    Command("move.left", ("left", "h"), "left in the pane", lambda d: moving.horizontal(d, -1), lambda d: moving.some_column(d, -1)),
    Command("move.right", ("right", "l"), "right in the pane", lambda d: moving.horizontal(d, 1), lambda d: moving.some_column(d, 1)),
    Command("move.page-up", ("pageup",), "half a screen up", lambda d: moving.page(d, -1), lambda d: moving.some_line(d, -1)),
    Command("move.page-down", ("pagedown",), "half a screen down", lambda d: moving.page(d, 1), lambda d: moving.some_line(d, 1)),
    Command("source.down", ("J",), "scroll the lower pane down", lambda d: moving.scroll(d, 1), more_below),
    Command("source.up", ("U",), "scroll the lower pane up", lambda d: moving.scroll(d, -1), lambda d: d.source_top > 0),
    Command("pane.next", ("tab",), "next pane", lambda d: moving.focus(d, 1)),
    Command("pane.previous", ("shift+tab",), "previous pane", lambda d: moving.focus(d, -1)),
    Command("pane.1", ("1",), "to the history", lambda d: moving.to_pane(d, "history"),
            lambda d: d.focus != "history" or d.zoomed),
    Command("pane.2", ("2",), "to the positions", lambda d: moving.to_pane(d, "positions"),
            lambda d: d.focus != "positions" or d.zoomed),
    Command("pane.3", ("3",), "to the source", _source,
            lambda d: d.focus != "source" or d.zoomed or d.lower != "event"),
    Command("pane.zoom", ("+", "z"), "this pane alone, or all", lambda d: d.but(zoomed=not d.zoomed)),
    Command("copy", ("y",), "copy: cell, quotation, row, difference, frame", _menu("copy"), hint="y copy"),
    Command("export", ("e",), "export: Markdown, CSV, JSON, SVG", _menu("export")),
    Command("reread", ("R",), "read the record again", _reread),
    Command("follow", ("F",), "follow the end of the record as it grows, or stay", _followed),
    Command("theme", ("ctrl+t",), "next theme: " + ", ".join(THEME_NAMES), _next_theme),
    Command("keys", ("?",), "what keys do now", _menu("keys")),
    Command("palette", ("ctrl+p",), "all commands, also those that do nothing now", _menu("palette")),
    Command("pane.about", ("f1",), "what this pane shows, and its keys", _menu("pane")),
    Command("quit", ("q", "ctrl+q", "ctrl+c"), "quit; the place is kept", asking_for(lambda d: Leave())),
)  # fmt: skip
"""In the order in which the list of keys shows them."""

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}


LONGEST_PASTE = 400
"""Characters of a pasted text that are typed."""


def pasted(desk: Desk, words: str) -> Desk:
    """The desk once a text was pasted: it is typed where something is being typed, and is no list of keys elsewhere."""
    made: Desk | None = desk
    for character in words[:LONGEST_PASTE] if desk.prompt is not None else "":
        if made is not None and character.isprintable():
            made = press(made, character, character)
    return made if made is not None else desk
