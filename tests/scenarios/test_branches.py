"""What a branch is: the past changed where the file says so, the rest shared with the base."""

import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from terms.core.consent import consent_of
from terms.core.situation import situation
from terms.records import read_record, read_text
from terms.records.writing import write_record
from terms.scenarios.grounds import Library, beside
from terms.scenarios.opening import opened
from terms.scenarios.pins import pin_words
from terms.scenarios.points import Point
from terms.scenarios.reading import read_scenario_text
from terms.testing.strategies import records

BASE = str(Path(__file__).parent / "base.record.yaml")
RECORD = read_record(BASE)


def scenario(text: str, **others: str):
    """A scenario on the invented talks; `others` are further scenarios by name."""
    texts = {f"{name}.scenario.yaml": other for name, other in others.items()}

    def read(path: str):
        return read_scenario_text("format: terms-scenario/1\n" + texts[path], path)

    library = Library(lambda path: RECORD, read)
    return opened(read_scenario_text("format: terms-scenario/1\n" + text, "x.scenario.yaml"), library)


def branch(text: str, point: Point = Point(), **others: str):
    """The branch of a scenario that has to be without faults but for missing reasons."""
    found = scenario(text, **others)
    assert not found.has_errors, found.diagnostics
    made = found.branch(point)
    assert not made.has_errors, made.diagnostics
    return made


def ids(made) -> list[str]:
    """The events of a branch."""
    return [event.id for event in made.ground.events]


def test_an_empty_scenario_is_its_base():
    made = branch("base: {record: r}")
    assert made.ground.history is made.base.history


def test_events_after_the_branch_point_do_not_happen():
    assert ids(branch("base: {record: r, after: s-no}")) == ["n-open", "s-no"]


def test_recorded_events_go_on_over_the_changed_past_when_asked():
    made = branch(
        "base: {record: r, after: s-no}\nreplay: continue\nsuppose: [{id: w, date: +1d, kind: return, by: south}]"
    )
    assert ids(made) == ["n-open", "s-no", "w", "s-walkout", "med-25", "n-yes"]


def test_a_replayed_event_that_makes_no_sense_any_more_is_objected_to():
    made = branch("base: {record: r, after: med-25}\nreplay: continue\nedit: [{drop: med-25}]")
    assert [one.code for step in made.ground.history for one in step.objections] == ["N601"]


def test_a_dropped_event_did_not_happen():
    made = branch("base: {record: r}\nedit: [{drop: s-walkout}]")
    assert ids(made) == ["n-open", "s-no", "med-25", "n-yes"]
    assert made.ground.history.last.session.walked_out == ()


def test_dropping_and_putting_in_again_is_the_identity():
    again = "{id: s-walkout, date: 2031-03-03, kind: walk-out, by: south, source: R1}"
    made = branch(f"base: {{record: r}}\nedit: [{{drop: s-walkout}}, {{insert-after: s-no, event: {again}}}]")
    assert [(step.event, step.after) for step in made.ground.history] == [
        (step.event, step.after) for step in made.base.history
    ]


def test_an_event_is_put_before_another():
    made = branch(
        "base: {record: r}\nedit: [{insert-before: n-open, event: {id: z, date: 2031-02-01, kind: return, by: south}}]"
    )
    assert ids(made)[:2] == ["z", "n-open"]


def test_replacing_changes_the_fields_named_and_merges_terms():
    made = branch("base: {record: r}\nedit: [{replace: n-open, with: {terms: {distance: 28 km}}}]")
    words = made.ground.events[0].words()
    assert words["terms"] == {"distance": "28 km", "roads": "open"}
    assert words["source"] == "M1 p.1"


def test_a_replaced_event_may_become_one_of_another_kind():
    made = branch("base: {record: r}\nedit: [{replace: s-no, with: {kind: accept}}]")
    assert consent_of(situation(made.ground.history), "roads").state == "agreed"


def test_states_before_the_first_change_are_the_very_objects_of_the_base():
    made = branch("base: {record: r}\nedit: [{drop: s-walkout}]")
    assert made.first == 2
    assert all(made.ground.history.state(n) is made.base.history.state(n) for n in range(3))


def test_relative_dates_count_from_the_event_before():
    made = branch(
        "base: {record: r, after: s-no}\nsuppose:\n"
        "  - {id: a, date: +2d, kind: walk-out, by: north}\n  - {id: b, date: +1w, kind: return, by: north}\n"
        "  - {id: c, date: 2031-05-01T12:00Z, kind: walk-out, by: north}\n  - {id: d, date: +3h, kind: return, by: north}"
    )
    assert [event.date.text for event in made.ground.events[2:]] == [
        "2031-03-04", "2031-03-11", "2031-05-01T12:00Z", "2031-05-01T15:00:00Z",
    ]  # fmt: skip


def test_a_supposed_event_cites_the_scenario_unless_it_names_a_source():
    made = branch("base: {record: r}\nsuppose: [{id: w, date: +1d, kind: accept, by: south, of: med-25}]")
    assert made.ground.events[-1].source[0].id == "supposed"
    assert consent_of(situation(made.ground.history), "distance").state == "agreed"


SWEPT = """base: {record: r}
suppose: [{id: w, date: +1d, kind: propose, by: south, terms: {distance: $distance, roads: $roads}}]
sweep: {distance: [22 km, 25 km], roads: [open, closed]}
"""


def test_a_sweep_is_every_combination_with_a_name_that_stays():
    names = [point.name for point in scenario(SWEPT).points]
    assert names == [
        "distance=22km,roads=open", "distance=22km,roads=closed", "distance=25km,roads=open", "distance=25km,roads=closed",
    ]  # fmt: skip


def test_values_walked_side_by_side_make_pairs():
    names = [point.name for point in scenario(SWEPT + "sweep-mode: zip").points]
    assert names == ["distance=22km,roads=open", "distance=25km,roads=closed"]


def test_a_name_stands_for_its_value_at_a_point():
    found = scenario(SWEPT)
    words = found.branch(found.points[1]).ground.events[-1].words()
    assert words["terms"] == {"distance": "22 km", "roads": "closed"}


def test_a_value_that_does_not_fit_its_term_is_told_at_its_place():
    found = scenario(SWEPT.replace("25 km", "25 persons"))
    faults = [[one.code for one in found.branch(point).diagnostics] for point in found.points]
    assert faults == [[], [], ["E302"], ["E302"]]


def test_a_doubled_dollar_sign_is_one():
    made = branch("base: {record: r}\nsuppose: [{id: w, date: +1d, kind: walk-out, by: south, note: $$x}]")
    assert made.ground.events[-1].note == "$x"


NEEDING = """base: {record: r}
assume: [{id: bridge, text: The bridge holds}]
suppose:
  - {id: a, date: +1d, kind: propose, by: south, terms: {roads: open}, needs: [bridge]}
  - {id: b, date: +1d, kind: accept, by: north, of: a}
  - {id: c, date: +1d, kind: walk-out, by: south}
"""


def test_what_needs_a_dropped_assumption_falls_and_what_answers_it_too():
    found = scenario(NEEDING).but(without=frozenset({"bridge"}))
    made = found.branch(Point())
    assert made.left_out == ("a", "b")
    assert made.new == ("c",)
    assert not made.has_errors


PUT_IN = """base: {record: r}
assume: [{id: bridge, text: The bridge holds}]
edit:
  - insert-after: n-open
    event: {id: w, date: +1d, kind: propose, by: south, terms: {roads: open}}
    needs: [bridge]
  - {insert-after: w, event: {id: w2, date: +1d, kind: walk-out, by: south}}
  - {insert-before: n-open, event: {date: 2031-03-01, kind: walk-out, by: south, of: w}}
  - {replace: w2, with: {note: again}}
  - {drop: s-no}
suppose:
  - {id: a, date: +1d, kind: accept, by: north, of: [w]}
  - {id: c, date: +1d, kind: walk-out, by: south}
"""


def test_what_is_put_into_the_past_under_an_assumption_falls_with_all_that_hangs_on_it():
    made = scenario(PUT_IN).but(without=frozenset({"bridge"})).branch(Point())
    assert made.left_out == ("w", "w2", "a")
    assert made.new == ("c",)
    assert "s-no" not in ids(made)
    assert not [one for one in made.diagnostics if one.code == "E501"]


def test_what_one_source_alone_tells_can_be_taken_as_not_recorded():
    found = scenario("base: {record: r, after: s-walkout}\nedit: [{drop: s-walkout}]")
    unseen = found.ground.told_only_by("R1")
    made = found.but(unseen=unseen).branch(Point())
    assert unseen == {"s-walkout"}
    assert ids(made) == ["n-open", "s-no"]
    assert not made.has_errors


LOWER = "base: {record: r}\nsuppose: [{id: w, date: +1d, kind: walk-out, by: north}]"


def test_a_scenario_stands_on_another():
    made = branch(
        "base: {scenario: lower.scenario.yaml}\nsuppose: [{id: v, date: +1d, kind: return, by: north}]",
        lower=LOWER,
    )
    assert ids(made)[-2:] == ["w", "v"]
    assert made.ground.place("w").path == "lower.scenario.yaml"
    assert made.ground.place("n-open").path == BASE


def test_a_scenario_stands_on_one_point_of_a_sweep():
    made = branch(
        "base: {scenario: lower.scenario.yaml, point: {distance: 25 km, roads: closed}}", lower=SWEPT
    )
    assert made.ground.events[-1].words()["terms"] == {"distance": "25 km", "roads": "closed"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("base: {record: r}\nsuppose: [{id: n-open, date: +1d, kind: walk-out, by: south}]", "E201"),
        ("base: {record: r}\nsuppose: [{id: w, date: +1d, kind: accept, by: south, of: nobody}]", "E202"),
        (
            "base: {record: r, after: s-no}\nsuppose: [{id: w, date: +1d, kind: accept, by: south, of: med-25}]",
            "E203",
        ),
        (
            "base: {record: r}\nsuppose: [{id: w, date: +1d, kind: propose, by: south, terms: {raods: open}}]",
            "E204",
        ),
        ("base: {record: r}\nsuppose: [{id: w, date: +1d, kind: walk-out, by: souht}]", "E205"),
        ("base: {record: r}\nsuppose: [{id: w, date: +1d, kind: accept, by: south, of: med-25/opt}]", "E206"),
        ("base: {record: r}\nsuppose: [{id: w, date: +1d, kind: occur, of: nothing.known}]", "E208"),
        ("base: {record: r}\nsuppose: [{id: w, date: +soon, kind: walk-out, by: south}]", "E301"),
        ("base: {record: r}\nedit: [{replace: n-open, with: {by: souht}}]", "E205"),
        (
            "base: {record: r}\nedit: [{replace: s-no, with: {kind: agree, by: north, terms: {roads: shut}}}]",
            "E302",
        ),
        (
            "base: {record: r}\nedit: [{drop: n-yes}]\nsuppose: [{id: w, date: +1d, kind: recant, by: north, of: n-yes}]",
            "E504",
        ),
    ],
)
def test_a_branch_that_cannot_be_is_told(text, code):
    made = scenario(text).branch(Point())
    assert [one.code for one in made.diagnostics] == [code]
    assert made.diagnostics[0].place is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bsae: {record: r}\nbase: {record: r}", "E102"),
        ("title: No base", "E103"),
        ("base: {after: n-open}", "E103"),
        ("base: {record: r}\nedit: [{why: nothing}]", "E103"),
        ("base: {record: r}\nedit: [{replace: n-open, why: so}]", "E103"),
        ("base: {record: r}\nassume: [{text: nameless}]", "E103"),
        ("base: [r]", "E105"),
        ("base: {record: r}\nsuppose: nothing", "E105"),
        ("base: {record: r}\nsuppose: [nothing]", "E105"),
        ("base: {record: r}\nsweep: [1, 2]", "E105"),
        ("base: {record: r}\nreplay: perhaps", "E107"),
        ("base: {record: r}\nsweep: {Big: [1]}", "E108"),
        ("base: {record: r}\nassume: [{id: a}, {id: a}]", "E201"),
        ("base: {record: r", "E001"),
    ],
)
def test_a_file_of_another_shape_is_told(text, code):
    assert [one.code for one in scenario(text).scenario.diagnostics] == [code]


def test_a_file_of_another_format_is_told():
    assert [one.code for one in read_scenario_text("format: terms/1\nevents: []").diagnostics] == ["E101"]
    assert [one.code for one in read_scenario_text("").diagnostics] == ["E105"]


def test_a_pin_of_the_same_past_is_silent_and_comments_do_not_count():
    pin = pin_words(RECORD.events)
    assert scenario(f"base: {{record: r}}\n{pin}").faults == ()


def test_a_pin_of_another_past_names_the_events_that_differ():
    pin = pin_words([*RECORD.events[:1], *RECORD.events[2:]])
    [fault] = scenario(f"base: {{record: r}}\n{pin}").faults
    assert (fault.code, fault.help[0]) == ("W501", "events that differ: s-no")


@pytest.mark.parametrize(
    ("path", "other", "found"),
    [
        ("scenarios/a/x.yaml", "../../seeds/i", "seeds/i"),
        ("x.yaml", "seeds/i", "seeds/i"),
        ("/a/b/x.yaml", "../c", "/a/c"),
        ("a/x.yaml", "../../c", "../c"),
        ("a/x.yaml", "/c", "/c"),
    ],
)
def test_paths_are_relative_to_the_file_of_the_scenario(path, other, found):
    assert beside(path, other) == found


def scenario_of(record, text: str):
    """A scenario on a generated record, read back from its text."""
    read = read_text(write_record(*record), "r")
    library = Library(lambda path: read, lambda path: read_scenario_text("", path))
    return opened(read_scenario_text(f"format: terms-scenario/1\nbase: {{record: r}}\n{text}", "x"), library)


@given(record=records(min_size=1))
def test_law_9_an_empty_scenario_equals_its_base(record):
    found = scenario_of(record, "")
    assert found.branch(Point()).ground.history is found.ground.history


@given(record=records(min_size=1), data=st.data())
def test_law_9_an_edit_is_confined_to_its_branch(record, data):
    assume(record[1])
    name = data.draw(st.sampled_from([event.id for event in record[1]]))
    found = scenario_of(record, f"edit: [{{drop: {name}}}]")
    before = [(step.event, step.after) for step in found.ground.history]
    made = found.branch(Point())
    assert all(made.ground.history.state(n) == found.ground.history.state(n) for n in range(made.first + 1))
    assert [(step.event, step.after) for step in found.ground.history] == before


@given(record=records(min_size=1), data=st.data())
def test_law_9_dropping_an_event_and_putting_it_in_again_is_the_identity(record, data):
    assume(record[1])
    place = data.draw(st.integers(0, len(record[1]) - 1))
    event = record[1][place]
    where = (
        f"insert-after: {record[1][place - 1].id}"
        if place
        else f"insert-before: {record[1][1].id}"
        if record[1][1:]
        else ""
    )
    assume(where)
    found = scenario_of(
        record, f"edit: [{{drop: {event.id}}}, {{{where}, event: {json.dumps(event.words())}}}]"
    )
    made = found.branch(Point())
    assert not made.has_errors, made.diagnostics
    assert [(step.event, step.after) for step in made.ground.history] == [
        (step.event, step.after) for step in found.ground.history
    ]


@given(text=st.text(max_size=200), at=st.integers(0, len(SWEPT)))
def test_no_text_makes_reading_a_scenario_crash(text, at):
    found = scenario(SWEPT[:at] + text + SWEPT[at:])
    if found.points:
        found.branch(found.points[0])


@pytest.mark.parametrize(
    ("date", "codes"), [("2031-03-01", ["W401"]), ("+1d", []), ("2031-03-01\n    after: n-open", [])]
)
def test_a_supposed_event_that_steps_back_is_warned_of_as_a_recorded_one_is(date, codes):
    text = f"base: {{record: r}}\nsuppose:\n  - id: w\n    date: {date}\n    kind: walk-out\n    by: north\n"
    assert [one.code for one in branch(text).diagnostics] == codes
