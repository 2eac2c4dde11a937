"""One value, one row of bytes: what stores write and what fingerprints are taken of.

This is the JSON of RFC 8785 for the values that events hold (amounts are text, keys are ASCII).
Under those two limits msgspec writes the same bytes as the RFC's own library and is fifty times
faster; the tests compare the two. What lies outside the limits is refused here rather
than written differently on another machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from terms.ground.errors import NotCanonical
from terms.ground.words import Plain

LARGEST_INTEGER = 2**53 - 1  # RFC 8785 section 3.2.2.3: beyond it, readers may round

_encode = msgspec.json.Encoder(order="sorted").encode


def canonical_json(value: object) -> bytes:
    """The canonical UTF-8 bytes of `value`: mappings, lists, tuples, text, integers, truth, None.

    Raises:
        NotCanonical: a float, a key that is not ASCII text, an integer beyond 2**53 - 1, half a
            surrogate pair, or a type JSON has no word for.
    """
    _refuse_what_varies(value)
    try:
        return _encode(value)
    except UnicodeEncodeError as error:
        raise NotCanonical(value, "half a surrogate pair is not text") from error


def canonical_words(words: dict[str, Plain]) -> bytes:
    """The same bytes of what is text, lists and maps of text throughout: only its keys could be other than they may.

    Raises:
        NotCanonical: a key that is not ASCII text, half a surrogate pair.
    """
    try:
        content = _encode(words)
    except UnicodeEncodeError as error:
        raise NotCanonical(words, "half a surrogate pair is not text") from error
    return content if content.isascii() else canonical_json(words)


def fingerprint(content: bytes) -> str:
    """The SHA-256 of `content` in 64 small hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _refuse_what_varies(value: object) -> None:
    if type(value) is str or value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical(value, "an integer this large is written as text")
        return
    if isinstance(value, list | tuple):
        for member in value:
            _refuse_what_varies(member)
        return
    if not isinstance(value, dict):
        raise NotCanonical(value, f"{type(value).__name__} is not written to JSON; an amount is text")
    _refuse_keys(value)
    for member in value.values():
        _refuse_what_varies(member)


def _refuse_keys(mapping: Mapping[object, object]) -> None:
    for key in mapping:
        if not isinstance(key, str) or not key.isascii():
            raise NotCanonical(key, "a key is ASCII text, or its order would depend on the reader")
