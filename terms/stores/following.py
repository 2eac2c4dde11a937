"""Following a store: every line once, in the order of commits, as it comes.

Polling, on every engine alike: a question behind the last place costs one look into an index, and a
notification would still have to be followed by that question.
"""

from collections.abc import Callable, Iterator

from terms.stores.errors import Lost, Unreachable
from terms.stores.store import Kept, Store

PIECE = 500


def _no_more(fault: Lost) -> bool:
    return False


def follow(
    store: Store, *, after: int = 0, wait: Callable[[], bool], lost: Callable[[Lost], bool] = _no_more
) -> Iterator[Kept]:
    """Every line behind the place `after`, each once.

    `wait` is called whenever there is nothing more: it waits as long as it likes and says whether to go on. So is
    `lost`, whenever the server is gone; usually it says no.

    Raises:
        Lost: the server is gone, and is not waited for.
        Unreachable: the store cannot be read, or is no more the one whose last line was read.
    """
    last: Kept | None = None
    is_sure = True
    while True:
        try:
            if not is_sure:
                _look_at_last(store, last)
            piece = store.since(after, limit=PIECE)
        except Lost as fault:
            if not lost(fault):
                raise
            is_sure = False
            continue
        for last in piece:
            yield last
            after = last.place
        is_sure = bool(piece)
        if not piece and not wait():
            return


def _look_at_last(store: Store, last: Kept | None) -> None:
    """Refuse a store that does not hold the line that was read last."""
    if last is not None and [one.sealed.link for one in store.since(last.place - 1, limit=1)] != [
        last.sealed.link
    ]:
        raise Unreachable(
            store.address, "it no longer holds the line that was read last: removed or replaced"
        )
