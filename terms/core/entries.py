"""The entries of the negotiating state: cells, versions, reservations, lives of texts, duties.

Each entry says which event made it so, and nothing that can be worked out from the rest. No entry leads
back to itself, so the collector of cycles need not look through them: of an open history that is most of
its work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from terms.ground.dates import Edtf
from terms.ground.maps import Map, empty
from terms.ground.words import FrozenWords, Words
from terms.values import Stance

Status = Literal[
    "silent", "proposed", "accepted", "in principle", "conditional", "reserved", "rejected", "deferred",
    "referred", "under study", "withdrawn",
]  # fmt: skip

SETTLED, BOUND = 1, 2
"""Rungs of the ladder: a text settled (initialled, ad referendum), and bound by the act its text names."""


class Bound(Struct, frozen=True, gc=False):
    """An acceptance: which version of the term, by which event, on which rung, through which text.

    `hangs` are the conditions it hangs on, each with the event that put it so. `reservations` are named
    EVENT/NAME. `tabled` marks the acceptance that lies in tabling a version of one's own. `released` is
    the event by which its author let go of it while conditions or reservations were still open: it binds
    only if everybody's acceptance had come to hold before that.
    """

    version: str
    event: str
    rung: int = BOUND
    text: str | None = None
    hangs: tuple[tuple[str, FrozenWords], ...] = ()
    reservations: tuple[str, ...] = ()
    tabled: bool = False
    released: str | None = None

    @property
    def condition(self) -> FrozenWords | None:
        """All it hangs on as one map of conditions; None: it hangs on nothing."""
        return joined_conditions([words for _, words in self.hangs])


def joined_conditions(conditions: Sequence[FrozenWords]) -> FrozenWords | None:
    """Several maps of conditions as one that asks for all of them; None when there are none."""
    if len(conditions) < 2:
        return conditions[0] if conditions else None
    joined: dict[str, Words] = {}
    for key, way in (("only-if", "all-of"), ("unless", "any-of"), ("while", "all-of")):
        said = tuple(words[key] for words in conditions if key in words)
        if said:
            joined[key] = said[0] if len(said) == 1 else FrozenWords({way: said})
    for key in ("otherwise", "judged-by"):
        said = tuple(words[key] for words in conditions if key in words)
        if said:
            joined[key] = said[0]
    return FrozenWords(joined)


class Cell(Struct, frozen=True, gc=False):
    """Where one party stands on one term in one stage: what it says now, its stance, what binds it.

    `event` made the status; `stance_event` made the stance, None while the party never took one.
    """

    status: Status
    event: str
    version: str | None = None
    detail: str = ""
    stance: Stance | None = None
    stance_event: str | None = None
    bound: tuple[Bound, ...] = ()


class Clause(Struct, frozen=True, gc=False):
    """A stance inside a version, with the event that last changed it in the text's lineage, and its stage."""

    stance: Stance
    version: str
    stage: str


class Refusal(Struct, frozen=True, gc=False):
    """A rejection in force: it bars the deal in which all the named terms hold as proposed.

    Of `version`, or of one option of it as EVENT/OPTION. `name` is the event, and for further versions rejected
    by the same event EVENT/VERSION.
    """

    by: tuple[str, ...]
    version: str
    terms: tuple[str, ...]
    event: str
    name: str


class Version(Struct, frozen=True, gc=False):
    """A package of clauses tabled together, named by the event that tabled it.

    `state` is open, withdrawn or amended; an expiry is a matter of the date asked, not of the state.
    `options` hold only inside themselves; `chosen` is the option somebody accepted, None: none yet.
    """

    id: str
    by: tuple[str, ...]
    form: str
    clauses: Map[str, Clause] = empty()
    options: Map[str, Map[str, Clause]] = empty()
    packages: Map[str, tuple[str, ...]] = empty()
    text: str | None = None
    answers: str | None = None
    root: str = ""
    whole: bool = False
    severally: bool = False
    expires: Words | None = None
    in_return: Words | None = None
    conditions: FrozenWords | None = None
    state: Literal["open", "withdrawn", "amended"] = "open"
    countered_by: tuple[str, ...] = ()
    chosen: str | None = None
    joint: bool = False
    """Made by a joint agreement: it is agreed, not on offer."""
    judged_by: tuple[str, ...] = ()
    """Whose ruling its parties agreed to accept; conditions name their own judges."""
    refused: tuple[Refusal, ...] = ()
    """The rejections of it, and of its options, that are in force."""


class Reservation(Struct, frozen=True, gc=False):
    """What an acceptance keeps back; live until every other consenting party has accepted it."""

    by: tuple[str, ...]
    terms: tuple[str, ...]
    note: str
    text: str | None = None
    accepted_by: tuple[str, ...] = ()
    rejected_by: tuple[str, ...] = ()
    withdrawn: bool = False


class Proviso(Struct, frozen=True, gc=False):
    """A condition somebody put on what an event names; `waived_by` is the event that dropped it, None: in force."""

    by: tuple[str, ...]
    of: str | None
    words: FrozenWords
    event: str
    waived_by: str | None = None


class OrderEntry(Struct, frozen=True, gc=False):
    """An ordering statement in force: whose it is, its words, the event that made it, whether it is agreed."""

    by: tuple[str, ...]
    words: str
    event: str
    agreed: bool = False


class Tie(Struct, frozen=True, gc=False):
    """Terms tied together by a declared link or package."""

    by: tuple[str, ...]
    terms: tuple[str, ...]
    event: str
    package: bool = False
    if_: str | None = None
    then: str | None = None


class Occurrence(Struct, frozen=True, gc=False):
    """What is recorded of a happening: occurred, planned or called off; `moment` is when, None: not said."""

    state: Literal["occurred", "planned", "called off"]
    event: str
    moment: Edtf | None = None
    planned: Words | None = None
    measure: Words | None = None


class LifeMark(Struct, frozen=True, gc=False):
    """One act in the life of an agreement or text: entry into force, extension, suspension, end."""

    kind: str
    event: str
    by: tuple[str, ...]
    date: Edtf
    lasts: str = ""
    until: Words | None = None
    effective: Words | None = None
    parties: tuple[str, ...] = ()


class Performance(Struct, frozen=True, gc=False):
    """A claim that something owed was done: `done` in words, and who certified or disputed the claim."""

    event: str
    by: tuple[str, ...]
    done: Words
    sources: tuple[str, ...]
    date: Edtf
    certified_by: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it counts as done: nobody denies it, or somebody certified it."""
        return bool(self.certified_by) or not self.disputed_by


class Breach(Struct, frozen=True, gc=False):
    """An alleged violation: of what, by whom, alleged by whom, and whether somebody verified it."""

    event: str
    of: str
    by: tuple[str, ...]
    alleged_by: tuple[str, ...]
    verified_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


class Undertaking(Struct, frozen=True, gc=False):
    """A duty its author took on without anyone's acceptance."""

    by: tuple[str, ...]
    clause: Clause
    to: tuple[str, ...]
    event: str
    date: Edtf
    conditions: FrozenWords | None = None
    recanted_by: str | None = None


class Reaction(Struct, frozen=True, gc=False):
    """Somebody's word about an event: denied, endorsed, opposed, certified, attributed."""

    kind: str
    by: tuple[str, ...]
    event: str


class Hidden(Struct, frozen=True, gc=False):
    """An event not open to all: who knows it, and which of its parts a leak opened to whom (`*`: all)."""

    knowers: frozenset[str]
    parts: Map[str, tuple[str, ...]] = empty()


class Reading(Struct, frozen=True, gc=False):
    """What one party reads a clause with a disputed or open meaning to say."""

    by: tuple[str, ...]
    reads: str
    event: str


class Session(Struct, frozen=True, gc=False):
    """The state of the talks themselves."""

    state: Literal["unopened", "in session", "adjourned", "broken off", "ended"] = "unopened"
    event: str | None = None
    round: str | None = None
    place: str | None = None
    walked_out: tuple[str, ...] = ()


class Identity(Struct, frozen=True, gc=False):
    """What became of a party in time: who represents it, what it split or merged into, its name now."""

    represented_by: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    name: str | None = None
    event: str = ""
