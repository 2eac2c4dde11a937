"""What of a header a party can know: what the events that it saw name, and what those declarations need.

A term that only a paper hidden from a party speaks of is not declared to that party, and neither is whoever is
named there alone. Belligerents, and the party itself, are always known.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from msgspec.structs import replace

from terms.core.header import Header
from terms.ground.patterns import late
from terms.ground.words import FrozenWords, Plain, Words

_NAME = late(r"[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*")


Naming = Callable[[Collection[str]], Iterable[Plain]]
"""The events of somebody as a file spells them: those in which any of some names stands, and perhaps others.

Names are taken away while the events come; what names only those need not come any more.
"""


def declared_to(party: str, header: Header, naming: Naming) -> Header:
    """Of the header what `party` can know of: what the events that it saw name, itself, and the belligerents.

    Events are looked at until all that is declared is named.
    """
    every = declared_names(header)
    missing = every.difference((party, *header.belligerents))
    for words in naming(missing) if missing else ():
        missing -= names_in(words)
        if not missing:
            break
    return _with_no_more(header, every - missing)


def named_by(header: Header, shown: Iterable[Plain], *, also: Iterable[str] = ()) -> Header:
    """The header with no more than these events name and `also` is known, and what those declarations need themselves.

    Events are looked at until all that is declared is named.
    """
    every = declared_names(header)
    named = every.intersection(also)
    for words in shown:
        if len(named) == len(every):
            break
        named |= every & names_in(words)
    return _with_no_more(header, named)


def _with_no_more(header: Header, given: set[str]) -> Header:
    """The header with no more than these names, and what their declarations need."""
    every, named = declared_names(header), _closed(header, given)
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
    texts: list[str] = []
    _gather(words, texts)
    found = set(_NAME.findall(" , ".join(texts)))
    for name in [one for one in found if "." in one]:
        while name := name.rpartition(".")[0]:
            found.add(name)
    return found


def _gather(words: Plain | Words, texts: list[str]) -> None:
    if isinstance(words, str):
        texts.append(words)
    elif isinstance(words, Mapping):
        texts.extend(words.keys())
        for inner in words.values():
            _gather(inner, texts)
    else:
        for inner in words:
            _gather(inner, texts)


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
