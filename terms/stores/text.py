"""A record as people write it, seen as a store of one stream.

The file is the record: comments, quotes and layout stay, and an append splices its events in behind the
last one. So it keeps no chain of its own: links are worked out on reading, and prove something only
against a head that was handed over before (a signed checkpoint, or a commit of the file).
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from terms.core.event import Event
from terms.core.header import Header
from terms.records import Record, read_record
from terms.records.splice import CannotSplice, append_event, file_to_append_to
from terms.records.writing import write_record
from terms.stores.adding import Row
from terms.stores.chain import START, sealed
from terms.stores.errors import StoreError, Unreachable
from terms.stores.lines import lines_of, read_line
from terms.stores.one_file import OneFile, Write
from terms.stores.store import Kept, Line

SUFFIX = ".record.yaml"


class TextStore(OneFile):
    """One stream, named after the file, in the record at `path` (a file, or a folder with one head file).

    A header that differs from that of the file is refused on appending: edit the file.
    """

    SUFFIX = SUFFIX

    def streams(self) -> tuple[str, ...]:
        """See `Store.streams`."""
        return (self.stream,) if self.path.exists() else ()

    def faults(self) -> tuple[str, ...]:
        """See `Store.faults`: the faults of the record."""
        if not self.path.exists():
            return ()
        try:
            self._record()
        except StoreError as fault:
            return (str(fault),)
        return ()

    def _record(self) -> Record:
        record = read_record(str(self.path))
        if record.has_errors:
            raise Unreachable(self.address, f"the record has errors: {record.diagnostics[0].message}")
        return record

    def _all(self) -> list[Kept]:
        if not self.path.exists():
            return []
        record = self._record()
        return [*kept_of(self.stream, lines_of(record.header, record.events))]

    def _write(self, rows: Sequence[Row], *, is_new: bool) -> None:
        read = [read_line(row.line.content) for row in rows]
        headers = [one for one in read if isinstance(one, Header)]
        events = [one for one in read if isinstance(one, Event)]
        if is_new:
            self._replace(self.path, write_record(headers[-1], events))
            return
        if headers:
            raise Unreachable(self.address, "its header differs; what a text declares is changed in the text")
        record = self._record()
        path = Path(file_to_append_to(record))
        text = path.read_text("utf-8")
        try:
            for event in events:
                text = append_event(text, event)
        except CannotSplice as fault:
            raise Unreachable(self.address, str(fault)) from fault
        self._replace(path, text)

    def _replace(self, path: Path, text: str) -> None:
        """The file holds the new text or the old one, whatever happens meanwhile."""
        if path.exists():
            os.close(os.open(path, os.O_WRONLY))  # what its owner made read-only is not replaced either
        with tempfile.NamedTemporaryFile(
            "wb", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as beside:
            try:
                beside.write(text.encode("utf-8"))
                beside.flush()
                os.fsync(beside.fileno())
                os.chmod(beside.name, path.stat().st_mode if path.exists() else 0o644)
                os.replace(beside.name, path)
            except OSError:
                os.unlink(beside.name)
                raise

    @contextmanager
    def _locked(self) -> Iterator[tuple[list[Kept], Write]]:
        """The folder is locked, since the file itself is replaced."""
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            kept = self._all()
            yield kept, partial(self._write, is_new=not kept)
        finally:
            os.close(folder)


def kept_of(stream: str, lines: Sequence[Line]) -> Iterator[Kept]:
    """Lines with the seals they would have in any store."""
    link = START
    for number, line in enumerate(lines, start=1):
        one = sealed(line.content, link)
        link = one.link
        yield Kept(stream, number, line.kind, one, number)
