"""Records as files: text to events with every fault at its place, and events to text.

Names are loaded when they are first used: what knows a record already, from a store or from an earlier
reading, pays for no reader.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terms.records.chunks import ChunkCache as ChunkCache
    from terms.records.files import read_record as read_record
    from terms.records.reading import read_text as read_text
    from terms.records.record import EventPlace as EventPlace
    from terms.records.record import Record as Record

_ROOMS = {
    "ChunkCache": "chunks",
    "EventPlace": "record",
    "Record": "record",
    "read_record": "files",
    "read_text": "reading",
}


def __getattr__(name: str) -> object:
    """A public name of the room, from the module that it is defined in."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_ROOMS)
