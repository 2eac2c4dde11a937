"""A list of faults, whole, in each of its five forms."""

import json
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.diagnostics import Diagnostic, Related, Severity
from terms.ground.places import Place
from terms.ground.rendering import FORMS, as_json, json_schema, render

PATH = "ostra.record.yaml"
TEXT = """format: terms/1
terms:
  pullback.distance: {type: quantity, unit: km}
events:
  - id: med-25
    by: harbour
    terms:
      pullback.distance: 30 miles    # minutes: "about thirty"
      monitors: 40 persons
"""
MISFIT = Diagnostic(
    "E302",
    Severity.ERROR,
    "'30 miles' does not fit term 'pullback.distance'",
    Place(PATH, 8, 26, 8, 34),
    related=(Related(Place(PATH, 3, 29, 3, 37), "type declared here"),),
    help=("this term is a distance: write one such as '25 km'",),
)
UNDECLARED = Diagnostic(
    "E204",
    Severity.WARNING,
    "term 'monitors' is not declared",
    Place(PATH, 9, 7, 9, 15),
    label="named only here",
    help=("did you mean 'monitoring'?",),
)
NOWHERE = Diagnostic("E010", Severity.NOTE, "the folder has no record")


def test_the_full_form_shows_the_text_the_carets_the_earlier_place_and_the_way_out():
    assert render([UNDECLARED, MISFIT, NOWHERE], {PATH: TEXT}) == (
        """\
note[E010]: the folder has no record

error[E302]: '30 miles' does not fit term 'pullback.distance'
 --> ostra.record.yaml:8:26
3 |   pullback.distance: {type: quantity, unit: km}
  |                             -------- type declared here
8 |       pullback.distance: 30 miles    # minutes: "about thirty"
  |                          ^^^^^^^^
  = help: this term is a distance: write one such as '25 km'

warning[E204]: term 'monitors' is not declared
 --> ostra.record.yaml:9:7
9 |       monitors: 40 persons
  |       ^^^^^^^^ named only here
  = help: did you mean 'monitoring'?
"""
    )


def test_a_place_in_another_file_and_the_way_by_which_a_file_was_reached_are_shown():
    twice = Diagnostic(
        "E201",
        Severity.ERROR,
        "id 'velm-20' is used twice",
        Place("sessions/2.record.yaml", 101, 9, 101, 16),
        related=(Related(Place(PATH, 5, 9, 5, 15), "first used here"),),
        trail=(Place(PATH, 12, 11, 12, 33), Place("head.record.yaml", 3, 1, 3, 2)),
    )
    assert render([twice], {PATH: TEXT}) == (
        """\
error[E201]: id 'velm-20' is used twice
   --> sessions/2.record.yaml:101:9
   ::: ostra.record.yaml:5:9
  5 |   - id: med-25
    |         ------ first used here
    = included from ostra.record.yaml:12:11
    = included from head.record.yaml:3:1
"""
    )


def test_the_concise_form_is_a_line_a_fault():
    assert render([MISFIT, NOWHERE], {}, form="concise") == (
        "note[E010]: the folder has no record\n"
        "ostra.record.yaml:8:26: error[E302]: '30 miles' does not fit term 'pullback.distance'\n"
    )


def test_colour_is_put_on_the_head_and_the_carets():
    shown = render([UNDECLARED], {PATH: TEXT}, color=True)
    assert "\x1b[1;33mwarning[E204]\x1b[0m: term" in shown
    assert "| \x20     \x1b[1;33m^^^^^^^^\x1b[0m named only here\n" in shown


def test_the_json_form_keeps_its_schema():
    shown = json.loads(render([MISFIT, UNDECLARED, NOWHERE], {}, form="json"))
    jsonschema.validate(shown, json.loads(json_schema()))
    assert shown == [as_json(NOWHERE), as_json(MISFIT), as_json(UNDECLARED)]


def test_a_fault_in_json_holds_all_that_the_other_forms_show():
    assert as_json(MISFIT) == {
        "code": "E302",
        "severity": "error",
        "message": "'30 miles' does not fit term 'pullback.distance'",
        "path": PATH,
        "line": 8,
        "column": 26,
        "end_line": 8,
        "end_column": 34,
        "label": "",
        "help": ["this term is a distance: write one such as '25 km'"],
        "related": [
            {
                "path": PATH,
                "line": 3,
                "column": 29,
                "end_line": 3,
                "end_column": 37,
                "label": "type declared here",
            }
        ],
        "trail": [],
        "because": [],
    }


def test_why_something_is_so_stands_before_the_way_out():
    told = Diagnostic(
        "F501",
        Severity.ERROR,
        "distance = 25 km",
        None,
        because=("north accepts med-25 (x:9)",),
        help=("look",),
    )
    assert render([told], {}).splitlines()[1:] == [
        "  = because: north accepts med-25 (x:9)",
        "  = help: look",
    ]
    assert as_json(told)["because"] == ["north accepts med-25 (x:9)"]


def test_the_github_form_is_a_workflow_command_a_fault():
    odd = Diagnostic("W401", Severity.WARNING, "100% odd", Place("a,b:c.yaml", 1, 2, 1, 3), help=("look",))
    assert render([odd, NOWHERE], {}, form="github") == (
        "::notice title=E010::the folder has no record\n"
        "::warning file=a%2Cb%3Ac.yaml,line=1,col=2,endLine=1,endColumn=3,title=W401::100%25 odd%0Alook\n"
    )


def test_the_junit_form_counts_errors_and_warnings_as_failures():
    suite = ElementTree.fromstring(render([MISFIT, UNDECLARED, NOWHERE], {PATH: TEXT}, form="junit"))
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    assert [case.get("name") for case in suite] == ["E010", f"E302 {PATH}:8:26", f"E204 {PATH}:9:7"]
    assert suite[1][0].text == render([MISFIT], {PATH: TEXT})


def test_a_junit_report_without_faults_is_one_case_that_passed():
    suite = ElementTree.fromstring(render([], {}, form="junit"))
    assert [(case.tag, list(case)) for case in suite] == [("testcase", [])]


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_nothing_to_tell_is_no_text(form):
    assert render([], {}, form=form) == ""


hostile = st.text(max_size=30) | st.text(st.sampled_from("a%\n\x00\x07\x08\x1b\x7f\x9b\ud800"), max_size=6)


@given(hostile, hostile, st.sampled_from(FORMS))
def test_no_text_of_a_record_acts_on_a_terminal(message, line, form):
    fault = Diagnostic("E101", Severity.ERROR, message, Place("a", 1, 1, 1, 2), help=(message,))
    shown = render([fault], {"a": line}, form=form)
    assert not any(sign in shown for sign in "\x00\x07\x08\x1b\x7f\x9b\ud800")
