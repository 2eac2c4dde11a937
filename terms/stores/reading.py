"""A record as a store holds it, for whoever reads records and does not care where they are kept."""

from terms.core.header import Header
from terms.ground.diagnostics import Diagnostic, Severity
from terms.records.record import Record
from terms.stores.addresses import only_stream, open_store, read_address
from terms.stores.errors import StoreError
from terms.stores.lines import read_lines


def record_at(words: str) -> Record:
    """The record of the one stream that an address means; where it cannot be read, its diagnostics say why."""
    try:
        address = read_address(words)
        store = open_store(address.store)
        try:
            kept = store.read(only_stream(store, address.stream))
            header, events = read_lines(line.content for line in kept)
        finally:
            store.close()
    except StoreError as fault:
        return Record(
            Header(), (), diagnostics=(Diagnostic("E113", Severity.ERROR, str(fault), None),), path=words
        )
    return Record(header, events, path=words)
