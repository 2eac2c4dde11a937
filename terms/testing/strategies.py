"""Hypothesis strategies: records, histories and their parts, for tests of negotiations.

Every strategy is built on lists of small operations (see `stories`), so that what fails shrinks to the
shortest story that fails. Options are keyword-only; what cannot be is refused with InvalidArgument.
"""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from terms.core.event import Event
from terms.core.header import Header, Term
from terms.core.history import History
from terms.ground.suggest import did_you_mean
from terms.records.writing import write_record
from terms.scenarios import Scenario, read_scenario_text
from terms.testing.changes import CHANGES, Change, scenario_text
from terms.testing.spelling import examples
from terms.testing.stories import KIND_NAMES, PARTIES, Move, Teller, interpret, plain_header
from terms.testing.texts import SPOILING, STYLES, WHOLE, Spoil, Style, respelled, spoiled
from terms.values import TYPES, Declaration, Stance, Value, read_stance, read_value

Told = tuple[Header, tuple[Event, ...]]
"""A record that is in no file: what is declared, and what happened."""


def moves(
    kinds: Sequence[str] = KIND_NAMES, *, tellers: Mapping[str, Teller] | None = None
) -> st.SearchStrategy[Move]:
    """One operation of one of `kinds`; shrinks towards the simplest choices.

    Many of them table or accept something, because most other kinds need something to refer to.

    Raises:
        InvalidArgument: one of `kinds` is none, or there are none.
    """
    known = [*KIND_NAMES, *(tellers or {})]
    for kind in kinds:
        if kind not in known:
            raise InvalidArgument("; ".join([f"'{kind}' is no kind of event", *did_you_mean(kind, known)]))
    if not kinds:
        raise InvalidArgument("a move needs at least one kind of event")
    setting = [kind for kind in ("propose", "accept", "agree", *(tellers or {})) if kind in kinds] or list(
        kinds
    )
    often = (*setting, *kinds, *setting * (len(kinds) // (2 * len(setting))))
    acts, who, back = st.sampled_from(often), st.integers(0, 3), st.integers(0, 4)
    # A plain move takes three choices, so that a story of plain moves is soon found to be the shortest.
    plain = st.builds(Move, kind=acts, who=who, back=back)
    ornate = st.builds(
        Move,
        kind=acts,
        who=who,
        back=back,
        terms=st.lists(st.integers(0, 14), min_size=1, max_size=3, unique=True).map(tuple),
        value=st.integers(0, 24),
        flags=st.integers(0, 255),
        days=st.integers(0, 3),
    )
    return st.one_of(plain, ornate)


def stories(
    *,
    kinds: Sequence[str] = KIND_NAMES,
    min_size: int = 0,
    max_size: int = 12,
    tellers: Mapping[str, Teller] | None = None,
) -> st.SearchStrategy[list[Move]]:
    """Lists of operations; `interpret` tells the record of one."""
    return st.lists(moves(kinds, tellers=tellers), min_size=min_size, max_size=max_size)


def parties(*, header: Header | None = None) -> st.SearchStrategy[str]:
    """Ids of the parties of a header; without one, of the generated header.

    Raises:
        InvalidArgument: the header declares none.
    """
    known = PARTIES if header is None else tuple(party.id for party in header.parties)
    if not known:
        raise InvalidArgument("the header declares no party")
    return st.sampled_from(known)


def terms(*, header: Header | None = None, types: Sequence[str] = tuple(TYPES)) -> st.SearchStrategy[Term]:
    """Terms of a header of one of these types; without a header one term of each type.

    Raises:
        InvalidArgument: no term is of one of these types.
    """
    known = [one for one in (header or plain_header()).terms if one.declaration.type in types]
    if not known:
        raise InvalidArgument(f"no term of the header has one of the types {', '.join(types)}")
    return st.sampled_from(known)


def value_words(declaration: Declaration) -> st.SearchStrategy[str]:
    """Words for a value of a term declared so, in every form its type has."""
    return st.sampled_from(examples(declaration))


def values(declaration: Declaration) -> st.SearchStrategy[Value]:
    """Values of a term declared so."""
    return value_words(declaration).map(lambda words: read_value(words, declaration))


def stances(declaration: Declaration) -> st.SearchStrategy[Stance]:
    """Stances on a term declared so, in the modality of each form of proposal."""
    forms = st.sampled_from(("offer", "demand"))
    return st.builds(
        lambda words, form: read_stance(words, declaration, form=form), value_words(declaration), forms
    )


def records(
    *,
    header: Header | None = None,
    past: Sequence[Event] = (),
    kinds: Sequence[str] = KIND_NAMES,
    min_size: int = 0,
    max_size: int = 12,
    tellers: Mapping[str, Teller] | None = None,
) -> st.SearchStrategy[Told]:
    """Records: a header and the events of a negotiation under it.

    Under a `header` of one's own its parties and terms are spoken of; what it lacks (texts, happenings) is
    not. A record goes on after the events of `past`, and has `min_size` to `max_size` new ones.

    Raises:
        InvalidArgument: the header declares no party or no term, a kind is none, or the sizes cross.
    """
    parties(header=header)
    terms(header=header)
    if min_size > max_size:
        raise InvalidArgument(f"min_size={min_size} is more than max_size={max_size}")
    fill = ["propose"] if "propose" in kinds else kinds
    told = stories(kinds=kinds, max_size=max_size, tellers=tellers, min_size=min_size).map(
        lambda moves: interpret(moves, header, past=past, tellers=tellers, at_least=min_size, fill=fill)
    )
    return told.filter(lambda record: len(record[1]) >= len(past) + min_size) if min_size else told


def events(
    *, kinds: Sequence[str] = KIND_NAMES, min_size: int = 0, max_size: int = 12
) -> st.SearchStrategy[tuple[Event, ...]]:
    """The events of a generated record."""
    return records(kinds=kinds, min_size=min_size, max_size=max_size).map(lambda told: told[1])


def histories(
    *,
    header: Header | None = None,
    kinds: Sequence[str] = KIND_NAMES,
    min_size: int = 0,
    max_size: int = 12,
) -> st.SearchStrategy[History]:
    """Histories of generated records."""
    return records(header=header, kinds=kinds, min_size=min_size, max_size=max_size).map(
        lambda record: History(*record)
    )


def changes(*, kinds: Sequence[str] = KIND_NAMES) -> st.SearchStrategy[Change]:
    """One change that a scenario makes."""
    return st.builds(Change, st.sampled_from(CHANGES), st.integers(0, 9), moves(kinds))


def scenarios(
    record: Told, *, kinds: Sequence[str] = KIND_NAMES, max_size: int = 4
) -> st.SearchStrategy[Scenario]:
    """Scenarios of a record, without faults: a branch point, changes of its past, supposed events.

    `on_record` of `terms.testing.changes` opens one; its `text` is that of its file.
    """
    header, told = record
    return st.builds(
        lambda made, cut, replay: read_scenario_text(
            scenario_text(header, told, made, cut=len(told) - cut, replay=replay)
        ),
        st.lists(changes(kinds=kinds), max_size=max_size),
        st.integers(0, max(0, len(told) - 1)),
        st.booleans(),
    )


def equivalent_records(record: Told, *, max_size: int = 8) -> st.SearchStrategy[str]:
    """Texts that spell the record otherwise and mean the same."""
    style = st.builds(Style, st.sampled_from((*STYLES, *WHOLE)), st.integers(0, 99))
    return st.lists(style, max_size=max_size).map(lambda styles: respelled(*record, styles))


def corrupted_text(record: Told | str, *, max_size: int = 4) -> st.SearchStrategy[str]:
    """The text of a record (or any other) with at most `max_size` small damages."""
    text = record if isinstance(record, str) else write_record(*record)
    damage = st.builds(Spoil, st.sampled_from(SPOILING), st.integers(0, len(text)), st.integers(0, len(text)))
    return st.lists(damage, max_size=max_size).map(lambda damages: spoiled(text, damages))
