"""Questions 1, 2 and 4: what is agreed and what is not, whose consent is missing, what is undecided."""

from collections.abc import Iterable

from msgspec import Struct

from terms.core.awaiting import ALL_BOUND, accepted_by, missing_consent
from terms.core.consent import consent_of
from terms.core.holding import live_reservation
from terms.core.lasting import AGREED
from terms.core.life import axes
from terms.core.situation import Situation
from terms.views.changes import grouped
from terms.views.consents import agreed_words


class Standing(Struct, frozen=True):
    """How one term stands. `value` is what was agreed, in words; empty short of an agreement.

    `between` are those bound to one version, sorted; short of an agreement nobody, and `accepted` says who
    holds to which version. `missing` are those whose act is still needed, sorted, `reason` says why it is not
    more. `events` are what it rests on, in log order.
    """

    term: str
    stage: str
    state: str
    headline: str
    value: str
    version: str | None
    between: tuple[str, ...]
    missing: tuple[str, ...]
    reason: str
    events: tuple[str, ...]
    reopened: tuple[str, ...] = ()
    accepted: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Agreement(Struct, frozen=True):
    """Question 1: terms agreed, terms on the table and not agreed, declared terms that nobody raised.

    `withdrawn` are terms on which nobody holds a position any more.
    """

    agreed: tuple[Standing, ...]
    not_agreed: tuple[Standing, ...]
    not_raised: tuple[str, ...]
    withdrawn: tuple[Standing, ...] = ()


class Undecided(Struct, frozen=True):
    """Question 4: one thing left open: a term, a reservation, a denied statement, an unclear date."""

    what: str
    kind: str
    because: str
    events: tuple[str, ...]


def agreement(
    at: Situation, *, parties: Iterable[str] | None = None, terms: Iterable[str] | None = None
) -> Agreement:
    """Question 1, of all terms or of `terms`. `parties` None: whose consent each term needs; else these."""
    asked = tuple(parties) if parties is not None else None
    found = [
        standing(at, term, parties=asked) for term in grouped(at.header.term if terms is None else terms)
    ]
    return Agreement(
        tuple(one for one in found if one.state in AGREED),
        tuple(one for one in found if one.state not in (*AGREED, "not raised")),
        tuple(one.term for one in found if one.state == "not raised" and not one.events),
        tuple(one for one in found if one.state == "not raised" and one.events),
    )


def standing(
    at: Situation, term: str, *, stage: str | None = None, parties: Iterable[str] | None = None
) -> Standing:
    """Question 2: how `term` stands and whose consent is missing, with the reason if there is one."""
    consent = consent_of(at, term, stage=stage, parties=parties)
    words = "withdrawn" if consent.is_withdrawn else consent.state
    headline = words if parties is not None else axes(at, term, stage=stage).headline
    return Standing(
        term,
        consent.stage,
        consent.state,
        headline,
        agreed_words(at, consent),
        consent.version,
        consent.between if consent.state in ALL_BOUND else (),
        missing_consent(at, consent, parties=parties),
        consent.reason,
        consent.rests_on,
        consent.reopened,
        accepted_by(at, consent),
    )


def undecided(at: Situation) -> tuple[Undecided, ...]:
    """Question 4: terms raised and not agreed, live reservations, statements denied, dates unclear by now."""
    found = [
        Undecided(one.term, "term", one.reason or one.state, one.events) for one in agreement(at).not_agreed
    ]
    for name, held in sorted(at.talks.reservations.items()):
        if live_reservation(at, name):
            because = held.note or "a reservation that the others have not accepted"
            found.append(Undecided(name, "reservation", because, (name.partition("/")[0],)))
    found.extend(_denied(at))
    found.extend(_straddling(at))
    return tuple(found)


def _denied(at: Situation) -> Iterable[Undecided]:
    for name, reactions in sorted(at.talks.reactions.items()):
        deniers = [one for one in reactions if one.kind == "deny"]
        if deniers:
            who = ", ".join(sorted({party for one in deniers for party in one.by}))
            events = tuple(one.event for one in deniers)
            yield Undecided(name, "statement", f"denied by {who or 'a source'}", events)


def _straddling(at: Situation) -> Iterable[Undecided]:
    for event in at.history.events[: at.steps]:
        first, last = event.date.earliest, event.date.latest
        if (last is None or last > at.moment) and (first is None or first <= at.moment):
            yield Undecided(event.id, "date", f"unclear by then: dated {event.date.text}", (event.id,))
