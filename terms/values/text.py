"""Free text: kept word for word, and compared only by a person who puts a name under the comparison."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from terms.ground.words import Words
from terms.values.declaration import Declaration
from terms.values.grammar import Listed, Phrase, Plain, parse, special, tidy
from terms.values.reading import all_of, any_of, read_parts
from terms.values.unreadable import Misread
from terms.values.value import Opaque, Parts


class TextLeaves(Struct, frozen=True):
    """Takes every word as it is."""

    def plain(self, words: str) -> Parts:
        """The words."""
        return (Opaque(words, "text"),)

    def about(self, words: str, tolerance: str | None) -> Parts:
        """In text, `about` is a word like any other."""
        return self.plain(f"about {words}" + (f" give or take {tolerance}" if tolerance else ""))

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """So is `at most`."""
        return self.plain(f"{which} {'about ' if about else ''}{words}")

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """Several texts that all hold, or of which one does."""
        if how == "any of":
            return any_of(phrases, self)
        if how == "all of":
            return all_of(phrases, self)
        raise Misread("a list needs a word before it: any of [a, b], all of [a, b]")


class TextType:
    """Words nobody computes with."""

    name = "text"
    sample = Declaration("text")

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "the old bridge, with its approaches", "about the harbour", 'the "southern" road',
            'all of ["the road, open", the harbour]', "any of [the road, the harbour]", "same as annex.b",
            "not stated", "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """Anything is a text but nothing."""
        return "this term is a text: write it in words"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """A list counts as one only where it is closed; other words are taken as they stand."""
        if not isinstance(words, str):
            return read_parts(parse(words), TextLeaves())
        text = tidy(words)
        try:
            phrase = parse(text)
        except Misread:
            phrase = Plain(text)
        if isinstance(phrase, Listed) and phrase.how in ("any of", "all of"):
            return read_parts(phrase, TextLeaves())
        if not text:
            raise Misread("nothing is written here")
        return read_parts(special(text) or Plain(text), TextLeaves())


TEXT = TextType()
