"""Tying: conditions on what was said, links between terms, packages that stand or fall together."""

from typing import ClassVar, Literal

from msgspec.structs import replace

from terms.core.answering import chosen
from terms.core.binding import binding, final, said
from terms.core.entries import Bound, Cell, Proviso, Tie
from terms.core.event import Answering, Conditional
from terms.core.ordering import orders_of
from terms.core.reducer import Objection, evolve, objections
from terms.core.spelling import AnyWords, Many
from terms.core.talks import CellKey, Talks
from terms.ground.maps import empty
from terms.ground.words import FrozenWords, freeze


class Condition(Conditional):
    """`by` makes what `of` names (or the talks as a whole) depend on conditions and on an order."""

    EFFECT: ClassVar[str] = "conditions and ordering statements come into force"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["condition"] = "condition"
    by: Many
    of: Many = ()
    only: Many = ()
    order: AnyWords = ()
    terms: AnyWords = ()


class Waive(Answering):
    """Drops a condition of one's own: an acceptance that hung on it hangs no more."""

    EFFECT: ClassVar[str] = "the condition or ordering statement named is no longer in force"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["waive"] = "waive"
    by: Many


class Link(Conditional):
    """Ties terms: `if` term A is settled then term B must be; without those, each needs the others."""

    EFFECT: ClassVar[str] = "a link between terms is in force"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["link"] = "link"
    by: Many
    terms: Many
    if_: str | None = None
    then: str | None = None


class Unlink(Answering):
    """Takes a link or a package back."""

    EFFECT: ClassVar[str] = "the link or package named is no longer in force"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["unlink"] = "unlink"
    by: Many


class BindPackage(Conditional):
    """Declares that terms stand or fall together; no terms: nothing is agreed until everything is."""

    EFFECT: ClassVar[str] = "the terms named stand or fall together"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["bind-package"] = "bind-package"
    by: Many
    terms: Many = ()
    name: str | None = None


@evolve.register
def condition(event: Condition, talks: Talks) -> Talks:
    """Put the conditions in force, named by the event (EVENT for one, also EVENT/NAME for named ones)."""
    after = orders_of(event, talks, event.order, agreed=False)
    words = event.conditions
    if words is None and not event.terms:
        return after
    told = words or FrozenWords({"only-if": freeze({"terms": event.terms})})
    after = after.with_proviso(event.id, Proviso(event.by, event.of[0] if event.of else None, told, event.id))
    return after if words is None else after.with_cells(_hanging(event, after, words))


def _hanging(event: Condition, talks: Talks, words: FrozenWords) -> dict[CellKey, Cell]:
    """The mover's cells with its acceptance of what `of` names hanging on the conditions.

    Where everybody is bound already the conditions change only what the mover says now.
    """
    cells: dict[CellKey, Cell] = {}
    for reference in event.of:
        for term, clause in chosen(talks.target(reference), event.only).items():
            for party in event.by:
                key = (party, term, clause.stage)
                if binding(talks, party, term, clause.stage, clause.version) is None:
                    continue
                cell = said(talks, key, "conditional", event.id, clause.version)
                if not final(talks, term, clause.version, clause.stage):
                    bound = tuple(_hung(one, clause.version, event.id, words) for one in cell.bound)
                    cell = replace(cell, bound=bound)
                cells[key] = cell
    return cells


def _hung(one: Bound, version: str, event: str, words: FrozenWords) -> Bound:
    return replace(one, hangs=(*one.hangs, (event, words))) if one.version == version else one


@evolve.register
def waive(event: Waive, talks: Talks) -> Talks:
    """Drop conditions: declared ones, ordering statements, and those one's own acceptance hangs on."""
    after = talks
    own = set(event.by)
    for reference in event.of:
        name = reference.partition("/")[0]
        held = after.provisos.get(name)
        if held is not None and held.waived_by is None and set(held.by) <= own:
            after = after.with_proviso(name, replace(held, waived_by=event.id))
        version = after.versions.get(name)
        if version is not None and set(version.by) <= own:
            after = after.with_version_state(name, conditions=None)
        orders = (
            n for n, entry in after.orders.items() if reference in (n, entry.event) and set(entry.by) <= own
        )
        after = after.without_orders(tuple(orders))
        after = after.with_cells(_unhung(event, after, name))
    return after


def _unhung(event: Waive, talks: Talks, name: str) -> dict[CellKey, Cell]:
    cells: dict[CellKey, Cell] = {}
    for key, cell in talks.cells.items():
        if key[0] not in event.by or not any(put == name for one in cell.bound for put, _ in one.hangs):
            continue
        bound = tuple(
            replace(one, hangs=tuple(pair for pair in one.hangs if pair[0] != name)) for one in cell.bound
        )
        free = not any(one.hangs for one in bound) and cell.status == "conditional"
        cells[key] = replace(cell, bound=bound, status="accepted" if free else cell.status, event=event.id)
    return cells


@evolve.register
def link(event: Link, talks: Talks) -> Talks:
    """Put the link in force."""
    return talks.with_tie(Tie(event.by, event.terms, event.id, False, event.if_, event.then))


@evolve.register
def unlink(event: Unlink, talks: Talks) -> Talks:
    """Take a link or package out of force; who tabled a package may let its terms be taken one by one."""
    after = talks
    for reference in event.of:
        tie = after.ties.get(reference)
        if tie is not None and set(tie.by) <= set(event.by):
            after = after.without_tie(reference)
        target = after.targeted_package(reference)
        if target is not None and set(target.by) <= set(event.by):
            _, _, part = reference.partition("/")
            packages = target.packages.delete(part) if part else empty()
            after = after.with_version_state(
                target.id, packages=packages, whole=target.whole and bool(part), severally=not part
            )
    return after


@evolve.register
def bind_package(event: BindPackage, talks: Talks) -> Talks:
    """Put the package in force."""
    return talks.with_tie(Tie(event.by, event.terms, event.id, package=True))


@objections.register
def waive_objections(event: Waive, talks: Talks) -> tuple[Objection, ...]:
    """Only a condition of one's own that is in force can be waived."""
    if waive(event, talks) is not talks:
        return ()
    named = ", ".join(event.of)
    kept = sorted(
        name
        for name, held in talks.reservations.items()
        if name in event.of or name.partition("/")[0] in event.of
        if set(held.by) <= set(event.by)
    )
    hint = f"; to take a reservation back, withdraw {', '.join(kept)}" if kept else ""
    said = f"'{named}' set no condition of {', '.join(event.by)} that is in force{hint}"
    return (Objection("N605", event.id, said),)


@objections.register
def unlink_objections(event: Unlink, talks: Talks) -> tuple[Objection, ...]:
    """Only a link or package in force can be taken back."""
    if unlink(event, talks) is not talks:
        return ()
    return (Objection("N605", event.id, f"'{', '.join(event.of)}' set no link that is in force"),)
