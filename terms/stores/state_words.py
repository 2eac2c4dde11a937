"""The parts of a state as JSON and back, so that a snapshot can be read by any later program of the same make.

JSON and never pickle: what a store holds may have been put there by somebody else, and reading it must not run
anything. A list stands for a tuple; `{"entries.Cell": {...}}` for a record with those fields of it that are not at
their defaults. Stances are long and said again and again, so each is written once, under the digest of its words.
"""

import hashlib
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from importlib import import_module
from types import MappingProxyType

import msgspec
from msgspec import NODEFAULT, Struct

from terms.ground.errors import TermsError
from terms.ground.maps import Map
from terms.ground.words import FrozenWords, freeze, thaw
from terms.values import Stance

ROOMS = ("terms.core.entries", "terms.values", "terms.ground.dates", "terms.ground.words")
"""Where the records that a state is made of are defined; no other class is ever made from stored bytes."""

PLAIN = frozenset({str, int, bool, type(None)})
Read = Callable[[str], Stance]
"""Finds the stance with a digest."""


class NoWords(TermsError):
    """A state holds something that has no form in JSON here, or JSON spells nothing that a state holds."""

    def __init__(self, what: object) -> None:
        super().__init__(f"no form for {what!r} in a snapshot")


class Shape(Struct, frozen=True):
    """A class with its name in JSON and its fields, each with its default."""

    cls: type[Struct]
    name: str
    fields: tuple[tuple[str, object], ...]


class Spelling:
    """Writes parts of states. `fresh` are the stances met for the first time, by digest; empty it at will."""

    def __init__(self) -> None:
        self.fresh: dict[str, bytes] = {}
        self._known: dict[int, tuple[Stance, str]] = {}

    def written(self, value: object) -> bytes:
        """JSON of a value.

        Raises:
            NoWords: there is no form for something in it.
        """
        return msgspec.json.encode(self._plain(value))

    def _plain(self, value: object) -> object:
        if (kind := type(value)) in PLAIN:
            return value
        if isinstance(value, tuple):
            return [self._plain(one) for one in value]
        if isinstance(value, Stance):
            return {"=": self._stance(value)}
        if isinstance(value, Struct):
            return self._record(value)
        if isinstance(value, Map):
            return {"map": [[self._plain(key), self._plain(inner)] for key, inner in sorted(value.items())]}
        if isinstance(value, FrozenWords):
            return {"words": thaw(value)}
        if isinstance(value, frozenset):
            return {"set": sorted((self._plain(one) for one in value), key=msgspec.json.encode)}
        if isinstance(value, Fraction):
            return {"ratio": str(value)}
        if isinstance(value, Enum):
            return {"word": [_name(kind), value.name]}
        raise NoWords(value)

    def _record(self, value: Struct) -> dict[str, object]:
        shape = _shape(type(value))
        said = {}
        for name, default in shape.fields:
            inner = getattr(value, name)
            if inner is not default and (inner != default or type(inner) is not type(default)):
                said[name] = self._plain(inner)
        return {shape.name: said}

    def _stance(self, stance: Stance) -> str:
        known = self._known.get(id(stance))
        if known is not None:
            return known[1]
        content = msgspec.json.encode(self._record(stance))
        digest = hashlib.sha256(content).hexdigest()[:24]
        if len(self._known) > 20_000:
            self._known.clear()
        self._known[id(stance)] = (stance, digest)
        self.fresh[digest] = content
        return digest


def read(content: bytes, stance: Read) -> object:
    """The value that JSON spells.

    Raises:
        NoWords: it spells none.
    """
    try:
        return _value(msgspec.json.decode(content), stance)
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise NoWords(content[:80]) from fault


def _value(spelled: object, stance: Read) -> object:
    if type(spelled) in PLAIN:
        return spelled
    if isinstance(spelled, list):
        return tuple([one if type(one) in PLAIN else _value(one, stance) for one in spelled])
    if not isinstance(spelled, dict) or len(spelled) != 1:
        raise NoWords(spelled)
    ((name, inner),) = spelled.items()
    if name == "=":
        return stance(inner)
    if (shape := _named().get(name)) is not None:
        return shape.cls(
            **{key: one if type(one) in PLAIN else _value(one, stance) for key, one in inner.items()}
        )
    return _LEAVES[name](inner, stance)


def _word(inner: list[str], stance: Read) -> object:
    found: object = getattr(_words()[inner[0]], inner[1])
    return found


_LEAVES: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "map": lambda inner, stance: Map({_value(key, stance): _value(one, stance) for key, one in inner}),
        "set": lambda inner, stance: frozenset(_value(one, stance) for one in inner),
        "words": lambda inner, stance: freeze(inner),
        "ratio": lambda inner, stance: Fraction(inner),
        "word": _word,
    }
)

_SHAPES: dict[type, Shape] = {}
_BY_NAME: dict[str, Shape] = {}
_ENUMS: dict[str, type[Enum]] = {}


def _shape(cls: type[Struct]) -> Shape:
    if cls not in _SHAPES:
        if not cls.__module__.startswith(ROOMS):
            raise NoWords(cls)
        _SHAPES[cls] = Shape(cls, _name(cls), fields_of(cls))
    return _SHAPES[cls]


def fields_of(cls: type[Struct]) -> tuple[tuple[str, object], ...]:
    """The fields of a class with their defaults; `NODEFAULT` for one that must be given."""
    names, defaults = cls.__struct_fields__, cls.__struct_defaults__
    given = (NODEFAULT,) * (len(names) - len(defaults))
    return tuple(zip(names, (*given, *defaults), strict=True))


def _name(cls: type) -> str:
    return f"{cls.__module__.rpartition('.')[2]}.{cls.__qualname__}"


def _named() -> Mapping[str, Shape]:
    if not _BY_NAME:
        import_module("terms.values")
        _BY_NAME.update({shape.name: shape for shape in map(_shape, _below(Struct))})
    return _BY_NAME


def _words() -> Mapping[str, type[Enum]]:
    if not _ENUMS:
        _ENUMS.update({_name(cls): cls for cls in _below(Enum)})
    return _ENUMS


def _below(cls: type) -> list[type]:
    """The classes of our rooms that are made from `cls`, directly or not."""
    found, waiting = [], [cls]
    while waiting:
        inner: list[type] = waiting.pop().__subclasses__()
        waiting += inner
        found += [one for one in inner if one.__module__.startswith(ROOMS)]
    return found
