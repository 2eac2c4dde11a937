"""Where records are kept when a text is not enough: many writers, many events, not everything for everybody."""

from terms.stores.addresses import Address, is_store_address, only_stream, open_store, read_address
from terms.stores.store import Head, Kept, Line, Snapshot, Store

__all__ = [
    "Address", "Head", "Kept", "Line", "Snapshot", "Store", "is_store_address", "only_stream", "open_store",
    "read_address",
]  # fmt: skip
