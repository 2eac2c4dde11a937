"""What something hangs on: `only-if`, `unless`, `while`, and what they are made of.

A condition is a handful of things a record can tell (a happening, a happening by a time, that a party
accepts, certifies or complies, that it has been quiet for some days), combined by all-of, any-of and
not. What has become of it by some day is never stored: `outcomes.py` works it out.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias, assert_never

from msgspec import Struct

from terms.ground.patterns import late
from terms.ground.words import FrozenWords, Words
from terms.values.misworded import BAD_CONDITION, Misworded
from terms.values.times import (
    TARGET,
    Length,
    Time,
    Unstated,
    happenings_in,
    read_happening,
    read_length,
    read_time,
    say_length,
    say_time,
    show_time,
)


class Occurs(Struct, frozen=True):
    """`south.withdrawn`, or `south.withdrawn by 2031-03-01` when there is a time."""

    happening: str
    by: Time | None = None


class Accepts(Struct, frozen=True):
    """`south accepts accord`."""

    party: str
    what: str


class Certifies(Struct, frozen=True):
    """`monitors certify south.withdrawn`."""

    party: str
    happening: str


class Complies(Struct, frozen=True):
    """`south complies with accord`."""

    party: str
    text: str


class Quiet(Struct, frozen=True):
    """`quiet for 5 days`: no incident that long. A new incident starts the count again."""

    length: Length


class Prose(Struct, frozen=True):
    """A condition nobody but a reader can judge, written `{text: ...}`: never met by the record alone."""

    text: str


class Not(Struct, frozen=True):
    """The opposite."""

    condition: "Condition"


class AllOf(Struct, frozen=True):
    """Every one of these."""

    conditions: tuple["Condition", ...]


class AnyOf(Struct, frozen=True):
    """At least one of these."""

    conditions: tuple["Condition", ...]


Condition: TypeAlias = Occurs | Accepts | Certifies | Complies | Quiet | Prose | Not | AllOf | AnyOf

WAYS = (
    "write a happening, 'H by TIME', 'P accepts X', 'P certifies H', 'P complies with TEXT', "
    "'quiet for 5 days', {all-of: [...]}, {any-of: [...]} or {not: ...}"
)
_ACCEPTING = late(rf"(?P<party>{TARGET}) +accepts? +(?P<what>{TARGET})")
_CERTIFYING = late(rf"(?P<party>{TARGET}) +certif(?:y|ies) +(?P<what>{TARGET})")
_COMPLYING = late(rf"(?P<party>{TARGET}) +compl(?:y|ies) +with +(?P<what>{TARGET})")
_QUIET = late(r"quiet for +(?P<length>.+)")
_BY = late(r"(?P<happening>.+?) by (?P<time>.+)")
_LIST = late(r"(?P<which>all|any)[ -]of \[(?P<members>[^][]*)\]")
_LISTS: dict[str, Callable[[tuple[Condition, ...]], Condition]] = {"all-of": AllOf, "any-of": AnyOf}


@lru_cache(maxsize=16_384)
def read_condition(words: Words) -> Condition:
    """The condition that `words` spell; a list means all of its members.

    Raises:
        Misworded: they spell none. The help names the ways to write one.
    """
    if isinstance(words, str):
        return _from_text(" ".join(words.split()), words)
    if isinstance(words, tuple):
        return _combined("all-of", words)
    if set(words) == {"happening", "by"}:
        return Occurs(_happening(words["happening"]), read_time(words["by"]))
    if len(words) != 1:
        raise Misworded(BAD_CONDITION, f"a condition with the keys {', '.join(words) or 'none'}", WAYS)
    [(key, inner)] = words.items()
    if key == "not":
        return Not(read_condition(inner))
    if key == "text" and isinstance(inner, str):
        return Prose(inner)
    return _combined(key, inner)


def show_condition(condition: Condition) -> Words:
    """The words of a condition, as a file spells them; reading them gives an equal condition."""
    match condition:
        case AllOf(members):
            return FrozenWords({"all-of": tuple(map(show_condition, members))})
        case AnyOf(members):
            return FrozenWords({"any-of": tuple(map(show_condition, members))})
        case Not(inner):
            return FrozenWords({"not": show_condition(inner)})
        case Prose(text):
            return FrozenWords({"text": text})
        case Occurs(happening, by) if by is not None and not isinstance(shown := show_time(by), str):
            return FrozenWords({"happening": happening, "by": shown})
        case _:
            return say_condition(condition)


def say_condition(condition: Condition) -> str:
    """A condition on one line, for people."""
    match condition:
        case Occurs(happening, by):
            return happening if by is None else f"{happening} by {say_time(by)}"
        case Accepts(party, what):
            return f"{party} accepts {what}"
        case Certifies(party, happening):
            return f"{party} certifies {happening}"
        case Complies(party, text):
            return f"{party} complies with {text}"
        case Quiet(length):
            return f"quiet for {say_length(length)}"
        case Prose(text):
            return text
        case Not(inner):
            return f"not {say_condition(inner)}"
        case AllOf(members):
            return f"all of [{', '.join(map(say_condition, members))}]"
        case AnyOf(members):
            return f"any of [{', '.join(map(say_condition, members))}]"
    assert_never(condition)


def happenings_of(condition: Condition) -> tuple[str, ...]:
    """The happenings a condition speaks of, those of its times included, each once, sorted."""
    return tuple(sorted(_named(condition)))


def _from_text(text: str, written: str) -> Condition:
    if text.startswith("not "):
        return Not(_positive(text.removeprefix("not "), written))
    return _positive(text, written)


def _positive(text: str, written: str) -> Condition:
    if match := _LIST.fullmatch(text):
        members = tuple(one.strip() for one in match["members"].split(","))
        return _combined(f"{match['which']}-of", members)
    return _atom(text, written)


def _atom(text: str, written: str) -> Condition:
    if match := _ACCEPTING.fullmatch(text):
        return Accepts(match["party"], match["what"])
    if match := _CERTIFYING.fullmatch(text):
        return Certifies(match["party"], match["what"])
    if match := _COMPLYING.fullmatch(text):
        return Complies(match["party"], match["what"])
    if match := _QUIET.fullmatch(text):
        length = read_length(match["length"])
        if not isinstance(length, Unstated):
            return Quiet(length)
    if (match := _BY.fullmatch(text)) and (happening := read_happening(match["happening"])):
        return Occurs(happening, read_time(match["time"]))
    if happening := read_happening(text):
        return Occurs(happening)
    raise Misworded(BAD_CONDITION, f"'{written}' is not a condition", WAYS)


def _happening(words: Words) -> str:
    if isinstance(words, str) and (name := read_happening(words)):
        return name
    raise Misworded(
        BAD_CONDITION,
        "the happening of a condition is not a name",
        "write {happening: truce.begins, by: ...}",
    )


def _combined(key: str, members: Words) -> Condition:
    if key not in _LISTS:
        raise Misworded(BAD_CONDITION, f"'{key}' does not combine conditions", WAYS)
    if not isinstance(members, tuple) or not members:
        raise Misworded(BAD_CONDITION, f"'{key}' needs a list of conditions", f"write {{{key}: [..., ...]}}")
    return _LISTS[key](tuple(map(read_condition, members)))


def _named(condition: Condition) -> set[str]:
    match condition:
        case Occurs(happening, by):
            return {happening, *(happenings_in(by) if by is not None else ())}
        case Certifies(happening=happening):
            return {happening}
        case Not(inner):
            return _named(inner)
        case AllOf(members) | AnyOf(members):
            return set().union(*map(_named, members))
        case _:
            return set()
