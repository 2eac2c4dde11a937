"""What could be typed next in the fields of an event: its keys, and the names of the record that a key takes."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from terms.core.event import KINDS, Event
from terms.tui import matrix
from terms.tui.desk import Desk, Prompt

FIRST = ("kind", "by", "of", "terms", "only", "except", "to", "date", "source", "note")
"""The keys that are offered first; the others follow in the order of a file."""

COMMON = ("accept", "reject", "propose", "counter", "withdraw", "condition", "state")
"""The kinds that are offered first."""

OPENING, CLOSING = "[{", "]}"


def split(text: str) -> tuple[str, str]:
    """What is typed so far with the last separator, and the word behind it."""
    at = max((text.rfind(sign) for sign in " ,:[{"), default=-1) + 1
    return text[:at], text[at:]


def offered_fields(desk: Desk, prompt: Prompt) -> list[str]:
    """What the last word typed could become."""
    told = _told(prompt.text)
    key, value = told[-1]
    if value is None:
        used = {name for name, _ in told[:-1]}
        keys = (f"{name}: " for name in _keys(desk, prompt, dict(told)) if name not in used)
        return [name for name in keys if name.startswith(key)]
    last = split(prompt.text)[1]
    offered = _current(desk, prompt, key, value) or [*_values(desk, dict(told), key, value)]
    found = [word for word in offered if word.startswith(last) and word != last]
    whole = bool(last) and last in offered
    behind = f"{last}], " if prompt.text.count("[") > prompt.text.count("]") else f"{last}, "
    done = [behind] if whole and prompt.text.count("{") <= prompt.text.count("}") else []
    return (found or done) if key == "of" else [*done, *found]


def _told(text: str) -> list[tuple[str, str | None]]:
    """The keys typed so far, each with what stands behind its colon; None: no colon yet."""
    pieces, depth = [""], 0
    for sign in text:
        depth += (sign in OPENING) - (sign in CLOSING)
        if sign == "," and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += sign
    told: list[tuple[str, str | None]] = []
    for piece in pieces:
        key, colon, value = piece.partition(":")
        told.append((key.strip(), value.strip() if colon else None))
    return told


def _keys(desk: Desk, prompt: Prompt, told: dict[str, str | None]) -> list[str]:
    """The keys that an event of this kind may have, the usual ones first."""
    event = _edited(desk, prompt)
    kind = told.get("kind") or (event.kind if event is not None else "")
    every = KINDS[kind].keys() if kind in KINDS else FIRST
    known = [key for key in (*FIRST, *every) if key in every and key != "id"]
    said = event.words() if event is not None else {}
    return [*dict.fromkeys((*(key for key in known if key in said), *known))]


def _edited(desk: Desk, prompt: Prompt) -> Event | None:
    known = prompt.kind == "edit" and matrix.holds(desk.nameable, prompt.about)
    return desk.nameable.event(prompt.about) if known else None


def _current(desk: Desk, prompt: Prompt, key: str, value: str) -> list[str]:
    """What an edited event says now, as it would be typed."""
    event = _edited(desk, prompt)
    said = event.words().get(key) if event is not None and not value else None
    if said is None:
        return []
    from terms.records.layout import flow

    return [flow(said)]


def _values(desk: Desk, told: Mapping[str, str | None], key: str, value: str) -> Iterable[str]:
    """What may stand behind a key; of an answer only what it answers says comes first."""
    every = desk.history.header.term
    if key == "terms":
        lead = "" if "{" in value else "{"
        return [f"{lead}{term}: " for term in every]
    if key in ("only", "except"):
        return dict.fromkeys((*_clauses(desk, told.get("of") or ""), *every))
    return _NAMES[key](desk) if key in _NAMES else ()


def _clauses(desk: Desk, answered: str) -> list[str]:
    """The terms of an offer, or of one option of it, in the order of the record."""
    name, _, part = answered.partition("/")
    version = desk.history.state(desk.steps).versions.get(name)
    if version is None:
        return []
    clauses = version.options.get(part, version.clauses)
    return [term for term in desk.history.header.term if term in clauses]


def _answered(desk: Desk) -> Iterable[str]:
    """Whatever was on the table by then, the last first, each offer with its parts."""
    names = desk.history.state(desk.steps).versions
    order = {event.id: place for place, event in enumerate(desk.history.events[: desk.steps])}
    known = sorted(names, key=lambda name: -order.get(name.partition("/")[0], -1))
    return chain(known, (f"{name}/{option}" for name in known for option in sorted(names[name].options)))


_NAMES: dict[str, Callable[[Desk], Iterable[str]]] = {
    "kind": lambda desk: dict.fromkeys((*(kind for kind in COMMON if kind in KINDS), *sorted(KINDS))),
    "of": _answered,
    "after": lambda desk: (event.id for event in desk.history.events[: desk.steps]),
    "stage": lambda desk: desk.history.header.stage,
    "speaker": lambda desk: desk.history.header.person,
    "source": lambda desk: desk.history.header.source,
    "channel": lambda desk: ("public", "private"),
    **{
        key: (lambda desk: dict.fromkeys((*desk.parties, *desk.history.header.party)))
        for key in ("by", "to", "via", "present", "on-behalf-of")
    },
}
