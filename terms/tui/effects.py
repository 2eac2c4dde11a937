"""What a desk asks of the program around it, since a desk itself touches nothing: copy, save, read again."""

from typing import Literal, TypeAlias

from msgspec import Struct


class Copy(Struct, frozen=True):
    """Put text on the reader's clipboard."""

    text: str
    what: str


class Save(Struct, frozen=True):
    """Write text to a new file whose name begins with `stem` and ends with `ending`."""

    text: str
    stem: str
    ending: str


class Picture(Struct, frozen=True):
    """Copy or save the frame itself, drawn without the menu that asked for it."""

    form: Literal["txt", "svg"]
    copy: bool


class Seek(Struct, frozen=True):
    """Look through a long record, beside the reader; the next key gives it up."""

    kind: Literal["find", "filter", "first-where"]
    text: str


class Reread(Struct, frozen=True):
    """Read the record again from where it came."""


class Leave(Struct, frozen=True):
    """End the program; the place is kept."""


Effect: TypeAlias = Copy | Save | Picture | Seek | Reread | Leave
