"""What the strategies promise: valid records, everything reached, the shortest story, and plain refusals."""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from terms.core.event import KINDS, Event
from terms.core.header import Header, Party, Source, Term
from terms.core.history import History
from terms.records import read_text
from terms.records.writing import write_record
from terms.scenarios import read_scenario_text
from terms.scenarios.findings import TALKS
from terms.testing import interpret, observe
from terms.testing.changes import branched
from terms.testing.spelling import examples
from terms.testing.stories import Move
from terms.testing.strategies import (
    corrupted_text,
    equivalent_records,
    events,
    histories,
    moves,
    parties,
    records,
    scenarios,
    stances,
    terms,
    values,
)
from terms.values import TYPES, Declaration

FEW = settings(max_examples=25)
OWN = Header(
    title="Ferry talks (invented)",
    parties=(Party("velm", "Velm", "belligerent"), Party("kestria", "Kestria", "belligerent")),
    terms=(
        Term("ferry.fare", Declaration("money", "USD")),
        Term("ferry.days", Declaration("choice", None, ("weekdays", "sundays"))),
    ),
    sources=(Source("D1", "Diary"),),
)


@FEW
@given(told=records(), data=st.data())
def test_other_spellings_of_a_record_mean_the_same(told, data):
    record = read_text(data.draw(equivalent_records(told)))
    assert not record.has_errors
    assert (record.header, record.events) == told


@FEW
@given(told=records(min_size=1), data=st.data())
def test_scenarios_of_a_record_have_no_faults(told, data):
    branch = branched(data.draw(scenarios(told)).text, *told)
    assert branch.base.events == told[1]


@FEW
@given(told=records(max_size=5), data=st.data())
def test_any_text_can_be_read(told, data):
    text = data.draw(corrupted_text(told))
    assert read_text(text).texts
    assert read_scenario_text(text).text == read_scenario_text(text).text


@FEW
@given(told=records(header=OWN, min_size=3))
def test_records_under_your_own_header_speak_of_it_alone(told):
    header, made = told
    assert header is OWN
    assert len(made) >= 3
    record = read_text(write_record(header, made))
    assert not record.has_errors, [one.message for one in record.diagnostics]
    assert {name for event in made for name in event.by} <= {"velm", "kestria"}


@FEW
@given(data=st.data(), term=terms())
def test_values_and_stances_are_of_the_type_of_their_term(data, term):
    assert data.draw(values(term.declaration)).type == term.declaration.type
    assert data.draw(stances(term.declaration)).type == term.declaration.type


def test_values_of_a_term_use_its_own_unit_and_members():
    assert all("EUR" not in words for words in examples(Declaration("money", "USD")) if "USD" in words)
    assert examples(Declaration("choice", None, ("weekdays", "sundays")))[:2] == ("weekdays", "sundays")
    assert examples(Declaration("set", None, ("one",)))


@FEW
@given(told=events(kinds=("meet", "walk-out"), min_size=2), party=parties(header=OWN))
def test_a_record_is_of_the_kinds_and_parties_asked_for(told, party):
    assert len(told) >= 2
    assert {event.kind for event in told} <= {"meet", "walk-out"}
    assert party in OWN.party


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda: moves(("propse",)), "'propse' is no kind of event; did you mean 'propose'?"),
        (lambda: moves(()), "at least one kind"),
        (lambda: records(min_size=3, max_size=2), "min_size=3 is more than max_size=2"),
        (lambda: records(header=Header()), "declares no party"),
        (lambda: parties(header=Header()), "declares no party"),
        (lambda: terms(header=OWN, types=("area",)), "no term of the header"),
    ],
)
def test_what_cannot_be_is_refused_in_words(asked, words):
    with pytest.raises(InvalidArgument) as refusal:
        asked()
    assert words in str(refusal.value)


def test_generated_records_reach_every_kind_status_type_and_state_of_the_talks():
    """Measured by what each tells Hypothesis with `event` and `target`, a few kinds at a time.

    That records of all kinds at once reach them too is one of the promises of the core. What Hypothesis
    draws depends on the modules that happen to be loaded, so what is missing is looked for in more records.
    """
    seen: set[str] = set()
    setting = ("propose", "accept", "agree")
    rare = (
        "adjourn",
        "meet",
        "return",
        "walk-out",
    )  # the end of the talks comes with these: looked for first
    others = [*rare, *(kind for kind in KINDS if kind not in (*setting, *rare))]
    statuses = ("proposed", "accepted", "in principle", "conditional", "reserved", "rejected", "deferred", "referred",
                "under study", "withdrawn")  # fmt: skip
    wanted = {*(f"kind {one}" for one in KINDS), *(f"type {one}" for one in TYPES), *(f"status {one}" for one in statuses),
              *(f"talks {one}" for one in TALKS)}  # fmt: skip
    for many in (50, 200, 800):
        for start in range(0, len(others), 8):
            if not wanted <= seen:
                seen |= _seen_in((*setting, *others[start : start + 8]), many)
    assert wanted - seen == set()


def _seen_in(kinds: tuple[str, ...], many: int) -> set[str]:
    seen: set[str] = set()

    @settings(
        max_examples=many, phases=[Phase.generate], derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(history=histories(kinds=kinds, min_size=12, max_size=20))
    def look(history):
        seen.update(observe(history))

    look()
    return seen


# ---- failures shrink to the shortest story -----------------------------------------------------------


def _standing(header: Header, told: tuple[Event, ...]) -> dict[object, object]:
    """Where everybody stands: what a view with a planted bug would show wrongly."""
    return {key: (cell.status, cell.stance) for key, cell in History(header, told).last.cells.items()}


def _recants_forgotten(told: tuple[Event, ...]) -> tuple[Event, ...]:
    return tuple(event for event in told if event.kind != "recant")


def _options_forgotten(told: tuple[Event, ...]) -> tuple[Event, ...]:
    return tuple(
        event.changed({"option": "option-2"}) if getattr(event, "option", None) == "option-1" else event
        for event in told
    )


def _withdrawals_forgotten(told: tuple[Event, ...]) -> tuple[Event, ...]:
    return tuple(event for event in told if event.kind != "withdraw")


PLANTED = [
    (_recants_forgotten, ["propose", "accept", "recant"]),
    (_options_forgotten, ["propose", "accept"]),
    (_withdrawals_forgotten, ["propose", "withdraw"]),
]
SEEDS = range(8 if settings().max_examples > 1_000 else 1)
"""Eight at night, one on every change: eight of each of the three take minutes."""


@pytest.mark.parametrize(("forgetful", "shortest"), PLANTED, ids=[bug.__name__[1:] for bug, _ in PLANTED])
def test_a_planted_bug_is_told_by_the_shortest_record_on_every_seed(forgetful, shortest):
    kinds = ("propose", "accept", "recant", "withdraw", "meet")

    def differs(told):
        return _standing(told[0], forgetful(told[1])) != _standing(*told)

    for seed in SEEDS:
        _, made = find(
            records(header=OWN, kinds=kinds, max_size=10), differs, random=Random(seed),
            settings=settings(max_examples=2000, database=None, suppress_health_check=list(HealthCheck)),
        )  # fmt: skip
        assert [event.kind for event in made] == shortest


def test_moves_that_do_not_apply_are_dropped():
    assert interpret([Move("accept"), Move("propose"), Move("recant")])[1][0].kind == "propose"


def test_a_record_goes_on_after_its_past_with_names_of_its_own():
    header, past = interpret([Move("propose"), Move("accept", who=1)])
    _, made = interpret([Move("recant")], header, past=past)
    assert made[:2] == past
    assert [event.id for event in made] == ["e1", "e2", "told-3"]
    assert interpret([], header, at_least=1, fill=("recant",))[1] == ()
