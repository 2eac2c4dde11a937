"""What rival accounts of a record change, as it was found out before, so that opening it again need not find out."""

from collections.abc import Mapping

import msgspec

from terms.cellar.folder import cellar, fetched, hash_of, mark_of, put_by
from terms.core.history import History
from terms.core.lens import View
from terms.views.contested import Readings, Span


class Disputes:
    """What rival accounts of one record change, as it was found out before; the record as `Memory` has it."""

    def __init__(self, path: str, mark: str | None, environment: Mapping[str, str]) -> None:
        self.path, self.mark = path, mark
        self.folder = cellar(environment)
        self.name = f"{hash_of(path)}.disputes"

    def recalled(self, history: History) -> Readings | None:
        """The readings of the history of this record, as recorded; None: what they change is to be found out."""
        content = fetched(self.folder, self.name, self.mark) if history.view == View() else None
        try:
            told = msgspec.json.decode(content, type=list[list[Span]]) if content is not None else []
        except msgspec.DecodeError:
            return None
        readings = Readings(history, dict(enumerate(told)))
        return readings if told and all(told) and readings.is_surveyed else None

    def keep(self, readings: Readings) -> None:
        """Keep what was found out of the record as recorded, if its files are still what they were."""
        if self.mark is None or readings.history.view != View() or not readings.is_surveyed:
            return
        if readings.spans and mark_of(self.path) == self.mark:
            told = [readings.spans[place] for place in sorted(readings.spans)]
            put_by(self.folder, self.name, self.mark, msgspec.json.encode(told))
