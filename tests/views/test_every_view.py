"""What holds for every view of every history, whatever was recorded."""

import json

from hypothesis import given
from hypothesis import strategies as st

from terms.cli.output import plain
from terms.core.situation import situation
from terms.testing import laws
from terms.testing.strategies import histories
from terms.views.answers import (
    QUESTIONS,
    agreement,
    deferring,
    knowing,
    meanings,
    moving,
    owing,
    vouching,
    waiting,
)
from terms.views.cells import cell_words
from terms.views.comparison import compare
from terms.views.contested import Readings
from terms.views.detail import cell_detail, event_detail
from terms.views.movement import movement_words, movements
from terms.views.positions import changed_cells, changes_of, positions
from terms.views.sentence import sentence
from terms.views.timeline import timeline

NAMES = {"north": "velm", "south": "kestria", "east": "ostra", "mediator": "harbour"}


@given(history=histories())
def test_every_step_is_one_line_and_one_sentence(history):
    for step in history:
        said = sentence(history, step.index)
        assert said.endswith(".")
        assert "\n" not in said


@given(history=histories())
def test_every_event_has_a_row_in_the_list_in_its_place(history):
    rows = list(timeline(history))
    assert [row.id for row in rows] == [event.id for event in history.events]
    assert [row.index for row in rows] == list(range(len(history)))


@given(history=histories(), data=st.data())
def test_the_table_holds_every_cell_that_anybody_has(history, data):
    at = situation(history, data.draw(st.integers(0, len(history))))
    table = positions(at)
    shown = {(cell.party, cell.term, cell.stage) for row in table.rows for cell in row.cells if cell.event}
    assert shown == set(at.talks.cells)
    assert list(table.parties) == sorted(table.parties)
    assert all("\n" not in cell_words(cell) for row in table.rows for cell in row.cells)


@given(history=histories(), data=st.data())
def test_changed_cells_are_those_that_differ(history, data):
    one, two = (history.state(data.draw(st.integers(0, len(history)))) for _ in range(2))
    keys = {*one.cells, *two.cells}
    assert changed_cells(one, two) == {key for key in keys if one.cells.get(key) != two.cells.get(key)}


@given(history=histories(), data=st.data())
def test_a_comparison_with_itself_is_empty_and_with_another_step_names_the_changed_cells(history, data):
    one, two = sorted(data.draw(st.integers(0, len(history))) for _ in range(2))
    before, after = situation(history, one), situation(history, two)
    assert compare(before, before).is_empty
    cells = {(cell.after.party, cell.after.term, cell.after.stage) for cell in compare(before, after).cells}
    assert cells == changed_cells(before.talks, after.talks)


@given(history=histories())
def test_the_chain_of_a_cell_ends_in_what_it_is(history):
    at = situation(history)
    for key in at.talks.cells:
        detail = cell_detail(at, key)
        assert [index for index, _, _ in detail.chain] == list(changes_of(history, key))
        assert detail.chain[-1][2].sign == detail.cell.sign


@given(history=histories())
def test_every_movement_is_told_in_words_and_every_changed_cell_moved(history):
    for term in history.header.term:
        moved = list(movements(history, term))
        assert all(movement_words(one) for _, one in moved)
        changed = {
            step.index for step in history for key in changed_cells(step.before, step.after) if key[1] == term
        }
        assert {index for index, _ in moved} == changed


@given(history=histories(), data=st.data())
def test_every_answer_cites_events_of_the_record_and_goes_through_json(history, data):
    at = situation(history, data.draw(st.integers(0, len(history))))
    answer = agreement.agreement(at)
    moves = [moving.open_moves(at, term) for term in history.header.term]
    answers = [answer, moves, vouching.resting_on_one(history), knowing.what_was_known(history, "north")]
    questions = (
        agreement.undecided,
        deferring.deferred,
        meanings.disputed_meanings,
        owing.owed,
        waiting.waiting,
    )
    answers += [ask(at) for ask in questions]
    answers.append([event_detail(history, event.id) for event in history.events])
    json.dumps(plain(answers))
    told = {event.id for event in history.events}
    assert all(set(one.events) <= told for one in (*answer.agreed, *answer.not_agreed))
    assert all(set(move.events) <= told for several in moves for move in several)


@given(history=histories())
def test_nobody_is_missing_from_what_is_agreed_and_somebody_from_what_is_not(history):
    answer = agreement.agreement(situation(history))
    assert all(not one.missing for one in answer.agreed)
    assert all(one.missing or one.state != "open" for one in answer.not_agreed)


@given(history=histories())
def test_renaming_the_parties_renames_whose_consent_is_missing(history):
    other = laws.renamed(history, NAMES)
    here, there = agreement.agreement(situation(history)), agreement.agreement(situation(other))
    assert [one.term for one in here.agreed] == [one.term for one in there.agreed]
    for one, two in zip(here.not_agreed, there.not_agreed, strict=True):
        assert {NAMES.get(party, party) for party in one.missing} == set(two.missing)


@given(history=histories())
def test_the_default_reading_is_always_among_the_readings_and_first(history):
    readings = Readings(history)
    answered = readings.ask(lambda one: dict(one.last.cells.items()), combine=False)
    assert answered.readings[0].choices == ()
    assert answered.readings[0].answer == answered.answer
    assert all(reading.answer != answered.answer for reading in answered.readings[1:])


@given(history=histories())
def test_what_a_survey_finds_is_what_each_step_tells(history):
    surveyed, asked = Readings(history), Readings(history)
    assert surveyed.is_surveyed == (not history.rivals)
    for place in range(len(history.rivals)):
        surveyed.survey(place)
        for steps in range(len(history) + 1):
            assert surveyed.changed_by(place, steps) == asked.changed_by(place, steps)
    assert surveyed.is_surveyed


def test_there_are_twelve_questions():
    assert len(set(QUESTIONS)) == 12
