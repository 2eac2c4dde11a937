"""What a desk asks of the program around it, since a desk itself touches nothing: copy, save, read again."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from terms.core.lens import View
from terms.tui.whatif import WhatIf


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


class Refold(Struct, frozen=True):
    """Fold a long record under another view, beside the reader; `overlay`: what was typed to have it laid over."""

    view: View
    overlay: str = ""


class Replay(Struct, frozen=True):
    """Replay a what-if beside the reader, and go onto it, to `event` where one is named.

    `typed` is the text of the prompt that asked; None: none did. `kept` is the place to come back to on it.
    `staying`: nobody asked, the record was read again; who left the branch meanwhile is not led back to it.
    """

    what: WhatIf
    event: str = ""
    typed: str | None = None
    kept: Mapping[str, object] | None = None
    staying: bool = False


class KeepScenario(Struct, frozen=True):
    """Write a what-if as the file of a scenario; one that is there already is asked about, unless it is to be replaced."""

    path: str
    text: str
    replacing: bool = False


class Reread(Struct, frozen=True):
    """Read the record again from where it came."""


class Leave(Struct, frozen=True):
    """End the program; the place is kept."""


Effect: TypeAlias = Copy | Save | Picture | Seek | Refold | Replay | KeepScenario | Reread | Leave
