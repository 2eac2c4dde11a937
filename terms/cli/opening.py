"""From the words on a command line to a history at a step: which record, seen how, at which point."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from terms.cli.config import settings
from terms.cli.locating import located
from terms.cli.long import folding, long_history, long_record
from terms.cli.options import STDIN_NAME, comma_list
from terms.cli.refusal import Refused
from terms.cli.shipped import is_shipped_record
from terms.cli.stored import is_stored, stored_record
from terms.core.header import Header
from terms.core.history import History
from terms.core.lens import View
from terms.core.situation import END_OF_TIME, Situation, situation
from terms.ground.dates import Edtf, lacks_zone, read_date
from terms.ground.diagnostics import Severity, summary
from terms.ground.errors import BadDate
from terms.ground.suggest import did_you_mean
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
        """The other readings of the history; each is folded when a question needs it."""
        return Readings(self.history)

    @property
    def code(self) -> int:
        """1 when the record has errors, since parts of it were left out; else 0."""
        return 1 if self.record.has_errors else 0

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
    if is_stored(found) and (long := long_history(found)) is not None:
        record = long_record(long, found)
        view = view_of(options, record.header)
        history = long if view == View() else long.through(view, folding(len(long)))
    else:
        record = read(options, path, as_text=False, recall=recall)
        warn(record)
        view = view_of(options, record.header)
        history = History(record.header, record.events, view, told=folding(len(record.events)))
    return Opened(record, history, point_of(history, getattr(options, "at", None)))


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
        why = record.obstacles
        raise Refused("; ".join(map(_placed, why)), [line for one in why for line in one.help])
    return record


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


def view_of(options: argparse.Namespace, header: Header) -> View:
    """The view that the options ask for.

    Raises:
        Refused: a source, party or date is not known.
    """
    lens = getattr(options, "lens", None) or settings(no_config=options.no_config).text("lens")
    prefer: list[str] = []
    admits: list[str] = []
    for name in comma_list(lens):
        if name in header.party or name in header.person:
            admits.append(name)
        else:
            prefer.extend(sources_named(header, name))
    only = [
        one
        for name in comma_list(getattr(options, "only_sources", None))
        for one in sources_named(header, name)
    ]
    party = getattr(options, "seen_by", None)
    if party is not None:
        known_name(party, header.party, "party")
    known = getattr(options, "known", None)
    at = getattr(options, "at", None)
    by = _latest(at) if at is not None and _is_date(at) else None
    return View(
        at=by,
        known=read_moment(known) if known else None,
        party=party,
        prefer=tuple(prefer),
        only=tuple(only),
        admits=tuple(admits),
    )


def sources_named(header: Header, name: str) -> tuple[str, ...]:
    """The sources that a word of a lens names: one by its id, or all of a side by `side:PARTY`.

    Raises:
        Refused: there is no such source or side.
    """
    if name.startswith("side:"):
        side = name.removeprefix("side:")
        found = tuple(source.id for source in header.sources if source.side == side)
        if not found:
            sides = {source.side for source in header.sources if source.side}
            raise Refused(f"no source is declared to be on side '{side}'", did_you_mean(side, sides))
        return found
    known_name(name, {**header.source, **header.party, **header.person}, "source")
    return (name,)


def known_name(name: str, known: Iterable[str], what: str) -> str:
    """`name` itself.

    Raises:
        Refused: it is not among `known`; the nearest one is offered.
    """
    names = list(known)
    if name not in names:
        where = "" if " of " in what else " in this record"
        raise Refused(f"there is no {what} '{name}'{where}", did_you_mean(name, names))
    return name


def point_of(history: History, at: str | None) -> Situation:
    """The situation at EVENT (after it), at DATE (by then), or at the end when `at` is None.

    Raises:
        Refused: it is neither a date nor an event of the history.
    """
    if at is None or _is_date(at):
        return situation(history, moment=read_moment(at) if at is not None else None)
    return situation(history, event_index(history, at) + 1)


def event_index(history: History, name: str) -> int:
    """The index of an event by its id or `#N`.

    Raises:
        Refused: there is none; the nearest id is offered.
    """
    from terms.core.history import NoSuchEvent
    from terms.views.detail import find

    try:
        return find(history, name)
    except NoSuchEvent as fault:
        ids = [event.id for event in history.events]
        raise Refused(f"there is no event '{name}' in this history", did_you_mean(name, ids)) from fault


def terms_under(header: Header, name: str) -> tuple[str, ...]:
    """The terms that a name covers: itself, and those whose dotted names begin with it.

    Raises:
        Refused: there is none.
    """
    from terms.views.comparison import in_group

    found = tuple(term for term in header.term if in_group(term, name))
    if not found:
        raise Refused(f"there is no term '{name}' in this record", did_you_mean(name, header.term))
    return found


def read_moment(words: str) -> datetime:
    """The latest moment that a date means; on standard error, how a time without a zone was read.

    Raises:
        Refused: it is no date, or one without an end.
    """
    if lacks_zone(words):
        print(f"terms: {words} is read as UTC; write the zone, as in {words}+03:00", file=sys.stderr)
    return _latest(words)


def _latest(words: str) -> datetime:
    latest = _date(words).latest
    if latest is None:
        raise Refused(f"'{words}' has no end: name a day or a moment")
    return latest


def _date(words: str) -> Edtf:
    try:
        return read_date(words)
    except BadDate as fault:
        raise Refused(str(fault)) from fault


def _is_date(words: str) -> bool:
    """Whether a point is written as a date; every date begins with a digit and no id does."""
    return words[:1].isdigit()
