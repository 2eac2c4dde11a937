"""One of the names a term declares from lowest to highest: ranks can be counted, never added to others'."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from terms.ground.suggest import did_you_mean
from terms.ground.words import Words
from terms.values.amounts import Amount
from terms.values.declaration import Declaration
from terms.values.grammar import parse
from terms.values.measured import Edge, fixed, plainly
from terms.values.reading import AmountLeaves, End, point, read_parts
from terms.values.spans import Span, Spans, meet, whole
from terms.values.unreadable import Misread
from terms.values.value import Parts


class LevelScale(Struct, frozen=True):
    """Ranks from 0, named by `of`."""

    of: tuple[str, ...]

    @property
    def kind(self) -> str:
        """There is one ladder in a term."""
        return "level"

    def tidy(self, spans: Spans) -> Spans:
        """The ranks that exist; from the lowest up to some rank is a cap, and so on."""
        top = Fraction(len(self.of) - 1)
        ranks = whole(meet(spans, (Span(Fraction(0), top),)))
        return tuple(_opened(span, top) for span in ranks)

    def show(self, at: Fraction) -> str:
        """The name of the rank."""
        return self.of[int(at)]

    def wording(self, low: Edge | None, high: Edge | None, about: bool) -> str:
        """As most scales."""
        return plainly(low, high, about)

    def width(self, width: Fraction) -> tuple[Amount, str]:
        """Steps."""
        return int(width), "step" if width == 1 else "steps"


def _opened(span: Span, top: Fraction) -> Span:
    if span.is_point and top > 0:
        return span
    return Span(None if span.low == 0 else span.low, None if span.high == top else span.high)


class LevelType:
    """Ordered names."""

    name = "level"
    sample = Declaration("level", of=("none", "remote", "patrol", "base"))

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "patrol", "at least patrol", "at most remote", "more than remote", "less than base",
            "remote to patrol", "within [remote, patrol]", "any of [none, base]",
            "all of [at least remote, at most patrol]", "all of [patrol, not stated]",
            "any of [patrol, same as monitor.west]", "about patrol", "same as monitor.west", "not stated",
            "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """The levels in order."""
        names = " < ".join(declaration.of)
        return f"this term is a level: write one of {names or 'the names it declares under of:'}"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """Levels are spelled as declared."""
        scale = LevelScale(declaration.of)

        def end(name: str) -> End:
            if name not in declaration.of:
                raise Misread(*did_you_mean(name, declaration.of))
            rank = Fraction(declaration.of.index(name))
            return point(scale, fixed(rank), name)

        return read_parts(parse(words), AmountLeaves(end))


LEVEL = LevelType()
