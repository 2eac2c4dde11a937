"""A set of names (regions, categories, acts) or of parties."""

from __future__ import annotations

from msgspec import Struct

from terms.ground.words import Words
from terms.values.declaration import Declaration
from terms.values.grammar import parse
from terms.values.lattice import SetLeaves
from terms.values.reading import read_parts
from terms.values.value import Parts


class SetType(Struct, frozen=True):
    """Sets of declared names, or of any names when the term declares none."""

    name: str
    sample: Declaration
    noun: str

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "isle", "[isle, cape]", "all", "none", "all of [isle, cape]", "within [isle, cape]",
            "within [none]", "all of [all of [isle], within [isle, cape]]", "any of [isle, cape]",
            "any of [[isle, cape], moor]", "any of [isle, none]", "2 of [isle, cape, moor]",
            "at least 2 of [isle, cape, moor]", "within [all]", "all of [[isle, cape], not stated]",
            "any of [isle, same as guests]", "same as guests", "rest", "not stated", "unpublished",
            "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """The names and the ways to speak of several."""
        known = f"; the names are {', '.join(declaration.of)}" if declaration.of else ""
        return f"this term is a set of {self.noun}: write '[a, b]', 'all of [a, b]' or 'within [a, b]'{known}"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """Names are spelled as declared."""
        return read_parts(parse(words), SetLeaves(declaration.of))


SET = SetType("set", Declaration("set", of=("isle", "cape", "moor")), "names")
PARTIES = SetType("parties", Declaration("parties"), "parties")
