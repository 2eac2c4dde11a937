"""What words on a command line name: a view, a source, a point, an event, a term, a date."""

import argparse
import sys
from collections.abc import Iterable
from datetime import datetime

from terms.cli.config import settings
from terms.cli.options import comma_list
from terms.cli.refusal import Refused
from terms.core.header import Header
from terms.core.history import History
from terms.core.lens import View
from terms.core.situation import Situation, situation
from terms.ground.dates import Edtf, lacks_zone, read_date
from terms.ground.errors import BadDate
from terms.ground.suggest import did_you_mean


def view_of(options: argparse.Namespace, header: Header) -> View:
    """The view that the options ask for.

    Raises:
        Refused: a source, party or date is not known.
    """
    lens = _lens(options)
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


def names_sources(options: argparse.Namespace) -> bool:
    """Whether the view that the options ask for names any sources."""
    return bool(_lens(options) or getattr(options, "only_sources", None))


def _lens(options: argparse.Namespace) -> str | None:
    return getattr(options, "lens", None) or settings(no_config=options.no_config).text("lens")


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
