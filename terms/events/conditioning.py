"""Tying: conditions on what was said, links between terms, packages that stand or fall together."""

from dataclasses import replace
from typing import ClassVar, Literal

from terms.core.entries import Cell, Proviso, Tie
from terms.core.event import Answering, AnyWords, Conditional, Many
from terms.core.ordering import orders_of
from terms.core.reducer import Objection, evolve, objections
from terms.core.talks import CellKey, Talks
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
    return after.with_proviso(event.id, Proviso(event.by, event.of[0] if event.of else None, told, event.id))


@evolve.register
def waive(event: Waive, talks: Talks) -> Talks:
    """Drop conditions: declared ones, ordering statements, and those inside one's own acceptance."""
    after = talks
    for reference in event.of:
        if (held := after.provisos.get(reference)) is not None:
            after = after.with_proviso(reference, replace(held, waived_by=event.id))
        names = (
            n
            for n, entry in after.orders.items()
            if reference in (n, entry.event) and set(entry.by) <= set(event.by)
        )
        after = after.without_orders(tuple(names))
        after = after.with_cells(_unconditional(event, after, reference.partition("/")[0]))
    return after


def _unconditional(event: Waive, talks: Talks, accepting: str) -> dict[CellKey, Cell]:
    cells: dict[CellKey, Cell] = {}
    for key, cell in talks.cells.items():
        if key[0] in event.by and any(one.event == accepting and one.condition for one in cell.bound):
            bound = tuple(
                replace(one, condition=None) if one.event == accepting else one for one in cell.bound
            )
            status = "accepted" if cell.status == "conditional" else cell.status
            cells[key] = replace(cell, bound=bound, status=status, event=event.id)
    return cells


@evolve.register
def link(event: Link, talks: Talks) -> Talks:
    """Put the link in force."""
    return talks.with_tie(Tie(event.by, event.terms, event.id, False, event.if_, event.then))


@evolve.register
def unlink(event: Unlink, talks: Talks) -> Talks:
    """Take the link or package out of force."""
    after = talks
    for reference in event.of:
        after = after.without_tie(reference)
    return after


@evolve.register
def bind_package(event: BindPackage, talks: Talks) -> Talks:
    """Put the package in force."""
    return talks.with_tie(Tie(event.by, event.terms, event.id, package=True))


@objections.register
def waive_objections(event: Waive, talks: Talks) -> tuple[Objection, ...]:
    """Only a condition in force can be waived."""
    orders = {name for key, entry in talks.orders.items() for name in (key, entry.event)}
    accepted = {one.event for cell in talks.cells.values() for one in cell.bound if one.condition}
    known = {*talks.provisos, *orders, *accepted}
    return tuple(
        Objection("N605", event.id, f"'{reference}' set no condition that is in force")
        for reference in event.of
        if reference not in known and reference.partition("/")[0] not in accepted
    )


@objections.register
def unlink_objections(event: Unlink, talks: Talks) -> tuple[Objection, ...]:
    """Only a link or package in force can be taken back."""
    return tuple(
        Objection("N605", event.id, f"'{reference}' set no link that is in force")
        for reference in event.of
        if reference not in talks.ties
    )
