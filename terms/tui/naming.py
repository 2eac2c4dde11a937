"""Names of parties in little room: where cutting them would leave two alike, both go by their ids."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from terms.core.history import History
from terms.ground.widths import cells, fit
from terms.views.wording import name_of


@lru_cache(maxsize=16)
def short_names(history: History, room: int, *, ascii_only: bool) -> Mapping[str, str]:
    """What each party is called in so many cells: its name, or its id where another name begins like its own.

    Names that are cut and stay different are left to whoever draws them. With `ascii_only` a party whose name is
    written in other letters goes by its id, as everywhere on such a screen.
    """
    names = {party.id: name_of(history.header, party.id) for party in history.header.parties}
    if ascii_only:
        names = {party: name if name.isascii() else party for party, name in names.items()}
    drawn = Counter(fit(name, room) for name in names.values())
    alike = {party for party, name in names.items() if cells(name) > room and drawn[fit(name, room)] > 1}
    return {party: party if party in alike else name for party, name in names.items()}
