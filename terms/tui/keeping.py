"""What is kept between two visits: where the reader was in a record, and the reader's own keys.

A place is kept by what a record is (its title, its parties, its first event), not by its path, so that it
is found again after the file has moved or grown. It names an event by its id, never by its number.
"""

import hashlib
import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from terms.core.history import History
from terms.tui import matrix, refolding
from terms.tui.commands import BY_ID
from terms.tui.desk import Anchor, Desk
from terms.tui.effects import Refold
from terms.tui.finding import passing, read_filter
from terms.tui.seeing import Unseen, seen, seen_by, through
from terms.tui.shelving import shelved
from terms.tui.stepping import to_step
from terms.tui.visits import Kept, read_places

MOST_RECORDS = 200
"""Places kept; the oldest are forgotten first."""


def identity(history: History) -> str:
    """What a record is, whatever it is called and however it has grown."""
    header = history.header
    first = history.record[0].id if history.record else ""
    told = "\n".join((header.title, *sorted(header.party), first))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def key_of(desk: Desk) -> str:
    """Under which name a place is kept: the record's, and that of the branch where the reader is on one."""
    return identity(desk.root) + (f"/{desk.branch}" if desk.branch else "")


def place_of(desk: Desk) -> Kept:
    """What is kept of a desk."""
    return {
        "event": desk.here,
        "before": _names_before(desk.record, matrix.aligned(desk.history, desk.steps, desk.record), BEFORE),
        "steps": desk.steps,
        "events": len(desk.nameable),
        "point": list(desk.point) if desk.point else None,
        "filter": desk.filter.spelled,
        "focus": desk.focus,
        "view": _view_of(desk),
        "a": desk.a.event if desk.a else None,
        "b": desk.b.event if desk.b else None,
        "marks": dict(desk.marks),
        "theme": desk.theme,
    }


BEFORE = 3
"""Events kept of those that led to the place: if they are others on coming back, it is said."""


def _names_before(history: History, steps: int, count: int) -> list[str]:
    return [event.id for event in history.events[max(0, steps - count) : steps]]


def returned(desk: Desk, kept: Mapping[str, object]) -> Desk:
    """A freshly opened desk at the place that was kept, under the view it had; it says what has changed since.

    Of a place kept in another view a party's view takes nothing but the letters of the marks: it may not see it.
    """
    desk = _seen_again(desk, kept.get("view"))
    marks = kept.get("marks")
    pairs = sorted((str(k), str(v)) for k, v in marks.items()) if isinstance(marks, dict) else []
    if desk.history.view.party is not None and not _is_of_view(desk, kept):
        return desk.but(marks=tuple(pairs))
    event = kept.get("event")
    known = isinstance(event, str) and matrix.holds(desk.history, event)
    steps = desk.history.index(event) + 1 if known else 0 if event == "" else desk.steps
    made = to_step(desk, steps)
    point = kept.get("point")
    if isinstance(point, list) and len(point) == 3:  # a cell has three parts
        made = made.but(point=tuple(str(part) for part in point))
    wanted = read_filter(str(kept.get("filter") or ""))
    if not isinstance(wanted, str) and (shown := passing(desk.history, wanted)) != ():
        made = made.but(filter=wanted, shown=shown)
    return made.but(
        a=_anchor(desk, kept.get("a")),
        b=_anchor(desk, kept.get("b")),
        marks=tuple(pairs),
        message=_since(made, kept, known),
    )


def _is_of_view(desk: Desk, kept: Mapping[str, object]) -> bool:
    """Whether a place was kept in the view of the party through whose eyes one looks, or of all alike."""
    view = kept.get("view")
    return isinstance(view, dict) and view.get("party") == desk.history.view.party


def _view_of(desk: Desk) -> Kept:
    view = desk.history.view
    known = view.known.isoformat() if view.known is not None else None
    return {"known": known, "party": view.party, "prefer": [*view.prefer], "admits": [*view.admits]}


def _seen_again(desk: Desk, kept: object) -> Desk:
    """The desk under the view that was kept, unless it is opened under one of its own or the view is none now."""
    if not isinstance(kept, dict) or desk.history is not desk.record:
        return desk
    header, view = desk.record.header, desk.record.view
    words = [str(word) for key in ("prefer", "admits") for word in kept.get(key) or ()]
    try:
        known = str(kept.get("known") or "")
        view = replace(view, known=datetime.fromisoformat(known) if known else None)
        view = seen_by(view, header, str(kept.get("party") or ""))
        asked = Refold(through(view, header, ",".join(words)))
    except (Unseen, ValueError):
        return desk
    return seen(desk, asked.view) if refolding.is_ready(desk, asked) else refolding.awaiting(desk, asked)


def _anchor(desk: Desk, event: object) -> Anchor | None:
    if not isinstance(event, str) or not event or not matrix.holds(desk.history, event):
        return None
    return Anchor(desk.history, desk.history.index(event) + 1, event)


def _since(desk: Desk, kept: Mapping[str, object], known: bool) -> str:
    """What is to be said on coming back."""
    event, count = kept.get("event"), kept.get("events")
    if event and not known:
        return f"the event you were at, {event}, is no longer in the record"
    before = kept.get("before")
    if (
        isinstance(before, list)
        and desk.history is desk.record
        and before != _names_before(desk.record, desk.steps, len(before))
    ):
        return f"back at {event}; what comes before it has changed since"
    new = len(desk.nameable) - count if isinstance(count, int) and _is_of_view(desk, kept) else 0
    return f"back at {event or 'the beginning'}" + (
        f"; {new} new events, G goes to the last" if new > 0 else ""
    )


def keep(path: Path, desk: Desk) -> None:
    """Keep the place of a desk; where nothing can be written nothing is kept, and nobody is bothered."""
    places = read_places(path)
    shelved(places, desk, place_of(desk), identity(desk.root))
    whole = json.dumps(dict([*places.items()][-MOST_RECORDS:]), ensure_ascii=True, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_text(whole, encoding="utf-8")
        fresh.replace(path)
    except OSError:
        return


def read_keys(path: Path) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], str]:
    """The reader's own keys by the id of the command, and what is wrong with the file (empty: nothing).

    A line is `"step.next" = [".", "right"]`. A name that is no command is told and changes nothing.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return (), ""
    except (OSError, ValueError) as fault:
        return (), f"{path.name}: {fault}"
    own = [(name, _names(keys)) for name, keys in told.items() if name in BY_ID]
    unknown = [name for name in told if name not in BY_ID]
    return tuple(own), f"{path.name}: no command is called {', '.join(unknown)}" if unknown else ""


def _names(keys: object) -> tuple[str, ...]:
    return (
        tuple(str(key) for key in keys)
        if isinstance(keys, Sequence) and not isinstance(keys, str)
        else (str(keys),)
    )
