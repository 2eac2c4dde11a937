"""What is raised when the words around a value cannot be read: a time, a condition, an order, a stance.

Such words have no declared type of their own, so the message says what was looked for instead. A
caller that catches `Unreadable` catches these as well.
"""

from collections.abc import Iterable

from terms.ground.suggest import did_you_mean
from terms.values.declaration import Declaration
from terms.values.unreadable import Unreadable

UNKNOWN_KEY = "E102"
BAD_TIME = "E310"
BAD_CONDITION = "E311"
BAD_ORDER = "E312"
BAD_STANCE = "E313"

_UNTYPED = Declaration("text")
COMMA = "a comma inside { } starts a new key: put quotes around text that contains a comma"


class Misworded(Unreadable):
    """Words are not what their place asks for: `message` says what was found, `help` the ways out."""

    def __init__(self, code: str, message: str, *help: str, words: str = "") -> None:
        super().__init__(words, _UNTYPED, help)
        self.code = code
        self.message = message
        self.args = (f"{message}: {'; '.join(help)}" if help else message,)


class UnknownKey(Misworded):
    """A long form has a key that nothing reads: `key` is it, `known` are those that are read."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        self.key = key
        self.known = tuple(known)
        comma = (COMMA,) if " " in key else ()
        super().__init__(
            UNKNOWN_KEY, f"unknown key '{key}'", *did_you_mean(key, self.known), *comma, words=key
        )


class EmptyKey(Misworded):
    """A key has no value, which is what a comma inside { } leaves behind."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(UNKNOWN_KEY, f"nothing is written for '{key}'", COMMA, words=key)
