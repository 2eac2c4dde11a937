"""What the keys of an event hold: dates, names and in which role, stances, conditions, orders, times.

One table for all kinds, since a key means the same wherever it stands; where it does not (`terms` is a
list of names in a link and a map of stances in a proposal) the kind has a line of its own. The shape
of a field comes from its class: the table only adds what the class cannot know.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import get_args

from terms.core.citation import Citation
from terms.core.event import KINDS, hyphenated
from terms.events import FAMILIES
from terms.ground.words import FrozenWords
from terms.records.names import PARTY, PARTY_OR_PERSON, PARTY_OR_SOURCE, SPEAKER, STAGE, TERM, TEXT, Role

DATE, SOURCES, STANCES, PACKAGES, OPTIONS, ORDER, CONDITION, TIME, LENGTH = (
    "date", "sources", "stances", "packages", "options", "order", "condition", "time", "length",
)  # fmt: skip
EARLIER, ANY, HAPPENINGS, RESERVATIONS, FLAG, WORD, MANY, ONE, WORDS = (
    "earlier", "any", "happenings", "reservations", "flag", "word", "many", "one", "words",
)  # fmt: skip
RETURN, DELEGATIONS, TERMS_OR_STANCES, STAGE_OR_TIME, ACCOUNTS, CONTENT, MAP = (
    "return", "delegations", "terms or stances", "stage or time", "accounts", "content", "map",
)  # fmt: skip

Meaning = Role | str

MEANINGS: Mapping[str, Meaning] = {
    "date": DATE, "known": DATE, "source": SOURCES, "of": EARLIER, "after": EARLIER, "about": ANY,
    "by": PARTY, "to": PARTY, "via": PARTY, "on-behalf-of": PARTY, "to-whom": PARTY, "into": PARTY,
    "alleged-by": PARTY_OR_SOURCE, "claimed-by": PARTY_OR_SOURCE, "judged-by": PARTY_OR_PERSON,
    "present": PARTY_OR_PERSON, "through": PARTY_OR_PERSON, "chair": PARTY_OR_PERSON, "speaker": SPEAKER,
    "signers": SPEAKER, "only": TERM, "except": TERM, "drop": TERM, "stage": STAGE, "text": TEXT,
    "terms": STANCES, "all-of": PACKAGES, "one-of": OPTIONS, "for": RETURN, "order": ORDER,
    "only-if": CONDITION, "unless": CONDITION, "while": CONDITION, "expires": TIME, "until": TIME,
    "effective": TIME, "planned": TIME, "lasts": LENGTH, "reservations": RESERVATIONS,
    "delegations": DELEGATIONS, "accounts": ACCOUNTS, "that": CONTENT,
}  # fmt: skip
"""By key. A key that is not here has the meaning of its shape alone."""

OWN_MEANINGS: Mapping[tuple[str, str], Meaning] = {
    ("link", "terms"): TERM,
    ("link", "if"): TERM,
    ("link", "then"): TERM,
    ("bind-package", "terms"): TERM,
    ("defer", "terms"): TERM,
    ("defer", "until"): STAGE_OR_TIME,
    ("adjourn", "until"): STAGE_OR_TIME,
    ("hand-over", "terms"): TERMS_OR_STANCES,
    ("condition", "terms"): TERMS_OR_STANCES,
    ("enter-into-force", "for"): PARTY,
    ("supersede", "with"): ANY,
    ("occur", "of"): HAPPENINGS,
    ("plan", "of"): HAPPENINGS,
    ("call-off", "of"): HAPPENINGS,
}
"""By kind and key, where a kind reads a key its own way."""


@lru_cache(maxsize=128)
def plan_of(kind: str) -> Mapping[str, tuple[str, Meaning, tuple[str, ...]]]:
    """For each key of a kind: its shape, its meaning, and the words it may take (empty: any)."""
    cls = KINDS[kind]
    made: dict[str, tuple[str, Meaning, tuple[str, ...]]] = {}
    for name, field in cls.model_fields.items():
        key = hyphenated(name)
        shape, words = _shape(field.annotation)
        meaning = OWN_MEANINGS.get((kind, key)) or MEANINGS.get(key) or shape
        made[key] = (shape, meaning, words)
    made.pop("x")
    return made


def _shape(annotation: object) -> tuple[str, tuple[str, ...]]:
    """FLAG, WORD (with its words), MANY, MAP, ONE or WORDS, from the field's annotation."""
    words = tuple(
        word
        for part in (annotation, *get_args(annotation))
        for word in get_args(part)
        if isinstance(word, str)
    )
    if words:
        return WORD, words
    return _SHAPES.get(annotation, WORDS), ()


_SHAPES: Mapping[object, str] = {
    bool: FLAG,
    tuple[str, ...]: MANY,
    tuple[Citation, ...]: MANY,
    FrozenWords: MAP,
    str: ONE,
    str | None: ONE,
}


@lru_cache(maxsize=128)
def required_keys(kind: str) -> tuple[str, ...]:
    """The keys that an event of this kind must have, in the order written; `source` is one of them always."""
    cls = KINDS[kind]
    needed = {hyphenated(name) for name, field in cls.model_fields.items() if field.is_required()}
    keys = cls.keys()
    return tuple(key for key in keys if key in needed or key in ("kind", "source"))


@lru_cache(maxsize=1)
def kind_words() -> tuple[str, ...]:
    """The words of all kinds, in the order in which a negotiation meets their families."""
    place = {family.__name__: number for number, family in enumerate(FAMILIES)}
    return tuple(sorted(KINDS, key=lambda kind: place.get(KINDS[kind].__module__, len(place))))
