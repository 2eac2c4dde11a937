"""Renaming: every name that is meant and none other, in a record and in its scenarios."""

import pytest

from terms.records import read_text
from terms.records.renaming import CannotRename, references_to, rename_id
from tests.records.test_reading import HEAD, event

TEXT = (
    HEAD.replace("{type: text}", "text")
    + event(
        kind="counter",
        terms="{pullback: {is: 20 km, who: north, note: the north is far, due: 3 days after accord.signed}, corridor: open}",
        order="[corridor.open before pullback.done]",
        quote="'the north and the corridor'",
        only_if="{all-of: [north accepts accord, vote]}",
        about="[M1, accord, corridor]",
        accounts="[{source: R1, with: {by: north}}]",
    )
    + event(
        id="last", date="2031-03-09", of="south-yes/corridor", source="[{id: M1, at: M1 of north}, R1 north]"
    )
)
SCENARIO = """format: terms-scenario/1
title: what if north had stayed
base: {record: a.record.yaml, after: south-yes}
assume: [{id: calm, text: north stays calm}]
edit: [{drop: south-yes, why: north said so}]
suppose: [{id: w-1, date: +2d, kind: accept, by: north, of: north-open, only: [corridor]}]
expect: [{term: corridor, status: agreed}, {at: last, open: [pullback]}]
"""
ALL = {"a": TEXT, "s": SCENARIO}


def changed(old, new):
    """The stripped lines that differ after a renaming, of both files."""
    renamed = rename_id(ALL, old, new)
    pairs = [
        (a, b) for path in ALL for a, b in zip(ALL[path].split("\n"), renamed[path].split("\n"), strict=True)
    ]
    return [b.strip() for a, b in pairs if a != b]


def test_the_example_is_sound():
    assert read_text(TEXT).diagnostics == ()


def test_a_party_is_renamed_where_it_acts_and_not_where_it_is_only_spoken_of():
    assert changed("north", "hill") == [
        "hill: {name: North, role: belligerent}",
        "envoy: {of: hill, standing: head}",
        "accord: {parties: [hill, south], binds-by: signature}",
        "by: hill",
        "terms: {pullback: {is: 20 km, who: hill, note: the north is far, due: 3 days after accord.signed}, corridor: open}",
        "only-if: {all-of: [hill accepts accord, vote]}",
        "accounts: [{source: R1, with: {by: hill}}]",
        "suppose: [{id: w-1, date: +2d, kind: accept, by: hill, of: north-open, only: [corridor]}]",
    ]


def test_a_term_is_renamed_with_what_is_derived_from_it():
    assert changed("corridor", "road") == [
        "road: {type: choice, of: [open, closed, in use]}",
        "terms: {pullback: 30 km, road: open}",
        "terms: {pullback: {is: 20 km, who: north, note: the north is far, due: 3 days after accord.signed}, road: open}",
        "order: [road.open before pullback.done]",
        "about: [M1, accord, road]",
        "of: south-yes/road",
        "suppose: [{id: w-1, date: +2d, kind: accept, by: north, of: north-open, only: [road]}]",
        "expect: [{term: road, status: agreed}, {at: last, open: [pullback]}]",
    ]


def test_an_event_is_renamed_in_the_scenarios_too():
    assert changed("south-yes", "southern-counter") == [
        "- id: southern-counter",
        "of: southern-counter/corridor",
        "base: {record: a.record.yaml, after: southern-counter}",
        "edit: [{drop: southern-counter, why: north said so}]",
    ]


def test_a_source_is_renamed_at_the_head_of_a_citation_only():
    assert changed("M1", "N1") == [
        "N1: {title: Minutes, published: 2031-03-05}",
        "source: N1 p.1",
        "source: N1 p.2",
        "about: [N1, accord, corridor]",
        "source: [{id: N1, at: M1 of north}, R1 north]",
    ]


def test_a_text_is_renamed_with_its_moments():
    assert len(changed("accord", "treaty")) == 4


@pytest.mark.parametrize(
    "old", ["north", "corridor", "south-yes", "M1", "accord", "vote", "envoy", "truce", "w-1"]
)
def test_renaming_back_gives_the_same_bytes_and_the_record_stays_sound(old):
    new = "Z9" if old == "M1" else "some-new-name"
    renamed = rename_id(ALL, old, new)
    assert read_text(renamed["a"]).diagnostics == ()
    assert rename_id(renamed, new, old) == ALL


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("nobody", "somebody", "nothing is called so"),
        ("north", "south", "that name is taken"),
        ("north", "the North", "not how a name under parties is spelled"),
        ("south-yes", "south.yes", "not how a name under events is spelled"),
    ],
)
def test_a_renaming_that_cannot_be_is_refused(old, new, reason):
    with pytest.raises(CannotRename, match=reason):
        rename_id(ALL, old, new)


def test_a_name_with_two_meanings_is_not_renamed():
    with pytest.raises(CannotRename, match="it names two things, under stages and terms"):
        rename_id({"a": TEXT.replace("stages: [truce,", "stages: [truce, corridor,")}, "corridor", "road")


def test_a_file_with_faults_is_not_renamed_in():
    with pytest.raises(CannotRename, match="b has faults"):
        rename_id({**ALL, "b": "events: ["}, "north", "hill")


def test_every_place_that_names_a_thing_is_found_its_own_first():
    places = references_to({**ALL, "b": "events: ["}, "south-yes")
    assert [(place.path, place.line) for place in places] == [("a", 29), ("a", 46), ("s", 3), ("s", 5)]
    assert references_to(ALL, "M1")[0].line == 19
    assert references_to(ALL, "nobody") == ()
