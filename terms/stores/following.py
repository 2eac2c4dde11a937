"""Following a store: every line once, in the order of commits, as it comes.

Polling, on every engine alike: a question behind the last place costs one look into an index, and a
notification would still have to be followed by that question.
"""

from collections.abc import Callable, Iterator

from terms.stores.store import Kept, Store

PIECE = 500


def follow(store: Store, *, after: int = 0, wait: Callable[[], bool]) -> Iterator[Kept]:
    """Every line behind the place `after`, each once.

    `wait` is called whenever there is nothing more: it waits as long as it likes and says whether to go on.
    """
    while True:
        piece = store.since(after, limit=PIECE)
        for kept in piece:
            yield kept
            after = kept.place
        if not piece and not wait():
            return
