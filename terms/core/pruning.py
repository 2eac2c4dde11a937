"""What of a header a party can know: what the events that it saw name, and what those declarations need.

A term that only a paper hidden from a party speaks of is not declared to that party, and neither is whoever is
named there alone. Belligerents, and the party itself, are always known.
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from terms.core.event import Event
from terms.core.header import Header
from terms.ground.patterns import late
from terms.ground.words import FrozenWords, Plain, Words

_NAME = late(r"[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*")


def declared_to(party: str, header: Header, shown: Iterable[Event]) -> Header:
    """Of the header what `party` can know of: what the events that it saw name, itself, and the belligerents."""
    return named_by(header, shown, also=(party, *header.belligerents))


def named_by(header: Header, shown: Iterable[Event], *, also: Iterable[str] = ()) -> Header:
    """The header with no more than these events name and `also` is known, and what those declarations need themselves.

    Events are looked at until all that is declared is named.
    """
    every = declared_names(header)
    named = every.intersection(also)
    for event in shown:
        if len(named) == len(every):
            break
        named |= every & names_in(event.words())
    named = _closed(header, named)
    return Header(
        title=header.title,
        tick=header.tick,
        parties=tuple(one for one in header.parties if one.id in named),
        persons=tuple(one for one in header.persons if one.id in named),
        stages=tuple(one for one in header.stages if one.id in named),
        terms=tuple(one for one in header.terms if one.id in named),
        texts=tuple(
            replace(one, links=tuple((kind, to) for kind, to in one.links if to in named))
            for one in header.texts
            if one.id in named
        ),
        happenings=tuple(one for one in header.happenings if one.id in named),
        logic=tuple(
            one for one in header.logic if names_in(one.order) & every <= named and one.source in named
        ),
        sources=tuple(one for one in header.sources if one.id in named),
    )


def declared_names(header: Header) -> set[str]:
    """The names of everything declared, in all sections together."""
    sections = (
        header.party,
        header.person,
        header.stage,
        header.term,
        header.text,
        header.happening,
        header.source,
    )
    return {name for section in sections for name in section}


def names_in(words: Plain | Words) -> set[str]:
    """Every name in words, whatever it stands for, and all that dotted names are derived from."""
    if isinstance(words, str):
        found: set[str] = set()
        for name in _NAME.findall(words):
            while name:
                found.add(name)
                name = name.rpartition(".")[0]
        return found
    if isinstance(words, Mapping):
        parts: list[Plain | Words] = [*words.keys(), *words.values()]
    else:
        parts = [*words]
    return {name for part in parts for name in names_in(part)}


def _closed(header: Header, named: set[str]) -> set[str]:
    """The names and those that their declarations name, until nothing is added. Prose in them names nothing."""
    found = set(named)
    while more := set(_needed(header, found)) - found:
        found |= more
    return found


def _needed(header: Header, named: set[str]) -> Iterable[str]:
    for person in header.persons:
        if person.id in named and person.of:
            yield person.of
    for party in header.parties:
        if party.id in named and party.faction_of:
            yield party.faction_of
    for term in header.terms:
        if (
            term.id in named
        ):  # a term without consent of its own needs every belligerent's: that is its meaning
            yield from (*(term.consent or header.belligerents), *([term.stage] if term.stage else ()))
            yield from names_in(list(term.declaration.of)) if term.declaration.type == "parties" else ()
    for text in header.texts:
        if text.id in named:
            yield from text.parties
            yield from text.binds_by if isinstance(text.binds_by, FrozenWords) else ()
    for stage in header.stages:
        if stage.id in named and stage.after:
            yield stage.after
    for source in header.sources:
        if source.id in named and source.side:
            yield source.side
