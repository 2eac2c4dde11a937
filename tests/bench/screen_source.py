"""A history of a million events that holds none of them: each event, and each state, is made when it is looked at.

It stands for a store with an index. What such a store knows of a record without reading it (who corrects,
answers, discloses or reports what: here nobody) is told to the views by `indexed`. Whatever is decoded is
counted, since the screen promises to decode as much for a step in a million events as in a thousand.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType

from terms import events as families
from terms.core.event import Event, read_event
from terms.core.folding import Folded
from terms.core.header import Header, Party, Source, Stage, Term
from terms.core.history import History
from terms.core.lens import View
from terms.core.reducer import evolve
from terms.core.talks import Talks, unopened
from terms.tui.panes import history as history_pane
from terms.values import Declaration
from terms.views import detail, hearsay
from terms.views.answers import knowing

assert families.FAMILIES  # imported so that every kind is known

PARTIES = ("east", "harbour", "kestria", "north", "south", "velm")
TERMS = 40
BLOCK = 32
"""Events between two states that are worked out from the beginning of their block; what is older is forgotten."""


def header() -> Header:
    return Header(
        title="Generated talks",
        parties=tuple(Party(name, name.title(), "belligerent") for name in PARTIES),
        stages=(Stage("truce"), Stage("settlement", after="truce")),
        terms=tuple(
            Term(f"sector-{n // 4}.part-{n % 4}", Declaration("quantity", "km"), "truce" if n < TERMS // 2 else "settlement")
            for n in range(TERMS)
        ),
        sources=(Source("M1", "Minutes of the sessions"),),
    )  # fmt: skip


class Events(Sequence[Event]):
    """Events by their place; `decoded` counts those that were made."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.decoded = 0
        self.made = lru_cache(maxsize=4096)(self._made)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, place: int | slice) -> "Event | tuple[Event, ...]":  # type: ignore[override]
        if isinstance(place, slice):
            return tuple(self.made(one) for one in range(*place.indices(self.count)))
        return self.made(place if place >= 0 else self.count + place)

    def __iter__(self) -> Iterator[Event]:
        return (self.made(place) for place in range(self.count))

    def _made(self, place: int) -> Event:
        if not 0 <= place < self.count:
            raise IndexError(place)
        self.decoded += 1
        day = place * 4000 // max(self.count, 1)
        return read_event(
            {
                "id": f"e{place + 1}",
                "date": f"{2031 + day // 336}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}",
                "kind": "propose",
                "by": PARTIES[place % len(PARTIES)],
                "terms": {f"sector-{place * 7 % TERMS // 4}.part-{place * 7 % TERMS % 4}": f"{place % 50 + 10} km"},
                "source": f"M1 p.{place // 4 + 1}",
                "quote": "Thirty empties the valley. We said twenty in the autumn and we say twenty now.",
            }
        )  # fmt: skip


class States(Sequence[Talks]):
    """The state after each event, folded from the beginning of the block before its own."""

    def __init__(self, start: Talks, events: Events) -> None:
        self.start = start
        self.events = events
        self.folded = lru_cache(maxsize=64)(self._folded)

    def __len__(self) -> int:
        return len(self.events)

    def __getitem__(self, place: int) -> Talks:  # type: ignore[override]
        here = place if place >= 0 else len(self) + place
        return self.folded(here // BLOCK)[here % BLOCK]

    def _folded(self, block: int) -> tuple[Talks, ...]:
        talks, first = self.start, max(0, block - 1) * BLOCK
        made = []
        for place in range(first, min((block + 1) * BLOCK, len(self))):
            talks = evolve(self.events.made(place), talks)
            made.append(talks)
        return tuple(made[block * BLOCK - first :])


class Places(Mapping[str, int]):
    """The place of each id, worked out from the id."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[str]:
        return (f"e{place + 1}" for place in range(self.count))

    def __getitem__(self, name: str) -> int:
        number = name.removeprefix("e")
        if not (name.startswith("e") and number.isdigit() and 0 < int(number) <= self.count):
            raise KeyError(name)
        return int(number) - 1


class Endless(History):
    """As many events as one likes, none of them kept."""

    def __init__(self, count: int) -> None:
        self.declared = self.header = header()
        self.view = View()
        self.events = self.record = Events(count)  # type: ignore[assignment]
        self.start = unopened(self.header)
        states = States(self.start, self.events)  # type: ignore[arg-type]
        self._fold = Folded(self.start, states, {}, {})  # type: ignore[arg-type]
        self._places = Places(count)  # type: ignore[assignment]
        self.rivals = ()

    @property
    def decoded(self) -> int:
        """How many events have been made so far."""
        return self.events.decoded  # type: ignore[attr-defined,no-any-return]


@contextmanager
def indexed(count: int) -> Iterator[Endless]:
    """A history of so many events, while the views know what its store knows: nobody corrects, tells or answers."""
    history = Endless(count)
    history_pane.told_of(history).__dict__["_amended"] = {"correct": {}, "retract": {}}
    known: tuple[tuple[ModuleType, str, object], ...] = (
        (detail, "_mentioned", {}),
        (detail, "_amended", {}),
        (hearsay, "_reporting", ()),
        (knowing, "_disclosing", ()),
    )
    usual = [getattr(module, name) for module, name, _ in known]
    for module, name, answer in known:
        setattr(module, name, lambda told, answer=answer: answer)
    try:
        yield history
    finally:
        for (module, name, _), function in zip(known, usual, strict=True):
            setattr(module, name, function)
