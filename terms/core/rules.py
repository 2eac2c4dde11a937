"""Rules by kind of event: one function asked, many that answer, each registered in the file of its family."""

from collections.abc import Callable
from typing import Generic, TypeVar

from terms.core.event import Event
from terms.core.talks import Talks

Answer = TypeVar("Answer")
Kind = TypeVar("Kind", bound=Event)


class Rules(dict[type[Event], Callable[[Event, Talks], Answer]], Generic[Answer]):
    """What `functools.singledispatch` does, without evaluating every annotation: seventy rules are made at each start.

    `rules[kind]` is the rule for a kind: its own, else that of the nearest class it was made from.
    """

    def __init__(self, otherwise: Callable[[Event, Talks], Answer]) -> None:
        super().__init__()
        self._rules: dict[type[Event], Callable[..., Answer]] = {Event: otherwise}
        self.__doc__ = otherwise.__doc__

    def register(self, rule: Callable[[Kind, Talks], Answer]) -> Callable[[Kind, Talks], Answer]:
        """Make `rule` the one for the kind that its first parameter names, and for kinds made from that."""
        named = next(iter(rule.__annotations__.values()))
        kind: type[Event] = rule.__globals__[named] if isinstance(named, str) else named
        self._rules[kind] = rule
        self.clear()
        return rule

    def __missing__(self, kind: type[Event]) -> Callable[[Event, Talks], Answer]:
        found = self[kind] = next(self._rules[one] for one in kind.__mro__ if one in self._rules)
        return found

    def __call__(self, event: Event, talks: Talks) -> Answer:
        return self[type(event)](event, talks)
