"""What `esc` leads out of, mode by mode, and what is looked at in the end: the whole record as recorded."""

from terms.tui import asking, branching, refolding
from terms.tui.command import Run, When
from terms.tui.desk import Desk, Filter
from terms.tui.seeing import is_viewed, over, plain_view, seen


def unsee(desk: Desk) -> Desk:
    """The record, or the branch, as recorded again; for a reader kept to a party as that party sees it."""
    whole = plain_view(desk)
    return over(desk, desk.record) if desk.history.view == whole else seen(desk, whole)


WAYS_OUT: tuple[tuple[str, When, Run], ...] = (
    ("folding", lambda d: d.awaited is not None, refolding.given_up),
    ("play", lambda d: d.speed > 0, lambda d: d.but(speed=0)),
    ("why", lambda d: d.lower == "why", lambda d: d.but(lower="event", source_top=0)),
    ("waiting", lambda d: d.lower == "orders", lambda d: d.but(lower="event", source_top=0)),
    ("zoom", lambda d: d.zoomed, lambda d: d.but(zoomed=False)),
    ("difference", lambda d: d.comparing, lambda d: d.but(comparing=False)),
    ("some rows", lambda d: d.only != "all", lambda d: d.but(only="all")),
    (
        "overlay",
        lambda d: d.overlay is not None and not branching.is_over_base(d),
        lambda d: d.but(overlay=None),
    ),
    ("filter", lambda d: d.filter != Filter(), asking.unfiltered),
    ("what-if", lambda d: bool(d.branch) and d.history.view.party is not None, branching.left),
    ("view", is_viewed, unsee),
    ("what-if", lambda d: bool(d.branch) and d.history.view.party is None, branching.left),
)
"""What `esc` leaves, the innermost first: a mode, whether it is on, and how it ends."""


def modes(desk: Desk) -> list[str]:
    """The modes that are on, the one `esc` leaves first."""
    return [name for name, on, _ in WAYS_OUT if on(desk)]


def escape(desk: Desk) -> Desk:
    """The desk out of the innermost mode."""
    return next(leave for _, on, leave in WAYS_OUT if on(desk))(desk)
