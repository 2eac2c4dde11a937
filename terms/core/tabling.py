"""Tabling: how words become a version on the table and stances in the cells of those who table it.

Shared by proposing, countering, amending and agreeing. Tabling is the author's acceptance of that
version until it amends or withdraws; a float and a mediator's bridging text accept nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from terms.core.entries import BOUND, SETTLED, Bound, Cell, Clause, Status, Version
from terms.core.talks import CellKey, Talks
from terms.ground.maps import Map, empty
from terms.ground.words import FrozenWords, Words
from terms.values import Declaration, Stance, compatible, read_stance

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
    made = {}
    for term, words in terms.items():
        stance = stance_of(talks, term, words, form)
        made[term] = Clause(stance, version, stance.stage or stage or talks.stage_of(term))
    return Map(made)


def options_of(
    talks: Talks, one_of: FrozenWords, form: str, event: str, stage: str | None = None
) -> Map[str, Map[str, Clause]]:
    """The options of an either/or, each with clauses of its own, versioned EVENT/OPTION."""
    made = {}
    for name, words in one_of.items():
        terms = option_terms(words)
        made[name] = clauses_of(talks, terms, form, f"{event}/{name}", stage)
    return Map(made) if made else empty()


def option_terms(words: Words) -> FrozenWords:
    """The terms of one option: its own keys and those under its `all-of`, without order and note."""
    if not isinstance(words, FrozenWords):
        return FrozenWords({})
    inner = words.get("all-of")
    own = {key: value for key, value in words.items() if key not in RESERVED}
    return FrozenWords({**own, **(dict(inner.items()) if isinstance(inner, FrozenWords) else {})})


def package_terms(talks: Talks, all_of: FrozenWords) -> tuple[FrozenWords, dict[str, tuple[str, ...]]]:
    """The terms under an `all-of`, flattened, and which package each belongs to.

    `all-of` maps terms to words (one package, named `all-of`) or package names to such maps.
    """
    known = talks.header.term
    flat: dict[str, Words] = {}
    packages: dict[str, tuple[str, ...]] = {}
    loose = tuple(name for name in all_of if name in known or not isinstance(all_of.get(name), FrozenWords))
    for name, words in all_of.items():
        if name in loose:
            flat[name] = words
        elif isinstance(words, FrozenWords):
            packages[name] = tuple(words)
            flat.update(words.items())
    if loose:
        packages["all-of"] = loose
    return FrozenWords(flat), packages


def table(talks: Talks, version: Version) -> Talks:
    """The talks with `version` on the table and the cells of those who tabled it brought up to date."""
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
    return talks.with_version(version, cells)


def tabled_cell(
    talks: Talks, party: str, term: str, clause: Clause, version: Version, *, accepts: bool
) -> Cell:
    """The cell of a party that tables `clause`: its new stance, and what still binds it."""
    key = (party, term, clause.stage)
    old = talks.cells.get(key)
    kept = still_bound(talks, key, clause.stance) if old is not None and old.bound else ()
    bound = kept
    if accepts and clause.stance.modality != "defer":
        made = Bound(
            clause.version, version.id, BOUND, version.text, version.conditions, (), not version.joint
        )
        bound = (made, *(one for one in kept if one.version != clause.version))
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
    """Mark the tabler's cells that an option touches; its earlier stance stands until an option is picked."""
    for term, clause in option.items():
        key = (party, term, clause.stage)
        old = cells.get(key) or talks.cells.get(key)
        if old is None or old.stance is None:
            cells[key] = Cell(
                "proposed", version.id, version.id, "option", None, None, old.bound if old else ()
            )


def still_bound(talks: Talks, key: CellKey, stance: Stance) -> tuple[Bound, ...]:
    """What still binds a party when it takes a new stance.

    An acceptance that everybody matched stays: the party is bound and now says something else. An
    unmatched one is overtaken by a later stance of its author that is incompatible with it.
    """
    cell = talks.cells[key]
    return tuple(
        one
        for one in cell.bound
        if matched(talks, key[1], one.version, key[2]) or not overtakes(talks, key[1], one, stance)
    )


def overtakes(talks: Talks, term: str, bound: Bound, stance: Stance) -> bool:
    """Whether `stance` is incompatible with what was accepted in `bound`."""
    clause = talks.clause(bound.version, term)
    if clause is None:
        return True
    if stance.modality in ("refuse", "defer") or clause.stance.value is None or stance.value is None:
        return True
    return compatible((clause.stance.value, stance.value)) is False


def matched(talks: Talks, term: str, version: str, stage: str, *, rung: int = SETTLED) -> bool:
    """Whether every consenting party holds to this version of `term`, on this rung or a higher one.

    Conditions are not looked at: they are a matter of the date asked.
    """
    held = talks.target(version).version
    parties = talks.header.consent(term, held.text if held is not None else None)
    found = (binding(talks, party, term, stage, version) for party in parties)
    return bool(parties) and all(one is not None and one.rung >= rung for one in found)


def binding(talks: Talks, party: str, term: str, stage: str, version: str) -> Bound | None:
    """The acceptance by which `party` holds to `version` of `term`; None: it does not."""
    cell = talks.cells.get((party, term, stage))
    if cell is None:
        return None
    return next((one for one in cell.bound if one.version == version), None)


def bind(
    talks: Talks,
    parties: Iterable[str],
    clauses: Mapping[str, Clause],
    *,
    event: str,
    text: str | None,
    act: str,
    condition: FrozenWords | None = None,
    reservations: Mapping[str, tuple[str, ...]] | None = None,
    principle: bool = False,
) -> Talks:
    """The talks with `parties` accepting `clauses` by `act` (acceptance, signature, ratification, referendum).

    The rung follows the act that the text names for each party: the act itself binds, an earlier one
    settles the text. `reservations` maps names EVENT/NAME to the terms they keep back.
    """
    cells: dict[CellKey, Cell] = {}
    for party in parties:
        rung = rung_of(talks, party, text, act)
        for term, clause in clauses.items():
            key = (party, term, clause.stage)
            held = tuple(name for name, terms in (reservations or {}).items() if term in terms)
            if principle:
                cells[key] = _in_principle(talks, key, clause, event)
            else:
                made = Bound(clause.version, event, rung, text, condition, held)
                cells[key] = _accepting(talks, key, clause, made)
    return talks.with_cells(cells)


def rung_of(talks: Talks, party: str, text: str | None, act: str) -> int:
    """BOUND when `act` is what binds `party` to `text` (or comes after it on the ladder), else SETTLED."""
    declared = talks.header.text.get(text or "")
    needed = declared.binding_act(party) if declared is not None else "acceptance"
    ladder = ("settling", "acceptance", "signature", "ratification", "referendum")
    rank = {name: place for place, name in enumerate(ladder)}
    return BOUND if rank.get(act, 1) >= rank.get(needed, 1) else SETTLED


def _accepting(talks: Talks, key: CellKey, clause: Clause, made: Bound) -> Cell:
    old = talks.cells.get(key)
    kept = still_bound(talks, key, clause.stance) if old is not None and old.bound else ()
    earlier = next((one for one in kept if one.version == made.version), None)
    if (
        earlier is not None
        and earlier.rung >= made.rung
        and not earlier.condition
        and not earlier.reservations
    ):
        made = earlier
    bound = (made, *(one for one in kept if one.version != made.version))
    status: Status = "conditional" if made.condition else "reserved" if made.reservations else "accepted"
    detail = ", ".join(name.partition("/")[2] for name in made.reservations)
    return Cell(status, made.event, clause.version, detail, clause.stance, made.event, bound)


def _in_principle(talks: Talks, key: CellKey, clause: Clause, event: str) -> Cell:
    """In principle changes what a party says, neither what it would accept nor what binds it."""
    old = talks.cells.get(key)
    if old is None:
        return Cell("in principle", event, clause.version)
    return Cell("in principle", event, clause.version, "", old.stance, old.stance_event, old.bound)


def said(
    talks: Talks, key: CellKey, status: Status, event: str, version: str | None, detail: str = ""
) -> Cell:
    """The cell with only what the party says now changed: stance and bonds stay."""
    old = talks.cells.get(key)
    if old is None:
        return Cell(status, event, version, detail)
    return Cell(status, event, version, detail, old.stance, old.stance_event, old.bound)
