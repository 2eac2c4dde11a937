"""Parties bind themselves: they agree, initial, sign, ratify, accede; others guarantee and witness.

The ladder is in principle, text settled, bound by the act the text names. Only the capacity of a party
counts towards agreed; a signature by part of a delegation binds the signers.
"""

from typing import ClassVar, Literal

from terms.core.answering import chosen, has_expired, off_the_table, pick
from terms.core.binding import arbitrated, bind, lifted, matched
from terms.core.entries import BOUND, Clause, LifeMark, Version
from terms.core.event import Answering, Conditional
from terms.core.ordering import orders_of
from terms.core.reducer import Objection, evolve, objections
from terms.core.spelling import NOTHING, AnyWords, Capacity, Flag, Many, WordMap
from terms.core.tabling import clauses_of, package_terms, table
from terms.core.talks import Talks
from terms.ground.maps import Map
from terms.ground.words import FrozenWords


class Agree(Conditional):
    """`by` lists all who agree, on `terms`, on a version `of`, or on both. It makes a version of its own."""

    EFFECT: ClassVar[str] = "all named are bound to the same version; a second agree keeps the first date"
    MOVES_POSITION: ClassVar[bool] = True

    kind: Literal["agree"] = "agree"
    by: Many
    of: Many = ()
    only: Many = ()
    text: str | None = None
    terms: WordMap = NOTHING
    all_of: WordMap = NOTHING
    order: AnyWords = ()
    whole: Flag = False
    in_principle: Flag = False
    ad_referendum: Flag = False


class FormalAct(Answering):
    """An act upon a text or version by parties, in a capacity; `signers` are the persons who held the pen."""

    MOVES_POSITION: ClassVar[bool] = True

    by: Many
    signers: Many = ()
    capacity: Capacity = "party"
    effective: AnyWords | None = None


class Initial(FormalAct):
    """Settles the text; does not yet bind where the text asks for more."""

    EFFECT: ClassVar[str] = "the text is settled for the party"

    kind: Literal["initial"] = "initial"


class Sign(FormalAct):
    """Signs a text, per party and version."""

    EFFECT: ClassVar[str] = (
        "binds the party unless the text asks for ratification; other capacities bind nobody"
    )

    kind: Literal["sign"] = "sign"


class RefuseToSign(FormalAct):
    """Declines to sign; an earlier acceptance stays what it was."""

    EFFECT: ClassVar[str] = "noted in the life of the text; binds and frees nobody"

    kind: Literal["refuse-to-sign"] = "refuse-to-sign"


class Ratify(FormalAct):
    """Ratifies what was signed."""

    EFFECT: ClassVar[str] = "binds the party"

    kind: Literal["ratify"] = "ratify"


class Accede(FormalAct):
    """Joins a text made by others."""

    EFFECT: ClassVar[str] = "binds the party to the current version of the text"

    kind: Literal["accede"] = "accede"


class Guarantee(FormalAct):
    """Stands surety for a text; binds the guarantor to nothing the text lays on others."""

    EFFECT: ClassVar[str] = "noted in the life of the text"

    kind: Literal["guarantee"] = "guarantee"
    terms: WordMap = NOTHING


class Witness(FormalAct):
    """Witnesses an act; binds nobody."""

    EFFECT: ClassVar[str] = "noted in the life of the text"

    kind: Literal["witness"] = "witness"


@evolve.register
def agree(event: Agree, talks: Talks) -> Talks:
    """Bind all who agree to what they agree on."""
    after = talks
    act = "settling" if event.ad_referendum else "acceptance"
    for reference in event.of:
        target = talks.target(reference)
        if target.version is None:
            continue
        clauses = chosen(target, event.only)
        if not event.in_principle:
            after = pick(after, target)
            after = after.without_refusals(lifted(after, event.by, clauses))
        after = bind(
            after, event.by, clauses, event=event.id, text=target.version.text, act=act,
            condition=event.conditions, principle=event.in_principle,
        )  # fmt: skip
    if event.terms or event.all_of:
        after = _joint_version(event, after, act)
    return orders_of(event, after, event.order, agreed=True)


def _joint_version(event: Agree, talks: Talks, act: str) -> Talks:
    flat, packages = package_terms(talks, event.all_of)
    words = FrozenWords({**dict(event.terms.items()), **dict(flat.items())})
    clauses = clauses_of(talks, words, "agreement", event.id, event.stage)
    again = {t: held for t, c in clauses.items() if (held := _held(talks, event, t, c)) is not None}
    after = talks
    for name in sorted(set(again.values())):
        after = after.with_life(name, LifeMark("reaffirm", event.id, event.by, event.date))
    new = Map({term: clause for term, clause in clauses.items() if term not in again})
    if not new:
        return after
    declared = talks.header.text.get(event.text or "")
    version = Version(
        event.id,
        event.by,
        "agreement",
        new,
        packages=Map(packages),
        text=event.text,
        root=event.id,
        whole=event.whole or (declared is not None and declared.whole),
        conditions=event.conditions,
        joint=True,
        judged_by=event.judged_by,
    )
    if not (event.in_principle or event.ad_referendum or event.text is not None):
        return table(after, version)
    return bind(
        after.with_version(version), event.by, new, event=event.id, text=event.text, act=act,
        condition=event.conditions, principle=event.in_principle,
    )  # fmt: skip


def _held(talks: Talks, event: Agree, term: str, clause: Clause) -> str | None:
    """The version of `term` that the same parties agreed in the same words before; None: there is none."""
    cell = talks.cells.get((event.by[0], term, clause.stage))
    for one in cell.bound if cell is not None else ():
        old = talks.clause(one.version, term)
        if (
            old is not None
            and old.stance == clause.stance
            and matched(talks, term, one.version, clause.stage, rung=BOUND)
        ):
            return one.version
    return None


def _act(event: FormalAct, talks: Talks, act: str) -> Talks:
    after = talks
    for reference in event.of:
        target = talks.target(reference)
        name = reference if reference in talks.header.text else target.event
        word = event.kind if event.capacity == "party" else f"{event.kind} as {event.capacity}"
        mark = LifeMark(
            word, event.id, event.by, event.date, effective=event.effective, parties=event.signers
        )
        after = after.with_life(name, mark)
        clauses = chosen(target, event.only)
        if not act or target.version is None or off_the_table(clauses, target.version, event.date, talks):
            continue
        parties, made = _bound_by(event, talks, act)
        after = bind(
            after, parties, clauses, event=event.id, text=target.version.text, act=made,
            condition=event.conditions,
        )  # fmt: skip
    return after


def _bound_by(event: FormalAct, talks: Talks, act: str) -> tuple[tuple[str, ...], str]:
    """Whom the act binds, and as which act it counts.

    Part of a delegation and persons bind the signers, where a signer is a party of its own (a faction).
    An arbiter binds whoever agreed to the arbitration, with no further act.
    """
    if event.capacity == "party":
        return event.by, act
    if event.capacity in ("part-of-delegation", "personal"):
        return tuple(name for name in event.signers if name in talks.header.party), act
    if event.capacity == "arbiter":
        return tuple(sorted({party for name in event.by for party in arbitrated(talks, name)})), "referendum"
    return (), act


@evolve.register
def initial(event: Initial, talks: Talks) -> Talks:
    """Settle the text for the party."""
    return _act(event, talks, "settling")


@evolve.register
def sign(event: Sign, talks: Talks) -> Talks:
    """Bind the party, on the rung its text gives a signature."""
    return _act(event, talks, "signature")


@evolve.register
def refuse_to_sign(event: RefuseToSign, talks: Talks) -> Talks:
    """Note the refusal in the life of the text."""
    return _act(event, talks, "")


@evolve.register
def ratify(event: Ratify, talks: Talks) -> Talks:
    """Bind the party."""
    return _act(event, talks, "ratification")


@evolve.register
def accede(event: Accede, talks: Talks) -> Talks:
    """Bind the party that joins."""
    return _act(event, talks, "referendum")


@evolve.register
def guarantee(event: Guarantee, talks: Talks) -> Talks:
    """Note the guarantee."""
    return _act(event, talks, "")


@evolve.register
def witness(event: Witness, talks: Talks) -> Talks:
    """Note the witness."""
    return _act(event, talks, "")


@objections.register
def agree_objections(event: Agree, talks: Talks) -> tuple[Objection, ...]:
    """What is agreed by name has to be on the table."""
    return tuple(
        Objection("N601", event.id, f"'{reference}' tabled no terms to agree on")
        for reference in event.of
        if talks.version(reference) is None
    )


@objections.register
def formal_objections(event: FormalAct, talks: Talks) -> tuple[Objection, ...]:
    """A formal act needs a text or a version to stand on, and one that is still there."""
    found = []
    for reference in event.of:
        version = talks.version(reference)
        if version is None:
            if reference.partition("/")[0] not in talks.header.text:
                found.append(
                    Objection("N601", event.id, f"'{reference}' names no text and no version on the table")
                )
        elif version.state == "withdrawn":
            found.append(Objection("N602", event.id, f"'{version.id}' had been withdrawn"))
        elif has_expired(version, event.date, talks):
            found.append(Objection("N613", event.id, f"the time of '{version.id}' had passed"))
    return tuple(found)
