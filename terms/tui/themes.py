"""What the names of styles look like: blue and orange, never red against green, or no colour at all.

Nothing is told by colour alone: what is changed stands in brackets, the cursor in braces or behind `>`.
Colours are those of the terminal's own sixteen, so that they fit its background, dark or light.
"""

from collections.abc import Iterable, Mapping

from rich.color import ColorSystem
from rich.style import Style as Look

from terms.tui.lines import Line, Style

PLAIN: Mapping[Style, Look] = {
    "": Look(),
    "dim": Look(dim=True),
    "strong": Look(bold=True),
    "title": Look(bold=True, reverse=True),
    "cursor": Look(reverse=True),
    "changed": Look(bold=True),
    "mark": Look(underline=True),
    "frame": Look(dim=True),
    "alert": Look(bold=True),
}
"""Weight, underline and reverse alone."""

COLOUR: Mapping[Style, Look] = {
    **PLAIN,
    "changed": Look(bold=True, color="yellow"),
    "mark": Look(color="cyan"),
    "alert": Look(bold=True, color="bright_blue"),
}

CONTRAST: Mapping[Style, Look] = {
    **PLAIN,
    "dim": Look(),
    "frame": Look(),
    "title": Look(bold=True, color="black", bgcolor="bright_yellow"),
    "cursor": Look(bold=True, color="black", bgcolor="bright_yellow"),
    "changed": Look(bold=True, color="bright_yellow"),
    "mark": Look(bold=True, color="bright_cyan"),
    "alert": Look(bold=True, color="bright_white", bgcolor="blue"),
}
"""For tired eyes and bad projectors: nothing is dim."""


def painted(lines: Iterable[Line], theme: Mapping[Style, Look] | None = None) -> str:
    """Lines for a terminal as they stand, in the terminal's own sixteen colours, without a screen around them."""
    looks = COLOUR if theme is None else theme
    return "".join(
        "".join(looks[style].render(text, color_system=ColorSystem.STANDARD) for text, style in line) + "\n"
        for line in lines
    )


THEMES: Mapping[str, Mapping[Style, Look]] = {"colour": COLOUR, "contrast": CONTRAST, "plain": PLAIN}
