"""A stream too long to be read whole, opened from the snapshots that its store keeps beside it.

The first opening makes them, with progress on standard error where that is a terminal; later ones make those of
the events that came since, and all of them where the stream declares anew what its events are read by. Where a store
keeps none, it is read and folded whole as a short one is, and how far that is is told in the same way.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from terms.cli.stored import is_stored, shown, told
from terms.core.story import Told, untold

if TYPE_CHECKING:
    from terms.core.history import History
    from terms.records import Record
    from terms.stores.long import LongHistory

SAID_EVERY = 2_048
"""Events between two words about how far it is."""

LONG = 20_000
"""Lines from which a stream is opened so; a shorter one is read whole in a second or two."""


def long_history(words: str) -> "LongHistory | None":
    """The history at a store address where it is long and can be opened so; its store stays open.

    Raises:
        Refused: the store cannot be read, or does not say which stream.
    """
    if not is_stored(words):
        return None
    from terms.stores import only_stream, open_store, read_address
    from terms.stores.errors import StoreError

    with told():
        address = read_address(words)
        store = open_store(address.store)
        stream = only_stream(store, address.stream)
        if store.head(stream).length < LONG or not _keeps(store):
            store.close()
            return None
    from terms.stores.long import LongHistory

    try:
        return LongHistory(store, stream, told=_progress(f"{stream}: snapshots"))
    except StoreError:  # it cannot be written, or holds what nobody can read: reading it whole says why
        store.close()
        return None


def long_record(history: "LongHistory", words: str) -> "Record":
    """A record of as many events, none of them read before it is asked for."""
    from terms.records import Record

    return Record(history.declared, history.record, path=shown(words))


def rereading_whole(history: "History") -> "Callable[[], History | None] | None":
    """Asks the store of a long history for what was added since the last look; None: it is no long one.

    Where the store is locked or out of reach for a moment that is raised: the next look may find it.
    """
    from terms.stores.long import LongHistory

    if not isinstance(history, LongHistory):
        return None
    store, stream = history.kept_in, history.stream
    seen = [history.lines]

    def reread() -> "History | None":
        if (length := store.head(stream).length) == seen[0]:
            return None
        made = LongHistory(store, stream)
        seen[0] = length
        return made

    return reread


def _keeps(store: object) -> bool:
    """Whether a store keeps snapshots at all."""
    return str(getattr(store, "address", "")).startswith(("sqlite:", "postgresql:", "postgres:"))


def folding(count: int, *, counts: bool = True) -> Told:
    """Tells on standard error, where that is a terminal, how many of so many events are folded: of many, and then only.

    Without `counts` only that they are: a party is not told how many there are that it does not see.
    """
    if count < LONG or not sys.stderr.isatty():
        return untold
    if not counts:
        print("\rfolding the events ...", end="\r", file=sys.stderr)
        return untold
    done = [0]

    def heard(folded: int) -> None:
        done[0] += folded
        if done[0] % SAID_EVERY < folded:
            print(f"\rfolding {count:,} events: {done[0]:,} done", end="\r", file=sys.stderr)

    return heard


def weighing(count: int, rivals: int) -> Told:
    """Tells likewise how many of the rival accounts of so many events were folded: each changes what follows it."""
    if count < LONG or not sys.stderr.isatty():
        return untold
    return lambda done: print(f"\rrival accounts: {done} of {rivals} folded", end="\r", file=sys.stderr)


def weigh(history: "History") -> None:
    """Find out, with progress, what the rival accounts of a long stream change, where that is kept; else nothing."""
    if history.keeps_rivals and history.rivals:
        history.weighed(_progress("rival accounts"))


def _progress(what: str) -> Callable[[int], None]:
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda line: print(f"\r{what}, at line {line:<9,}", end="\r", file=sys.stderr)
