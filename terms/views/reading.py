"""An event as a view reads it: in the account in use and with its corrections, not as first written down."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from terms.core.accounts import chosen_accounts
from terms.core.event import Event
from terms.core.history import History
from terms.core.situation import Situation


def event_as_read(history: History, name: str, steps: int | None = None) -> Event | None:
    """The event after `steps` steps (all: None); None when it is retracted or an account not in use.

    Raises:
        NoSuchEvent: no event has this id.
    """
    read = history.as_read(name, steps)
    if read is None or not (read.accounts or read.account_of):
        return read
    return _chosen(history).get(name, read)


@lru_cache(maxsize=8)
def _chosen(history: History) -> Mapping[str, Event | None]:
    """What each rival account is read as, worked out once for a history. Shared: not to be changed."""
    return chosen_accounts(history.events, history.view)


def has_event(history: History, name: str) -> bool:
    """Whether the history has an event of this id."""
    return history.__contains__(name)


def days_since(at: Situation, event: str) -> int | None:
    """Whole days from the last day an event may have happened to the moment asked; None: not known."""
    day = at.history.date_of(event).last_day
    return None if day is None else max(0, (at.moment.date() - day).days)


def by_then(event: Event, moment: datetime) -> bool | None:
    """Whether an event had happened by `moment`; None when its date straddles it."""
    date = event.date
    if date.latest is not None and date.latest <= moment:
        return True
    if date.earliest is not None and date.earliest > moment:
        return False
    return None
