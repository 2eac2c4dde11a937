"""One of the names a term declares, in no order."""

from __future__ import annotations

from terms.ground.words import Words
from terms.values.declaration import Declaration
from terms.values.grammar import parse
from terms.values.names import NameLeaves
from terms.values.reading import read_parts
from terms.values.value import Parts


class ChoiceType:
    """Names without distance."""

    name = "choice"
    sample = Declaration("choice", of=("open", "escorted", "closed"))

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "open", "any of [escorted, open]", "within [open, closed]", "all of [open, not stated]",
            "any of [open, same as corridor.west]", "same as corridor.west", "not stated", "unpublished",
            "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """The choices."""
        names = ", ".join(declaration.of)
        return f"this term is a choice: write one of {names or 'the names it declares under of:'}"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """Names are spelled as declared."""
        return read_parts(parse(words), NameLeaves(declaration.of))


CHOICE = ChoiceType()
