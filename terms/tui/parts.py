"""The things a desk is made of: what is typed, what is filtered, what is kept for comparing and for going back."""

from typing import Literal, TypeAlias

from msgspec import Struct

from terms.core.history import History
from terms.core.talks import CellKey
from terms.tui.effects import Refold, Seek

PaneName: TypeAlias = Literal["history", "positions", "source"]
PANES: tuple[PaneName, ...] = ("history", "positions", "source")
Lower: TypeAlias = Literal["event", "why", "orders"]
"""What the lower pane tells: the event, how the cell came to be, or who waits for what."""

Only: TypeAlias = Literal["all", "agreed", "changed", "contested", "differing"]
PromptKind: TypeAlias = Literal[
    "find",
    "filter",
    "goto",
    "known",
    "seen-by",
    "lens",
    "first-where",
    "overlay",
    "mark",
    "to-mark",
    "menu",
    "skip",
    "edit",
    "add",
    "save",
    "why",
    "overwrite",
]
MenuName: TypeAlias = Literal["keys", "palette", "pane", "copy", "export", "what-if", "branches", "rewritten"]


class Awaited(Struct, frozen=True):
    """What is being folded beside the reader, and how many events of how many at most are done."""

    asked: Refold
    done: int = 0
    most: int = 0


class Prompt(Struct, frozen=True):
    """Something being typed at the foot of the screen: what for, the text so far, and of what it is asked.

    `behind` is the number of letters behind the cursor.
    """

    kind: PromptKind
    text: str = ""
    about: str = ""
    behind: int = 0


class Filter(Struct, frozen=True):
    """Which events the list shows and which rows the matrix; empty fields let everything pass.

    Written `party:north term:roads move:propose source:M1 tag:x stage:truce date:2031-03 status:agreed`
    and free words, all of which must hold. Status and stage are of rows, the others of events; a term of both.
    """

    party: str = ""
    term: str = ""
    move: str = ""
    source: str = ""
    tag: str = ""
    date: str = ""
    round: str = ""
    stage: str = ""
    status: str = ""
    words: tuple[str, ...] = ()

    NAMES = ("party", "term", "move", "source", "tag", "date", "round", "stage", "status")

    @property
    def spelled(self) -> str:
        """As it is typed; empty when nothing is filtered."""
        named = [f"{key}:{value}" for key in self.NAMES if (value := getattr(self, key))]
        return " ".join((*named, *self.words))


class Anchor(Struct, frozen=True):
    """A point kept for comparing: a history after so many steps. `name` says which one it is."""

    history: History
    steps: int
    name: str

    @property
    def event(self) -> str:
        """The id of its last event; empty before the first."""
        return self.history.events[self.steps - 1].id if self.steps else ""


class Overlay(Struct, frozen=True):
    """A second history of the same talks laid over the first; `name` says which, for the title.

    `whole` is what it is a view of, where it is seen as the reader sees the first: the base of a branch. `skipped`
    are events of it that do not happen in the first, `shared` the leading steps that both have.
    """

    history: History
    name: str
    whole: History | None = None
    skipped: frozenset[str] = frozenset()
    shared: int = 0


class Newer(Struct, frozen=True):
    """A reading of the record with another past than the one looked at; `asked`: the reader was asked about it."""

    history: History
    asked: bool = False


class Sought(Struct, frozen=True):
    """Where something is in a history, once it has been looked for."""

    history: History
    seek: Seek
    places: tuple[int, ...]


class Spot(Struct, frozen=True):
    """Where a jump began: the event (empty: before the first), the cell, the pane and what its lower one told."""

    event: str
    point: CellKey | None
    focus: PaneName
    lower: Lower
