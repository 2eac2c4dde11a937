"""A frame as an SVG picture: a line of text a row, so that it can be searched, read aloud and printed."""

from pathlib import Path

from terms.ground.widths import cells
from terms.tui.lines import Line, Style

CELL_WIDTH, CELL_HEIGHT = 8, 18

_FILLS: dict[Style, tuple[str, str, str]] = {
    "": ("#1b1b1b", "", "normal"),
    "dim": ("#5c5c5c", "", "normal"),
    "strong": ("#1b1b1b", "", "bold"),
    "title": ("#ffffff", "#1b1b1b", "bold"),
    "cursor": ("#ffffff", "#1b1b1b", "normal"),
    "changed": ("#9a5b00", "", "bold"),
    "mark": ("#005a8c", "", "normal"),
    "frame": ("#8a8a8a", "", "normal"),
    "alert": ("#005a8c", "", "bold"),
}
"""Ink, ground (empty: paper) and weight; the pairs keep a contrast of 4.5 to 1 on white, frames aside."""


def svg(lines: tuple[Line, ...], *, title: str) -> str:
    """The picture of some lines, all of one width."""
    width = sum(cells(text) for text, _ in lines[0]) * CELL_WIDTH if lines else 0
    height = len(lines) * CELL_HEIGHT
    drawn = "".join(_row(line, place) for place, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="monospace" font-size="13" xml:space="preserve">\n<title>{_escaped(title)}</title>\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{drawn}</svg>\n'
    )


def _row(line: Line, place: int) -> str:
    made, x = [], 0
    for text, style in line:
        wide = cells(text)
        ink, ground, weight = _FILLS[style]
        left, top = x * CELL_WIDTH, place * CELL_HEIGHT
        if ground:
            made.append(
                f'<rect x="{left}" y="{top}" width="{wide * CELL_WIDTH}" height="{CELL_HEIGHT}" fill="{ground}"/>'
            )
        if text.strip():
            made.append(
                f'<text x="{left}" y="{top + 13}" textLength="{wide * CELL_WIDTH}" fill="{ink}" font-weight="{weight}">'
                f"{_escaped(text)}</text>"
            )
        x += wide
    return "".join(made) + "\n"


def _escaped(text: str) -> str:
    """Text that stands for itself between two tags; the library's own would load all of HTTP with it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def file_stem(words: str) -> str:
    """Words as the name of a file begins with them, whatever they are."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in words)


def saved(folder: Path, stem: str, ending: str, words: str) -> str:
    """Write to the first name that is free, never to a file that is there; what came of it, in a sentence."""
    for number in range(1, 1000):
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}.{ending}"
        try:
            with path.open("x", encoding="utf-8", errors="replace") as file:
                file.write(words)
        except FileExistsError:
            continue
        except OSError as fault:
            return f"not written: {fault.strerror or fault}"
        return f"written to {path}"
    return "not written: too many files of this name"
