"""Lines of styled text with an exact width: all that the screen is made of.

Whatever comes from a record passes `fit`, which cleans it: no byte of a source reaches the terminal.
Styles are names; what they look like is the theme's business, and no meaning hangs on them alone.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, TypeAlias

from terms.ground.widths import cells, clean, fit

Style: TypeAlias = Literal["", "dim", "strong", "title", "cursor", "changed", "mark", "frame", "alert"]
Piece: TypeAlias = tuple[str, Style]
Line: TypeAlias = tuple[Piece, ...]

THEME_NAMES = ("colour", "contrast", "plain")
"""The themes there are; what they look like, `themes` knows, which a frame printed as text need not load."""

UNICODE = {"h": "─", "v": "│", "tl": "┌", "tr": "┐", "bl": "└", "br": "┘", "cut": "…", "here": "●"}
ASCII = {"h": "-", "v": "|", "tl": "+", "tr": "+", "bl": "+", "br": "+", "cut": "~", "here": "O"}

_fit = lru_cache(maxsize=8192)(fit)
_cells = lru_cache(maxsize=8192)(cells)


class Pen:
    """How lines are drawn: with Unicode box characters or with ASCII alone."""

    def __init__(self, *, ascii_only: bool) -> None:
        self.ascii_only = ascii_only
        self.glyphs = ASCII if ascii_only else UNICODE

    def safe(self, text: str) -> str:
        """`text` cleaned, still at its own width; with `ascii_only` what is not ASCII shows as `?`."""
        text = clean(text)
        return text.encode("ascii", "replace").decode() if self.ascii_only and not text.isascii() else text

    def fit(self, text: str, width: int) -> str:
        """`text` made safe, in exactly `width` cells."""
        if self.ascii_only and not text.isascii():
            text = self.safe(text)
        if len(text) <= width and text.isascii() and text.isprintable():
            return text.ljust(width)
        return _fit(text, width, cut=self.glyphs["cut"])

    def line(self, pieces: Iterable[Piece], width: int) -> Line:
        """Pieces one after another in exactly `width` cells; what does not fit is cut."""
        made: list[Piece] = []
        left = width
        for text, style in pieces:
            if left <= 0:
                break
            text = self.safe(text)
            taken = _cells(text)
            made.append((text if taken <= left else self.fit(text, left), style))
            left -= min(taken, left)
        if left > 0:
            made.append((" " * left, ""))
        return tuple(made)

    def box(
        self,
        title: str,
        right: str,
        body: Iterable[Line],
        width: int,
        height: int,
        *,
        focused: bool,
        foot: str = "",
    ) -> list[Line]:
        """A frame around `body` (lines of `width - 4` cells): a title, a word at the right, a word in the lower edge."""
        g = self.glyphs
        style: Style = "strong" if focused else "frame"
        head = f"{g['h']} {self.safe(title)} "
        tail = f" {self.safe(right)} {g['h']}" if right else ""
        room = width - 2 - _cells(head)
        if _cells(tail) > room:
            tail = ""
        ruled = head + g["h"] * max(0, room - _cells(tail)) + tail
        lines: list[Line] = [((g["tl"] + self.fit(ruled, width - 2) + g["tr"], style),)]
        filled = [*body][: height - 2]
        filled += [((" " * (width - 4), ""),)] * (height - 2 - len(filled))
        lines += [((g["v"] + " ", style), *line, (" " + g["v"], style)) for line in filled]
        told = self.fit(f" {foot} ", min(_cells(self.safe(foot)) + 2, width - 3)) if foot else ""
        lower = f"{g['h']}{told}" + g["h"] * (width - 3 - _cells(told))
        lines.append(((g["bl"] + lower + g["br"], style),))
        return lines

    def wrap(self, text: str, width: int) -> list[str]:
        """Text made safe in lines of at most `width` cells, broken at spaces where there are any; never empty."""
        lines, line = [], ""
        for word in self.safe(text).split(" "):
            joined = f"{line} {word}" if line else word
            if _cells(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *whole, line = _pieces(word, width)
            lines += whole
        return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    """A word that may be wider than a line, cut into pieces that are not."""
    made = []
    while _cells(word) > width:
        cut = next(
            size for size in range(min(len(word), width), 0, -1) if _cells(word[:size]) <= width or size == 1
        )
        made.append(word[:cut])
        word = word[cut:]
    return [*made, word]


def text_of(line: Line) -> str:
    """The line without styles."""
    return "".join(text for text, _ in line)


def width_of(line: Line) -> int:
    """How many cells the line takes."""
    return sum(_cells(text) for text, _ in line)
