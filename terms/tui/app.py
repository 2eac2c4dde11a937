"""The program around a desk: keys and the mouse in, frames out, and whatever a desk asks of the world.

There is no layout in the path of a step: one widget covers the screen, compares the new frame with the one
shown and refreshes the lines that differ. Textual is known to this file and to the widget's alone.
"""

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from functools import partial
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.timer import Timer
from textual.worker import Worker

from terms.core.history import History
from terms.ground.errors import TermsError
from terms.tui import branching, ending, refolding, rereading, stepping, surveying, tidying, weighing, whatif
from terms.tui.asking import refolded, told_where
from terms.tui.canvas import Canvas
from terms.tui.commands import pasted, press
from terms.tui.dead_keys import unheard
from terms.tui.desk import Desk
from terms.tui.effects import Copy, Effect, KeepScenario, Leave, Picture, Refold, Replay, Reread, Save, Seek
from terms.tui.filing import pictured, written
from terms.tui.frame import frame
from terms.tui.keeping import returned
from terms.tui.pictures import file_stem, saved
from terms.tui.pointing import STRIP_ROW, clicked, dragged, wheeled
from terms.tui.reaching import attempted, back, missing, reached
from terms.tui.scrolling import settled
from terms.tui.seeking import look

Reader = Callable[[], History | None]
"""Reads the record again: its history where anything changed since the last reading, else None."""

LOOK_AGAIN = 0.5
"""Seconds between two looks at whether the record has changed; screen.md section 8."""

BREATH = 0.0005
"""Seconds that a search pauses after each slice, so that a key need not wait for it."""

SWITCH = 0.0005
"""Seconds after which a thread beside the reader makes way for a key; Python's own five thousandths add up."""

IDLE = 0.08
"""Seconds without a key after which the neighbours of a step are drawn: longer than a held key takes to repeat."""

GLANCE = 0.005
"""Seconds between the two, in which a key is heard."""


class StepApp(App[Desk]):
    """The program around the canvas: keys and the mouse in, frames out, and what a desk asks for."""

    BINDINGS: ClassVar = []
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: ansi_default; color: ansi_default; }"

    def __init__(
        self,
        desk: Desk,
        *,
        reread: Reader | None = None,
        folder: Path | None = None,
        served: bool = False,
    ) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self.canvas = Canvas(desk)
        self.reread = reread
        self.folder = folder or Path()
        self.served = served
        self.animation_level = "none"
        self.touched = 0.0
        self.playing: Timer | None = None
        self.rereading = self.replaying = False
        self.ahead: Timer | None = None

    @property
    def desk(self) -> Desk:
        """Where the reader stands."""
        return self.canvas.desk

    def compose(self) -> ComposeResult:
        """The canvas alone."""
        yield self.canvas

    def on_mount(self) -> None:
        """Draw once the size is known."""
        sys.setswitchinterval(SWITCH)
        self.put(settled(self.desk.but(width=self.size.width, height=self.size.height)))
        self.canvas.focus()
        ending.on_signals(self.exit)
        self.call_after_refresh(self._settle_down)
        if self.reread is not None:
            self.set_interval(LOOK_AGAIN, self._look_again)
        if self.served:
            self.set_interval(LOOK_AGAIN, partial(ending.with_parent, ending.server()))
        elif ending.has_terminal():
            self.set_interval(LOOK_AGAIN, lambda: None if ending.has_terminal() else self.exit())

    def _settle_down(self) -> None:
        """Once the first frame is shown: what was loaded for it is set aside for good, then rivals are read.

        It is not looked through first: nearly all of it stays, and a key may be waiting.
        """
        tidying.begin()
        self.set_interval(LOOK_AGAIN, lambda: tidying.look(monotonic() - self.touched))
        self._look_for_rivals()

    def on_unmount(self) -> None:
        """Leave Python as it was."""
        tidying.end()

    # ---- keys and mouse -------------------------------------------------------------------------

    @reached
    def on_key(self, event: events.Key) -> None:
        """Every key is one of the table's, or does nothing and is told so."""
        event.stop()
        event.prevent_default()
        self.touched = monotonic()
        self.workers.cancel_group(self, "seek")
        # Return that was typed before the terminal was ready comes as a new line.
        made = press(self.desk, "enter" if event.key == "ctrl+j" else event.key, event.character)
        made = made if made is not None else unheard(self.desk, event.key, event.character)
        if made is not self.desk:
            self.put(made)

    @reached
    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is typed where something is being typed, and is no list of keys elsewhere."""
        self.put(pasted(self.desk, event.text))

    @reached
    def on_click(self, event: events.Click) -> None:
        """A line of the list, a cell of the matrix, a place on the strip."""
        self.put(clicked(self.desk, event.x, event.y))

    @reached
    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The strip is dragged along."""
        if event.button and event.y == STRIP_ROW:
            self.put(dragged(self.desk, event.x))

    @reached
    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel, down."""
        self.put(wheeled(self.desk, event.x, event.y, 1, step=event.shift))

    @reached
    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel, up."""
        self.put(wheeled(self.desk, event.x, event.y, -1, step=event.shift))

    @reached
    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size; step, cell and scroll stay."""
        if self.is_mounted(self.canvas):
            self.put(settled(self.desk.but(width=event.size.width, height=event.size.height)))

    # ---- showing --------------------------------------------------------------------------------

    def put(self, desk: Desk) -> None:
        """Show a desk and do what it asks for."""
        out, before = desk.out, self.desk
        if self.ahead is not None:
            self.ahead.stop()
        self.ahead = self.set_timer(IDLE, self._draw_ahead)
        self.canvas.put(desk.but(out=()) if out else desk)
        for effect in out:
            self._do(effect)
        if self.desk.awaited is None:
            self.workers.cancel_group(self, "refold")
        if weighing.wanted(self.desk):
            self._beside(partial(self._weigh, self.desk.history, self.desk.steps), "weigh")
        else:
            self.workers.cancel_group(self, "weigh")
        if desk.speed and self.playing is None:
            self._wait_for_next()
        if desk.history is not before.history:
            self.call_after_refresh(self._look_for_rivals)

    @reached
    def _draw_ahead(self, keys: str = ".,") -> None:
        """While the reader reads, draw the next event, then the one before, so that stepping finds them made.

        One at a time, so that a key need not wait for both; none while something is typed or chosen.
        """
        if self.desk.speed or self.desk.prompt is not None or self.desk.menu is not None:
            return
        if (made := press(self.desk, keys[0], keys[0])) is not None:
            frame(made)
        if keys[1:]:
            self.ahead = self.set_timer(GLANCE, partial(self._draw_ahead, keys[1:]))

    def say(self, message: str) -> None:
        """A message at the foot, until the next key."""
        self.canvas.put(self.desk.but(message=message))

    def _do(self, effect: Effect) -> None:
        match effect:
            case Leave():
                self.exit(self.desk)
            case Copy(text=words, what=what):
                self.copy_to_clipboard(words)
                self.say(f"copied the {what}; where the terminal lets nobody copy, save it to a file instead")
            case Save(text=words, stem=stem, ending=ending):
                self._save(words, stem, ending)
            case Picture():
                self._do(pictured(self.desk, effect))
            case Seek():
                self._beside(partial(self._look_for, effect), "seek")
            case Refold():
                self._beside(partial(self._refold, effect), "refold")
            case Replay() if not (effect.staying and self.replaying):
                self.replaying = True
                self._beside(partial(self._replay, effect), "replay")
            case KeepScenario():
                self._keep_scenario(effect)
            case Reread():
                self._look_again(asked=True)

    def _save(self, words: str, stem: str, ending: str) -> None:
        """Write to the first name that is free; an existing file is never touched. A visitor's browser gets it."""
        base = file_stem(f"{self.desk.name or 'terms'}-{self.desk.here or 'start'}-{stem}")
        if not self._sent(f"{base}.{ending}", words):
            self.say(saved(self.folder, base, ending, words))

    def _sent(self, name: str, words: str) -> bool:
        """Whether a visitor's browser was given it, who has no folder here."""
        if self.served:
            self.deliver_text(StringIO(words), save_filename=name, open_method="download")
            self.say(f"sent to the browser as {name}")
        return self.served

    # ---- playing --------------------------------------------------------------------------------

    def _wait_for_next(self) -> None:
        self.playing = self.set_timer(stepping.pause_before_next(self.desk) / 1000, self._play_one)

    @reached
    def _play_one(self) -> None:
        self.playing = None
        if self.desk.speed:
            self.put(settled(stepping.tick(self.desk)))
        if self.desk.speed and self.playing is None:
            self._wait_for_next()

    # ---- beside the reader ----------------------------------------------------------------------

    def _beside(self, work: "partial[Coroutine[None, None, None]]", group: str) -> None:
        """Start some work; what the same group was still doing is no longer wanted."""
        _: Worker[None] = self.run_worker(partial(attempted, self, work), exclusive=True, group=group)

    async def _look_for(self, seek: Seek) -> None:
        """Look through a long record in a thread that leaves the reader most of the time, until a key gives it up."""
        history, given_up = self.desk.history, threading.Event()
        try:
            places = await asyncio.to_thread(look, history, seek, partial(given_up.wait, BREATH))
        finally:
            given_up.set()
        if places is not None and self.desk.history is history:
            self.put(settled(told_where(self.desk, seek, places)))

    async def _refold(self, asked: Refold) -> None:
        """Fold another view in a thread, telling how far it is, and go over to it where the reader is then."""
        folding, record = refolding.Folding(), self.desk.record
        shown = self.set_interval(IDLE, lambda: self.canvas.put(refolding.grown(self.desk, folding.done)))
        try:
            fault = await asyncio.to_thread(refolding.folded, self.desk, asked, folding.told)
        finally:
            folding.stop()
            shown.stop()
        if fault:
            self.put(self.desk.but(awaited=None, message=fault))
        elif self.desk.awaited is not None:
            same = self.desk.record is record
            self.put(settled(refolded(self.desk, asked) if same else refolding.asked(self.desk, asked)))

    async def _weigh(self, history: History, steps: int) -> None:
        """Work out what blocks a deal at a step, and show it if the reader is still there."""
        await weighing.weigh_beside(history, steps)
        if (self.desk.history, self.desk.steps) == (history, steps):
            self.canvas.put(self.desk)

    def _look_for_rivals(self) -> None:
        if surveying.is_wanted(self.desk):
            self._beside(partial(self._fold_rivals, self.desk.history), "rivals")

    async def _fold_rivals(self, history: History) -> None:
        """Find out in a thread what the other accounts change, then mark what they tell otherwise."""
        survey = surveying.Survey(history, lambda: monotonic() - self.touched)
        shown = self.set_interval(LOOK_AGAIN, lambda: self.canvas.put(survey.said(self.desk)))
        try:
            readings = await asyncio.to_thread(survey.readings)
        finally:
            survey.stop()
            shown.stop()
        if readings is not None and self.desk.history is history:
            self.canvas.put(survey.said(self.desk.but(readings=readings)))

    def _look_again(self, *, asked: bool = False) -> None:
        """One look at a time: a thread cannot be given up, and what it found would be lost."""
        if not self.rereading:
            self.rereading = True
            self._beside(partial(self._read_again, asked=asked), "reread")
        elif asked:
            self.say(rereading.READING)

    async def _read_again(self, *, asked: bool) -> None:
        """Read the record again in a thread; the reader stays at the event, or goes along with the end."""
        slow = self.set_timer(rereading.SLOW, lambda: self.say(rereading.READING))
        try:
            history = await asyncio.to_thread(self.reread) if self.reread is not None else None
        except TermsError as fault:
            self.canvas.put(missing(self.desk, fault))
            return
        finally:
            self.rereading = False
            slow.stop()
        self.canvas.put(back(self.desk))
        if history is None:
            if asked:
                self.say("nothing has changed")
            return
        await asyncio.to_thread(rereading.compared, self.desk, history)
        awaited = self.desk.awaited
        self.put(settled(rereading.reread(self.desk, history)))
        if awaited is not None:  # of the record as it is now
            self.put(settled(refolding.asked(self.desk, awaited.asked)))

    # ---- branches -------------------------------------------------------------------------------

    async def _replay(self, asked: Replay) -> None:
        """Replay a what-if in a thread, and go onto it if that is still wanted."""
        root = None
        while self.desk.root is not root:  # once more where the record was read again meanwhile
            root, others = self.desk.root, self.desk.branches
            made = await asyncio.to_thread(whatif.replayed, asked.what, root, others)
            # Once beside the reader, so that what it looks up is known when it is shown.
            await asyncio.to_thread(branching.replayed, self.desk, asked, made)
        self.replaying = False
        desk = branching.replayed(self.desk, asked, made)
        on = desk is not self.desk and asked.kept is not None and desk.branch == asked.what.name
        self.put(settled(rereading.pending(returned(desk, asked.kept or {}) if on else desk)))

    def _keep_scenario(self, asked: KeepScenario) -> None:
        """Write the file of a scenario; one that is there is asked about first. A visitor's browser gets it."""
        if not self._sent(Path(asked.path).name, asked.text):
            self.put(written(self.desk, asked, self.folder))
