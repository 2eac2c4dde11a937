"""The forms that values of every type share, before any type has looked at the words.

`at most 85000 persons`, `any of [a, b]`, `{all-of: [a, b]}`, `about 30 km give or take 2 km`, `not
stated`: this file finds the form and leaves the words inside it to the type. Lists nest; a name with a
comma in it stands in quotation marks inside a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from terms.ground.patterns import late
from terms.ground.suggest import did_you_mean
from terms.ground.words import FrozenWords, Words
from terms.values.unreadable import Misread
from terms.values.value import Opaque

BOUNDS = {
    "at most": "at most",
    "no more than": "at most",
    "not more than": "at most",
    "up to": "at most",
    "at least": "at least",
    "no less than": "at least",
    "not less than": "at least",
    "more than": "more than",
    "over": "more than",
    "less than": "less than",
    "fewer than": "less than",
    "under": "less than",
}
LISTS = {"any of": "any of", "one of": "any of", "all of": "all of", "within": "within"}
ABOUT = ("about", "roughly", "approximately", "around")
REFERENCES = {"same as": "same-as", "half of": "half-of"}
FIXED = {
    "no limit": "no-limit",
    "unlimited": "no-limit",
    "not stated": "not-stated",
    "unpublished": "unpublished",
    "rest": "rest",
    "the rest": "rest",
}
DEEPEST = 8  # lists within lists; nobody means more, and a file must not be able to exhaust the stack
LONGEST = 20_000  # characters of one value


class Plain(Struct, frozen=True):
    """Words without a form of their own."""

    words: str


class Special(Struct, frozen=True):
    """Words that mean the same for every type; None is `no limit`."""

    part: Opaque | None


class About(Struct, frozen=True):
    """A qualifier that is kept. `tolerance` is None unless the words give one: it is never guessed."""

    words: str
    tolerance: str | None = None


class Bound(Struct, frozen=True):
    """`which` is at most, at least, more than or less than."""

    which: str
    words: str
    about: bool = False


class Listed(Struct, frozen=True):
    """`how` is any of, all of, within, or `list` for a list without a word before it."""

    how: str
    parts: tuple[Phrase, ...]


Phrase = Plain | Special | About | Bound | Listed

_words_of = partial(late(r"\s+").sub, " ")
_LIST = late(rf"(?:({'|'.join(LISTS)}) ?)?\[(.*)\]", re.IGNORECASE)
_BOUND = late(rf"({'|'.join(BOUNDS)}) (.+)", re.IGNORECASE)
_ABOUT = late(rf"(?:{'|'.join(ABOUT)}) (.+?)(?: give or take (.+))?", re.IGNORECASE)
_REFERENCE = late(rf"({'|'.join(REFERENCES)}) ([^,\[\]{{}}\"]+)", re.IGNORECASE)


def tidy(words: str) -> str:
    """The words with single spaces and none around them."""
    return _words_of(words).strip()


def parse(words: Words, depth: int = 0) -> Phrase:
    """The form of `words`.

    Raises:
        Misread: nothing is written, lists nest too deep, or a key is no form.
    """
    if depth > DEEPEST:
        raise Misread(f"lists nest at most {DEEPEST} deep")
    if isinstance(words, str):
        return _parse_text(tidy(words), depth)
    if isinstance(words, FrozenWords):
        return _parse_map(words, depth)
    return Listed("list", tuple(parse(one, depth + 1) for one in words))


def special(words: str) -> Special | None:
    """The meaning that `words` have for every type; None when they have none."""
    lower = words.lower()
    if lower in FIXED:
        form = FIXED[lower]
        return Special(None if form == "no-limit" else Opaque(form.replace("-", " "), form, form == "rest"))
    if match := _REFERENCE.fullmatch(words):
        form = REFERENCES[match[1].lower()]
        return Special(Opaque(f"{match[1].lower()} {match[2].strip()}", form, True))
    return None


def split_list(text: str) -> list[str]:
    """The entries of a list: split at commas that stand in no bracket and no quotation marks.

    Raises:
        Misread: a bracket or a quotation mark is not closed, or an entry is empty.
    """
    entries, start, depth, quoted = [], 0, 0, False
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in "[]{}":
            depth += 1 if letter in "[{" else -1
        elif not quoted and letter == "," and depth == 0:
            entries.append(text[start:place].strip())
            start = place + 1
    entries.append(text[start:].strip())
    if depth or quoted:
        raise Misread("a bracket or a quotation mark is not closed")
    if not all(entries):
        raise Misread("the list has an empty entry")
    return entries


def is_quoted(entry: str) -> bool:
    """Whether the whole entry stands in quotation marks."""
    return len(entry) > 2 and entry[0] == entry[-1] == '"'


def _parse_text(text: str, depth: int) -> Phrase:
    if not text:
        raise Misread("nothing is written here")
    if len(text) > LONGEST:
        raise Misread(f"a value has at most {LONGEST} characters")
    if depth and is_quoted(text):
        return Plain(text[1:-1].replace('""', '"'))
    if match := _LIST.fullmatch(text):
        how = LISTS[match[1].lower()] if match[1] else "list"
        return Listed(how, tuple(parse(entry, depth + 1) for entry in split_list(match[2])))
    if found := special(text):
        return found
    if match := _ABOUT.fullmatch(text):
        return About(match[1], match[2])
    return _bound(text) or Plain(text)


def _bound(text: str) -> Bound | None:
    match = _BOUND.fullmatch(text)
    if match is None:
        return None
    inner = _ABOUT.fullmatch(match[2])
    if inner is None:
        return Bound(BOUNDS[match[1].lower()], match[2])
    if inner[2]:
        raise Misread("a bound takes no tolerance: write the bound that is meant")
    return Bound(BOUNDS[match[1].lower()], inner[1], about=True)


def _parse_map(words: FrozenWords, depth: int) -> Phrase:
    if len(words) != 1:
        raise Misread("one form at a time: write {any-of: [a, b]}, or {all-of: [...]} around several")
    [(key, inner)] = words.items()
    form = key.replace("-", " ").lower()
    if form in LISTS:
        entries: Sequence[Words] = inner if isinstance(inner, tuple) else (inner,)
        if not entries:
            raise Misread("the list is empty")
        return Listed(LISTS[form], tuple(parse(one, depth + 1) for one in entries))
    if isinstance(inner, str) and (form in BOUNDS or form in REFERENCES or form in ABOUT):
        return _parse_text(tidy(f"{form} {inner}"), depth)
    known = [name.replace(" ", "-") for name in (*LISTS, *BOUNDS, *REFERENCES, "about")]
    raise Misread(
        *did_you_mean(key, known), "forms: any-of, all-of, within, at-most, at-least, about, same-as"
    )
