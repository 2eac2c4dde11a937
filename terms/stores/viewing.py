"""A long history under a view, without holding it: what the view leaves as it was is not read or folded twice.

All events are looked through once. Up to the first that is left out, or read otherwise, the view is the history
itself; from there on it is folded anew, and all of it where the view has other accounts in use. Where a party came
to know of an event later than it happened, the view stands in a store of its own (see `sighting`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec.structs import replace

from terms.core.accounts import read_header
from terms.core.event import Event
from terms.core.header import Header
from terms.core.history import AT_ONCE, History
from terms.core.knowledge import learned
from terms.core.lens import View, admitted, disclosed_by
from terms.core.story import Told, untold
from terms.core.undisclosed import Sight
from terms.ground.words import Plain
from terms.stores import grafting
from terms.stores.grafting import Grafted, grafted
from terms.stores.sighting import Sighting

if TYPE_CHECKING:
    from terms.stores.long import LongHistory

LOOKED_AHEAD = 2_000
"""Events whose names are looked up at once."""

T = TypeVar("T")


def seen_through(base: LongHistory, view: View, told: Told = untold) -> History:
    """The history of a stream under a view; `base` is that of all of it."""
    if view == View():
        return base
    if view.party is None:
        return _through(base, view, told)
    below = seen_through(base, replace(view, party=None), told)
    made = _known_to(base, below, view.party, view, told)
    if made.keeps_rivals:
        cast("LongHistory | Grafted", made).below = below
    return made


def _through(base: LongHistory, view: View, told: Told) -> History:
    """Only what passes, reports of admitted parties turned into moves."""
    header = read_header(base.declared, view)
    events = iter(base.events)
    disclosed = _disclosed(base, header, view)
    if header != base.ruling or _chooses(base, view):
        passed = (
            one for event in _heard(events, told) for one in admitted(header, (event,), view, disclosed)
        )
        return grafted(base, 0, passed, header=header, view=view, told=told)
    cut = len(base)
    rest: Iterator[Event] = iter(())
    heard = _heard(events, told)
    for place, event in enumerate(heard):
        kept = admitted(header, (event,), view, disclosed)
        if len(kept) != 1 or kept[0] is not event:
            cut, rest = (
                place,
                chain(kept, (one for event in heard for one in admitted(header, (event,), view, disclosed))),
            )
            break
    return grafted(base, cut, rest, view=view, told=told)


def _disclosed(base: LongHistory, header: Header, view: View) -> frozenset[str]:
    """What had been disclosed by the date of a view; without anything hidden nobody need look for it."""
    if view.at is None or not base.places_opening():
        return frozenset()
    return disclosed_by(header, base.events, view)


def _known_to(base: LongHistory, below: History, party: str, view: View, told: Told) -> History:
    """What `party` knew of `below`, which is the history seen by nobody in particular."""
    first = next(iter(below.places_opening()), len(below))
    if isinstance(below, Grafted):
        first = min(first, below.cut)
    elif below is not base:
        first = 0
    if _chooses(base, view):
        first = 0  # of what the party knows another account may be in use
    first = _as_it_came(base, first, told)
    sighting = Sighting(below, first)
    tail = sighting.heard(_heard(learned(below, party, first=first), told))
    return grafting.sighted(base, first, tail, sighting, header=below.ruling, view=view, told=told)


def _as_it_came(base: LongHistory, first: int, told: Told) -> int:
    """The first place of an event that names what nobody could see by then; `first` where none before that does."""
    by_then = 0
    sight = Sight(base.ruling, lambda name: name in base.names and base.index(name) < by_then)
    events = _heard(base.spelled(), told)
    while by_then < first and (some := [*islice(events, min(LOOKED_AHEAD, first - by_then))]):
        base.look_up({name for words in some for name in _answered(words)})
        for words in some:
            by_then += 1
            if "account-of" in words:
                sight.names.add(str(words["account-of"]))
            if sight.changes(words):
                return by_then - 1
    return first


def _answered(words: Mapping[str, Plain]) -> Iterator[str]:
    """The names that an event spelled so answers, is about or follows."""
    for key in ("of", "about", "after"):
        told = words.get(key, ())
        yield from (str(one).partition("/")[0] for one in ((told,) if isinstance(told, str) else told))


def _chooses(base: LongHistory, view: View) -> bool:
    """Whether a view may have other accounts in use than those that are told first."""
    return bool((view.prefer or view.choices) and base.tale.accounts)


def _heard(events: Iterator[T], told: Told) -> Iterator[T]:
    """The events, and word of how many have passed."""
    for number, event in enumerate(events, 1):
        yield event
        if number % AT_ONCE == 0:
            told(AT_ONCE)
