"""The menus of what can be taken along: texts to copy or save, tables and the picture to write to files."""

from terms.tui import taking
from terms.tui.command import Command, Run, When, asking_for
from terms.tui.effects import Copy, Picture, Save


def _copy(what: str, make: taking.Maker) -> tuple[Run, Run]:
    """Copying a text and saving it."""
    stem = what.replace(" ", "-")
    return asking_for(lambda desk: Copy(make(desk), what)), asking_for(
        lambda desk: Save(make(desk) + "\n", stem, "txt")
    )


def _copies() -> tuple[Command, ...]:
    """Each text twice: to the clipboard, and to a file, for terminals that let nobody at the clipboard."""
    texts: tuple[tuple[str, taking.Maker, When], ...] = (
        ("cell", taking.cell_text, lambda d: d.cell is not None and all(d.cell[:2])),
        ("quotation", taking.quotation, lambda d: d.event is not None),
        ("row", taking.row_text, lambda d: d.cell is not None and bool(d.cell[1])),
        ("difference", taking.difference_text, lambda d: bool(d.differing)),
    )
    made: list[Command] = []
    for what, make, when in texts:
        copy, save = _copy(what, make)
        made.append(Command(f"copy.{what}", (), f"copy the {what}", copy, when))
        made.append(Command(f"save.{what}", (), f"save the {what} to a file", save, when))
    made.append(
        Command("copy.frame", (), "copy the frame as text", asking_for(lambda d: Picture("txt", copy=True)))
    )
    made.append(
        Command(
            "save.frame",
            (),
            "save the frame as text to a file",
            asking_for(lambda d: Picture("txt", copy=False)),
        )
    )
    return tuple(made)


COPIES = _copies()


def _exports() -> tuple[Command, ...]:
    """What is looked at as a table, in three forms; while comparing, the difference. Then the frame itself."""
    tables: tuple[tuple[str, taking.Table, When], ...] = (
        ("positions", taking.positions, lambda d: not d.comparing),
        ("difference", taking.difference, lambda d: d.comparing),
        ("events", taking.events, lambda d: bool(d.places)),
    )
    made = [
        Command(f"export.{what}.{ending}", (), f"{what} as {form}", _saved(what, table, ending), when)
        for what, table, when in tables
        for ending, form in (("md", "Markdown"), ("csv", "CSV"), ("json", "JSON"))
    ]
    picture = asking_for(lambda d: Picture("svg", copy=False))
    return (*made, Command("export.svg", (), "the frame as a picture (SVG)", picture))


def _saved(what: str, table: taking.Table, ending: str) -> Run:
    return asking_for(lambda desk: Save(taking.FORMS[ending](desk, what, table(desk)), what, ending))


EXPORTS = _exports()
