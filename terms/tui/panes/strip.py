"""The strip of time: the whole history on one line, the step marked, sessions and busy stretches shown."""

from functools import lru_cache

from terms.core.history import History
from terms.tui.desk import Desk
from terms.tui.lines import Line, Pen

BUSY = " .:+#"
LOOKED_THROUGH = 20_000
"""Events beyond which the strip does not count them: it would take longer than the rest of the first frame."""


def line(desk: Desk, pen: Pen) -> Line:
    """One line of the width of the screen."""
    width = desk.width - 4
    told = _buckets(desk.history, width)
    count = len(desk.history)
    letters = {position(desk.steps, count, width): pen.glyphs["here"]}
    for letter, anchor in (("A", desk.a), ("B", desk.b)):
        if anchor is not None and anchor.history is desk.history:
            letters.setdefault(position(anchor.steps, count, width), letter)
    pieces = [(" <", "frame")]
    start = 0
    for place, letter in sorted(letters.items()):
        pieces += [(told[start:place], "dim"), (letter, "strong")]
        start = place + 1
    pieces += [(told[start:], "dim"), ("> ", "frame")]
    return pen.line(pieces, desk.width)  # type: ignore[arg-type]


def position(steps: int, count: int, width: int) -> int:
    """Where on the strip a number of steps stands, from 0 to `width - 1`."""
    return 0 if count == 0 or steps == 0 else (steps - 1) * (width - 1) // max(count - 1, 1)


def steps_at(x: int, count: int, width: int) -> int:
    """How many steps a place on the strip stands for: the first that is drawn there."""
    inside = max(0, min(x, width - 1))
    return 0 if count == 0 else 1 + -(-inside * (count - 1) // max(width - 1, 1))


@lru_cache(maxsize=4)
def _buckets(history: History, width: int) -> str:
    """How busy each stretch is, made once for a width; `|` where a session meets.

    A record too long to be looked through shows `:` where a column begins in another month than the one before.
    """
    count = len(history)
    if count > LOOKED_THROUGH:
        months = [history.events[steps_at(x, count, width) - 1].date.text[:7] for x in range(width)]
        return "".join(":" if x and month != months[x - 1] else " " for x, month in enumerate(months))
    counts = [0] * width
    meets = [False] * width
    for place in range(count):
        counts[position(place + 1, count, width)] += 1
    for place in _meetings(history):
        meets[position(place + 1, count, width)] = True
    most = max(counts, default=0) or 1
    return "".join(
        "|" if met else BUSY[-(-one * (len(BUSY) - 1) // most)]
        for one, met in zip(counts, meets, strict=True)
    )


@lru_cache(maxsize=4)
def _meetings(history: History) -> tuple[int, ...]:
    """The log places of sessions, looked for once, whatever the width."""
    return tuple(place for place, event in enumerate(history.events) if event.kind == "meet")
