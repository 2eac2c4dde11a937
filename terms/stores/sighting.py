"""In which order a party came to know of things, and where in the story each of them stands all the same.

A paper that leaks a year after it was written is learned then, and stands in the story where it stood. So what a
party saw is a log of its own, in the order of learning, with a rank for whatever it learned late; and of an event that
was opened in part and then altogether, both sights, the later in place of the earlier.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from terms.core.event import Event
from terms.core.history import History
from terms.core.story import Rank


class Sight(Struct, frozen=True):
    """By the place in what a party saw: ranks of what does not stand there in the story, and of what it saw twice.

    `again` are the places of the later sights.
    """

    ranks: Mapping[int, Rank] = {}
    again: frozenset[int] = frozenset()


AS_TOLD = Sight()
"""Everything stands in the story where it was learned, and was seen once."""


class Sighting:
    """A party that learns of things, one after the other. In order are those behind all that was seen before them.

    It saw the first events of the history `below` as they came.
    """

    def __init__(self, below: History, first: int) -> None:
        self.ranks: dict[int, Rank] = {}
        self.again: set[int] = set()
        self._count = 0
        self._places, self._heads = (
            array("q"),
            array("q"),
        )  # of those in order: place in the sight, head of the rank
        self._longer: dict[int, Rank] = {}
        self._seen: dict[int, int] = {}  # of the others: place in the history to place in the sight
        self._below = below
        self._told = {place: rank for place, rank in below.moved.items() if place < first}
        for place in range(first):
            self._add(place, self._told.get(place, (place,)), is_told=place in self._told)

    @property
    def sight(self) -> Sight:
        """What it saw late, and what twice, by now."""
        return Sight(dict(self.ranks), frozenset(self.again))

    def heard(self, learned: Iterable[Event]) -> Iterator[Event]:
        """What it learned of, each thing once it is seen where that stands."""
        for event in learned:
            self._learn(event)
            yield event

    def _learn(self, event: Event) -> None:
        told, place = self._told, self._below.index(event.id)
        if event.after is not None and (behind := self._below.index(event.after)) < place:
            told.setdefault(place, (*told.get(behind, (behind,)), place))
        self._add(place, told.get(place, (place,)), is_told=event.after is not None)

    def _add(self, place: int, rank: Rank, *, is_told: bool) -> None:
        here = self._count
        self._count += 1
        count = len(self._places)
        at = (
            count
            if not count or rank > self._rank(count - 1)
            else bisect_left(range(count), rank, key=self._rank)
        )
        if at == count:
            self._places.append(here)
            self._heads.append(rank[0])
            if len(rank) > 1:
                self._longer[count] = rank
            if is_told:
                self.ranks[here] = (here,)
            return
        earlier = self._places[at] if self._rank(at) == rank else self._seen.get(place)
        if earlier is not None:
            self.again.add(here)
            self.ranks.setdefault(earlier, (earlier,))
        self._seen[place] = here
        self.ranks[here] = (self._places[at - 1] if at else -1, *rank)

    def _rank(self, at: int) -> Rank:
        return self._longer.get(at) or (self._heads[at],)
