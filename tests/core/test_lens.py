"""Views: by a date, as known, on whose word."""

from msgspec.structs import replace

from terms.core.header import Source
from terms.core.lens import known_from
from terms.ground.dates import read_date
from tests.core.talk import HEADER, day, state, status, talk

SAID = """
    - {id: v1, kind: propose, by: north, terms: {roads: open}}
    - {id: m-says, kind: announce, by: mediator, that: {kind: accept, by: south, of: v1}}
"""


def test_a_reported_move_counts_only_under_a_lens_that_admits_its_author():
    history = talk(SAID)
    admitted = [state(history.seen(admits=(name,)), "roads") for name in ("mediator", "league")]
    assert (state(history, "roads"), admitted) == ("one-sided", ["agreed", "one-sided"])


def test_a_report_without_a_move_or_too_vague_stays_a_report():
    history = talk("""
    - {id: c1, kind: claim, by: mediator, that: they agreed}
    - {id: c2, kind: claim, by: mediator, that: {did: south}}
    - {id: c3, kind: claim, by: mediator, that: {kind: accept}}
    - {id: c4, kind: claim, by: mediator, that: {kind: dance}}
    """)
    assert [event.kind for event in history.seen(admits=("mediator",)).events] == ["claim"] * 4


def test_only_one_side_s_sources_are_read():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open}, source: R2}
    - {id: v2, kind: propose, by: south, terms: {roads: open}}
    """)
    seen = history.seen(only=("R2",))
    assert (status(seen, "north", "roads"), status(seen, "south", "roads")) == ("proposed", "silent")


def test_what_is_dropped_never_happened():
    history = talk(SAID)
    assert [event.id for event in history.without("v1").events] == ["m-says"]


def test_known_is_the_first_publication_and_never_before_the_event():
    sources = (
        Source("R1", "Minutes", published=read_date("2031-05-01")),
        Source("R2", "Bulletin", published=read_date("2031-04-01")),
        Source("R3", "Archive"),
        Source("R4", "Forecast", published=read_date("2031-01-01")),
        Source("R5", "Open", published=read_date("2031-01-01/..")),
    )
    history = talk("""
    - {id: a, kind: meet, source: [R1, R2, R3, R9, R5]}
    - {id: b, kind: meet, source: R4}
    - {id: c, kind: meet, source: R1, known: 2031-03-20}
    - {id: d, kind: meet, known: 2031-03-20/..}
    """, header=replace(HEADER, sources=sources))  # fmt: skip
    days = [known_from(history.header, event).date().isoformat() for event in history.events]
    assert days == ["2031-04-01", "2031-03-02", "2031-03-20", "9999-12-31"]
    assert [event.id for event in history.as_known(day("2031-03-21")).events] == ["b", "c"]
