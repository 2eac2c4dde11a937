"""Where every party stands on every term after one step: a row a term and stage, a cell a party."""

from collections.abc import Collection, Iterable

from msgspec import Struct

from terms.core.awaiting import missing_consent
from terms.core.life import Axes, axes
from terms.core.situation import Situation
from terms.core.talks import CellKey
from terms.views.cells import CellView, Options, cell_view, options_on_table
from terms.views.changes import changed_cells, changes_of, changes_of_term, grouped
from terms.views.hearsay import Hearsay, hearsay

__all__ = [
    "PositionRow",
    "PositionTable",
    "changed_cells",
    "changes_of",
    "changes_of_term",
    "grouped",
    "position_row",
    "positions",
    "standing_parties",
]


class PositionRow(Struct, frozen=True):
    """One term in one stage: the headline over its four axes, what it rests on, and a cell for each party.

    `missing` are the parties whose acceptance some version on the table still needs, sorted. `hearsay` are
    moves on it that are known only from others, and count for nothing here.
    """

    term: str
    label: str
    stage: str
    headline: str
    axes: Axes
    cells: tuple[CellView, ...]
    missing: tuple[str, ...] = ()
    contested: bool = False
    hearsay: tuple[Hearsay, ...] = ()

    @property
    def consent(self) -> str:
        """The state of the first axis, in words."""
        return self.axes.consent.state

    @property
    def events(self) -> tuple[str, ...]:
        """The events the headline rests on, in log order."""
        named = (self.axes.consent.rests_on, self.axes.meaning.events, self.axes.life.events)
        return tuple(dict.fromkeys(event for group in named for event in group))


class PositionTable(Struct, frozen=True):
    """All rows in the order of the header (grouped by the first part of dotted names); parties sorted by id.

    `unraised` counts the declared terms on which nobody stands and which were not asked for.
    """

    parties: tuple[str, ...]
    rows: tuple[PositionRow, ...]
    unraised: int = 0


def positions(
    at: Situation,
    *,
    terms: Iterable[str] | None = None,
    parties: Iterable[str] | None = None,
    stage: str | None = None,
    contested: Collection[CellKey] = (),
) -> PositionTable:
    """The positions at a moment. `terms` None: all that were raised. `parties` None: who holds any position.

    `stage` None: every stage. `contested` are the cells on which rival accounts differ (see `contested`).
    """
    offered = options_on_table(at.talks)
    reported = hearsay(at)
    raised = _raised(at, offered, reported)
    asked = tuple(dict.fromkeys(terms)) if terms is not None else None
    shown = tuple(sorted(parties)) if parties is not None else standing_parties(at, offered)
    names = grouped(term for term in at.header.term if (term in raised if asked is None else term in asked))
    rows = tuple(
        position_row(at, term, one, parties=shown, options=offered, contested=contested, reported=reported)
        for term in names
        for one in sorted(
            raised.get(term, {at.talks.stage_of(term)}), key=lambda s: (s != at.talks.stage_of(term), s)
        )
        if stage is None or one == stage
    )
    unraised = sum(1 for term in at.header.term if term not in raised) if asked is None else 0
    return PositionTable(shown, rows, unraised)


def position_row(
    at: Situation,
    term: str,
    stage: str,
    *,
    parties: Iterable[str],
    options: Options | None = None,
    contested: Collection[CellKey] = (),
    reported: Iterable[Hearsay] | None = None,
) -> PositionRow:
    """One row. A caller that draws many gives `options` (from `options_on_table`) and `reported` once for all."""
    found = axes(at, term, stage=stage)
    offered = options_on_table(at.talks) if options is None else options
    cells = tuple(
        cell_view(
            at,
            (party, term, stage),
            options=offered,
            reopened=party in found.consent.reopened,
            contested=(party, term, stage) in contested,
        )
        for party in parties
    )
    disputed = any(key[1:] == (term, stage) for key in contested)
    declared = at.header.term.get(term)
    label = declared.about if declared is not None and declared.about else term
    return PositionRow(
        term,
        label,
        stage,
        found.headline,
        found,
        cells,
        missing_consent(at, found.consent),
        disputed,
        tuple(one for one in (hearsay(at) if reported is None else reported) if one.term == term),
    )


def standing_parties(at: Situation, offered: Options | None = None) -> tuple[str, ...]:
    """The belligerents and every other party that holds a position, sorted by id."""
    options = options_on_table(at.talks) if offered is None else offered
    holding = {key[0] for key in at.talks.cells} | {key[0] for key in options}
    holding |= {party for made in at.talks.undertakings.values() for party in made.by}
    return tuple(sorted({*at.header.belligerents, *(party for party in holding if party in at.header.party)}))


def _raised(at: Situation, offered: Options, reported: Iterable[Hearsay]) -> dict[str, set[str]]:
    """Term -> the stages in which anybody stands on it or offers it inside an option."""
    found: dict[str, set[str]] = {}
    for _, term, stage in (*at.talks.cells, *offered):
        found.setdefault(term, set()).add(stage)
    for term in (
        *(name.rpartition("/")[2] for name in at.talks.undertakings),
        *(one.term for one in reported),
    ):
        found.setdefault(term, set())
    return {
        term: stages or {at.talks.stage_of(term)} for term, stages in found.items() if term in at.header.term
    }
