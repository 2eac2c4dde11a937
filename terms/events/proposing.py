"""A party puts terms on the table: it proposes, counters, amends, withdraws.

Each of the first three makes a version named by the event's id. A counter is a version of its own; an
amendment is the next version of the same text, and what it leaves alone keeps its version per term.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from msgspec.structs import replace

from terms.core.binding import matched, release
from terms.core.entries import Clause, Version
from terms.core.event import Answering, Conditional
from terms.core.ordering import orders_of
from terms.core.reducer import Objection, evolve, objections
from terms.core.spelling import NOTHING, AnyWords, Flag, Many, WordMap
from terms.core.tabling import clauses_of, options_of, package_terms, table
from terms.core.talks import Talks, Target
from terms.ground.maps import Map, empty
from terms.ground.words import FrozenWords

Form = Literal["demand", "offer", "float", "ultimatum", "bridging"]


class Tabling(Conditional):
    """What may be tabled together: terms, packages, an either/or, an order, until when, in return for what."""

    MOVES_POSITION: ClassVar[bool] = True

    by: Many
    form: Form = "offer"
    text: str | None = None
    terms: WordMap = NOTHING
    all_of: WordMap = NOTHING
    one_of: WordMap = NOTHING
    order: AnyWords = ()
    for_: AnyWords | None = None
    expires: AnyWords | None = None
    whole: Flag = False
    severally: Flag = False


class Propose(Tabling):
    """`by` says what it would sign. Terms it leaves out keep their last stance.

    A float moves no stance and accepts nothing; a bridging text is nobody's acceptance.
    """

    EFFECT: ClassVar[str] = "a version on the table; stances of the mover on the terms named"

    kind: Literal["propose"] = "propose"


class Counter(Tabling):
    """A version of its own that answers `of`, which stays open and is marked countered."""

    EFFECT: ClassVar[str] = "a version of its own; the answered one stays open, marked countered"

    kind: Literal["counter"] = "counter"
    of: Many


class Amend(Answering):
    """The next version of a text: changes the terms named, drops others, leaves the rest as accepted."""

    EFFECT: ClassVar[str] = "the next version of the text; what it leaves alone keeps its version"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["amend"] = "amend"
    by: Many
    form: Form | None = None
    terms: WordMap = NOTHING
    all_of: WordMap = NOTHING
    one_of: WordMap = NOTHING
    order: AnyWords = ()
    drop: Many = ()
    expires: AnyWords | None = None


class Withdraw(Answering):
    """The author takes back a version or a part of one. It revives nothing older."""

    EFFECT: ClassVar[str] = "the version (or the part named) is off the table; its stances read withdrawn"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["withdraw"] = "withdraw"
    by: Many


@evolve.register
def propose(event: Propose, talks: Talks) -> Talks:
    """Table the version; its order statements come into force with it."""
    return orders_of(event, table(talks, _version(event, talks)), event.order, agreed=False)


@evolve.register
def counter(event: Counter, talks: Talks) -> Talks:
    """Table the counter and mark what it answers."""
    answered = [one for reference in event.of if (one := talks.version(reference)) is not None]
    return orders_of(event, table(talks, _version(event, talks), answered), event.order, agreed=False)


@evolve.register
def amend(event: Amend, talks: Talks) -> Talks:
    """Table the next version; an amendment by another party is that party's version of the text."""
    before = talks.version(event.of[0])
    if before is None:
        return orders_of(
            event, table(talks, _next_version(event, talks, _UNTABLED)), event.order, agreed=False
        )
    version = _next_version(event, talks, before)
    after = talks
    if set(event.by) & set(before.by):
        changed = tuple(term for term in before.clauses if version.clauses.get(term) != before.clauses[term])
        after = after.with_version_state(before.id, state="amended")
        after = release(after, event.by, changed, before.clauses, event.id)
        after = release(after, event.by, event.drop, before.clauses, event.id, withdrawn=True)
    return orders_of(event, table(after, version), event.order, agreed=False)


_UNTABLED = Version("", (), "offer")
"""What an amendment of nothing amends."""


def _next_version(event: Amend, talks: Talks, before: Version) -> Version:
    own = set(event.by) <= set(before.by)
    form = event.form or (before.form if own or before.form not in ("bridging", "float") else "offer")
    flat, packages = package_terms(talks, event.all_of)
    terms = FrozenWords({**dict(event.terms.items()), **dict(flat.items())})
    kept = {term: clause for term, clause in before.clauses.items() if term not in event.drop}
    left = {name: tuple(t for t in held if t not in event.drop) for name, held in before.packages.items()}
    return Version(
        event.id,
        event.by,
        form,
        Map({**kept, **clauses_of(talks, terms, form, event.id, event.stage)}),
        options_of(talks, event.one_of, form, event.id, event.stage) or before.options,
        Map({**left, **packages}),
        before.text,
        before.id or None,
        before.root or event.id,
        before.whole,
        before.severally,
        event.expires or before.expires,
        before.in_return,
        event.conditions or before.conditions,
        judged_by=event.judged_by or before.judged_by,
    )


@evolve.register
def withdraw(event: Withdraw, talks: Talks) -> Talks:
    """Take back a version, an option, some terms, an order, a reservation or an undertaking of one's own.

    What everybody accepted before stays agreed.
    """
    after = talks
    for reference in event.of:
        after = _withdrawn(event, after, reference)
    return after


def _withdrawn(event: Withdraw, talks: Talks, reference: str) -> Talks:
    own = set(event.by)
    orders = [
        name for name, held in talks.orders.items() if reference in (name, held.event) and set(held.by) <= own
    ]
    after = talks.without_orders(orders)
    reserved = talks.reservations.get(reference)
    if reserved is not None and own & set(reserved.by):
        after = after.with_reservation(reference, replace(reserved, withdrawn=True))
    for name, made in talks.undertakings.items():
        if reference in (name, made.event) and set(made.by) <= own:
            after = after.with_undertaking(name, replace(made, recanted_by=event.id))
    target = talks.target(reference)
    if target.version is None or not own & set(target.version.by):
        return after
    return _off_the_table(event, after, target, target.version)


def _off_the_table(event: Withdraw, talks: Talks, target: Target, version: Version) -> Talks:
    clauses = target.clauses
    terms = event.only or tuple(clauses)
    if target.option is not None and version.chosen != target.option:
        terms = tuple(term for term in terms if not _in_another_option(version, target.option, term))
    after = release(talks, event.by, terms, clauses, event.id, withdrawn=True)
    left = tuple(party for party in version.by if party not in event.by)
    if target.part is None and not event.only:
        for _, option in sorted(version.options.items()):
            after = release(after, event.by, tuple(option), option, event.id, withdrawn=True)
        return after.with_version_state(
            version.id, by=left or version.by, state=version.state if left else "withdrawn"
        )
    if left:
        return after
    if target.option is not None:
        if any(_is_kept(after, term, clause) for term, clause in clauses.items()):
            return after
        return after.with_version_state(version.id, options=version.options.delete(target.option))
    kept = Map(
        {
            term: clause
            for term, clause in version.clauses.items()
            if term not in terms or _is_kept(after, term, clause)
        }
    )
    return after.with_version_state(version.id, clauses=kept)


def _in_another_option(version: Version, option: str, term: str) -> bool:
    """Whether another option of the same either/or, one that may have been picked, speaks of the term too."""
    return any(term in other for name, other in version.options.items() if name != option)


def _is_kept(talks: Talks, term: str, clause: Clause) -> bool:
    """Whether a clause stays what its author has taken back too late: everybody had accepted it."""
    return matched(talks, term, clause.version, clause.stage)


def _version(event: Tabling, talks: Talks) -> Version:
    terms = event.terms
    packages: Map[str, tuple[str, ...]] = empty()
    if event.all_of:
        flat, packed = package_terms(talks, event.all_of)
        terms, packages = FrozenWords({**terms, **flat}), Map(packed)
    declared = talks.header.text.get(event.text or "")
    return Version(
        event.id,
        event.by,
        event.form,
        clauses_of(talks, terms, event.form, event.id, event.stage),
        options_of(talks, event.one_of, event.form, event.id, event.stage) if event.one_of else empty(),
        packages,
        event.text,
        event.of[0] if isinstance(event, Counter) else None,
        event.id,
        event.whole or (declared is not None and declared.whole),
        event.severally,
        event.expires,
        event.for_,
        event.conditions,
        judged_by=event.judged_by,
    )


@objections.register
def counter_objections(event: Counter, talks: Talks) -> tuple[Objection, ...]:
    """A counter should answer something that was tabled."""
    return tuple(
        Objection("N601", event.id, f"'{ref}' tabled no terms to counter")
        for ref in event.of
        if talks.version(ref) is None
    )


@objections.register
def amend_objections(event: Amend, talks: Talks) -> tuple[Objection, ...]:
    """An amendment needs a text, and one that was not withdrawn."""
    version = talks.version(event.of[0])
    if version is None:
        return (Objection("N601", event.id, f"'{event.of[0]}' tabled no terms to amend"),)
    if version.state == "withdrawn":
        return (Objection("N602", event.id, f"'{version.id}' had been withdrawn"),)
    return ()


@objections.register
def withdraw_objections(event: Withdraw, talks: Talks) -> tuple[Objection, ...]:
    """Only what was tabled, reserved, ordered or undertaken can be withdrawn, and only by who did so."""
    found = []
    for reference in event.of:
        authors = _authors(talks, reference)
        if authors is None:
            found.append(Objection("N601", event.id, f"'{reference}' tabled no terms to withdraw"))
        elif not set(event.by) & set(authors):
            found.append(Objection("N603", event.id, f"'{reference}' was tabled by {', '.join(authors)}"))
        else:
            found += _missing_parts(event, talks.target(reference))
    return tuple(found)


def _authors(talks: Talks, reference: str) -> tuple[str, ...] | None:
    """Who could withdraw what a reference names; None: there is nothing of the kind."""
    if (reserved := talks.reservations.get(reference)) is not None:
        return reserved.by
    ordered = [held.by for name, held in sorted(talks.orders.items()) if reference in (name, held.event)]
    made = [held.by for name, held in sorted(talks.undertakings.items()) if reference in (name, held.event)]
    version = talks.version(reference)
    tabled = [version.by] if version is not None else []
    return next(iter((*ordered, *made, *tabled)), None)


def _missing_parts(event: Withdraw, target: Target) -> Iterator[Objection]:
    if target.version is None or (target.part is not None and target.clauses):
        return
    known = {
        *target.version.clauses,
        *(term for option in target.version.options.values() for term in option),
    }
    for term in event.only:
        if term not in known:
            says = f"'{target.reference}' says nothing on '{term}'"
            yield Objection("N604", event.id, says, key=("only", term))
