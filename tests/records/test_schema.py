"""The editor's schema agrees with the reader: it lets through what is sound and names what is not."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft7Validator

from terms.core.event import KINDS
from terms.records import read_record, read_text
from terms.records.kinds_table import FORMS, kinds_table
from terms.records.schema import live_schema, schema
from terms.records.writing import write_record
from terms.testing.strategies import records
from tests.draws import draws
from tests.records.test_reading import HEAD, event
from tests.told import told

ROOT = Path(__file__).parents[2]
STATIC = Draft7Validator(schema())


def loaded(text):
    """The text as an editor's server loads it: every scalar text, no dates."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def errors(text, made=None):
    validator = STATIC if made is None else Draft7Validator(made)
    return [one.message for one in validator.iter_errors(loaded(text))]


def test_both_schemas_are_schemas():
    Draft7Validator.check_schema(schema())
    Draft7Validator.check_schema(live_schema(read_text(HEAD)))


@settings(max_examples=draws(30))
@given(record=records(max_size=8))
def test_a_sound_record_has_no_error_in_the_editor(record):
    text = write_record(*record)
    assert errors(text) == []
    assert errors(text, live_schema(read_text(text))) == []


@pytest.mark.parametrize("name", ["example", "istanbul-2025", "korea-1951"])
def test_the_shipped_records_have_no_error_in_the_editor(name):
    record = read_record(ROOT / "seeds" / name)
    made = live_schema(record)
    assert [message for text in record.texts.values() for message in errors(text, made)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        event(kind="acept"),
        event(by="nroth"),
        event(only="[corridr]"),
        event(of="north-opne"),
        event(source="M9 p.1"),
        event(kind="propose", of=None, terms="{corridor: opne}"),
        event(kind="propose", of=None, terms="{coridor: open}"),
        event(mood="bad"),
        event(by=None),
        event(channel="secret"),
    ],
)
def test_the_live_schema_names_what_is_wrong(wrong):
    made = live_schema(read_text(HEAD + event(id="other")))
    assert errors(HEAD + event(id="other"), made) == []
    assert errors(HEAD + wrong, made) != []


def test_the_static_schema_knows_nothing_of_this_record_but_all_kinds():
    assert errors(HEAD + event(by="anybody")) == []
    assert errors(HEAD + event(kind="acept")) != []
    assert errors(HEAD.replace("title:", "titel:")) != []


def test_every_kind_is_described_and_may_be_completed():
    made = schema()["definitions"]["event"]["properties"]["kind"]
    assert made["enum"] == list(KINDS)
    assert all(made["enumDescriptions"])


def test_snippets_become_sound_events_when_filled_in():
    snippets = schema()["properties"]["events"]["defaultSnippets"]
    assert [one["label"] for one in snippets] == ["propose", "accept", "reject", "meet"]
    assert all("${1:id}" in one["bodyText"] for one in snippets)


def test_the_page_of_kinds_is_current():
    assert (ROOT / ".github" / "KINDS.md").read_text("utf-8") == kinds_table()


@pytest.mark.parametrize("words", [words for _, words in FORMS])
def test_every_form_on_the_page_of_kinds_is_read_without_a_fault(words):
    said = told("id: n-open, kind: propose, by: north, terms: {roads: open}", f"id: form, {words}")
    assert said.event("form").id == "form"
    assert [one.code for step in said for one in step.objections] == []


def test_a_reservation_without_a_name_of_its_own_is_named_by_its_term():
    said = told(
        "id: n-open, kind: propose, by: north, terms: {roads: open}",
        "id: s-yes, kind: accept, by: south, of: n-open, reservations: {roads: not at night}",
    )
    assert list(said.last.reservations) == ["s-yes/roads"]


def test_the_page_has_a_row_for_every_kind():
    assert [kind for kind in KINDS if f"| `{kind}` |" not in kinds_table()] == []
