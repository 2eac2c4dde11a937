"""JSON Schema for editors: of the format, and of one record with its own parties, terms and ids.

The stock YAML language server then checks while people type and completes what they begin. Kinds hang on
an if/then chain rather than on `oneOf`: with that, a misspelt kind is answered with all of them. Numbers
and truth values are let through wherever text is wanted, since the server reads `12` as a number and
`yes` as text or truth, depending on its age, and we read both as text.
"""

from collections.abc import Iterable, Mapping

from terms.core.event import KINDS, Event
from terms.core.header import Header, Term
from terms.ground.ids import EVENT_ID_PATTERN, NAME_PATTERN, SOURCE_ID_PATTERN
from terms.records import fields
from terms.records.declarations import HEADER_KEYS, SECTIONS, TICKS, Key, Section
from terms.records.fields import Meaning, plan_of, required_keys
from terms.records.names import (
    PARTY,
    PARTY_OR_PERSON,
    PARTY_OR_SOURCE,
    SOURCE,
    SPEAKER,
    STAGE,
    TERM,
    TEXT,
    Role,
)
from terms.records.record import Record
from terms.values import TYPES

Json = dict[str, object]

DIALECT = "http://json-schema.org/draft-07/schema#"
SCALAR: Json = {"type": ["string", "number", "boolean"]}
ANYTHING: Json = {"type": ["string", "number", "boolean", "array", "object"]}
WORDED = r" |^unpublished$|^rest$"  # values in words, all but two of them of several words
_DEFINED: Mapping[Role, str] = {
    PARTY: "party",
    SPEAKER: "person",
    PARTY_OR_PERSON: "party-or-person",
    PARTY_OR_SOURCE: "party-or-source",
    TERM: "term",
    STAGE: "stage",
    SOURCE: "source-id",
    TEXT: "text",
}
_HEAD = "- id: ${1:id}\n  date: ${2:2031-03-04}\n  kind: "
_SNIPPETS = {
    "propose": "\n  by: ${3:party}\n  terms:\n    ${4:term}: ${5:value}\n  source: ${6:M1 p.1}",
    "accept": "\n  by: ${3:party}\n  of: ${4:event}\n  source: ${5:M1 p.1}",
    "reject": "\n  by: ${3:party}\n  of: ${4:event}\n  source: ${5:M1 p.1}",
    "meet": "\n  place: ${3:place}\n  present: [${4:party}]\n  source: ${5:M1 p.1}",
}


def schema() -> Json:
    """The schema of the format, for any record."""
    return _schema(Header(), None)


def live_schema(record: Record) -> Json:
    """The schema of one record: its parties, persons, terms with their values, sources and event ids."""
    return _schema(record.header, record.events)


def _schema(header: Header, events: Iterable[Event] | None) -> Json:
    definitions = _definitions(header, events)
    properties: dict[str, object] = {
        "format": {"const": "terms/1", "description": "The version of this format"},
        "title": SCALAR,
        "tick": {"enum": list(TICKS)},
        "vocabulary": SCALAR,
        "include": _many(SCALAR),
        "events": {
            "type": ["array", "null"],
            "items": {"$ref": "#/definitions/event"},
            "defaultSnippets": _snippets(),
        },
    }
    properties |= {name: _section(name, section) for name, section in SECTIONS.items()}
    return {
        "$schema": DIALECT,
        "title": "A record of a negotiation",
        "type": "object",
        "required": ["format"],
        "properties": {key: properties[key] for key in HEADER_KEYS},
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
        "definitions": definitions,
    }


def _snippets() -> list[Json]:
    return [
        {"label": kind, "description": KINDS[kind].EFFECT, "bodyText": f"{_HEAD}{kind}{body}"}
        for kind, body in _SNIPPETS.items()
    ]


# ---- declarations -------------------------------------------------------------------------------


def _section(name: str, section: Section) -> Json:
    declared: Json = {
        "type": "object",
        "properties": {word: _declared_key(name, word, key) for word, key in section.keys.items()},
        "required": [word for word, key in section.keys.items() if key.is_required],
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }
    one: Json = {"anyOf": [declared, SCALAR, {"type": "null"}]} if section.short else declared
    pattern = SOURCE_ID_PATTERN if name == "sources" else NAME_PATTERN
    listed: Json = {
        "type": ["object", "null"],
        "patternProperties": {f"^{pattern}$": one},
        "additionalProperties": False,
    }
    return {"anyOf": [listed, {"type": "array", "items": SCALAR}]} if name == "stages" else listed


def _declared_key(section: str, word: str, key: Key) -> Json:
    if section == "terms" and word == "type":
        return {"enum": sorted(TYPES)}
    if key.role is not None:
        named: Json = {"$ref": f"#/definitions/{_DEFINED[key.role]}"}
        return _many(named) if key.takes == "texts" else named
    match key.takes:
        case "word":
            return {"enum": [*key.words, *(int(word) for word in key.words if word.isdigit())]}
        case "texts":
            return _many(SCALAR)
        case "flag":
            return {"enum": ["yes", "no", True, False]}
        case "words":
            return ANYTHING
        case _:
            return SCALAR


# ---- events -------------------------------------------------------------------------------------


def _definitions(header: Header, events: Iterable[Event] | None) -> dict[str, object]:
    is_live = events is not None
    parties, persons, sources = list(header.party), list(header.person), list(header.source)
    happened = [event.id for event in events or ()]
    occurrences = [event.account_of for event in events or () if event.account_of]
    targets = [*happened, *occurrences, *header.text, *header.term, *header.happening]
    return {
        "party": _names(parties, is_live),
        "person": _names([*persons, "unnamed"] if persons else [], is_live),
        "party-or-person": _names([*parties, *persons], is_live),
        "party-or-source": _names([*parties, *persons, *sources], is_live),
        "term": _names(list(header.term), is_live),
        "stage": _names(list(header.stage), is_live),
        "text": _names(list(header.text), is_live),
        "source-id": _names(sources, is_live),
        "source": _source(sources if is_live else []),
        "target": _target(targets if is_live else []),
        "stances": _stances(header, is_live=is_live),
        "event": _event(),
        **{f"kind-{kind}": _kind(kind) for kind in KINDS},
    }


def _names(names: list[str], is_live: bool) -> Json:
    """The ids that may stand there; any name where none is declared, which is for the check to tell."""
    return {"enum": sorted(names)} if is_live and names else SCALAR


def _target(targets: list[str]) -> Json:
    if not targets:
        return SCALAR
    names = sorted(set(targets))
    parts = f"^[a-z][a-z0-9.-]*(/{NAME_PATTERN}|\\.[a-z0-9.-]+)$"
    return {"anyOf": [{"enum": names}, {"type": "string", "pattern": parts}]}


def _source(sources: list[str]) -> Json:
    told = {"id": _names(sources, bool(sources)), "at": SCALAR, "note": SCALAR}
    graded: Json = {
        "reliability": {"enum": list("ABCDEF")},
        "credibility": {"enum": [*"123456", *range(1, 7)]},
    }
    long: Json = {
        "type": "object",
        "properties": {**told, **graded},
        "required": ["id"],
        "additionalProperties": False,
    }
    pattern = f"^({'|'.join(sorted(sources, key=len, reverse=True)) or SOURCE_ID_PATTERN})( .*)?$"
    message = "a source is a declared id and a place in it, such as 'M1 p.2'"
    short: Json = {"type": "string", "pattern": pattern, "patternErrorMessage": message}
    return _many({"anyOf": [short, long]})


def _event() -> Json:
    kinds = list(KINDS)
    named: Json = {
        "type": "string",
        "pattern": f"^{EVENT_ID_PATTERN}$",
        "patternErrorMessage": "small letters and digits, in groups joined by single hyphens, a letter first",
    }
    chain = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {"$ref": f"#/definitions/kind-{kind}"},
        }
        for kind in kinds
    ]
    return {
        "type": "object",
        "required": ["id", "date", "kind", "source"],
        "properties": {
            "id": named,
            "date": {**SCALAR, "description": "EDTF: 2031-03-04, 2031-03~, 2031-03-04/2031-03-06"},
            "kind": {"enum": kinds, "enumDescriptions": [KINDS[kind].EFFECT for kind in kinds]},
            "source": {"$ref": "#/definitions/source"},
        },
        "allOf": chain,
    }


def _kind(kind: str) -> Json:
    plan, keys = plan_of(kind), KINDS[kind].keys()
    doc = (KINDS[kind].__doc__ or "").split("\n")[0]
    return {
        "description": doc,
        "required": list(required_keys(kind)),
        "properties": {key: _field(key, *plan[key]) for key in keys},
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }


def _field(key: str, shape: str, meaning: Meaning, words: tuple[str, ...]) -> Json:
    if key in ("id", "kind"):
        return {}  # told once, for all kinds
    if isinstance(meaning, Role):
        named: Json = {"$ref": f"#/definitions/{_DEFINED[meaning]}"}
        return named if shape == fields.ONE else _many(named)
    if meaning in _REFERENCES:
        return _REFERENCES[meaning]
    if words:
        return {"enum": list(words)}
    return _SHAPES.get(meaning, ANYTHING)


def _many(one: Json) -> Json:
    return {"anyOf": [one, {"type": "array", "items": one}]}


_SHAPES: Mapping[str, Json] = {
    fields.ONE: SCALAR,
    fields.DATE: SCALAR,
    fields.LENGTH: SCALAR,
    fields.MANY: _many(SCALAR),
    fields.MAP: {"type": "object"},
    fields.PACKAGES: {"type": "object"},
    fields.OPTIONS: {"type": "object", "additionalProperties": {"type": "object"}},
    fields.RESERVATIONS: {"type": "object"},
    fields.FLAG: {"enum": ["yes", "no", True, False]},
}
_REFERENCES: Mapping[str, Json] = {
    fields.SOURCES: {"$ref": "#/definitions/source"},
    fields.STANCES: {"$ref": "#/definitions/stances"},
    fields.EARLIER: _many({"$ref": "#/definitions/target"}),
    fields.HAPPENINGS: _many({"$ref": "#/definitions/target"}),
}


# ---- stances ------------------------------------------------------------------------------------


def _stances(header: Header, *, is_live: bool) -> Json:
    if not is_live or not header.terms:
        return {"type": "object", "additionalProperties": ANYTHING}
    return {
        "type": "object",
        "properties": {term.id: _stance(term) for term in header.terms},
        "additionalProperties": False,
    }


def _stance(term: Term) -> Json:
    """Values of a term: its permitted names are offered, all that is not a bare name is let through."""
    about = {"description": term.about} if term.about else {}
    names = list(term.declaration.of)
    if term.declaration.type not in ("choice", "level") or not names:
        return {**ANYTHING, **about}
    worded: Json = {
        "type": "string",
        "pattern": WORDED,
        "patternErrorMessage": f"write one of {', '.join(names)}",
    }
    return {"anyOf": [{"enum": names}, worded, {"type": ["array", "object"]}], **about}
