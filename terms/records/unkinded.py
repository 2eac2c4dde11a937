"""What is wrong in an event whose kind nobody knows, so that one misspelt word does not hide the other faults.

Told is what holds whatever the kind may be, and what holds for the kind that was probably meant: keys that another
kind has are let be, since that one may have been meant. Nothing of such an event is ever used.
"""

from collections.abc import Iterable

from msgspec import Struct

from terms.core.event import KINDS
from terms.ground.nodes import Entry, MapNode
from terms.ground.suggest import nearest
from terms.records.field_checks import check_field
from terms.records.fields import plan_of, required_keys
from terms.records.notebook import Notebook


class Unkinded(Struct, frozen=True):
    """The keys that the event must have, of the kind that was meant where one is near, and those nothing reads."""

    required: tuple[str, ...]
    unread: tuple[str, ...]


def check_unkinded(word: str, node: MapNode, note: Notebook, *, leaving: Iterable[str]) -> Unkinded:
    """Note the faults behind the keys of an event that says it is a `word`; `leaving` are keys looked at before."""
    near = nearest(word, KINDS) if word else None
    required = required_keys(near) if near is not None else _always()
    left = {"id", "kind", *leaving}
    unread = list(leaving)
    for entry in node.entries:
        if entry.key.text in left or entry.key.text.startswith("x-"):
            continue
        if not _is_checked(entry, near, note):
            note.unknown_key(entry.key, plan_of(near) if near is not None else required)
            unread.append(entry.key.text)
    return Unkinded(required, tuple(unread))


def _is_checked(entry: Entry, near: str | None, note: Notebook) -> bool:
    """Whether some kind has this key; what stands behind it is looked at where all that have it read it alike."""
    key = entry.key.text
    having = [kind for kind in KINDS if key in plan_of(kind)]
    if near is not None and near in having:
        check_field(near, entry, note)
    elif len({plan_of(kind)[key] for kind in having}) == 1:
        check_field(having[0], entry, note)
    return bool(having)


def _always() -> tuple[str, ...]:
    """The keys that an event of any kind must have."""
    first, *others = KINDS
    return tuple(key for key in required_keys(first) if all(key in required_keys(kind) for kind in others))
