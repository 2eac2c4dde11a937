"""Another view of a long record: folded beside the reader, who keeps reading the old one and sees how far it is.

A short record is folded at once. Whoever asks for another view meanwhile, or presses esc, gives the first one up.
The place is kept by event: where the reader stands when the view is ready, not where they asked for it.
"""

import threading

from msgspec.structs import replace

from terms.core.history import History
from terms.core.lens import View
from terms.core.story import Told, untold
from terms.ground.errors import TermsError
from terms.tui import matrix
from terms.tui.desk import Desk, Filter, pointed
from terms.tui.effects import Refold
from terms.tui.parts import Awaited
from terms.tui.seeing import VIEWS, seen, view_words, whole_of
from terms.tui.stepping import follow

LONG = 2_000
"""Events from which folding them all is felt: about a tenth of a second."""

BREATH = 0.0005
"""Seconds that the folding pauses now and then, so that a key need not wait for it."""

PASSES = 3
"""How often a record that is not held is gone through at most: looked through, written, folded."""

BAR = 20
"""Cells of the bar."""


class GivenUp(Exception):
    """Nobody wants the view any more."""


class Folding:
    """How far a folding is, told by its thread; `stop` ends it."""

    def __init__(self) -> None:
        self.done = 0
        self._given_up = threading.Event()

    def stop(self) -> None:
        """Nobody wants it any more."""
        self._given_up.set()

    def told(self, folded: int) -> None:
        """Some further events are folded.

        Raises:
            GivenUp: it is no longer wanted.
        """
        self.done += folded
        if self._given_up.wait(BREATH):
            raise GivenUp


def asked(desk: Desk, wanted: Refold) -> Desk:
    """The desk under another view, or waiting for it."""
    return shown(desk, wanted.view) if is_ready(desk, wanted) else awaiting(desk, wanted)


def awaiting(desk: Desk, wanted: Refold) -> Desk:
    """The desk that has a view folded beside the reader."""
    return desk.but(awaited=Awaited(wanted, 0, _most(desk, wanted)), out=(*desk.out, wanted), message="")


def is_ready(desk: Desk, wanted: Refold) -> bool:
    """Whether nothing long has to be folded for it."""
    return all(len(whole) < LONG or VIEWS.has(whole, wanted.view) for whole in _wholes(desk, wanted))


def _wholes(desk: Desk, wanted: Refold) -> tuple[History, ...]:
    """What is to be seen otherwise: the record and, unless the view itself is laid over, what lies over it."""
    laid = desk.overlay
    if wanted.overlay:
        return (desk.record,)
    whole = whole_of(desk, wanted.view)
    return (whole, laid.whole) if laid is not None and laid.whole is not None else (whole,)


def _most(desk: Desk, wanted: Refold) -> int:
    """Events gone through at most."""
    wholes = _wholes(desk, wanted)
    once = sum(len(whole) * (1 if is_held(whole) else PASSES) for whole in wholes)
    return once * (1 if wanted.view.party is None else 2)


def is_held(history: History) -> bool:
    """Whether all events of a history are in memory."""
    events: object = history.events
    return isinstance(events, tuple)


def fold(desk: Desk, wanted: Refold, told: Told = untold) -> None:
    """Fold what a view takes, and what its first picture asks of all of it.

    Raises:
        GivenUp: `told` says that nobody wants it any more.
    """
    for whole in _wholes(desk, wanted):
        VIEWS.of(whole, wanted.view, told)
    if not wanted.overlay:
        matrix.rows_of(seen(desk, wanted.view).history)


def folded(desk: Desk, wanted: Refold, told: Told) -> str:
    """Fold in a thread; why that could not be, and nothing where it could or was given up."""
    try:
        fold(desk, wanted, told)
    except GivenUp:
        return ""
    except TermsError as fault:
        return str(fault)
    return ""


def shown(desk: Desk, view: View) -> Desk:
    """The desk under another view, with what that changed in words."""
    made = seen(desk.but(awaited=None), view)
    if view.party is not None:  # how much it does not see, or sees otherwise, nobody tells it
        entered = made if view.party == desk.history.view.party else _anew(made)
        return follow(entered.but(message=view_words(view)))
    hidden = len(made.record) - len(made.history)
    differs = len(matrix.differing(desk.history, desk.steps, made.history, made.steps))
    said = f"{view_words(view) or 'the whole record'}: {differs} cells differ here"
    return follow(made.but(message=said + (f", {hidden} events hidden" if hidden > 0 else "")))


def _anew(desk: Desk) -> Desk:
    """The desk without what was left behind in another view: the cursor, the filter, ways back, second histories.

    They would tell the party of events that it does not see. On a branch its base stays, seen by the party, too.
    """
    base = desk.overlay if desk.overlay is not None and desk.overlay.whole is not None else None
    made = desk.but(
        point=None,
        top=0,
        left=0,
        jumps=(),
        undone=(),
        a=None,
        b=None,
        comparing=False,
        overlay=base,
        found="",
        filter=Filter(),
        shown=None,
        only="all",
        lower="event",
        speed=0,
    )
    return pointed(made)


def given_up(desk: Desk) -> Desk:
    """The desk in the old view, which stays."""
    return desk.but(awaited=None, message="given up: the view stays as it was")


def grown(desk: Desk, done: int) -> Desk:
    """The desk with the folding further on."""
    return desk if desk.awaited is None else desk.but(awaited=replace(desk.awaited, done=done))


def words(awaited: Awaited) -> str:
    """How far it is, for the foot of the screen: of what it takes at most, so it may end sooner."""
    share = min(awaited.done, awaited.most) * 100 // max(awaited.most, 1)
    filled = share * BAR // 100
    bar = f"[{'#' * filled}{'.' * (BAR - filled)}]"
    what = view_words(awaited.asked.view) or "the whole record"
    return f"{bar} {share:>3} %  {what}; esc keeps the old view"
