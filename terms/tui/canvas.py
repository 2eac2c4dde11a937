"""The one widget of the screen: it shows a frame and repaints only the lines that differ from the last one."""

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from terms.tui.desk import Desk
from terms.tui.frame import frame
from terms.tui.lines import Line
from terms.tui.themes import THEMES


class Canvas(Widget, can_focus=True):
    """The frame of a desk, line by line."""

    DEFAULT_CSS = "Canvas { width: 100%; height: 100%; background: ansi_default; color: ansi_default; }"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.shown: tuple[Line, ...] = ()
        self.painted: list[tuple[int, ...]] = []
        """Which lines each repaint asked for; a test counts them."""

    def put(self, desk: Desk) -> None:
        """Show another desk: only the lines that differ are painted."""
        themed = desk.theme != self.desk.theme
        new = frame(desk)  # first: where it cannot be made, since a store is out of reach, the old one stays
        self.desk = desk
        old, self.shown = self.shown, new
        if len(old) != len(new) or themed:
            self.painted.append(tuple(range(len(new))))
            self.refresh()
            return
        changed = tuple(y for y, (one, two) in enumerate(zip(old, new, strict=True)) if one != two)
        if changed:
            self.painted.append(changed)
            self.refresh(*(Region(0, y, desk.width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """One line of the frame."""
        if y >= len(self.shown):
            return Strip.blank(self.size.width)
        looks = THEMES[self.desk.theme]
        return Strip([Segment(text, looks[style]) for text, style in self.shown[y]], self.desk.width)
