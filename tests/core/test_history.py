"""Finding one's way in a history: by place, by id, by date."""

import pytest

from terms.core.history import AT_ONCE, History, NoSuchEvent
from tests.core.talk import HEADER, day, talk, told

STORY = """
    - {id: a, kind: meet}
    - {id: b, kind: adjourn, date: 2031-03-20/..}
    - {id: c, kind: meet, date: 2031-03-03}
"""


def test_steps_are_counted_from_either_end_and_there_are_no_others():
    history = talk(STORY)
    assert (history[0].event.id, history[-1].event.id, len(history)) == ("a", "c", 3)
    assert [history.index(name) for name in ("a", "b", "c")] == [0, 1, 2]
    for place in (3, 4, -4):
        with pytest.raises(IndexError, match="this history has 3 steps"):
            history[place]


def test_an_id_that_is_not_there_is_refused_by_name():
    with pytest.raises(NoSuchEvent, match="there is no event 'z' in this history"):
        talk(STORY).index("z")
    with pytest.raises(NoSuchEvent):
        talk(STORY).without("z")


def test_the_place_at_a_date_is_behind_the_last_event_that_had_happened():
    history = talk(STORY)
    assert [
        history.place_at(day(on)) for on in ("2031-02-01", "2031-03-01T23:59:59", "2031-03-02", "2031-03-05")
    ] == [0, 0, 1, 3]
    assert [event.id for event in history.at(day("2031-03-05")).events] == ["a", "c"]


def test_who_corrected_an_entry_is_told_in_log_order():
    history = talk("""
    - {id: a, kind: meet}
    - {id: fix, kind: correct, of: a, with: {place: pier}}
    - {id: out, kind: retract, of: a}
    """)
    assert history.corrected_by("a") == ("fix", "out")


@pytest.mark.parametrize("named", ["[a, lost]", "[lost, a]"])
def test_what_is_taken_back_beside_something_that_is_not_there_is_taken_back(named):
    history = talk(f"""
    - {{id: a, kind: propose, by: north, terms: {{roads: open}}}}
    - {{id: out, kind: retract, of: {named}}}
    """)
    assert history.last.cell("north", "roads") is None


def test_what_is_put_behind_an_earlier_event_is_folded_there():
    history = talk("""
    - {id: a, kind: propose, by: north, terms: {roads: open}}
    - {id: b, kind: propose, by: north, terms: {roads: closed}}
    - {id: c, kind: propose, by: north, terms: {roads: escorted}, after: a}
    - {id: d, kind: meet, after: lost}
    """)
    assert history.last.cell("north", "roads").stance_event == "b"


def test_an_empty_history_stands_where_it_began():
    history = talk("[]")
    assert (history.last is history.start, history.state(0) is history.start) == (True, True)


def test_an_entry_reads_as_the_steps_so_far_have_it():
    history = talk("""
    - {id: a, kind: meet}
    - {id: b, kind: meet}
    - {id: fix, kind: correct, of: a, with: {place: pier}}
    - {id: fix-2, kind: correct, of: b, with: {place: barn}}
    """)
    assert [history.as_read("a", steps).place for steps in (1, 3, 4)] == [None, "pier", "pier"]


def test_going_on_with_a_correction_of_an_earlier_entry_folds_again():
    history = talk("""
    - {id: a, kind: propose, by: north, terms: {roads: open}}
    - {id: b, kind: meet}
    """)
    again = history.continued(1, told("- {id: fix, kind: correct, of: a, with: {by: south}}"))
    assert (again.last.cell("north", "roads"), again.last.cell("south", "roads").status) == (None, "proposed")
    assert again.state(0) is history.state(0)


def test_what_stands_elsewhere_in_the_story_than_in_the_log_is_told_by_its_place():
    history = talk("""
    - {id: a, kind: meet}
    - {id: b, kind: meet}
    - {id: late, kind: adjourn, after: a}
""")
    assert history.moved == {2: (0, 2)}


def test_whoever_hears_how_far_the_folding_is_hears_of_each_event_once():
    """All but the last few: word comes after so many at a time."""
    count, heard = 3 * AT_ONCE + 5, []
    spelled = "".join(f"- {{id: s{n}, kind: state, by: north, date: 2031-03-01}}\n" for n in range(count))
    History(HEADER, told(spelled), told=heard.append)
    assert heard == [AT_ONCE] * 3
