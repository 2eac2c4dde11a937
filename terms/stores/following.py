"""Following a store: every line once, in the order of commits, as it comes.

Polling, on every engine alike: a question behind the last place costs one look into an index, and a
notification would still have to be followed by that question.
"""

from collections.abc import Callable, Iterator

from terms.stores.errors import Unreachable
from terms.stores.store import Kept, Store

PIECE = 500


def follow(store: Store, *, after: int = 0, wait: Callable[[], bool]) -> Iterator[Kept]:
    """Every line behind the place `after`, each once.

    `wait` is called whenever there is nothing more: it waits as long as it likes and says whether to go on.

    Raises:
        Unreachable: the store is gone, or no more the one whose last line was read.
    """
    last: Kept | None = None
    while True:
        piece = store.since(after, limit=PIECE)
        for last in piece:
            yield last
            after = last.place
        if piece:
            continue
        if not wait():
            return
        if last is not None and [one.sealed.link for one in store.since(after - 1, limit=1)] != [
            last.sealed.link
        ]:
            raise Unreachable(
                store.address, "it no longer holds the line that was read last: removed or replaced"
            )
