"""Rules by kind of event: one function asked, many that answer, each registered in the file of its family."""

from collections.abc import Callable
from functools import singledispatch
from typing import Generic, TypeVar

from terms.core.event import Event
from terms.core.talks import Talks

Answer = TypeVar("Answer")
Kind = TypeVar("Kind", bound=Event)


class Rules(Generic[Answer]):
    """What `singledispatch` does, but for each kind its rule is looked for once: every event asks twice."""

    def __init__(self, otherwise: Callable[[Event, Talks], Answer]) -> None:
        self._rules = singledispatch(otherwise)
        self._found: dict[type[Event], Callable[[Event, Talks], Answer]] = {}
        self.__doc__ = otherwise.__doc__

    def register(self, rule: Callable[[Kind, Talks], Answer]) -> Callable[[Kind, Talks], Answer]:
        """Make `rule` the one for the kind that its first parameter names, and for kinds made from that."""
        self._found.clear()
        return self._rules.register(rule)

    def of(self, kind: type[Event]) -> Callable[[Event, Talks], Answer]:
        """The rule for a kind of event: its own, else that of the nearest class it was made from."""
        found = self._found.get(kind)
        if found is None:
            found = self._found[kind] = self._rules.dispatch(kind)
        return found

    def __call__(self, event: Event, talks: Talks) -> Answer:
        return self.of(type(event))(event, talks)
