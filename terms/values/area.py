"""An area: named places, lines and corridors, taken as a set of names. The program knows no map."""

from __future__ import annotations

import re

from terms.ground.patterns import late
from terms.ground.words import Words
from terms.values.amounts import split_number
from terms.values.declaration import Declaration
from terms.values.grammar import parse
from terms.values.lattice import SetLeaves
from terms.values.quantity import UnitScale
from terms.values.reading import read_parts
from terms.values.units import find_unit, fitting
from terms.values.unreadable import Misread
from terms.values.value import Parts

_CORRIDOR = late(r"corridor (.+) width (.+)", re.IGNORECASE)
_METRES = find_unit("m")


class AreaLeaves(SetLeaves, frozen=True):
    """Sets of places, of which a corridor has a width."""

    def name_of(self, words: str) -> str:
        """A place; a corridor with its width in metres."""
        match = _CORRIDOR.fullmatch(words)
        if match is None:
            return SetLeaves.name_of(self, words)
        found = split_number(match[2])
        if found is None:
            raise Misread("a width is a distance: corridor halden width 400 m")
        number, name = found
        unit = fitting(find_unit(name), _METRES) if name else _METRES
        width = UnitScale(_METRES).show(number * unit.factor)
        return f"corridor {SetLeaves.name_of(self, match[1])} width {width}"


class AreaType:
    """Places by name."""

    name = "area"
    sample = Declaration("area")

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "valley", "[valley, mill ridge]", "line of 4 May", "corridor halden width 400 m",
            "[valley, corridor halden width 0.4 km]", "all", "none", "all of [valley]",
            "within [valley, north bank]", "any of [valley, north bank]", "all of [valley, not stated]",
            "same as line.actual", "rest", "not stated", "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """Names, and the one thing that has a measure."""
        return "this term is an area: write '[valley, bank]', 'within [valley]' or 'corridor east width 9 m'"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """Any name will do unless the term declares some."""
        return read_parts(parse(words), AreaLeaves(declaration.of))


AREA = AreaType()
