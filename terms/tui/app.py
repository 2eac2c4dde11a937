"""The terminal around a desk: one widget that shows the frame and repaints only the lines that differ.

Textual is known to this file alone. There is no layout in the path of a step: the widget covers the
screen, compares the new frame with the one shown and refreshes those lines.
"""

import gc
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.app import App, ComposeResult
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from terms.tui.commands import COMMANDS, run_key, to_step, typed, valid
from terms.tui.desk import Desk
from terms.tui.frame import frame
from terms.tui.layout import panes
from terms.tui.lines import Line, Style
from terms.tui.panes import history as history_pane
from terms.tui.panes import positions as positions_pane

COLOURED: dict[Style, RichStyle] = {
    "": RichStyle(),
    "dim": RichStyle(dim=True),
    "strong": RichStyle(bold=True),
    "title": RichStyle(bold=True, reverse=True),
    "cursor": RichStyle(reverse=True),
    "changed": RichStyle(bold=True, color="dark_orange"),
    "mark": RichStyle(color="deep_sky_blue1"),
    "frame": RichStyle(dim=True),
    "alert": RichStyle(bold=True, color="deep_sky_blue1"),
}
"""Blue and orange, never red against green; each of them also differs by weight or by a sign in the text."""

PLAIN: dict[Style, RichStyle] = {
    name: RichStyle(bold=style.bold, dim=style.dim, reverse=style.reverse) for name, style in COLOURED.items()
}


class Canvas(Widget, can_focus=True):
    """The frame of a desk, line by line."""

    DEFAULT_CSS = "Canvas { width: 100%; height: 100%; }"

    def __init__(self, desk: Desk, *, colour: bool) -> None:
        super().__init__()
        self.desk = desk
        self.styles_of = COLOURED if colour else PLAIN
        self.shown: tuple[Line, ...] = ()
        self.painted = 0

    def put(self, desk: Desk) -> None:
        """Show another desk: only the lines that differ are painted."""
        self.desk = desk
        new = frame(desk)
        old, self.shown = self.shown, new
        if len(old) != len(new):
            self.refresh()
            return
        changed = [y for y, (one, two) in enumerate(zip(old, new, strict=True)) if one != two]
        if changed:
            self.painted += 1
            self.refresh(*(Region(0, y, desk.width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """One line of the frame."""
        if y >= len(self.shown):
            return Strip.blank(self.size.width)
        return Strip([Segment(text, self.styles_of[style]) for text, style in self.shown[y]], self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size; step, cell and scroll stay."""
        self.put(self.desk.but(width=event.size.width, height=event.size.height))

    def on_key(self, event: events.Key) -> None:
        """A key for the prompt, or for the table of commands."""
        desk = self.desk
        if desk.prompt is not None:
            event.stop()
            self.put(typed(desk, event.key, event.character))
            return
        key = event.character if event.character and event.character.isprintable() and event.character != " " else event.key
        if key == "q":
            event.stop()
            self.app.exit(desk)
            return
        made = run_key(desk, key)
        if made is not None:
            event.stop()
            event.prevent_default()
            self.put(made)

    def on_click(self, event: events.Click) -> None:
        """A row of the list, a cell of the matrix, a place on the strip."""
        made = clicked(self.desk, event.x, event.y)
        if made is not self.desk:
            self.put(made)


def clicked(desk: Desk, x: int, y: int) -> Desk:
    """The desk after a click: the pane under it gets the focus and the thing under it the cursor."""
    if y == 1 and len(desk.history):
        return to_step(desk, 1 + (max(x - 2, 0) * (len(desk.history) - 1)) // max(desk.width - 5, 1), jump=True)
    for name, area in panes(desk).items():
        if not area.holds(x, y):
            continue
        line = y - area.y - 1
        made = desk.but(focus=name)
        if name == "history":
            places = desk.shown if desk.shown is not None else range(len(desk.history))
            first = history_pane.first_line(desk, area.height - 2)
            return to_step(made, places[first + line] + 1) if 0 <= line and first + line < len(places) else made
        if name == "positions" and 1 <= line <= area.height - 3:
            row = positions_pane.first_row(desk, area.height - 3) + line - 1
            widths = positions_pane.columns(desk, area.width - 4)
            column = positions_pane.left(desk, area.width - 4) + max(0, x - area.x - 2 - widths.term) // widths.party
            return made.but(row=min(row, len(desk.rows) - 1), column=min(column, len(desk.parties) - 1))
        return made
    return desk


class CommandProvider(Provider):
    """The palette (ctrl+p): every command that is valid now."""

    @property
    def canvas(self) -> Canvas:
        return self.app.query_one(Canvas)

    def _runner(self, name: str) -> Callable[[], None]:
        command = next(one for one in COMMANDS if one.id == name)

        def run() -> None:
            if name == "quit":
                self.app.exit(self.canvas.desk)
            else:
                self.canvas.put(command.run(self.canvas.desk.but(message="")))

        return run

    async def discover(self) -> Hits:
        """All of them."""
        for command in valid(self.canvas.desk):
            yield DiscoveryHit(command.title, self._runner(command.id), help=" ".join(command.keys))

    async def search(self, query: str) -> Hits:
        """Those that match what was typed."""
        matcher = self.matcher(query)
        for command in valid(self.canvas.desk):
            if (score := matcher.match(command.title)) > 0:
                yield Hit(score, matcher.highlight(command.title), self._runner(command.id), help=" ".join(command.keys))


class StepApp(App[Desk]):
    """The program around the canvas."""

    COMMANDS: ClassVar[set[type[Provider]]] = {CommandProvider}  # type: ignore[assignment]
    BINDINGS: ClassVar = []
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, desk: Desk, *, colour: bool = True) -> None:
        super().__init__(ansi_color=True)
        self.desk = desk
        self.colour = colour
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        """The canvas alone."""
        yield Canvas(self.desk, colour=self.colour)

    def on_mount(self) -> None:
        """Draw once the size is known; what was loaded stays for good and need not be walked again."""
        canvas = self.query_one(Canvas)
        canvas.put(canvas.desk.but(width=self.size.width, height=self.size.height))
        canvas.focus()
        gc.freeze()


def run(desk: Desk, *, colour: bool = True) -> Desk:
    """Open the screen and stay until the reader leaves; the desk where they left."""
    left = StepApp(desk, colour=colour).run()
    return left if left is not None else desk


