"""What every event holds, and what it refuses."""

import inspect

import pytest
from pydantic import ValidationError

from terms.core.citation import Citation
from terms.core.event import KINDS, Event, read_event
from terms.core.reducer import UnknownKind, evolve
from terms.ground.dates import read_date
from tests.core.talk import talk

MEET = {"id": "m1", "date": "2031-03-01", "kind": "meet"}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("M1", "M1"),
        ("M1 p.2", "M1 p.2"),
        ({"id": "M1", "at": "p.2"}, "M1 p.2"),
        (
            {"id": "M1", "reliability": "C", "credibility": "3"},
            {"id": "M1", "reliability": "C", "credibility": "3"},
        ),
        (["M1", {"id": "R1", "note": "torn"}], ["M1", {"id": "R1", "note": "torn"}]),
        ([{"id": "R1", "note": "torn"}], {"id": "R1", "note": "torn"}),
        (Citation("M1"), "M1"),
    ],
)
def test_a_source_is_an_id_a_place_in_it_and_perhaps_a_grade(source, shown):
    assert read_event({**MEET, "source": source}).words()["source"] == shown


@pytest.mark.parametrize(
    "source", [" ", 7, {"at": "p.2"}, {"id": "M1", "page": "2"}, {"id": "M1", "reliability": "G"}]
)
def test_a_source_that_says_something_else_is_refused(source):
    with pytest.raises(ValidationError):
        read_event({**MEET, "source": source})


@pytest.mark.parametrize("change", [{"date": 5}, {"figures": "many"}, {"colour": "blue"}])
def test_a_field_that_cannot_be_read_is_refused(change):
    with pytest.raises(ValidationError):
        read_event({**MEET, **change})


def test_a_date_may_be_given_as_read():
    assert read_event({**MEET, "date": read_date("2031-03~")}).date.approximate


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_has_the_fields_of_all_it_is_a_kind_of_the_most_general_first(kind):
    written = [
        name
        for base in reversed(KINDS[kind].__mro__)
        if issubclass(base, Event)
        for name, annotation in inspect.get_annotations(base).items()
        if not str(annotation).startswith(("ClassVar", "typing.ClassVar"))
    ]
    assert list(KINDS[kind].model_fields) == list(dict.fromkeys(written))
    assert len(written) > len(Event.model_fields)


def test_two_events_that_are_equal_are_one_in_a_set():
    one, same, other = read_event(MEET), read_event(dict(MEET)), read_event({**MEET, "note": "late"})
    assert len({one, same, other}) == 2


def test_a_kind_without_a_rule_is_a_gap_in_the_code():
    class Dance(Event):
        """A kind that no family knows, and that joins no kinds: it has no word of its own."""

    with pytest.raises(UnknownKind, match="no rule says what 'dance' changes"):
        evolve(Dance(id="d1", date="2031-03-01", kind="dance"), talk("[]").start)


def test_every_kind_says_what_it_does():
    assert [word for word, cls in KINDS.items() if not cls.EFFECT or not cls.__doc__] == []


def test_own_fields_survive_a_change_of_kind_that_does_not_have_them():
    event = read_event({**MEET, "x-mark": "7", "round": "3", "note": "long"})
    changed = event.changed({"kind": "adjourn", "final": "yes"})
    assert changed.words() == {**MEET, "kind": "adjourn", "final": "yes", "note": "long", "x-mark": "7"}
