"""The peer of the replay benchmark: an aggregate of the `eventsourcing` library, as its documentation builds one.

Events are frozen pydantic models behind a mapper that the library's examples call PydanticMapper, bytes are
decoded by orjson, and the state is one dict that a mutator changes in place: the least a replay can do.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

import orjson
from eventsourcing.persistence import Mapper, StoredEvent, Transcoder
from eventsourcing.utils import get_topic, resolve_topic
from pydantic import BaseModel, ConfigDict

from tests.bench import made

STREAM = uuid5(UUID(int=0), "generated talks")


class DomainEvent(BaseModel):
    """What every event of an aggregate carries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    originator_id: UUID
    originator_version: int
    timestamp: datetime


class Moved(DomainEvent):
    """A move of the talks with the same fields as our events."""

    id: str
    date: str
    kind: str
    by: str
    of: str | None = None
    terms: dict[str, str] | None = None
    source: str
    quote: str
    note: str


class Orjson(Transcoder):
    """Bytes by orjson, as in the library's examples."""

    def encode(self, obj: object) -> bytes:
        return orjson.dumps(obj)

    def decode(self, data: bytes) -> object:
        return orjson.loads(data)


class PydanticMapper(Mapper[UUID]):
    """Stored bytes to pydantic events."""

    def to_stored_event(self, domain_event: Moved) -> StoredEvent:  # type: ignore[override]
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=get_topic(type(domain_event)),
            state=self.transcoder.encode(domain_event.model_dump(mode="json")),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Moved:  # type: ignore[override]
        return resolve_topic(stored_event.topic)(**self.transcoder.decode(stored_event.state))


class Talks:
    """The aggregate: an id, a version, and one dict."""

    def __init__(self, stream: UUID) -> None:
        self.id = stream
        self.version = 0
        self.state: dict[tuple[str, str], str] = {}

    def apply(self, event: Moved) -> None:
        """The checks of the library's own mutator, then one key a term."""
        if event.originator_id != self.id or event.originator_version != self.version + 1:
            raise ValueError(event.id)
        for term, words in (event.terms or {}).items():
            self.state[event.by, term] = words
        self.version = event.originator_version
        self.modified_on = event.timestamp


def stored(count: int) -> list[StoredEvent]:
    """The generated events as the library stores them."""
    mapper = PydanticMapper(Orjson())
    now = datetime(2031, 1, 1, tzinfo=UTC)
    return [
        mapper.to_stored_event(
            Moved(originator_id=STREAM, originator_version=place + 1, timestamp=now, **event)
        )
        for place, event in enumerate(made.events(count))
    ]


def replay(rows: Sequence[StoredEvent]) -> Talks:
    """The aggregate after all of its stored events."""
    mapper = PydanticMapper(Orjson())
    talks = Talks(STREAM)
    for row in rows:
        talks.apply(mapper.to_domain_event(row))
    return talks
