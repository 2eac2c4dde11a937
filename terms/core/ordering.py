"""Ordering statements: they belong to a party and an event, and stay in force until it takes them back."""

from terms.core.entries import OrderEntry
from terms.core.event import Event
from terms.core.talks import Talks
from terms.ground.words import FrozenWords, Words
from terms.values import read_order


def statements(order: Words) -> dict[str, str]:
    """The statements of an `order:` by name; unnamed ones are called o1, o2 ... in the order written."""
    if isinstance(order, str):
        return {"o1": order}
    if isinstance(order, FrozenWords):
        return {name: str(words) for name, words in order.items()}
    return {f"o{place}": str(words) for place, words in enumerate(order, start=1)}


def orders_of(event: Event, talks: Talks, order: Words, *, agreed: bool) -> Talks:
    """The talks with the event's ordering statements in force, named EVENT/NAME.

    A party's new statement on a pair of happenings replaces its older one on the same pair; an agreed
    order replaces the older agreed one.
    """
    if not order:
        return talks
    made = {
        f"{event.id}/{name}": OrderEntry(event.by, words, event.id, agreed)
        for name, words in statements(order).items()
    }
    stated = {pair(entry.words) for entry in made.values()}
    older = tuple(
        name
        for name, entry in talks.orders.items()
        if entry.agreed == agreed and (agreed or entry.by == event.by) and pair(entry.words) in stated
    )
    return talks.without_orders(older).with_orders(made)


def pair(words: str) -> frozenset[str]:
    """The two happenings a statement is about, whichever stands first; "one or another" counts as one of them."""
    order = read_order(words)
    return frozenset((order.left, " or ".join((order.right, *order.others))))
