"""How the sentence of an event ends: to whom it is attributed, by whom one is represented, how much longer, as what."""

from collections.abc import Callable

from terms.core.event import Event
from terms.core.history import History
from terms.views.wording import names_of, one_line, time_words


def closing(history: History, event: Event) -> str:
    """What an event of this kind says beyond who acts on what, with a blank before it; "" where that is all."""
    made = _CLOSINGS.get(event.kind)
    return made(history, event) if made is not None else ""


def _to_whom(history: History, event: Event) -> str:
    return f" to {names_of(history.header, getattr(event, 'to_whom', ()))}"


def _through(history: History, event: Event) -> str:
    return f" by {names_of(history.header, getattr(event, 'through', ()))}"


def _into(history: History, event: Event) -> str:
    return f" into {names_of(history.header, getattr(event, 'into', ()))}"


def _name(history: History, event: Event) -> str:
    return f", {one_line(getattr(event, 'name', ''))}"


def _body(history: History, event: Event) -> str:
    body = getattr(event, "to_body", None)
    return f" to {names_of(history.header, (body,))}" if body else ""


def _later(history: History, event: Event) -> str:
    later = getattr(event, "with_", None)
    return f" with {later}" if later else ""


def _longer(history: History, event: Event) -> str:
    """`by 5 days`, `for 30 days`, `from 1 May`, `until the vote`: what of it the event says."""
    lasts, parts = getattr(event, "lasts", None), []
    if (effective := getattr(event, "effective", None)) is not None:
        parts.append(f"from {time_words(effective)}")
    if lasts is not None:
        parts.append(f"by {lasts.removeprefix('+')}" if lasts.startswith("+") else f"for {lasts}")
    if (until := getattr(event, "until", None)) is not None:
        parts.append(f"until {time_words(until)}")
    return "".join(f" {part}" for part in parts)


def capacity_words(event: Event) -> str:
    """In which capacity one signs or accepts, where that is not as a party."""
    capacity = getattr(event, "capacity", "party")
    return f" as {capacity.replace('-', ' ')}" if capacity != "party" else ""


def _direction(history: History, event: Event) -> str:
    first, then = getattr(event, "if_", None), getattr(event, "then", None)
    return (f", if {first}" if first else "") + (f", then {then}" if then else "")


_CLOSINGS: dict[str, Callable[[History, Event], str]] = {
    "attribute": _to_whom,
    "represent": _through,
    "split": _into,
    "merge": _into,
    "rename": _name,
    "refer": _body,
    "supersede": _later,
    "enter-into-force": _longer,
    "extend": _longer,
    "renew": _longer,
    "suspend": _longer,
    "notify-termination": _longer,
    **dict.fromkeys(
        ("initial", "sign", "refuse-to-sign", "ratify", "accede", "guarantee", "witness"),
        lambda history, event: capacity_words(event),
    ),
    "link": _direction,
}
