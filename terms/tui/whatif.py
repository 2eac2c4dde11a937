"""A what-if as the screen holds it: its name, what it stands on, what was changed, and what came of it.

What is worked out with scenarios is worked out beside the reader, so that nobody who only reads waits for it.
What is supposed through the eyes of a party is supposed on what that party may be handed of the record, so that
nothing it does not know takes part.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from terms.core.event import Event
from terms.core.history import History

if TYPE_CHECKING:
    from terms.ground.words import Plain
    from terms.scenarios.supposing import Change, Replayed

Maker = Callable[[str | None], "Replayed | str"]
"""Makes the branch of a scenario in a file as a party could run it (None: on all that is recorded), or says why not."""


class WhatIf(Struct, frozen=True):
    """A branch. `of` names the branch that it stands on; empty: the record.

    `changes` are the reader's own; of a scenario in a file there are none and `make` replays it. `made` is what
    came of it; None: not replayed yet. `file` is the scenario it was saved to or read from, `point` the point of a
    sweep, as a file that stands on it would name it. `outdated`: what came of it came of an earlier reading.
    `party` is whose knowledge it stands on; None: all that is recorded.
    """

    name: str
    of: str = ""
    changes: "tuple[Change, ...]" = ()
    made: "Replayed | None" = None
    make: Maker | None = None
    file: str = ""
    point: tuple[tuple[str, str], ...] = ()
    outdated: bool = False
    party: str | None = None

    @property
    def is_due(self) -> bool:
        """Whether it is to be replayed before anybody goes onto it."""
        return self.made is None or self.outdated

    @property
    def history(self) -> History | None:
        """All that happens on it; None while it is not replayed."""
        return self.made.history if self.made is not None else None

    @property
    def skipped(self) -> tuple[tuple[int, Event], ...]:
        """Events of the base that do not happen on it, each with the number of steps it would stand behind."""
        return self.made.skipped if self.made is not None else ()

    @property
    def base(self) -> "dict[str, Plain]":
        """How a scenario that stands on it names it, but for the path."""
        return {"point": dict(self.point)} if self.point else {}

    @property
    def told(self) -> str:
        """What it changes, in words."""
        if not self.changes:
            return self.file
        return ", ".join(f"{one.action} {one.id}" for one in self.changes)

    def flag(self, event: str) -> str:
        """What is to be known of an event on it, for the list: added, edited, or nothing."""
        if self.made is None:
            return ""
        return "ADD" if event in self.made.added else "EDIT" if event in self.made.edited else ""


@lru_cache(maxsize=4)
def handed(root: History, party: str | None) -> History:
    """What a party may be handed of a record; None: all of it."""
    if party is None:
        return root
    from terms.stores.projecting import handed_to

    return History(*handed_to(party, root.declared, root.record))


def replayed(one: WhatIf, root: History, others: tuple[WhatIf, ...]) -> WhatIf | str:
    """The what-if with what comes of it, on its base, which is replayed first where it has to be; or why not."""
    from terms.scenarios.supposing import BadWords
    from terms.scenarios.supposing import replayed as played

    if one.make is not None:
        made = one.make(one.party)
        return made if isinstance(made, str) else _with(one, made)
    base: History | None = handed(root, one.party)
    if one.of:
        found = next((other for other in others if other.name == one.of), None)
        if found is None:
            return f"'{one.of}', which it stands on, is not there"
        below = replayed(found, root, others) if found.is_due else found
        if isinstance(below, str):
            return below
        base = below.history
    if base is None or not base.events:
        return "there is no event to branch from"
    try:
        return _with(one, played(base, text_of(one, base, {"record": "record.yaml"}, one.name)))
    except BadWords as fault:
        return str(fault)


def text_of(one: WhatIf, base: History, named: "dict[str, Plain]", title: str) -> str:
    """The scenario file of a what-if on a base that the file is to name so."""
    from terms.scenarios.supposing import scenario_text

    def place(event: str) -> int | None:
        return base.index(event) if event in base.names else None

    return scenario_text(named, place, base.events[0].id, one.changes, title)


def _with(one: WhatIf, made: "Replayed") -> WhatIf:
    return replace(one, made=made, outdated=False)
