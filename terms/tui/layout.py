"""Where the panes stand for a size of the screen: two columns from 100 cells, one pane with tabs below."""

from dataclasses import dataclass

from terms.tui.desk import Desk, PaneName

SMALLEST = (60, 16)
WIDE = 100
LOW = 24
"""Below this many rows the source folds to a single line."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of the screen in cells and rows, from its left upper corner."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, x: int, y: int) -> bool:
        """Whether a point of the screen lies inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def too_small(desk: Desk) -> bool:
    """Whether the screen is smaller than anything useful."""
    return desk.width < SMALLEST[0] or desk.height < SMALLEST[1]


def panes(desk: Desk) -> dict[PaneName, Rectangle]:
    """The rectangles of the panes that show: title and strip take two rows above, keys and sentence two below."""
    top, bottom = 2, 2
    width, height = desk.width, desk.height - top - bottom
    if desk.zoomed:
        return {desk.focus: Rectangle(0, top, width, height)}
    if width >= WIDE:
        left = min(52, width * 2 // 5)
        lower = max(10, height * 2 // 5)
        return {
            "history": Rectangle(0, top, left, height),
            "positions": Rectangle(left, top, width - left, height - lower),
            "source": Rectangle(left, top + height - lower, width - left, lower),
        }
    lower = 8 if desk.height >= LOW else 3
    upper: PaneName = "positions" if desk.focus == "source" else desk.focus
    return {
        upper: Rectangle(0, top, width, height - lower),
        "source": Rectangle(0, top + height - lower, width, lower),
    }
