"""Hypothesis strategies: records, histories and their parts, for tests of negotiations.

Every strategy is built on lists of small operations (see `stories`), so that what fails shrinks to the
shortest story that fails. Options are keyword-only.
"""

from collections.abc import Sequence

from hypothesis import strategies as st

from terms.core.event import Event
from terms.core.header import Header, Term
from terms.core.history import History
from terms.testing.stories import KIND_NAMES, PARTIES, Move, interpret, plain_header
from terms.values import TYPES, Declaration, Stance, Value, read_stance, read_value


def moves(kinds: Sequence[str] = KIND_NAMES) -> st.SearchStrategy[Move]:
    """One operation of one of `kinds`; shrinks towards the simplest choices.

    Half of them table or accept something, because most other kinds need something to refer to.
    """
    setting = [kind for kind in ("propose", "accept", "agree") if kind in kinds] or list(kinds)
    return st.builds(
        Move,
        kind=st.one_of(st.sampled_from(setting), st.sampled_from(kinds)),
        who=st.integers(0, 3),
        back=st.integers(0, 4),
        terms=st.lists(st.integers(0, 14), min_size=1, max_size=3, unique=True).map(tuple),
        value=st.integers(0, 24),
        flags=st.integers(0, 255),
        days=st.integers(0, 3),
    )


def stories(
    *, kinds: Sequence[str] = KIND_NAMES, min_size: int = 0, max_size: int = 12
) -> st.SearchStrategy[list[Move]]:
    """Lists of operations; `interpret` tells the record of one."""
    return st.lists(moves(kinds), min_size=min_size, max_size=max_size)


def parties() -> st.SearchStrategy[str]:
    """Ids of the parties of the generated header."""
    return st.sampled_from(PARTIES)


def terms() -> st.SearchStrategy[Term]:
    """Terms of the generated header: one of each type."""
    return st.sampled_from(plain_header().terms)


def value_words(declaration: Declaration) -> st.SearchStrategy[str]:
    """Words for a value of a term declared so, in every form its type has."""
    return st.sampled_from(TYPES[declaration.type].examples())


def values(declaration: Declaration) -> st.SearchStrategy[Value]:
    """Values of a term declared so."""
    return value_words(declaration).map(lambda words: read_value(words, declaration))


def stances(declaration: Declaration) -> st.SearchStrategy[Stance]:
    """Stances on a term declared so, in the modality of each form of proposal."""
    forms = st.sampled_from(("offer", "demand"))
    return st.builds(
        lambda words, form: read_stance(words, declaration, form=form), value_words(declaration), forms
    )


def events(
    *, kinds: Sequence[str] = KIND_NAMES, min_size: int = 0, max_size: int = 12
) -> st.SearchStrategy[tuple[Event, ...]]:
    """The events of a generated record."""
    return stories(kinds=kinds, min_size=min_size, max_size=max_size).map(lambda told: interpret(told)[1])


def records(
    *, kinds: Sequence[str] = KIND_NAMES, min_size: int = 0, max_size: int = 12
) -> st.SearchStrategy[tuple[Header, tuple[Event, ...]]]:
    """Records: a header and the events of a negotiation under it."""
    return stories(kinds=kinds, min_size=min_size, max_size=max_size).map(interpret)


def histories(
    *, kinds: Sequence[str] = KIND_NAMES, min_size: int = 0, max_size: int = 12
) -> st.SearchStrategy[History]:
    """Histories of generated records."""
    return records(kinds=kinds, min_size=min_size, max_size=max_size).map(lambda record: History(*record))
