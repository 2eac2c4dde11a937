"""Rival accounts: several versions of one occurrence, of which only the one in use is folded.

Two forms. `accounts:` inside an event lists fields that other sources give otherwise. `account-of: X`
marks whole rival events; those that share an `account` name stand or fall together, and one with
`differs` is the first account with those fields changed. Declared facts (a role, whose consent a term
needs) have accounts of the first form. No account wins by being first: the first is only what is folded
until a lens prefers another, and an answer that depends on it is contested.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from terms.core.event import KINDS, Event, read_as
from terms.core.header import ROLES, Header, Party, Term
from terms.ground.words import FrozenWords, Words, thaw

if TYPE_CHECKING:
    from terms.core.lens import View

Declared = TypeVar("Declared", Party, Term)


class Choice(Struct, frozen=True):
    """One account in use: of the occurrence or event `of`, the account called `name`, told by `sources`.

    The name of an inner account is its place in the list, from 1; the event's own account is `0`. For a
    declared fact `of` is `party ID` or `term ID`, which no event can be called.
    """

    of: str
    name: str
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """`pier as told by R2 (account pier-s)`."""
        told = f" as told by {', '.join(self.sources)}" if any(self.sources) else ""
        return f"{self.of}{told} (account {self.name})"


UNMOVED = frozenset(
    {
        "figures", "quote", "note", "place", "time", "source", "tags", "lang", "translation", "known",
    }
)  # fmt: skip
"""Fields on which accounts may differ without any state being different."""

OWN = (
    "id", "date", "after", "source", "account-of", "account", "known", "tags", "quote", "lang", "translation", "note",
)  # fmt: skip
"""What belongs to the telling and not to what is told: a rival account never takes it from the first one."""


# ---- events --------------------------------------------------------------------------------------


Chosen = Mapping[str, Event | None]
"""What is folded in place of an event that has rivals, by its id; None: another account is in use."""


def chosen_accounts(events: Sequence[Event], view: "View") -> dict[str, Event | None]:
    """What is folded in place of each event that has rivals, as read; None for a rival not in use."""
    made: dict[str, Event | None] = {}
    for name, accounts in occurrences_of(events).items():
        used = _used(name, accounts, view)
        first = next(iter(accounts.values()))[0]
        for account, members in accounts.items():
            for event in members:
                made[event.id] = read_account(event, first) if account == used else None
    for event in events:
        told = made.get(event.id, event)
        if event.accounts and told is not None:
            made[event.id] = _with_inner(told, view)
    return made


def has_accounts(event: Event) -> bool:
    """Whether an event is told in rival accounts, or tells some."""
    return event.account_of is not None or bool(event.accounts)


def occurrences_of(events: Sequence[Event]) -> dict[str, dict[str, list[Event]]]:
    """Occurrence -> account name -> its events, in log order. A nameless account is its event's own."""
    found: dict[str, dict[str, list[Event]]] = {}
    for event in events:
        if event.account_of is not None:
            found.setdefault(event.account_of, {}).setdefault(event.account or event.id, []).append(event)
    return found


def read_account(event: Event, first: Event) -> Event:
    """The rival as a whole event: the first account with what `differs` changed; itself when it is whole."""
    if not event.differs or event is first:
        return event
    own = event.words()
    differs = {name: thaw(words) for name, words in event.differs.items()}
    known = {*first.keys(), *KINDS.get(str(differs.get("kind")), type(first)).keys()}
    fields: dict[str, object] = {name: words for name, words in differs.items() if name in known}
    terms = {name: words for name, words in differs.items() if name not in known}
    if terms:
        told = fields.get("terms")
        fields["terms"] = {**(told if isinstance(told, dict) else {}), **terms}
    bare = read_as(first, fields)
    kept = {key: own[key] for key in OWN if key in own}
    silent = {key.replace("-", "_"): type(bare).model_fields[key.replace("-", "_")].default
              for key in OWN if key not in own}  # fmt: skip
    return read_as(bare.model_copy(update=silent), kept)


def rival_choices(header: Header, events: Sequence[Event], view: "View") -> tuple[Choice, ...]:
    """Every account not in use that could change a state: of declared facts, then of events."""
    found = list(_declared_rivals(header, view))
    for name, accounts in occurrences_of(events).items():
        used = _used(name, accounts, view)
        for account, members in accounts.items():
            if account != used:
                found.append(Choice(name, account, _sources(members)))
    for event in events:
        for place, told in enumerate(inner_accounts(event), start=1):
            if set(_fields(told)) - UNMOVED and inner_place(event, view) != place:
                found.append(Choice(event.id, str(place), (_source(told),)))
        if event.accounts and inner_place(event, view) != 0:
            found.append(Choice(event.id, "0", _sources([event])))
    return tuple(found)


def inner_accounts(event: Event) -> tuple[FrozenWords, ...]:
    """The accounts listed inside an event, each {source, with}."""
    return _listed(event.accounts)


def inner_place(event: Event, view: "View") -> int:
    """Which inner account the view reads: 0 is the event as it stands."""
    own = [citation.id for citation in event.source]
    return _place(event.id, own, inner_accounts(event), view)


# ---- declared facts ------------------------------------------------------------------------------


def read_header(header: Header, view: "View") -> Header:
    """The header with the accounts of roles and consents that the view reads; the same one where none is."""
    parties = tuple(_read_party(party, view) for party in header.parties)
    terms = tuple(_read_term(term, view) for term in header.terms)
    if parties == header.parties and terms == header.terms:
        return header
    return replace(header, parties=parties, terms=terms)


def _read_party(party: Party, view: "View") -> Party:
    told = _told(f"party {party.id}", party.accounts, view)
    role = str(told.get("role", party.role))
    return replace(party, role=role) if role != party.role and role in ROLES else party


def _read_term(term: Term, view: "View") -> Term:
    consent = _told(f"term {term.id}", term.accounts, view).get("consent", ())
    named = (consent,) if isinstance(consent, str) else tuple(str(party) for party in consent)
    return replace(term, consent=named) if named else term


def _told(name: str, accounts: Words, view: "View") -> Mapping[str, Words]:
    listed = _listed(accounts)
    place = _place(name, (), listed, view) if listed else 0
    return listed[place - 1] if place else {}


def _declared_rivals(header: Header, view: "View") -> list[Choice]:
    named = [(f"party {party.id}", party.accounts) for party in header.parties]
    named += [(f"term {term.id}", term.accounts) for term in header.terms]
    found = []
    for name, accounts in named:
        listed = _listed(accounts)
        used = _place(name, (), listed, view)
        found += [
            Choice(name, str(place), (_source(listed[place - 1]),) if place else ())
            for place in range(len(listed) + 1)
            if listed and place != used
        ]
    return found


def _listed(told: Words) -> tuple[FrozenWords, ...]:
    listed = told if isinstance(told, tuple) else (told,)
    return tuple(one for one in listed if isinstance(one, FrozenWords))


# ---- which one is in use -------------------------------------------------------------------------


def _used(name: str, accounts: Mapping[str, list[Event]], view: "View") -> str:
    for choice in reversed(view.choices):
        if choice.of == name and choice.name in accounts:
            return choice.name
    for source in view.prefer:
        for account, members in accounts.items():
            if any(citation.id == source for event in members for citation in event.source):
                return account
    return next(iter(accounts))


def _place(name: str, own: Sequence[str], accounts: Sequence[FrozenWords], view: "View") -> int:
    for choice in reversed(view.choices):
        if choice.of == name and choice.name.isdigit():
            return min(int(choice.name), len(accounts))
    for source in view.prefer:
        for place, account in enumerate(accounts, start=1):
            if _source(account).partition(" ")[0] == source:
                return place  # even where it is cited, too, for what all accounts have in common
        if source in own:
            return 0
    return 0


def _with_inner(event: Event, view: "View") -> Event:
    place = inner_place(event, view)
    if place == 0:
        return event
    fields = _fields(inner_accounts(event)[place - 1])
    return read_as(event, {name: thaw(words) for name, words in fields.items()})


def _fields(account: FrozenWords) -> Mapping[str, Words]:
    told = account.get("with")
    return told if isinstance(told, FrozenWords) else {}


def _source(account: FrozenWords) -> str:
    return str(account.get("source") or "")


def _sources(events: Sequence[Event]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.id for event in events for citation in event.source))
