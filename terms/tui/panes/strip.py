"""The strip of time: the whole history on one line, the step marked, sessions and busy stretches shown."""

from functools import lru_cache

from terms.core.history import History
from terms.tui.desk import Desk
from terms.tui.lines import Line, Pen

BUSY = " .:+#"


def line(desk: Desk, pen: Pen) -> Line:
    """One line of the width of the screen."""
    width = desk.width - 4
    told = _buckets(desk.history, width)
    here = position(desk.steps, len(desk.history), width)
    cursor = pen.glyphs["here"]
    return pen.line(
        ((" <", "frame"), (told[:here], "dim"), (cursor, "strong"), (told[here + 1 :], "dim"), (">", "frame")), desk.width
    )


def position(steps: int, count: int, width: int) -> int:
    """Where on the strip a number of steps stands, from 0 to `width - 1`."""
    return 0 if count == 0 or steps == 0 else (steps - 1) * (width - 1) // max(count - 1, 1)


@lru_cache(maxsize=4)
def _buckets(history: History, width: int) -> str:
    """How busy each stretch is, made once for a width; `|` where a session meets."""
    count = len(history)
    counts = [0] * width
    meets = [False] * width
    for place, event in enumerate(history.events):
        bucket = position(place + 1, count, width)
        counts[bucket] += 1
        meets[bucket] = meets[bucket] or event.kind == "meet"
    most = max(counts, default=0) or 1
    return "".join(
        "|" if met else BUSY[-(-one * (len(BUSY) - 1) // most)] for one, met in zip(counts, meets, strict=True)
    )
