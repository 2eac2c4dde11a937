"""Rival accounts: several versions of one occurrence, of which only the one in use is folded.

Two forms. `accounts:` inside an event lists fields that other sources give otherwise. `account-of: X`
marks whole rival events; those that share an `account` name stand or fall together, and one with
`differs` is the first account with those fields changed. No account wins by being first: the first is
only what is folded until a lens prefers another, and an answer that depends on it is contested.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terms.core.event import Event, read_event
from terms.ground.words import FrozenWords, Words, thaw

if TYPE_CHECKING:
    from terms.core.lens import View


@dataclass(frozen=True, slots=True)
class Choice:
    """One account in use: of the occurrence or event `of`, the account called `name`, told by `sources`.

    The name of an inner account is its place in the list, from 1; the event's own account is `0`.
    """

    of: str
    name: str
    sources: tuple[str, ...] = ()


UNMOVED = frozenset(
    {"figures", "quote", "note", "place", "time", "source", "tags", "lang", "translation", "known"}
)
"""Fields on which accounts may differ without any state being different."""


def chosen_accounts(events: Sequence[Event], view: "View") -> dict[str, Event | None]:
    """What is folded in place of each event that has rivals: the event as read, or None for a rival not in use."""
    made: dict[str, Event | None] = {}
    occurrences = occurrences_of(events)
    for name, accounts in occurrences.items():
        used = _used(name, accounts, view)
        first = next(iter(accounts.values()))[0]
        for account, members in accounts.items():
            for event in members:
                made[event.id] = read_account(event, first) if account == used else None
    for event in events:
        if event.accounts and made.get(event.id, event) is not None:
            told = made.get(event.id) or event
            made[event.id] = _with_inner(told, view)
    return made


def occurrences_of(events: Sequence[Event]) -> dict[str, dict[str, list[Event]]]:
    """Occurrence -> account name -> its events, all in log order. An account without a name is its event's own."""
    found: dict[str, dict[str, list[Event]]] = {}
    for event in events:
        if event.account_of is not None:
            found.setdefault(event.account_of, {}).setdefault(event.account or event.id, []).append(event)
    return found


def read_account(event: Event, first: Event) -> Event:
    """The rival as a whole event: the first account with what `differs` changed; itself when it is whole."""
    if not event.differs or event is first:
        return event
    spelled = first.words()
    own = event.words()
    known = set(first.keys())
    differs = {name: thaw(words) for name, words in event.differs.items()}
    fields = {name: words for name, words in differs.items() if name in known}
    terms = {name: words for name, words in differs.items() if name not in known}
    old = spelled.get("terms")
    if terms:
        spelled["terms"] = {**(old if isinstance(old, dict) else {}), **terms}
    kept = {key: own[key] for key in ("id", "source", "account-of", "account", "known", "tags") if key in own}
    return read_event({**spelled, **fields, **kept})


def rival_choices(events: Sequence[Event], view: "View") -> tuple[Choice, ...]:
    """Every account not in use that could change a state."""
    found: list[Choice] = []
    for name, accounts in occurrences_of(events).items():
        used = _used(name, accounts, view)
        for account, members in accounts.items():
            if account != used:
                found.append(Choice(name, account, _sources(members)))
    for event in events:
        for place, account in enumerate(inner_accounts(event), start=1):
            if set(_fields(account)) - UNMOVED and not _inner_in_use(event, place, view):
                found.append(Choice(event.id, str(place), (str(account.get("source") or ""),)))
    return tuple(found)


def inner_accounts(event: Event) -> tuple[FrozenWords, ...]:
    """The accounts listed inside an event, each {source, with}."""
    told = event.accounts
    if isinstance(told, FrozenWords):
        return (told,)
    return tuple(one for one in told if isinstance(one, FrozenWords)) if isinstance(told, tuple) else ()


def _used(name: str, accounts: Mapping[str, list[Event]], view: "View") -> str:
    for choice in reversed(view.choices):
        if choice.of == name and choice.name in accounts:
            return choice.name
    for source in view.prefer:
        for account, members in accounts.items():
            if any(citation.id == source for event in members for citation in event.source):
                return account
    return next(iter(accounts))


def _inner_in_use(event: Event, place: int, view: "View") -> bool:
    return inner_place(event, view) == place


def inner_place(event: Event, view: "View") -> int:
    """Which inner account the view reads: 0 is the event as it stands."""
    for choice in reversed(view.choices):
        if choice.of == event.id:
            return int(choice.name)
    for source in view.prefer:
        if any(citation.id == source for citation in event.source):
            return 0
        for place, account in enumerate(inner_accounts(event), start=1):
            if str(account.get("source") or "").partition(" ")[0] == source:
                return place
    return 0


def _with_inner(event: Event, view: "View") -> Event:
    place = inner_place(event, view)
    if place == 0:
        return event
    return event.changed(
        {name: thaw(words) for name, words in _fields(inner_accounts(event)[place - 1]).items()}
    )


def _fields(account: FrozenWords) -> dict[str, Words]:
    told = account.get("with")
    return dict(told.items()) if isinstance(told, FrozenWords) else {}


def _sources(events: Sequence[Event]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.id for event in events for citation in event.source))
