"""Contested answers: where rival accounts of the record give different answers, each reading with its own.

No account wins by being first. The record is read with one account of every occurrence in use; this asks
the same question again with each of the others, and lists what comes out differently. Readings multiply
only over the occurrences that change the answer.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Generic, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from terms.core.accounts import Choice, chosen_accounts
from terms.core.event import Event
from terms.core.history import History
from terms.core.life import axes
from terms.core.situation import Situation, situation
from terms.core.story import Told, untold
from terms.core.talks import CellKey
from terms.views.changes import changed_cells
from terms.views.consents import agreed_words

MOST_READINGS = 64
"""Combinations asked; beyond it (six disputes of two accounts) one dispute at a time is varied."""

MOST_SURVEYED = 5_000
"""Steps of a history whose rival accounts are surveyed; of a longer one each step is looked at when it is asked for."""

Answer = TypeVar("Answer")


class Reading(Struct, Generic[Answer], frozen=True):
    """One reading: which accounts are in use other than those of the default, and the answer they give."""

    choices: tuple[Choice, ...]
    answer: Answer
    usual: str = "default reading"

    @property
    def words(self) -> str:
        """`default reading` (under a lens, that of the lens), or which account of what, on whose word."""
        return "; ".join(choice.words for choice in self.choices) or self.usual


class Answered(Struct, Generic[Answer], frozen=True):
    """An answer under every reading. `readings` begins with the default one and holds each answer's readings.

    `truncated`: there were too many combinations, so disputes were varied one at a time.
    """

    answer: Answer
    readings: tuple[Reading[Answer], ...]
    truncated: bool = False

    @property
    def is_contested(self) -> bool:
        """Whether the readings give more than one answer."""
        return any(reading.answer != self.answer for reading in self.readings)


class Span(Struct, frozen=True):
    """The cells that one rival account would change, from so many steps on until the next span begins."""

    steps: int
    cells: frozenset[CellKey]


class Readings:
    """The readings of one history, each folded once, however many questions are asked of them.

    `spans` is what is known of rival accounts already, by their place in `history.rivals`; see `survey`. `told`
    hears before each reading is folded how many were.
    """

    def __init__(
        self, history: History, spans: Mapping[int, Sequence[Span]] | None = None, *, told: Told = untold
    ) -> None:
        self.history, self._told = history, told
        self.spans = {place: tuple(found) for place, found in (spans or {}).items()}
        self._folded: dict[tuple[Choice, ...], History] = {(): history}

    def survey(self, place: int) -> None:
        """Find for the rival account at a place which cells it would change, at every step of the history."""
        choice = self.history.rivals[place]
        if self.history.moved_under(choice, 0) is not None:
            return
        under = self.under(choice)
        if len(self.history) > MOST_SURVEYED:
            return
        found = [Span(0, frozenset())]
        for steps in range(len(self.history) + 1):
            cells = changed_cells(self.history.state(steps), under.state(min(steps, len(under))))
            if cells != found[-1].cells:
                found.append(Span(steps, cells))
        self.spans[place] = tuple(found)

    @property
    def is_surveyed(self) -> bool:
        """Whether every rival account is, so that nothing need be folded to tell what is contested where."""
        return len(self.spans) == len(self.history.rivals)

    def changed_by(self, place: int, steps: int) -> frozenset[CellKey]:
        """The cells that the rival account at a place would change after `steps` steps."""
        spans = self.spans.get(place)
        if spans is not None:
            return spans[bisect_right(spans, steps, key=lambda span: span.steps) - 1].cells
        return self._changed(self.history.rivals[place], steps)

    def _changed(self, choice: Choice, steps: int) -> frozenset[CellKey]:
        """The cells that a rival account would change after `steps` steps, looked up where that is kept."""
        moved = self.history.moved_under(choice, steps)
        if moved is not None:
            return frozenset(cast("CellKey", key) for name, key in moved if name == "cells")
        under = self.under(choice)
        return changed_cells(self.history.state(steps), under.state(min(steps, len(under))))

    def _moves(self, choice: Choice, steps: int) -> bool:
        """Whether a rival account makes another state after `steps` steps."""
        moved = self.history.moved_under(choice, steps)
        return self.under(choice).state(steps) != self.history.state(steps) if moved is None else bool(moved)

    def under(self, *choices: Choice) -> History:
        """The history with these accounts in use, folded when it is first asked for."""
        if choices not in self._folded:
            *head, last = choices
            self._told(len(self._folded) - 1)
            self._folded[choices] = self.under(*head).under(last)
        return self._folded[choices]

    def ask(
        self,
        question: Callable[[History], Answer],
        *,
        rivals: Iterable[Choice] | None = None,
        combine: bool = True,
    ) -> Answered[Answer]:
        """`question` asked of every reading that could change its answer.

        `rivals` are the accounts that could; None: all. `combine` False varies one dispute at a time: for an
        answer that is a list, whose members hang on different disputes.
        """
        default = question(self.history)
        asked = self.history.rivals if rivals is None else rivals
        touching = [choice for choice in asked if question(self.under(choice)) != default]
        combined = combine and self._size(touching) <= MOST_READINGS
        grid = self._grid(touching) if combined else [(), *((choice,) for choice in touching)]
        usual = self.history.view.usual
        readings = tuple(Reading(choices, question(self.under(*choices)), usual) for choices in grid)
        return Answered(default, readings, truncated=combine and not combined)

    def moving(self, steps: int) -> tuple[Choice, ...]:
        """The rival accounts that make another state after `steps` steps, or date an event otherwise."""
        dates = self._dates(None)
        return tuple(
            choice
            for choice in self._before(steps)
            if self._moves(choice, steps) or self._dates(choice) != dates
        )

    def about(self, names: frozenset[str]) -> tuple[Choice, ...]:
        """The rival accounts of events that are, answer, disclose or mention one of `names`."""
        told = {
            name
            for event in self._told_otherwise()
            for name in (event.id, event.account_of)
            if name and names & _mentioned(event)
        }
        return tuple(choice for choice in self.history.rivals if choice.of in told)

    def _dates(self, choice: Choice | None) -> tuple[str, ...]:
        """The dates of the events as read under one account; they matter to clocks, if to no state."""
        view, events = self.history.view, self._told_otherwise()
        if choice is not None and view.party is not None:
            under = self.under(choice)  # of the occurrence the party may have seen something else
            events = [under.events[place] for place in under.places_of_accounts()]
        if choice is not None:
            view = replace(view, choices=(*view.choices, choice))
        read = chosen_accounts(events, view)
        return tuple(event.date.text for event in read.values() if event is not None)

    def contested_cells(self, steps: int) -> frozenset[CellKey]:
        """The cells that another account would change, one dispute at a time, after `steps` steps."""
        found: set[CellKey] = set()
        for choice in self._before(steps):
            found |= self._changed(choice, steps)
        return frozenset(found)

    def headlines(self, at: Situation) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
        """(term, stage) -> (reading, headline) of every reading, the default first, where they differ.

        Where all have one headline and another value is agreed, the value is told with it. One dispute at a time, over the terms whose cells it changes.
        """
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for choice in self._before(at.steps):
            touched = {key[1:] for key in self._changed(choice, at.steps)}
            if not touched:
                continue
            other = Situation(self.under(choice), at.steps, at.moment)
            for term, stage in sorted(touched):
                (here, mine), (there, theirs) = _standing(at, term, stage), _standing(other, term, stage)
                if (here, mine) != (there, theirs):
                    told = (here, there) if here != there else (f"{here}; {mine}", f"{there}; {theirs}")
                    lines = found.setdefault((term, stage), [(self.history.view.usual, told[0])])
                    lines.append((choice.words, told[1]))
        return {key: tuple(lines) for key, lines in found.items()}

    def contested_terms(self, steps: int) -> tuple[str, ...]:
        """The terms with a contested cell, sorted."""
        return tuple(sorted({term for _, term, _ in self.contested_cells(steps)}))

    def _before(self, steps: int) -> tuple[Choice, ...]:
        """The rival accounts of what the first `steps` steps tell."""
        told = {name for event in self._told_otherwise(steps) for name in (event.id, event.account_of)}
        return tuple(choice for choice in self.history.rivals if choice.of in told)

    def _told_otherwise(self, steps: int | None = None) -> list[Event]:
        """The events of the first `steps` steps (None: all) that are told in rival accounts, or tell some."""
        history = self.history
        return [
            history.events[place] for place in history.places_of_accounts() if steps is None or place < steps
        ]

    def _grid(self, touching: list[Choice]) -> list[tuple[Choice, ...]]:
        groups = list(self._by_occurrence(touching).values())
        picks = product(*((None, *group) for group in groups))
        return [tuple(choice for choice in pick if choice is not None) for pick in picks]

    def _size(self, touching: list[Choice]) -> int:
        size = 1
        for group in self._by_occurrence(touching).values():
            size *= len(group) + 1
        return size

    def _by_occurrence(self, touching: list[Choice]) -> dict[str, list[Choice]]:
        groups: dict[str, list[Choice]] = {}
        for choice in touching:
            groups.setdefault(choice.of, []).append(choice)
        return groups

    @cached_property
    def count(self) -> int:
        """How many rival accounts there are that could change a state."""
        return len(self.history.rivals)


def _standing(at: Situation, term: str, stage: str) -> tuple[str, str]:
    """The headline of a term and what was agreed on it."""
    found = axes(at, term, stage=stage)
    return found.headline, agreed_words(at, found.consent)


def _mentioned(event: Event) -> set[str]:
    """Every name an event is known by or speaks of: its own, its occurrence, what it answers or opens."""
    named = (
        event.id,
        event.account_of,
        getattr(event, "text", None),
        *getattr(event, "of", ()),
        *event.about,
    )
    return {name.partition("/")[0] for name in named if name}


def ask_situation(
    readings: Readings, at: Situation, question: Callable[[Situation], Answer], *, combine: bool = True
) -> Answered[Answer]:
    """`question` asked of the same step and moment under every reading; see `Readings.ask`."""
    return readings.ask(
        lambda history: question(situation(history, min(at.steps, len(history)), at.moment)),
        rivals=readings.moving(at.steps),
        combine=combine,
    )
