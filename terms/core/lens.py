"""A view of a record: by what date, as known when, seen by whom, on whose word.

A view never changes the record. `prefer` is a preference among rival accounts and drops nothing
uncontested; `only` is a filter on sources; `admits` are the parties whose reports of moves count.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from pydantic import ValidationError

from terms.core.accounts import Choice
from terms.core.event import Event, read_event
from terms.core.header import Header
from terms.ground.words import FrozenWords, thaw


class View(Struct, frozen=True):
    """What is looked at. None and empty mean: no restriction.

    `at`: by when things happened; `known`: by when the record had learned of them; `party`: through
    whose eyes; `prefer`: sources in order of preference; `only`: sources to the exclusion of others;
    `admits`: parties and persons whose word makes a reported move count; `dropped`: events left out.
    """

    at: datetime | None = None
    known: datetime | None = None
    party: str | None = None
    prefer: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    admits: tuple[str, ...] = ()
    dropped: frozenset[str] = frozenset()
    choices: tuple[Choice, ...] = ()

    @property
    def usual(self) -> str:
        """How the reading in use is called: that of the lens, where one picks the accounts, else the default one."""
        return usual_reading(by_lens=bool(self.prefer))


def usual_reading(*, by_lens: bool) -> str:
    """The name of the reading that is in use without any further choice."""
    return "reading by the lens" if by_lens else "default reading"


_LAST = datetime.max.replace(tzinfo=UTC)


DISCLOSING = ("hand-over", "leak", "publish")


def admitted(
    header: Header, record: Sequence[Event], view: View, disclosed: Collection[str] = ()
) -> tuple[Event, ...]:
    """The events of the log that the view lets through, reports of admitted parties turned into moves.

    `disclosed` are names that somebody had disclosed by the date of the view; see `disclosed_by`.
    """
    if view == View():
        return tuple(record)
    kept = (event for event in record if _passes(header, event, view, disclosed))
    return tuple(_reported(event, view) for event in kept)


def disclosed_by(header: Header, events: Iterable[Event], view: View) -> frozenset[str]:
    """What a hand-over, a leak or a publication that passes the view names: all of it had been written by then."""
    if view.at is None:
        return frozenset()
    opening = (one for one in events if one.kind in DISCLOSING and _passes(header, one, view, ()))
    return frozenset(name.partition("/")[0] for one in opening for name in getattr(one, "of", ()))


def happened_by(event: Event, moment: datetime, disclosed: Collection[str]) -> bool:
    """Whether an event had certainly happened by a moment: by its date, or as a paper known to have been disclosed."""
    if (event.date.latest or _LAST) <= moment:
        return True
    may_have = event.date.earliest is None or event.date.earliest <= moment
    return may_have and event.id in disclosed and event.channel != "public" and event.kind not in DISCLOSING


def _passes(header: Header, event: Event, view: View, disclosed: Collection[str]) -> bool:
    if event.id in view.dropped:
        return False
    if view.at is not None and not happened_by(event, view.at, disclosed):
        return False
    if view.known is not None and known_from(header, event) > view.known:
        return False
    return not view.only or any(citation.id in view.only for citation in event.source)


def known_from(header: Header, event: Event) -> datetime:
    """When the record learned of an event (rules.md, settled point 13), at the latest reading of the dates.

    `known` if given, else the earliest publication among its sources, never before the event itself.
    """
    happened = event.date.latest or _LAST
    if event.known is not None:
        return event.known.latest or _LAST
    published = [
        source.published.latest
        for citation in event.source
        if (source := header.source.get(citation.id)) is not None
        and source.published is not None
        and source.published.latest is not None
    ]
    return max(min(published), happened) if published else happened


def _reported(event: Event, view: View) -> Event:
    """The move that an announcement or claim reports, when the view admits its author; else the event itself."""
    if not view.admits or event.kind not in ("announce", "claim"):
        return event
    told = getattr(event, "that", ())
    if not isinstance(told, FrozenWords) or "kind" not in told:
        return event
    if not {*event.by, event.speaker} & set(view.admits):
        return event
    spelled = thaw(told)
    own = event.words()
    base = {key: own[key] for key in ("date", "source", "channel", "tags") if key in own}
    try:
        return read_event({**base, **(spelled if isinstance(spelled, dict) else {}), "id": event.id})  # type: ignore[dict-item]
    except (KeyError, ValidationError):
        return event  # reported too vaguely to be a move: what is missing, nobody can make up
