"""Frozen words: what a person wrote in a file, kept as text, lists and maps that nothing can change.

A stance, a condition or a deadline stays in the words of the file until somebody asks what it means.
Such words sit inside events and are the keys of caches, so they are frozen to the bottom and hashable.
A map keeps the order in which it was written, for showing it again; two maps that say the same in a
different order are equal, because the order of keys means nothing in a file.
"""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import NoReturn

from typing_extensions import TypeAliasType

Words = TypeAliasType("Words", "str | tuple[Words, ...] | FrozenWords")
"""Text, a list of words, or a map of names to words."""

Plain = TypeAliasType("Plain", "str | list[Plain] | dict[str, Plain]")
"""The same in the lists and dicts that writers of YAML and JSON take."""


_put = object.__setattr__


class FrozenWords(Mapping[str, Words]):
    """A map of names to words in written order: frozen, hashable, equal to any other that says the same.

    `FrozenWords({"is": "30 km"})` takes words that are frozen already; `freeze` takes anything.
    """

    __slots__ = ("_hash", "_words")

    _words: dict[str, Words]
    _hash: int | None

    def __init__(self, words: Mapping[str, Words]) -> None:
        _put(self, "_words", dict(words))
        _put(self, "_hash", None)

    def __getitem__(self, key: str) -> Words:
        return self._words[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __bool__(self) -> bool:
        return bool(self._words)

    # What the base class offers by way of `__getitem__`, taken from the dict itself: it is asked all day.

    def __contains__(self, key: object) -> bool:
        return key in self._words

    def keys(self) -> KeysView[str]:
        return self._words.keys()

    def values(self) -> ValuesView[Words]:
        return self._words.values()

    def items(self) -> ItemsView[str, Words]:
        return self._words.items()

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(frozenset(self._words.items())))
        return self._hash or 0

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, FrozenWords) and self._words == other._words)

    def __repr__(self) -> str:
        return f"FrozenWords({self._words!r})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("frozen words do not change: make new ones")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("frozen words do not change: make new ones")

    def __reduce__(self) -> tuple[type["FrozenWords"], tuple[dict[str, Words]]]:
        return (FrozenWords, (dict(self._words),))


_FROZEN = (str, FrozenWords)


def freeze(spelled: object) -> Words:
    """Text, lists and maps of any make as frozen words. What is frozen already comes back as it is.

    Raises:
        ValueError: something in it is neither text, a list nor a map with text for keys. Numbers are
            refused too: `4.10` and `4.1` are one number and two spellings.
    """
    if type(spelled) is not dict and isinstance(spelled, _FROZEN):  # which takes long to say no
        return spelled
    if type(spelled) is dict or isinstance(spelled, Mapping):
        return FrozenWords({_key(key): freeze(value) for key, value in spelled.items()})
    if isinstance(spelled, list | tuple):
        return tuple([freeze(one) for one in spelled])
    raise ValueError(f"{spelled!r} is neither text, a list nor a map: put it in quotes")


def thaw(words: Words) -> Plain:
    """The words as plain text, lists and dicts, which the caller may change at will."""
    if isinstance(words, str):
        return words
    if isinstance(words, FrozenWords):
        return {key: thaw(value) for key, value in words.items()}
    return [thaw(one) for one in words]


def _key(key: object) -> str:
    if isinstance(key, str):
        return key
    raise ValueError(f"{key!r} is not text: put the name in quotes")
