"""The other side answers: accepts, rejects, defers, refers, studies, recants.

A response binds its author to a version, term by term. In principle, study and receipt change what a
party says, not what it would accept. A reservation is itself answerable.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, Literal

from terms.core.entries import Cell, Clause, Refusal, Reservation, Status
from terms.core.event import NOTHING, Answering, Capacity, Conditional, Flag, Many, WordMap
from terms.core.reducer import Objection, evolve, objections
from terms.core.tabling import bind, matched, said
from terms.core.talks import CellKey, Talks, Target
from terms.ground.maps import Map
from terms.ground.words import FrozenWords, Words


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
        target = _target(talks, reference, event.option)
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
    clauses = _chosen(target, event.only, event.except_)
    after, reservations = _reserve(event, talks, clauses)
    if version.state == "withdrawn" and not all(
        matched(talks, t, c.version, c.stage) for t, c in clauses.items()
    ):
        cells = {
            (party, term, clause.stage): replace(
                said(talks, (party, term, clause.stage), "accepted", event.id, clause.version),
                stance=clause.stance,
                stance_event=event.id,
            )
            for party in event.by
            for term, clause in clauses.items()
        }
        return after.with_cells(cells)
    if target.option is not None and not event.in_principle:
        after = _pick(after, target, event.id)
    after = after.without_refusals(_lifted(after, event.by, clauses))
    return bind(
        after, event.by, clauses, event=event.id, text=version.text, act="acceptance",
        condition=event.conditions, reservations=reservations, principle=event.in_principle,
    )  # fmt: skip


def _reserve(
    event: Accept, talks: Talks, clauses: Map[str, Clause]
) -> tuple[Talks, dict[str, tuple[str, ...]]]:
    """The talks with each reservation of the event, and the terms each keeps back (all accepted ones by default)."""
    named: dict[str, tuple[str, ...]] = {}
    for name, words in event.reservations.items():
        terms = _terms(words) or tuple(sorted(clauses))
        note = str(words.get("note") or "") if isinstance(words, FrozenWords) else str(words)
        named[f"{event.id}/{name}"] = terms
        talks = talks.with_reservation(f"{event.id}/{name}", Reservation(event.by, terms, note))
    return talks, named


def _terms(words: Words) -> tuple[str, ...]:
    only = words.get("only") if isinstance(words, FrozenWords) else None
    if only is None:
        return ()
    return (only,) if isinstance(only, str) else tuple(str(term) for term in only)


def _pick(talks: Talks, target: Target, event: str) -> Talks:
    """Picking an option binds those who tabled it to its terms; other options leave no trace in their cells."""
    version = target.version
    assert version is not None
    after = talks.with_version_state(version.id, chosen=target.option)
    return bind(after, version.by, target.clauses, event=version.id, text=version.text, act="acceptance")


def _lifted(talks: Talks, parties: Iterable[str], clauses: Map[str, Clause]) -> tuple[str, ...]:
    """The rejections of these parties that accepting these clauses takes back."""
    own = set(parties)
    versions = {clause.version for clause in clauses.values()}
    return tuple(
        one.event
        for one in sorted(talks.refusals.values(), key=lambda one: one.event)
        if set(one.by) <= own
        and set(one.terms) <= set(clauses)
        and one.version in versions | {v.partition("/")[0] for v in versions}
    )


@evolve.register
def reject(event: Reject, talks: Talks) -> Talks:
    """Refuse a version or a reservation; rejecting what one had accepted recants it."""
    after = talks
    for reference in event.of:
        target = _target(talks, reference, event.option)
        if target.reference in talks.reservations:
            held = talks.reservations[target.reference]
            after = after.with_reservation(
                target.reference, replace(held, rejected_by=(*held.rejected_by, *event.by))
            )
        elif target.version is not None:
            after = _rejected(event, after, target)
    return after


def _rejected(event: Reject, talks: Talks, target: Target) -> Talks:
    version = target.version
    assert version is not None
    clauses = dict(_chosen(target, event.only, ()).items())
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
            cells[key] = replace(
                cell, bound=tuple(one for one in cell.bound if one.version != clause.version)
            )
    name = version.id if target.option is None else f"{version.id}/{target.option}"
    return talks.with_cells(cells).with_refusal(Refusal(event.by, name, tuple(sorted(clauses)), event.id))


@evolve.register
def defer(event: Defer, talks: Talks) -> Talks:
    """Say later: for the terms named, or those of the version answered."""
    places: dict[str, tuple[str, str | None]] = {term: (talks.stage_of(term), None) for term in event.terms}
    for reference in event.of:
        for term, clause in _chosen(talks.target(reference), event.only, ()).items():
            places[term] = (clause.stage, clause.version)
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
    """Remove the acceptance that `of` names, by the accepting event or by the version accepted."""
    cells: dict[CellKey, Cell] = {}
    names = set(event.of)
    for key, cell in talks.cells.items():
        if key[0] not in event.by or (event.only and key[1] not in event.only):
            continue
        left = tuple(one for one in cell.bound if not names & {one.event, one.version, one.text or ""})
        if left != cell.bound:
            cells[key] = Cell("withdrawn", event.id, cell.bound[0].version, "recanted", None, None, left)
    return talks.with_cells(cells)


def _target(talks: Talks, reference: str, option: str | None) -> Target:
    return talks.target(f"{reference}/{option}" if option is not None else reference)


def _chosen(target: Target, only: Iterable[str], without: Iterable[str]) -> Map[str, Clause]:
    wanted, left = tuple(only), set(without)
    if not wanted and not left:
        return target.clauses
    return Map({t: c for t, c in target.clauses.items() if (not wanted or t in wanted) and t not in left})


def _places(event: Response, talks: Talks) -> dict[str, tuple[str, str | None]]:
    places: dict[str, tuple[str, str | None]] = {}
    for reference in event.of:
        target = _target(talks, reference, event.option)
        for term, clause in _chosen(target, event.only, ()).items():
            places[term] = (clause.stage, clause.version)
    return places


def _say(
    parties: Iterable[str],
    places: dict[str, tuple[str, str | None]],
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
        target = _target(talks, reference, event.option)
        if target.reference in talks.reservations:
            continue
        found.extend(_unfit(event, target))
    return tuple(found)


def _unfit(event: Response, target: Target) -> Iterable[Objection]:
    version = target.version
    if version is None:
        if not isinstance(event, Recant):
            yield Objection("N601", event.id, f"'{target.reference}' tabled no terms to answer")
        return
    if version.state == "withdrawn" and isinstance(event, Accept):
        yield Objection("N602", event.id, f"'{version.id}' had been withdrawn")
    known = {*target.clauses, *(t for option in version.options.values() for t in option)}
    for term in event.only:
        if term not in known:
            yield Objection("N604", event.id, f"'{target.reference}' says nothing on '{term}'")
