"""Stances about one name out of a few: yes or no, one of the choices. There is no distance between names."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from terms.ground.suggest import did_you_mean
from terms.values.grammar import Phrase
from terms.values.measured import MixedScales
from terms.values.reading import all_of, any_of
from terms.values.unreadable import Misread
from terms.values.value import Acceptance, Gap, Parts


class Names(Struct, frozen=True):
    """The names a stance would accept, of those declared in `order`."""

    accepted: frozenset[str]
    order: tuple[str, ...]

    @property
    def kind(self) -> str:
        """There is one kind of name in a term."""
        return "name"

    @property
    def is_settled(self) -> bool:
        """Always."""
        return True

    @property
    def words(self) -> str:
        """The name, or `any of` several in declared order."""
        said = [name for name in self.order if name in self.accepted]
        return said[0] if len(said) == 1 else f"any of [{', '.join(said)}]"

    @property
    def form(self) -> str:
        """Exact or any-of."""
        return "exact" if len(self.accepted) == 1 else "any-of"

    def meet(self, other: Acceptance) -> Names | None:
        """The names both accept."""
        common = self.accepted & self._alike(other).accepted
        return Names(common, self.order) if common else None

    def join(self, other: Acceptance) -> Names:
        """The names either accepts."""
        return Names(self.accepted | self._alike(other).accepted, self.order)

    def gap(self, others: Sequence[Acceptance]) -> Gap | None:
        """Never a number: names are opposed or they are not."""
        return None

    def _alike(self, other: Acceptance) -> Names:
        if not isinstance(other, Names):
            raise MixedScales(self.kind, other.kind)
        return other


class NameLeaves(Struct, frozen=True):
    """Reads names in `order`; `synonyms` are other spellings of them."""

    order: tuple[str, ...]
    synonyms: tuple[tuple[str, str], ...] = ()

    def plain(self, words: str) -> Parts:
        """One of the names."""
        name = dict(self.synonyms).get(words, words)
        if name not in self.order:
            known = (*self.order, *(synonym for synonym, _ in self.synonyms))
            raise Misread(*did_you_mean(words, known))
        return (Names(frozenset((name,)), self.order),)

    def about(self, words: str, tolerance: str | None) -> Parts:
        """There is nothing near a name."""
        raise Misread("a name is never approximate")

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """Names have no order."""
        raise Misread("these names have no order: write any of [a, b]")

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """`any of` and `within` mean the same: one of these."""
        if how in ("any of", "within"):
            return any_of(phrases, self)
        if how == "all of":
            return all_of(phrases, self)
        raise Misread("a list needs a word before it: any of [a, b]")
