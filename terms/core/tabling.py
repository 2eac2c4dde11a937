"""Tabling: how words become a version on the table and stances in the cells of those who table it.

Shared by proposing, countering, amending and agreeing. Tabling is the author's acceptance of that
version until it amends or withdraws; a float and a mediator's bridging text accept nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from terms.core.binding import concluded, still_bound
from terms.core.entries import BOUND, Bound, Cell, Clause, Status, Version
from terms.core.spelling import NOTHING
from terms.core.talks import CellKey, Talks
from terms.ground.maps import Map, empty
from terms.ground.words import FrozenWords, Words
from terms.values import Declaration, Stance, read_stance

RESERVED = ("order", "note", "all-of", "for")
"""Keys inside an option that are not terms."""

_TEXT = Declaration("text")


def stance_of(talks: Talks, term: str, words: Words, form: str) -> Stance:
    """The stance that `words` spell for `term`, read by the type the header declares (text when undeclared)."""
    declared = talks.header.term.get(term)
    return read_stance(words, declared.declaration if declared is not None else _TEXT, form=form)


def clauses_of(
    talks: Talks, terms: FrozenWords, form: str, version: str, stage: str | None = None
) -> Map[str, Clause]:
    """The clauses that a map of terms spells. A stance's own stage wins over the event's, that over the term's."""
    made: Map[str, Clause] = empty()
    for term, words in terms.items():
        stance = stance_of(talks, term, words, form)
        made = made.set(term, Clause(stance, version, stance.stage or stage or talks.stage_of(term)))
    return made


def options_of(
    talks: Talks, one_of: FrozenWords, form: str, event: str, stage: str | None = None
) -> Map[str, Map[str, Clause]]:
    """The options of an either/or, each with clauses of its own, versioned EVENT/OPTION."""
    made = {}
    for name, words in one_of.items():
        terms = option_terms(talks, words)
        made[name] = clauses_of(talks, terms, form, f"{event}/{name}", stage)
    return Map(made) if made else empty()


def option_terms(talks: Talks, words: Words) -> FrozenWords:
    """The terms of one option: its own keys and those of its packages under `all-of`, without order and note."""
    if not isinstance(words, FrozenWords):
        return FrozenWords({})
    inner = words.get("all-of")
    own = {key: value for key, value in words.items() if key not in RESERVED and not key.startswith("x-")}
    packed = package_terms(talks, inner)[0] if isinstance(inner, FrozenWords) else NOTHING
    return FrozenWords({**own, **packed})


def package_terms(talks: Talks, all_of: FrozenWords) -> tuple[FrozenWords, dict[str, tuple[str, ...]]]:
    """The terms under an `all-of`, flattened, and which package each belongs to.

    `all-of` maps terms to words (one package, named `all-of`) or package names to such maps.
    """
    known = talks.header.term
    flat: dict[str, Words] = {}
    packages: dict[str, tuple[str, ...]] = {}
    loose = tuple(name for name in all_of if name in known or not isinstance(all_of.get(name), FrozenWords))
    for name, words in all_of.items():
        if name in loose or not isinstance(words, FrozenWords):
            flat[name] = words
        else:
            packages[name] = tuple(words)
            flat.update(words.items())
    if loose:
        packages["all-of"] = loose
    return FrozenWords(flat), packages


def table(talks: Talks, version: Version, countered: Iterable[Version] = ()) -> Talks:
    """The talks with `version` on the table and the cells of those who tabled it brought up to date.

    `countered` are versions on the table already that it answers, which are marked so.
    """
    cells: dict[CellKey, Cell] = {}
    if version.form != "float":
        accepts = version.form != "bridging"
        for party in version.by:
            for term, clause in version.clauses.items():
                cells[party, term, clause.stage] = tabled_cell(
                    talks, party, term, clause, version, accepts=accepts
                )
            for name, option in version.options.items():
                _note_options(talks, cells, party, name, option, version)
    marked = [replace(one, countered_by=(*one.countered_by, version.id)) for one in countered]
    after = talks.with_version(version, cells, marked)
    return concluded(after, version.clauses) if version.joint else after


def tabled_cell(
    talks: Talks, party: str, term: str, clause: Clause, version: Version, *, accepts: bool
) -> Cell:
    """The cell of a party that tables `clause`: its new stance, and what still binds it."""
    key = (party, term, clause.stage)
    kept = still_bound(talks, key, talks.cells.get(key), clause.stance, version.id)
    bound = kept
    if accepts and clause.stance.modality != "defer":
        hangs = ((version.id, version.conditions),) if version.conditions is not None else ()
        made = Bound(clause.version, version.id, BOUND, version.text, hangs, tabled=not version.joint)
        bound = (made, *[one for one in kept if one.version != clause.version]) if kept else (made,)
    status, detail = _said(clause.stance, version)
    return Cell(status, version.id, clause.version, detail, clause.stance, version.id, bound)


def _said(stance: Stance, version: Version) -> tuple[Status, str]:
    if stance.modality == "defer":
        return "deferred", stance.until_words
    if version.joint:
        return "accepted", ""
    return "proposed", ""


def _note_options(
    talks: Talks,
    cells: dict[CellKey, Cell],
    party: str,
    name: str,
    option: Map[str, Clause],
    version: Version,
) -> None:
    """Mark cells that an option is the first to touch; an earlier stance stands until an option is picked."""
    for term, clause in option.items():
        key = (party, term, clause.stage)
        if key not in cells and key not in talks.cells:
            cells[key] = Cell("proposed", version.id, version.id, IN_OPTION)


def without_option_marks(talks: Talks, version: Version, picked: Map[str, Clause]) -> Talks:
    """The talks without the marks that the options of `version` left on terms the picked one does not have."""
    keys = (
        (party, term, clause.stage)
        for party in version.by
        for option in version.options.values()
        for term, clause in option.items()
        if term not in picked
    )
    noted = [(key, talks.cells.get(key)) for key in keys]
    return talks.without_cells(
        key
        for key, cell in noted
        if cell is not None and (cell.event, cell.detail) == (version.id, IN_OPTION)
    )


IN_OPTION = "option"
"""The detail of a cell that only an option speaks of."""
