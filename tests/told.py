"""A short invented record from its events alone, for tests that care about two or three of them."""

from terms.core.history import History
from terms.records import read_text

HEAD = """format: terms/1
title: Talks on the valley (invented)
parties:
  league: {name: League, role: third-party}
  mediator: {name: Mediator, role: mediator}
  north: {name: North, role: belligerent}
  south: {name: South, role: belligerent}
stages: {ceasefire: {}, settlement: {after: ceasefire}}
terms:
  truce: {type: choice, of: [in force, none], stage: ceasefire}
  pullback: {type: quantity, unit: km}
  roads: {type: choice, of: [open, closed]}
  roads.hours: {type: window}
  ports: {type: set, of: [east, west, south]}
  captives: {type: quantity, unit: persons}
  handover: {type: relative-time}
  charter: {type: text}
texts:
  accord: {parties: [north, south], binds-by: signature}
happenings: {talks: span, parameters.settled: point, vote.held: point}
logic:
  h1: {is: talks.begins not after parameters.settled, source: M1}
sources:
  M1: {title: Minutes, dated: 2031-03-04, reliability: B, credibility: 2}
  N1: {title: Northern bulletin, published: 2031-03-05, side: north}
  S1: {title: Southern bulletin, published: 2031-03-06, side: south}
events:
"""

LOGIC = "logic:\n  h1: {is: talks.begins not after parameters.settled, source: M1}\n"


def told(*events: str, logic: bool = True) -> History:
    """The history of events written as flow maps without dates and sources, dated day after day from 1 March.

    A fault in what is written is an error of the test, so it is raised as one.
    """
    head = HEAD if logic else HEAD.replace(LOGIC, "")
    lines = [f"  - {{{_dated(event, day)}}}\n" for day, event in enumerate(events, start=1)]
    record = read_text(head + "".join(lines))
    assert not record.has_errors, [one.message for one in record.diagnostics]
    return History(record.header, record.events)


def _dated(event: str, day: int) -> str:
    date = "" if "date:" in event else f"date: 2031-03-{day:02d}, "
    source = "" if "source:" in event else "source: M1, "
    return date + source + event
