"""A pin: what the past of a scenario meant when it was written, so that a change under it is noticed.

Only meaning counts: ids and fields in log order, not comments, layout or the files they stand in. Beside the
digest of the whole a pin may hold four digits an event, from which it can be said which ones changed.
"""

import json
from collections.abc import Sequence
from difflib import SequenceMatcher

from terms.core.event import Event
from terms.ground.canonical import fingerprint
from terms.ground.diagnostics import Diagnostic
from terms.records.faults import listed, warning
from terms.scenarios.grounds import Ground
from terms.scenarios.scenario import Pin, Scenario

SHORT = 4
"""Digits of an event's own digest: one change in 65,536 goes unseen there, and in the whole none."""
WHOLE = 16


def digest(event: Event) -> str:
    """The digest of one event's meaning."""
    return fingerprint(
        json.dumps(event.words(), sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    )


def meaning_of(events: Sequence[Event]) -> str:
    """The digest of a past, event by event in log order."""
    return fingerprint("".join(digest(event) for event in events).encode())[:WHOLE]


def past_of(scenario: Scenario, ground: Ground) -> tuple[Event, ...]:
    """The events of the base up to the branch point."""
    after = scenario.base.after if scenario.base is not None else None
    at = ground.at(after.text) if after is not None else None
    return ground.events if at is None else ground.events[: at + 1]


def pin_words(events: Sequence[Event]) -> str:
    """The lines of a pin for this past, to be pasted into a scenario."""
    short = [digest(event)[:SHORT] for event in events]
    rows = [" ".join(short[at : at + 20]) for at in range(0, len(short), 20)]
    return "\n".join(
        ["pin:", f"  meaning: {meaning_of(events)}", "  events: >-", *(f"    {row}" for row in rows), ""]
    )


def pin_faults(scenario: Scenario, ground: Ground) -> tuple[Diagnostic, ...]:
    """W501 when the past up to the branch point is not what the pin was made of, naming what changed."""
    if scenario.pin is None or scenario.base is None:
        return ()
    past = past_of(scenario, ground)
    if meaning_of(past) == scenario.pin.meaning.text:
        return ()
    changed = changed_events(scenario.pin, past)
    which = (
        f"events that differ: {listed(changed)}"
        if changed
        else "a pin with events: would say which events changed"
    )
    return (
        warning(
            "W501",
            "the past changed under this scenario",
            scenario.pin.meaning.place,
            which,
            "look whether the scenario still says what it should, then renew the pin",
        ),
    )


def changed_events(pin: Pin, past: Sequence[Event]) -> tuple[str, ...]:
    """Events that are new or other than the pin knew; one that is gone shows as `before EVENT`."""
    if not pin.digests:
        return ()
    now = [digest(event)[:SHORT] for event in past]
    found: list[str] = []
    for action, _, _, start, end in SequenceMatcher(
        None, list(pin.digests), now, autojunk=False
    ).get_opcodes():
        if action == "delete":
            found.append(
                f"something before {past[start].id}" if start < len(past) else "something at the end"
            )
        elif action != "equal":
            found.extend(event.id for event in past[start:end])
    return tuple(found)
