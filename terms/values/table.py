"""A table: a quantity for each of several keys (a distance for each calibre), compared key by key.

A key that is not named is one about which nothing is said; it is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from terms.ground.suggest import did_you_mean
from terms.ground.words import FrozenWords, Words
from terms.values.declaration import Declaration
from terms.values.grammar import LISTS, Phrase, parse, split_list
from terms.values.measured import MixedScales
from terms.values.quantity import QUANTITY
from terms.values.reading import all_of, any_of, conjunction, read_parts
from terms.values.unreadable import Misread
from terms.values.value import Acceptance, Gap, Parts, apart, by_kind, is_certain, joined, met, spelled


class Cell(Struct, frozen=True):
    """What is said about one key."""

    key: str
    said: Parts

    @property
    def kind(self) -> str:
        """The key."""
        return f"key {self.key}"

    @property
    def words(self) -> str:
        """`50 mm: 15 km`."""
        return f"{self.key}: {spelled(self.said)}"

    @property
    def form(self) -> str:
        """It is shown in braces with its neighbours; with nothing left to say it is no limit."""
        return "cell" if self.said else "no-limit"

    @property
    def is_settled(self) -> bool:
        """Whether arithmetic tells what satisfies it: one amount, perhaps with its whole."""
        amounts = [part for part in self.said if part.kind != "whole"]
        return len(amounts) == 1 and all(part.is_settled for part in self.said)

    @property
    def is_fixed(self) -> bool:
        """Whether the same words at this key always mean the same outcomes, as `same as cap.north` does."""
        return all(is_certain(part) for part in self.said)

    def meet(self, other: Acceptance) -> Cell | None:
        """Both, at this key."""
        common = met((*self.said, *_said(other)))
        return Cell(self.key, by_kind(common)) if common is not None else None

    def join(self, other: Acceptance) -> Cell:
        """Alternatives at this key."""
        return Cell(self.key, by_kind(joined((self.said, _said(other)))))

    def gap(self, others: Sequence[Acceptance]) -> Gap | None:
        """The gap at this key."""
        found = apart([self.said, *(_said(other) for other in others)])
        if not found:
            return None
        first = found[0]
        return Gap(
            first.amount, first.unit, (self.key,), contested=first.contested, parts=((self.key, first),)
        )


class TableLeaves(Struct, frozen=True):
    """Reads `{50 mm: 15 km, 70 mm: 25 km}`."""

    declaration: Declaration

    def plain(self, words: str) -> Parts:
        """The table in braces."""
        if not (words.startswith("{") and words.endswith("}")) or words == "{}":
            raise Misread(f"'{words}' is no table")
        entries = [entry.partition(":") for entry in split_list(words[1:-1])]
        if not all(colon for _, colon, _ in entries):
            raise Misread("a key and its amount are parted by a colon")
        if len({key.strip() for key, _, _ in entries}) < len(entries):
            raise Misread("a key stands twice in the table")
        return self.cells({key.strip(): amount for key, _, amount in entries})

    def cells(self, table: Mapping[str, Words]) -> Parts:
        """What is said about each key; a key without a limit has nothing said about it."""
        cells = Declaration("quantity", self.declaration.unit)
        parts: list[Acceptance] = []
        for key, words in table.items():
            self._check(key)
            if said := QUANTITY.read(words, cells):
                parts.append(Cell(key, by_kind(said)))
        return tuple(parts)

    def about(self, words: str, tolerance: str | None) -> Parts:
        """Amounts are approximate, tables are not."""
        raise Misread("write 'about' before the amount in the table")

    def bound(self, which: str, words: str, about: bool) -> Parts:
        """Amounts have bounds, tables have none."""
        raise Misread(f"write '{which}' before the amount in the table")

    def listed(self, how: str, phrases: Sequence[Phrase]) -> Parts:
        """Alternative tables, or tables that all hold."""
        if how == "any of":
            return any_of(phrases, self)
        if how == "all of":
            return all_of(phrases, self)
        raise Misread("a table is written {key: amount, key: amount}")

    def _check(self, key: str) -> None:
        if self.declaration.of and key not in self.declaration.of:
            raise Misread(*did_you_mean(key, self.declaration.of), f"keys: {', '.join(self.declaration.of)}")
        if not key or set(key) & set(',[]{}":'):
            raise Misread(f"'{key}' cannot be a key")


class TableType:
    """Quantities by key."""

    name = "table"
    sample = Declaration("table", unit="km")

    def examples(self) -> tuple[str, ...]:
        """Every form."""
        return (
            "{50 mm: 15 km}", "{50 mm: 15 km, 70 mm: at least 25 km}", "{50 mm: any of [15 km, 20 km]}",
            "{50 mm: not stated, 70 mm: 25 km}", "{50 mm: 12 of 24 km}",
            "{50 mm: all of [at most 30 km, not stated]}", "any of [{50 mm: 15 km}, {50 mm: 20 km}]",
            "any of [{50 mm: 15 km}, {70 mm: 20 km}]", "all of [{50 mm: 15 km}, not stated]",
            "same as withdrawal.west", "not stated", "unpublished", "no limit",
        )  # fmt: skip

    def way_out(self, declaration: Declaration) -> str:
        """The shape."""
        unit = declaration.unit or "km"
        return f"this term is a table: write {{first key: 15 {unit}, second key: 25 {unit}}}"

    def read(self, words: Words, declaration: Declaration) -> Parts:
        """A map of keys, or one of the common forms around tables."""
        leaves = TableLeaves(declaration)
        if not isinstance(words, FrozenWords):
            return read_parts(parse(words), leaves)
        how = LISTS.get(next(iter(words), "").replace("-", " "))
        return leaves.cells(words) if how is None or len(words) > 1 else _listed(how, words, leaves)


def _listed(how: str, words: FrozenWords, leaves: TableLeaves) -> Parts:
    [entries] = words.values()
    tables = entries if isinstance(entries, tuple) else (entries,)
    read = [
        leaves.cells(one) if isinstance(one, FrozenWords) else read_parts(parse(one), leaves)
        for one in tables
    ]
    if how == "any of" and read:
        return joined(read)
    if how == "all of":
        return conjunction([part for parts in read for part in parts])
    raise Misread("a table is written {key: amount, key: amount}")


def _said(part: Acceptance) -> Parts:
    if not isinstance(part, Cell):
        raise MixedScales("cell", part.kind)
    return part.said


TABLE = TableType()
