"""A state machine that tells a record move by move, to subclass or to run with invariants of one's own.

def nothing_is_in_force_unsigned(history): ...
run_machine(invariants=[nothing_is_in_force_unsigned])
"""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from hypothesis import settings as settings_of
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from terms.core.event import read_event
from terms.core.header import Header
from terms.core.history import History
from terms.testing.cases import Case, kept
from terms.testing.catalogue import Law
from terms.testing.stories import KIND_NAMES, Move, Story, Teller, plain_header
from terms.testing.strategies import moves
from terms.testing.tellers import TABLED, tell

ANSWERS = (
    "accept",
    "reject",
    "counter",
    "withdraw",
    "defer",
    "amend",
    "sign",
    "refuse-to-sign",
    "ratify",
    "recant",
)
_MOVES: "dict[tuple[type[RecordMachine], tuple[str, ...]], st.SearchStrategy[Move]]" = {}
Invariant = Callable[[History], None]
"""Something that holds after every event; raises AssertionError where it does not."""


def _own_moves(kinds: Callable[["RecordMachine"], Sequence[str]]) -> st.SearchStrategy[Move]:
    return st.runner().flatmap(lambda machine: _moves_of(type(machine), tuple(kinds(machine))))


def _moves_of(owner: type["RecordMachine"], kinds: tuple[str, ...]) -> st.SearchStrategy[Move]:
    """The moves of a machine in these kinds; made once, since making them takes longer than drawing one."""
    if (owner, kinds) not in _MOVES:
        _MOVES[owner, kinds] = moves(kinds, tellers=owner.tellers)
    return _MOVES[owner, kinds]


def _tabling(machine: "RecordMachine") -> Sequence[str]:
    return [kind for kind in ("propose", "agree") if kind in machine.kinds] or machine.kinds


def _answering(machine: "RecordMachine") -> Sequence[str]:
    return [kind for kind in ANSWERS if kind in machine.kinds]


class RecordMachine(RuleBasedStateMachine):
    """Tables, answers and goes on; `history` holds what was told. Add rules and invariants in a subclass.

    `header` says of whom and of what, `kinds` which kinds of event are told, `tellers` how kinds of your own
    are. `offers` is the bundle of ids that were tabled, `asked` what holds after every event. A failure tells
    the record.
    """

    header: ClassVar[Header] = plain_header()
    kinds: ClassVar[Sequence[str]] = KIND_NAMES
    tellers: ClassVar[Mapping[str, Teller]] = {}
    asked: ClassVar[Sequence[Invariant]] = ()
    offers: ClassVar[Bundle[str]] = Bundle("offers")

    def __init__(self) -> None:
        super().__init__()
        self.story = Story(self.header, own=self.tellers)
        self.history = History(self.header, ())

    def tell(self, move: Move) -> str | None:
        """Tell a move; the id of its event, or None where it does not apply."""
        before = len(self.story.told)
        tell(self.story, move)
        if len(self.story.told) == before:
            return None
        event = read_event(self.story.told[-1])
        self.history = self.history.continued(before, [event])
        return event.id

    @rule(target=offers, move=_own_moves(_tabling))
    def table(self, move: Move) -> MultipleResults[str] | str:
        """Somebody tables something."""
        told = self.tell(move)
        nothing: MultipleResults[str] = multiple()
        return nothing if told is None else told

    @precondition(lambda machine: bool(_answering(machine)))
    @rule(offer=offers, move=_own_moves(_answering))
    def answer(self, offer: str, move: Move) -> None:
        """Somebody answers an offer, whichever it is."""
        tabled = [str(event["id"]) for event in self.story.told if event["kind"] in TABLED]
        back = len(tabled) - 1 - tabled.index(offer) if offer in tabled else move.back
        self.tell(Move(move.kind, move.who, back, move.terms, move.value, move.flags, move.days))

    @rule(move=_own_moves(lambda machine: machine.kinds))
    def go_on(self, move: Move) -> None:
        """Anything else happens."""
        self.tell(move)

    @invariant()
    def own_invariants_hold(self) -> None:
        """What the subclass asks for."""
        for holds in self.asked:
            holds(self.history)

    def told_at_once_is_the_same(self) -> None:
        """Folding event by event came to what folding the whole comes to; asked at the end of every story."""
        assert History(self.header, self.history.record).last == self.history.last

    def teardown(self) -> None:
        """Where a rule or an invariant failed: keep the record, and tell it with the failure."""
        fault = sys.exc_info()[1]
        if fault is None:
            try:
                self.told_at_once_is_the_same()
            except AssertionError as found:
                self._keep(found)
                raise
        elif isinstance(fault, Exception) and not type(fault).__module__.startswith("hypothesis"):
            self._keep(fault)

    def _keep(self, fault: Exception) -> None:
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", type(self).__name__).lower()
        says = Law(name, "what this machine asks for after every event", lambda history, choose: None)
        fault.add_note(kept(self.history, Case(name), says, name))


def run_machine(
    *,
    invariants: Sequence[Invariant] = (),
    header: Header | None = None,
    kinds: Sequence[str] = KIND_NAMES,
    tellers: Mapping[str, Teller] | None = None,
    settings: settings_of | None = None,
) -> None:
    """Tell records move by move, and ask every invariant after every event.

    Raises:
        AssertionError: an invariant does not hold; the shortest record is told with it.
    """
    own = {
        "header": header or plain_header(),
        "kinds": kinds,
        "tellers": tellers or {},
        "asked": tuple(invariants),
    }
    name = (
        getattr(invariants[0], "__name__", "told").replace("_", " ").title().replace(" ", "")
        if invariants
        else "Told"
    )
    run_state_machine_as_test(type(name, (RecordMachine,), own), settings=settings)
