"""Doing what was agreed, or not: claims of performance and breach, and who certifies or attributes them.

To have implemented is as much a claim as a violation is, until it is certified or undisputed.
"""

from typing import ClassVar, Literal

from msgspec.structs import replace

from terms.core.entries import Breach, Performance, Reaction
from terms.core.event import Answering
from terms.core.reducer import Objection, evolve, objections
from terms.core.spelling import AnyWords, Many
from terms.core.talks import Talks


class Implement(Answering):
    """A claim, by its source, that something owed was done: yes, partial, no, or amounts by part."""

    EFFECT: ClassVar[str] = "a claim of performance, summed towards what is owed"

    kind: Literal["implement"] = "implement"
    done: AnyWords = "yes"


class Certify(Answering):
    """Somebody confirms a performance, a breach or a happening."""

    EFFECT: ClassVar[str] = "what it names is certified"

    kind: Literal["certify"] = "certify"
    by: Many


class Violate(Answering):
    """`by` is alleged to have violated what `of` names; the allegation is `alleged-by`'s, else the source's."""

    EFFECT: ClassVar[str] = "an alleged breach; never more until somebody verifies it"

    kind: Literal["violate"] = "violate"
    alleged_by: Many = ()
    toward: Many = ()


class Attribute(Answering):
    """`by` says whose deed an incident or a violation was."""

    EFFECT: ClassVar[str] = "an attribution, on somebody's word"

    kind: Literal["attribute"] = "attribute"
    to_whom: Many


@evolve.register
def implement(event: Implement, talks: Talks) -> Talks:
    """Add the claim to what it claims to perform."""
    after = talks
    sources = tuple(citation.id for citation in event.source)
    for reference in event.of:
        made = Performance(event.id, event.by, event.done, sources, event.date)
        after = after.with_performance(reference, made)
    return after


@evolve.register
def certify(event: Certify, talks: Talks) -> Talks:
    """Confirm a performance, a breach, or note the certificate at what it names."""
    after = talks
    for reference in event.of:
        after = certified(event, after, reference)
    return after


def certified(event: Certify, talks: Talks, reference: str) -> Talks:
    """The talks with one thing certified."""
    if (breach := talks.breaches.get(reference)) is not None:
        return talks.with_breach(replace(breach, verified_by=(*breach.verified_by, *event.by)))
    after = talks
    for target, claims in talks.performances.items():
        for claim in claims:
            if claim.event == reference:
                made = replace(claim, certified_by=(*claim.certified_by, *event.by))
                after = after.with_performance(target, made)
    return (
        after
        if after is not talks
        else talks.with_reaction(reference, Reaction("certify", event.by, event.id))
    )


@evolve.register
def violate(event: Violate, talks: Talks) -> Talks:
    """Record the allegation."""
    after = talks
    for reference in event.of:
        after = after.with_breach(Breach(event.id, reference, event.by, event.alleged_by))
        after = after.with_trouble(event.date)
    return after


@evolve.register
def attribute(event: Attribute, talks: Talks) -> Talks:
    """Note the attribution at the incident."""
    after = talks
    for reference in event.of:
        after = after.with_reaction(
            reference, Reaction(f"attribute to {', '.join(event.to_whom)}", event.by, event.id)
        )
    return after


@objections.register
def implement_objections(event: Implement, talks: Talks) -> tuple[Objection, ...]:
    """Performing needs something owed: an agreement, a version, a text, an undertaking or a term."""
    found = []
    for reference in event.of:
        name = reference.partition("/")[0]
        known = name in talks.header.text or name in talks.header.term or reference in talks.undertakings
        if (
            not known
            and talks.version(reference) is None
            and not any(u.event == name for u in talks.undertakings.values())
        ):
            found.append(Objection("N608", event.id, f"'{reference}' names nothing that anybody owes"))
    return tuple(found)
