"""A map of a state too large to hold: what changed since a keyframe lies over what the store has.

It answers as `ground.maps.Map` does and is as immutable: changing it gives a new one. Looking a key up costs one
look into the store at most; asking for all entries reads them all, which a step never does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, TypeVar, cast

from terms.ground.maps import Map, empty

K = TypeVar("K")
V = TypeVar("V")
GONE = object()
"""Stands for an entry that was taken out, above and below."""


class Below(Protocol):
    """The entries of one map as they were at a keyframe."""

    def entry(self, key: object) -> object:
        """The entry, `GONE` when there is none."""

    def entries(self) -> Iterator[tuple[object, object]]:
        """All of them, in no order."""

    def optioned(self) -> Iterator[object] | None:
        """The keys of those that offer options; None: nobody kept count."""


class Layered(Mapping[K, V]):
    """What was changed since (`over`), over what a keyframe holds."""

    __slots__ = ("below", "over")

    def __init__(self, below: Below, over: Map[K, object] | None = None) -> None:
        self.below = below
        self.over: Map[K, object] = empty() if over is None else over

    def __getitem__(self, key: K) -> V:
        found = self.over.get(key)
        if found is None:
            found = self.below.entry(key)
        if found is GONE:
            raise KeyError(key)
        return cast("V", found)

    def get(self, key: K, default: object = None) -> object:  # type: ignore[override]
        """The entry, or `default`."""
        found = self.over.get(key)
        if found is None:
            found = self.below.entry(key)
        return default if found is GONE else found

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None  # type: ignore[arg-type]

    def _all(self) -> dict[K, V]:
        found: dict[object, object] = dict(self.below.entries())
        for key, value in self.over.items():
            if value is GONE:
                found.pop(key, None)
            else:
                found[key] = value
        return cast("dict[K, V]", found)

    def __iter__(self) -> Iterator[K]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __bool__(self) -> bool:
        if any(value is not GONE for value in self.over.values()):
            return True
        return any(key not in self.over for key, _ in self.below.entries())  # the first is enough

    def items(self) -> object:  # type: ignore[override]
        """All entries."""
        return self._all().items()

    def values(self) -> object:  # type: ignore[override]
        """All entries without their keys."""
        return self._all().values()

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Mapping | Map) and self._all() == dict(other.items()))

    def __hash__(self) -> int:
        return hash(Map(self._all()))

    def __reduce__(self) -> tuple[Callable[..., object], tuple[list[tuple[K, V]]]]:
        return Map, ([*self._all().items()],)

    def set(self, key: K, value: V) -> Layered[K, V]:
        """This map with one more entry, or another one under the key."""
        return Layered(self.below, self.over.set(key, value))

    def delete(self, key: K) -> Layered[K, V]:
        """This map without the key.

        Raises:
            KeyError: it is not there.
        """
        self[key]
        return Layered(self.below, self.over.set(key, GONE))

    def with_options(self) -> list[V]:
        """The versions among the entries that offer options; the others are not looked at where that is known."""
        names = self.below.optioned()
        if names is None:
            return [one for one in self._all().values() if getattr(one, "options", None)]
        over = {
            key for key, value in self.over.items() if value is not GONE and getattr(value, "options", None)
        }
        found = (self[key] for key in {*cast("Iterator[K]", names), *over} if key in self)
        return [
            one for one in found if getattr(one, "options", None)
        ]  # a correction may have taken them back
