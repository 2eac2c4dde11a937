"""The list of what keys do now: it filters as one types, and enter runs what is marked."""

from terms.tui.commands import Command, valid
from terms.tui.desk import Desk
from terms.tui.layout import Rectangle
from terms.tui.lines import Line, Pen
from terms.views.signs import legend


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame."""
    width, height = area.width - 4, area.height - 2
    commands = listed(desk)
    body = [pen.line(((f"signs: {legend()}", "dim"),), width), pen.line((("", ""),), width)]
    room = height - len(body)
    first = max(0, min(desk.help_row - room + 1, len(commands) - room)) if desk.help_row >= room else 0
    for place, command in enumerate(commands[first : first + room], start=first):
        here = place == desk.help_row
        keys = " ".join(command.keys)
        body.append(pen.line(((f"{'>' if here else ' '} {pen.fit(keys, 18)} {command.title}", "cursor" if here else ""),), width))
    title = "Keys valid now: type to find, enter runs, esc leaves"
    return pen.box(title, f"{len(commands)}", body, area.width, area.height, focused=True)


def listed(desk: Desk) -> list[Command]:
    """The commands valid now whose title or key has what was typed."""
    typed = desk.prompt.text.lower() if desk.prompt is not None and desk.prompt.kind == "help" else ""
    return [command for command in valid(desk.but(help_open=False, prompt=None)) if typed in command.title.lower() or typed in command.keys]
