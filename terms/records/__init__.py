"""Records as files: text to events with every fault at its place, and events to text."""

from terms.records.chunks import ChunkCache
from terms.records.files import read_record
from terms.records.reading import read_text
from terms.records.record import EventPlace, Record

__all__ = ["ChunkCache", "EventPlace", "Record", "read_record", "read_text"]
