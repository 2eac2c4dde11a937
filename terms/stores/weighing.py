"""What the rival accounts of a long history change, in whichever view.

An account may lead a party to know of something else, and then nothing of what it was shown can be gone on from: such
a reading is folded anew. All others are found out together, in one pass (see `rereading` and `grafting`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from terms.core.accounts import Choice, chosen_accounts, read_header
from terms.core.history import History
from terms.core.story import Told
from terms.stores.beside import tale_told
from terms.stores.rivals import Rival

if TYPE_CHECKING:
    from terms.stores.grafting import Grafted
    from terms.stores.long import LongHistory

Pass = Callable[[Iterable[Choice], Told], Mapping[Choice, Rival]]
"""Finds out together what some accounts change; it tells at which line it is."""


def weigh(history: LongHistory | Grafted, together: Pass, told: Told) -> dict[Choice, Rival | History]:
    """What each rival account of a history changes, or the history under it where that is another one.

    `told` hears at which line the finding out is, now and then; it may raise, which ends it.
    """
    alike = [choice for choice in history.rivals if _leaves_alone(history, choice, told)]
    found: dict[Choice, Rival | History] = dict(together(alike, told))
    for choice in history.rivals:
        if choice not in found:
            view = replace(history.view, choices=(*history.view.choices, choice))
            found[choice] = history.through(view, _at_line(told, len(history) + 1))
    return found


def rival_of(history: History, choice: Choice, told: Told, *, party: str | None) -> Rival | History | None:
    """What a rival account that a view of a history knows changes in the history itself; None: it is no rival there.

    In the view of a party `told` hears of no line, for some of them it does not see.
    """
    kept = history.weighed(told if party is None else lambda _: told(1))
    found = next((kept[one] for one in kept if (one.of, one.name) == (choice.of, choice.name)), None)
    return found if isinstance(found, Rival | History) else None


def _leaves_alone(history: LongHistory | Grafted, choice: Choice, told: Told) -> bool:
    """Whether the party of a history sees the same when an account is in use."""
    below = history.below
    if below is None:
        return True
    if not below.keeps_rivals:
        return False
    found = rival_of(below, choice, told, party=history.view.party)
    if not isinstance(found, Rival):
        return found is None and _is_in_use(below, choice)
    if any(field == "hidden" for field, _ in found.changes):
        return False
    kept = cast("LongHistory | Grafted", below)
    return tale_told(kept, choice).readings == kept.tale.readings


def _is_in_use(below: History, choice: Choice) -> bool:
    """Whether an account is in use already."""
    view = replace(below.view, choices=(*below.view.choices, choice))
    if read_header(below.declared, view) != below.ruling:
        return False
    events = [below.events[place] for place in below.places_of_accounts()]
    return chosen_accounts(events, view) == chosen_accounts(events, below.view)


def _at_line(told: Told, last: int) -> Told:
    """Hears how many events more are folded, and tells the line."""
    reached = [1]

    def heard(folded: int) -> None:
        reached[0] = min(reached[0] + folded, last)
        told(reached[0])

    return heard
