"""Old forms of events, brought up to date on reading: from a text as from a store, whose bytes stay as they are.

A kind of event that changes its form adds a renewal here, and a file to tests/corpus/formats. Renewals are checked
for gaps when this module is imported. Faults in an old form are told at the places where it was written.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

import terms.events  # noqa: F401 - makes the kinds known
from terms.core.event import KINDS
from terms.ground.errors import TermsError
from terms.ground.nodes import Entry, ListNode, MapNode, Node, TextNode
from terms.ground.words import Plain, thaw
from terms.records.shapes import words_of

Upgrade = Callable[[dict[str, Plain]], dict[str, Plain]]


class BrokenUpgrades(TermsError):
    """The upgrades do not lead from every old form to the present one."""

    def __init__(self, form: str, present: str, reason: str) -> None:
        super().__init__(f"form '{form}' does not lead to {present}: {reason}")
        self.form, self.reason = form, reason


class Renewal(Struct, frozen=True):
    """An old form of event: `kind` with a `key` that it has no more. `change` says the same in the newer form.

    For a kind that is called otherwise now, `key` is "kind".
    """

    kind: str
    key: str
    change: Upgrade


def checked_renewals(renewals: Iterable[Renewal]) -> Mapping[str, tuple[Renewal, ...]]:
    """The renewals by kind.

    Raises:
        BrokenUpgrades: one would catch events of the present form, two are of one form, or a kind leads nowhere.
    """
    by_kind: dict[str, tuple[Renewal, ...]] = {}
    for one in renewals:
        known = KINDS.get(one.kind)
        if known is not None and (one.key == "kind" or one.key in {*known.keys()}):
            raise BrokenUpgrades(one.kind, "its present one", f"its present form has the key '{one.key}'")
        if any(other.key == one.key for other in by_kind.get(one.kind, ())):
            raise BrokenUpgrades(one.kind, "its present one", f"two renewals begin from its key '{one.key}'")
        by_kind[one.kind] = (*by_kind.get(one.kind, ()), one)
    for kind, found in by_kind.items():
        if kind not in KINDS and all(one.key != "kind" for one in found):
            raise BrokenUpgrades(
                kind, "any kind", "there is no such kind now, and nothing says what it is called"
            )
    return MappingProxyType(by_kind)


RENEWALS: Mapping[str, tuple[Renewal, ...]] = checked_renewals(())
"""None so far: every form of event is that of the first release."""


def renewed(spelled: dict[str, Plain], renewals: Mapping[str, tuple[Renewal, ...]]) -> dict[str, Plain]:
    """The event in its present form, as far as the renewals lead; each is used once at most."""
    used: list[Renewal] = []
    while True:
        fitting = (
            one for one in renewals.get(str(spelled["kind"]), ()) if one.key in spelled and one not in used
        )
        one = next(fitting, None)
        if one is None:
            return spelled
        used.append(one)
        spelled = one.change(spelled)


def renewed_node(node: MapNode) -> MapNode:
    """An event of a text in its present form; what is said in another way now has the place of an old key."""
    kind = node.get("kind")
    if not RENEWALS or not isinstance(kind, TextNode) or kind.text not in RENEWALS:
        return node
    said = thaw(words_of(node))
    if not isinstance(said, dict):
        return node
    new = renewed(said, RENEWALS)
    gone = [entry.key for entry in node.entries if entry.key.text not in new]
    at = gone[0] if gone else kind
    kept = {
        entry.key.text: entry for entry in node.entries if new.get(entry.key.text) == said[entry.key.text]
    }
    return node._replace(entries=tuple(kept.get(key) or _entry(key, value, at) for key, value in new.items()))


def _entry(key: str, value: Plain, at: TextNode) -> Entry:
    return Entry(at._replace(text=key, quoted=False), _node(value, at))


def _node(words: Plain, at: TextNode) -> Node:
    """Words as if they had been written where something else stands."""
    if isinstance(words, str):
        return at._replace(text=words, quoted=True)
    if isinstance(words, list):
        return ListNode(tuple(_node(one, at) for one in words), at.start, at.end, at.origin)
    return MapNode(tuple(_entry(key, value, at) for key, value in words.items()), at.start, at.end, at.origin)
