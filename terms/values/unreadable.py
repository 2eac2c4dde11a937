"""What is raised when words are not a value of the type their term declares."""

from __future__ import annotations

from terms.ground.errors import TermsError
from terms.values.declaration import Declaration

BAD_DATE = "E301"
BAD_VALUE = "E302"


class Misread(TermsError):
    """Words do not fit, said by the part that noticed: `help` is what it knows about a way out.

    It never leaves this floor: `read_value` adds the declaration and raises `Unreadable`.
    """

    def __init__(self, *help: str) -> None:
        super().__init__("; ".join(help))
        self.help = help


class Unreadable(TermsError):
    """Words are not a value of the declared type.

    `code` is E301 for dates and E302 for all other types. `message` is one sentence; `help` are the
    ways out, the nearest known name first.
    """

    def __init__(self, words: str, declaration: Declaration, help: tuple[str, ...]) -> None:
        self.words = words
        self.declaration = declaration
        self.help = help
        self.code = BAD_DATE if declaration.type == "date" else BAD_VALUE
        self.message = f"'{_shortened(words)}' does not fit a term of type {declaration.type}"
        super().__init__(f"{self.message}: {'; '.join(help)}")


def _shortened(words: str, most: int = 80) -> str:
    return words if len(words) <= most else f"{words[:most]}..."
