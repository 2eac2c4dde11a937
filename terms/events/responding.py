"""The other side answers: accepts, rejects, defers, refers, studies, recants.

A response binds its author to a version, term by term. In principle, study and receipt change what a
party says, not what it would accept. A reservation is itself answerable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal

from msgspec.structs import replace

from terms.core.answering import (
    chosen,
    has_expired,
    off_the_table,
    own_words,
    pick,
    places_of,
    reserve,
    target_of,
)
from terms.core.binding import bind, lifted, said
from terms.core.entries import Bound, Cell, Refusal, Status, Version
from terms.core.event import Answering, Conditional
from terms.core.reducer import Objection, evolve, objections
from terms.core.spelling import NOTHING, Capacity, Flag, Many, WordMap
from terms.core.talks import CellKey, Talks, Target


class Response(Answering):
    """An answer by a party; `option` picks one of an either/or (the same as `of: EVENT/OPTION`)."""

    MOVES_POSITION: ClassVar[bool] = True

    by: Many
    option: str | None = None


class Accept(Response):
    """Accepts a version: whole, some terms, one option, in principle, with reservations, under conditions."""

    EFFECT: ClassVar[str] = "the responder is bound to the version named, term by term"

    kind: Literal["accept"] = "accept"
    in_principle: Flag = False
    reservations: WordMap = NOTHING
    except_: Many = ()
    capacity: Capacity = "party"


class Reject(Response):
    """Bars the deal in which all rejected terms hold as proposed. The rejecter's own stance stays."""

    EFFECT: ClassVar[str] = (
        "the version is refused; an own acceptance of it is recanted; the own stance stays"
    )

    kind: Literal["reject"] = "reject"


class Defer(Conditional):
    """Puts terms off to a later stage or happening. Deferral is not withdrawal."""

    EFFECT: ClassVar[str] = "status deferred; the stance survives in the later stage"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["defer"] = "defer"
    by: Many
    of: Many = ()
    only: Many = ()
    terms: Many = ()
    until: str | None = None


class Refer(Response):
    """Hands a version to another body to answer."""

    EFFECT: ClassVar[str] = "status referred"

    kind: Literal["refer"] = "refer"
    to_body: str | None = None


class Study(Response):
    """Acknowledges receipt and takes the version under study: no position yet."""

    EFFECT: ClassVar[str] = "status under study; no position"

    kind: Literal["study"] = "study"
    until: str | None = None


class Recant(Response):
    """Takes back an acceptance of one's own."""

    EFFECT: ClassVar[str] = "the acceptance named no longer binds"

    kind: Literal["recant"] = "recant"


@evolve.register
def accept(event: Accept, talks: Talks) -> Talks:
    """Bind the responder; accepting a withdrawn version changes only the responder's own words."""
    after = talks
    for reference in event.of:
        target = target_of(talks, reference, event.option)
        if target.reference in talks.reservations:
            held = talks.reservations[target.reference]
            after = after.with_reservation(
                target.reference, replace(held, accepted_by=(*held.accepted_by, *event.by))
            )
        elif target.version is not None and event.capacity == "party":
            after = _accepted(event, after, target)
    return after


def _accepted(event: Accept, talks: Talks, target: Target) -> Talks:
    version = target.version
    assert version is not None
    clauses = chosen(target, event.only, event.except_)
    after, reservations = reserve(talks, event.by, event.id, event.reservations, clauses, version.text)
    if off_the_table(clauses, version, event.date, talks):
        return after.with_cells(own_words(event.by, talks, clauses, event.id))
    if not event.in_principle:
        after = pick(after, target)
    after = after.without_refusals(lifted(after, event.by, clauses))
    return bind(
        after, event.by, clauses, event=event.id, text=version.text, act="acceptance",
        condition=event.conditions, reservations=reservations, principle=event.in_principle,
    )  # fmt: skip


@evolve.register
def reject(event: Reject, talks: Talks) -> Talks:
    """Refuse a version or a reservation; rejecting what one had accepted recants it."""
    after = talks
    is_first = True
    for reference in event.of:
        target = target_of(talks, reference, event.option)
        if target.reference in talks.reservations:
            held = talks.reservations[target.reference]
            after = after.with_reservation(
                target.reference, replace(held, rejected_by=(*held.rejected_by, *event.by))
            )
        elif target.version is not None:
            after = _rejected(event, after, target, target.version, is_first=is_first)
            is_first = False
    return after


def _rejected(event: Reject, talks: Talks, target: Target, version: Version, *, is_first: bool) -> Talks:
    clauses = dict(chosen(target, event.only).items())
    if target.part is None:
        for _, option in sorted(version.options.items()):
            clauses.update(
                {t: c for t, c in option.items() if t not in clauses and (not event.only or t in event.only)}
            )
    cells: dict[CellKey, Cell] = {}
    for party in event.by:
        for term, clause in clauses.items():
            key = (party, term, clause.stage)
            cell = said(talks, key, "rejected", event.id, clause.version)
            left = tuple([one for one in cell.bound if one.version != clause.version])
            cells[key] = replace(cell, bound=left) if len(left) < len(cell.bound) else cell
    name = version.id if target.option is None else f"{version.id}/{target.option}"
    own = event.id if is_first else f"{event.id}/{name}"
    return talks.with_refusal(Refusal(event.by, name, tuple(sorted(clauses)), event.id, own), cells)


@evolve.register
def defer(event: Defer, talks: Talks) -> Talks:
    """Say later: for the terms named, or those of the version answered."""
    places: dict[str, tuple[str, str | None]] = {term: (talks.stage_of(term), None) for term in event.terms}
    places.update(places_of((talks.target(reference) for reference in event.of), event.only))
    return _say(event.by, places, talks, "deferred", event.id, event.until or "")


@evolve.register
def refer(event: Refer, talks: Talks) -> Talks:
    """Say that another body will answer."""
    return _say(event.by, _places(event, talks), talks, "referred", event.id, event.to_body or "")


@evolve.register
def study(event: Study, talks: Talks) -> Talks:
    """Say that the version was received and is being studied; a party that accepted it stays bound."""
    return _say(event.by, _places(event, talks), talks, "under study", event.id, event.until or "")


@evolve.register
def recant(event: Recant, talks: Talks) -> Talks:
    """Remove the acceptance that `of` names, by the accepting event, by what was accepted or by its text."""
    cells: dict[CellKey, Cell] = {}
    for key, cell in talks.cells.items():
        if key[0] not in event.by or (event.only and key[1] not in event.only):
            continue
        gone = tuple(one for one in cell.bound if _is_named(event, talks, key, one))
        if gone:
            left = tuple(one for one in cell.bound if one not in gone)
            cells[key] = Cell("withdrawn", event.id, gone[0].version, "recanted", None, None, left)
    after = talks.with_cells(cells)
    for name, made in talks.undertakings.items():
        if {name, made.event} & set(event.of) and set(made.by) <= set(event.by):
            after = after.with_undertaking(name, replace(made, recanted_by=event.id))
    return after


def _is_named(event: Recant, talks: Talks, key: CellKey, one: Bound) -> bool:
    for reference in event.of:
        if reference in (one.event, one.version, one.version.partition("/")[0], one.text):
            return True
        clause = target_of(talks, reference, event.option).clauses.get(key[1])
        if clause is not None and (clause.version, clause.stage) == (one.version, key[2]):
            return True
    return False


def _places(event: Response, talks: Talks) -> dict[str, tuple[str, str]]:
    return places_of((target_of(talks, reference, event.option) for reference in event.of), event.only)


def _say(
    parties: Iterable[str],
    places: Mapping[str, tuple[str, str | None]] | Mapping[str, tuple[str, str]],
    talks: Talks,
    status: Status,
    event: str,
    detail: str,
) -> Talks:
    cells = {
        (party, term, stage): said(talks, (party, term, stage), status, event, version, detail)
        for party in parties
        for term, (stage, version) in places.items()
    }
    return talks.with_cells(cells)


@objections.register
def response_objections(event: Response, talks: Talks) -> tuple[Objection, ...]:
    """An answer needs something that was tabled and is still on the table, and terms that stand in it."""
    found: list[Objection] = []
    for reference in event.of:
        target = target_of(talks, reference, event.option)
        if target.reference not in talks.reservations:
            found += _unfit(event, talks, target)
    return tuple(found)


@objections.register
def recant_objections(event: Recant, talks: Talks) -> tuple[Objection, ...]:
    """Only an acceptance or an undertaking of one's own can be taken back."""
    after = recant(event, talks)
    if after is not talks:
        return ()
    named = ", ".join(event.of)
    return (Objection("N616", event.id, f"'{named}' holds no acceptance by {', '.join(event.by)}"),)


def _unfit(event: Response, talks: Talks, target: Target) -> Iterable[Objection]:
    version = target.version
    if version is None:
        kept = sorted(name for name in talks.reservations if name.startswith(f"{target.reference}/"))
        hint = f"; its reservations are answered one by one: {', '.join(kept)}" if kept else ""
        yield Objection("N601", event.id, f"'{target.reference}' tabled no terms to answer{hint}")
        return
    if isinstance(event, Accept) and version.state == "withdrawn":
        yield Objection("N602", event.id, f"'{version.id}' had been withdrawn")
    elif version.state != "withdrawn" and has_expired(version, event.date, talks):
        yield Objection("N613", event.id, f"the time of '{version.id}' had passed")
    if target.part is not None and not target.clauses:
        yield Objection("N604", event.id, f"'{version.id}' has no part '{target.part}'")
        return
    for term in event.only:
        if term not in target.clauses and not any(term in option for option in version.options.values()):
            says = f"'{target.reference}' says nothing on '{term}'"
            yield Objection("N604", event.id, says, key=("only", term))
