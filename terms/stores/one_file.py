"""One record in one file, seen as a store of one stream: what files of lines and texts have in common.

An append locks first, so that of two writers the second finds what the first wrote. Neither kind keeps
snapshots: a file is read whole.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import ClassVar

from terms.stores.adding import Row, rows_to_add
from terms.stores.errors import StoreError, Unreachable
from terms.stores.lines import line_from
from terms.stores.store import HEADER, Head, Kept, Line, Snapshot

Write = Callable[[Sequence[Row]], None]


class OneFile(ABC):
    """One stream, named after the file (or the folder) at `path`."""

    SUFFIX: ClassVar[str]

    def __init__(self, path: str, *, create: bool = True) -> None:
        self.address = path
        self.path = Path(path)
        self.stream = self.path.name.removesuffix(self.SUFFIX)
        if not create and not self.path.exists():
            raise Unreachable(path, "there is no such file")

    @abstractmethod
    def _all(self) -> list[Kept]:
        """Every line; none where there is no file yet."""

    @abstractmethod
    def _locked(self) -> AbstractContextManager[tuple[list[Kept], Write]]:
        """Every line, and how to write rows behind them, while nobody else writes."""

    def append(self, stream: str, lines: Sequence[Line], *, expected: int) -> int:
        """See `Store.append`."""
        if stream != self.stream:
            raise Unreachable(self.address, f"this file keeps the stream '{self.stream}' alone")
        with self._told(), self._locked() as (kept, write):
            ids = _digests(kept)
            rows, after = rows_to_add(
                stream, lines, expected=expected, head=_head(kept),
                there=lambda asked: {one: ids[one] for one in asked if one in ids},
            )  # fmt: skip
            if rows:
                write(rows)
        return after.length

    def head(self, stream: str) -> Head:
        """See `Store.head`."""
        return _head([*self.read(stream)])

    def read(self, stream: str, *, after: int = 0, limit: int | None = None) -> Iterator[Kept]:
        """See `Store.read`."""
        if stream == self.stream:
            yield from self._all()[after : None if limit is None else after + limit]

    def since(self, place: int, *, limit: int) -> Sequence[Kept]:
        """See `Store.since`: places are the numbers of the one stream."""
        return self._all()[place : place + limit]

    def snapshots(self, stream: str, parts: Sequence[str], *, at_most: int, make: str) -> Sequence[Snapshot]:
        """None: a file keeps no cache."""
        return ()

    def every_snapshot(self, stream: str, parts: str, *, make: str) -> Iterator[Snapshot]:
        """None, likewise."""
        yield from ()

    def keep_snapshots(self, stream: str, snapshots: Sequence[Snapshot], *, make: str) -> None:
        """Keeps nothing."""
        return

    def close(self) -> None:
        """Nothing is held open."""
        return

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            raise Unreachable(self.address, (fault.strerror or str(fault)).lower()) from fault


def kind_of(content: bytes) -> str:
    """The kind of a line; `unreadable` where it is none."""
    try:
        return line_from(content).kind
    except StoreError:
        return "unreadable"


def _head(kept: Sequence[Kept]) -> Head:
    if not kept:
        return Head()
    headers = [one.sealed.digest for one in kept if one.kind == HEADER]
    return Head(len(kept), kept[-1].sealed.link, headers[-1] if headers else "")


def _digests(kept: Sequence[Kept]) -> Mapping[str, str]:
    """Id -> digest of the events."""
    return {_event(one): one.sealed.digest for one in kept if one.kind != HEADER}


def _event(kept: Kept) -> str:
    try:
        return line_from(kept.content).event
    except StoreError:
        return ""
