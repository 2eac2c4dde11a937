"""What the reader takes away: a picture of the screen, and the file of a what-if."""

from pathlib import Path

from terms.tui import branching
from terms.tui.desk import Desk, Prompt
from terms.tui.effects import Copy, KeepScenario, Picture, Save
from terms.tui.frame import frame, text
from terms.tui.pictures import svg


def pictured(desk: Desk, asked: Picture) -> Copy | Save:
    """What is shown, as text or drawn."""
    shown = desk.but(message="")
    words = text(shown) if asked.form == "txt" else svg(frame(shown), title=f"{shown.name} {shown.here}")
    return Copy(words, "frame") if asked.copy else Save(words, "frame", asked.form)


def written(desk: Desk, asked: KeepScenario, folder: Path) -> Desk:
    """The desk once the file is written; one that is there already is asked about first."""
    try:
        with (folder / asked.path).open("w" if asked.replacing else "x", encoding="utf-8") as file:
            file.write(asked.text)
    except FileExistsError:
        return branching.taken(desk, asked.path)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or fault
        return desk.but(prompt=Prompt("save", asked.path), message=f"not written: {reason}")
    return branching.saved(desk, asked.path)
