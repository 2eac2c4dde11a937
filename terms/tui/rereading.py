"""When the record changes under its reader: new events are told, another past is asked about, nobody is moved."""

from functools import lru_cache
from itertools import takewhile

from msgspec.structs import replace

from terms.core.history import History
from terms.tui import matrix, stepping
from terms.tui.comparing import overlaid
from terms.tui.desk import Desk, Newer, Overlay, Prompt
from terms.tui.effects import Replay
from terms.tui.refolding import is_held
from terms.tui.seeing import over, viewed
from terms.views.wording import count

SLOW = 1.0
"""Seconds after which the reader is told that a look takes long: of a long stream what was added is folded first."""

READING = "what was added is being read; go on meanwhile"
NEW, OLD = "the new reading", "the old reading"
AGAIN = "R asks again"


def reread(desk: Desk, root: History) -> Desk:
    """The desk once the record was read again: at the same event or, following, at the end.

    Where an event up to the one looked at is another than it was, or gone, the reader is asked instead.
    """
    new, old = both(desk, root)
    if new.view.party is not None and new.events == old.events:  # nothing this party can see: nothing is said
        return desk.but(trunk=root) if desk.branch else desk.but(record=root)
    here = matrix.aligned(desk.history, desk.steps, old)
    if shared(new, old) >= here:
        return _told(_over(desk, root), desk, len(new) - len(old))
    asked = desk.newer is not None and desk.newer.asked
    made = desk.but(newer=Newer(root, asked), speed=0)
    if asked and desk.overlay is not None and desk.overlay.name == NEW:
        made = made.but(overlay=Overlay(new, NEW, root))
    return pending(made.but(message=f"the past has changed; {AGAIN}"))


def pending(desk: Desk) -> Desk:
    """The desk that asks about another past, once nothing else is typed or chosen."""
    newer = desk.newer
    if newer is None or newer.asked or desk.prompt is not None or desk.menu is not None:
        return desk
    return ask(desk)


def ask(desk: Desk) -> Desk:
    """The choice between the two readings."""
    assert desk.newer is not None
    return desk.but(
        newer=Newer(desk.newer.history, True), menu="rewritten", menu_row=0, prompt=Prompt("menu"), message=""
    )


def stay(desk: Desk) -> Desk:
    """In the old reading, with the new one laid over it; on a branch its base stays laid over."""
    if desk.newer is None:
        return desk
    if desk.branch:
        return desk.but(message=f"the old reading stays; {AGAIN}")
    new, _ = both(desk, desk.newer.history)
    made = overlaid(desk, Overlay(new, NEW, desk.newer.history))
    return made.but(message=f"{made.message}; {AGAIN}")


def go(desk: Desk) -> Desk:
    """In the new reading: at the event looked at, or the last before it that is there still."""
    if desk.newer is None:
        return desk
    made = _over(desk, desk.newer.history)
    if matrix.holds(made.history, desk.here) or not desk.steps:
        return made.but(message=f"the new reading, at {made.here or 'the beginning'}")
    return made.but(message=f"{desk.here} is gone; now at {made.here or 'the beginning'}")


def go_along(desk: Desk) -> Desk:
    """In the new reading, with the old one laid over it; on a branch its base is laid over again."""
    made = go(desk)
    if desk.branch or made is desk:
        return made
    return overlaid(made, Overlay(desk.history, OLD, desk.record)).but(message=made.message)


def both(desk: Desk, root: History) -> tuple[History, History]:
    """A reading of the record and the one looked at, both seen as the reader sees: on a branch what it stands on."""
    view = desk.history.view
    if not desk.branch:
        return viewed(root, view), desk.history
    return viewed(root, view), viewed(desk.root, view)


def compared(desk: Desk, root: History) -> None:
    """Look through both readings, so that `reread` finds what they share: of a long record, work for a thread."""
    shared(*both(desk, root))


@lru_cache(maxsize=4)
def shared(new: History, old: History) -> int:
    """How many leading events two readings have in common. A stream too long to be held is sealed: it only grows."""
    if not (is_held(new) and is_held(old)):
        return min(len(new), len(old))
    pairs = zip(new.events, old.events, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1] or pair[0] == pair[1], pairs))


def _over(desk: Desk, root: History) -> Desk:
    """The desk over another reading; a branch is replayed on it, and stays as it was until then."""
    branches, aside = (
        tuple(replace(one, made=None, outdated=False) for one in some) for some in (desk.branches, desk.aside)
    )
    if (one := desk.on) is not None:
        old = replace(one, outdated=True)
        kept = tuple(old if new.name == one.name else new for new in branches)
        return desk.but(trunk=root, branches=kept, aside=aside, newer=None, out=(Replay(old, staying=True),))
    made = over(desk, viewed(root, desk.history.view))
    return made.but(
        record=root,
        branches=branches,
        aside=aside,
        newer=None,
        top=desk.top,
        list_top=desk.list_top,
        a=None,
        b=None,
        overlay=None,
        only="all" if desk.only == "differing" else desk.only,
    )


def _told(made: Desk, before: Desk, new: int) -> Desk:
    said = count(new, "new event") if new > 0 else "the record has changed"
    if before.follow and not before.branch:
        return stepping.follow(stepping.to_step(made, len(made.history))).but(message=said)
    return made.but(message=said + (", G goes to the last" if new > 0 else ""))


__all__ = ["ask", "both", "compared", "go", "go_along", "pending", "reread", "shared", "stay"]
