"""What a desk asks of the program around it, since a desk itself touches nothing: copy, save, read again."""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Copy:
    """Put text on the reader's clipboard."""

    text: str
    what: str


@dataclass(frozen=True, slots=True)
class Save:
    """Write text to a new file whose name begins with `stem` and ends with `ending`."""

    text: str
    stem: str
    ending: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Copy or save the frame itself, drawn without the menu that asked for it."""

    form: Literal["txt", "svg"]
    copy: bool


@dataclass(frozen=True, slots=True)
class Seek:
    """Look through a long record, beside the reader; the next key gives it up."""

    kind: Literal["find", "filter", "first-where"]
    text: str


@dataclass(frozen=True, slots=True)
class Reread:
    """Read the record again from where it came."""


@dataclass(frozen=True, slots=True)
class Leave:
    """End the program; the place is kept."""


Effect: TypeAlias = Copy | Save | Picture | Seek | Reread | Leave
