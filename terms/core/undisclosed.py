"""What a party is shown of an event that speaks of things it does not know: a reference that leads nowhere.

Nothing here may depend on an event that the party does not know, not even on whether there is one. So a
reference is kept when it leads to something that the party can see by then, and reads `undisclosed` otherwise;
it is never asked whether a hidden event has that name. Prose stays as it is: it speaks of things as people do.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from terms.core.event import Event, hyphenated
from terms.core.header import Header
from terms.core.pruning import declared_names
from terms.ground.errors import TermsError
from terms.ground.patterns import late
from terms.ground.words import FrozenWords, Plain, Words, freeze
from terms.values.conditions import (
    Accepts,
    AllOf,
    AnyOf,
    Certifies,
    Complies,
    Condition,
    Not,
    happenings_of,
    read_condition,
)
from terms.values.orders import happenings_in_order, read_order
from terms.values.stance_keys import KEYS as STANCE_KEYS
from terms.values.times import TARGET, happenings_in, read_time

UNDISCLOSED = "undisclosed"
"""What a reference to something that a party does not know of reads."""

REFERENCES = ("of", "about", "a", "b", "same-as", "half-of")
"""Keys whose words are references through and through, wherever they stand in an event: also in what is reported."""

PROSE = frozenset((
    "id", "date", "kind", "source", "note", "quote", "translation", "title", "why", "tags", "place", "lang", "x",
    "scope", "purpose", "guarantee", "as-worded",
))  # fmt: skip
"""Keys whose words name no event, or speak of it as people do."""

LOGICAL = frozenset((
    "only-if", "unless", "while", "order", "expires", "until", "effective", "planned", "for",
    "from", "due", "as-at", "at",
))  # fmt: skip
"""Keys of conditions, orders and times: words among which references stand."""

TERMS = ("terms", "all-of", "one-of")
"""Keys under which terms stand with their stances, whatever the terms are called."""

TIMED = ("date", "relative-time", "duration")
"""Types of terms whose values may be counted from an event."""

OWN = (frozenset(STANCE_KEYS) | {"same-as", "half-of", "at"}) - {
    "is",
    "each",
    "meanings",
    "per",
    "of-which",
    "steps",
}
"""Keys of a stance behind which no value stands, or one named as elsewhere."""

BARE = frozenset((
    "by", "to", "via", "present", "speaker", "standing", "on-behalf-of", "channel", "form", "text", "stage", "known",
    "account-of", "account", "round", "option", "only", "except", "drop", "signers", "judged-by", "capacity",
    "in-principle", "ad-referendum", "whole", "severally", "body", "outcome", "relation", "into", "through", "chair",
))  # fmt: skip
"""Keys of single words, of parties, terms and the like, behind which no event is named."""

_SAME_AS = late(rf"\b(?:same as|half of) +({TARGET})", re.IGNORECASE)
_COUNTED = late(
    rf"\b(?:(?:same as|half of|(?:minute|hour|day|week|month|year)s?[ -](?:after|before)|day \d+ of) +({TARGET})"
    r"|(?:after|before|by|from|until|of) +([a-z][a-z0-9]*(?:[-./][a-z0-9]+)+))",
    re.IGNORECASE,
)
_TARGET = late(rf"(?<![A-Za-z0-9./-]){TARGET}(?![A-Za-z0-9/-])(?!\.[A-Za-z0-9])")
_SPELLED_SO = late(r"[a-z][a-z0-9]*(?:[-./][a-z0-9]+)+")
"""Names that cannot be taken for a word of a sentence."""


class Sight:
    """The names that a party can see by then: what is declared, and the events and occurrences it was shown.

    `earlier` tells of those that it was shown before the first that is added here.
    """

    def __init__(self, header: Header, earlier: Callable[[str], bool] = lambda name: False) -> None:
        self.names = declared_names(header)
        self.types = {term.id: term.declaration.type for term in header.terms}
        self._earlier = earlier

    def add(self, event: Event) -> None:
        """The party is shown an event."""
        self.names.add(event.id)
        if event.account_of is not None:
            self.names.add(event.account_of)

    def knows(self, name: str) -> bool:
        """Whether the name, or what it is derived from (`accord.signed`, `n-5/option-2`), can be seen."""
        head = name.partition("/")[0].strip()
        while head:
            if head in self.names or self._earlier(head):
                return True
            head = head.rpartition(".")[0]
        return False

    def shows(self, event: Event) -> Event:
        """The event with every reference that the party cannot follow undisclosed; itself when it can follow all."""
        if self._is_plain(event):
            return event
        changed = self.changes(event.words())
        return _changed(event, changed) if changed else event

    def changes(self, words: Mapping[str, Plain]) -> dict[str, Plain]:
        """What reads otherwise to the party of an event that is spelled so, by its key."""
        seen = {
            key: self._after(inner) if key == "after" else self._seen(key, inner)
            for key, inner in words.items()
        }
        return {key: inner for key, inner in seen.items() if inner != words[key]}

    def _is_plain(self, event: Event) -> bool:
        """Whether it names nothing but what it answers and what it is about, all of which can be seen."""
        if _says_more(type(event), frozenset(event.__pydantic_fields_set__)):
            return False
        terms = getattr(event, "terms", None)
        if isinstance(terms, FrozenWords) and not all(self._is_bare(*one) for one in terms.items()):
            return False
        named = (*getattr(event, "of", ()), *event.about, *((event.after,) if event.after else ()))
        return all(map(self.knows, named))

    def _is_bare(self, term: str, words: Words) -> bool:
        return isinstance(words, str) and self.types.get(term) not in TIMED and _SAME_AS.search(words) is None

    def _after(self, name: Plain) -> Plain:
        return name if self.knows(str(name)) else ""

    def _seen(self, key: str, words: Plain) -> Plain:
        """What stands under a key, however deep: a reference, words with references in them, a value, or prose."""
        if key in PROSE or key in BARE or key.startswith("x-"):
            return words
        if key in REFERENCES or (key == "with" and isinstance(words, str)):
            return self._as_reference(words)
        if key in LOGICAL and not (key == "for" and isinstance(words, dict)):
            return self._among_words(words)
        if key == "otherwise":
            return self._among_words(words, derived=True)
        if key in TERMS and isinstance(words, dict):
            return {name: self._of_term(name, inner) for name, inner in words.items()}
        return self._inside(key, words, self._seen)

    def _of_term(self, name: str, words: Plain) -> Plain:
        """A stance on the term of this name; of a package or an option, those on each of its terms."""
        if name not in self.types:
            return self._inside(name, words, self._of_term)
        naming = _COUNTED if self.types[name] in TIMED else _SAME_AS

        def within(key: str, inner: Plain) -> Plain:
            return self._seen(key, inner) if key in OWN else self._inside(key, inner, within, naming)

        return self._inside(name, words, within, naming)

    def _inside(
        self,
        key: str,
        words: Plain,
        each: Callable[[str, Plain], Plain],
        naming: re.Pattern[str] = _SAME_AS,
    ) -> Plain:
        """What stands in a map or a list; a value that is the same as something hidden is one that nobody published."""
        if isinstance(words, dict):
            return {name: each(name, inner) for name, inner in words.items()}
        if isinstance(words, list):
            return [each(key, one) for one in words]
        named = (name for found in naming.finditer(words) for name in found.groups() if name)
        return words if all(map(self.knows, named)) else "unpublished"

    def _as_reference(self, words: Plain) -> Plain:
        if isinstance(words, str):
            return words if self.knows(words) else UNDISCLOSED
        if isinstance(words, list):
            return [self._as_reference(one) for one in words]
        return {key: self._as_reference(inner) for key, inner in words.items()}

    def _among_words(self, words: Plain, *, derived: bool = False) -> Plain:
        """Conditions, orders and times in which each name that leads nowhere is replaced.

        `derived`: only what comes of something (`accord.void`), since a value may stand there, too.
        """
        if isinstance(words, list):
            return [self._among_words(one, derived=derived) for one in words]
        if isinstance(words, dict):
            return {
                name: inner if name in PROSE or name == "text" else self._among_words(inner, derived=derived)
                for name, inner in words.items()
            }
        named = {name for name in names_in_logic(words) if not derived or "." in name or "/" in name}
        return _TARGET.sub(
            lambda found: UNDISCLOSED if found[0] in named and not self.knows(found[0]) else found[0], words
        )


def _changed(event: Event, spelled: Mapping[str, Plain]) -> Event:
    """The event with these keys replaced; its other fields, which may be blank, are left alone."""
    fields = {hyphenated(name): name for name in type(event).model_fields}
    return event.model_copy(
        update={fields[key]: _as_field(event, fields[key], one) for key, one in spelled.items()}
    )


def _as_field(event: Event, name: str, words: Plain) -> object:
    if name == "after":
        return None
    if type(event).model_fields[name].annotation == tuple[str, ...]:
        return (words,) if isinstance(words, str) else tuple(map(str, words))
    return freeze(words)


PLAIN = PROSE | BARE | {"of", "about", "after", "terms"}
"""Keys whose references are seen at a glance."""


@lru_cache(maxsize=4096)
def _says_more(cls: type[Event], given: frozenset[str]) -> bool:
    """Whether an event of this kind that gives these fields may name events elsewhere than in the plain ones."""
    return not {hyphenated(name) for name in given} <= PLAIN


@lru_cache(maxsize=16_384)
def names_in_logic(words: str) -> frozenset[str]:
    """The names in a time, a condition or an order; in words that are none, whatever cannot be another word."""
    for read in (_in_time, _in_condition, _in_order):
        try:
            return frozenset(read(words))
        except TermsError:
            continue
    return frozenset(_SPELLED_SO.findall(words))


def _in_time(words: str) -> Iterator[str]:
    for happening in happenings_in(read_time(words)):
        yield from _of_happening(happening)


def _in_order(words: str) -> Iterator[str]:
    for happening in happenings_in_order(read_order(words)):
        yield from _of_happening(happening)


def _in_condition(words: str) -> Iterator[str]:
    yield from _of_condition(read_condition(words))


def _of_condition(condition: Condition) -> Iterator[str]:
    match condition:
        case Accepts(what=name) | Certifies(happening=name) | Complies(text=name):
            yield name
        case Not(inner):
            yield from _of_condition(inner)
        case AllOf(members) | AnyOf(members):
            for member in members:
                yield from _of_condition(member)
        case _:
            for happening in happenings_of(condition):
                yield from _of_happening(happening)


def _of_happening(happening: str) -> tuple[str, ...]:
    """The names in a happening: itself, or who accepts or certifies what."""
    words = happening.split()
    return words[0], words[-1]
