"""What every move of a negotiation has in common: who, when, on whose word.

An event is what the file says and nothing more. The words of a stance stay words here, because only
the header knows the type of a term; the reducer reads them through the declaration. The place of an
event in its file belongs to the envelope that the reader keeps, not to the fact.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import ClassVar

from msgspec import MsgspecError
from msgspec.json import Decoder
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core.core_schema import (
    CoreConfig,
    CoreSchema,
    model_fields_schema,
    model_schema,
)

from terms.core.citation import Citation
from terms.core.kind_maker import KindMaker, inherit
from terms.core.quick_reading import quickly
from terms.core.spelling import (
    NOTHING,
    AnyWords,
    Channel,
    Many,
    Sources,
    Standing,
    When,
    WordMap,
    field_schema,
)
from terms.ground.dates import Edtf
from terms.ground.errors import TermsError
from terms.ground.words import FrozenWords, Plain, freeze, thaw

KINDS: dict[str, type["Event"]] = {}
"""Every kind of event by its word in a file; a class joins when its module is imported."""

KEY_ORDER = (
    "id", "date", "after", "kind", "round", "by", "speaker", "standing", "on-behalf-of", "to", "via", "present",
    "channel", "place", "time", "of", "only", "option", "form", "text", "between", "for", "terms", "all-of",
    "one-of", "order", "only-if", "unless", "while", "otherwise", "judged-by", "that", "figures", "differs",
)  # fmt: skip
LAST_KEYS = ("about", "account-of", "account", "accounts", "known", "source", "quote", "lang", "translation",
             "tags", "note")  # fmt: skip


def hyphenated(name: str) -> str:
    """The word in the file for a field: `on_behalf_of` is written `on-behalf-of`, `for_` is `for`."""
    return name.rstrip("_").replace("_", "-")


class Event(BaseModel, metaclass=KindMaker):
    """Something that happened in a negotiation, with its date and its sources. Immutable.

    `id` is never reused and never positional. `date` may be approximate, uncertain or open.
    `known` is when the record learned of it; None means: as settled by the sources' dates.
    `after` puts an event behind an earlier one in story order; None means log order.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=hyphenated, populate_by_name=True, defer_build=True
    )
    EFFECT: ClassVar[str] = ""
    MOVES_POSITION: ClassVar[bool] = False

    id: str
    date: When
    kind: str
    by: Many = ()
    speaker: str | None = None
    standing: Standing | None = None
    on_behalf_of: str | None = None
    to: Many = ()
    via: Many = ()
    present: Many = ()
    channel: Channel = "public"
    place: str | None = None
    time: WordMap = NOTHING
    stage: str | None = None
    about: Many = ()
    figures: WordMap = NOTHING
    source: Sources = ()
    quote: str | None = None
    lang: str | None = None
    translation: WordMap = NOTHING
    tags: Many = ()
    note: str | None = None
    known: When | None = None
    after: str | None = None
    account_of: str | None = None
    account: str | None = None
    accounts: AnyWords = ()
    differs: WordMap = NOTHING
    x: WordMap = NOTHING

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """What pydantic would work out itself, but each field that kinds share is worked out once, not per kind."""
        fields = {name: field_schema(name, found, handler) for name, found in cls.model_fields.items()}
        config = CoreConfig(title=cls.__name__, validate_by_alias=True, validate_by_name=True)
        inner = model_fields_schema(fields, model_name=cls.__name__, extra_behavior="forbid")
        return model_schema(cls, inner, frozen=True, config=config)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """A class with a fixed word of its own joins the kinds."""
        inherit(cls)
        word = cls.model_fields["kind"].default
        if isinstance(word, str):
            KINDS[word] = cls

    def __hash__(self) -> int:
        """Of the name alone: two events of one name are rare, and looking at every field is slow."""
        return hash((self.kind, self.id))

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys this kind may have in a file, in the order they are written."""
        return _keys(cls)

    def words(self) -> dict[str, Plain]:
        """The event as a file would spell it: only what was said, in key order; `x-` keys at the end."""
        spelled: dict[str, Plain] = {}
        said = _said(type(self), frozenset(self.__pydantic_fields_set__))
        held = self.__dict__
        for key, name in said:
            value = held[name]
            if type(value) is not str:
                value = _plain(self, name, value)
            elif not value or (name == "channel" and value == "public"):
                continue
            if value is not None:
                spelled[key] = value
        for key, inner in self.x.items():
            spelled[key] = thaw(inner)
        return spelled

    def changed(self, fields: Mapping[str, object]) -> "Event":
        """This event with some keys (as in a file) replaced; `terms` and other maps merge key by key.

        A changed `kind` keeps the fields that both kinds have and drops the rest.

        Raises:
            KeyError, pydantic.ValidationError: as for `read_event`.
        """
        kept = set(KINDS[str(fields.get("kind", self.kind))].keys()) | set(fields)
        spelled: dict[str, object] = {
            key: words for key, words in self.words().items() if key in kept or key.startswith("x-")
        }
        for key, value in fields.items():
            old = spelled.get(key)
            spelled[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
        return read_event(spelled)


class Conditional(Event):
    """An act that may hang on conditions: they come true or fail by later events, never by a clock."""

    only_if: AnyWords | None = None
    unless: AnyWords | None = None
    while_: AnyWords | None = None
    otherwise: AnyWords | None = None
    judged_by: Many = ()

    @property
    def conditions(self) -> FrozenWords | None:
        """The conditions of the act as one map of words, `judged-by` included; None: unconditional."""
        if self.only_if is None and self.unless is None and self.while_ is None:
            return None
        named = {"only-if": self.only_if, "unless": self.unless, "while": self.while_, "otherwise": self.otherwise,
                 "judged-by": self.judged_by or None}  # fmt: skip
        return FrozenWords({key: words for key, words in named.items() if words is not None})


class Answering(Conditional):
    """An act upon something said before: `of` names an event, a part of one, a text or an occurrence."""

    of: Many
    only: Many = ()


def named_in(event: Event) -> tuple[str, ...]:
    """The names that an event answers, acts on, is about or follows, each once; a part of an event as the event."""
    named = (*getattr(event, "of", ()), *event.about, *((event.after,) if event.after else ()))
    return tuple(dict.fromkeys(one.partition("/")[0] for one in named))


def read_as(event: Event, fields: Mapping[str, object]) -> Event:
    """The event with these keys replaced; as it was where the outcome would be no event at all."""
    try:
        return event.changed(fields)
    except (KeyError, ValueError, TermsError):
        return event


def gathered(spelled: Mapping[str, object]) -> dict[str, object]:
    """The map of a file with its `x-` keys gathered under one key, as the models hold them."""
    if "\0x-" not in "\0" + "\0".join(spelled):  # twice as fast as looking at each key
        return spelled if type(spelled) is dict else dict(spelled)
    extra = {key: spelled[key] for key in spelled if key[:2] == "x-"}
    return {**{key: value for key, value in spelled.items() if key not in extra}, "x": extra}


def read_event(spelled: Mapping[str, object]) -> Event:
    """The event that a map spells, its class chosen by `kind`.

    Raises:
        KeyError: no such kind. The reader of files says so in its own words before it comes here.
        pydantic.ValidationError: a field is missing, unknown or unreadable.
    """
    kind = KINDS[str(spelled["kind"])]
    if type(spelled) is dict and (found := quickly(kind, spelled)) is not None:
        return found
    return _slim(kind.__pydantic_validator__.validate_python(gathered(spelled)))  # `model_validate`, sooner


def _slim(event: Event) -> Event:
    """The event, sharing with others like it the set of fields that were given, a quarter of what it takes."""
    given = event.__pydantic_fields_set__
    object.__setattr__(event, "__pydantic_fields_set__", _given(frozenset(given)))
    return event


@lru_cache(maxsize=4096)
def _given(names: frozenset[str]) -> set[str]:
    return set(names)


def read_event_json(line: bytes) -> Event:
    """The event that a line of JSON spells.

    Raises:
        KeyError, pydantic.ValidationError: as for `read_event`. ValueError: it is not JSON, or not an event.
    """
    try:
        spelled = _DECODER.decode(line)
    except (MsgspecError, RecursionError):
        spelled = json.loads(line)  # reads what others take for JSON too, and says what is wrong
    if not isinstance(spelled, dict):
        raise ValueError("an event is a map of its fields")
    return read_event(spelled)


_DECODER = Decoder()


def _plain(event: Event, name: str, value: object) -> Plain | None:
    """One field that is no text as plain words; nothing when it says nothing."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not value and type(value) in (tuple, FrozenWords):
        return None
    if type(value) is tuple and name not in _one_or_many(type(event)):
        return thaw(value)  # free words: a list of one text and that text are two things
    return _SPELL.get(type(value), thaw)(value)


def _spell_tuple(value: tuple[object, ...]) -> Plain:
    spelled = [
        one if type(one) is str else one.words() if isinstance(one, Citation) else thaw(freeze(one))
        for one in value
    ]
    return (
        spelled[0]
        if len(spelled) == 1 and (isinstance(spelled[0], str) or isinstance(value[0], Citation))
        else spelled
    )


_SPELL: dict[type, Callable[..., Plain]] = {Edtf: lambda date: date.text, tuple: _spell_tuple}


@lru_cache(maxsize=256)
def _one_or_many(cls: type[Event]) -> frozenset[str]:
    """The fields of a kind in which one text stands for a list of one."""
    lists = (tuple[str, ...], tuple[Citation, ...])
    return frozenset(name for name, field in cls.model_fields.items() if field.annotation in lists)


@lru_cache(maxsize=256)
def _spelled(cls: type[Event]) -> tuple[tuple[str, str], ...]:
    """(key, field) pairs of a kind in the order they are written."""
    names = {hyphenated(name): name for name in cls.model_fields if name != "x"}
    head = [key for key in KEY_ORDER if key in names]
    tail = [key for key in LAST_KEYS if key in names]
    middle = [key for key in names if key not in head and key not in tail]
    return tuple((key, names[key]) for key in (*head, *middle, *tail))


@lru_cache(maxsize=4096)
def _said(cls: type[Event], given: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """(key, field) pairs, in the order they are written, of what was given and of what a default says unasked."""
    silent: tuple[object, ...] = (None, (), "", NOTHING)
    always = {name for name, field in cls.model_fields.items() if field.default not in silent}
    return tuple((key, name) for key, name in _spelled(cls) if name in given or name in always)


@lru_cache(maxsize=256)
def _keys(cls: type[Event]) -> tuple[str, ...]:
    return tuple(key for key, _ in _spelled(cls))
