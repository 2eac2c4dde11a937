"""Question 3: which moves could change a term now: versions on the table, reservations, conditions."""

from collections.abc import Iterator

from msgspec import Struct

from terms.core.entries import Clause, Version
from terms.core.holding import live_reservation
from terms.core.knowledge import knows_words
from terms.core.situation import Situation, earliest, latest
from terms.values import Outcome
from terms.views.wording import condition_words, stance_words, time_words


class OpenMove(Struct, frozen=True):
    """One thing somebody could do now.

    `what` is the reference an answer would name (EVENT, EVENT/OPTION, EVENT/RESERVATION), `does` what it
    would be (accept, accept or withdraw the reservation, meet or waive the condition, ratify). `who` could do
    it, sorted: nobody is offered what it has not come to know.
    `conditions` hang on it in words. `until` is its expiry in words; `unclear` when it may have expired.
    """

    term: str
    what: str
    does: str
    who: tuple[str, ...]
    words: str
    conditions: str
    until: str
    unclear: bool
    events: tuple[str, ...]


def open_moves(at: Situation, term: str) -> tuple[OpenMove, ...]:
    """Question 3, in the order of the record."""
    found = [*_versions(at, term), *_reservations(at, term), *_conditions(at, term), *_rungs(at, term)]
    return tuple(sorted(found, key=lambda move: (at.history.index(move.events[0]), move.what, move.does)))


def is_open(at: Situation, version: Version) -> bool | None:
    """Whether a version is on the table: not withdrawn, amended, joint or expired. None: unclear."""
    if version.state != "open" or version.joint:
        return False
    if version.expires is None:
        return True
    end = at.date_of(version.expires)
    if end is None or earliest(end) > at.moment:
        return True
    return None if latest(end) >= at.moment else False


def _versions(at: Situation, term: str) -> Iterator[OpenMove]:
    for version in at.talks.versions.values():
        standing = is_open(at, version)
        if standing is False:
            continue
        for what, clause in _clauses(version, term):
            needed = at.header.consent(term, version.text)
            who = tuple(
                party
                for party in needed
                if not _bound(at, party, term, clause)
                and (party not in version.by or _taken_up(at, needed, version, term, clause))
                and knows_words(at.talks, version.id, party, term)
            )
            if who:
                yield OpenMove(
                    term,
                    what,
                    "accept",
                    who,
                    stance_words(clause.stance),
                    condition_words(version.conditions),
                    time_words(version.expires) if version.expires is not None else "",
                    standing is None,
                    (version.id, *version.countered_by),
                )


def _taken_up(at: Situation, needed: tuple[str, ...], version: Version, term: str, clause: Clause) -> bool:
    """Whether somebody else holds to it, so that an author who has moved on could come back to it."""
    return any(party not in version.by and _bound(at, party, term, clause) for party in needed)


def _clauses(version: Version, term: str) -> Iterator[tuple[str, Clause]]:
    if (clause := version.clauses.get(term)) is not None:
        yield version.id, clause
    if version.chosen is not None:
        return
    for name, option in version.options.items():
        if (clause := option.get(term)) is not None:
            yield f"{version.id}/{name}", clause


def _bound(at: Situation, party: str, term: str, clause: Clause) -> bool:
    cell = at.talks.cells.get((party, term, clause.stage))
    return cell is not None and any(one.version == clause.version for one in cell.bound)


def _reservations(at: Situation, term: str) -> Iterator[OpenMove]:
    for name, held in at.talks.reservations.items():
        if term in held.terms and live_reservation(at, name):
            who = tuple(
                party for party in at.header.consent(term) if party not in (*held.by, *held.accepted_by)
            )
            event = name.partition("/")[0]
            for does, able in (("accept the reservation", who), ("withdraw the reservation", held.by)):
                yield OpenMove(term, name, does, able, held.note, "", "", False, (event,))


def _conditions(at: Situation, term: str) -> Iterator[OpenMove]:
    for (party, named, _), cell in at.talks.cells.items():
        if named != term:
            continue
        for one in cell.bound:
            if one.condition is not None and at.outcome(one.condition) is not Outcome.MET:
                outcome = at.outcome(one.condition).value.replace("-", " ")
                words = condition_words(one.condition)
                yield OpenMove(
                    term,
                    one.event,
                    f"waive or see met ({outcome})",
                    (party,),
                    words,
                    words,
                    "",
                    False,
                    (one.event,),
                )


def _rungs(at: Situation, term: str) -> Iterator[OpenMove]:
    for (party, named, _), cell in at.talks.cells.items():
        for one in cell.bound:
            text = at.header.text.get(one.text or "")
            if named == term and one.rung == 1 and text is not None:
                act = text.binding_act(party)
                yield OpenMove(
                    term, text.id, f"bind by {act}", (party,), text.title, "", "", False, (one.event,)
                )
