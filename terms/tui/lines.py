"""Lines of styled text with an exact width: all that the screen is made of.

Whatever comes from a record passes `fit`, which cleans it: no byte of a source reaches the terminal.
Styles are names; what they look like is the theme's business, and no meaning hangs on them alone.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from terms.ground.widths import cells, fit

Style: TypeAlias = Literal["", "dim", "strong", "title", "cursor", "changed", "mark", "frame", "alert"]
Piece: TypeAlias = tuple[str, Style]
Line: TypeAlias = tuple[Piece, ...]

UNICODE = {"h": "─", "v": "│", "tl": "┌", "tr": "┐", "bl": "└", "br": "┘", "cut": "…", "here": "●"}
ASCII = {"h": "-", "v": "|", "tl": "+", "tr": "+", "bl": "+", "br": "+", "cut": "~", "here": "O"}


class Pen:
    """How lines are drawn: with Unicode box characters or with ASCII alone."""

    def __init__(self, *, ascii_only: bool) -> None:
        self.ascii_only = ascii_only
        self.glyphs = ASCII if ascii_only else UNICODE

    def fit(self, text: str, width: int) -> str:
        """`text` cleaned, in exactly `width` cells; with `ascii_only` what is not ASCII shows as `?`."""
        if self.ascii_only and not text.isascii():
            text = text.encode("ascii", "replace").decode()
        return fit(text, width, cut=self.glyphs["cut"])

    def line(self, pieces: Iterable[Piece], width: int) -> Line:
        """Pieces one after another in exactly `width` cells; what does not fit is cut."""
        made: list[Piece] = []
        left = width
        for text, style in pieces:
            if left <= 0:
                break
            shown = self.fit(text, min(cells(text), left))
            made.append((shown, style))
            left -= cells(shown)
        if left > 0:
            made.append((" " * left, ""))
        return tuple(made)

    def box(self, title: str, right: str, body: Iterable[Line], width: int, height: int, *, focused: bool) -> list[Line]:
        """A frame around `body` (lines of `width - 4` cells), a title at the left and a word at the right."""
        g = self.glyphs
        inner = width - 4
        style: Style = "strong" if focused else "frame"
        head = f"{g['h']} {title} "
        tail = f" {right} {g['h']}" if right else ""
        room = width - 2 - cells(tail)
        top = self.fit(head + g["h"] * width, max(room, 0)) if cells(head) <= room else self.fit(head, max(room, 0))
        lines: list[Line] = [self.line(((g["tl"] + top + tail + g["tr"], style),), width)]
        filled = [*body][: height - 2]
        filled += [((" " * inner, ""),)] * (height - 2 - len(filled))
        lines += [((g["v"] + " ", style), *line, (" " + g["v"], style)) for line in filled]
        lines.append(((g["bl"] + g["h"] * (width - 2) + g["br"], style),))
        return lines


def text_of(line: Line) -> str:
    """The line without styles."""
    return "".join(text for text, _ in line)


def width_of(line: Line) -> int:
    """How many cells the line takes."""
    return sum(cells(text) for text, _ in line)
