"""What rival accounts tell of one occurrence, side by side: nobody's first, nobody's last, the one in use marked."""

from msgspec import Struct

from terms.core.accounts import occurrences_of
from terms.core.history import History
from terms.views.sentence import sentence
from terms.views.sources import SourceView, sources_of


class Telling(Struct, frozen=True):
    """One event of one account: what it tells, by whom, and whether this account is the one in use."""

    account: str
    in_use: bool
    event: str
    date: str
    sentence: str
    note: str
    sources: tuple[SourceView, ...]


def occurrence(history: History, name: str, steps: int | None = None) -> tuple[Telling, ...]:
    """What was told of an occurrence in the first `steps` of the log (None: ever), account by account.

    None of it where no event tells of an occurrence of this name.
    """
    limit = len(history) if steps is None else steps
    events = [history.events[place] for place in history.places_of_accounts() if place < limit]
    rivals = {(choice.of, choice.name) for choice in history.rivals}
    return tuple(
        Telling(
            account,
            (name, account) not in rivals,
            event.id,
            event.date.text,
            sentence(history, history.index(event.id)),
            event.note or "",
            sources_of(history.header, event),
        )
        for account, members in sorted(occurrences_of(events).get(name, {}).items())
        for event in members
    )


def occurrence_names(history: History) -> tuple[str, ...]:
    """The names of all occurrences that events tell of, sorted."""
    told = (history.events[place].account_of for place in history.places_of_accounts())
    return tuple(sorted({name for name in told if name is not None}))
