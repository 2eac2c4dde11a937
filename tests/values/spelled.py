"""Spelled values of every type, for the laws: the forms a type lists, and lists made of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

from terms.values import TYPES, Declaration, Unreadable, Value, read_value

AMOUNT_WORDS = ("{}", "at most {}", "at least {}", "more than {}", "less than {}", "about {}")
# Amounts around each other, so that stances meet, touch, overlap and miss.
AMOUNTS: dict[str, Callable[[int], str]] = {
    "quantity": lambda n: f"{n} km",
    "money": lambda n: f"{n} EUR",
    "ratio": lambda n: f"{n} for 1",
    "date": lambda n: f"2031-03-{n:02}",
    "duration": lambda n: f"{n} months" if n % 3 == 0 else f"{n * 30} days",
    "window": lambda n: f"{n:02}:00",
}
PEOPLE = Declaration("quantity", "persons")


def readable(words: str, declaration: Declaration) -> bool:
    """Whether the words are a value: some conjunctions are not, for nothing satisfies them."""
    try:
        read_value(words, declaration)
    except Unreadable:
        return False
    return True


@cache
def spellings(name: str) -> st.SearchStrategy[str]:
    """Words that are values of the type's sample term."""
    kind = TYPES[name]
    single = st.sampled_from(kind.examples())
    if name in AMOUNTS:
        amounts = st.integers(1, 12).map(AMOUNTS[name])
        single |= st.builds(str.format, st.sampled_from(AMOUNT_WORDS), amounts)
        single |= st.tuples(amounts, amounts).map(" to ".join)
    lists = st.builds(
        lambda how, entries: f"{how} [{', '.join(entries)}]",
        st.sampled_from(["any of", "all of"]),
        st.lists(single.filter(lambda words: "," not in words or words[-1] in "]}"), min_size=2, max_size=3),
    )
    return (single | lists).filter(lambda words: readable(words, kind.sample))


def values(name: str) -> st.SearchStrategy[Value]:
    """Values of the type's sample term."""
    return spellings(name).map(lambda words: read_value(words, TYPES[name].sample))
