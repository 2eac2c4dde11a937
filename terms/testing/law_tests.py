"""The laws as tests of your own: on your record, under your header, with your kinds of event.

    class TestOurTalks(LawTests):
        record = "talks.record.yaml"

Every law is then a test of pytest. A law that breaks prints the shortest record that breaks it.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terms.core.event import Event
from terms.core.header import Header
from terms.core.history import History
from terms.ground.rendering import render
from terms.records import Record, read_record
from terms.testing.cases import Told
from terms.testing.catalogue import SHIPPED, Law
from terms.testing.stories import KIND_NAMES, Move, Teller, interpret
from terms.testing.strategies import stories


class LawTests:
    """Subclass it under a name that pytest collects (Test...), and say what the laws are to hold for.

    `record`: histories are the beginnings of this record (a path, or one that was read), told on; one more
    test tries every law on the record as it stands.
    `header`: histories are told under this header. With neither, under a generated one.
    `kinds`: the kinds of event that are told. `tellers`: how kinds of your own are told.
    `laws`: which laws; by default every law that is shipped. `own`: further laws, of your own.
    `max_size`: how many events are told at most. `max_examples`: how many histories each law is tried on;
    by default as many as the profile of Hypothesis says. A long record needs few.
    """

    record: ClassVar[str | os.PathLike[str] | Record | None] = None
    header: ClassVar[Header | None] = None
    kinds: ClassVar[Sequence[str]] = KIND_NAMES
    tellers: ClassVar[Mapping[str, Teller]] = {}
    laws: ClassVar[Sequence[Law]] = SHIPPED
    own: ClassVar[Sequence[Law]] = ()
    max_size: ClassVar[int] = 12
    max_examples: ClassVar[int | None] = None

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Each law becomes a test."""
        super().__init_subclass__(**kwargs)
        for law in (*cls.laws, *cls.own):
            setattr(cls, f"test_{law.name.replace('-', '_')}", _test(law, cls))
        if cls.record is not None:
            cls.test_the_record_itself = _whole(cls)  # type: ignore[attr-defined]


Begun = tuple[Header | None, tuple[Event, ...]]
_BEGUN: dict[type[LawTests], Begun] = {}
_STORIES: dict[tuple[type[LawTests], str], st.SearchStrategy[list[Move]]] = {}


def _past(owner: type[LawTests]) -> Begun:
    """The header and the events that stories begin with; read once."""
    if owner not in _BEGUN:
        _BEGUN[owner] = _read(owner)
    return _BEGUN[owner]


def _read(owner: type[LawTests]) -> Begun:
    if owner.record is None:
        return owner.header, ()
    read = owner.record if isinstance(owner.record, Record) else read_record(owner.record)
    assert not read.has_errors, "\n" + render(read.diagnostics, read.texts)
    return read.header, read.events


def _test(law: Law, owner: type[LawTests]) -> Callable[..., None]:
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", owner.__name__).lower().removeprefix("test-")

    def holds(self: LawTests, data: st.DataObject) -> None:
        history = _drawn(law, owner, data)
        told = Told(
            law, history, lambda what, a, b: data.draw(st.integers(a, b), what), name=f"{name}-{law.name}"
        )
        with told:
            law.tried(history, told.choose)

    holds.__name__ = f"test_{law.name.replace('-', '_')}"
    holds.__qualname__ = f"{owner.__qualname__}.{holds.__name__}"
    holds.__doc__ = law.says
    slow = [HealthCheck.too_slow]  # a record may be long, and a long one is no fault
    asked = settings(deadline=None, suppress_health_check=slow)
    if owner.max_examples is not None:
        asked = settings(asked, max_examples=owner.max_examples)
    return asked(given(data=st.data())(holds))


def _whole(owner: type[LawTests]) -> Callable[..., None]:
    """Every law on the record as it stands, with the middle of what it may choose."""

    def holds(self: LawTests) -> None:
        header, past = _past(owner)
        assert header is not None
        history = History(header, past)
        for law in (*owner.laws, *owner.own):
            try:
                law.tried(history, _middle)
            except AssertionError as fault:
                fault.add_note(f"law {law.name}: {law.says}: not so for the record as it stands")
                raise

    holds.__doc__ = "every law holds for the record as it stands"
    return holds


def _middle(name: str, least: int, most: int) -> int:
    return (least + most) // 2


def _stories(law: Law, owner: type[LawTests]) -> st.SearchStrategy[list[Move]]:
    if (owner, law.name) not in _STORIES:
        made = stories(kinds=_kinds(law, owner), max_size=owner.max_size, tellers=owner.tellers)
        _STORIES[owner, law.name] = made
    return _STORIES[owner, law.name]


def _kinds(law: Law, owner: type[LawTests]) -> tuple[str, ...]:
    return (*law.fits(owner.kinds), *(kind for kind in owner.tellers if kind not in owner.kinds)) or law.kinds


def _drawn(law: Law, owner: type[LawTests], data: st.DataObject) -> History:
    """A beginning of the record (often the whole), told on."""
    header, past = _past(owner)
    steps = len(past)
    if past:
        # One number in any case: a choice that takes none would be the simplest, and keep the whole record.
        some = st.integers(0, 2 * len(past)).map(lambda many: min(many, len(past)))
        steps = data.draw(some, "events of the record")
    moves = data.draw(_stories(law, owner), "moves")
    return History(*interpret(moves, header, past=past[:steps], tellers=owner.tellers))
