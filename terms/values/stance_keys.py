"""The keys of a stance's long form, and how each of them is read.

Kept apart from the stance itself because most keys read the same wherever they stand: one text, one or
several texts, a word out of a few, a map of names to values.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias, TypeVar, get_args

from msgspec import Struct

from terms.ground.patterns import late
from terms.ground.words import FrozenWords, Words
from terms.values import provisos
from terms.values.declaration import Declaration
from terms.values.grammar import BOUNDS, LISTS, REFERENCES
from terms.values.misworded import BAD_STANCE, EmptyKey, Misworded, UnknownKey
from terms.values.provisos import UNCONDITIONAL, Provisos, read_provisos
from terms.values.registry import read_value
from terms.values.times import Unstated, read_length, say_length
from terms.values.value import Value

T = TypeVar("T")
Word = TypeVar("Word", bound=str)

Modality: TypeAlias = Literal["demand", "limit", "offer", "refuse", "defer", "open", "float"]
Strength: TypeAlias = Literal["shall", "will", "intends", "works-to-ensure", "urges"]

MODALITIES: tuple[Modality, ...] = ("demand", "limit", "offer", "refuse", "defer", "open")
"""What `as` may say. A float is no stance and comes from the form of the proposal alone."""
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
REMARKS = ("note", "purpose", "place", "guarantee")
TIMES = ("from", "effective", "due", "until", "as-at")
KEYS = (
    "is", "as", "stage", "scope", "as-at", "except", "per", "of-which", "partition", "steps", "each",
    "meanings", "brackets", "who", "toward", "strength", "from", "effective", "due", "lasts", "until",
    *provisos.KEYS, "in-return", *REMARKS, "as-worded",
)  # fmt: skip
"""Every key of the long form, in the order in which it is shown."""
FORMS = frozenset(form.replace(" ", "-") for form in (*LISTS, *BOUNDS, *REFERENCES, "about"))
"""Keys of a map that is a value and not a long form: `{any-of: [a, b]}`."""


_RUNS = late(r"(\d+)")


class Bracket(Struct, frozen=True):
    """What one side has put between brackets inside agreed text: `value` is what `by` wants there."""

    value: Value
    by: tuple[str, ...]

    def shown(self) -> Words:
        """The entry as a file spells it."""
        return FrozenWords({"is": self.value.words, "by": self.by[0] if len(self.by) == 1 else self.by})


def check_keys(words: FrozenWords) -> None:
    """Refuse what nothing would read.

    Raises:
        UnknownKey: a key is none of `KEYS` and does not begin with `x-`.
        EmptyKey: nothing is written behind a key, which a comma inside { } leaves behind.
    """
    for key, inner in words.items():
        if key not in KEYS and not key.startswith("x-"):
            raise UnknownKey(key, KEYS)
        if not inner:
            raise EmptyKey(key)
        if key in REMARKS and not isinstance(inner, str):
            raise Misworded(BAD_STANCE, f"'{key}' takes text", f"write {key}: and your own words")


def text_in(words: FrozenWords, key: str) -> str:
    """The text under `key`; "" when the key is not there."""
    found = words.get(key, "")
    if not isinstance(found, str):
        raise Misworded(BAD_STANCE, f"'{key}' takes one text", f"write {key}: and one name or text")
    return found


def texts_in(words: FrozenWords, key: str) -> tuple[str, ...]:
    """The one or several texts under `key`; none when the key is not there."""
    found = words.get(key, ())
    texts = (found,) if isinstance(found, str) else found
    if isinstance(texts, FrozenWords) or not all(isinstance(one, str) and one for one in texts):
        raise Misworded(BAD_STANCE, f"'{key}' takes a text or a list of texts", f"write {key}: [..., ...]")
    return tuple(str(one) for one in texts)


def one_of(words: FrozenWords, key: str, known: tuple[Word, ...], default: Word) -> Word:
    """The word under `key`, hyphens or spaces alike; `default` when the key is not there."""
    said = " ".join(text_in(words, key).split())
    if not said:
        return default
    for word in known:
        if word == said.replace(" ", "-"):
            return word
    raise Misworded(BAD_STANCE, f"'{key}: {said}' is not known", f"write one of {', '.join(known)}")


def map_in(words: FrozenWords, key: str) -> tuple[tuple[str, Words], ...]:
    """The names and words of the map under `key`; none when the key is not there."""
    found = words.get(key)
    if found is None:
        return ()
    if not isinstance(found, FrozenWords):
        raise Misworded(
            BAD_STANCE, f"'{key}' takes names and what is said of each", f"write {key}: {{name: value}}"
        )
    for name, inner in found.items():
        if not inner:
            raise EmptyKey(name)
    return tuple(found.items())


def values_in(words: FrozenWords, key: str, declaration: Declaration) -> tuple[tuple[str, Value], ...]:
    """The named values under `key`, sorted by name."""
    return by_name((name, read_value(inner, declaration)) for name, inner in map_in(words, key))


def brackets_in(words: FrozenWords, declaration: Declaration) -> tuple[Bracket, ...]:
    """The brackets, in the order written."""
    found = words.get("brackets", ())
    entries = found if isinstance(found, tuple) else (found,)
    return tuple(_bracket(entry, declaration) for entry in entries)


def length_in(words: FrozenWords) -> str:
    """How long it lasts, in canonical words; "" when the key is not there."""
    if "lasts" not in words:
        return ""
    length = read_length(words["lasts"])
    return length.words if isinstance(length, Unstated) else say_length(length)


def provisos_in(words: FrozenWords) -> Provisos:
    """The conditions among the keys."""
    found = {key: words[key] for key in provisos.KEYS if key in words}
    return read_provisos(FrozenWords(found)) if found else UNCONDITIONAL


def by_name(pairs: Iterable[tuple[str, T]]) -> tuple[tuple[str, T], ...]:
    """Pairs sorted by name, numbers inside names by size: s2 before s10."""
    return tuple(sorted(pairs, key=lambda pair: _in_order(pair[0])))


def written(texts: tuple[str, ...]) -> Words:
    """One text as itself, several as a list."""
    return texts[0] if len(texts) == 1 else texts


def _bracket(entry: Words, declaration: Declaration) -> Bracket:
    if not isinstance(entry, FrozenWords) or set(entry) != {"is", "by"}:
        raise Misworded(
            BAD_STANCE, "a bracket without its two keys", "write brackets: [{is: moor, by: north}]"
        )
    return Bracket(read_value(entry["is"], declaration), texts_in(entry, "by"))


def _in_order(name: str) -> list[tuple[bool, int, str]]:
    """The runs of letters and digits of a name, so that they compare as people would; ties by spelling."""
    runs = _RUNS.split(name)
    return [
        *((place % 2 == 1, place % 2 * len(run.lstrip("0")), run) for place, run in enumerate(runs)),
        (True, 0, name),
    ]
