"""A state that notes what folding an event asks of it and puts into it.

Two states that differ in a few entries are changed alike by an event that looks at none of these. So one fold tells
for all of them, and only those whose entries it looked at need be folded themselves.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import TypeVar, cast

from terms.core.talks import Talks
from terms.ground.maps import Map
from terms.stores.frames import MAPS
from terms.stores.layered import GONE, Below, Layered

K = TypeVar("K")
V = TypeVar("V")

Entry = tuple[str, object]
"""The name of a map of the state, and a key in it."""


ENOUGH = 16
"""Entries counted of a map that is not held."""


class Notes:
    """What was looked up, entry by entry, and what was put in or taken out.

    `swept` are the maps that were gone through, `weighed` those asked whether they are empty, each with the fewest
    entries that it was known to have then.
    """

    def __init__(self) -> None:
        self.asked: set[Entry] = set()
        self.swept: set[str] = set()
        self.weighed: dict[str, int] = {}
        self.put: set[Entry] = set()

    def clear(self) -> None:
        """Forget all of it."""
        self.asked.clear()
        self.swept.clear()
        self.weighed.clear()
        self.put.clear()


class Noting(Mapping[K, V]):
    """A map of the state that tells its notes what is done with it; as immutable as the one inside."""

    __slots__ = ("field", "inner", "notes")

    def __init__(self, field: str, inner: Map[K, V], notes: Notes) -> None:
        self.field, self.inner, self.notes = field, inner, notes

    def __getitem__(self, key: K) -> V:
        self.notes.asked.add((self.field, key))
        return self.inner[key]

    def get(self, key: K, default: object = None) -> object:  # type: ignore[override]
        """The entry, or `default`."""
        self.notes.asked.add((self.field, key))
        return self.inner.get(key, default)

    def __contains__(self, key: object) -> bool:
        self.notes.asked.add((self.field, key))
        return key in self.inner

    def __bool__(self) -> bool:
        weighed, count = self.notes.weighed, _at_least(self.inner)
        weighed[self.field] = min(count, weighed.get(self.field, count))
        return count > 0

    def _all(self) -> Map[K, V]:
        self.notes.swept.add(self.field)
        return self.inner

    def __iter__(self) -> Iterator[K]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def items(self) -> object:  # type: ignore[override]
        """All entries."""
        return self._all().items()

    def values(self) -> object:  # type: ignore[override]
        """All entries without their keys."""
        return self._all().values()

    def __eq__(self, other: object) -> bool:
        return bool(self._all() == (other.inner if isinstance(other, Noting) else other))

    def __hash__(self) -> int:
        return hash(self._all())

    def set(self, key: K, value: V) -> Noting[K, V]:
        """This map with one more entry, or another one under the key."""
        self.notes.put.add((self.field, key))
        return Noting(self.field, self.inner.set(key, value), self.notes)

    def delete(self, key: K) -> Noting[K, V]:
        """This map without the key.

        Raises:
            KeyError: it is not there.
        """
        self.notes.asked.add((self.field, key))
        self.notes.put.add((self.field, key))
        return Noting(self.field, self.inner.delete(key), self.notes)


def _at_least(entries: object) -> int:
    """How many entries a map has: all of them, or as many as are known of one that is not held."""
    if not isinstance(entries, Layered):
        return len(cast("Map[object, object]", entries))
    over = entries.over.values()
    known = sum(1 for _ in islice((one for one in over if one is not GONE), ENOUGH))
    if known < ENOUGH:
        known = max(
            known, _at_least_below(cast("Hashable", entries.below)) - sum(one is GONE for one in over)
        )
    return known or int(bool(entries))


@lru_cache(maxsize=8)
def _at_least_below(entries: Hashable) -> int:
    """How many entries the store has at a keyframe, counted up to `ENOUGH`."""
    return sum(1 for _ in islice(cast("Below", entries).entries(), ENOUGH))


def noting(talks: Talks, notes: Notes) -> Talks:
    """The same state, telling what is done with it."""
    return talks.held_in({field: Noting(field, inner_of(talks, field), notes) for field in MAPS})


def plain(talks: Talks) -> Talks:
    """The state without anybody taking notes."""
    return talks.held_in({field: inner_of(talks, field) for field in MAPS})


def inner_of(talks: Talks, field: str) -> Map[object, object]:
    """A map of a state, without notes."""
    found = getattr(talks, field)
    return cast("Map[object, object]", found.inner if isinstance(found, Noting) else found)


def entry_of(talks: Talks, entry: Entry) -> object:
    """An entry of a state; `GONE` where it has none. Nobody takes note."""
    return inner_of(talks, entry[0]).get(entry[1], GONE)


def with_entries(talks: Talks, entries: Mapping[Entry, object]) -> dict[str, object]:
    """The maps of a state, by name, in which these entries are put or, where they are `GONE`, are not."""
    made: dict[str, object] = {}
    for (field, key), value in entries.items():
        held = cast("Map[object, object]", made.get(field, inner_of(talks, field)))
        if value is not GONE:
            made[field] = held.set(key, value)
        elif key in held:
            made[field] = held.delete(key)
    return made
