"""A list to choose from: what keys do now, what can be copied, what can be written to a file."""

from terms.tui.commands import chosen, listed
from terms.tui.desk import Desk
from terms.tui.layout import Rectangle, first_shown
from terms.tui.lines import Line, Pen
from terms.tui.offering import rewritten_words
from terms.tui.panes.history import FLAGS
from terms.views.signs import legend

TITLES = {
    "keys": "Keys valid now: type to find, enter runs, esc leaves",
    "palette": "All commands: type to find, enter runs, esc leaves",
    "pane": "This pane and its keys: type to find, enter runs, esc leaves",
    "copy": "Copy: enter copies, esc leaves",
    "what-if": "What if: enter chooses, esc leaves; the record stays as it is",
    "branches": "Branches: enter goes there, esc stays here",
    "rewritten": "The past has changed: enter chooses, esc stays",
    "export": "Write to a file: enter writes, esc leaves",
}


ABOUT = {
    "history": (
        "History: every event in the order of the record; > is the one looked at. A sign says what kind of move it is.",
        f"At the end of a line: {FLAGS}.",
    ),
    "positions": (
        f"Positions: a row a term, a column a party, as it stood right after the event. Signs: {legend()}.",
        "[changed by this step]  {cursor}  * otherwise in what is laid over  ? rival accounts disagree",
        "The last column says how the term stands jointly; the lower edge tells of the cell in braces.",
    ),
    "source": (
        "Source: what the event did, its words and sources, who knew of it when, and who tells it otherwise.",
        "enter shows why the cell in braces is so instead; u shows who waits for whom.",
    ),
}


def lines(desk: Desk, area: Rectangle, pen: Pen) -> list[Line]:
    """The pane in its frame."""
    assert desk.menu is not None
    width, height = area.inner
    commands = listed(desk)
    body: list[Line] = []
    if desk.menu == "pane":
        told = ABOUT[desk.focus]
        body = [
            *(pen.line(((text, ""),), width) for row in told for text in pen.wrap(row, width)),
            pen.line((), width),
        ]
    if desk.menu == "rewritten":
        body = [pen.line(((text, "alert"),), width) for text in pen.wrap(rewritten_words(desk), width)]
        body.append(pen.line((), width))
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
        dead = desk.menu == "palette" and not command.when(desk.but(menu=None, prompt=None))
        keys = pen.fit("  ".join(command.keys), 22) if any(one.keys for one in commands) else ""
        body.append(
            pen.line(
                (
                    (
                        f"{mark} {keys} {command.title}{' (not now)' if dead else ''}",
                        "cursor" if place == here else "dim" if dead else "",
                    ),
                ),
                width,
            )
        )
    if not commands:
        body.append(pen.line((("nothing by these words: backspace", "dim"),), width))
    return pen.box(TITLES[desk.menu], f"{len(commands)}", body, area.width, area.height, focused=True)
