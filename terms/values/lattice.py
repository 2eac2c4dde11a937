"""Stances about a set: what it must contain, and what it must stay within.

Exactly `[a, b]` must contain both and nothing else; `all of [a, b]` must contain both; `within [a, b]`
may contain either or none. Who says "all" means also what is added later; who lists every name known
today does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from msgspec import Struct

from terms.ground.patterns import late
from terms.ground.suggest import did_you_mean
from terms.values.grammar import Listed, Phrase, Plain
from terms.values.measured import MixedScales
from terms.values.reading import all_of, any_of, read_parts
from terms.values.unreadable import Misread
from terms.values.value import Acceptance, Gap, Opaque, Parts

ALL, NONE = "all", "none"
_SOME = late(r"(?:at least |at most )?\d{1,4} of \[.*\]", re.IGNORECASE)
_NAME = late(r"[^,\[\]{}\"]+")


class Bounds(Struct, frozen=True):
    """Sets that contain `least` and stay within `most`; None: within everything. `least` may hold `all`."""

    least: frozenset[str]
    most: frozenset[str] | None

    def holds(self, other: Bounds) -> bool:
        """Whether every set that `other` admits is admitted here."""
        within = self.most is None or (other.most is not None and other.most <= self.most)
        return within and (self.least <= other.least or ALL in other.least)

    def meet(self, other: Bounds) -> Bounds:
        """Both; perhaps nothing."""
        mosts = [bounds.most for bounds in (self, other) if bounds.most is not None]
        most = frozenset.intersection(*mosts) if mosts else None
        least = self.least | other.least
        return Bounds(frozenset((ALL,)) if ALL in least else least, most)

    @property
    def is_empty(self) -> bool:
        """Whether it must contain what it may not."""
        return self.most is not None and not self.least <= self.most

    @property
    def words(self) -> str:
        """`a`, `[a, b]`, `all`, `none`, `all of`, `within`, or both."""
        if self.least == {ALL}:
            return ALL
        if self.least == self.most:
            return NONE if not self.least else _names_in_words(self.least)
        said = []
        if self.least:
            said.append(f"all of [{', '.join(sorted(self.least))}]")
        if self.most is not None:
            said.append(f"within [{', '.join(sorted(self.most)) or NONE}]")
        return (said or ["no limit"])[0] if len(said) < 2 else f"all of [{', '.join(said)}]"


class Lattice(Struct, frozen=True):
    """Alternatives, none of which holds another; `universe` are the names declared, empty if any will do."""

    alternatives: frozenset[Bounds]
    universe: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """There is one set in a term."""
        return "set"

    @property
    def is_settled(self) -> bool:
        """Always."""
        return True

    @property
    def words(self) -> str:
        """Names in alphabetical order."""
        said = sorted(bounds.words for bounds in self.alternatives)
        return said[0] if len(said) == 1 else f"any of [{', '.join(said)}]"

    @property
    def form(self) -> str:
        """exact, all-of, within, no-limit or any-of."""
        if len(self.alternatives) > 1:
            return "any-of"
        [bounds] = self.alternatives
        if bounds.least == bounds.most or bounds.least == {ALL}:
            return "exact"
        if bounds.least:
            return "all-of"
        return "within" if bounds.most is not None else "no-limit"

    def meet(self, other: Acceptance) -> Lattice | None:
        """Sets that both admit."""
        pairs = product(self.alternatives, self._alike(other).alternatives)
        return _widest([one.meet(two) for one, two in pairs], self.universe)

    def join(self, other: Acceptance) -> Lattice | None:
        """Sets that either admits."""
        return _widest([*self.alternatives, *self._alike(other).alternatives], self.universe)

    def gap(self, others: Sequence[Acceptance]) -> Gap | None:
        """How many names must be in and may not be, and which.

        Of alternatives between two parties, those nearest to each other; between more, the pairs.
        """
        sides = [tuple(self._alike(side).alternatives) for side in (self, *others)]
        if len(sides) == 2 or all(len(side) == 1 for side in sides):
            names = min(
                (self._contested(choice) for choice in product(*sides)), key=lambda found: (len(found), found)
            )
            return Gap(len(names), "names" if len(names) > 1 else "name", names) if names else None
        pairs = [(i, j) for i in range(len(sides)) for j in range(i + 1, len(sides))]
        stances = (self, *(self._alike(side) for side in others))
        gaps = ((f"{i + 1} and {j + 1}", stances[i].gap((stances[j],))) for i, j in pairs)
        together: Lattice | None = self
        for stance in stances[1:]:
            together = together.meet(stance) if together is not None else None
        return None if together else Gap(None, "names", parts=tuple((name, gap) for name, gap in gaps if gap))

    def _contested(self, choice: Sequence[Bounds]) -> tuple[str, ...]:
        common = Bounds(frozenset(), None)
        for bounds in choice:
            common = common.meet(bounds)
        if common.most is None:
            return ()
        needed = frozenset().union(*(bounds.least for bounds in choice))
        if ALL in needed:
            needed = (needed | frozenset(self.universe)) - {ALL}
            return tuple(sorted(needed - common.most)) or (ALL,)
        return tuple(sorted(needed - common.most))

    def _alike(self, other: Acceptance) -> Lattice:
        if not isinstance(other, Lattice):
            raise MixedScales(self.kind, other.kind)
        return other


class SetLeaves(Struct, frozen=True):
    """Reads sets of names; `universe` are the permitted ones, empty if any will do."""

    universe: tuple[str, ...] = ()

    def name_of(self, words: str) -> str:
        """One name, as declared."""
        if _NAME.fullmatch(words) is None or words in (ALL, NONE):
            raise Misread(f"'{words}' is no name")
        if self.universe and words not in self.universe:
            raise Misread(*did_you_mean(words, self.universe))
        return words

    def plain(self, words: str) -> Parts:
        """Exactly this name; `all`, `none`, `2 of [a, b, c]`."""
        if words == ALL:
            return self._part(frozenset((ALL,)), None)
        if words == NONE:
            return self._part(frozenset(), frozenset())
        if _SOME.fullmatch(words):
            return self._some(words)
        only = frozenset((self.name_of(words),))
        return self._part(only, only)

    def about(self, words: str, tolerance: str | None) -> Parts:
        """There is nothing near a name."""
        raise Misread("a name is never approximate")

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """Only `at least 2 of [a, b, c]` and the like."""
        return self.plain(f"{which} {words}") if _SOME.fullmatch(f"{which} {words}") else self._no_bound()

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """`any of` means alternatives, each the exact set of its name; within it lists may nest."""
        if how == "any of":
            return any_of(phrases, self)
        plain = all(isinstance(phrase, Plain) and not _SOME.fullmatch(phrase.words) for phrase in phrases)
        if how == "all of" and not plain:
            return all_of(phrases, self)
        if not plain:
            raise Misread("this list holds names only")
        said = [phrase.words for phrase in phrases if isinstance(phrase, Plain)]
        if said in ([ALL], [NONE]):
            return self._whole(how, said[0])
        names = frozenset(self.name_of(name) for name in said)
        if how == "all of":
            return self._part(names, None)
        return self._part(frozenset() if how == "within" else names, names)

    def _whole(self, how: str, word: str) -> Parts:
        if (how, word) in (("within", ALL), ("all of", NONE)):
            return ()
        return self.plain(word)

    def _some(self, words: str) -> Parts:
        number, _, names = words.partition(" of ")
        listed = read_parts(
            Listed("list", tuple(Plain(name.strip()) for name in names[1:-1].split(","))), self
        )
        return (Opaque(f"{number} of [{', '.join(sorted(_members(listed)))}]", "some-of", True),)

    def _part(self, least: frozenset[str], most: frozenset[str] | None) -> Parts:
        return (Lattice(frozenset((Bounds(least, most),)), self.universe),)

    def _no_bound(self) -> Parts:
        raise Misread(
            "names have no order: write all of [a, b] for what must be in, within [a, b] for what may be"
        )


def _members(parts: Parts) -> frozenset[str]:
    return frozenset(
        name
        for part in parts
        if isinstance(part, Lattice)
        for bounds in part.alternatives
        for name in bounds.least
    )


def _widest(found: Sequence[Bounds], universe: tuple[str, ...]) -> Lattice | None:
    admitted = {bounds for bounds in found if not bounds.is_empty}
    widest = {one for one in admitted if not any(other.holds(one) for other in admitted if other != one)}
    return Lattice(frozenset(widest), universe) if widest else None


def _names_in_words(names: frozenset[str]) -> str:
    said = sorted(names)
    return said[0] if len(said) == 1 else f"[{', '.join(said)}]"
