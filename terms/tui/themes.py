"""What the names of styles look like: blue and orange, never red against green, or no colour at all.

Nothing is told by colour alone: what is changed stands in brackets, the cursor in braces or behind `>`.
Colours are those of the terminal's own sixteen, so that they fit its background, dark or light.
"""

from collections.abc import Mapping

from rich.style import Style as Look

from terms.tui.lines import Style

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

THEMES: Mapping[str, Mapping[Style, Look]] = {"colour": COLOUR, "contrast": CONTRAST, "plain": PLAIN}
