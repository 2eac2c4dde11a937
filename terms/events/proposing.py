"""A party puts terms on the table: it proposes, counters, amends, withdraws.

Each of the first three makes a version named by the event's id. A counter is a version of its own; an
amendment is the next version of the same text, and what it leaves alone keeps its version per term.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, Literal

from terms.core.entries import Cell, Clause, Version
from terms.core.event import NOTHING, Answering, AnyWords, Conditional, Flag, Many, WordMap
from terms.core.ordering import orders_of
from terms.core.reducer import Objection, evolve, objections
from terms.core.tabling import clauses_of, matched, options_of, package_terms, table
from terms.core.talks import CellKey, Talks, Target
from terms.ground.maps import Map
from terms.ground.words import FrozenWords

Form = Literal["demand", "offer", "float", "ultimatum", "bridging"]


class Propose(Conditional):
    """`by` says what it would sign. Terms it leaves out keep their last stance.

    A float moves no stance and accepts nothing; a bridging text is nobody's acceptance.
    """

    EFFECT: ClassVar[str] = "a version on the table; stances of the mover on the terms named"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["propose"] = "propose"
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


class Counter(Propose):
    """A version of its own that answers `of`, which stays open and is marked countered."""

    EFFECT: ClassVar[str] = "a version of its own; the answered one stays open, marked countered"

    kind: Literal["counter"] = "counter"  # type: ignore[assignment]
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
    version = _version(event, talks)
    after = table(talks, version)
    return orders_of(event, after, event.order, agreed=False) if event.order or event.one_of else after


@evolve.register
def counter(event: Counter, talks: Talks) -> Talks:
    """Table the counter and mark what it answers."""
    after = propose(event, talks)
    for reference in event.of:
        answered = talks.target(reference).version
        if answered is not None:
            after = after.with_version_state(answered.id, countered_by=(*answered.countered_by, event.id))
    return after


@evolve.register
def amend(event: Amend, talks: Talks) -> Talks:
    """Table the next version; an amendment by another party is that party's version of the text."""
    before = talks.target(event.of[0]).version
    form = event.form or (before.form if before is not None else "offer")
    flat, packages = package_terms(talks, event.all_of)
    terms = FrozenWords({**dict(event.terms.items()), **dict(flat.items())})
    clauses = dict(clauses_of(talks, terms, form, event.id, event.stage).items())
    kept = {} if before is None else {k: c for k, c in before.clauses.items() if k not in event.drop}
    options = options_of(talks, event.one_of, form, event.id, event.stage)
    version = Version(
        event.id,
        event.by,
        form,
        Map({**kept, **clauses}),
        options or (before.options if before is not None else options),
        Map(packages) if packages else (before.packages if before is not None else Map()),
        before.text if before is not None else None,
        before.id if before is not None else None,
        before.root if before is not None else event.id,
        before.whole if before is not None else False,
        before.severally if before is not None else False,
        event.expires or (before.expires if before is not None else None),
        before.in_return if before is not None else None,
        event.conditions or (before.conditions if before is not None else None),
    )
    after = talks
    if before is not None and set(event.by) & set(before.by):
        changed = tuple(term for term in before.clauses if term in clauses)
        after = _release(
            talks.with_version_state(before.id, state="amended"), event.by, changed, before.clauses
        )
        after = _release(after, event.by, event.drop, before.clauses, withdrawn_by=event.id)
    return orders_of(event, table(after, version), event.order, agreed=False)


@evolve.register
def withdraw(event: Withdraw, talks: Talks) -> Talks:
    """Take back a version, one option, or some terms. What everybody accepted before stays agreed."""
    after = talks
    for reference in event.of:
        target = talks.target(reference)
        if target.version is None or not set(event.by) & set(target.version.by):
            continue
        after = _withdrawn(event, after, target)
    return after


def _withdrawn(event: Withdraw, talks: Talks, target: Target) -> Talks:
    version = target.version
    assert version is not None
    whole = target.part is None and not event.only
    clauses = dict((target.clauses if target.part is not None else version.clauses).items())
    terms = event.only or tuple(clauses)
    after = _release(talks, event.by, terms, Map(clauses), withdrawn_by=event.id)
    if whole:
        for _, option in sorted(version.options.items()):
            after = _release(after, event.by, tuple(option), option, withdrawn_by=event.id)
        gone = tuple(name for name in after.orders if name.partition("/")[0] == version.id)
        return after.with_version_state(version.id, state="withdrawn").without_orders(gone)
    if target.option is not None:
        options = version.options.remove(target.option)
        return after.with_version_state(version.id, options=options)
    left = Map({term: clause for term, clause in version.clauses.items() if term not in terms})
    return after.with_version_state(version.id, clauses=left)


def _release(
    talks: Talks,
    parties: Iterable[str],
    terms: Iterable[str],
    clauses: Map[str, Clause],
    *,
    withdrawn_by: str | None = None,
) -> Talks:
    """The cells of `parties` without the acceptance of these clauses, unless everybody had accepted them."""
    cells: dict[CellKey, Cell] = {}
    for party in parties:
        for term in terms:
            clause = clauses.get(term)
            key = (party, term, clause.stage) if clause is not None else ("", "", "")
            cell = talks.cells.get(key)
            if clause is None or cell is None or matched(talks, term, clause.version, clause.stage):
                continue
            left = tuple(one for one in cell.bound if one.version != clause.version)
            root = clause.version.partition("/")[0]
            own = cell.version is None or root in (cell.version.partition("/")[0], cell.stance_event)
            if withdrawn_by is not None and own:
                cells[key] = Cell("withdrawn", withdrawn_by, clause.version, "", None, None, left)
            else:
                cells[key] = replace(cell, bound=left)
    return talks.with_cells(cells)


def _version(event: Propose, talks: Talks) -> Version:
    terms = event.terms
    packages: dict[str, tuple[str, ...]] = {}
    if event.all_of:
        flat, packages = package_terms(talks, event.all_of)
        terms = FrozenWords({**dict(event.terms.items()), **dict(flat.items())})
    clauses = clauses_of(talks, terms, event.form, event.id, event.stage)
    if not event.one_of and not packages and type(event) is Propose and event.text is None:
        return Version(
            event.id, event.by, event.form, clauses, root=event.id, whole=event.whole, severally=event.severally,
            expires=event.expires, in_return=event.for_, conditions=event.conditions,
        )  # fmt: skip
    declared = talks.header.text.get(event.text or "")
    return Version(
        event.id,
        event.by,
        event.form,
        clauses,
        options_of(talks, event.one_of, event.form, event.id, event.stage),
        Map(packages),
        event.text,
        event.of[0] if isinstance(event, Counter) else None,
        event.id,
        event.whole or (declared is not None and declared.whole),
        event.severally,
        event.expires,
        event.for_,
        event.conditions,
    )


@objections.register
def counter_objections(event: Counter, talks: Talks) -> tuple[Objection, ...]:
    """A counter should answer something that was tabled."""
    return tuple(
        Objection("N601", event.id, f"'{ref}' tabled no terms to counter")
        for ref in event.of
        if talks.target(ref).version is None
    )


@objections.register
def amend_objections(event: Amend, talks: Talks) -> tuple[Objection, ...]:
    """An amendment needs a text, and one that was not withdrawn."""
    version = talks.target(event.of[0]).version
    if version is None:
        return (Objection("N601", event.id, f"'{event.of[0]}' tabled no terms to amend"),)
    if version.state == "withdrawn":
        return (Objection("N602", event.id, f"'{version.id}' had been withdrawn"),)
    return ()


@objections.register
def withdraw_objections(event: Withdraw, talks: Talks) -> tuple[Objection, ...]:
    """Only who tabled a version can withdraw it."""
    found = []
    for reference in event.of:
        version = talks.target(reference).version
        if version is None:
            found.append(Objection("N601", event.id, f"'{reference}' tabled no terms to withdraw"))
        elif not set(event.by) & set(version.by):
            found.append(Objection("N603", event.id, f"'{version.id}' was tabled by {', '.join(version.by)}"))
    return tuple(found)
