"""Where the reader stands: which step, which cell, through which view, with what typed so far.

A desk is immutable; every command makes the next one. It holds no copy of the state: the state is a
look-up in the history by the step.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Literal, TypeAlias

from terms.core.event import Event
from terms.core.history import History
from terms.core.situation import Situation, situation
from terms.views.positions import grouped, standing_parties

PaneName: TypeAlias = Literal["history", "positions", "source"]
PANES: tuple[PaneName, ...] = ("history", "positions", "source")
PromptKind: TypeAlias = Literal["find", "filter", "goto", "known", "seen-by", "lens", "help"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something being typed at the foot of the screen: what for, and the text so far."""

    kind: PromptKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events the history list shows; empty fields let everything pass.

    Written `party:north term:roads kind:propose source:M1 tag:x` and free words, all of which must hold.
    """

    party: str = ""
    term: str = ""
    kind: str = ""
    source: str = ""
    tag: str = ""
    words: tuple[str, ...] = ()

    @property
    def spelled(self) -> str:
        """As it is typed; empty when nothing is filtered."""
        named = [f"{key}:{value}" for key in ("party", "term", "kind", "source", "tag") if (value := getattr(self, key))]
        return " ".join((*named, *self.words))


@dataclass(frozen=True)
class Desk:
    """The reader's place.

    `steps` is how many events have happened; the event looked at is the last of them, none at 0.
    `row` and `column` are the cell; `top` and `left` the first row and party shown; `source_top` the first
    line of the source pane; `shown` the log places that pass the filter, None: all of them.
    """

    record: History
    history: History
    steps: int
    name: str = ""
    row: int = 0
    column: int = 0
    top: int = 0
    left: int = 0
    list_top: int = 0
    source_top: int = 0
    focus: PaneName = "positions"
    zoomed: bool = False
    why: bool = False
    filter: Filter = field(default_factory=Filter)
    shown: tuple[int, ...] | None = None
    found: str = ""
    prompt: Prompt | None = None
    help_open: bool = False
    help_row: int = 0
    message: str = ""
    jumps: tuple[str, ...] = ()
    width: int = 120
    height: int = 36
    ascii_only: bool = False

    def but(self, **changes: object) -> "Desk":
        """This desk with some things changed. The rows of the matrix are worked out again only for a new history."""
        made = replace(self, **changes)  # type: ignore[arg-type]
        if made.history is self.history:
            for name in ("rows", "parties"):
                if name in self.__dict__:
                    made.__dict__[name] = self.__dict__[name]
            if made.steps == self.steps and "at" in self.__dict__:
                made.__dict__["at"] = self.__dict__["at"]
        return made

    @property
    def place(self) -> int:
        """The log place of the event looked at; -1 before the first."""
        return self.steps - 1

    @property
    def event(self) -> Event | None:
        """The event looked at; None before the first."""
        return self.history.events[self.place] if self.steps else None

    @cached_property
    def at(self) -> Situation:
        """The situation after the event looked at, at its date."""
        return situation(self.history, self.steps)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The columns: who holds a position anywhere in this history, sorted by id."""
        return standing_parties(situation(self.history))

    @cached_property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The rows: (term, stage) that anybody raises anywhere in this history, so that they stay put while stepping."""
        last = self.history.last
        raised: dict[str, set[str]] = {}
        for _, term, stage in last.cells:
            raised.setdefault(term, set()).add(stage)
        for version in last.versions.values():
            for option in version.options.values():
                for term, clause in option.items():
                    raised.setdefault(term, set()).add(clause.stage)
        for name in last.undertakings:
            term = name.rpartition("/")[2]
            raised.setdefault(term, {last.stage_of(term)})
        ordered = grouped(term for term in self.history.header.term if term in raised)
        return tuple((term, stage) for term in ordered for stage in sorted(raised[term]))

    @property
    def cell(self) -> tuple[str, str, str] | None:
        """(party, term, stage) under the cursor; None when there is nothing to point at."""
        if not self.rows or not self.parties:
            return None
        term, stage = self.rows[min(self.row, len(self.rows) - 1)]
        return self.parties[min(self.column, len(self.parties) - 1)], term, stage

    @property
    def view_words(self) -> str:
        """What the record is seen through, for the title; empty for the whole record in its default reading."""
        view = self.history.view
        words = []
        if view.party is not None:
            words.append(f"seen by {view.party}")
        if view.known is not None:
            words.append(f"known by {moment_words(view.known)}")
        if view.at is not None:
            words.append(f"happened by {moment_words(view.at)}")
        if view.prefer or view.only or view.admits:
            words.append(f"lens {','.join(view.prefer or view.only or view.admits)}")
        return "  ".join(words)


def moment_words(moment: datetime) -> str:
    """A moment as people write it: the day alone for its last instant."""
    return f"{moment:%Y-%m-%d}" if (moment.hour, moment.minute) in ((0, 0), (23, 59)) else f"{moment:%Y-%m-%d %H:%MZ}"


def opened(history: History, *, name: str, width: int, height: int, ascii_only: bool = False) -> Desk:
    """The desk at the end of a history, the cell on what the last position-moving event changed."""
    desk = Desk(history, history, len(history), name, width=width, height=height, ascii_only=ascii_only)
    return pointed(desk)


def pointed(desk: Desk) -> Desk:
    """The desk with the cursor on the first cell that its event changed, where it changed any."""
    if not desk.steps:
        return desk
    step = desk.history[desk.place]
    if step.before.cells is step.after.cells:
        return desk
    for row, (term, stage) in enumerate(desk.rows):
        for column, party in enumerate(desk.parties):
            key = (party, term, stage)
            if step.before.cells.get(key) is not step.after.cells.get(key):
                return desk.but(row=row, column=column)
    return desk
