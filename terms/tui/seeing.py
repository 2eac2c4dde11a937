"""Looking at the same record otherwise: as known on a date, as seen by a party, through a lens of sources."""

from collections import OrderedDict

from msgspec.structs import replace

from terms.core.header import Header
from terms.core.history import History
from terms.core.lens import View
from terms.core.story import Told, untold
from terms.ground.dates import read_date
from terms.ground.errors import BadDate, TermsError
from terms.ground.suggest import did_you_mean
from terms.tui import matrix
from terms.tui.desk import Desk
from terms.tui.effects import Replay
from terms.tui.finding import passing
from terms.views.wording import moment_words

MOST_KEPT = 4
"""Views kept."""


class Unseen(TermsError):
    """What was typed names no view; the message says why."""


def view_words(view: View) -> str:
    """What a record is seen through; empty for the whole record in its default reading."""
    words = []
    if view.party is not None:
        words.append(f"as seen by {view.party}")
    if view.known is not None:
        words.append(f"as known on {moment_words(view.known)}")
    if view.at is not None:
        words.append(f"happened by {moment_words(view.at)}")
    if view.only:
        words.append(f"only sources {','.join(view.only)}")
    if view.prefer or view.admits:
        words.append(f"lens {','.join((*view.prefer, *view.admits))}")
    if view.dropped:
        words.append(f"without {','.join(sorted(view.dropped))}")
    words.extend(f"{choice.of} as told in {choice.name}" for choice in view.choices)
    return ", ".join(words)


def known_on(view: View, typed: str) -> View:
    """The view with the date typed as the day of knowledge; nothing typed: whatever was learned since, too.

    Raises:
        Unseen: it is no date, or one without an end.
    """
    if not typed:
        return replace(view, known=None)
    try:
        moment = read_date(typed).latest
    except BadDate as wrong:
        raise Unseen(str(wrong)) from wrong
    if moment is None:
        raise Unseen(f"'{typed}' has no end: name a day or a moment")
    return replace(view, known=moment)


def seen_by(view: View, header: Header, typed: str, near: Header | None = None) -> View:
    """The view through the eyes of the party typed; nothing typed: through nobody's.

    Of another view the dates stay: a lens, or whose word counts, may name what the party does not know.
    `near` declares those that may be named to whoever mistypes one; None: whoever `header` declares.

    Raises:
        Unseen: there is no such party.
    """
    if typed and typed not in header.party:
        known = (header if near is None else near).party
        raise Unseen("; ".join((f"'{typed}' is no party of this record", *did_you_mean(typed, known))))
    if not typed or typed == view.party:
        return replace(view, party=typed or None)
    return View(at=view.at, known=view.known, party=typed)


def through(view: View, header: Header, typed: str) -> View:
    """The view that prefers the sources typed, in that order; a party or person admits what it reports.

    Raises:
        Unseen: a word names no source, side, party or person.
    """
    prefer: list[str] = []
    admits: list[str] = []
    for word in typed.replace(",", " ").split():
        side = [source.id for source in header.sources if word == f"side:{source.side}"]
        if side or word in header.source:
            prefer += side or [word]
        elif word in header.party or word in header.person:
            admits.append(word)
        else:
            sides = (f"side:{source.side}" for source in header.sources if source.side)
            near = did_you_mean(word, [*header.source, *sides, *header.party, *header.person])
            raise Unseen("; ".join((f"'{word}' is no source, side or party of this record", *near)))
    return replace(view, prefer=tuple(prefer), admits=tuple(admits))


def seen(desk: Desk, view: View) -> Desk:
    """The desk over the same record under another view: at the same event, or the last before it that is in view."""
    if view == desk.history.view:
        return desk
    if view.party != desk.history.view.party:
        desk = parted(desk, view.party)
    made = over(desk, viewed(desk.record, view))
    laid = desk.overlay
    if laid is None or laid.whole is None:
        return made
    return made.but(overlay=replace(laid, history=viewed(laid.whole, view), shared=0))


def plain_view(desk: Desk) -> View:
    """What `esc` leads back to in the end: the record as recorded, or as the party sees it that the reader is kept to."""
    return replace(desk.record.view, party=desk.kept_to)


def is_viewed(desk: Desk) -> bool:
    """Whether the reader looks at anything but that."""
    return desk.history is not desk.record and (desk.kept_to is None or desk.history.view != plain_view(desk))


def whole_of(desk: Desk, view: View) -> History:
    """What is looked at under another view: the branch stood on, through other eyes the record."""
    return desk.record if view.party == desk.history.view.party else desk.root


def parted(desk: Desk, party: str | None) -> Desk:
    """The desk off any branch, with the what-ifs of another party's view in place of those of this one.

    Nothing that was supposed on what one party knows is shown to another. The scenario of a file stands on what
    either knows, and is replayed on that.
    """
    every = (*desk.branches, *desk.aside)
    files = tuple(
        replace(one, made=None, outdated=False, party=party) for one in desk.branches if one.make is not None
    )
    own = tuple(one for one in every if one.make is None)
    on = next((one for one in files if one.name == desk.branch), None) if desk.branch else None
    laid = desk.overlay
    is_base = desk.on is not None and laid is not None and laid.whole is not None
    return desk.but(
        record=desk.root,
        trunk=None,
        branch="",
        branches=(*files, *(one for one in own if one.party == party)),
        aside=tuple(one for one in own if one.party != party),
        overlay=None if is_base else laid,
        only="all" if is_base and desk.only == "differing" else desk.only,
        out=(*desk.out, *((Replay(on),) if on is not None else ())),
    )


class Views:
    """Histories under the views that were asked for last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[History, View], History] = OrderedDict()

    def has(self, whole: History, view: View) -> bool:
        """Whether nothing has to be folded for a view."""
        return view == whole.view or (whole, view) in self._kept

    def of(self, whole: History, view: View, told: Told = untold) -> History:
        """A history under a view, folded where it was not yet."""
        if view == whole.view:
            return whole
        if (found := self._kept.get((whole, view))) is None:
            found = self._kept[whole, view] = whole.through(view, told)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found


VIEWS = Views()
"""One for the program."""


def viewed(whole: History, view: View) -> History:
    """A history under a view; itself under its own."""
    return VIEWS.of(whole, view)


def over(desk: Desk, history: History) -> Desk:
    """The desk over another history of the same talks: place, cell, filter and panes stay as far as they can."""
    steps = matrix.aligned(desk.history, desk.steps, history)
    shown = passing(history, desk.filter)
    return desk.but(history=history, steps=steps, shown=shown, list_top=0, top=0, source_top=0, awaited=None)
