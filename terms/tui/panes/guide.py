"""A list to choose from: what keys do now, what can be copied, what can be written to a file."""

from terms.tui.commands import chosen, listed
from terms.tui.desk import Desk
from terms.tui.layout import Rectangle, first_shown
from terms.tui.lines import Line, Pen
from terms.tui.panes.history import FLAGS
from terms.views.signs import legend

TITLES = {
    "keys": "Keys valid now: type to find, enter runs, esc leaves",
    "copy": "Copy: enter copies, esc leaves",
    "export": "Write to a file: enter writes, esc leaves",
}


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame."""
    assert desk.menu is not None
    width, height = area.inner
    commands = listed(desk)
    body: list[Line] = []
    if desk.menu == "keys":
        told = (f"signs: {legend()}", f"list: {FLAGS}",
                "matrix: [changed by this step]  {cursor}  * differs in what is laid over  ? rival accounts disagree")  # fmt: skip
        body = [pen.line(((text, "dim"),), width) for row in told for text in pen.wrap(row, width)]
        body.append(pen.line((), width))
    room = height - len(body)
    here = chosen(desk, commands)
    first = first_shown(0, here, room, len(commands))
    for place, command in enumerate(commands[first : first + room], start=first):
        mark = ">" if place == here else " "
        keys = pen.fit("  ".join(command.keys), 22)
        body.append(pen.line(((f"{mark} {keys} {command.title}", "cursor" if place == here else ""),), width))
    if not commands:
        body.append(pen.line((("nothing by these words: backspace", "dim"),), width))
    return pen.box(TITLES[desk.menu], f"{len(commands)}", body, area.width, area.height, focused=True)
