"""Why something is so: the events behind it in one line each, with the file and line where they stand."""

from collections.abc import Iterable

from terms.core.event import Event
from terms.records.faults import listed
from terms.scenarios.grounds import Ground

MOST = 6
"""Causes named; of more, the last ones in the log."""


def because(ground: Ground, events: Iterable[str], notes: Iterable[str] = ()) -> tuple[str, ...]:
    """A line for each event and note: `velm accepts med-25 in velm-yes (ostra.record.yaml:210)`."""
    names = tuple(dict.fromkeys(events))
    left = (f"{len(names) - MOST} earlier events",) if len(names) > MOST else ()
    return (*left, *(told(ground, name) for name in names[-MOST:]), *notes)


def told(ground: Ground, name: str) -> str:
    """One event in a few words, with its place."""
    event = ground.history.event(name)
    where = located(ground, name)
    return f"{_sentence(event)}{f' ({where})' if where else ''}"


def located(ground: Ground, name: str) -> str:
    """`path:line` of an event; empty where none is known."""
    place = ground.place(name)
    return f"{place.path}:{place.line}" if place is not None else ""


def _sentence(event: Event) -> str:
    of = tuple(one.partition("/")[0] if one == event.id else one for one in getattr(event, "of", ()))
    terms = tuple(getattr(event, "terms", ()) or ())
    what = listed(of, most=3) or listed(terms, most=3)
    who = listed(event.by, most=4) if event.by else "the record"
    said = " ".join(part for part in (who, _verb(event.kind, one=len(event.by) < 2), what) if part)
    return f"{said} in {event.id}"


def _verb(kind: str, *, one: bool) -> str:
    head, _, rest = kind.replace("-", " ").partition(" ")
    if one:
        hissing = head.endswith(("s", "sh", "ch", "x"))
        soft = head.endswith("y") and head[-2] not in "aeiou"
        head = f"{head[:-1]}ies" if soft else head + ("es" if hissing else "s")
    return f"{head} {rest}".rstrip()
