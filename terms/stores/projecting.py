"""What one party may be handed of a record: the events it knows, and a header with no more than they name.

Nothing here may depend on an event that the party does not know, not even on how many there are. So a
reference is kept when it leads to something that the party can see, and reads `undisclosed` otherwise;
it is never asked whether a hidden event has that name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from terms.core.event import Event, read_event
from terms.core.header import Header, Text
from terms.core.history import History
from terms.core.lens import View
from terms.core.speaking import knowers
from terms.ground.words import FrozenWords, Plain, Words

UNDISCLOSED = "undisclosed"
"""What a reference to something hidden reads; the header of an export declares it as a text without content."""

REFERENCES = ("of", "about", "a", "b")
"""Keys whose words are references through and through, wherever they stand in an event: also in what is reported."""

PROSE = (
    "id",
    "date",
    "kind",
    "source",
    "note",
    "quote",
    "translation",
    "title",
    "why",
    "tags",
    "place",
    "lang",
)
"""Keys whose words name no event, or speak of it as people do."""

LOGICAL = (
    "only-if",
    "unless",
    "while",
    "otherwise",
    "order",
    "expires",
    "until",
    "effective",
    "if",
    "then",
    "for",
)
"""Keys of conditions, orders and times: words among which references stand."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*")
_SAME_AS = re.compile(r"\bsame as ([A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*)")
_EVENT_NAME = re.compile(
    r"(?<![A-Za-z0-9./-])(?:(?<=\baccepts )[a-z][a-z0-9-]*(?:[./][a-z0-9-]+)*"  # P accepts X
    r"|[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?:[./][a-z0-9-]+)*"  # spelled like an event, and a part of it or what it came to
    r"|[a-z][a-z0-9]*(?:[./][a-z0-9-]+)+)(?![A-Za-z0-9])"
)


class _Visible(Struct, frozen=True):
    """The names that a party can see by then: events, what is declared, occurrences."""

    names: set[str]

    def knows(self, name: str) -> bool:
        """Whether the name, or what it is derived from (`accord.signed`, `n-5/option-2`), can be seen."""
        head = name.partition("/")[0].strip()
        while head:
            if head in self.names:
                return True
            head = head.rpartition(".")[0]
        return False


def shown_to(party: str, header: Header, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events as `party` came to know them, in that order, every reference to others `undisclosed`.

    An event that was opened in parts stands there with those parts, and what was opened later follows as
    a correction of it: what was shown is never unsaid, and ids stay unique.
    """
    seen = _seen_by(party, header, events)
    first: dict[str, Event] = {}
    told: list[Event] = []
    visible: set[str] = _declared(header)
    for place, event in enumerate(seen):
        visible.add(event.id)
        if event.account_of is not None:
            visible.add(event.account_of)
        sourced = (
            event
            if event.source
            else event.model_copy(update={"source": _opener(event, seen[place:]).source})
        )
        shown = _rewritten(sourced, _Visible(visible))
        if event.id not in first:
            first[event.id] = shown
            told.append(shown)
        elif (more := _more(first[event.id], shown, told)) is not None:
            told.append(more)
            first[event.id] = shown
    return tuple(told)


def _seen_by(party: str, header: Header, events: Sequence[Event]) -> tuple[Event, ...]:
    """What the history says the party saw, without private events whose secrecy it never recorded.

    An account that a rival displaced is not folded, so the talks do not hold it as hidden, which reads as
    if everybody knew it. Whoever did not act in such an event or hear it has not seen it.
    """
    base = History(header, events)
    seen = History(header, events, View(party=party)).events
    return tuple(
        event
        for event in seen
        if event.channel == "public"
        or event.id in (talks := base[base.index(event.id)].after).hidden
        or party in knowers(base.event(event.id), talks)
    )


def _opener(event: Event, later: Sequence[Event]) -> Event:
    """The event that opened a part of this one: a part is known on that event's word, not on the hidden one's."""
    names = (one for one in later[1:] if event.id in {of.partition("/")[0] for of in getattr(one, "of", ())})
    return next(names, later[min(1, len(later) - 1)])


def declared_to(party: str, history: History) -> Header:
    """Of the header what a party can know of: what the events that it saw name, itself, and the belligerents."""
    header = history.header
    return pruned(header, history.events, also=(party, *header.belligerents))


def pruned(header: Header, shown: Iterable[Event], *, also: Iterable[str] = ()) -> Header:
    """The header with no more than these events name and `also` is known, and what those declarations need themselves."""
    named: set[str] = {*also}
    hides = False
    for event in shown:
        words = event.words()
        named |= _names_in(words)
        hides = hides or UNDISCLOSED in _names_in({key: words[key] for key in words if key not in PROSE})
    named = _closed(header, named)
    texts = tuple(
        replace(one, links=tuple((kind, to) for kind, to in one.links if to in named))
        for one in header.texts
        if one.id in named
    )
    if hides and UNDISCLOSED not in header.text:
        texts = (*texts, Text(UNDISCLOSED, title="Not disclosed to the reader of this record"))
    return Header(
        title=header.title,
        tick=header.tick,
        parties=tuple(one for one in header.parties if one.id in named),
        persons=tuple(one for one in header.persons if one.id in named),
        stages=tuple(one for one in header.stages if one.id in named),
        terms=tuple(one for one in header.terms if one.id in named),
        texts=texts,
        happenings=tuple(one for one in header.happenings if one.id in named),
        logic=tuple(
            one for one in header.logic if _rule_names(header, one.order) <= named and one.source in named
        ),
        sources=tuple(one for one in header.sources if one.id in named),
    )


def _declared(header: Header) -> set[str]:
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


def _rewritten(event: Event, visible: _Visible) -> Event:
    words = event.words()
    changed: dict[str, Plain] = {
        key: inner if key == "after" else _seen(key, inner, visible)
        for key, inner in words.items()
        if key != "after" or visible.knows(str(inner))
    }
    return event if changed == words else read_event(changed)


def _seen(key: str, words: Plain, visible: _Visible) -> Plain:
    """What stands under a key, however deep: a reference, words with references in them, a value, or prose."""
    if key in PROSE:
        return words
    if key in REFERENCES or (key == "with" and isinstance(words, str)):
        return _as_reference(words, visible)
    if key in LOGICAL:
        return _among_words(words, visible)
    if isinstance(words, dict):
        return {name: _seen(name, inner, visible) for name, inner in words.items()}
    if isinstance(words, list):
        return [_seen(key, one, visible) for one in words]
    unseen = any(not visible.knows(name) for name in _SAME_AS.findall(words))
    return "unpublished" if unseen else words  # the same as something that this party does not know of


def _as_reference(words: Plain, visible: _Visible) -> Plain:
    if isinstance(words, str):
        return words if visible.knows(words) else UNDISCLOSED
    if isinstance(words, list):
        return [_as_reference(one, visible) for one in words]
    return {key: _as_reference(inner, visible) for key, inner in words.items()}


def _among_words(words: Plain, visible: _Visible) -> Plain:
    """Words in which whatever is spelled like an event, or said to be accepted, is replaced if it leads nowhere."""
    if isinstance(words, str):
        return _EVENT_NAME.sub(lambda found: found[0] if visible.knows(found[0]) else UNDISCLOSED, words)
    if isinstance(words, list):
        return [_among_words(one, visible) for one in words]
    return {key: _among_words(inner, visible) for key, inner in words.items()}


def _more(first: Event, later: Event, told: Sequence[Event]) -> Event | None:
    """What a later, fuller sight of an event adds, as a correction; None: nothing."""
    before, after = first.words(), later.words()
    fields = {key: inner for key, inner in after.items() if before.get(key) != inner}
    if not fields:
        return None
    opened = told[-1]
    number = 1 + sum(1 for one in told if one.id.startswith(f"{later.id}-opened"))
    spelled: dict[str, object] = {
        "id": f"{later.id}-opened" if number == 1 else f"{later.id}-opened-{number}",
        "date": opened.words()["date"], "kind": "correct", "of": later.id, "with": fields,
        "why": "more of it was opened to the reader of this record", "source": after.get("source", []),
    }  # fmt: skip
    return read_event(spelled)


# ---- the names in words --------------------------------------------------------------------------


def _names_in(words: Plain | Words) -> set[str]:
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
    return {name for part in parts for name in _names_in(part)}


def _rule_names(header: Header, order: Words) -> set[str]:
    return _names_in(order) & _declared(header)


def _closed(header: Header, named: set[str]) -> set[str]:
    """The names and those that their declarations name, until nothing is added. Prose in them names nothing."""
    found = set(named)
    while True:
        more = set(_needed(header, found)) - found
        if not more:
            return found
        found |= more


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
            yield from _names_in(list(term.declaration.of)) if term.declaration.type == "parties" else ()
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
