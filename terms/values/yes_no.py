"""Yes or no, in the words of the term if it declares a pair: of `[prohibited, allowed]` the first is yes."""

from __future__ import annotations

from terms.ground.words import Words
from terms.values.declaration import Declaration
from terms.values.grammar import parse
from terms.values.names import NameLeaves
from terms.values.reading import read_parts
from terms.values.value import Parts

YES, NO = "yes", "no"


class YesNoType:
    """Two outcomes and no distance between them."""

    name = "yes-no"
    sample = Declaration("yes-no", of=("prohibited", "allowed"))

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "yes", "no", "prohibited", "allowed", "any of [yes, no]", "all of [yes, not stated]",
            "any of [yes, same as pullback]", "same as pullback", "not stated", "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """The two words."""
        pair = f", or '{declaration.of[0]}' or '{declaration.of[1]}'" if len(declaration.of) == 2 else ""
        return f"this term is a yes-no: write 'yes' or 'no'{pair}"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """Shown in the pair that the term declares, else as yes and no."""
        if len(declaration.of) != 2:
            return read_parts(parse(words), NameLeaves((YES, NO)))
        first, second = declaration.of
        return read_parts(parse(words), NameLeaves(declaration.of, ((YES, first), (NO, second))))


YES_NO = YesNoType()
