"""Who sits at the table and when: sessions, walk-outs, who speaks for whom, what bodies decide."""

from typing import ClassVar, Literal

from terms.core.binding import arbitrated, bind
from terms.core.entries import Identity, Reaction, Session
from terms.core.event import Event
from terms.core.reducer import Objection, evolve, objections
from terms.core.spelling import NOTHING, AnyWords, Many, WordMap
from terms.core.talks import Talks


class Meet(Event):
    """A session: its round, place, planned and actual time, delegations, chair."""

    EFFECT: ClassVar[str] = "the talks are in session"

    kind: Literal["meet"] = "meet"
    round: str | None = None
    delegations: WordMap = NOTHING
    chair: str | None = None


class Adjourn(Event):
    """The session ends, `until` a date or happening, or without one; `final` ends the talks."""

    EFFECT: ClassVar[str] = "the talks are adjourned; ended when `final`"

    kind: Literal["adjourn"] = "adjourn"
    of: Many = ()
    until: AnyWords | None = None
    final: str | None = None


class WalkOut(Event):
    """Parties leave the talks."""

    EFFECT: ClassVar[str] = "the talks are broken off until the party returns or meets again"

    kind: Literal["walk-out"] = "walk-out"
    by: Many
    of: Many = ()


class Return(Event):
    """Parties come back to the talks."""

    EFFECT: ClassVar[str] = "adjourned once nobody is away"

    kind: Literal["return"] = "return"
    by: Many


class Represent(Event):
    """`through` speaks for `by`, a person or a party, `from` a date `until` another."""

    EFFECT: ClassVar[str] = "who speaks for the party"

    kind: Literal["represent"] = "represent"
    by: Many
    through: Many
    from_: str | None = None
    until: AnyWords | None = None


class Split(Event):
    """A party splits into others; what it accepted binds none of them by itself."""

    EFFECT: ClassVar[str] = "the party is known as split"

    kind: Literal["split"] = "split"
    by: Many
    into: Many


class Merge(Event):
    """Parties become one."""

    EFFECT: ClassVar[str] = "the parties are known as merged"

    kind: Literal["merge"] = "merge"
    by: Many
    into: Many


class Rename(Event):
    """A party takes another name; its id stays."""

    EFFECT: ClassVar[str] = "the party's name"

    kind: Literal["rename"] = "rename"
    by: Many
    name: str


class Decide(Event):
    """A body decides: a council, a court, an assembly, a referendum."""

    EFFECT: ClassVar[str] = "noted at what was decided on; binds only who agreed to be bound by it"

    kind: Literal["decide"] = "decide"
    body: str
    of: Many = ()
    that: AnyWords = ()
    outcome: Literal["approve", "reject", "block", "other"] = "other"


@evolve.register
def meet(event: Meet, talks: Talks) -> Talks:
    """In session: whoever had walked out and is present is back."""
    away = tuple(party for party in talks.session.walked_out if party not in (*event.present, *event.by))
    return talks.with_session(Session("in session", event.id, event.round, event.place, away))


@evolve.register
def adjourn(event: Adjourn, talks: Talks) -> Talks:
    """Adjourned, or ended."""
    now = talks.session
    word: Literal["ended", "adjourned"] = "ended" if event.final == "yes" else "adjourned"
    return talks.with_session(Session(word, event.id, now.round, now.place, now.walked_out))


@evolve.register
def walk_out(event: WalkOut, talks: Talks) -> Talks:
    """Broken off."""
    now = talks.session
    away = tuple(sorted({*now.walked_out, *event.by}))
    return talks.with_session(Session("broken off", event.id, now.round, now.place, away))


@evolve.register
def return_(event: Return, talks: Talks) -> Talks:
    """Back: adjourned once nobody is away."""
    now = talks.session
    away = tuple(party for party in now.walked_out if party not in event.by)
    word = now.state if away or now.state != "broken off" else "adjourned"
    return talks.with_session(Session(word, event.id, now.round, now.place, away))


@evolve.register
def represent(event: Represent, talks: Talks) -> Talks:
    """Who speaks for the party now."""
    return _identified(event, talks, represented_by=event.through)


@evolve.register
def split(event: Split, talks: Talks) -> Talks:
    """Split."""
    return _identified(event, talks, into=event.into)


@evolve.register
def merge(event: Merge, talks: Talks) -> Talks:
    """Merged."""
    return _identified(event, talks, into=event.into)


@evolve.register
def rename(event: Rename, talks: Talks) -> Talks:
    """Renamed."""
    return _identified(event, talks, name=event.name)


def _identified(
    event: Event,
    talks: Talks,
    *,
    represented_by: tuple[str, ...] | None = None,
    into: tuple[str, ...] | None = None,
    name: str | None = None,
) -> Talks:
    after = talks
    for party in event.by:
        old = talks.identities.get(party, Identity())
        made = Identity(represented_by or old.represented_by, into or old.into, name or old.name, event.id)
        after = after.with_identity(party, made)
    return after


@evolve.register
def decide(event: Decide, talks: Talks) -> Talks:
    """Note the decision; one that approves binds whoever agreed to be bound by the body.

    Those are the parties that accepted the body as their judge, and those on whose behalf (`by`) it
    decides where the text waits for their ratification or referendum.
    """
    after = talks
    for reference in event.of:
        after = after.with_reaction(reference, Reaction(f"decide: {event.outcome}", (event.body,), event.id))
        target = talks.target(reference)
        if event.outcome != "approve" or target.version is None:
            continue
        text = talks.header.text.get(target.version.text or "")
        own = tuple(
            party
            for party in event.by
            if text is not None and text.binding_act(party) in ("ratification", "referendum")
        )
        bound = tuple(dict.fromkeys((*own, *arbitrated(talks, event.body))))
        after = bind(after, bound, target.clauses, event=event.id, text=target.version.text, act="referendum")
    return after


@objections.register
def return_objections(event: Return, talks: Talks) -> tuple[Objection, ...]:
    """Only who left can return."""
    return tuple(
        Objection("N609", event.id, f"'{party}' had not left")
        for party in event.by
        if party not in talks.session.walked_out
    )
