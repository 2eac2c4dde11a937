"""From the words on a command line to a history at a step: which record, seen how, at which point."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from terms.cli.locating import located
from terms.cli.long import folding, long_history, long_record, weigh, weighing
from terms.cli.naming import known_name, names_sources, point_of, view_of
from terms.cli.options import STDIN_NAME
from terms.cli.refusal import Refused
from terms.cli.shipped import is_shipped_record
from terms.cli.stored import is_stored, stored_record
from terms.core.header import Header
from terms.core.history import History
from terms.core.lens import View
from terms.core.situation import END_OF_TIME, Situation
from terms.ground.diagnostics import Severity, summary
from terms.views.contested import Readings

if TYPE_CHECKING:
    from terms.ground.diagnostics import Diagnostic
    from terms.records.record import Record


class Opened(Struct, frozen=True, dict=True):
    """A record read, its history under the view asked for, and the point looked at."""

    record: "Record"
    history: History
    at: Situation

    @property
    def header(self) -> Header:
        return self.history.header

    @cached_property
    def readings(self) -> Readings:
        """The other readings of the history; each is folded when a question needs it, but those that are kept."""
        weigh(self.history)
        return Readings(self.history, told=weighing(len(self.history), len(self.history.rivals)))

    @property
    def code(self) -> int:
        """1 when the record has errors, since parts of it were left out; else 0, and always in a party's view.

        The faults may be those of events that are hidden from the party.
        """
        return 1 if self.record.has_errors and self.history.view.party is None else 0

    def heading(self) -> tuple[str, ...]:
        """What every view says first: the title, the point, the talks, and how the record is read."""
        at, view = self.at, self.history.view
        size = len(
            self.record.events if view.party is None else self.history
        )  # what is hidden is not counted
        where = (
            f"after {self.history.events[at.steps - 1].id}, {self._place(size)}"
            if at.steps
            else "before the first event"
        )
        session = at.talks.session
        away = f" ({', '.join(session.walked_out)} away)" if session.walked_out else ""
        return (
            self.header.title or self.record.path,
            f"{where}; {moment(at)}; talks {session.state}{away}",
            *self._view_words(),
        )

    def _place(self, size: int) -> str:
        """`event 206 of 408`, and how many before it the view leaves out (by a date: not yet happened)."""
        steps = self.at.steps
        if len(self.history) == size or self.history.view.party is not None:
            return f"event {steps} of {size}"
        last = self.history.events[steps - 1].id
        number = next(place for place, event in enumerate(self.record.events, 1) if event.id == last)
        return f"event {number} of {size}" + (
            f", {number - steps} before it left out" if number > steps else ""
        )

    def _view_words(self) -> Iterable[str]:
        view = self.history.view
        if view.known is not None:
            yield f"as known on {view.known.date().isoformat()}"
        if view.party is not None:
            yield f"as seen by {view.party}"
        if view.only:
            yield f"only sources {', '.join(view.only)}"
        if view.prefer or view.admits:
            yield f"lens {', '.join((*view.prefer, *view.admits))}"

    def point(self) -> dict[str, object]:
        """The point looked at, for JSON."""
        view = self.history.view
        return {
            "record": self.record.path,
            "title": self.header.title,
            "event": self.history.events[self.at.steps - 1].id if self.at.steps else None,
            "steps": self.at.steps,
            "of": len(self.history),
            "moment": self.at.moment,
            "known": view.known,
            "seen_by": view.party,
            "lens": [*view.prefer, *view.admits],
            "only_sources": view.only,
        }


def moment(at: Situation) -> str:
    """The moment looked at, as a day where it is the end of one."""
    from terms.views.wording import moment_words

    return moment_words(at.moment) if at.moment < END_OF_TIME else "no date"


def opened(options: argparse.Namespace, path: str | None, *, recall: bool = True) -> Opened:
    """The record at `path` (None: from the settings, else the shipped one) under the options' view and point.

    With `recall` one that was read before comes from the reader's cache, and one that was not is kept there.

    Raises:
        Refused: it cannot be read, or an option names what is not there.
    """
    found = located(options, path)
    tells = getattr(options, "seen_by", None) is None  # how much there is, and what is wrong with it
    if is_stored(found) and (long := long_history(found)) is not None:
        record = long_record(long, found)
        view = view_of(options, known_header(options, record.header, long.through))
        history = long if view == View() else long.through(view, folding(len(long), counts=tells))
    else:
        record = read(options, path, as_text=False, recall=recall)
        if tells:
            warn(record)
        whole = partial(History, record.header, record.events)
        view = view_of(options, known_header(options, record.header, whole))
        history = whole(view, told=folding(len(record.events), counts=tells))
    return Opened(record, history, point_of(history, getattr(options, "at", None)))


def known_header(options: argparse.Namespace, header: Header, seen: Callable[[View], History]) -> Header:
    """What the words of a view may name: of a party's, where sources are asked for, what that party knows of.

    Raises:
        Refused: there is no such party.
    """
    party = getattr(options, "seen_by", None)
    if party is None or not names_sources(options):
        return header
    return seen(View(party=known_name(party, header.party, "party"))).header


def read(
    options: argparse.Namespace, path: str | None, *, as_text: bool = True, recall: bool = False
) -> "Record":
    """The record, whatever its faults. `as_text`: with places, also where it is kept in a store.

    Raises:
        Refused: there is nothing that could be read.
    """
    found = located(options, path)
    if is_stored(found):
        return stored_record(found, as_text=as_text)
    if recall and found != "-":
        from terms.cli.recalling import Recalling

        recalling = Recalling()
        record = recalling(found)
        recalling.keep()
    else:
        from terms.records import read_record

        record = read_record(found, stdin_filename=options.stdin_filename or STDIN_NAME)
    if record.is_unreadable:
        if getattr(options, "seen_by", None) is not None:
            raise Refused(*untold_fault(found))
        why = record.obstacles
        raise Refused("; ".join(map(_placed, why)), [line for one in why for line in one.help])
    return record


def untold_fault(path: str) -> tuple[str, tuple[str, ...]]:
    """What a party is told of a record that nobody could read, which stands at a line that it may not see."""
    return f"{path} cannot be read", (f"`terms check {path}` shows why to whoever keeps it",)


def files_alone(path: str, why: str) -> None:
    """Refuse a store where a verb changes texts.

    Raises:
        Refused: `path` names a store.
    """
    if is_stored(path):
        raise Refused(f"{why}: there is nothing to change in '{path}'")


def _placed(fault: "Diagnostic") -> str:
    """What is wrong, and where it stands, if it stands anywhere."""
    return fault.message if fault.place is None else f"{fault.place}: {fault.message}"


def warn(record: "Record") -> None:
    """Say on standard error that parts of a faulty record were left out."""
    errors = [one for one in record.diagnostics if one.severity is Severity.ERROR]
    if errors:
        where = f"terms check {record.path}" if record.path else "terms check"
        print(
            f"terms: {summary(errors)} in the record; what is faulty is left out. `{where}` shows them.",
            file=sys.stderr,
        )


def split_names(names: Sequence[str], *, most: int) -> tuple[tuple[str, ...], str | None]:
    """Names and the RECORD behind them: what is a path, ends like a record or is `-` can only be a record.

    Raises:
        Refused: more was given than `most` names and one record.
    """
    kept = list(names)
    path = kept.pop() if kept and (is_path(kept[-1]) or len(kept) > most) else None
    if len(kept) > most:
        raise Refused(f"too many names: {' '.join(kept)}")
    return tuple(kept), path


def is_path(word: str) -> bool:
    """Whether a word names a record rather than a term or event."""
    return (
        word == "-"
        or "/" in word
        or is_stored(word)
        or word.endswith((".yaml", ".yml"))
        or Path(word).exists()
        or is_shipped_record(word)
    )
