"""On whose word: the sources of an event with their grades, and what others said about it since."""

from collections.abc import Iterable

from msgspec import Struct

from terms.core.citation import Citation
from terms.core.event import Event
from terms.core.header import Header
from terms.core.history import History
from terms.core.talks import Talks

GENERAL_KNOWLEDGE = "general-knowledge"


class SourceView(Struct, frozen=True):
    """One citation: the source, where in it, its Admiralty grade (`B2`; empty: not graded), its dates.

    `side` is the party whose source it is declared to be, None: nobody's. `note` is the citation's own.
    """

    id: str
    at: str
    title: str
    publisher: str
    grade: str
    published: str
    dated: str
    side: str | None
    url: str
    note: str


class Voice(Struct, frozen=True):
    """What somebody said about an event afterwards: denied, endorsed, opposed, certified, objected to it."""

    kind: str
    by: tuple[str, ...]
    event: str


def sources_of(header: Header, event: Event) -> tuple[SourceView, ...]:
    """The sources of an event in the order it cites them."""
    return tuple(source_view(header, citation) for citation in event.source)


def source_view(header: Header, citation: Citation) -> SourceView:
    """One citation in words. A grade of the citation wins over that of the source."""
    declared = header.source.get(citation.id)
    reliability = citation.reliability or (declared.reliability if declared else None) or ""
    credibility = citation.credibility or (declared.credibility if declared else None) or ""
    return SourceView(
        citation.id,
        citation.at,
        declared.title if declared else "",
        declared.publisher if declared else "",
        f"{reliability}{credibility}",
        declared.published.text if declared and declared.published else "",
        declared.dated.text if declared and declared.dated else "",
        declared.side if declared else None,
        declared.url if declared else "",
        citation.note,
    )


def voices(talks: Talks, event: str) -> tuple[Voice, ...]:
    """Everything said about an event (or a part of it), in the order it was said."""
    return tuple(
        Voice(reaction.kind, reaction.by, reaction.event)
        for name, reactions in sorted(talks.reactions.items())
        if name.partition("/")[0] == event
        for reaction in reactions
    )


VOICED = {
    "deny": "denied", "endorse": "endorsed", "oppose": "opposed", "object": "objected to",
    "certify": "certified", "announce": "announced", "interpret": "interpreted", "clarify": "clarified",
}  # fmt: skip
"""What was done, by the kind of event that says it of another."""


def voice_words(voice: Voice) -> str:
    """`denied by velm [v-denial]`; of a decision or an attribution its own words."""
    who = f" by {', '.join(voice.by)}" if voice.by else ""
    return f"{VOICED.get(voice.kind, voice.kind)}{who} [{voice.event}]"


def source_ids(history: History, events: Iterable[str]) -> tuple[str, ...]:
    """The sources that any of `events` cites, sorted by id, those of rival accounts left out."""
    return tuple(sorted({citation.id for name in events for citation in history.event(name).source}))
