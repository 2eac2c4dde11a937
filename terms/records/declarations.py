"""What a header may declare: for each section its keys, what each takes, and the class it becomes.

The readers, the writer and the editor's schema all go by this table, so that they cannot disagree.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from terms.core.header import ROLES, Happening, Party, Person, Rule, Source, Stage, Term, Text
from terms.records.names import PARTY, SOURCE, STAGE, TEXT, Role

Takes = Literal["text", "texts", "flag", "date", "words", "word", "order"]

STANDINGS = ("head", "delegate", "unnamed", "personal")
TICKS = ("hour", "day")
LINKS = ("part-of", "side-letter-to", "mirrors", "amends", "replaces", "draws-on")
"""How a text may be tied to another: none moves a position, and two end an earlier clause."""
GRADES = {"reliability": tuple("ABCDEF"), "credibility": tuple("123456")}


class Key(Struct, frozen=True):
    """One key: what it takes, the field it fills, whose names it holds, its permitted words."""

    takes: Takes
    field: str = ""
    role: Role | None = None
    words: tuple[str, ...] = ()
    is_required: bool = False


class Section(Struct, frozen=True):
    """One section: its class, its keys in the order written, the key a bare text stands for ("": none)."""

    makes: type
    keys: Mapping[str, Key]
    short: str = ""


_TEXT = Key("text")
_NOTE = Key("text", "note")

SECTIONS: Mapping[str, Section] = {
    "parties": Section(
        Party,
        {
            "name": Key("text", "name"),
            "role": Key("word", "role", words=ROLES, is_required=True),
            "aliases": Key("texts", "aliases"),
            "faction-of": Key("text", "faction_of", PARTY),
            "accounts": Key("words", "accounts"),
            "note": _NOTE,
        },
    ),
    "persons": Section(
        Person,
        {
            "name": Key("text", "name"),
            "of": Key("text", "of", PARTY),
            "standing": Key("word", "standing", words=STANDINGS),
            "role": Key("text", "office"),
            "from": Key("text", "since"),
            "until": Key("text", "until"),
            "aliases": Key("texts", "aliases"),
        },
        short="name",
    ),
    "stages": Section(
        Stage, {"name": Key("text", "name"), "after": Key("text", "after", STAGE)}, short="name"
    ),
    "terms": Section(
        Term,
        {
            "type": Key("text"),
            "unit": Key("text"),
            "of": Key("texts"),
            "stage": Key("text", "stage", STAGE),
            "consent": Key("texts", "consent", PARTY),
            "kind": Key("text", "class_of"),
            "about": Key("text", "about"),
            "accounts": Key("words", "accounts"),
        },
        short="type",
    ),
    "texts": Section(
        Text,
        {
            "title": Key("text", "title"),
            "parties": Key("texts", "parties", PARTY),
            "whole": Key("flag", "whole"),
            "binds-by": Key("words", "binds_by"),
            **{link: Key("text", role=TEXT) for link in LINKS},
            "open-to": Key("text", "open_to"),
            "due": Key("words", "due"),
            "lasts": Key("text", "lasts"),
            "renews": Key("words", "renews"),
            "ends-on-notice": Key("text", "ends_on_notice"),
            "names": Key("words", "names"),
        },
        short="title",
    ),
    "happenings": Section(Happening, {"is": Key("text", "shape"), "about": Key("text", "about")}, short="is"),
    "logic": Section(
        Rule,
        {
            "is": Key("order", "order", is_required=True),
            "source": Key("text", "source", SOURCE, is_required=True),
            "note": _NOTE,
        },
    ),
    "sources": Section(
        Source,
        {
            "title": Key("text", "title"),
            "publisher": Key("text", "publisher"),
            "published": Key("date", "published"),
            "dated": Key("date", "dated"),
            "url": Key("text", "url"),
            "archived": Key("text", "archived"),
            "lang": Key("text", "lang"),
            "side": Key("text", "side", PARTY),
            "reliability": Key("word", "reliability", words=GRADES["reliability"]),
            "credibility": Key("word", "credibility", words=GRADES["credibility"]),
            "licence": Key("text", "licence"),
            "about": Key("text", "about"),
        },
        short="title",
    ),
}

HEADER_KEYS = (
    "format", "title", "tick", "parties", "persons", "stages", "terms", "texts", "happenings", "logic",
    "vocabulary", "sources", "include", "events",
)  # fmt: skip
"""Every key at the outermost level of a record, in the order in which it is written."""

INCLUDED_KEYS = tuple(key for key in HEADER_KEYS if key not in ("title", "tick", "vocabulary", "include"))
"""What a file that is included may hold: the rest is the head file's to say."""
