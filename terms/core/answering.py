"""Answering: what an answer names of a version, what it keeps back, and what picking an option does.

The parts of accepting that look only at the version answered and the state, not at the kind of answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from terms.core.binding import bind, matched, said
from terms.core.entries import Cell, Clause, Reservation, Version
from terms.core.tabling import without_option_marks
from terms.core.talks import CellKey, Talks, Target
from terms.ground.dates import Edtf
from terms.ground.maps import Map
from terms.ground.words import FrozenWords, Words
from terms.values import Unreadable, read_time, resolve


def target_of(talks: Talks, reference: str, option: str | None) -> Target:
    """What an answer names: `option` is the same as a reference EVENT/OPTION."""
    return talks.target(f"{reference}/{option}" if option is not None else reference)


def chosen(target: Target, only: Iterable[str], without: Iterable[str] = ()) -> Map[str, Clause]:
    """The clauses of a target, only some of them or without some."""
    wanted, left = tuple(only), set(without)
    if not wanted and not left:
        return target.clauses
    return Map({t: c for t, c in target.clauses.items() if (not wanted or t in wanted) and t not in left})


def places_of(targets: Iterable[Target], only: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Term -> its stage and the version that an answer which binds nobody is about.

    An either/or answered as a whole is answered on the terms of each option, and is itself what is answered,
    unless another of `targets` says more plainly something on the term.
    """
    named, wanted = tuple(targets), tuple(only)
    places = {
        term: (clause.stage, clause.version)
        for target in named
        for term, clause in chosen(target, wanted).items()
    }
    for version in (target.version for target in named if target.version and target.part is None):
        for _, option in sorted(version.options.items()):
            for term, clause in option.items():
                if not wanted or term in wanted:
                    places.setdefault(term, (clause.stage, version.id))
    return places


def off_the_table(clauses: Mapping[str, Clause], version: Version, date: Edtf, talks: Talks) -> bool:
    """Whether these clauses of a version can no longer be accepted: withdrawn or expired before all matched."""
    if version.state != "withdrawn" and not has_expired(version, date, talks):
        return False
    return not all(matched(talks, term, one.version, one.stage) for term, one in clauses.items())


def has_expired(version: Version, date: Edtf, talks: Talks) -> bool:
    """Whether the time of an offer had certainly passed at `date`; what it is counted from must be on record."""
    if version.expires is None or date.earliest is None:
        return False
    try:
        found = resolve(read_time(version.expires), lambda name: _occurred(talks, name))
    except Unreadable:
        return False
    return found is not None and found[1] < date.earliest


def _occurred(talks: Talks, name: str) -> Edtf | None:
    known = talks.happenings.get(name)
    return known.moment if known is not None else None


def own_words(
    parties: Iterable[str], talks: Talks, clauses: Map[str, Clause], event: str
) -> dict[CellKey, Cell]:
    """What accepting comes to when nothing is there to accept: a stance of one's own."""
    return {
        (party, term, clause.stage): replace(
            said(talks, (party, term, clause.stage), "accepted", event, clause.version),
            stance=clause.stance,
            stance_event=event,
        )
        for party in parties
        for term, clause in clauses.items()
    }


def reserve(
    talks: Talks,
    by: tuple[str, ...],
    event: str,
    reservations: FrozenWords,
    clauses: Map[str, Clause],
    text: str | None,
) -> tuple[Talks, dict[str, tuple[str, ...]]]:
    """The talks with each reservation of an acceptance, and the terms each keeps back (default: all accepted)."""
    named: dict[str, tuple[str, ...]] = {}
    for name, words in reservations.items():
        terms = _terms(words) or tuple(sorted(clauses))
        note = str(words.get("note") or "") if isinstance(words, FrozenWords) else str(words)
        named[f"{event}/{name}"] = terms
        talks = talks.with_reservation(f"{event}/{name}", Reservation(by, terms, note, text))
    return talks, named


def _terms(words: Words) -> tuple[str, ...]:
    only = words.get("only") if isinstance(words, FrozenWords) else None
    if only is None:
        return ()
    return (only,) if isinstance(only, str) else tuple(str(term) for term in only)


def pick(talks: Talks, target: Target) -> Talks:
    """Picking an option binds those who tabled it to its terms; other options leave no trace in their cells.

    A bridging text or a float binds nobody: its options are for those who pick them.
    """
    version = target.version
    if version is None or target.option is None:
        return talks
    after = without_option_marks(talks, version, target.clauses)
    after = after.with_version_state(version.id, chosen=target.option)
    if version.form in ("bridging", "float"):
        return after
    return bind(
        after, version.by, target.clauses, event=version.id, text=version.text, act="acceptance",
        condition=version.conditions,
    )  # fmt: skip
