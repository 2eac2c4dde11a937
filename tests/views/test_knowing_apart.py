"""Who knew what is told where two situations differ in it."""

from terms.core.situation import situation
from terms.views.comparison import compare
from terms.views.knowing_apart import knowledge_apart
from tests.told import told

MEMO = (
    "id: memo, kind: propose, by: north, to: mediator, channel: private, terms: {roads: open, ports: [east]}"
)
PART = "id: part, kind: leak, of: memo, only: [roads]"
LEAK = "id: leak, kind: leak, of: memo, to: south"
OUT = "id: out, kind: publish, of: memo, by: mediator"


def apart(*events, without):
    """What is known otherwise without an event, as (event, before, after, through)."""
    history = told(*events)
    other = situation(history.without(without))
    return [
        (one.event, one.before, one.after, one.events) for one in knowledge_apart(situation(history), other)
    ]


def test_without_a_leak_fewer_know_of_the_paper():
    assert apart(MEMO, LEAK, without="leak") == [
        ("memo", "mediator, north, south", "mediator, north", ("leak",))
    ]


def test_a_leak_in_part_is_told_with_its_parts():
    assert apart(MEMO, PART, without="part") == [
        ("memo", "mediator, north; everybody (roads alone)", "mediator, north", ("part",))
    ]


def test_without_a_publication_not_everybody_knows():
    assert apart(MEMO, LEAK, OUT, without="out") == [
        ("memo", "everybody", "mediator, north, south", ("out",))
    ]


def test_where_all_know_the_same_nothing_is_told():
    assert apart(MEMO, OUT, LEAK, without="leak") == []
    assert apart(MEMO, LEAK, without="memo") == []


def test_between_two_steps_it_is_told_who_came_to_know():
    history = told(MEMO, LEAK, OUT)
    found = compare(situation(history, 1), situation(history, 2))
    assert [(one.event, one.after, one.events) for one in found.known] == [
        ("memo", "mediator, north, south", ("leak",))
    ]
    assert not found.is_empty
    assert found.counted() == "0 cells, 0 headlines and who knew 1 event differ"
