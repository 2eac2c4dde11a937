"""Two situations side by side: what differs, cell by cell and term by term, and which events made it so.

Any two: two steps of one history, the same step under another lens, with and without an event.
"""

from msgspec import Struct

from terms.core.entries import Session
from terms.core.life import axes
from terms.core.situation import Situation
from terms.core.talks import CellKey
from terms.views.cells import CellView, cell_view, cell_words, options_on_table
from terms.views.changes import changed_cells, changes_of, grouped
from terms.views.knowing_apart import KnowledgeDifference, knowledge_apart
from terms.views.movement import Movement, between, movement_words, parties_on
from terms.views.wording import count, stance_words


class CellDifference(Struct, frozen=True):
    """One cell in both situations, how it moved, and the events behind it.

    `events` are those that changed the cell between two points of one history; between two histories those
    that made it what it is in either, where they are not the same.
    """

    before: CellView
    after: CellView
    movement: Movement
    events: tuple[str, ...]
    held: str = ""


class TermDifference(Struct, frozen=True):
    """A term whose headline differs."""

    term: str
    before: str
    after: str
    events: tuple[str, ...]


class ObjectionDifference(Struct, frozen=True):
    """An objection that came (`+`) or went (`-`): an event no longer fits the table, or fits it again."""

    sign: str
    code: str
    event: str
    sentence: str


class Comparison(Struct, frozen=True):
    """Everything that differs. `orders` are ordering statements that came (`+`) or went (`-`), by name.

    `objections` are in the order of the later history, those that went last; `known` are events of both that
    others know in the one than in the other. `undertaken` are undertakings that came or went, as `orders` are.
    """

    cells: tuple[CellDifference, ...]
    terms: tuple[TermDifference, ...]
    orders: tuple[tuple[str, str, str], ...]
    session: tuple[str, str] | None
    objections: tuple[ObjectionDifference, ...] = ()
    known: tuple[KnowledgeDifference, ...] = ()
    undertaken: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        told = (
            self.cells,
            self.terms,
            self.orders,
            self.session,
            self.objections,
            self.known,
            self.undertaken,
        )
        return not any(told)

    def counted(self) -> str:
        """How much differs, in words: cells, headlines and, where there are any, objections and what is known."""
        told = [count(len(self.cells), "cell"), count(len(self.terms), "headline")]
        told += [count(len(self.objections), "objection")] if self.objections else []
        told += [count(len(self.undertaken), "undertaking")] if self.undertaken else []
        told += [f"who knew {count(len(self.known), 'event')}"] if self.known else []
        return f"{', '.join(told[:-1])} and {told[-1]} differ"


def compare(
    before: Situation, after: Situation, *, term: str | None = None, party: str | None = None
) -> Comparison:
    """What differs from `before` to `after`. `term` and `party` narrow it to theirs.

    Of a party these are its cells and the headlines of the terms on which they differ.
    """
    keys = [key for key in changed_cells(before.talks, after.talks) if _asked(key, term, party)]
    moved_terms = {key[1] for key in keys}
    order = {name: place for place, name in enumerate(grouped(after.header.term))}
    keys.sort(key=lambda key: (order.get(key[1], len(order)), key))
    old, new = options_on_table(before.talks), options_on_table(after.talks)
    parties = parties_on(before.talks, after.talks) if keys else {}
    cells = []
    for key in keys:
        events = _causes(before, after, key)
        moved = between(before.talks, after.talks, key, events=events, parties=parties)
        cells.append(
            CellDifference(
                cell_view(before, key, options=old),
                cell_view(after, key, options=new),
                moved,
                events,
                _held(before, after, key, moved),
            )
        )
    return Comparison(
        tuple(cells),
        tuple(one for one in _terms(before, after, term) if party is None or one.term in moved_terms),
        _orders(before, after) if term is None and party is None else (),
        _session(before, after) if term is None and party is None else None,
        _objections(before, after) if term is None and party is None else (),
        knowledge_apart(before, after) if term is None and party is None else (),
        _undertaken(before, after, term, party),
    )


def cell_difference_words(cell: CellDifference) -> str:
    """One cell on a line: the sign it had, how it moved, and what it offers in options where that is all."""
    before, after = cell.before, cell.after
    said = f"{before.sign.mark} {before.sign.word} -> {movement_words(cell.movement)}"
    said += f"; {cell.held}" if cell.held else ""
    return said if cell.movement.after or not after.options else f"{said}; {cell_words(after)}"


def _held(before: Situation, after: Situation, key: CellKey, moved: Movement) -> str:
    """Which versions a party holds to no more, or newly, where it says the same as before."""
    if (moved.status_before, moved.before) != (moved.status_after, moved.after):
        return ""
    old, new = (
        {one.version for one in cell.bound} if (cell := at.talks.cells.get(key)) is not None else set()
        for at in (before, after)
    )
    gone, come = ", ".join(sorted(old - new)), ", ".join(sorted(new - old))
    return "; ".join(
        (*((f"no longer holds to {gone}",) if gone else ()), *((f"holds to {come}",) if come else ()))
    )


def _asked(key: CellKey, term: str | None, party: str | None) -> bool:
    return (term is None or in_group(key[1], term)) and (party is None or key[0] == party)


def in_group(term: str, asked: str) -> bool:
    """Whether a term is the one asked for or stands under it: `forces` covers `forces.ceiling`."""
    return term == asked or term.startswith(f"{asked}.")


def _causes(before: Situation, after: Situation, key: CellKey) -> tuple[str, ...]:
    if before.history is after.history:
        places = (place for place in changes_of(after.history, key) if before.steps <= place < after.steps)
        return tuple(after.history.events[place].id for place in places)
    made = []
    for at in (before, after):
        cell = at.talks.cells.get(key)
        made += [cell.event] if cell is not None else []
        made += [cell.stance_event] if cell is not None and cell.stance_event else []
    return tuple(dict.fromkeys(made))


def _terms(before: Situation, after: Situation, asked: str | None) -> list[TermDifference]:
    found = []
    for term in grouped(after.header.term):
        if asked is not None and not in_group(term, asked):
            continue
        old, new = axes(before, term), axes(after, term)
        if old.headline != new.headline:
            events = tuple(dict.fromkeys((*new.consent.rests_on, *new.life.events)))
            found.append(TermDifference(term, old.headline, new.headline, events))
    return found


def _orders(before: Situation, after: Situation) -> tuple[tuple[str, str, str], ...]:
    old, new = before.talks.orders, after.talks.orders
    if old is new:
        return ()
    gone = [("-", name, entry.words) for name, entry in old.items() if name not in new]
    came = [("+", name, entry.words) for name, entry in new.items() if name not in old]
    return tuple(sorted((*gone, *came), key=lambda row: (row[1], row[0])))


def _undertaken(
    before: Situation, after: Situation, term: str | None, party: str | None
) -> tuple[tuple[str, str, str], ...]:
    """The undertakings that are in one of them alone: recanted ones are in neither."""
    old, new = (_undertakings(at, term, party) for at in (before, after))
    gone = [("-", name, words) for name, words in old.items() if new.get(name) != words]
    came = [("+", name, words) for name, words in new.items() if old.get(name) != words]
    return tuple(sorted((*gone, *came), key=lambda row: (row[1], row[0] == "+")))


def _undertakings(at: Situation, asked: str | None, party: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, made in at.talks.undertakings.items():
        term = name.rpartition("/")[2]
        wanted = (asked is None or in_group(term, asked)) and (party is None or party in made.by)
        if wanted and made.recanted_by is None:
            who = " and ".join(made.by)
            found[name] = f"{who} undertakes {term}: {stance_words(made.clause.stance)}"
    return found


def _objections(before: Situation, after: Situation) -> tuple[ObjectionDifference, ...]:
    """What did not fit in one of them only; of one history, at the steps between the two."""
    shared = min(before.steps, after.steps) if before.history is after.history else 0
    old, new = (
        dict.fromkeys(
            (one.code, one.event, one.sentence)
            for place in range(shared, at.steps)
            for one in at.history[place].objections
        )
        for at in (before, after)
    )
    came = [ObjectionDifference("+", *one) for one in new if one not in old]
    gone = [ObjectionDifference("-", *one) for one in old if one not in new]
    return (*came, *gone)


def _session(before: Situation, after: Situation) -> tuple[str, str] | None:
    old, new = before.talks.session, after.talks.session
    return None if old.state == new.state else (_words(old), _words(new))


def _words(session: Session) -> str:
    away = f", {', '.join(session.walked_out)} away" if session.walked_out else ""
    return session.state + away
