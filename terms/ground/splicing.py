"""The beginning of one sequence and then another, without copying either: what a branch shares with its base."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar, overload

T = TypeVar("T")


class Spliced(Sequence[T]):
    """The first `cut` of one sequence, then another."""

    def __init__(self, first: Sequence[T], cut: int, rest: Sequence[T]) -> None:
        if isinstance(first, Spliced) and cut <= first.cut:  # a branch of a branch reaches no deeper for that
            first = first.first
        self.first: Sequence[T] = first
        self.cut: int = cut
        self.rest: Sequence[T] = rest

    def __len__(self) -> int:
        return self.cut + len(self.rest)

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            begin, end, by = place.indices(len(self))
            if by != 1:
                return tuple(self[one] for one in range(begin, end, by))
            kept = self.first[begin : min(end, self.cut)] if begin < self.cut else ()
            return (*kept, *self.rest[max(begin - self.cut, 0) : max(end - self.cut, 0)])
        here = place + len(self) if place < 0 else place
        if here < 0:
            raise IndexError(place)
        return self.first[here] if here < self.cut else self.rest[here - self.cut]

    def __iter__(self) -> Iterator[T]:
        return chain(islice(self.first, self.cut), self.rest)
