"""Where the panes stand for a size of the screen: two columns from 100 cells, one pane with tabs below."""

from msgspec import Struct

from terms.tui.desk import Desk, PaneName

SMALLEST = (60, 16)
WIDE = 100
LOW = 24
"""Below this many rows the lower pane folds to a single line."""

ABOVE, UNDER = 2, 2
"""Title and strip above the panes, keys and sentence under them."""


class Rectangle(Struct, frozen=True):
    """A part of the screen in cells and rows, from its left upper corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def inner(self) -> tuple[int, int]:
        """The width and height inside the frame of a pane."""
        return self.width - 4, self.height - 2

    def holds(self, x: int, y: int) -> bool:
        """Whether a point of the screen lies inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


def too_small(desk: Desk) -> bool:
    """Whether the screen is smaller than anything useful."""
    return desk.width < SMALLEST[0] or desk.height < SMALLEST[1]


def is_wide(desk: Desk) -> bool:
    """Whether the list and the matrix stand side by side."""
    return desk.width >= WIDE


def body(desk: Desk) -> Rectangle:
    """All the room between the lines above and those under it."""
    return Rectangle(0, ABOVE, desk.width, desk.height - ABOVE - UNDER)


def panes(desk: Desk) -> dict[PaneName, Rectangle]:
    """The rectangles of the panes that show."""
    whole = body(desk)
    width, height = whole.width, whole.height
    if desk.zoomed:
        return {desk.focus: whole}
    if is_wide(desk):
        left = min(60, max(44, width * 3 // 8))
        lower = max(10, height * 2 // 5)
        return {
            "history": Rectangle(0, ABOVE, left, height),
            "positions": Rectangle(left, ABOVE, width - left, height - lower),
            "source": Rectangle(left, ABOVE + height - lower, width - left, lower),
        }
    lower = 8 if desk.height >= LOW else 3
    upper: PaneName = "history" if desk.focus == "history" else "positions"
    return {
        upper: Rectangle(0, ABOVE, width, height - lower),
        "source": Rectangle(0, ABOVE + height - lower, width, lower),
    }


def first_shown(top: int, here: int, height: int, count: int) -> int:
    """The first of `count` lines shown in `height`: the old one while the cursor is inside, else it in the middle.

    A cursor just outside scrolls by what it takes and two lines more, so that the next steps do not scroll.
    """
    if here < top:
        top = here - 2 if top - here <= 2 else here - height // 2
    elif here >= top + height:
        top = here - height + 3 if here - top - height < 2 else here - height // 2
    return max(0, min(top, count - height))
