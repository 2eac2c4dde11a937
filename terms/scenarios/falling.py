"""What of a scenario falls when assumptions are dropped: what needs one, and what names something that fell."""

from collections.abc import Iterable

from msgspec import Struct

from terms.ground.nodes import MapNode, TextNode
from terms.scenarios.referring import referred_in
from terms.scenarios.scenario import Edit, Scenario, Supposed


class Standing(Struct, frozen=True):
    """What is left of a scenario: its edits and supposed events, and the ids of the events that fell."""

    edits: tuple[Edit, ...]
    supposed: tuple[Supposed, ...]
    fallen: tuple[str, ...] = ()


def standing(scenario: Scenario, without: frozenset[str], below: Iterable[str] = ()) -> Standing:
    """The scenario without these assumptions. An edit of an event that fell, or beside one, falls with it.

    `below` are events that fell in a scenario that it stands on.
    """
    lost = frozenset(below)
    if not without and not lost:
        return Standing(scenario.edits, scenario.supposed)
    fallen: dict[str, None] = dict.fromkeys(lost)
    edits: list[Edit] = []
    for edit in scenario.edits:
        if _needs(edit, without) or edit.event.text in fallen or _refers(edit) & fallen.keys():
            fallen |= dict.fromkeys([_id(edit.body)] if edit.body is not None and _id(edit.body) else [])
        else:
            edits.append(edit)
    kept: list[Supposed] = []
    for one in scenario.supposed:
        if _needs(one, without) or _refers(one) & fallen.keys():
            fallen[one.id] = None
        else:
            kept.append(one)
    return Standing(tuple(edits), tuple(kept), tuple(one for one in fallen if one not in lost))


def _needs(one: Edit | Supposed, without: frozenset[str]) -> bool:
    return any(name.text in without for name in one.needs)


def _id(body: MapNode) -> str:
    found = body.get("id")
    return found.text if isinstance(found, TextNode) else ""


def _refers(one: Edit | Supposed) -> frozenset[str]:
    """The ids that an event names."""
    body = one.node if isinstance(one, Supposed) else one.body
    return referred_in(body) if body is not None else frozenset()
