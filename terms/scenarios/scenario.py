"""A scenario as it was written: what it branches from, what it changes, supposes, tries out and expects.

Parts keep their nodes, so that a sweep can put its values into them and every message has its place. What
a part means is for the branch to find out, since only the record knows the terms.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct, field

from terms.ground.diagnostics import Diagnostic, Severity
from terms.ground.nodes import MapNode, TextNode
from terms.records.record import CANNOT_READ

FORMAT = "terms-scenario/1"
SUFFIX = ".scenario.yaml"
MOST_POINTS = 10_000
"""A sweep beyond this is a mistake more often than a wish: it takes minutes and nobody reads it."""

Values = Mapping[str, str]
"""What each `$name` stands for at one point of a sweep."""


class Base(Struct, frozen=True):
    """What a scenario branches from: a record or another scenario, after an event (None: after the last).

    `point` picks one point of a base that sweeps. `path` is as written, relative to the scenario's file.
    `only` are sources, or `side:PARTY`; what none of them tells is taken as not recorded. Empty: all count.
    """

    path: TextNode
    is_scenario: bool
    after: TextNode | None = None
    point: tuple[tuple[TextNode, TextNode], ...] = ()
    only: tuple[TextNode, ...] = ()


class Assumption(Struct, frozen=True):
    """Something taken for granted, by name; `until` is kept in words and not computed with."""

    id: TextNode
    text: str = ""
    confidence: str = ""
    until: str = ""


class Edit(Struct, frozen=True):
    """One change of the past: `event` is the id dropped, replaced, or beside which `body` is put in."""

    action: Literal["drop", "replace", "insert-after", "insert-before"]
    event: TextNode
    node: MapNode
    body: MapNode | None = None
    why: str = ""
    needs: tuple[TextNode, ...] = ()


class Supposed(Struct, frozen=True):
    """One supposed event and the assumptions it hangs on."""

    node: MapNode
    needs: tuple[TextNode, ...] = ()

    @property
    def id(self) -> str:
        """Its id; "" when none was written."""
        found = self.node.get("id")
        return found.text if isinstance(found, TextNode) else ""


class Pin(Struct, frozen=True):
    """The past that the scenario was written for: a digest of its meaning, and short ones event by event."""

    meaning: TextNode
    digests: tuple[str, ...] = ()


class Scenario(Struct, frozen=True):
    """One scenario file. `diagnostics` holds what reading it alone could find wrong.

    `sweep` lists each name with its values in the order written; `mode` says whether they are crossed
    (grid) or walked side by side (zip). `replay` says what becomes of recorded events after the branch
    point: left out (stop), or folded over the changed past (continue). `xfail` is why the expectations
    are known not to hold; empty: they are meant to.
    """

    path: str
    text: str
    title: str = ""
    base: Base | None = None
    replay: Literal["stop", "continue"] = "stop"
    pin: Pin | None = None
    assumptions: tuple[Assumption, ...] = ()
    edits: tuple[Edit, ...] = ()
    supposed: tuple[Supposed, ...] = ()
    sweep: tuple[tuple[TextNode, tuple[TextNode, ...]], ...] = ()
    mode: Literal["grid", "zip"] = "grid"
    expectations: tuple[MapNode, ...] = ()
    tags: tuple[str, ...] = ()
    xfail: str = ""
    expect_line: int = 1
    diagnostics: tuple[Diagnostic, ...] = field(default=())

    @property
    def has_errors(self) -> bool:
        """Whether anything in it is wrong, beyond hints."""
        return any(one.severity is Severity.ERROR for one in self.diagnostics)

    @property
    def is_unreadable(self) -> bool:
        """Whether nothing could be read at all."""
        return any(one.code in CANNOT_READ for one in self.diagnostics)

    @property
    def own_ids(self) -> Iterator[str]:
        """The ids of the events that it tells itself, as written."""
        for body in (*(edit.node for edit in self.edits), *(event.node for event in self.supposed)):
            told = body.get("event")
            node = (told if isinstance(told, MapNode) else body).get("id")
            if isinstance(node, TextNode):
                yield node.text

    @property
    def bodies(self) -> Iterator[MapNode]:
        """Everything into which a sweep may put its values."""
        yield from (edit.node for edit in self.edits)
        yield from (event.node for event in self.supposed)
        yield from self.expectations
