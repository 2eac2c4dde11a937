"""One record in one file of JSON Lines, sealed line by line: for machines, and small enough to mail.

Each line of the file is `{"digest":..,"left":..,"line":..,"link":..}`. `left` says how many lines of the
same append are still to come, so that an append that a crash cut short can be told and dropped: readers
stop before it, the next writer cuts it off. Appends add to the file and never rewrite it.
"""

import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from terms.stores.adding import Row
from terms.stores.chain import Sealed
from terms.stores.one_file import OneFile, Write, kind_of
from terms.stores.store import Kept

SUFFIX = ".jsonl"
_ROW = re.compile(
    rb'\{"digest":"([0-9a-f]{64})","left":(0|[1-9]\d*),"line":(\{.*\}),"link":"([0-9a-f]{64})"\}', re.DOTALL
)


class JsonLinesStore(OneFile):
    """One stream, named after the file, in the file at `path`."""

    SUFFIX = SUFFIX

    def streams(self) -> tuple[str, ...]:
        """See `Store.streams`."""
        return (self.stream,) if self._all() else ()

    def faults(self) -> tuple[str, ...]:
        """See `Store.faults`: lines that are none, counts that do not fit, an append that was cut short."""
        with self._told():
            content = self.path.read_bytes() if self.path.exists() else b""
        return tuple(_form_faults(content))

    def _all(self) -> list[Kept]:
        with self._told():
            return _kept(self.stream, self.path.read_bytes())[0] if self.path.exists() else []

    @contextmanager
    def _locked(self) -> Iterator[tuple[list[Kept], Write]]:
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            kept, sound = _kept(self.stream, self.path.read_bytes())
            yield kept, partial(_write, file, sound)
        finally:
            os.close(file)


def _write(file: int, sound: int, rows: Sequence[Row]) -> None:
    """Write rows behind the `sound` bytes of the file, and see them safe on the disk; else none of them."""
    text = b"".join(
        b'{"digest":"%b","left":%d,"line":%b,"link":"%b"}\n'
        % (row.sealed.digest.encode(), len(rows) - place, row.sealed.content, row.sealed.link.encode())
        for place, row in enumerate(rows, start=1)
    )
    os.ftruncate(file, sound)
    try:
        written = 0
        while written < len(text):
            written += os.pwrite(file, text[written:], sound + written)
        os.fsync(file)
    except OSError:
        os.ftruncate(file, sound)
        raise


def _kept(stream: str, content: bytes) -> tuple[list[Kept], int]:
    """The lines of whole appends, and how many bytes of the file they take."""
    kept: list[Kept] = []
    whole = sound = at = 0
    for raw in content.split(b"\n")[:-1]:
        at += len(raw) + 1
        found = _ROW.fullmatch(raw)
        sealed = Sealed(found[3], b"%b %b " % (found[4], found[1])) if found else Sealed(raw, b"")
        kept.append(Kept(stream, len(kept) + 1, kind_of(sealed.content), sealed, len(kept) + 1))
        if found is None or found[2] == b"0":
            whole, sound = len(kept), at
    return kept[:whole], sound


def _form_faults(content: bytes) -> Iterator[str]:
    *rows, tail = content.split(b"\n")
    left = 0
    for number, raw in enumerate(rows, start=1):
        found = _ROW.fullmatch(raw)
        if found is None:
            yield f"line {number} of the file is no sealed line"
            left = 0
            continue
        said = int(found[2])
        if left and said != left - 1:
            yield f"line {number} of the file does not continue the append before it"
        left = said
    if tail or left:
        yield "the file ends in an append that was cut short; it counts as never made"
