"""Where in a file something stands, as a person counts: lines and columns from 1.

Columns count code points, as editors do, not bytes and not screen cells; the end is exclusive, so
that a place of one character has `end_column == column + 1`.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace


class Place(Struct, frozen=True, order=True):
    """A stretch of text in the file `path`; places sort by path, then as they are read."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        """`path:line:column`, the form that editors and terminals turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"

    def moved(self, lines: int) -> Place:
        """The same stretch after `lines` lines were added above it (negative: taken away)."""
        return replace(self, line=self.line + lines, end_line=self.end_line + lines)
