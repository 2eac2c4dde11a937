"""The types of value, by the name a header declares them with, and reading a value by its declaration.

A new type is one file and one line here. Words are read once for each spelling: every replay of a
record asks again for the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from terms.ground.suggest import did_you_mean
from terms.ground.words import FrozenWords, Words, freeze
from terms.values.area import AREA
from terms.values.choice import CHOICE
from terms.values.date_value import DATE
from terms.values.declaration import Declaration
from terms.values.duration import DURATION
from terms.values.level import LEVEL
from terms.values.money import MONEY
from terms.values.quantity import QUANTITY
from terms.values.ratio import RATIO
from terms.values.relative_time import RELATIVE_TIME
from terms.values.set_value import PARTIES, SET
from terms.values.table import TABLE
from terms.values.text import TEXT
from terms.values.unreadable import Misread, Unreadable
from terms.values.value import Parts, Value, value_of
from terms.values.window import WINDOW
from terms.values.yes_no import YES_NO


class ValueType(Protocol):
    """How one type of value is read. All the rest follows from the parts it reads."""

    @property
    def name(self) -> str:
        """As the header spells it."""

    @property
    def sample(self) -> Declaration:
        """A term of this type, the one that `examples` are values of."""

    def examples(self) -> tuple[str, ...]:
        """Spelled values of every form the type supports."""

    def way_out(self, declaration: Declaration) -> str:
        """What to write for a term declared like this, with an example."""

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """The parts of the value. Raises Misread when the words do not fit."""


_ALL: tuple[ValueType, ...] = (
    YES_NO,
    CHOICE,
    LEVEL,
    QUANTITY,
    MONEY,
    RATIO,
    DATE,
    DURATION,
    RELATIVE_TIME,
    WINDOW,
    SET,
    PARTIES,
    AREA,
    TABLE,
    TEXT,
)
TYPES: Mapping[str, ValueType] = MappingProxyType({one.name: one for one in _ALL})


def read_value(words: str | Mapping[str, object] | Sequence[object], declaration: Declaration) -> Value:
    """Read `words` as a value of the declared type.

    Raises:
        Unreadable: they are none, with the ways out; or the type itself is unknown.
    """
    if isinstance(words, str | FrozenWords):
        return _read(words, declaration)
    try:
        frozen = freeze(words)
    except ValueError as slip:
        raise Unreadable(str(words), declaration, (str(slip),)) from None
    return _read(frozen, declaration)


@lru_cache(maxsize=1 << 16)
def _read(words: Words, declaration: Declaration) -> Value:
    found = TYPES.get(declaration.type)
    if found is None:
        known = f"types: {', '.join(TYPES)}"
        raise Unreadable(_flat(words), declaration, (*did_you_mean(declaration.type, TYPES), known))
    try:
        return value_of(declaration.type, found.read(words, declaration))
    except Misread as slip:
        ways_out = (*slip.help, _way_out(declaration))
        raise Unreadable(_flat(words), declaration, tuple(dict.fromkeys(ways_out))) from None


def _way_out(declaration: Declaration) -> str:
    try:
        return TYPES[declaration.type].way_out(declaration)
    except Misread as slip:
        return f"the unit '{declaration.unit}' of the term cannot be used: {slip}"


def _flat(words: Words) -> str:
    if isinstance(words, str):
        return words
    if isinstance(words, FrozenWords):
        return f"{{{', '.join(f'{key}: {_flat(inner)}' for key, inner in words.items())}}}"
    return f"[{', '.join(map(_flat, words))}]"
