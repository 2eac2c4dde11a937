"""What rival accounts change, found out beside the reader, who keeps stepping; the marks come when it is known.

It rests while keys come, says now and then how far it is where it takes long, and is given up when nobody waits for
it any more; of a long stream what was found out by then is kept all the same.
"""

import threading
from collections.abc import Callable

from terms.core.history import History
from terms.ground.errors import TermsError
from terms.tui.desk import Desk
from terms.tui.refolding import GivenUp, is_held
from terms.views.contested import Readings

IDLE = 0.08
"""Seconds without a key after which it goes on: longer than a held key takes to repeat."""

BREATH = 0.0005
"""Seconds that it pauses now and then all the same, so that a key need not wait for it."""

BEGINS = "rival accounts: read to event "
"""Begins what is said of how far it is."""


def is_wanted(desk: Desk) -> bool:
    """Whether what rival accounts change is to be found out: not yet known, and not too dear."""
    history, readings = desk.history, desk.readings
    known = readings is not None and readings.history is history
    return not known and (is_held(history) or history.keeps_rivals) and bool(history.rivals)


class Survey:
    """What the rival accounts of a history change; `rested` tells the seconds since the last key."""

    def __init__(self, history: History, rested: Callable[[], float]) -> None:
        self.reached = 0
        self._history, self._rested = history, rested
        self._given_up = threading.Event()

    def stop(self) -> None:
        """Nobody wants it any more."""
        self._given_up.set()

    def said(self, desk: Desk) -> Desk:
        """The desk that says how far it is, if nothing else is said there."""
        if desk.message and not desk.message.startswith(BEGINS):
            return desk
        words = f"{BEGINS}{self.reached:,} of {len(desk.history):,}" if self.reached else ""
        return desk if words == desk.message else desk.but(message=words)

    def readings(self) -> Readings | None:
        """The readings, all surveyed; None: it was given up, or the store cannot be read. In a thread of its own."""
        readings = Readings(self._history)
        try:
            self._history.weighed(self._told)
            for place in range(len(self._history.rivals)):
                self._wait()
                readings.survey(place)
        except (GivenUp, TermsError):
            return None
        self.reached = 0
        return readings

    def _told(self, line: int) -> None:
        self.reached = line - 1
        self._wait()

    def _wait(self) -> None:
        while not (given_up := self._given_up.wait(BREATH)) and (rested := self._rested()) < IDLE:
            self._given_up.wait(IDLE - rested)
        if given_up:
            raise GivenUp
