"""The table of all kinds of event, as Markdown: what each needs, what it may have, what it changes.

Made from the classes themselves, so that the page cannot say anything else than the program does.
"""

from typing import get_args

from terms.core.event import Event
from terms.core.spelling import Channel
from terms.events import FAMILIES
from terms.records.fields import required_keys

ALWAYS = ("id", "date", "kind", "source")
COMMON = Event.keys()

_HEAD = """# Kinds of event

Made from the code by `terms.records.kinds_table`; a test keeps it current. Every event has `id`, `date`,
`kind` and `source`, and may have: {common}. Keys that begin with `x-` are kept as they are.

| family | kind | required | optional | effect |
| --- | --- | --- | --- | --- |
"""

FORMS = (
    (
        "terms",
        "kind: propose, by: north, terms: {pullback: {is: 9 km, who: [south], due: within 10 days after accord.signed}}",
    ),
    (
        "one-of",
        "kind: propose, by: north, one-of: {a: {roads: open}, b: {pullback: at least 8 km, roads: closed}}",
    ),
    ("whole", "kind: propose, by: north, whole: yes, terms: {roads: open, pullback: 8 km}"),
    (
        "form, expires",
        "kind: propose, by: north, form: ultimatum, terms: {roads: open}, expires: 2031-03-09",
    ),
    ("only-if", "kind: accept, by: south, of: n-open, only-if: vote.held"),
    (
        "reservations",
        "kind: accept, by: south, of: n-open, reservations: {r1: {only: [roads], note: not at night}}",
    ),
    ("order", "kind: condition, by: north, order: {o1: vote.held before talks.begins}"),
    (
        "channel",
        "kind: propose, by: north, to: [south], via: [mediator], channel: private, terms: {roads: open}",
    ),
    (
        "account-of, account",
        "kind: agree, by: [north, south], terms: {roads: open}, account-of: meeting, account: by-north",
    ),
    ("only", "kind: leak, of: n-open, only: [roads], to: [mediator]"),
    ("alleged-by", "kind: violate, of: n-open/roads, by: south, alleged-by: north"),
    ("with", "kind: correct, of: n-open, with: {terms: {roads: closed}}, why: a slip of the pen"),
)
"""The form of the keys that are easy to get wrong, each in an event."""

_FORMS = """
## The form of some keys

A reservation and an ordering statement are named after their event: `EVENT/r1`, `EVENT/o1` (a reservation without a
name of its own, by its term: `reservations: {{roads: not at night}}` is `EVENT/roads`). Rival accounts of one occurrence
are events that share `account-of`; each may name its `account` (else it goes by the id of the event), and one of them
alone counts. `channel` is {channels}.

| key | as in |
| --- | --- |
"""


def kinds_table() -> str:
    """The page, ending in a line end."""
    common = _listed([key for key in COMMON if key not in ALWAYS])
    rows = [_row(family.__name__.rpartition(".")[2], cls) for family in FAMILIES for cls in _kinds_in(family)]
    forms = (f"| {key} | `{{{words}}}` |\n" for key, words in FORMS)
    return _HEAD.format(common=common) + "".join(rows) + _FORMS.format(channels=_channels()) + "".join(forms)


def _channels() -> str:
    return ", ".join(f"`{word}`" for word in get_args(Channel))


def _kinds_in(family: object) -> list[type[Event]]:
    """The kinds that a family's file declares, in the order of the file."""
    found = [one for one in vars(family).values() if isinstance(one, type) and issubclass(one, Event)]
    own = [one for one in found if one.__module__ == getattr(family, "__name__", "")]
    return [one for one in own if isinstance(one.model_fields["kind"].default, str)]


def _row(family: str, cls: type[Event]) -> str:
    kind = str(cls.model_fields["kind"].default)
    required = [key for key in required_keys(kind) if key not in ALWAYS]
    keys = cls.keys()
    own = [key for key in keys if key not in COMMON and key not in required]
    cells = (family, f"`{kind}`", _listed(required), _listed(own), cls.EFFECT)
    return f"| {' | '.join(cells)} |\n"


def _listed(keys: list[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys) or "–"
