"""Old forms of records, brought up to date on reading: from a text as from a store, whose bytes stay as they are.

Declarations change their form as a whole, numbered by `format:`, and a step leads from each number to the next.
A kind of event changes on its own, and a renewal leads from what it said. Whoever changes either adds it here, and
files to tests/corpus/formats. Both are checked for gaps when this module is imported. Faults in an old form are told
at the places where it was written.
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


FORM = "terms/1"
"""The form of declarations that this version writes."""


class BrokenUpgrades(TermsError):
    """The upgrades do not lead from every old form to the present one."""

    def __init__(self, form: str, present: str, reason: str) -> None:
        super().__init__(f"form '{form}' does not lead to {present}: {reason}")
        self.form, self.reason = form, reason


class Step(Struct, frozen=True):
    """One upgrade of declarations, from the form `old` to `new`.

    `change` takes what one file or one line declares, its short forms as they were written; it need not name the form.
    """

    old: str
    new: str
    change: Upgrade


def checked_steps(steps: Iterable[Step], present: str = FORM) -> Mapping[str, Step]:
    """The steps by the form they begin from.

    Raises:
        BrokenUpgrades: two begin from one form, or a way ends elsewhere or goes round.
    """
    by_old: dict[str, Step] = {}
    for step in steps:
        if step.old in by_old:
            raise BrokenUpgrades(step.old, present, "two upgrades begin from it")
        by_old[step.old] = step
    for form in by_old:
        seen = {form}
        at = form
        while at != present:
            if at not in by_old:
                raise BrokenUpgrades(form, present, f"no upgrade begins from '{at}'")
            at = by_old[at].new
            if at in seen:
                raise BrokenUpgrades(form, present, f"the way comes back to '{at}'")
            seen.add(at)
    return MappingProxyType(by_old)


UPGRADES: Mapping[str, Step] = checked_steps(())
"""None so far: `terms/1` is the first form. A second one adds its step here, and files to tests/corpus/formats."""


def is_newer(form: str) -> bool:
    """Whether a form is one that a later version of the program writes."""
    name, _, number = form.partition("/")
    ours, _, present = FORM.partition("/")
    return (
        name == ours
        and number.isascii()
        and number.isdigit()
        and len(number) < 9
        and int(number) > int(present)
    )


def renewed_header(spelled: dict[str, Plain], steps: Mapping[str, Step]) -> dict[str, Plain]:
    """Declarations in their present form, or as far as the steps lead."""
    form = str(spelled.get("format", ""))
    while form in steps:
        spelled = {**steps[form].change(spelled), "format": steps[form].new}
        form = steps[form].new
    return spelled


def renewed_entries(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The keys of a text but its events in their present form; the very same where they are in it, or in none known."""
    named = next((entry for entry in entries if entry.key.text == "format"), None)
    if named is None or not isinstance(named.value, TextNode) or named.value.text not in UPGRADES:
        return entries
    said = {entry.key.text: thaw(words_of(entry.value)) for entry in entries}
    new = renewed_header(said, UPGRADES)
    return _entries(entries, new, named.value)


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
    return node._replace(entries=_entries(node.entries, renewed(said, RENEWALS), kind))


def _entries(old: tuple[Entry, ...], new: dict[str, Plain], at: TextNode) -> tuple[Entry, ...]:
    """What is said now: where it was written when it was, else in the place of a key that is there no more, else `at`."""
    by_key = {entry.key.text: entry for entry in old}
    gone = next((entry.key for entry in old if entry.key.text not in new), at)
    return tuple(
        Entry(by_key[key].key, _said(by_key[key].value, value, by_key[key].key))
        if key in by_key
        else _entry(key, value, gone)
        for key, value in new.items()
    )


def _said(node: Node, words: Plain, key: TextNode) -> Node:
    """A value that says these words: itself where it does already, else with as many of its own places as fit."""
    if thaw(words_of(node)) == words:
        return node
    if isinstance(node, MapNode) and isinstance(words, dict):
        return node._replace(entries=_entries(node.entries, words, key))
    return _node(words, node if isinstance(node, TextNode) else key)


def _entry(key: str, value: Plain, at: TextNode) -> Entry:
    return Entry(at._replace(text=key, quoted=False), _node(value, at))


def _node(words: Plain, at: TextNode) -> Node:
    """Words as if they had been written where something else stands."""
    if isinstance(words, str):
        return at._replace(text=words, quoted=True)
    if isinstance(words, list):
        return ListNode(tuple(_node(one, at) for one in words), at.start, at.end, at.origin)
    return MapNode(tuple(_entry(key, value, at) for key, value in words.items()), at.start, at.end, at.origin)
