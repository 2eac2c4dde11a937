"""What can be misused, as exceptions: one class for each thing a caller could do about it.

A fault in a *record* is never an exception: it is a diagnostic with a place, and all of them are
gathered. These exceptions are for the program that calls; each is built from the facts and writes
its own sentence, so that the wording stands in one file.
"""

from __future__ import annotations


class TermsError(Exception):
    """Anything this package refuses to do. Catch this to catch all of them."""


class BadReference(TermsError):
    """A reference is not of the form `EVENT` or `EVENT/PART`."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} does not name an event: write EVENT or EVENT/PART, such as med-25/option-2"
        )
        self.text = text


class BadDate(TermsError):
    """A text is not a date; `suggestion` is the date that was probably meant, None when nobody can tell."""

    def __init__(self, text: str, reason: str = "", suggestion: str | None = None) -> None:
        because = f": {reason}" if reason else ""
        hint = f"; did you mean {suggestion!r}?" if suggestion else ""
        super().__init__(f"{text!r} is not a date{because}{hint}")
        self.text = text
        self.reason = reason
        self.suggestion = suggestion


class NotCanonical(TermsError):
    """A value has no canonical bytes: a float, a key that is not ASCII text, a number too large."""

    def __init__(self, found: object, reason: str) -> None:
        super().__init__(f"{found!r} has no canonical form: {reason}")
        self.found = found
        self.reason = reason


class UnknownCode(TermsError):
    """No page explains this code; `suggestion` is the nearest code that has one."""

    def __init__(self, code: str, suggestion: str | None = None) -> None:
        hint = f"; did you mean {suggestion!r}?" if suggestion else ""
        super().__init__(f"{code!r} is not a code of this program{hint}")
        self.code = code
        self.suggestion = suggestion
