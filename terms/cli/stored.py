"""A record that is kept in a store, read and added to like one that is kept in a file.

A store has no lines and columns of its own. Where a verb needs some (faults, references), the record is
written out as the text it stands for, and places are those of that text, under the store's address.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from terms.cli.refusal import Refused
from terms.ground.addresses import is_elsewhere

if TYPE_CHECKING:
    from terms.core.event import Event
    from terms.core.history import History
    from terms.records import Record
    from terms.stores import Store

_ASKED: dict[str, str] = {}
"""Addresses as they were given, by how they are shown: a password is in none of the latter."""

is_stored = is_elsewhere
"""Whether a RECORD names a store rather than a file of text."""


def shown(words: str) -> str:
    """An address as messages show it; it opens the same store again for as long as the program runs."""
    from terms.stores.errors import without_password

    open_words = without_password(words)
    _ASKED.setdefault(open_words, _ASKED.get(words, words))
    return open_words


@contextmanager
def told() -> Iterator[None]:
    """What a store refuses, as a refusal of the command."""
    from terms.stores.errors import StoreError

    try:
        yield
    except StoreError as fault:
        raise Refused(str(fault)) from fault


@contextmanager
def opened_store(words: str, *, create: bool = False) -> "Iterator[tuple[Store, str | None]]":
    """The store at an address and the stream it names, if any; closed afterwards.

    Raises:
        Refused: it cannot be opened, or what is done with it is refused.
    """
    from terms.stores import open_store, read_address

    with told():
        address = read_address(_ASKED.get(words, words))
        store = open_store(address.store, create=create)
        try:
            yield store, address.stream
        finally:
            store.close()


def stored_record(words: str, *, as_text: bool) -> "Record":
    """The record of the one stream that an address means. `as_text`: with places in the text it stands for.

    Raises:
        Refused: the store cannot be read, or does not say which stream.
    """
    from terms.records import Record, read_text
    from terms.records.writing import write_record
    from terms.stores import only_stream
    from terms.stores.lines import read_lines

    with opened_store(words) as (store, stream):
        kept = store.read(only_stream(store, stream))
        header, events = read_lines(line.content for line in kept)
    words = shown(words)
    if as_text:
        return read_text(write_record(header, events), words)
    return Record(header, events, path=words)


def append_stored(record: "Record", event: "Event") -> None:
    """Add an event behind a record that was read from a store.

    Raises:
        Refused: somebody wrote meanwhile, or the store does not take it.
    """
    from terms.stores import only_stream
    from terms.stores.lines import line_of, read_lines

    with opened_store(record.path) as (store, asked):
        stream = only_stream(store, asked)
        contents = [line.content for line in store.read(stream)]
        if read_lines(contents)[1] != record.events:
            raise Refused(f"{record.path} has changed since it was read", ("run the command again",))
        store.append(stream, [line_of(event)], expected=len(contents))


def rereading(record: "Record") -> "Callable[[], History | None]":
    """Asks the store for what was added since the last look; None while there is nothing new.

    Of a record that only grew by events at its end, the states already worked out are kept. Where the store is locked
    or out of reach for a moment that is refused: the next look may find it.
    """
    from terms.records.objections import replayed
    from terms.stores import only_stream

    last: list[History | None] = [None]
    with opened_store(record.path) as (store, asked):
        seen = [store.head(only_stream(store, asked))]

    def reread() -> "History | None":
        with opened_store(record.path) as (store, asked):
            now = store.head(only_stream(store, asked))
        if now == seen[0]:
            return None
        fresh = stored_record(record.path, as_text=False)
        seen[0] = now
        last[0] = replayed(fresh, last[0])
        return last[0]

    return reread
