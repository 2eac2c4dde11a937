"""Speaking: for whom an event speaks, who hears it, and what does not fit whoever is speaking.

What is asked here is asked of every kind of event: whether the speaker may move the party's position,
whether the party still exists, whether two who may speak for it differ, and whether the sums that were
spoken add up.
"""

from collections.abc import Iterator
from functools import cache

from terms.core.event import Event
from terms.core.objection import Objection
from terms.core.spelling import NOTHING
from terms.core.tabling import option_terms, package_terms, stance_of
from terms.core.talks import CellKey, Talks
from terms.ground.words import FrozenWords, Words
from terms.values import Unreadable
from terms.values.stance_parts import compatible_stances, sum_fault

REPORTED = ("violate", "incident")
"""Kinds whose `by` is who is said to have done it, not who speaks."""


def speaks_for_party(event: Event, talks: Talks) -> bool:
    """Whether the event can move its party's position: by its head, a delegate, or no named person."""
    if not event.MOVES_POSITION:
        return True
    return standing_of(event, talks) in ("head", "delegate")


def standing_of(event: Event, talks: Talks) -> str:
    """The standing in which the event is spoken: as it says, else as its speaker is declared, else delegate."""
    return talks.header.standing(event.speaker, event.standing)


def knowers(event: Event, talks: Talks) -> frozenset[str]:
    """The parties that know of an event at the moment it happens: who acts, is addressed, passes on, is present.

    An internal paper is known to its own side alone. Persons count for the party they belong to.
    """
    named = event.by if event.channel == "internal" else (*event.by, *event.to, *event.via, *event.present)
    persons = talks.header.person
    parties = {persons[name].of or name if name in persons else name for name in named}
    if event.speaker in persons and (own := persons[event.speaker].of):
        parties.add(own)
    return frozenset(parties)


# ---- voices --------------------------------------------------------------------------------------


def with_voice(event: Event, before: Talks, after: Talks) -> Talks:
    """The talks knowing which stances a named head or delegate gave by this event."""
    if event.speaker is None or not event.MOVES_POSITION or after.cells is before.cells:
        return after
    return after.with_voices(given_by(event, after), standing_of(event, after), event.id)


def given_by(event: Event, talks: Talks) -> tuple[CellKey, ...]:
    """The cells whose stance this event gave, sorted."""
    stages = {"", *talks.header.stage, *((event.stage,) if event.stage else ())}
    keys = {
        (party, term, stage) for party in event.by for term in _terms_of(event, talks) for stage in stages
    }
    given = ((key, talks.cells.get(key)) for key in keys)
    return tuple(sorted(key for key, cell in given if cell is not None and cell.stance_event == event.id))


def _terms_of(event: Event, talks: Talks) -> set[str]:
    """The terms the event may speak of: those it names, and those of what it tabled or answers."""
    listed = getattr(event, "terms", ())
    found = {term for term, _ in spoken_terms(event, talks)} | {*listed}
    for reference in (event.id, *getattr(event, "of", ())):
        version = talks.version(reference)
        if version is not None:
            found.update(version.clauses, *version.options.values())
    return found


# ---- objections to any kind of event -------------------------------------------------------------


def misfits(event: Event, talks: Talks) -> tuple[Objection, ...]:
    """What does not fit about who acts and what is said, whatever the kind of event."""
    found = tuple(_gone(event, talks)) if talks.identities else ()
    for name in _spelling(type(event)):
        told = getattr(event, name)
        if told is not NOTHING and isinstance(told, FrozenWords) and FrozenWords in map(type, told.values()):
            return found + tuple(_sums(event, talks))
    return found


def unheard(event: Event) -> Objection:
    """The objection to a move by somebody whose word cannot move the party's position."""
    who = event.speaker or "the speaker"
    return Objection("N615", event.id, f"{who} does not speak for {', '.join(event.by) or 'a party'} here")


def _gone(event: Event, talks: Talks) -> Iterator[Objection]:
    if event.kind in REPORTED:
        return
    for party in event.by:
        known = talks.identities.get(party)
        if known is not None and known.into and party not in known.into:
            yield Objection("N614", event.id, f"'{party}' had become {', '.join(known.into)}")


def two_voices(event: Event, before: Talks, after: Talks) -> tuple[Objection, ...]:
    """Where a named head or delegate says what another voice of the same party does not."""
    if event.speaker is None or not event.MOVES_POSITION or after.cells is before.cells:
        return ()
    return tuple(_differing(event, before, after))


def _differing(event: Event, before: Talks, after: Talks) -> Iterator[Objection]:
    standing = standing_of(event, after)
    for key in given_by(event, after):
        other, earlier = before.voices.get(key, (standing, ""))
        old, new = before.cells.get(key), after.cells[key]
        if other == standing or old is None or old.stance is None or old.stance_event != earlier:
            continue
        if new.stance is not None and compatible_stances(old.stance, new.stance).is_compatible is False:
            sentence = f"the {standing} of '{key[0]}' differs on '{key[1]}' from its {other} ('{earlier}')"
            yield Objection("N611", event.id, sentence)


def _sums(event: Event, talks: Talks) -> Iterator[Objection]:
    for term, words in spoken_terms(event, talks):
        if type(words) is not FrozenWords:
            continue
        try:
            fault = sum_fault(stance_of(talks, term, words, "offer"))
        except Unreadable:
            continue
        if fault is not None:
            yield Objection("N612", event.id, f"'{term}': {fault}")


def spoken_terms(event: Event, talks: Talks) -> list[tuple[str, Words]]:
    """(term, words) of every stance the event spells, those of packages and options included."""
    found: list[tuple[str, Words]] = []
    for name in _spelling(type(event)):
        told = getattr(event, name)
        if told is NOTHING or not isinstance(told, FrozenWords):
            continue
        if name == "terms":
            found += told.items()
        elif name == "all_of":
            found += package_terms(talks, told)[0].items()
        else:
            for words in told.values():
                found += option_terms(talks, words).items()
    return found


@cache
def _spelling(kind: type[Event]) -> tuple[str, ...]:
    """Which fields with stances a kind of event has; asking the event for one it lacks is dear."""
    return tuple(name for name in ("terms", "all_of", "one_of") if name in kind.model_fields)
