"""What an analyst declared beside the record, each with its source: nothing of it is ever assumed.

How near is near (`x-bridgeable` of a term), after how long a position counts as old (`x-stale` in the header), what
weighs more (`x-weights`), how likely other words are thought to be (`x-chances`), and which positions will not
change (`x-immovable` on an event, whose own source stands for it). What cannot be used is told, never dropped in
silence: a threshold without a source is no threshold.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from terms.core.situation import Situation
from terms.core.spelling import NOTHING
from terms.ground.words import FrozenWords, Words
from terms.values import Gap
from terms.values.reckoning import days_in
from terms.values.times import length_from
from terms.values.unreadable import Unreadable

AS_SAID, GIVEN_UP = "as said", "given up"


class Near(Struct, frozen=True):
    """A gap of at most `amount` of `unit` counts as bridgeable, on the word of `source`."""

    amount: Fraction
    unit: str
    source: str

    def bridges(self, width: Gap) -> bool:
        """Whether a gap is no wider, in the same unit."""
        if width.amount is None or width.contested or _one(width.unit) != _one(self.unit):
            return False
        return Fraction(width.amount) <= self.amount


class Declared(Struct, frozen=True):
    """The declarations of a record that can be used at a moment, and `unused`: a sentence for each other one.

    `stale`: (days, source). `weights` and `chances`: by position, event or term; by position. Weights and shares
    are positive. `immovable`: (position or event, the event that says so).
    """

    near: Mapping[str, Near]
    stale: tuple[int, str] | None
    weights: Mapping[str, Fraction]
    weights_source: str
    chances: Mapping[str, tuple[tuple[str, int], ...]]
    chances_source: str
    immovable: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]


@lru_cache(maxsize=16)
def declared(at: Situation) -> Declared:
    """What is declared by this moment."""
    read = _Reading(at)
    header = at.header.x
    stale = read.stale(_under(header, "x-stale"))
    weights, weights_source = read.of(_under(header, "x-weights"), "x-weights")
    chances, chances_source = read.of(_under(header, "x-chances"), "x-chances")
    return Declared(
        {term: near for term in at.header.term if (near := read.near(term)) is not None},
        stale,
        read.weights(weights),
        weights_source,
        read.chances(chances),
        chances_source,
        tuple(_immovable(at)),
        tuple(read.unused),
    )


class _Reading:
    def __init__(self, at: Situation) -> None:
        self.at = at
        self.unused: list[str] = []

    def near(self, term: str) -> Near | None:
        said = _under(self.at.header.term[term].x, "x-bridgeable")
        source = self._source(said, f"x-bridgeable of {term}")
        if not source or not isinstance(said, FrozenWords):
            return None
        number, _, unit = str(said.get("within") or "").partition(" ")
        amount = _positive(number)
        if amount is None or not unit.strip():
            self.unused.append(f"x-bridgeable of {term}: 'within' is no amount with its unit")
            return None
        return Near(amount, unit.strip(), source)

    def stale(self, said: Words | None) -> tuple[int, str] | None:
        source = self._source(said, "x-stale")
        if not source or not isinstance(said, FrozenWords):
            return None
        try:
            length = length_from(str(said.get("after") or ""))
        except Unreadable:
            length = None
        if length is None:
            self.unused.append("x-stale: 'after' is no length of time")
            return None
        (shortest, _), _ = days_in(length)
        return shortest, source

    def of(self, said: Words | None, name: str) -> tuple[FrozenWords, str]:
        """The map under `of`, and the source; of what has none, nothing."""
        source = self._source(said, name)
        found = said.get("of") if source and isinstance(said, FrozenWords) else None
        if source and not isinstance(found, FrozenWords):
            self.unused.append(f"{name}: 'of' is no map")
        return (found, source) if isinstance(found, FrozenWords) else (FrozenWords({}), "")

    def weights(self, said: FrozenWords) -> dict[str, Fraction]:
        found = {str(name): _positive(str(words)) for name, words in said.items()}
        self.unused.extend(
            f"x-weights of {name}: no positive number" for name, one in found.items() if one is None
        )
        return {name: weight for name, weight in found.items() if weight is not None}

    def chances(self, said: FrozenWords) -> dict[str, tuple[tuple[str, int], ...]]:
        found: dict[str, tuple[tuple[str, int], ...]] = {}
        for name, words in said.items():
            shares = words.items() if isinstance(words, FrozenWords) else ()
            read = tuple((str(one), int(str(share))) for one, share in shares if str(share).isdigit())
            if len(read) < 2 or len(read) < len(tuple(shares)) or not all(share for _, share in read):
                self.unused.append(f"x-chances of {name}: no two or more wordings with a whole share each")
            else:
                found[str(name)] = read
        return found

    def _source(self, said: Words | None, name: str) -> str:
        if said is None:
            return ""
        source = str(said.get("source") or "") if isinstance(said, FrozenWords) else ""
        if source.partition(" ")[0] not in self.at.header.source:
            self.unused.append(f"{name}: it names no source of the record")
            return ""
        return source


def _immovable(at: Situation) -> Iterator[tuple[str, str]]:
    for event in at.history.events[: at.steps]:
        said = event.x.get("x-immovable") if event.x is not NOTHING else None
        if said is None:
            continue
        for one in (said,) if isinstance(said, str) else said:
            yield (event.id if str(one) == "yes" else str(one)), event.id


def _under(extra: object, key: str) -> Words | None:
    return extra.get(key) if isinstance(extra, FrozenWords) else None


def _positive(words: str) -> Fraction | None:
    try:
        amount = Fraction(words.replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return None
    return amount if amount > 0 else None


def _one(unit: str) -> str:
    """A unit as of one: `days` and `day` are the same."""
    return unit.removesuffix("s")
