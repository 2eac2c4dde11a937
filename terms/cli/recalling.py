"""How verbs read records that they do not change: one that was read before is not read word by word again.

What comes back from the reader's cache folder is the record with all places and hints, so that every answer
is the same, byte for byte, with the folder, without it, and with `TERMS_NO_CACHE`.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from terms.cellar.folder import cellar, mark_of
from terms.cellar.trees import Trees
from terms.ground.pause import collector_paused

if TYPE_CHECKING:
    from terms.cellar.memory import Memory
    from terms.records import Record

SUFFIX = ".record.yaml"


class Recalling:
    """Reads records by their paths, and knows which of them it had to read word by word.

    `tree` does the same for the texts of scenarios.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self.environment = environment
        self.tree = Trees(environment)
        self.fresh: list[tuple[Memory, Record]] = []

    def __call__(self, path: str) -> "Record":
        """The record at `path`, faults and all; from the cache folder where it is still what it was."""
        memory = self._memory(path)
        found = memory.recalled() if memory is not None else None
        if found is not None:
            return found
        from terms.records.files import read_record

        record = read_record(path)
        if memory is not None:
            self.fresh.append((memory, record))
        return record

    def keep(self) -> None:
        """Keep what was read and has no errors. Best called last: it takes as long as recalling does."""
        with collector_paused():
            for memory, record in self.fresh:
                memory.keep(record)
            self.tree.keep()
        self.fresh.clear()

    def _memory(self, path: str) -> "Memory | None":
        """What may be known of a record in files; None: nothing is kept, or too much lies around it."""
        if cellar(self.environment) is None or not (path.endswith(SUFFIX) or os.path.isdir(path)):
            return None
        mark = mark_of(path)
        if mark is None:
            return None
        from terms.cellar.memory import Memory

        return Memory(path, mark, self.environment)
